package import RondoFrame
package import RondoKernels

/// `keep price, sqft, zip`: all other columns are taken away; the kept ones stay in table order.
package struct KeepStep: PlainStep {
    package static let kind = "keep"

    package let columns: [String]

    package init(_ columns: [String]) { self.columns = columns }

    package func dependencies(in columns: [String]) -> [String: Set<String>] { [:] }

    package func removes(in columns: [String]) -> Set<String> { Set(columns).subtracting(self.columns) }

    package func check(_ frame: Frame) throws { try frame.require(columns) }

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        try context.cancellation.check()
        let kept = Set(columns)
        return frame.keeping { kept.contains($0) }
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? { self }

    package func archive() -> Archive { Archive(["columns": .words(columns)]) }

    package init(archive: Archive) throws { columns = try archive.words("columns") }
}
