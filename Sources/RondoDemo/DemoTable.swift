package import RondoFrame
package import RondoKernels

/// A generated demo table.
package protocol DemoTable: Sendable {
    /// The word by which it is loaded, `house_sales`.
    static var name: String { get }
    /// One sentence on what it holds.
    static var summary: String { get }
    /// The table; the same rows and seed give the same bytes on every machine and with any number of threads.
    ///
    /// - Parameter rows: how many rows, nil for the table's own size. Throws `R0635` when negative or more than the table can have.
    static func make(rows: Int?, seed: UInt64, context: ComputeContext) throws -> Frame
}

/// The demo tables of all worlds.
package enum DemoTables {
    /// All tables, in the order of their worlds.
    package static let all: [any DemoTable.Type] = DemoWorlds.all.flatMap(\.tables)

    /// The table of this name.
    package static func named(_ name: String) -> (any DemoTable.Type)? { all.first { $0.name == name } }

    /// The number of rows asked for, or the table's own.
    static func checkedRows(_ rows: Int?, own: Int, most: Int, table: String) throws -> Int {
        guard let rows else { return own }
        guard (0...most).contains(rows) else {
            let wrong = rows < 0 ? "a table cannot have \(rows) rows" : "\(table) has at most \(most) rows, \(rows) were asked for"
            throw Fault("R0637", wrong, remedy: "load demo \"\(table)\" rows \(rows < 0 ? min(500, most) : most)", subject: "\(rows)")
        }
        return rows
    }
}
