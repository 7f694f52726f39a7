package import RondoFrame
package import RondoKernels
package import RondoReport

/// `outliers sqft robust action drop`: the rows went when it was typed, and nothing is left to do on them. New rows beyond the same
/// limits are remarked: they are unlike what was trained on.
///
/// The limits keep what they were when the rows were dropped, whatever is split later.
package struct DropOutliersStep: PlainStep {
    package static let kind = "drop_outliers"

    package let limits: OutlierLimits

    package init(_ limits: OutlierLimits) { self.limits = limits }

    package func dependencies(in columns: [String]) -> [String: Set<String>] { [:] }

    package func removes(in columns: [String]) -> Set<String> { [] }

    package var effect: ValueEffect { .judges }

    package var looksAt: Set<String> { limits.columnsRead }

    package func check(_ frame: Frame) throws { try frame.require(looksAt.sorted()) }

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        try context.cancellation.check()
        guard remarks.collects, looksAt.allSatisfy({ frame[$0] != nil }) else { return frame }
        // New rows may bring a column that only this step reads in any type: then nothing can be told.
        guard let sides = try? limits.sides(of: frame, context: context) else { return frame }
        for (name, sides) in zip(limits.judged, sides) {
            remarks.note(.unlike, column: limits.words(name), rows: Column.places(sides) { $0 == .below || $0 == .above })
        }
        return frame
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? { looksAt.isDisjoint(with: lost) ? self : nil }

    package var learned: TableBlock? { limits.learned }

    package var summary: String? { limits.summary }

    package func archive() -> Archive { Archive(["limits": .archives([limits.archive()])]) }

    package init(archive: Archive) throws { limits = try OutlierLimits(archive: try archive.archive("limits")) }
}

extension OutlierLimits {
    /// What holds of a value or row that is no outlier, `sqft between 312 and 4,210`, or of one that is, `sqft not between …`.
    package func words(_ name: String, isInside: Bool = true) -> String {
        let not = isInside ? "" : "not "
        guard let line = lines.first(where: { $0.column == name }) else { return "\(name) \(not)like other rows" }
        guard groups.isEmpty else { return "\(name) \(not)within the limits of its group" }
        let text = NumberText()
        return "\(name) \(not)between \(text.text(Scalar(line.low))) and \(text.text(Scalar(line.high)))"
    }
}
