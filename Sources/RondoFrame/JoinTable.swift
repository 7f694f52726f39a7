import RondoKernels

/// Types whose values can equal each other.
enum JoinKeyFamily: Sendable {
    case number, truth, text, date, time, duration

    init(_ type: ColumnType) {
        switch type {
        case .number, .integer: self = .number
        case .truth: self = .truth
        case .text, .category: self = .text
        case .date: self = .date
        case .time: self = .time
        case .duration: self = .duration
        }
    }
}

/// Numbers the complete keys of the right table: each column's values first, then the combinations column by column.
struct JoinTable: Sendable {
    private var words: [[String: Int32]]
    private var values: [KeyTable]
    private var pairs: [KeyTable]
    private let families: [JoinKeyFamily]
    /// Whether the right table's column holds integers.
    private let integers: [Bool]

    init(_ columns: [Column]) {
        families = columns.map { JoinKeyFamily($0.type) }
        integers = columns.map { $0.type == .integer }
        words = Array(repeating: [:], count: columns.count)
        values = Array(repeating: KeyTable(capacity: 64), count: columns.count)
        pairs = Array(repeating: KeyTable(capacity: 64), count: columns.count)
    }

    /// The key of each row, -1 where a value is missing; new keys are numbered in order of first appearance.
    mutating func learn(_ columns: [Column], _ context: ComputeContext) throws -> [Int32] {
        var result: [Int32] = []
        for (position, column) in columns.enumerated() {
            try context.cancellation.check()
            let codes = families[position] == .text ? learnWords(column, position) : learnValues(column, position)
            if position == 0, families[0] != .text {
                result = codes
                continue
            }
            // Every further step renumbers, so that codes are in order of first appearance also after unused levels.
            var table = pairs[position]
            result = JoinTable.paired(result, codes, position) { table.code($0) }
            pairs[position] = table
        }
        return result
    }

    private mutating func learnWords(_ column: Column, _ position: Int) -> [Int32] {
        let (rowCodes, levels) = JoinTable.textCodes(column)
        let map = levels.words.map { word -> Int32 in
            if let known = words[position][word] { return known }
            let code = Int32(words[position].count)
            words[position][word] = code
            return code
        }
        return rowCodes.map { $0 < 0 ? -1 : map[Int($0)] }
    }

    private mutating func learnValues(_ column: Column, _ position: Int) -> [Int32] {
        var table = values[position]
        let keys = JoinKeys(column, integers: integers[position])
        let codes = (0..<column.count).map { row in keys[row].map { table.code($0) } ?? -1 }
        values[position] = table
        return codes
    }

    /// The key of each row, -1 where a value is missing or no record has the key.
    func find(_ columns: [Column], _ context: ComputeContext) throws -> [Int32] {
        var result: [Int32] = []
        for (position, column) in columns.enumerated() {
            try context.cancellation.check()
            let codes: [Int32]
            if families[position] == .text {
                let (rowCodes, levels) = JoinTable.textCodes(column)
                let map = levels.words.map { words[position][$0] ?? -1 }
                codes = rowCodes.map { $0 < 0 ? -1 : map[Int($0)] }
            } else {
                let (table, keys) = (values[position], JoinKeys(column, integers: integers[position]))
                codes = try JoinTable.inChunks(column.count, context) { row in keys[row].map { table.find($0) } ?? -1 }
            }
            if position == 0, families[0] != .text {
                result = codes
            } else {
                let table = pairs[position]
                result = JoinTable.paired(result, codes, position) { table.find($0) }
            }
        }
        return result
    }

    /// A code a row, worked out in chunks of rows.
    private static func inChunks(_ count: Int, _ context: ComputeContext, _ code: (Int) -> Int32) throws -> [Int32] {
        try [Int32](unsafeUninitializedCapacity: count) { buffer, initialized in
            let target = buffer
            try Parallel.chunks(count: count, chunkSize: 1 << 16, context: context) { _, rows in
                for row in rows { target.initializeElement(at: row, to: code(row)) }
            }
            initialized = count
        }
    }

    /// The number of each pair of the code so far and the next, -1 where one is unknown.
    private static func paired(_ codes: [Int32], _ next: [Int32], _ position: Int, _ number: (UInt64) -> Int32) -> [Int32] {
        guard position > 0 else { return next.map { $0 < 0 ? -1 : number(UInt64($0)) } }
        return next.indices.map { codes[$0] < 0 || next[$0] < 0 ? -1 : number(UInt64(codes[$0]) << 32 | UInt64(next[$0])) }
    }

    private static func textCodes(_ column: Column) -> ([Int32], Levels) {
        switch column.storage {
        case .text(let codes, let levels), .category(let codes, let levels): (codes, levels)
        default: (Array(repeating: -1, count: column.count), Levels([]))
        }
    }
}

/// A key a row in the terms of the right table's column, nil where missing or where that column cannot hold the value.
private enum JoinKeys {
    case numbers([Double], integers: Bool)
    case whole([Int64], missing: [Bool]?, integers: Bool)
    case exact([UInt64], missing: [Bool])

    init(_ column: Column, integers: Bool) {
        switch column.storage {
        case .number(let values): self = .numbers(values, integers: integers)
        case .sparse: self = .numbers(column.numbers(), integers: integers)
        case .integer(let values, let missing): self = .whole(values, missing: missing, integers: integers)
        default: self = .exact(column.exactKeys(), missing: column.missingMask())
        }
    }

    @inline(__always)
    subscript(row: Int) -> UInt64? {
        switch self {
        case .numbers(let values, let integers): JoinKeys.numberKey(values[row], integers)
        case .whole(let values, let missing, let integers): missing?[row] == true ? nil : JoinKeys.integerKey(values[row], integers)
        case .exact(let keys, let missing): missing[row] ? nil : keys[row]
        }
    }

    /// An integer equals a number only where the number is exactly that integer.
    private static func integerKey(_ value: Int64, _ integers: Bool) -> UInt64? {
        integers ? UInt64(bitPattern: value) : Double(exactly: value).map(Column.key)
    }

    private static func numberKey(_ value: Double, _ integers: Bool) -> UInt64? {
        if value.isNaN { return nil }
        return integers ? Int64(exactly: value).map { UInt64(bitPattern: $0) } : Column.key(value)
    }
}
