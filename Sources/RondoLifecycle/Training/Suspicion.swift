package import RondoFrame
import RondoKernels
import RondoLearning

/// Columns that alone predict the target almost perfectly: too good to be true, usually the target in other clothes.
package enum Suspicion {
    /// Share of the target's variance (or of the errors of the most frequent class) above which a single column is suspect.
    static let limit = 0.99

    package struct Finding: Sendable, Hashable {
        package let column: String
        /// Share explained, 0 to 1.
        package let share: Double
    }

    /// - Parameters:
    ///   - features: columns of the prepared table that the model is given.
    ///   - rows: training rows with a target.
    package static func findings(_ frame: Frame, features: [String], target: ResolvedTarget, rows: [Int32]) -> [Finding] {
        guard rows.count >= 20 else { return [] }
        let outcomes: [[Double]]
        switch target.values(rows) {
        case .numbers(let values): outcomes = [values]
        case .classes(let codes, let names):
            let wanted = names.count == 2 ? [1] : Array(names.indices)
            outcomes = wanted.map { index in codes.map { code in Int(code) == index ? 1.0 : 0.0 } }
        }
        let places = frame.rowPlaces(rows)
        // Once for thousands of sparse columns, not once for each.
        let centered = places == nil ? [] : outcomes.map(distances)
        return features.compactMap { name in
            guard let column = frame[name] else { return nil }
            if case .sparse(let sparse) = column.storage, let places {
                let kept = sparse.gathering(places)
                let share = centered.map { squaredCorrelation(kept, $0) }.min() ?? 0
                return share > limit ? Finding(column: name, share: share) : nil
            }
            let share = outcomes.map { explained(column, rows: rows, outcome: $0) }.min() ?? 0
            return share > limit ? Finding(column: name, share: share) : nil
        }
    }

    /// R² of the outcome on this column alone: straight line for numbers, group means for words (few groups only).
    private static func explained(_ column: Column, rows: [Int32], outcome: [Double]) -> Double {
        switch column.storage {
        case .text(let codes, _), .category(let codes, _):
            let groups = rows.map { codes[Int($0)] }
            return Set(groups).count * 5 > rows.count ? 0 : byGroups(groups, outcome)
        case .truth(let values): return byGroups(rows.map { Int32(values[Int($0)]) }, outcome)
        default:
            let numbers = column.numbers()
            let x = rows.map { numbers[Int($0)] }
            let known = x.indices.filter { !x[$0].isNaN }
            guard known.count * 2 > rows.count else { return 0 }
            return squaredCorrelation(known.map { x[$0] }, known.map { outcome[$0] })
        }
    }

    private static func byGroups(_ groups: [Int32], _ outcome: [Double]) -> Double {
        var sums: [Int32: (total: Double, count: Double)] = [:]
        for (group, value) in zip(groups, outcome) {
            let old = sums[group] ?? (0, 0)
            sums[group] = (old.total + value, old.count + 1)
        }
        let mean = outcome.reduce(0, +) / Double(outcome.count)
        var inside = 0.0
        var total = 0.0
        for (group, value) in zip(groups, outcome) {
            let sum = sums[group] ?? (0, 1)
            inside += (value - sum.total / sum.count) * (value - sum.total / sum.count)
            total += (value - mean) * (value - mean)
        }
        return total > 0 ? 1 - inside / total : 0
    }

    /// Distances from the mean, and the sum of their squares.
    private static func distances(_ outcome: [Double]) -> (values: [Double], squares: Double) {
        let mean = outcome.reduce(0, +) / Double(outcome.count)
        let values = outcome.map { $0 - mean }
        return (values, values.reduce(0) { $0 + $1 * $1 })
    }

    /// The same for sparse numbers, one pass over what is kept: distances add up to 0, so the mean of x drops out.
    private static func squaredCorrelation(_ x: SparseNumbers, _ y: (values: [Double], squares: Double)) -> Double {
        let spread = Moments(x).sum2
        let xy = zip(x.rows, x.values).reduce(0) { $0 + $1.1 * y.values[Int($1.0)] }
        return spread > 0 && y.squares > 0 ? xy * xy / (spread * y.squares) : 0
    }

    private static func squaredCorrelation(_ x: [Double], _ y: [Double]) -> Double {
        let count = Double(x.count)
        let meanX = x.reduce(0, +) / count
        let meanY = y.reduce(0, +) / count
        var xx = 0.0
        var yy = 0.0
        var xy = 0.0
        for (left, right) in zip(x, y) {
            xx += (left - meanX) * (left - meanX)
            yy += (right - meanY) * (right - meanY)
            xy += (left - meanX) * (right - meanY)
        }
        return xx > 0 && yy > 0 ? xy * xy / (xx * yy) : 0
    }
}
