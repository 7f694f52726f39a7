import RondoKernels

/// Truth and predicted probabilities of a classification, of equal length.
struct ClassPairs: Sendable {
    let truth: [Int32]
    /// `[class][row]`.
    let probabilities: [[Double]]
    let threshold: Double?

    var classCount: Int { probabilities.count }
    var isBinary: Bool { classCount == 2 }

    /// - Throws: R0532 unless truth and predictions have the same classes and length.
    init(_ input: MetricInput, of metric: String) throws {
        guard case .classes(let truth, let names) = input.truth,
            case .probabilities(let probabilities, let predictedNames) = input.predictions,
            names == predictedNames, probabilities.count == names.count, names.count >= 2,
            probabilities.allSatisfy({ $0.count == truth.count }), truth.allSatisfy({ $0 >= 0 && Int($0) < names.count })
        else {
            throw Fault(
                "R0532", "\(metric) compares classes with predicted probabilities of the same classes", remedy: "take a metric of numbers",
                subject: metric)
        }
        self.truth = truth
        self.probabilities = probabilities
        threshold = input.threshold
    }

    /// The class answered for each row: the most probable one, the first of equals; with a threshold, the positive class from it on.
    var predicted: [Int32] {
        if isBinary, let threshold { return probabilities[1].map { $0 >= threshold ? 1 : 0 } }
        return truth.indices.map { row in
            var best = 0
            for candidate in 1..<classCount where probabilities[candidate][row] > probabilities[best][row] { best = candidate }
            return Int32(best)
        }
    }

    /// Whether the truth of each row is this class.
    func isClass(_ index: Int) -> [Bool] { truth.map { Int($0) == index } }

    /// The value of the positive class of two, else the mean over the classes that occur in the truth; NaN values are left out.
    func oneAgainstRest(_ value: (_ isPositive: [Bool], _ scores: [Double]) -> Double) -> Double {
        if isBinary { return value(isClass(1), probabilities[1]) }
        var values: [Double] = []
        for index in 0..<classCount {
            let members = isClass(index)
            guard members.contains(true) else { continue }
            let one = value(members, probabilities[index])
            if !one.isNaN { values.append(one) }
        }
        return NumberPairs.mean(values)
    }

    /// The value of the positive class of two, else the mean over all classes.
    func oneAgainstRestOfAll(_ value: (_ isPositive: [Bool], _ scores: [Double]) -> Double) -> Double {
        if isBinary { return value(isClass(1), probabilities[1]) }
        return NumberPairs.mean((0..<classCount).map { value(isClass($0), probabilities[$0]) })
    }
}

/// How often each class was answered for each truth.
struct ConfusionCounts: Sendable {
    /// `[truth][answer]`.
    let counts: [[Int]]

    init(_ pairs: ClassPairs) {
        var counts = [[Int]](repeating: [Int](repeating: 0, count: pairs.classCount), count: pairs.classCount)
        for (truth, answer) in zip(pairs.truth, pairs.predicted) { counts[Int(truth)][Int(answer)] += 1 }
        self.counts = counts
    }

    var total: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }
    var hits: Int { counts.indices.reduce(0) { $0 + counts[$1][$1] } }
    func truths(_ index: Int) -> Int { counts[index].reduce(0, +) }
    func answers(_ index: Int) -> Int { counts.reduce(0) { $0 + $1[index] } }

    /// The value of the positive class of two, else the mean over the classes that occur in truth or answers; NaN values are left out.
    func macro(_ value: (_ hits: Int, _ truths: Int, _ answers: Int) -> Double) -> Double {
        if counts.count == 2 { return value(counts[1][1], truths(1), answers(1)) }
        let values = counts.indices.compactMap { index -> Double? in
            guard truths(index) + answers(index) > 0 else { return nil }
            let one = value(counts[index][index], truths(index), answers(index))
            return one.isNaN ? nil : one
        }
        return NumberPairs.mean(values)
    }
}
