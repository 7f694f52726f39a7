import RondoFrame
import RondoKernels

/// The different values of one key column, each with a code in order of first appearance.
///
/// Text and categories meet by word, whole numbers and numbers by value; other types only meet themselves.
struct KeyDictionary: Sendable {
    /// Code of a missing value.
    static let missing: Int32 = -1
    /// Code of a value that is not in the dictionary.
    static let unknown: Int32 = -2

    /// The values in order of their codes, no gaps.
    let values: Column
    private let words: [String: Int32]
    private let numbers: [NumericKey: Int32]

    /// A number as a key: whole numbers as integers (all 64 bits count), others by their bits.
    private struct NumericKey: Hashable {
        let bits: UInt64
        let isWhole: Bool

        init(_ value: Double) {
            if let whole = Int64(exactly: value) {
                self.init(whole)
            } else {
                self.init(bits: value.bitPattern, isWhole: false)
            }
        }
        init(_ value: Int64) { self.init(bits: UInt64(bitPattern: value), isWhole: true) }

        private init(bits: UInt64, isWhole: Bool) {
            self.bits = bits
            self.isWhole = isWhole
        }
    }

    /// The dictionary of a column, and the code of each of its rows.
    static func learned(from column: Column) -> (dictionary: KeyDictionary, codes: [Int32]) {
        var codes = [Int32](repeating: missing, count: column.count)
        var first: [Int32] = []
        if let (levelCodes, levels) = column.levelled {
            var renumbered = [Int32](repeating: unknown, count: levels.count)
            for (row, code) in levelCodes.enumerated() where code >= 0 {
                if renumbered[Int(code)] == unknown {
                    renumbered[Int(code)] = Int32(truncatingIfNeeded: first.count)
                    first.append(Int32(truncatingIfNeeded: row))
                }
                codes[row] = renumbered[Int(code)]
            }
        } else {
            var index: [NumericKey: Int32] = [:]
            for (row, key) in keys(of: column).enumerated() {
                guard let key else { continue }
                if let code = index[key] { codes[row] = code; continue }
                let code = Int32(truncatingIfNeeded: first.count)
                index[key] = code
                first.append(Int32(truncatingIfNeeded: row))
                codes[row] = code
            }
        }
        return (KeyDictionary(values: column.gathering(first).compacted()), codes)
    }

    init(values: Column) {
        self.values = values
        if let (codes, levels) = values.levelled {
            words = Dictionary(codes.enumerated().map { (levels.words[Int($1)], Int32(truncatingIfNeeded: $0)) }) { first, _ in first }
            numbers = [:]
        } else {
            words = [:]
            numbers = Dictionary(
                KeyDictionary.keys(of: values).enumerated().compactMap { place, key in key.map { ($0, Int32(truncatingIfNeeded: place)) } }
            ) { first, _ in first }
        }
    }

    var count: Int { values.count }

    /// The code of each row of another column; nil when the types cannot meet.
    func codes(of column: Column) -> [Int32]? {
        if let (levelCodes, levels) = column.levelled {
            guard values.type.isText || values.count == 0 else { return nil }
            // Few rows against many levels (one request): look up the rows, not the levels.
            if levelCodes.count < levels.count {
                return levelCodes.map { $0 < 0 ? Self.missing : words[levels.words[Int($0)]] ?? Self.unknown }
            }
            let places = levels.words.map { words[$0] ?? Self.unknown }
            return levelCodes.map { $0 < 0 ? Self.missing : places[Int($0)] }
        }
        guard column.type == values.type || (column.type.isNumeric && values.type.isNumeric) || values.count == 0 else { return nil }
        return KeyDictionary.keys(of: column).map { key in key.map { numbers[$0] ?? Self.unknown } ?? Self.missing }
    }

    private static func keys(of column: Column) -> [NumericKey?] {
        switch column.storage {
        case .number(let values): values.map { $0.isNaN ? nil : NumericKey($0) }
        case .integer(let values, let missing): values.indices.map { missing?[$0] == true ? nil : NumericKey(values[$0]) }
        case .truth(let values): values.map { $0 == Column.missingTruth ? nil : NumericKey(Int64($0)) }
        case .date(let values): values.map { $0 == Column.missingDate ? nil : NumericKey(Int64($0)) }
        case .time(let values), .duration(let values): values.map { $0 == Column.missingTime ? nil : NumericKey($0) }
        case .sparse: column.numbers().map { NumericKey($0) }
        case .text, .category: []
        }
    }
}

extension Column {
    /// Codes and levels of text and categories.
    var levelled: (codes: [Int32], levels: Levels)? {
        switch storage {
        case .text(let codes, let levels), .category(let codes, let levels): (codes, levels)
        default: nil
        }
    }

    /// Text and categories with only the words that occur, in order of first appearance; other columns as they are.
    func compacted() -> Column {
        guard let (codes, levels) = levelled else { return self }
        var places = [Int32](repeating: -1, count: levels.count)
        var words: [String] = []
        let renumbered = codes.map { code -> Int32 in
            guard code >= 0 else { return -1 }
            if places[Int(code)] < 0 {
                places[Int(code)] = Int32(truncatingIfNeeded: words.count)
                words.append(levels.words[Int(code)])
            }
            return places[Int(code)]
        }
        return Column(type == .text ? .text(renumbered, Levels(words)) : .category(renumbered, Levels(words)))
    }
}
