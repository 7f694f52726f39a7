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
            let codes: [Int32]
            if families[position] == .text {
                let (rowCodes, levels) = JoinTable.textCodes(column)
                let map = levels.words.map { word -> Int32 in
                    if let known = words[position][word] { return known }
                    let code = Int32(words[position].count)
                    words[position][word] = code
                    return code
                }
                codes = rowCodes.map { $0 < 0 ? -1 : map[Int($0)] }
            } else {
                codes = JoinTable.keys(column, integers: integers[position]).map { key in key.map { values[position].code($0) } ?? -1 }
            }
            // Every step renumbers, so that codes are in order of first appearance also after unused levels.
            result = zipped(result, codes, position).map { key in key.map { pairs[position].code($0) } ?? -1 }
        }
        return result
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
                codes = JoinTable.keys(column, integers: integers[position]).map { key in key.map { values[position].find($0) } ?? -1 }
            }
            result = zipped(result, codes, position).map { key in key.map { pairs[position].find($0) } ?? -1 }
        }
        return result
    }

    /// The pair of the code so far and the next; nil where one is unknown.
    private func zipped(_ codes: [Int32], _ next: [Int32], _ position: Int) -> [UInt64?] {
        guard position > 0 else { return next.map { $0 < 0 ? nil : UInt64($0) } }
        return next.indices.map { codes[$0] < 0 || next[$0] < 0 ? nil : UInt64(codes[$0]) << 32 | UInt64(next[$0]) }
    }

    private static func textCodes(_ column: Column) -> ([Int32], Levels) {
        switch column.storage {
        case .text(let codes, let levels), .category(let codes, let levels): (codes, levels)
        default: (Array(repeating: -1, count: column.count), Levels([]))
        }
    }

    /// A key a row in the terms of the right table's column, nil where missing or where that column cannot hold the value.
    private static func keys(_ column: Column, integers: Bool) -> [UInt64?] {
        switch column.storage {
        case .number(let values): return values.map { numberKey($0, integers) }
        case .sparse: return column.numbers().map { numberKey($0, integers) }
        case .integer(let values, let missing): return values.indices.map { missing?[$0] == true ? nil : integerKey(values[$0], integers) }
        default:
            let keys = column.exactKeys()
            let missing = column.missingMask()
            return keys.indices.map { missing[$0] ? nil : keys[$0] }
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
