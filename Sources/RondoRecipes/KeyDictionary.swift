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
    private let numbers: NumberIndex

    /// The dictionary of a column whose rows are grouped by value, and the code of each group.
    static func learned(from column: Column, _ groups: GroupCodes) -> (dictionary: KeyDictionary, codes: [Int32]) {
        let isMissing = column.gathering(groups.firstRows).missingMask()
        var firstRows: [Int32] = []
        let codes = zip(groups.firstRows, isMissing).map { row, isMissing -> Int32 in
            guard !isMissing else { return missing }
            firstRows.append(row)
            return Int32(truncatingIfNeeded: firstRows.count - 1)
        }
        return (KeyDictionary(values: column.gathering(firstRows).compacted()), codes)
    }

    init(values: Column) {
        self.values = values
        if let (codes, levels) = values.levelled {
            words = Dictionary(codes.enumerated().map { (levels.words[Int($1)], Int32(truncatingIfNeeded: $0)) }) { first, _ in first }
            numbers = NumberIndex(Column.numbers([]))
        } else {
            words = [:]
            numbers = NumberIndex(values)
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
        return numbers.places(of: column, missing: Self.missing, unknown: Self.unknown)
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
