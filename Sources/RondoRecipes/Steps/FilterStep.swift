package import RondoFrame
package import RondoKernels
package import RondoLanguage
package import RondoReport

/// `filter rooms < 7`: it fixed the rows of the table when it was typed, and has nothing to do on them any more. On new rows those
/// that fail the condition are remarked.
///
/// Aggregates keep what they were when the filter was typed. Rows for which the condition cannot be told are not remarked, and
/// neither are any where a column is lacking or the condition looks at other rows along an order.
package struct FilterStep: PlainStep {
    package static let kind = "filter"

    private let condition: LearnedExpression

    /// - Parameters:
    ///   - frame: the table in the values as the user knows them.
    ///   - rows: the rows that its aggregates learn from (nil: all).
    package init(_ condition: Expression, from frame: Frame, rows: [Int32]?, context: ComputeContext) throws {
        self.condition = try LearnedExpression(condition, from: frame, rows: rows, isCondition: true, context: context)
    }

    package func dependencies(in columns: [String]) -> [String: Set<String>] { [:] }

    package func removes(in columns: [String]) -> Set<String> { [] }

    package var effect: ValueEffect { .judges }

    package var looksAt: Set<String> { condition.tree.columnsRead }

    package func check(_ frame: Frame) throws { try frame.require(looksAt.sorted()) }

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        try context.cancellation.check()
        let isComplete = looksAt.allSatisfy { frame[$0] != nil }
        guard remarks.collects, isComplete, !condition.tree.usesOrder else { return frame }
        var quiet = StepRemarks(collects: false)
        // New rows may bring a column that only filters read in any type: then nothing can be told.
        let column = try? condition.column(of: frame, name: "", remarks: &quiet, context: context)
        guard case .truth(let values)? = column?.storage else { return frame }
        remarks.note(.unlike, column: condition.tree.text, rows: Column.places(values) { $0 == 0 })
        return frame
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? { looksAt.isDisjoint(with: lost) ? self : nil }

    package var learned: TableBlock? { LearnedExpression.table([("filter", condition)]) }

    package func archive() -> Archive { Archive(["condition": .archives([condition.archive()])]) }

    package init(archive: Archive) throws { condition = try LearnedExpression(archive: try archive.archive("condition")) }
}
