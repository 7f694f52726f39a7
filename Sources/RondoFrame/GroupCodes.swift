public import RondoKernels

/// Rows numbered by distinct value in order of first appearance; missing values are one value among them.
///
/// The one way in which rows are grouped: one column at a time into small numbers, then pairs of numbers into one, each looked up in an
/// array where values lie close together and in a table of keys elsewhere.
public struct GroupCodes: Sendable {
    /// The code of each row, from 0.
    public let codes: [Int32]
    /// The first row of each code, ascending.
    public let firstRows: [Int32]
    /// How many codes there are.
    public var count: Int { firstRows.count }

    /// One code for each distinct value of a column.
    public init(_ column: Column) {
        switch column.storage {
        case .text(let codes, let levels), .category(let codes, let levels):
            self = GroupCodes.renumbered(codes, levels: levels.count)
        case .truth(let values): self = GroupCodes.numbered(values.count, places: 256) { Int(values[$0]) }
        case .integer(let values, let missing): self = GroupCodes.whole(values, column, missing: missing, gap: nil)
        case .date(let values): self = GroupCodes.whole(values, column, missing: nil, gap: Column.missingDate)
        case .time(let values), .duration(let values):
            self = GroupCodes.whole(values, column, missing: nil, gap: Column.missingTime)
        case .number, .sparse: self.init(keys: column.exactKeys())
        }
    }

    /// One code for each different combination of values in all these columns, worked out side by side.
    /// - Parameter columns: at least one, of equal lengths.
    /// - Throws: only when cancelled.
    public init(_ columns: [Column], context: ComputeContext = .quiet) throws {
        var joint: GroupCodes?
        // A few columns at a time: hundreds of them would take too much memory.
        for start in stride(from: 0, to: columns.count, by: GroupCodes.columnsAtOnce) {
            let part = columns[start..<min(start + GroupCodes.columnsAtOnce, columns.count)]
            for next in try Parallel.map(part.count, context: context, { GroupCodes(part[start + $0]) }) {
                try context.cancellation.check()
                joint = joint?.combined(with: next) ?? next
            }
        }
        self = joint ?? GroupCodes(codes: [], firstRows: [])
    }

    private static let columnsAtOnce = 4

    private init(codes: [Int32], firstRows: [Int32]) {
        self.codes = codes
        self.firstRows = firstRows
    }

    /// Codes of 64-bit keys.
    init(keys: [UInt64]) {
        self = GroupCodes.keyed(keys.count) { keys[$0] }
    }

    /// Codes renumbered in order of first appearance; negative ones become a code of their own.
    static func renumbered(_ codes: [Int32], levels: Int) -> GroupCodes {
        numbered(codes.count, places: levels + 1) { Int(max(codes[$0], -1)) + 1 }
    }

    /// Rows that agree in both.
    public func combined(with other: GroupCodes) -> GroupCodes {
        let pairs = count.multipliedReportingOverflow(by: other.count)
        let (first, second, width) = (codes, other.codes, other.count)
        if !pairs.overflow, GroupCodes.isFlat(pairs.partialValue, rows: first.count) {
            return GroupCodes.numbered(first.count, places: pairs.partialValue) { Int(first[$0]) * width + Int(second[$0]) }
        }
        return GroupCodes.keyed(first.count) { UInt64(UInt32(bitPattern: first[$0])) << 32 | UInt64(UInt32(bitPattern: second[$0])) }
    }

    /// Whether an array with so many places is quicker than a table of keys.
    private static func isFlat(_ places: Int, rows: Int) -> Bool { places <= max(65_536, min(4 * rows, 1 << 22)) }

    /// Whole numbers: by their distance from the least one where all lie close together.
    private static func whole<Value: FixedWidthInteger & SignedInteger>(
        _ values: [Value], _ column: Column, missing: [Bool]?, gap: Value?
    ) -> GroupCodes {
        var (least, greatest) = (Value.max, Value.min)
        for row in values.indices where values[row] != gap && missing?[row] != true {
            least = min(least, values[row])
            greatest = max(greatest, values[row])
        }
        guard least <= greatest else { return numbered(values.count, places: 1) { _ in 0 } }
        let reach = greatest.subtractingReportingOverflow(least)
        guard !reach.overflow, let width = Int(exactly: reach.partialValue), width < Int.max - 2, isFlat(width + 2, rows: values.count)
        else {
            return GroupCodes(keys: column.exactKeys())
        }
        // Place 0 is for missing values.
        if let missing { return numbered(values.count, places: width + 2) { missing[$0] ? 0 : Int(values[$0] &- least) + 1 } }
        if let gap { return numbered(values.count, places: width + 2) { values[$0] == gap ? 0 : Int(values[$0] &- least) + 1 } }
        return numbered(values.count, places: width + 2) { Int(values[$0] &- least) + 1 }
    }

    /// Numbers the rows by their places in an array.
    @inline(__always)
    private static func numbered(_ count: Int, places: Int, _ place: (Int) -> Int) -> GroupCodes {
        var codeOfPlace = [Int32](repeating: -1, count: places)
        var firstRows: [Int32] = []
        let codes = [Int32](unsafeUninitializedCapacity: count) { buffer, initialized in
            for row in 0..<count {
                let place = place(row)
                var code = codeOfPlace[place]
                if code < 0 {
                    code = Int32(truncatingIfNeeded: firstRows.count)
                    codeOfPlace[place] = code
                    firstRows.append(Int32(truncatingIfNeeded: row))
                }
                buffer.initializeElement(at: row, to: code)
            }
            initialized = count
        }
        return GroupCodes(codes: codes, firstRows: firstRows)
    }

    /// Numbers the rows by their keys.
    @inline(__always)
    private static func keyed(_ count: Int, _ key: (Int) -> UInt64) -> GroupCodes {
        var table = KeyTable(capacity: 64)
        var firstRows: [Int32] = []
        let codes = [Int32](unsafeUninitializedCapacity: count) { buffer, initialized in
            for row in 0..<count {
                let code = table.code(key(row))
                if Int(code) == firstRows.count { firstRows.append(Int32(truncatingIfNeeded: row)) }
                buffer.initializeElement(at: row, to: code)
            }
            initialized = count
        }
        return GroupCodes(codes: codes, firstRows: firstRows)
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
