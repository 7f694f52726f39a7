public import RondoKernels

/// A table: named columns of equal length, in order. A value; copies share their columns.
public struct Frame: Sendable {
    public private(set) var names: [String]
    public private(set) var columns: [Column]
    public private(set) var rowCount: Int
    private var positions: [String: Int]

    /// An empty table of some rows and no columns.
    public init(rowCount: Int = 0) {
        names = []
        columns = []
        self.rowCount = rowCount
        positions = [:]
    }

    /// Columns of equal length with different names; throws when they are not.
    public init(_ named: [(String, Column)]) throws {
        self.init(rowCount: named.first?.1.count ?? 0)
        for (name, column) in named { try set(name, column) }
    }

    public var columnCount: Int { names.count }

    /// The column of this name.
    public subscript(name: String) -> Column? { positions[name].map { columns[$0] } }

    /// Position of the column of this name.
    public func position(of name: String) -> Int? { positions[name] }

    /// Puts a column in place of the one of this name, or at the end.
    public mutating func set(_ name: String, _ column: Column) throws {
        guard column.count == rowCount || columns.isEmpty else {
            throw Fault(
                "R0390", "column \(name) has \(column.count) rows, the table has \(rowCount)",
                remedy: "please report this as a fault of Rondo")
        }
        if columns.isEmpty { rowCount = column.count }
        if let position = positions[name] {
            columns[position] = column
        } else {
            positions[name] = names.count
            names.append(name)
            columns.append(column)
        }
    }

    /// The table without these columns.
    public func dropping(_ dropped: Set<String>) -> Frame { keeping { !dropped.contains($0) } }

    /// The table with only the columns whose name passes.
    public func keeping(_ passes: (String) -> Bool) -> Frame {
        var result = Frame(rowCount: rowCount)
        for (name, column) in zip(names, columns) where passes(name) { result.append(name, column) }
        return result
    }

    /// The table with these columns in this order; names that it lacks are left out.
    public func selecting(_ wanted: [String]) -> Frame {
        var result = Frame(rowCount: rowCount)
        for name in wanted { if let column = self[name], result.positions[name] == nil { result.append(name, column) } }
        return result
    }

    /// The table with columns renamed, old name to new; throws when two would have the same name.
    public func renaming(_ new: [String: String]) throws -> Frame {
        var result = Frame(rowCount: rowCount)
        for (name, column) in zip(names, columns) {
            let target = new[name] ?? name
            guard result.positions[target] == nil else {
                throw Fault("R0310", "two columns would be called \(target)", remedy: "take a name that is free", subject: target)
            }
            result.append(target, column)
        }
        return result
    }

    /// The rows with these indices, in this order; a negative index gives a row of missing values.
    public func gathering(_ rows: [Int32]) -> Frame {
        var result = Frame(rowCount: rows.count)
        let places = rowPlaces(rows)
        for (name, column) in zip(names, columns) { result.append(name, column.gathering(rows, places: places)) }
        return result
    }

    /// Where these rows go, for the sparse columns of the table; nil when there are none, or when a row has no source.
    public func rowPlaces(_ rows: [Int32]) -> RowPlaces? {
        guard columns.contains(where: \.isSparse), !rows.contains(where: { $0 < 0 }) else { return nil }
        return RowPlaces(rows, sourceCount: rowCount)
    }

    /// The same, several columns at a time.
    /// - Throws: only when cancelled.
    public func gathering(_ rows: [Int32], context: ComputeContext) throws -> Frame {
        let places = rowPlaces(rows)
        let gathered = try Parallel.map(columnCount, context: context) { columns[$0].gathering(rows, places: places) }
        var result = Frame(rowCount: rows.count)
        for (name, column) in zip(names, gathered) { result.append(name, column) }
        return result
    }

    private mutating func append(_ name: String, _ column: Column) {
        positions[name] = names.count
        names.append(name)
        columns.append(column)
    }
}
