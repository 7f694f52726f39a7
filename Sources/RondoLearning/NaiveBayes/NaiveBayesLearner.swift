package import RondoKernels

/// Learns class shares, and of each column its distribution inside each class.
package struct NaiveBayesLearner: Learner {
    package init() {}

    package func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        try data.requireRows()
        let (codes, names) = try data.classTarget(of: "naive_bayes")
        let rows = ClassRows(codes: codes, weights: data.weights, classCount: names.count)
        let shares = rows.totals.map { $0 / rows.totals.reduce(0, +) }
        let columns = try Parallel.map(data.features.features.count, context: context) { index in
            let feature = data.features.features[index]
            switch feature.values {
            case .numbers(let values): return NaiveBayesModel.Evidence.normal(normal(values, rows))
            case .sparse(let values): return .normal(normal(values.dense, rows))
            case .categories(let codes, let levels): return .shares(self.shares(codes, levels, rows))
            }
        }
        return NaiveBayesModel(names: data.features.names, classNames: names, classShares: shares, evidence: columns)
    }

    /// Rows with their class and weight.
    private struct ClassRows {
        let codes: [Int32]
        let weights: [Double]?
        let totals: [Double]

        init(codes: [Int32], weights: [Double]?, classCount: Int) {
            self.codes = codes
            self.weights = weights
            var totals = [Double](repeating: 0, count: classCount)
            for (row, code) in codes.enumerated() { totals[Int(code)] += weights.map { $0[row] } ?? 1 }
            self.totals = totals
        }

        func weight(_ row: Int) -> Double { weights.map { $0[row] } ?? 1 }
    }

    /// Share of the column's variance that is added to the variance inside each class.
    private static let smoothing = 1e-9

    private func normal(_ values: [Double], _ rows: ClassRows) -> NaiveBayesModel.Normal {
        // Scaled to at most 1, so that squares neither overflow nor vanish.
        let scale = values.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
        guard scale > 0 else { return NaiveBayesModel.Normal(scale: 1, means: [], variances: []) }
        let count = rows.totals.count
        var weights = [Double](repeating: 0, count: count)
        var sums = weights
        for row in values.indices where values[row].isFinite {
            let (place, weight) = (Int(rows.codes[row]), rows.weight(row))
            weights[place] += weight
            sums[place] += weight * (values[row] / scale)
        }
        let total = weights.reduce(0, +)
        let middle = total > 0 ? sums.reduce(0, +) / total : 0
        // A class without a value here is taken to be like all others together.
        let means = zip(sums, weights).map { $1 > 0 ? $0 / $1 : middle }
        var squares = [Double](repeating: 0, count: count)
        var spread = 0.0
        for row in values.indices where values[row].isFinite {
            let (place, weight) = (Int(rows.codes[row]), rows.weight(row))
            let value = values[row] / scale
            squares[place] += weight * (value - means[place]) * (value - means[place])
            spread += weight * (value - middle) * (value - middle)
        }
        let variance = total > 0 ? spread / total : 0
        // A column that never varies, but for rounding, tells no class from another.
        guard variance > 1e-28 else { return NaiveBayesModel.Normal(scale: scale, means: [], variances: []) }
        let variances = zip(squares, weights).map { ($1 > 0 ? $0 / $1 : variance) + Self.smoothing * variance }
        return NaiveBayesModel.Normal(scale: scale, means: means, variances: variances)
    }

    private func shares(_ codes: [Int32], _ levels: [String], _ rows: ClassRows) -> NaiveBayesModel.Shares {
        var counts = [[Double]](repeating: [Double](repeating: 1, count: levels.count), count: rows.totals.count)
        for (row, code) in codes.enumerated() where code >= 0 && Int(code) < levels.count {
            counts[Int(rows.codes[row])][Int(code)] += rows.weight(row)
        }
        return NaiveBayesModel.Shares(levels: levels, shares: counts.map { line in line.map { $0 / line.reduce(0, +) } })
    }
}
