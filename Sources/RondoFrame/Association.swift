public import RondoKernels

/// How strongly two columns go together.
public struct Association: Sendable, Hashable {
    /// What is measured; it follows from the types of the two columns.
    public enum Measure: String, Sendable, Hashable, CaseIterable {
        /// Two columns of numbers, -1 to 1.
        case pearson, spearman
        /// Two columns of words, 0 to 1: Cramér's V without correction (Cramér 1946, 21.9).
        case cramersV = "cramer_v"
        /// Words and numbers, 0 to 1: the correlation ratio, the root of the share of variance between the groups (Pearson 1905).
        case eta
    }
    /// NaN where one of the columns does not vary over the common rows.
    public let value: Double
    public let measure: Measure
    /// Rows where both have a value.
    public let count: Int

    public init(value: Double, measure: Measure, count: Int) {
        self.value = value
        self.measure = measure
        self.count = count
    }

    /// The association of two columns of equal length; text and categories are words, all else counts as numbers (truth 0 and 1, dates days).
    public static func between(_ first: Column, _ second: Column, method: Correlations.Method = .pearson) throws -> Association {
        switch (first.wordCodes, second.wordCodes) {
        case (let a?, let b?): cramersV(a, b)
        case (let a?, nil): eta(second.numbers(), a)
        case (nil, let b?): eta(first.numbers(), b)
        case (nil, nil):
            try numbers([first.numbers(), second.numbers()], method)
        }
    }

    private static func numbers(_ columns: [[Double]], _ method: Correlations.Method) throws -> Association {
        let table = try Correlations(columns, method: method)
        return Association(value: table[0, 1], measure: Measure(method), count: table.count(0, 1))
    }

    /// Of the codes of two columns of words, -1 for missing.
    static func cramersV(_ first: [Int32], _ second: [Int32]) -> Association {
        var (left, right): ([Int32], [Int32]) = ([], [])
        for row in 0..<min(first.count, second.count) where first[row] >= 0 && second[row] >= 0 {
            left.append(first[row])
            right.append(second[row])
        }
        let rows = GroupCodes.renumbered(left, levels: Int(left.max() ?? -1) + 1)
        let columns = GroupCodes.renumbered(right, levels: Int(right.max() ?? -1) + 1)
        let cells = rows.combined(with: columns)
        let (rowSizes, columnSizes, cellSizes) = (rows.sizes, columns.sizes, cells.sizes)
        let total = Double(left.count)
        let smaller = min(rows.count, columns.count) - 1
        guard smaller > 0 else { return Association(value: .nan, measure: .cramersV, count: left.count) }
        // Cells without rows contribute what is expected in them: all that the others do not expect.
        var (chi, expectedSeen) = (0.0, 0.0)
        for (cell, row) in cells.firstRows.enumerated() {
            let expected = Double(rowSizes[Int(rows.codes[Int(row)])]) * Double(columnSizes[Int(columns.codes[Int(row)])]) / total
            let difference = Double(cellSizes[cell]) - expected
            chi += difference * difference / expected
            expectedSeen += expected
        }
        if cells.count < rows.count * columns.count { chi += max(0, total - expectedSeen) }
        let value = (chi / (total * Double(smaller))).squareRoot()
        return Association(value: min(max(value, 0), 1), measure: .cramersV, count: left.count)
    }

    /// Of numbers, NaN for missing, and the codes of words, -1 for missing.
    static func eta(_ numbers: [Double], _ codes: [Int32]) -> Association {
        var (values, groups): ([Double], [Int32]) = ([], [])
        for row in 0..<min(numbers.count, codes.count) where codes[row] >= 0 && !numbers[row].isNaN {
            values.append(numbers[row])
            groups.append(codes[row])
        }
        let mean = Sums.mean(values)
        var sums = [Double](repeating: 0, count: Int(groups.max() ?? -1) + 1)
        var sizes = [Int](repeating: 0, count: sums.count)
        var total = 0.0
        for (value, group) in zip(values, groups) {
            let deviation = value - mean
            sums[Int(group)] += deviation
            sizes[Int(group)] += 1
            total += deviation * deviation
        }
        let between = sums.indices.reduce(0.0) { sizes[$1] == 0 ? $0 : $0 + sums[$1] * sums[$1] / Double(sizes[$1]) }
        let varies = total > 0 && sizes.filter { $0 > 0 }.count > 1
        let value = varies ? min(max(between / total, 0), 1).squareRoot() : .nan
        return Association(value: value, measure: .eta, count: values.count)
    }
}

extension Association.Measure {
    init(_ method: Correlations.Method) { self = method == .pearson ? .pearson : .spearman }
}

extension Column {
    /// The codes of a text or category column, -1 for missing; nil for all other types.
    var wordCodes: [Int32]? {
        switch storage {
        case .text(let codes, _), .category(let codes, _): codes
        default: nil
        }
    }
}

extension GroupCodes {
    /// How many rows each group has.
    var sizes: [Int] {
        var sizes = [Int](repeating: 0, count: count)
        for code in codes { sizes[Int(code)] += 1 }
        return sizes
    }
}

/// The associations of all pairs of some columns.
public struct AssociationTable: Sendable {
    /// `order` rows of `order` associations; on the diagonal each column with itself.
    private let cells: [[Association]]
    public var order: Int { cells.count }

    public subscript(first: Int, second: Int) -> Association { cells[first][second] }

    /// - Throws: only when cancelled.
    public init(_ columns: [Column], method: Correlations.Method = .pearson, context: ComputeContext = .quiet) throws {
        let codes = columns.map(\.wordCodes)
        let measured = columns.indices.filter { codes[$0] == nil }
        let numbers = columns.enumerated().map { codes[$0.offset] == nil ? $0.element.numbers() : [] }
        let correlations = try Correlations(measured.map { numbers[$0] }, method: method, context: context)
        var place = [Int](repeating: 0, count: columns.count)
        for (position, column) in measured.enumerated() { place[column] = position }
        let pairs = columns.indices.flatMap { first in (first..<columns.count).map { (first, $0) } }
        let found = try Parallel.mapChunks(count: pairs.count, chunkSize: 4, context: context) { _, range in
            range.map { index -> Association in
                let (first, second) = pairs[index]
                switch (codes[first], codes[second]) {
                case (let a?, let b?): return Association.cramersV(a, b)
                case (let a?, nil): return Association.eta(numbers[second], a)
                case (nil, let b?): return Association.eta(numbers[first], b)
                case (nil, nil):
                    return Association(
                        value: correlations[place[first], place[second]], measure: Association.Measure(method),
                        count: correlations.count(place[first], place[second]))
                }
            }
        }
        var table = columns.map { _ in columns.map { _ in Association(value: .nan, measure: .eta, count: 0) } }
        for (pair, found) in zip(pairs, found.joined()) {
            // A column goes with itself wholly; rounding would leave a last digit.
            let isOwn = pair.0 == pair.1 && !found.value.isNaN
            let association = isOwn ? Association(value: 1, measure: found.measure, count: found.count) : found
            table[pair.0][pair.1] = association
            table[pair.1][pair.0] = association
        }
        cells = table
    }
}
