/// What may stand in one place of a cell: the kinds of the language reference, section 3.
package indirect enum Kind: Sendable, Hashable {
    // Names.
    case newName
    case column
    case columns
    case table
    case tables
    case model
    case models
    case release
    case releases
    case thing
    case things
    case noteName
    case family
    case word
    // Literals.
    case text
    case file
    case files
    case source
    case integer
    case number
    case percent
    case amount
    case duration
    case date
    case value
    case values
    case list
    case interval
    case grid
    case shares
    // Expressions and lists of them.
    case expression
    case condition
    case metrics
    case metric
    case assignments
    case inputs
    case aggregates
    case groups
    case keys
    case order
    case renames
    case pairs
    case target
    case part
    /// One word of a fixed list.
    case choice([String])
    /// One or more words of a fixed list.
    case choices([String])
    /// The rest of the line is a cell of its own (`edit 4 filter price > 1`).
    case cell
    /// The first alternative that fits; alternatives differ in their first token.
    case either([Kind])
}

/// Where the column names of a place are looked up.
package enum NameScope: Sendable, Hashable {
    /// In the table of the cell; a few words may stand beside its columns (`without intercept`).
    case table(words: [String] = [])
    /// In the other table that the cell names (`join areas … take income`).
    case otherTable
}

/// One place for a value: of a verb's operands or of a clause.
package struct Slot: Sendable, Hashable {
    /// The name by which the value is kept, unique inside its verb or clause.
    package let name: String
    package let kind: Kind
    package let isOptional: Bool
    /// A fixed word or sign in front of the value, `to` in `recommend product to customer`, `=` in `param rows = 500`.
    package let word: String?
    /// What the value means, one short phrase.
    package let summary: String
    /// Where column names in it are looked up.
    package let scope: NameScope

    package init(
        _ name: String, _ kind: Kind, optional: Bool = false, word: String? = nil, summary: String = "", scope: NameScope = .table()
    ) {
        self.name = name
        self.kind = kind
        self.isOptional = optional
        self.word = word
        self.summary = summary
        self.scope = scope
    }
}

/// A clause: its keyword (one word or two) and its values.
package struct ClauseShape: Sendable, Hashable {
    package let keyword: String
    package let slots: [Slot]
    package let isRequired: Bool
    package let isRepeatable: Bool
    /// What the clause says, one short phrase; defaults are stated here.
    package let summary: String

    package init(_ keyword: String, _ slots: [Slot], required: Bool = false, repeatable: Bool = false, summary: String) {
        self.keyword = keyword
        self.slots = slots
        self.isRequired = required
        self.isRepeatable = repeatable
        self.summary = summary
    }
}
