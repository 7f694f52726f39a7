import RondoFrame
import RondoKernels
import RondoReport

/// Rows of a table as a result block.
enum FrameBlock {
    /// - Parameter whole: the table that the rows are of, whose columns tell which hold years; nil for these rows alone.
    static func table(_ frame: Frame, caption: String, whole: Frame? = nil) -> TableBlock {
        let columns = zip(frame.names, frame.columns).map { name, column in
            let isYear = YearColumns.isYear(name, whole?[name] ?? column)
            return TableBlock.Column(name, column.type.rawValue, column.type.isNumeric && !isYear ? .number : .plain)
        }
        let rows = (0..<frame.rowCount).map { row in frame.columns.map { $0[row] } }
        return TableBlock(caption: caption, columns: columns, rows: rows, showsTypes: true)
    }
}
