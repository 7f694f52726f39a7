/// Signs of other tongues and of typesetting, and what to write instead.
enum ForeignSigns {
    struct Entry: Sendable {
        /// What to put in its place; nil when nothing does.
        let instead: String?
        let advice: String
    }

    /// Opening quotes that are none here, with what may close them.
    static let quotes: [Unicode.Scalar: Set<Unicode.Scalar>] = [
        "'": ["'"], "\u{2018}": ["\u{2019}", "\u{2018}"], "\u{2019}": ["\u{2019}"], "\u{201C}": ["\u{201D}", "\u{201C}", "\""],
        "\u{201D}": ["\u{201D}", "\""], "\u{201E}": ["\u{201C}", "\u{201D}", "\""], "\u{00AB}": ["\u{00BB}"], "\u{00BB}": ["\u{00AB}"],
        "\u{2039}": ["\u{203A}"], "\u{00B4}": ["\u{00B4}"],
    ]

    static let table: [String: Entry] = {
        var table: [String: Entry] = [:]
        for (sign, instead, advice) in replacements { table[sign] = Entry(instead: instead, advice: advice) }
        return table
    }()

    private static let replacements: [(String, String?, String)] = [
        ("&&", " and ", "write and"), ("&", " and ", "write and"), ("||", " or ", "write or"), ("|", " or ", "write or"),
        ("!", "not ", "write not"), ("<>", "!=", "write !="), ("===", "=", "write ="), ("=>", ">=", "write >="), ("=<", "<=", "write <="),
        (":=", "=", "write ="), ("**", "^", "write ^"), ("//", "/", "write round(a / b) or floor(a / b)"), ("%%", " mod ", "write mod"),
        ("%", " mod ", "a remainder is a mod b; a percent touches its number: 10%"),
        (";", nil, "one line is one cell: begin a new line"), ("|>", nil, "one line is one cell: begin a new line"),
        ("%>%", nil, "one line is one cell: begin a new line"),
        ("~", nil, "name the target in goal, the columns after using"), (":", "", "leave it out"), ("::", "", "leave it out"),
        ("{", "[", "a list stands in square brackets"), ("}", "]", "a list stands in square brackets"),
        ("...", "..", "a range has two dots"), ("\u{2026}", "..", "a range has two dots"),
        ("\u{2013}", "-", "write -"), ("\u{2014}", "-", "write -"), ("\u{2212}", "-", "write -"), ("\u{2010}", "-", "write -"),
        ("\u{2011}", "-", "write -"), ("\u{00D7}", "*", "write *"), ("\u{00B7}", "*", "write *"), ("\u{00F7}", "/", "write /"),
        ("\u{2044}", "/", "write /"), ("\u{2215}", "/", "write /"), ("\u{2260}", "!=", "write !="), ("\u{2264}", "<=", "write <="),
        ("\u{2265}", ">=", "write >="), ("\u{00AC}", "not ", "write not"), ("\u{2227}", " and ", "write and"),
        ("\u{2228}", " or ", "write or"),
        ("\u{2208}", " in ", "write in"), ("\u{FF0C}", ",", "write ,"), ("\u{3001}", ",", "write ,"), ("\u{FF08}", "(", "write ("),
        ("\u{FF09}", ")", "write )"), ("\u{FF1D}", "=", "write ="), ("\u{00B2}", "^2", "write ^2"), ("\u{00B3}", "^3", "write ^3"),
        ("\u{221E}", nil, "leave the limit out"), ("\\", nil, "a cell goes on when the next line is indented"),
        ("\u{20AC}", "", "leave the sign of the currency out"), ("\u{00A3}", "", "leave the sign of the currency out"),
    ]
}
