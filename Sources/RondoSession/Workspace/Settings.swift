/// Settings of a session, changed by `set`.
package struct Settings: Sendable, Hashable {
    package var seed: UInt64 = 1
    /// Significant digits shown; nil lets each number decide.
    package var digits: Int?
    /// Relative difference up to which a replayed figure counts as close.
    package var tolerance: Double = 1e-9
    package var threads: Int?
    package var author: String?
    package var reviewers: Int?

    package init() {}
}

/// A note of the register: decisions, limitations, reviews, issues.
package struct RegisterNote: Sendable, Hashable {
    package let name: String
    package let text: String
    package let kind: String
    package let about: String?
    package let who: String?
    /// Days since 1970-01-01.
    package let until: Int32?
    package let unit: String?
    package let cell: Int
    /// Why it was settled; nil while it is open.
    package var settled: String?

    package init(name: String, text: String, kind: String, about: String?, who: String?, until: Int32?, unit: String?, cell: Int) {
        self.name = name
        self.text = text
        self.kind = kind
        self.about = about
        self.who = who
        self.until = until
        self.unit = unit
        self.cell = cell
    }
}
