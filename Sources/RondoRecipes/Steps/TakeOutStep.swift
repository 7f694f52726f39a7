package import RondoFrame
package import RondoKernels
package import RondoReport

/// Columns that `fit` leaves out on its own, each with its reason; rows that never had them are fine.
package struct TakeOutStep: PlainStep {
    package static let kind = "take_out"

    package struct Item: Sendable, Hashable {
        package let column: String
        /// In words: `48,112 different values`.
        package let reason: String

        package init(column: String, reason: String) {
            self.column = column
            self.reason = reason
        }
    }
    package let items: [Item]

    package init(_ items: [Item]) { self.items = items }

    package func dependencies(in columns: [String]) -> [String: Set<String>] { [:] }

    package func removes(in columns: [String]) -> Set<String> { Set(items.map(\.column)) }

    package func check(_ frame: Frame) throws { try frame.require(items.map(\.column)) }

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        try context.cancellation.check()
        return frame.dropping(Set(items.map(\.column)))
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? { self }

    package var learned: TableBlock? {
        TableBlock(
            caption: "left out", columns: [.init("column", "text", .plain), .init("reason", "text", .plain)],
            rows: items.map { [.text($0.column), .text($0.reason)] })
    }

    package func archive() -> Archive {
        Archive(["columns": .words(items.map(\.column)), "reasons": .words(items.map(\.reason))])
    }

    package init(archive: Archive) throws {
        let (columns, reasons) = (try archive.words("columns"), try archive.words("reasons"))
        guard columns.count == reasons.count else { throw StepArchive.damaged(Self.kind) }
        items = zip(columns, reasons).map { Item(column: $0, reason: $1) }
    }
}
