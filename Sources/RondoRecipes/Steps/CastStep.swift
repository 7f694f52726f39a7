package import RondoFrame
package import RondoKernels

/// `cast zip text` and `cast sold_on date format "%d/%m/%Y"`: columns in another type; what does not fit becomes missing and is
/// remarked.
package struct CastStep: PlainStep {
    package static let kind = "cast"

    package let columns: [String]
    package let type: ColumnType
    /// How dates and times are written, `%d/%m/%Y`; nil reads ISO 8601.
    package let format: String?

    package init(_ columns: [String], to type: ColumnType, format: String? = nil) {
        self.columns = columns
        self.type = type
        self.format = format
    }

    package func dependencies(in columns: [String]) -> [String: Set<String>] {
        Dictionary(self.columns.map { ($0, [$0]) }) { first, _ in first }
    }

    package var effect: ValueEffect { .carries }

    package func removes(in columns: [String]) -> Set<String> { [] }

    package func check(_ frame: Frame) throws {
        try frame.require(columns)
        _ = try Column.text([]).cast(to: type, format: format)
    }

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        var result = frame
        for name in columns {
            try context.cancellation.check()
            let column = try frame.required(name)
            let cast = try column.cast(to: type, format: format)
            if cast.failures > 0 { remarks.note(.conversionFailed, column: name, rows: Self.failed(column, cast.column)) }
            try result.set(name, cast.column)
        }
        return result
    }

    /// Rows that had a value before and have none now.
    private static func failed(_ before: Column, _ after: Column) -> [Int32] {
        let gaps = before.missingMask()
        return after.missingRows().filter { !gaps[Int($0)] }
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? {
        let left = columns.filter { !lost.contains($0) }
        return left.isEmpty ? nil : CastStep(left, to: type, format: format)
    }

    package func archive() -> Archive {
        var archive = Archive(["columns": .words(columns)])
        archive.set("type", type.rawValue)
        if let format { archive.set("format", format) }
        return archive
    }

    package init(archive: Archive) throws {
        columns = try archive.words("columns")
        guard let type = ColumnType(rawValue: try archive.word("type")) else { throw StepArchive.damaged(Self.kind) }
        self.type = type
        format = archive["format"] == nil ? nil : try archive.word("format")
    }
}
