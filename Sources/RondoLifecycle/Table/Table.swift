package import RondoFrame
import RondoKernels
package import RondoRecipes

/// A table of a session: loaded rows plus an ordered recipe, and what is known about both.
package struct Table: Sendable {
    package let name: String
    /// The rows as loaded, after all row steps.
    package private(set) var rows: Frame
    package private(set) var rowsIdentity: Identity
    /// Names the rows as they were loaded, whatever row steps came since: what has been seen of them is kept under it.
    package private(set) var seal: Identity
    /// The column steps typed so far.
    package private(set) var steps: [Step]
    package var ledger: Ledger
    package var split: Split?
    /// Named conditions; every judge reports them as segments.
    package var flags: [Flag]
    package var checks: [CheckRule]
    /// Columns that are never features, with the reason in words: flags, history, the column that names the parts.
    package var neverFeatures: [String: String]
    /// Where the rows came from, with digests.
    package var sources: [SourceFile]
    /// What went into its columns from tables of the session, when it was made from them.
    package var lineage: [Lineage] = []
    /// Owner, terms, span, private columns, what a data dictionary says.
    package var facts = SourceFacts()

    package struct Step: Sendable {
        package let identity: Identity
        package let entry: Recipe.Entry

        package init(_ entry: Recipe.Entry) {
            identity = Identity()
            self.entry = entry
        }
    }

    /// A named segment.
    package struct Flag: Sendable, Hashable {
        package let name: String
        package let condition: String
        package let because: String?

        package init(name: String, condition: String, because: String?) {
            self.name = name
            self.condition = condition
            self.because = because
        }
    }

    /// A condition that is reported, kept, and checked again on new rows.
    package struct CheckRule: Sendable, Hashable {
        package let condition: String
        /// Least share of rows that must hold; nil only reports.
        package let expected: Double?
        /// Whether it is about single rows (else about the whole table, as `count() = 45000`).
        package let isByRow: Bool

        package init(condition: String, expected: Double?, isByRow: Bool) {
            self.condition = condition
            self.expected = expected
            self.isByRow = isByRow
        }
    }

    /// A file that rows came from.
    package struct SourceFile: Sendable, Hashable {
        package let name: String
        package let byteCount: Int
        private let digest: FileDigest

        /// The digest of its bytes; waits until it is made.
        package var sha256: String { digest.hex }

        package init(name: String, byteCount: Int, digest: FileDigest) {
            self.name = name
            self.byteCount = byteCount
            self.digest = digest
        }

        package init(name: String, byteCount: Int, sha256: String) {
            self.init(name: name, byteCount: byteCount, digest: FileDigest(sha256))
        }
    }

    package init(name: String, rows: Frame, ledger: Ledger, sources: [SourceFile] = []) {
        self.name = name
        self.rows = rows
        rowsIdentity = Identity()
        seal = Identity()
        steps = []
        self.ledger = ledger
        flags = []
        checks = []
        neverFeatures = [:]
        self.sources = sources
    }

    package var recipe: Recipe { Recipe(steps.map(\.entry)) }

    /// Rows from which learned steps learn: the training part, or all (nil) before a split.
    package var learningRows: [Int32]? { split?.trainRows }

    package mutating func append(_ entry: Recipe.Entry) { steps.append(Step(entry)) }

    /// Keeps only these rows, in this order (a row step). The split goes with them.
    package mutating func keepRows(_ kept: [Int32]) {
        rows = rows.gathering(kept)
        rowsIdentity = Identity()
        split = split?.gathering(kept)
    }

    /// Other rows altogether, the steps stay.
    package mutating func replaceRows(_ frame: Frame) {
        rows = frame
        rowsIdentity = Identity()
        split = nil
    }

    /// The same table under another name.
    package func renamed(_ name: String) -> Table {
        var copy = Table(name: name, rows: rows, ledger: ledger, sources: sources)
        copy.rowsIdentity = rowsIdentity
        copy.seal = seal
        copy.steps = steps
        copy.split = split
        copy.flags = flags
        copy.checks = checks
        copy.neverFeatures = neverFeatures
        copy.lineage = lineage
        copy.facts = facts
        return copy
    }

    /// Steps and flags of `self` over other rows that passed the same row steps; used by windows and folds.
    package func over(_ frame: Frame) -> Table {
        var copy = self
        copy.replaceRows(frame)
        return copy
    }
}
