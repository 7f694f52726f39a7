package import RondoFrame
package import RondoKernels
package import RondoReport

/// A column step as specified: what to do, nothing learned yet. One file a step, one line in `RecipeSteps.all`.
///
/// Expressions inside a step are kept as source text in its archive and read back by the parser.
package protocol RecipeStep: Sendable {
    /// Name of the kind of step in bundles, usually the verb's name.
    static var kind: String { get }
    /// Whether it learns from the training rows.
    var learns: Bool { get }
    /// Each column it makes or changes, with the columns that go into it (itself too when it is changed in place).
    /// Columns whose content only passes through are not named. A column that is taken away has no entry here, and neither
    /// has one whose name is only known after learning (`FittedStep.expanded`).
    func dependencies(in columns: [String]) -> [String: Set<String>]
    /// Columns that are gone afterwards.
    func removes(in columns: [String]) -> Set<String>
    /// Columns it makes that need other rows of the same table when they are made (`lag`, `rank`): for looking, never a
    /// feature of a release.
    var historic: Set<String> { get }
    /// Columns it makes that only name rows and are never features (flags).
    var segments: Set<String> { get }
    /// Columns it looks at without making another from them.
    var looksAt: Set<String> { get }
    /// Columns that it only learns by (the target of a supervised step): needed when it learns, never when it is carried out.
    var learnsFrom: Set<String> { get }
    /// What it does to the values as the user knows them.
    var effect: ValueEffect { get }
    /// Columns it learns from and does not need again: the target, of steps that never let a learning row see its own value.
    ///
    /// They are not among the dependencies, because what is made is known for new rows before they are.
    var taughtBy: Set<String> { get }
    /// Learns from the given rows of the table as it stands before this step (nil: all rows).
    /// - Throws: `Fault` or `Diagnostics` for data it cannot work on.
    func learn(from frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> any FittedStep
    /// Learns as above, and carries the step out on the whole table: what a model is fitted on.
    ///
    /// The same as learning and then applying, but for steps whose learning rows get other values than new rows would (cross-fitting).
    func fit(_ frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> (step: any FittedStep, frame: Frame)
    func archive() -> Archive
    init(archive: Archive) throws
}

extension RecipeStep {
    package var historic: Set<String> { [] }
    package var segments: Set<String> { [] }
    package var looksAt: Set<String> { [] }
    package var learnsFrom: Set<String> { [] }
    package var effect: ValueEffect { .makes }
    package var taughtBy: Set<String> { [] }

    package func fit(_ frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> (step: any FittedStep, frame: Frame) {
        let step = try learn(from: frame, rows: rows, context: context)
        var remarks = StepRemarks(collects: false)
        return (step, try step.apply(to: frame, remarks: &remarks, context: context))
    }
}

/// What a step does to the values as the user knows them.
package enum ValueEffect: Sendable, Hashable {
    /// Its columns are values in their own right: what the step makes is what is known of them.
    case makes
    /// It carries values over, under another name or in another type.
    case carries
    /// It rewrites values for models (scaled, coded, filled by what was learned): what is known of them stays as it was.
    case recodes
    /// It judges rows by a condition, and reads what is known of them.
    case judges
}

/// A step with what it learned; the same object serves training, prediction, bundles and monitoring.
package protocol FittedStep: Sendable {
    /// Carries the step out on any rows, training or new; the number of rows never changes.
    func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame
    /// What it learned, as a table; nil when there is nothing.
    var learned: TableBlock? { get }
    /// What it learned in a few words: `212 medians`; nil when there is nothing.
    var summary: String? { get }
    /// Columns it makes whose names come from what it learned (one-hot), with the columns that go into each.
    var expanded: [String: Set<String>] { get }
    /// The same step without everything that is made from these columns, for rows that lack them; nil when nothing is left.
    func without(_ lost: Set<String>) -> (any FittedStep)?
    /// The specification and what was learned.
    func archive() -> Archive
}

extension FittedStep {
    package var summary: String? { nil }
    package var expanded: [String: Set<String>] { [:] }
}

/// A kind of step for the registry: reads specification and fitted form back.
package protocol FittedStepReading: RecipeStep {
    static func fitted(from archive: Archive) throws -> any FittedStep
}

/// A step that learns nothing: specification and fitted step are one object.
package protocol PlainStep: FittedStepReading, FittedStep {
    /// Throws a `Fault` when the table is not one it can work on.
    func check(_ frame: Frame) throws
}

extension PlainStep {
    package var learns: Bool { false }
    package var learned: TableBlock? { nil }

    package func learn(from frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> any FittedStep {
        try check(frame)
        return self
    }

    package static func fitted(from archive: Archive) throws -> any FittedStep { try Self(archive: archive) }
}

/// What happened to single rows while steps were applied: filled gaps, unseen levels.
package struct StepRemarks: Sendable {
    package enum Kind: String, Sendable, Hashable { case imputed, unseenLevel, conversionFailed, noMatch, unlike }
    package struct Remark: Sendable, Hashable {
        package let kind: Kind
        /// The column; of `unlike` the condition that the rows fail.
        package let column: String
        package let rows: [Int32]
    }
    /// Whether rows are wanted; training on millions of rows does without.
    package let collects: Bool
    package private(set) var all: [Remark] = []

    package init(collects: Bool) { self.collects = collects }

    /// Notes rows (only evaluated when they are wanted); empty lists are left out.
    package mutating func note(_ kind: Kind, column: String, rows: @autoclosure () -> [Int32]) {
        guard collects else { return }
        let list = rows()
        if !list.isEmpty { all.append(Remark(kind: kind, column: column, rows: list)) }
    }

    /// How many rows are noted of a kind, of one column or of all.
    package func count(_ kind: Kind, column: String? = nil) -> Int {
        all.reduce(into: 0) { if $1.kind == kind, column == nil || $1.column == column { $0 += $1.rows.count } }
    }
}
