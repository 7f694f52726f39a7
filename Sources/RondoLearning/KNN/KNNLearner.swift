package import RondoKernels

/// Keeps the training rows in a form in which the nearest of a row are found fast.
package struct KNNLearner: Learner {
    package let neighbours: Int
    let weighsByDistance: Bool
    let measure: NearestPoints.Measure

    package func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        try context.cancellation.check()
        try data.requireRows()
        let target: TargetValues
        switch data.target {
        case .numbers: target = .numbers(try data.numberTarget(of: "knn"))
        case .classes:
            let (codes, names) = try data.classTarget(of: "knn")
            target = .classes(codes, names: names)
        }
        let kept = data.weights.map { weights in weights.indices.filter { weights[$0] > 0 }.map { Int32(truncatingIfNeeded: $0) } }
        let features = kept.map { data.features.gathering($0) } ?? data.features
        let weights = kept.flatMap { kept in data.weights.map { weights in kept.map { weights[Int($0)] } } }
        let rows = RowMatrix(try DesignMatrix(features))
        let total = weights.map { Sums.compensated($0) } ?? Double(rows.rowCount)
        guard total >= Double(neighbours) else { throw Self.tooMany(neighbours, rows: rows.rowCount, weight: weights == nil ? nil : total) }
        let settings = KNNModel.Settings(
            names: features.names, neighbours: neighbours, weighsByDistance: weighsByDistance, measure: measure)
        return try KNNModel(
            settings, rows: rows, weights: weights, answers: kept.map { target.gathering($0) } ?? target, context: context)
    }

    private static func tooMany(_ neighbours: Int, rows: Int, weight: Double?) -> Fault {
        guard let weight else {
            return Fault(
                "R0458", "\(neighbours) neighbors of \(rows) training \(rows == 1 ? "row" : "rows"): there are fewer rows than neighbors",
                remedy: "write neighbors \(max(1, min(5, rows)))", subject: "neighbors")
        }
        return Fault(
            "R0458",
            "\(neighbours) neighbors of training rows whose weights add up to \(Scalar(weight).plainText): a weight counts as that many rows",
            remedy: weight >= 1 ? "write neighbors \(Int(min(5, weight)))" : "leave weights out, or make them larger", subject: "neighbors")
    }
}
