import RondoFrame
import RondoKernels

/// The distinct values of one grouping column and a code for each; missing is a value of its own.
struct KeyCoding: Sendable {
    /// The distinct values, in order of first appearance.
    let values: Column
    private let words: [String: Int32]
    private let numbers: NumberIndex
    private let missing: Int32

    /// The coding of values that differ from each other.
    init(values: Column) {
        self.values = values
        missing = values.missingMask().firstIndex(of: true).map { Int32(truncatingIfNeeded: $0) } ?? -1
        switch values.storage {
        case .text(let codes, let levels), .category(let codes, let levels):
            let known = codes.enumerated().lazy.filter { $0.element >= 0 }
            words = Dictionary(known.map { (levels.words[Int($0.element)], Int32(truncatingIfNeeded: $0.offset)) }) { first, _ in first }
            numbers = NumberIndex(.numbers([]))
        default:
            words = [:]
            numbers = NumberIndex(values)
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
        default: return numbers.places(of: column, missing: missing, unknown: -1)
        }
    }
}

/// Unsigned numbers in the order of a column's values, and which values are missing.
struct OrderKeys: Sendable {
    /// The key of each row; of missing values the greatest, which may also be that of a value.
    let keys: [UInt64]
    /// Nil where no value is missing.
    private let missing: [Bool]?

    /// Words are ordered by their Unicode scalars.
    init(_ column: Column) {
        keys = OrderKeys.keys(column)
        missing = column.missingCount > 0 ? column.missingMask() : nil
    }

    func isMissing(_ row: Int) -> Bool { missing?[row] == true }

    /// Whether one row comes before another; missing values come after all others.
    func precedes(_ row: Int, _ other: Int) -> Bool {
        if keys[row] != keys[other] { return keys[row] < keys[other] }
        return missing != nil && !isMissing(row) && isMissing(other)
    }

    private static func keys(_ column: Column) -> [UInt64] {
        switch column.storage {
        case .number(let values): return values.map { Sorting.sortableBits($0) }
        case .sparse: return column.numbers().map { Sorting.sortableBits($0) }
        case .integer(let values, let gaps):
            guard let gaps else { return values.map { key($0) } }
            return values.indices.map { gaps[$0] ? .max : key(values[$0]) }
        case .truth(let values): return values.map { $0 == Column.missingTruth ? .max : UInt64($0) }
        case .date(let values): return values.map { $0 == Column.missingDate ? .max : key(Int64($0)) }
        case .time(let values), .duration(let values): return values.map { $0 == Column.missingTime ? .max : key($0) }
        case .text(let codes, let levels), .category(let codes, let levels):
            var ranks = [UInt64](repeating: 0, count: levels.count)
            for (rank, level) in levels.words.indices.sorted(by: { levels.words[$0] < levels.words[$1] }).enumerated() {
                ranks[level] = UInt64(rank)
            }
            return codes.map { $0 < 0 ? .max : ranks[Int($0)] }
        }
    }

    private static func key(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ (1 << 63) }
}
