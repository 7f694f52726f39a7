public import RondoKernels

/// What `describe` says of a column; figures that a type does not have are missing.
public struct ColumnDescription: Sendable {
    public let type: ColumnType
    /// How many values there are, missing ones not counted.
    public let count: Int
    public let missing: Int
    /// How many different values there are.
    public let distinct: Int
    /// Mean, and standard deviation with n - 1; numbers, integers, truth values (as 0 and 1) and durations (in seconds).
    public let mean: Double
    public let standardDeviation: Double
    /// Least and greatest value; of text the first and last in Unicode scalar order, of categories in the order of levels.
    public let minimum: Scalar
    public let maximum: Scalar
    /// Quantiles of type 7 as values of the column's type where it can hold them (dates: whole days, rounded down).
    public let quantile05: Scalar
    public let quantile25: Scalar
    public let median: Scalar
    public let quantile75: Scalar
    public let quantile95: Scalar
    /// G1 and G2, corrected for bias; NaN where too few values or no spread.
    public let skewness: Double
    public let kurtosis: Double
    /// The most frequent value, of equally frequent ones the least, and how often it occurs; missing without values.
    public let top: Scalar
    public let topCount: Int
}

extension ColumnDescription {
    /// Describes all rows of a column.
    public init(_ column: Column, context: ComputeContext = .quiet) throws {
        try context.cancellation.check()
        let missing = column.missingCount
        let frequency = ValueFrequency(column)
        try context.cancellation.check()
        let figures = ColumnFigures(column)
        self.init(
            type: column.type, count: column.count - missing, missing: missing, distinct: frequency.distinct, mean: figures.mean,
            standardDeviation: figures.standardDeviation, minimum: figures.order[0], maximum: figures.order[6],
            quantile05: figures.order[1],
            quantile25: figures.order[2], median: figures.order[3], quantile75: figures.order[4], quantile95: figures.order[5],
            skewness: figures.skewness, kurtosis: figures.kurtosis, top: frequency.top, topCount: frequency.topCount)
    }
}

extension Frame {
    /// The descriptions of all columns, in order.
    public func descriptions(context: ComputeContext = .quiet) throws -> [ColumnDescription] {
        try Parallel.map(columnCount, context: context) { try ColumnDescription(columns[$0], context: context) }
    }
}

/// How many different values a column has, and which one is the most frequent.
struct ValueFrequency {
    let distinct: Int
    let top: Scalar
    let topCount: Int

    init(_ column: Column) {
        if case .sparse(let sparse) = column.storage {
            let frequency = sparse.frequency
            (distinct, topCount) = (frequency.distinct, frequency.topCount)
            top = Scalar(frequency.top)
            return
        }
        let codes = GroupCodes(column)
        let firstRows = codes.firstRows
        var counts = [Int](repeating: 0, count: codes.count)
        for code in codes.codes { counts[Int(code)] += 1 }
        let missing = column.gathering(firstRows).missingMask()
        distinct = missing.reduce(0) { $1 ? $0 : $0 + 1 }
        let most = counts.indices.reduce(0) { missing[$1] ? $0 : max($0, counts[$1]) }
        topCount = most
        guard most > 0 else {
            top = .missing
            return
        }
        let tied = counts.indices.filter { !missing[$0] && counts[$0] == most }.map { firstRows[$0] }
        top = column.leastRow(of: tied).map { column[Int($0)] } ?? .missing
    }
}

/// Moments and order statistics of a column.
struct ColumnFigures {
    var mean = Double.nan
    var standardDeviation = Double.nan
    var skewness = Double.nan
    var kurtosis = Double.nan
    /// Minimum, quantiles 5, 25, 50, 75, 95 percent, maximum.
    var order: [Scalar] = Array(repeating: .missing, count: 7)

    private static let probabilities = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]

    init(_ column: Column) {
        switch column.storage {
        case .number(let values): take(values) { Scalar($0) }
        case .sparse(let sparse): take(Moments(sparse), quantiles: sparse.quantiles) { Scalar($0) }
        case .integer(let values, let missing):
            take(column.numbers()) { Scalar($0) }
            takeExactLimits(values, missing)
        case .truth: take(column.numbers()) { Scalar($0) }
        case .duration: take(column.numbers()) { Scalar.duration(ColumnFigures.microseconds($0)) }
        case .date(let values):
            // Days are exact as doubles.
            let days = Quantiles.of(values.map { $0 == Column.missingDate ? .nan : Double($0) }, ColumnFigures.probabilities)
            order = days.map { day in Int32(exactly: day.rounded(.down)).map { .date($0) } ?? .missing }
        case .time(let values): takeOrder(values.filter { $0 != Column.missingTime }) { .time($0) }
        case .text(_, let levels), .category(_, let levels): takeWords(column, levels)
        }
    }

    private static func microseconds(_ seconds: Double) -> Int64 { Int64(exactly: (seconds * 1_000_000).rounded()) ?? 0 }

    private mutating func take(_ values: [Double], _ scalar: (Double) -> Scalar) {
        take(Moments(values), quantiles: { Quantiles.of(values, $0) }, scalar)
    }

    private mutating func take(_ moments: Moments, quantiles: ([Double]) -> [Double], _ scalar: (Double) -> Scalar) {
        mean = moments.mean
        standardDeviation = moments.standardDeviation
        skewness = moments.skewness
        kurtosis = moments.kurtosis
        guard moments.count > 0 else { return }
        // A constant column has no spread and no shape; pandas states 0 for both.
        if moments.minimum == moments.maximum {
            if moments.count > 2 { skewness = 0 }
            if moments.count > 3 { kurtosis = 0 }
        }
        order = quantiles(ColumnFigures.probabilities).map(scalar)
    }

    /// Integers beyond 2^53 keep their exact least and greatest value.
    private mutating func takeExactLimits(_ values: [Int64], _ missing: [Bool]?) {
        var least: Int64?
        var greatest: Int64?
        for row in values.indices where missing?[row] != true {
            least = min(least ?? values[row], values[row])
            greatest = max(greatest ?? values[row], values[row])
        }
        if let least, let greatest {
            order[0] = .integer(least)
            order[6] = .integer(greatest)
        }
    }

    /// Quantiles of moments, rounded down to whole units.
    private mutating func takeOrder(_ values: [Int64], _ scalar: (Int64) -> Scalar) {
        guard !values.isEmpty else { return }
        let sorted = values.sorted()
        order = ColumnFigures.probabilities.map { probability in
            let position = probability * Double(sorted.count - 1)
            let index = min(Int(position), sorted.count - 1)
            let next = min(index + 1, sorted.count - 1)
            let step = (Double(sorted[next]) - Double(sorted[index])) * (position - Double(index))
            return scalar(sorted[index] &+ (Int64(exactly: step.rounded(.down)) ?? 0))
        }
    }

    private mutating func takeWords(_ column: Column, _ levels: Levels) {
        let used = column.levelsUsed()
        let words = used.map { levels.words[Int($0)] }
        if column.type == .category {
            order[0] = words.first.map { .text($0) } ?? .missing
            order[6] = words.last.map { .text($0) } ?? .missing
        } else {
            order[0] = words.min(by: Levels.precedes).map { .text($0) } ?? .missing
            order[6] = words.max(by: Levels.precedes).map { .text($0) } ?? .missing
        }
    }
}

extension Column {
    /// The row among these (none missing) with the least value: the first of a category's levels, the first text in Unicode scalar order.
    func leastRow(of rows: [Int32]) -> Int32? {
        if case .text(let codes, let levels) = storage {
            return rows.min { Levels.precedes(levels.words[Int(codes[Int($0)])], levels.words[Int(codes[Int($1)])]) }
        }
        if case .integer(let values, _) = storage { return rows.min { values[Int($0)] < values[Int($1)] } }
        let keys = gathering(rows).sortKeys(descending: false)
        return keys.indices.min { keys[$0] < keys[$1] }.map { rows[$0] }
    }
}
