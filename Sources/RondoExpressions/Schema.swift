package import RondoFrame

/// The names and types that an expression may use.
package struct Schema: Sendable {
    /// Columns in table order.
    package var columns: [(name: String, type: ColumnType)]
    /// The table's name, for messages.
    package var tableName: String?

    package init(columns: [(name: String, type: ColumnType)], tableName: String? = nil) {
        self.columns = columns
        self.tableName = tableName
    }

    /// The columns of a table.
    package init(_ frame: Frame, tableName: String? = nil) {
        columns = zip(frame.names, frame.columns).map { ($0, $1.type) }
        self.tableName = tableName
    }

    /// The type of the column of this name.
    func type(of name: String) -> ColumnType? { columns.first { $0.name == name }?.type }
}
