import RondoKernels

/// Truth and prediction of a regression, of equal length.
struct NumberPairs: Sendable {
    let truth: [Double]
    let predicted: [Double]

    /// - Throws: R0532 unless both are numbers of equal length.
    init(_ input: MetricInput, of metric: String) throws {
        guard case .numbers(let truth) = input.truth, case .numbers(let predicted) = input.predictions, truth.count == predicted.count
        else {
            throw Fault("R0532", "\(metric) compares numbers with predicted numbers", remedy: "take a metric of classes", subject: metric)
        }
        self.truth = truth
        self.predicted = predicted
    }

    var absoluteErrors: [Double] { zip(truth, predicted).map { ($1 - $0).magnitude } }

    /// Absolute errors as shares of the truth, rows with a truth of 0 left out.
    var relativeErrors: [Double] { zip(truth, predicted).compactMap { $0 == 0 ? nil : (($1 - $0) / $0).magnitude } }

    /// The mean in a fixed order; NaN without values.
    static func mean(_ values: [Double]) -> Double { values.isEmpty ? .nan : Sums.compensated(values) / Double(values.count) }
}
