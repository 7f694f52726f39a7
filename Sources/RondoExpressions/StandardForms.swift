/// The canonical form of addresses and labels, by fixed rules and a table of words.
///
/// In this order: small letters; accents taken off; apostrophes dropped, `&` read as "and", `#` before a number as "apartment", other
/// signs read as blanks (a point between single letters is dropped, between digits kept); blanks collapsed; each word exchanged by the
/// table. The word "st" means saint at the beginning or after a number when another name follows, else street.
package enum StandardForms {
    /// What is written, and what it becomes; `help standard` prints it.
    package static let table: [(String, String)] =
        streets + places + directions + units + ordinals + labels

    private static let streets: [(String, String)] = [
        ("st", "street"), ("str", "street"), ("ave", "avenue"), ("av", "avenue"), ("aven", "avenue"), ("rd", "road"), ("dr", "drive"),
        ("drv", "drive"), ("ln", "lane"), ("la", "lane"), ("blvd", "boulevard"), ("boul", "boulevard"), ("blv", "boulevard"),
        ("ct", "court"), ("crt", "court"), ("pl", "place"), ("plz", "plaza"), ("sq", "square"), ("ter", "terrace"), ("terr", "terrace"),
        ("pkwy", "parkway"), ("pky", "parkway"), ("hwy", "highway"), ("cir", "circle"), ("crcl", "circle"), ("trl", "trail"),
        ("tr", "trail"), ("wy", "way"), ("aly", "alley"), ("xing", "crossing"), ("expy", "expressway"), ("fwy", "freeway"),
        ("tpke", "turnpike"), ("rte", "route"), ("brg", "bridge"), ("gdns", "gardens"), ("cres", "crescent"), ("clos", "close"),
        ("espl", "esplanade"), ("prom", "promenade"), ("row", "row"),
    ]

    private static let places: [(String, String)] = [
        ("ft", "fort"), ("mt", "mount"), ("mtn", "mountain"), ("hts", "heights"), ("pt", "point"), ("spgs", "springs"), ("is", "island"),
        ("jct", "junction"), ("vlg", "village"), ("ctr", "center"), ("centre", "center"), ("cntr", "center"), ("pk", "park"),
        ("hbr", "harbor"), ("harbour", "harbor"), ("vw", "view"), ("hl", "hill"), ("hls", "hills"), ("rdg", "ridge"), ("vly", "valley"),
        ("crk", "creek"), ("lk", "lake"), ("po", "po"), ("pobox", "po box"),
    ]

    private static let directions: [(String, String)] = [
        ("n", "north"), ("no", "north"), ("s", "south"), ("so", "south"), ("e", "east"), ("w", "west"), ("ne", "northeast"),
        ("nw", "northwest"), ("se", "southeast"), ("sw", "southwest"),
    ]

    private static let units: [(String, String)] = [
        ("apt", "apartment"), ("appt", "apartment"), ("aptmt", "apartment"), ("ste", "suite"), ("fl", "floor"), ("flr", "floor"),
        ("rm", "room"), ("bldg", "building"), ("bld", "building"), ("dept", "department"), ("ph", "penthouse"), ("bsmt", "basement"),
        ("lvl", "level"),
    ]

    private static let ordinals: [(String, String)] = [
        ("first", "1st"), ("second", "2nd"), ("third", "3rd"), ("fourth", "4th"), ("fifth", "5th"), ("sixth", "6th"), ("seventh", "7th"),
        ("eighth", "8th"), ("ninth", "9th"), ("tenth", "10th"), ("eleventh", "11th"), ("twelfth", "12th"), ("thirteenth", "13th"),
        ("fourteenth", "14th"), ("fifteenth", "15th"), ("sixteenth", "16th"), ("seventeenth", "17th"), ("eighteenth", "18th"),
        ("nineteenth", "19th"), ("twentieth", "20th"),
    ]

    private static let labels: [(String, String)] = [
        ("nr", "number"), ("num", "number"), ("inc", "incorporated"), ("co", "company"), ("corp", "corporation"), ("ltd", "limited"),
        ("bros", "brothers"), ("dept", "department"), ("univ", "university"), ("intl", "international"), ("natl", "national"),
        ("assn", "association"), ("assoc", "association"), ("mfg", "manufacturing"), ("govt", "government"), ("colour", "color"),
    ]

    private static let words = Dictionary(table, uniquingKeysWith: { first, _ in first })
    private static let unitWords = Set(units.map(\.1) + ["unit"])
    private static let directionWords = Set(directions.map(\.1))

    /// Letters and what they become without their accent.
    private static let plainLetters: [Unicode.Scalar: String] = {
        let rows: [(String, String)] = [
            ("àáâãäåāăąǎ", "a"), ("çćĉċč", "c"), ("ďđð", "d"), ("èéêëēĕėęě", "e"), ("ĝğġģ", "g"), ("ĥħ", "h"), ("ìíîïĩīĭįı", "i"),
            ("ĵ", "j"),
            ("ķ", "k"), ("ĺļľŀł", "l"), ("ñńņňŉ", "n"), ("òóôõöøōŏőǒ", "o"), ("ŕŗř", "r"), ("śŝşšș", "s"), ("ţťŧț", "t"),
            ("ùúûüũūŭůűųǔ", "u"),
            ("ŵ", "w"), ("ýÿŷ", "y"), ("źżž", "z"), ("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("þ", "th"),
        ]
        var result: [Unicode.Scalar: String] = [:]
        for (accented, plain) in rows { for scalar in accented.unicodeScalars { result[scalar] = plain } }
        return result
    }()

    /// The canonical form of one text.
    package static func standard(_ text: String) -> String {
        let parts = parts(of: text)
        var result: [String] = []
        for (place, part) in parts.enumerated() {
            if part == "#" {
                if let last = result.last, unitWords.contains(last) || last == "number" { continue }
                result.append("apartment")
                continue
            }
            result.append(isSaint(parts, place) ? "saint" : words[part] ?? part)
        }
        return result.joined(separator: " ")
    }

    /// "st" before a name: at the beginning or after a number, and not before a unit, a direction or a number.
    private static func isSaint(_ parts: [String], _ place: Int) -> Bool {
        guard parts[place] == "st", place + 1 < parts.count, place == 0 || isNumber(parts[place - 1]) else { return false }
        let next = words[parts[place + 1]] ?? parts[place + 1]
        return !unitWords.contains(next) && !directionWords.contains(next) && !isNumber(next) && next != "#"
    }

    private static func isNumber(_ part: String) -> Bool { part.utf8.first.map { (48...57).contains($0) } ?? false }

    /// Words without signs and accents, in small letters; `#` stands alone.
    private static func parts(of text: String) -> [String] {
        let scalars = Array(text.lowercased().unicodeScalars)
        var parts: [String] = []
        var word = ""
        func isLetterOrDigit(_ place: Int) -> Bool {
            scalars.indices.contains(place) && (scalars[place].properties.isAlphabetic || scalars[place].properties.numericType != nil)
        }
        func isDigit(_ place: Int) -> Bool { scalars.indices.contains(place) && scalars[place].properties.numericType == .decimal }
        func finish() {
            if !word.isEmpty { parts.append(word) }
            word = ""
        }
        for (place, scalar) in scalars.enumerated() {
            switch scalar {
            case "'", "’", "‘", "`": continue
            case "&", "+":
                finish()
                parts.append("and")
            case "#":
                finish()
                if isDigit(place + 1) || isDigit(place + 2) { parts.append("#") }
            case "." where isDigit(place - 1) && isDigit(place + 1): word.unicodeScalars.append(scalar)
            case "." where word.unicodeScalars.count <= 2 && isLetterOrDigit(place + 1) && !isLetterOrDigit(place + 2): continue
            default:
                if (0x300...0x36F).contains(scalar.value) { continue }
                if let plain = plainLetters[scalar] {
                    word += plain
                } else if isLetterOrDigit(place) {
                    word.unicodeScalars.append(scalar)
                } else {
                    finish()
                }
            }
        }
        finish()
        return parts
    }
}
