package import RondoKernels
package import RondoLearning
import RondoReport
import RondoSignature

/// A target that a family learns as its natural logarithm, and the way back to its own units.
///
/// The exponential of a predicted logarithm is about the median; the mean lies above it by the mean of the exponentials of the errors
/// on the log scale (Duan 1983, Smearing estimate: a nonparametric retransformation method, JASA 78). These errors are those of the
/// training rows for families with coefficients, whose errors there are about those of new rows; of the others each error is that of
/// a model that has not learned from the row. A family that learns medians or quantiles needs no factor.
package struct LogTarget: Sendable, Hashable {
    /// Up to so many rows each error comes from one of five models; of more rows a fifth is enough.
    static let mostFoldedRows = 20_000
    static let folds = 5

    /// What the exponential is multiplied by: the mean of the exponentials of the errors, or 1.
    package let factor: Double
    /// What an answer is: `mean`, `median`, `quantile`.
    package let statistic: String
    /// How much of the factor comes from the hundredth of the rows that lie farthest above their predictions, from 0 to 1.
    package let farShare: Double

    /// With normal errors of deviation 1.5 on the log scale it is a fifth.
    private static let suspiciousShare = 0.4

    package init(factor: Double, statistic: String, farShare: Double = 0) {
        self.factor = factor
        self.statistic = statistic
        self.farShare = farShare
    }

    // MARK: Learning

    /// The logarithms of the target.
    ///
    /// - Throws: R0459 for classes, R0460 for a value that is not above 0.
    package static func logarithms(_ target: TargetValues, of column: String, rows: [Int32]) throws -> TargetValues {
        guard case .numbers(let values) = target else {
            throw Fault("R0459", "\(column) has classes: only a number has a logarithm", remedy: "write target plain", subject: "log")
        }
        if let place = values.firstIndex(where: { !($0 > 0) }) {
            let row = place < rows.count ? Int(rows[place]) + 1 : place + 1
            let count = values.reduce(0) { $1 > 0 ? $0 : $0 + 1 }
            let others = count > 1 ? ", and not above 0 in \(count - 1) more" : ""
            throw Fault(
                "R0460", "\(column) is \(Scalar(values[place]).plainText) in row \(row)\(others): only numbers above 0 have a logarithm",
                remedy: "write target plain, or where \(column) > 0", subject: "log")
        }
        return .numbers(values.map { Elementary.log($0) })
    }

    /// Learns the factor for a learner and the model that it made of all rows.
    static func learned(
        _ learner: any Learner, _ model: any FittedModel, loss: FamilyOptions.Value?, on data: TrainingData, seed: UInt64,
        context: ComputeContext
    ) throws -> LogTarget {
        switch loss {
        case .word("absolute"): return LogTarget(factor: 1, statistic: "median")
        case .word("quantile"): return LogTarget(factor: 1, statistic: "quantile")
        default: break
        }
        let count = data.features.rowCount
        var parts: [(model: any FittedModel, held: [Int32])] = []
        if model is any CoefficientModel || count < 2 * folds {
            parts = [(model, (0..<Int32(truncatingIfNeeded: count)).map { $0 })]
        } else {
            var stream = RandomStream(seed: seed, purpose: "log target")
            let order = stream.permutation(count)
            for fold in 0..<(count <= mostFoldedRows ? folds : 1) {
                var (learning, held): ([Int32], [Int32]) = ([], [])
                for (place, row) in order.enumerated() {
                    if place % folds == fold { held.append(Int32(row)) } else { learning.append(Int32(row)) }
                }
                let rest = data.gathering(learning.sorted())
                parts.append((try learner.fit(rest, seed: seed, context: context), held.sorted()))
            }
        }
        let (factor, farShare) = try factor(parts, data: data, context: context)
        return LogTarget(factor: factor, statistic: "mean", farShare: farShare)
    }

    /// The weighted mean of the exponentials of the errors, and how much of it comes from the greatest hundredth of them.
    static func factor(
        _ parts: [(model: any FittedModel, held: [Int32])], data: TrainingData, context: ComputeContext
    ) throws -> (factor: Double, farShare: Double) {
        guard case .numbers(let logs) = data.target else { return (1, 0) }
        var terms: [Double] = []
        var total = 0.0
        for (model, held) in parts {
            guard case .numbers(let predicted) = try model.predict(data.features.gathering(held), context: context) else { continue }
            for (row, answer) in zip(held, predicted) {
                let weight = data.weights?[Int(row)] ?? 1
                terms.append(weight * Elementary.exp(logs[Int(row)] - answer))
                total += weight
            }
        }
        let sum = Sums.compensated(terms)
        guard total > 0, sum.isFinite, sum > 0 else { return (1, 0) }
        let far = terms.sorted(by: >).prefix((terms.count + 99) / 100)
        return (sum / total, terms.count < 100 ? 0 : Sums.compensated(Array(far)) / sum)
    }

    // MARK: Answering

    /// Answers in units of the target.
    package func applied(to predictions: Predictions) -> Predictions {
        guard case .numbers(let logs) = predictions else { return predictions }
        return .numbers(logs.map { min(Elementary.exp($0) * factor, .greatestFiniteMagnitude) })
    }

    /// What an answer is, in words: `the mean: exp(predicted log) x 1.08, the mean of exp(error)`.
    package var words: String {
        statistic == "mean"
            ? "the log is learned, and answers are means: exp of the predicted log, times \(Scalar((factor * 1e4).rounded() / 1e4).plainText) (the mean of exp of its errors)"
            : "the log is learned, and answers are exp of the predicted log: a \(statistic) stays a \(statistic)"
    }

    /// What is suspicious about the factor, if anything: a few targets that are far too large raise every answer.
    package var warning: String? {
        guard farShare > Self.suspiciousShare else { return nil }
        let share = NumberText().text(.number(farShare), .percent)
        return
            "\(share) of that factor comes from 1 % of the rows, whose targets lie far above their predictions, and it raises every answer: are they right? Look at them with errors, leave them out with where, or learn medians with boost loss absolute"
    }

    package func archive() -> Archive {
        var archive = Archive()
        archive.set("factor", factor)
        archive.set("statistic", statistic)
        archive.set("far_share", farShare)
        return archive
    }

    /// - Throws: R0590 for damaged data.
    package init(archive: Archive) throws {
        factor = try archive.number("factor")
        statistic = try archive.word("statistic")
        farShare = try archive.number("far_share")
        guard factor > 0, factor.isFinite, (0...1).contains(farShare) else {
            throw Fault("R0591", "the saved model is damaged", remedy: "make the release again, with deploy")
        }
    }
}

/// A model of logarithms that answers in units of the target.
struct BackTransformedModel: FittedModel {
    static let familyName = "log target"
    let model: any FittedModel
    let target: LogTarget

    func predict(_ features: Features, context: ComputeContext) throws -> Predictions {
        target.applied(to: try model.predict(features, context: context))
    }

    var learned: [TableBlock] { model.learned }
    var readable: String { model.readable }
    func archive() -> Archive { model.archive() }
}
