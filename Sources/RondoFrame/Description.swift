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
        let figures = ColumnFigures(column)
        self.init(
            type: column.type, count: column.count - figures.missing, missing: figures.missing, distinct: figures.distinct,
            mean: figures.mean, standardDeviation: figures.standardDeviation, minimum: figures.order[0], maximum: figures.order[6],
            quantile05: figures.order[1], quantile25: figures.order[2], median: figures.order[3], quantile75: figures.order[4],
            quantile95: figures.order[5], skewness: figures.skewness, kurtosis: figures.kurtosis, top: figures.top,
            topCount: figures.topCount)
    }
}

extension Frame {
    /// The descriptions of all columns, in order.
    public func descriptions(context: ComputeContext = .quiet) throws -> [ColumnDescription] {
        try Parallel.map(columnCount, context: context) { try ColumnDescription(columns[$0], context: context) }
    }
}

/// Counts, moments and order statistics of a column: its values are put in order once, and all but the moments is read off.
struct ColumnFigures {
    var missing = 0
    var distinct = 0
    var top = Scalar.missing
    var topCount = 0
    var mean = Double.nan
    var standardDeviation = Double.nan
    var skewness = Double.nan
    var kurtosis = Double.nan
    /// Minimum, quantiles 5, 25, 50, 75, 95 percent, maximum.
    var order: [Scalar] = Array(repeating: .missing, count: 7)

    private static let probabilities = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]
    private static let quantiles = QuantileRanks(probabilities: probabilities)

    init(_ column: Column) {
        switch column.storage {
        case .number(let values): take(numbers: values)
        case .sparse(let sparse): take(sparse)
        case .integer(let values, let missing):
            takeMoments(column.numbers())
            if let missing {
                take(values, { place, _ in !missing[place] }, top: { .integer($0) }, order: ColumnFigures.wholeOrder)
            } else {
                take(values, { _, _ in true }, top: { .integer($0) }, order: ColumnFigures.wholeOrder)
            }
        case .truth(let values):
            takeMoments(column.numbers())
            take(values, { $1 != Column.missingTruth }, top: { .truth($0 == 1) }, order: ColumnFigures.numberOrder)
        case .date(let values):
            take(values, { $1 != Column.missingDate }, top: ColumnFigures.date, order: ColumnFigures.dateOrder)
        case .time(let values): take(values, { $1 != Column.missingTime }, top: { .time($0) }, order: ColumnFigures.timeOrder)
        case .duration(let values):
            takeMoments(column.numbers())
            take(values, { $1 != Column.missingTime }, top: { .duration($0) }, order: ColumnFigures.durationOrder)
        case .text(let codes, let levels): take(codes, levels, isOrdered: false)
        case .category(let codes, let levels): take(codes, levels, isOrdered: true)
        }
    }

    // MARK: moments

    private mutating func takeMoments(_ values: [Double]) { take(Moments(values)) }

    private mutating func take(_ moments: Moments) {
        mean = moments.mean
        standardDeviation = moments.standardDeviation
        skewness = moments.skewness
        kurtosis = moments.kurtosis
        // A constant column has no spread and no shape; pandas states 0 for both.
        if moments.count > 0, moments.minimum == moments.maximum {
            if moments.count > 2 { skewness = 0 }
            if moments.count > 3 { kurtosis = 0 }
        }
    }

    // MARK: numbers

    /// Without writing the zeros out.
    private mutating func take(_ sparse: SparseNumbers) {
        take(Moments(sparse))
        let frequency = sparse.frequency
        (distinct, topCount) = (frequency.distinct, frequency.topCount)
        top = Scalar(frequency.top)
        order = sparse.quantiles(ColumnFigures.probabilities).map { Scalar($0) }
    }

    private mutating func take(numbers values: [Double]) {
        takeMoments(values)
        var keys = [UInt64](unsafeUninitializedCapacity: values.count) { buffer, initialized in
            var count = 0
            for value in values where !value.isNaN {
                buffer.initializeElement(at: count, to: Sorting.sortableBits(value))
                count += 1
            }
            initialized = count
        }
        missing = values.count - keys.count
        guard !keys.isEmpty else { return }
        let runs = ValueRuns(sorting: &keys, ranks: ColumnFigures.quantiles.ranks(keys.count))
        distinct = runs.distinct
        top = .number(Sorting.value(ofSortableBits: runs.top))
        topCount = runs.topCount
        order = ColumnFigures.quantiles.places(runs.ranked.map { Sorting.value(ofSortableBits: $0) }, keys.count).map {
            Scalar(ColumnFigures.between($0.low, $0.high, $0.fraction))
        }
    }

    /// Equal values have nothing between them.
    private static func between(_ low: Double, _ high: Double, _ fraction: Double) -> Double {
        low == high || fraction == 0 ? low + 0 : low + (high - low) * fraction
    }

    // MARK: whole numbers

    private typealias Place = (low: Int64, high: Int64, fraction: Double)

    private mutating func take<Value: FixedWidthInteger>(
        _ values: [Value], _ isPresent: (Int, Value) -> Bool, top scalar: (Int64) -> Scalar, order scalars: ([Place]) -> [Scalar]
    ) {
        missing = values.count
        guard let whole = WholeRuns(values, ranks: ColumnFigures.quantiles.ranks, isPresent: isPresent) else { return }
        missing -= whole.count
        distinct = whole.runs.distinct
        top = scalar(whole.value(whole.runs.top))
        topCount = whole.runs.topCount
        order = scalars(ColumnFigures.quantiles.places(whole.runs.ranked.map { whole.value($0) }, whole.count))
    }

    private static func numberOrder(_ places: [Place]) -> [Scalar] {
        places.map { Scalar(between(Double($0.low), Double($0.high), $0.fraction)) }
    }

    /// Integers beyond 2^53 keep their exact least and greatest value.
    private static func wholeOrder(_ places: [Place]) -> [Scalar] {
        var order = numberOrder(places)
        if let least = places.first, let greatest = places.last {
            order[0] = .integer(least.low)
            order[order.count - 1] = .integer(greatest.low)
        }
        return order
    }

    private static func date(_ days: Int64) -> Scalar { Int32(exactly: days).map { .date($0) } ?? .missing }

    /// Whole days, rounded down; days are exact as doubles.
    private static func dateOrder(_ places: [Place]) -> [Scalar] {
        places.map { place in
            Int64(exactly: between(Double(place.low), Double(place.high), place.fraction).rounded(.down)).map(date) ?? .missing
        }
    }

    /// Rounded down to whole microseconds.
    private static func timeOrder(_ places: [Place]) -> [Scalar] {
        places.map { place in
            let step = (Double(place.high) - Double(place.low)) * place.fraction
            return .time(place.low &+ (Int64(exactly: step.rounded(.down)) ?? 0))
        }
    }

    private static func durationOrder(_ places: [Place]) -> [Scalar] {
        places.map { place in
            let seconds = between(Double(place.low) / 1_000_000, Double(place.high) / 1_000_000, place.fraction)
            return .duration(Int64(exactly: (seconds * 1_000_000).rounded()) ?? 0)
        }
    }

    // MARK: words

    private mutating func take(_ codes: [Int32], _ levels: Levels, isOrdered: Bool) {
        let counts = levels.counts(codes)
        let present = counts.reduce(0) { $0 + Int($1) }
        missing = codes.count - present
        guard present > 0 else { return }
        let most = counts.max() ?? 0
        topCount = Int(most)
        var extremes = WordExtremes()
        var best = WordExtremes()
        for (level, count) in counts.enumerated() where count > 0 {
            distinct += 1
            let word = isOrdered ? nil : levels.words[level]
            extremes.take(level, word)
            if count == most { best.take(level, word) }
        }
        order[0] = .text(levels.words[extremes.first])
        order[6] = .text(levels.words[extremes.last])
        top = .text(levels.words[best.first])
    }
}

/// The first and the last of some words in Unicode scalar order, or of levels in theirs.
private struct WordExtremes {
    private(set) var first = -1
    private(set) var last = -1
    private var firstKey: UInt64 = 0
    private var lastKey: UInt64 = 0
    private var firstWord = ""
    private var lastWord = ""

    /// - Parameter word: nil where the order of levels counts; they come in that order.
    mutating func take(_ level: Int, _ word: String?) {
        guard let word else {
            if first < 0 { first = level }
            last = level
            return
        }
        let key = Levels.prefix(word)
        if first < 0 || key < firstKey || (key == firstKey && Levels.precedes(word, firstWord)) {
            (first, firstKey, firstWord) = (level, key, word)
        }
        if last < 0 || key > lastKey || (key == lastKey && Levels.precedes(lastWord, word)) {
            (last, lastKey, lastWord) = (level, key, word)
        }
    }
}

extension Levels {
    /// How often each level occurs among codes, of which negative ones are missing.
    func counts(_ codes: [Int32]) -> [Int32] {
        var counts = [Int32](repeating: 0, count: words.count)
        counts.withUnsafeMutableBufferPointer { counts in
            for code in codes where code >= 0 { counts[Int(code)] &+= 1 }
        }
        return counts
    }

    /// The first eight bytes of a word as a number: words in Unicode scalar order have these in increasing order, or equal.
    static func prefix(_ word: String) -> UInt64 {
        var key: UInt64 = 0
        var shift: UInt64 = 56
        for byte in word.utf8.prefix(8) {
            key |= UInt64(byte) << shift
            shift &-= 8
        }
        return key
    }
}
