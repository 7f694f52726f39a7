import RondoKernels

/// One code a level: the mean outcome of its rows, drawn towards the mean of all rows.
///
/// code = λ mean + (1 - λ) prior with λ = n / (n + m) for a level of n rows (Micci-Barreca 2001, A Preprocessing Scheme for
/// High-Cardinality Categorical Attributes, section 3, empirical Bayes), where m = variance inside levels / variance between levels,
/// both estimated from the same rows (Searle, Casella and McCulloch, Variance Components, 1992, section 3.6). Levels that do not
/// differ more than chance would have it are drawn to the prior almost wholly.
struct TargetCodes: Sendable, Hashable {
    /// Mean of all rows; NaN without any.
    let prior: Double
    /// m above: with so many rows a level counts half.
    let strength: Double
    /// One a place.
    let codes: [Double]

    /// - Parameters:
    ///   - places: place of each row's level.
    ///   - outcomes: NaN where the target is missing: such rows are left out.
    ///   - count: how many places there are.
    ///   - includes: which rows teach.
    init(places: [Int32], outcomes: [Double], count: Int, where includes: (Int) -> Bool) {
        var counts = [Double](repeating: 0, count: count)
        var total = DoubleDouble(0)
        var rows = 0.0
        for row in places.indices where !outcomes[row].isNaN && includes(row) {
            counts[Int(places[row])] += 1
            total += outcomes[row]
            rows += 1
        }
        guard rows > 0 else {
            (prior, strength) = (.nan, 0)
            codes = Array(repeating: .nan, count: count)
            return
        }
        let prior = total.value / rows
        // Distances from the prior keep their digits where the outcomes are large.
        var sums = [Double](repeating: 0, count: count)
        var squares = 0.0
        for row in places.indices where !outcomes[row].isNaN && includes(row) {
            let distance = outcomes[row] - prior
            sums[Int(places[row])] += distance
            squares += distance * distance
        }
        let strength = TargetCodes.strength(counts: counts, sums: sums, squares: squares, rows: rows)
        self.prior = prior
        self.strength = strength
        codes = counts.indices.map { counts[$0] > 0 ? prior + sums[$0] / (counts[$0] + strength) : prior }
    }

    /// Variance inside levels over variance between them, at most the number of rows.
    private static func strength(counts: [Double], sums: [Double], squares: Double, rows: Double) -> Double {
        let used = counts.indices.filter { counts[$0] > 0 }
        let groups = Double(used.count)
        // Without two levels, or with every row its own level, the two cannot be told apart.
        guard groups > 1, rows > groups else { return rows }
        let between = used.reduce(0) { $0 + sums[$1] * sums[$1] / counts[$1] }
        let inside = max(0, squares - between) / (rows - groups)
        let size = (rows - used.reduce(0) { $0 + counts[$1] * counts[$1] } / rows) / (groups - 1)
        let spread = (between / (groups - 1) - inside) / size
        return spread > 0 ? min(inside / spread, rows) : rows
    }
}

/// Parts of the learning rows, each of which is coded by the others.
enum TargetFolds {
    static let count = 5

    /// The fold of each row, -1 where the outcome is missing.
    ///
    /// Rows are put in order of their outcome, equal ones at random, and each group of neighbours is spread over all folds: so that the
    /// folds have means alike, and the prior of a fold does not give away what the fold itself lacks.
    static func folds(_ outcomes: [Double], seed: UInt64) -> [Int32] {
        var stream = RandomStream(seed: seed, purpose: "encode target")
        var folds = [Int32](repeating: -1, count: outcomes.count)
        let order = stream.permutation(outcomes.count).filter { !outcomes[$0].isNaN }
        let sorted = Sorting.order(keys: order.map { Sorting.sortableBits(outcomes[$0]) }).map { order[$0] }
        let size = min(count, sorted.count)
        for start in stride(from: 0, to: sorted.count, by: max(size, 1)) {
            let places = stream.permutation(size)
            for (place, row) in sorted[start..<min(start + size, sorted.count)].enumerated() {
                folds[row] = Int32(truncatingIfNeeded: places[place])
            }
        }
        return folds
    }

    /// A code for each row from the rows of other folds; NaN where there are none, or where the row has no fold.
    static func crossFitted(places: [Int32], outcomes: [Double], folds: [Int32], count levels: Int) -> [Double] {
        var result = [Double](repeating: .nan, count: places.count)
        for fold in 0..<Int32(count) {
            let learned = TargetCodes(places: places, outcomes: outcomes, count: levels) { folds[$0] != fold && folds[$0] >= 0 }
            for row in places.indices where folds[row] == fold { result[row] = learned.codes[Int(places[row])] }
        }
        return result
    }
}
