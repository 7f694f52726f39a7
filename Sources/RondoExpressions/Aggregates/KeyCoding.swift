import RondoFrame
import RondoKernels

/// The distinct values of one grouping column and a code for each; missing is a value of its own.
struct KeyCoding: Sendable {
    /// The distinct values, in order of first appearance.
    let values: Column
    private let words: [String: Int32]
    private let keys: [UInt64: Int32]
    private let missing: Int32

    /// The coding of values that differ from each other.
    init(values: Column) {
        self.values = values
        var words: [String: Int32] = [:]
        var keys: [UInt64: Int32] = [:]
        var missing: Int32 = -1
        switch values.storage {
        case .text(let codes, let levels), .category(let codes, let levels):
            for (row, code) in codes.enumerated() {
                if code < 0 { missing = Int32(row) } else { words[levels.words[Int(code)]] = Int32(row) }
            }
        default:
            for (row, key) in OrderKeys.keys(values).enumerated() {
                if key == OrderKeys.missing { missing = Int32(row) } else { keys[key] = Int32(row) }
            }
        }
        self.words = words
        self.keys = keys
        self.missing = missing
    }

    /// The coding of a column's values, and the code of each row.
    static func learned(from column: Column) -> (coding: KeyCoding, codes: [Int32]) {
        let (codes, firstRows) = distinct(column)
        return (KeyCoding(values: column.gathering(firstRows)), codes)
    }

    /// A code for each row in order of first appearance, and the first row of each code.
    static func distinct(_ column: Column) -> (codes: [Int32], firstRows: [Int32]) {
        var firstRows: [Int32] = []
        switch column.storage {
        case .text(let codes, let levels), .category(let codes, let levels):
            // Place 0 is missing.
            var seen = [Int32](repeating: -1, count: levels.count + 1)
            let result = codes.indices.map { row -> Int32 in
                let place = Int(codes[row]) + 1
                if seen[place] < 0 {
                    seen[place] = Int32(firstRows.count)
                    firstRows.append(Int32(row))
                }
                return seen[place]
            }
            return (result, firstRows)
        default:
            let keys = OrderKeys.keys(column)
            var table = CodeTable(least: keys.min() ?? 0, greatest: keys.max() ?? 0, count: keys.count)
            let result = keys.indices.map { row -> Int32 in
                let (code, isNew) = table.code(keys[row])
                if isNew { firstRows.append(Int32(row)) }
                return code
            }
            return (result, firstRows)
        }
    }

    /// The code of each row, -1 for values that were not there.
    func codes(of column: Column) -> [Int32] {
        switch column.storage {
        case .text(let codes, let levels), .category(let codes, let levels):
            if codes.count < levels.count / 2 {
                return codes.map { $0 < 0 ? missing : words[levels.words[Int($0)]] ?? -1 }
            }
            let known = levels.words.map { words[$0] ?? -1 }
            return codes.map { $0 < 0 ? missing : known[Int($0)] }
        default:
            return OrderKeys.keys(column).map { $0 == OrderKeys.missing ? missing : keys[$0] ?? -1 }
        }
    }
}

/// Unsigned numbers in the order of a column's values; missing has the greatest.
enum OrderKeys {
    static let missing = UInt64.max

    /// The key of each row. Words are ordered by their Unicode scalars.
    static func keys(_ column: Column) -> [UInt64] {
        switch column.storage {
        case .number(let values): return values.map { Sorting.sortableBits($0) }
        case .sparse: return column.numbers().map { Sorting.sortableBits($0) }
        case .integer(let values, let gaps):
            guard let gaps else { return values.map { key($0) } }
            return values.indices.map { gaps[$0] ? missing : key(values[$0]) }
        case .truth(let values): return values.map { $0 == Column.missingTruth ? missing : UInt64($0) }
        case .date(let values): return values.map { $0 == Column.missingDate ? missing : key(Int64($0)) }
        case .time(let values), .duration(let values): return values.map { $0 == Column.missingTime ? missing : key($0) }
        case .text(let codes, let levels), .category(let codes, let levels):
            var ranks = [UInt64](repeating: 0, count: levels.count)
            for (rank, level) in levels.words.indices.sorted(by: { levels.words[$0] < levels.words[$1] }).enumerated() {
                ranks[level] = UInt64(rank)
            }
            return codes.map { $0 < 0 ? missing : ranks[Int($0)] }
        }
    }

    /// The greatest integer shares the key below missing with its neighbour's: it is never a missing value.
    private static func key(_ value: Int64) -> UInt64 { min(UInt64(bitPattern: value) ^ (1 << 63), missing - 1) }
}
