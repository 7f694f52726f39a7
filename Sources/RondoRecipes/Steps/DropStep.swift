package import RondoFrame
package import RondoKernels

/// `drop address, notes`: columns taken away; rows that never had them are fine.
package struct DropStep: PlainStep {
    package static let kind = "drop"

    package let columns: [String]

    package init(_ columns: [String]) { self.columns = columns }

    package func dependencies(in columns: [String]) -> [String: Set<String>] { [:] }

    package func removes(in columns: [String]) -> Set<String> { Set(self.columns) }

    package func check(_ frame: Frame) throws { try frame.require(columns) }

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        try context.cancellation.check()
        return frame.dropping(Set(columns))
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? { self }

    package func archive() -> Archive { Archive(["columns": .words(columns)]) }

    package init(archive: Archive) throws { columns = try archive.words("columns") }
}
