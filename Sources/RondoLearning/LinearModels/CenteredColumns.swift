import RondoKernels

/// Weighted means and deviations of columns, and the powers of two that bring every centred column to a size near 1.
struct CenteredColumns: Sendable {
    /// Subtracted from each column; 0 without an intercept.
    let means: [Double]
    /// Standard deviation around the true mean, divisor the sum of weights.
    let deviations: [Double]
    /// Multiplied to each centred column: an exact power of two, 0 for a column without any variation.
    let scales: [Double]
    /// Sum of weights.
    let totalWeight: Double
    /// Rows with a positive weight.
    let effectiveRows: Int

    init(_ columns: [[Double]], weights: [Double]?, rowCount: Int, centering: Bool, context: ComputeContext) throws {
        let total = weights.map { Sums.compensated($0) } ?? Double(rowCount)
        let summaries = try Parallel.map(columns.count, context: context) { index in
            ColumnSpread(columns[index], weights: weights, totalWeight: total)
        }
        self.init(summaries, weights: weights, totalWeight: total, rowCount: rowCount, centering: centering)
    }

    init(_ columns: NumericColumns, weights: [Double]?, centering: Bool, context: ComputeContext) throws {
        let total = weights.map { Sums.compensated($0) } ?? Double(columns.rowCount)
        let summaries = try Parallel.map(columns.columns.count, context: context) { index in
            switch columns.columns[index] {
            case .dense(let values): ColumnSpread(values, weights: weights, totalWeight: total)
            case .sparse(let sparse): ColumnSpread(sparse, weights: weights, totalWeight: total)
            }
        }
        self.init(summaries, weights: weights, totalWeight: total, rowCount: columns.rowCount, centering: centering)
    }

    private init(_ summaries: [ColumnSpread], weights: [Double]?, totalWeight total: Double, rowCount: Int, centering: Bool) {
        means = summaries.map { centering ? $0.mean : 0 }
        deviations = summaries.map(\.deviation)
        scales = summaries.map { centering ? $0.centeredScale : $0.plainScale }
        totalWeight = total
        effectiveRows = weights?.reduce(0) { $0 + ($1 > 0 ? 1 : 0) } ?? rowCount
    }
}

/// Mean, deviation and size of one column over the rows with weight.
struct ColumnSpread: Sendable {
    let mean: Double
    let deviation: Double
    /// A power of two that brings the largest deviation from the mean to [1, 2); 0 for a constant column.
    let centeredScale: Double
    /// The same for the values themselves.
    let plainScale: Double

    init(_ values: [Double], weights: [Double]?, totalWeight: Double) {
        self = values.withUnsafeBufferPointer { values in
            guard let weights else { return ColumnSpread(values, nil, totalWeight) }
            return weights.withUnsafeBufferPointer { ColumnSpread(values, $0, totalWeight) }
        }
    }

    private init(_ values: UnsafeBufferPointer<Double>, _ weights: UnsafeBufferPointer<Double>?, _ totalWeight: Double) {
        // Sums are taken of values brought below 1, so that even the largest numbers do not overflow.
        let range = Sums.extremes(values, weights: weights) ?? 0...0
        let unit = ColumnSpread.scale(bringingToOne: max(-range.lowerBound, range.upperBound))
        let sum = Sums.extended(values, times: unit, weights: weights)
        let center = unit > 0 ? (sum / DoubleDouble(totalWeight)).value : 0
        let squares = Sums.extendedSquares(values, times: unit, around: center, weights: weights)
        self.init(
            unit: unit, center: center, farthest: max(center - range.lowerBound * unit, range.upperBound * unit - center),
            squares: squares.value, totalWeight: totalWeight)
    }

    /// - Parameters:
    ///   - unit: what the values were multiplied by; center, farthest and squares are of the products.
    ///   - farthest: largest distance from the center.
    private init(unit: Double, center: Double, farthest: Double, squares: Double, totalWeight: Double) {
        // What is left of a constant after rounding its mean is no variation.
        let isConstant = farthest <= 1e-14 * center.magnitude || farthest == 0
        mean = unit > 0 ? center / unit : 0
        deviation = isConstant || unit == 0 ? 0 : (squares / totalWeight).squareRoot() / unit
        centeredScale = isConstant ? 0 : ColumnSpread.scale(bringingToOne: farthest) * unit
        plainScale = unit
    }

    /// The same of sparse numbers: the zeros count by their weight.
    init(_ sparse: SparseNumbers, weights: [Double]?, totalWeight: Double) {
        var largest = 0.0
        var keptWeight = DoubleDouble(0)
        for (row, value) in zip(sparse.rows, sparse.values) {
            let weight = weights?[Int(row)] ?? 1
            keptWeight += weight
            if weight > 0 { largest = max(largest, value.magnitude) }
        }
        let unit = ColumnSpread.scale(bringingToOne: largest)
        var sum = DoubleDouble(0)
        for (row, value) in zip(sparse.rows, sparse.values) { sum += (value * unit) * (weights?[Int(row)] ?? 1) }
        let center = unit > 0 ? (sum / DoubleDouble(totalWeight)).value : 0
        // With weights, rounding may leave a trace of weight where no zero is.
        let zeros = sparse.rows.count < sparse.count ? max(0, totalWeight - keptWeight.value) : 0
        var farthest = zeros > 1e-12 * totalWeight ? center.magnitude : 0
        var squares = DoubleDouble(center * center * zeros)
        for (row, value) in zip(sparse.rows, sparse.values) {
            let weight = weights?[Int(row)] ?? 1
            let distance = value * unit - center
            if weight > 0 { farthest = max(farthest, distance.magnitude) }
            squares += distance * distance * weight
        }
        self.init(unit: unit, center: center, farthest: farthest, squares: squares.value, totalWeight: totalWeight)
    }

    /// The power of two that brings a magnitude to [1, 2), kept within what can be inverted; 0 for 0.
    static func scale(bringingToOne magnitude: Double) -> Double {
        guard magnitude > 0, magnitude.isFinite else { return 0 }
        let exponent = min(max(-Int(magnitude.exponent), -1000), 1000)
        return Double(sign: .plus, exponent: exponent, significand: 1)
    }
}
