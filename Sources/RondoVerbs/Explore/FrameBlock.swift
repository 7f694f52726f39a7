import RondoFrame
import RondoKernels
import RondoReport

/// Rows of a table as a result block.
enum FrameBlock {
    static func table(_ frame: Frame, caption: String) -> TableBlock {
        let columns = zip(frame.names, frame.columns).map { name, column in
            TableBlock.Column(name, column.type.rawValue, column.type.isNumeric ? .number : .plain)
        }
        let rows = (0..<frame.rowCount).map { row in frame.columns.map { $0[row] } }
        return TableBlock(caption: caption, columns: columns, rows: rows, showsTypes: true)
    }
}
