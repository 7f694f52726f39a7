import RondoKernels

/// Least squares with a penalty on the magnitudes of the coefficients, solved for one penalty after the other.
///
/// Minimises (1/2n)|y - b - Xw|² + L (m|w|₁ + (1 - m)/2 |w|²), with m = 1 the lasso, by cyclic
/// coordinate descent with covariance updates. Of few columns all products are computed in one pass; of many, those of a column with all
/// others when it first gets a coefficient.
///
/// Source: Tibshirani 1996, Regression shrinkage and selection via the lasso, JRSS B 58; Friedman, Hastie and Tibshirani 2010,
/// Regularization paths for generalized linear models via coordinate descent, JSS 33.
struct LassoProblem {
    /// Sweeps after which the search ends, however slowly it still moves.
    static let mostSweeps = 100_000

    /// Up to this many columns every product of two is computed at the first need of one.
    private static let wholeProductColumns = 256

    /// Centred columns, each row times root(weight / total weight).
    private let columns: Matrix
    private let squares: [Double]
    /// Root of the mean squared distance of the target from its mean.
    let targetDeviation: Double
    let means: [Double]
    let deviations: [Double]
    let targetMean: Double
    private(set) var coefficients: [Double]
    /// Products of each column with what the coefficients leave unexplained.
    private var gradient: [Double]
    private var products: [[Double]?]

    /// - Parameter columns: `[column][row]`, all finite.
    init(_ columns: [[Double]], target: [Double], weights: [Double]?, context: ComputeContext) throws {
        let centered = try CenteredColumns(columns, weights: weights, rowCount: target.count, centering: true, context: context)
        let total = centered.totalWeight
        let spread = ColumnSpread(target, weights: weights, totalWeight: total)
        let roots = weights.map { $0.map { ($0 / total).squareRoot() } }
        let root = (1 / total).squareRoot()
        func write(_ values: [Double], _ mean: Double, _ result: UnsafeMutableBufferPointer<Double>) {
            values.withUnsafeBufferPointer { values in
                guard let roots else {
                    for row in values.indices { result[row] = (values[row] - mean) * root }
                    return
                }
                for row in values.indices { result[row] = (values[row] - mean) * roots[row] }
            }
        }
        let scaled = try Matrix(rows: target.count, columns: columns.count, context: context) { index, values in
            write(columns[index], centered.means[index], values)
        }
        let outcome = [Double](unsafeUninitializedCapacity: target.count) { buffer, count in
            write(target, spread.mean, buffer)
            count = target.count
        }
        // What is left of a constant after rounding its mean is no variation.
        let lengths = try scaled.mapColumns(context: context) { Sums.dot($0, $0) }
        squares = zip(lengths, centered.deviations).map { $1 > 0 ? $0 : 0 }
        gradient = try outcome.withUnsafeBufferPointer { outcome in
            nonisolated(unsafe) let outcome = outcome
            return try scaled.mapColumns(context: context) { Sums.dot($0, outcome) }
        }
        self.columns = scaled
        means = centered.means
        deviations = centered.deviations
        targetMean = spread.mean
        targetDeviation = spread.deviation
        coefficients = [Double](repeating: 0, count: columns.count)
        products = [[Double]?](repeating: nil, count: columns.count)
        guard squares.allSatisfy(\.isFinite), gradient.allSatisfy(\.isFinite), targetDeviation.isFinite else {
            throw Fault(
                "R0521", "the numbers are too large or too small to compute with",
                remedy: "bring the columns to one scale first, with scale")
        }
    }

    /// The least penalty for which every coefficient is 0; valid before anything was solved.
    var greatestPenalty: Double {
        zip(gradient, squares).reduce(0) { $1.1 > 0 ? max($0, $1.0.magnitude) : $0 }
    }

    /// Moves the coefficients to the least for this penalty, from where they are.
    /// - Parameter mix: m, the share of the penalty on magnitudes; the rest is on squares.
    mutating func solve(penalty: Double, mix: Double = 1, context: ComputeContext) throws {
        let tolerance = 1e-11 * targetDeviation
        var sweeps = 0
        while sweeps < Self.mostSweeps {
            try context.cancellation.check()
            sweeps += 1
            // Every column first, then only those with a coefficient until they rest.
            if try sweep(penalty * mix, penalty * (1 - mix), all: true, context) <= tolerance { return }
            while sweeps < Self.mostSweeps {
                if sweeps % 64 == 0 { try context.cancellation.check() }
                sweeps += 1
                if try sweep(penalty * mix, penalty * (1 - mix), all: false, context) <= tolerance { break }
            }
        }
    }

    /// One pass over the columns; the largest change of what they explain.
    private mutating func sweep(_ penalty: Double, _ ridge: Double, all: Bool, _ context: ComputeContext) throws -> Double {
        var largest = 0.0
        for index in coefficients.indices where squares[index] > 0 && (all || coefficients[index] != 0) {
            let old = coefficients[index]
            let pull = gradient[index] + squares[index] * old
            let left = pull.magnitude - penalty
            let new = left > 0 ? (pull < 0 ? -left : left) / (squares[index] + ridge) : 0
            guard new != old else { continue }
            try move(index, by: new - old, context)
            coefficients[index] = new
            largest = max(largest, (new - old).magnitude * squares[index].squareRoot())
        }
        return largest
    }

    private mutating func move(_ index: Int, by change: Double, _ context: ComputeContext) throws {
        if products[index] == nil {
            if columns.columns <= Self.wholeProductColumns, let gram = try columns.gram(context: context) {
                products = products.indices.map { gram.column($0) }
            } else {
                let own = columns.column(index)
                products[index] = try own.withUnsafeBufferPointer { own in
                    nonisolated(unsafe) let own = own
                    return try columns.mapColumns(context: context) { Sums.dot(own, $0) }
                }
            }
        }
        guard let products = products[index] else { return }
        for other in gradient.indices { gradient[other] -= change * products[other] }
    }

    var intercept: Double {
        var start = DoubleDouble(targetMean)
        for (coefficient, mean) in zip(coefficients, means) { start += DoubleDouble.product(-coefficient, mean) }
        return start.value
    }
}
