import RondoKernels

/// What boosting minimises: each loss with its first and second derivative by the score.
enum BoostingLoss: Sendable, Hashable {
    case squared, absolute
    /// The pinball loss; its least expected value is the quantile of this level.
    case quantile(Double)
    case poisson, logistic
    /// Softmax over so many classes, one score each.
    case softmax(Int)

    /// Scores a row.
    var width: Int { if case .softmax(let count) = self { count } else { 1 } }

    /// Whether the second derivative is that of the squared error for all rows.
    var isFlat: Bool {
        switch self {
        case .squared, .absolute, .quantile: true
        case .poisson, .logistic, .softmax: false
        }
    }

    /// The quantile of what is left in a leaf that its value is set to; nil for a Newton step.
    var leafQuantile: Double? {
        switch self {
        case .absolute: 0.5
        case .quantile(let level): level
        case .squared, .poisson, .logistic, .softmax: nil
        }
    }

    /// The loss of one row without its weight, for stopping; `scores` are `width` many, `stride` apart.
    func loss(_ target: Double, _ scores: UnsafePointer<Double>, stride: Int) -> Double {
        let score = scores[0]
        switch self {
        case .squared: return (target - score) * (target - score)
        case .absolute: return (target - score).magnitude
        case .quantile(let level): return target > score ? level * (target - score) : (1 - level) * (score - target)
        case .poisson: return Elementary.exp(score) - target * score
        case .logistic:
            // log(1 + e^s) - t s without overflow.
            return max(score, 0) - target * score + Elementary.log1p(Elementary.exp(-score.magnitude))
        case .softmax(let count):
            var largest = score
            for index in 1..<count { largest = max(largest, scores[index * stride]) }
            var sum = 0.0
            for index in 0..<count { sum += Elementary.exp(scores[index * stride] - largest) }
            return Elementary.log(sum) + largest - scores[Int(target) * stride]
        }
    }
}

/// Weighted quantiles, by which leaves of the absolute and the pinball loss are set.
enum WeightedQuantile {
    /// The least value with at least this share of the weight up to it, the mean of two where the share is met exactly; 0 without values.
    ///
    /// Type 2 of Hyndman and Fan (1996): a whole weight counts as that many copies.
    static func of(_ pairs: [(value: Double, weight: Double)], _ level: Double) -> Double {
        let sorted = pairs.filter { $0.weight > 0 }.sorted { $0.value < $1.value }
        guard let last = sorted.last else { return 0 }
        let goal = level * sorted.reduce(0) { $0 + $1.weight }
        var sum = 0.0
        for (place, pair) in sorted.enumerated() {
            sum += pair.weight
            if sum > goal || place + 1 == sorted.count { return pair.value }
            if sum == goal { return pair.value / 2 + sorted[place + 1].value / 2 }
        }
        return last.value
    }
}
