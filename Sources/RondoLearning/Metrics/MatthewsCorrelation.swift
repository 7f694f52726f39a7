import RondoReport
import RondoSignature

/// The correlation of truth and answer, for several classes Gorodkin's R_K (2004); 0 when all answers or all truths are one class.
package enum MatthewsCorrelation: Metric {
    package static let signature = MetricSignature(
        "mcc", summary: "correlation of truth and answer", tasks: MetricSignature.classification, isBetterHigher: true, style: .number)

    package static func value(_ input: MetricInput, parameter: Double?) throws -> MetricValue {
        let pairs = try ClassPairs(input, of: signature.name)
        let counts = ConfusionCounts(pairs)
        let total = Double(counts.total)
        guard total > 0 else { return MetricValue(.nan) }
        var (truthSquares, answerSquares, products) = (0.0, 0.0, 0.0)
        for index in 0..<pairs.classCount {
            let (truths, answers) = (Double(counts.truths(index)), Double(counts.answers(index)))
            truthSquares += truths * truths
            answerSquares += answers * answers
            products += truths * answers
        }
        let spread = ((total * total - answerSquares) * (total * total - truthSquares)).squareRoot()
        return MetricValue(spread > 0 ? (Double(counts.hits) * total - products) / spread : 0)
    }
}
