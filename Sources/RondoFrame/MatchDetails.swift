public import RondoKernels

/// What a match of two tables says beyond who found a record.
public struct MatchDetails: Sendable {
    /// Whether no record was found twice.
    public let isOneToOne: Bool
    /// Rows with a whole key that found nothing.
    public let leftOnly: Int
    /// Rows without a record because a key is missing.
    public let missingKeys: Int
    /// Some keys of `leftOnly`, as text, in order of first appearance.
    public let leftExamples: [String]
    /// Records that no row found.
    public let rightOnly: Int
    /// Some of their keys, as text.
    public let rightExamples: [String]

    private static let exampleCount = 2

    /// - Parameters:
    ///   - rows: the record of each row, -1 for none.
    ///   - left: keys of the rows.
    ///   - right: keys of the records.
    public init(_ rows: [Int32], left: [Column], right: [Column], recordCount: Int) {
        var uses = [UInt8](repeating: 0, count: recordCount)
        for row in rows where row >= 0 { uses[Int(row)] = min(uses[Int(row)] + 1, 2) }
        isOneToOne = !uses.contains(2)
        rightOnly = uses.reduce(0) { $1 == 0 ? $0 + 1 : $0 }
        rightExamples = MatchDetails.examples(uses.indices.lazy.filter { uses[$0] == 0 }, right)
        let gaps = left.map { $0.missingMask() }
        var missing = 0
        var alone: [Int] = []
        for row in rows.indices where rows[row] < 0 {
            if gaps.contains(where: { $0[row] }) { missing += 1 } else { alone.append(row) }
        }
        missingKeys = missing
        leftOnly = alone.count
        leftExamples = MatchDetails.examples(alone, left)
    }

    private static func examples(_ rows: some Sequence<Int>, _ columns: [Column]) -> [String] {
        var result: [String] = []
        for row in rows {
            if columns.contains(where: { $0[row].isMissing }) { continue }
            let text = columns.map { column in
                if case .text(let word) = column[row] { "\"\(word)\"" } else { column[row].plainText }
            }.joined(separator: ", ")
            if !text.isEmpty, !result.contains(text) { result.append(text) }
            if result.count == exampleCount { break }
        }
        return result
    }
}

/// Where two columns of one name say different things in the same rows.
public struct ColumnConflicts: Sendable {
    /// Rows in which both have a value and the values differ.
    public let count: Int
    /// Rows in which both have a value.
    public let compared: Int
    /// The first of them.
    public let example: (row: Int, left: Scalar, right: Scalar)?

    /// Columns of one length; numbers of different types are compared as numbers.
    public init(_ left: Column, _ right: Column) {
        let (gapsLeft, gapsRight) = (left.missingMask(), right.missingMask())
        let numbers = left.type.isNumeric && right.type.isNumeric ? (left.numbers(), right.numbers()) : nil
        let words = ColumnConflicts.words(left).flatMap { first in ColumnConflicts.words(right).map { (first, $0) } }
        var count = 0
        var compared = 0
        var example: (row: Int, left: Scalar, right: Scalar)?
        for row in 0..<min(left.count, right.count) where !gapsLeft[row] && !gapsRight[row] {
            compared += 1
            let differs: Bool
            if let numbers {
                differs = numbers.0[row] != numbers.1[row]
            } else if let words {
                differs = words.0.1.words[Int(words.0.0[row])] != words.1.1.words[Int(words.1.0[row])]
            } else {
                differs = left[row].plainText != right[row].plainText
            }
            guard differs else { continue }
            if count == 0 { example = (row, left[row], right[row]) }
            count += 1
        }
        self.count = count
        self.compared = compared
        self.example = example
    }

    private static func words(_ column: Column) -> ([Int32], Levels)? {
        switch column.storage {
        case .text(let codes, let levels), .category(let codes, let levels): (codes, levels)
        default: nil
        }
    }
}
