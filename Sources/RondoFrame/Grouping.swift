public import RondoKernels

/// A partition of rows: each row belongs to exactly one group; missing values form a group of their own.
///
/// Groups are numbered in order of first appearance, whatever the number of threads.
public struct Groups: Sendable {
    /// Group of each row, from 0.
    public let groupOfRow: [Int32]
    /// How many groups there are.
    public let count: Int
    /// First row of each group.
    public let firstRows: [Int32]

    public init(groupOfRow: [Int32], count: Int, firstRows: [Int32]) {
        self.groupOfRow = groupOfRow
        self.count = count
        self.firstRows = firstRows
    }

    /// How many rows each group has.
    public var sizes: [Int] {
        var sizes = [Int](repeating: 0, count: count)
        for group in groupOfRow { sizes[Int(group)] += 1 }
        return sizes
    }

    /// The rows in the order of their groups: `rows[starts[g]..<starts[g + 1]]` are the rows of group g, ascending.
    public func rowsByGroup() -> (rows: [Int], starts: [Int]) { Sorting.grouped(groupOfRow, groupCount: count) }

    /// The key of each group: the columns' values in the groups' first rows.
    public func keys(_ columns: [Column]) -> [Column] { columns.map { $0.gathering(firstRows) } }

    /// All rows in one group (no group when there are no rows).
    public static func whole(rowCount: Int) -> Groups {
        Groups(groupOfRow: Array(repeating: 0, count: rowCount), count: rowCount > 0 ? 1 : 0, firstRows: rowCount > 0 ? [0] : [])
    }

    /// The rows grouped by equal values in all columns; without columns all rows are one group.
    public init(by columns: [Column], rowCount: Int, context: ComputeContext = .quiet) throws {
        guard let first = columns.first else {
            self = .whole(rowCount: rowCount)
            return
        }
        var codes = GroupCodes(first)
        for column in columns.dropFirst() {
            try context.cancellation.check()
            codes = codes.combined(with: GroupCodes(column))
        }
        try context.cancellation.check()
        let firstRows = codes.firstRows
        self.init(groupOfRow: codes.codes, count: codes.count, firstRows: firstRows)
    }
}

extension Frame {
    /// The rows grouped by equal values in all these columns.
    public func grouped(by columns: [Column], context: ComputeContext = .quiet) throws -> Groups {
        try Groups(by: columns, rowCount: rowCount, context: context)
    }
}

/// Rows numbered by distinct value in order of first appearance.
struct GroupCodes {
    var codes: [Int32]
    var count: Int

    /// One code for each distinct value of a column, missing among them.
    init(_ column: Column) {
        switch column.storage {
        case .text(let codes, let levels), .category(let codes, let levels):
            self = GroupCodes.renumbered(codes, levels: levels.count)
        case .truth(let values): self = GroupCodes.renumbered(values.map { Int32($0) }, levels: 3)
        default: self.init(keys: column.exactKeys())
        }
    }

    init(codes: [Int32], count: Int) {
        self.codes = codes
        self.count = count
    }

    /// Codes of 64-bit keys by open addressing.
    init(keys: [UInt64]) {
        codes = []
        count = 0
        var table = KeyTable(capacity: 64)
        codes = [Int32](unsafeUninitializedCapacity: keys.count) { buffer, initialized in
            for row in keys.indices { buffer.initializeElement(at: row, to: table.code(keys[row])) }
            initialized = keys.count
        }
        count = table.count
    }

    /// Codes renumbered in order of first appearance; -1 becomes a group of its own.
    static func renumbered(_ codes: [Int32], levels: Int) -> GroupCodes {
        var target = [Int32](repeating: -1, count: levels + 1)
        var count: Int32 = 0
        let result = codes.map { code -> Int32 in
            let place = code < 0 ? levels : Int(code)
            if target[place] < 0 {
                target[place] = count
                count += 1
            }
            return target[place]
        }
        return GroupCodes(codes: result, count: Int(count))
    }

    /// Rows that agree in both.
    func combined(with other: GroupCodes) -> GroupCodes {
        let pairs = Int64(count) * Int64(other.count)
        guard pairs > 1 << 20 || pairs > Int64(codes.count) * 4 + 1024 else {
            let width = Int32(other.count)
            let joint = codes.indices.map { codes[$0] * width + other.codes[$0] }
            return GroupCodes.renumbered(joint, levels: Int(pairs))
        }
        return GroupCodes(
            keys: codes.indices.map { UInt64(UInt32(bitPattern: codes[$0])) << 32 | UInt64(UInt32(bitPattern: other.codes[$0])) })
    }

    var firstRows: [Int32] {
        var result: [Int32] = []
        result.reserveCapacity(count)
        for (row, code) in codes.enumerated() where Int(code) == result.count { result.append(Int32(row)) }
        return result
    }
}

extension Column {
    /// One 64-bit key a row, equal exactly for equal values of this column; missing values share one key that no value has
    /// (for integers the key of the row's mask decides). Minus zero equals zero.
    func exactKeys() -> [UInt64] {
        switch storage {
        case .number(let values): return values.map(Column.key)
        case .sparse: return numbers().map(Column.key)
        case .integer(let values, let missing):
            guard let missing else { return values.map { UInt64(bitPattern: $0) } }
            // A key that no present value has stands for missing.
            var free = UInt64(bitPattern: Int64.min)
            let present = Set(zip(values, missing).lazy.filter { !$1 && $0 < Int64.min + 4096 }.map { UInt64(bitPattern: $0.0) })
            while present.contains(free) { free += 1 }
            return values.indices.map { missing[$0] ? free : UInt64(bitPattern: values[$0]) }
        case .truth(let values): return values.map { UInt64($0) }
        case .text(let codes, _), .category(let codes, _): return codes.map { UInt64(bitPattern: Int64($0)) }
        case .date(let values): return values.map { UInt64(bitPattern: Int64($0)) }
        case .time(let values), .duration(let values): return values.map { UInt64(bitPattern: $0) }
        }
    }

    /// The bits of a number; one pattern for all NaN and for both zeros.
    @inline(__always)
    static func key(_ value: Double) -> UInt64 { value.isNaN ? Double.nan.bitPattern : value == 0 ? 0 : value.bitPattern }
}
