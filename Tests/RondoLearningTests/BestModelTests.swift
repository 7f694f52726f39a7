import Foundation
import RondoKernels
import RondoSignature
import Testing

@testable import RondoLearning

/// The best family with its defaults beside the best untuned one of the reference list, on the same held-out rows.
@Suite(.enabled(if: ReferenceTable.isPresent, "the reference data is not beside the package"))
struct BestModelTests {
    private static let forNumbers = ["linear", "ridge", "knn", "forest", "extra_trees", "boost"]
    private static let forClasses = ["logistic", "naive_bayes", "knn", "forest", "extra_trees", "boost"]
    /// Families that take gaps and categories as they are.
    private static let plain: Set<String> = ["naive_bayes", "forest", "extra_trees", "boost", "tree"]

    private static func value(_ input: MetricInput, isNumber: Bool) throws -> Double {
        isNumber ? try MetricChoice("rmse").value(input).value : QualityTests.logLossOfReference(input)
    }

    /// The same by the other measure that is usual: the share of variance explained for numbers, the area under the ROC curve for classes.
    @Test func bestUntunedModelsByVarianceAndRank() throws {
        var wins = 0
        for dataset in QualityTests.numbers + QualityTests.classes {
            let isNumber = QualityTests.numbers.contains(dataset)
            let quality = try ReferenceTable.reference(dataset)["quality"] as? [String: [String: Any]] ?? [:]
            let listed = quality.filter { !$0.key.contains("tuned") && $0.key != "dummy" }.values.compactMap { figures -> Double? in
                let names = isNumber ? ["r2"] : ["auc", "auc_ovr_macro"]
                return names.compactMap { (figures[$0] as? [String: Double])?["mean"] }.first
            }
            let best = try #require(listed.max())
            let choice = try MetricChoice(isNumber ? "r2" : "roc_auc")
            let own = try (isNumber ? Self.forNumbers : Self.forClasses).map { family in
                try choice.value(try QualityTests.judged(dataset, family, plain: Self.plain.contains(family))).value
            }.max()
            let isWon = (own ?? 0) >= best * (1 - 1e-4)
            wins += isWon ? 1 : 0
            print("\(dataset): \(choice.name) \(own ?? .nan), best of the list \(best)\(isWon ? "" : " (behind)")")
        }
        #expect(wins >= 9, "\(wins) of 10")
    }

    /// Root mean squared error of numbers, log loss of classes: at or below that of the best of the list on nine of ten is the aim. Boosting
    /// is behind LightGBM by 0.02 % on adult_income, and far behind scikit-learn's boosting on the 45 rows of wine; on breast_cancer the
    /// reference stopped its logistic regression a little short of the optimum, and that predicts 0.3 % better.
    @Test func bestUntunedModels() throws {
        var (wins, close) = (0, 0)
        for dataset in QualityTests.numbers + QualityTests.classes {
            let isNumber = QualityTests.numbers.contains(dataset)
            let metric = isNumber ? "rmse" : "log_loss"
            let quality = try ReferenceTable.reference(dataset)["quality"] as? [String: [String: Any]] ?? [:]
            let listed = quality.filter { !$0.key.contains("tuned") && $0.key != "dummy" }.compactMap {
                name, figures -> (String, Double)? in
                guard let figure = figures[metric] as? [String: Double], let mean = figure["mean"] else { return nil }
                return (name, mean)
            }
            let best = try #require(listed.min { $0.1 < $1.1 })
            var own: (name: String, value: Double) = ("", .infinity)
            for family in isNumber ? Self.forNumbers : Self.forClasses {
                let input = try QualityTests.judged(dataset, family, plain: Self.plain.contains(family))
                let value = try Self.value(input, isNumber: isNumber)
                if value < own.value { own = (family, value) }
            }
            let isWon = own.value <= best.1 * (1 + 1e-4)
            wins += isWon ? 1 : 0
            close += own.value <= best.1 * 1.01 ? 1 : 0
            print("\(dataset): \(own.name) \(own.value), best of the list \(best.0) \(best.1)\(isWon ? "" : " (behind)")")
        }
        #expect(wins >= 7 && close >= 9, "\(wins) of 10, \(close) within 1 %")
        withKnownIssue("boosting is behind on a few", isIntermittent: true) { #expect(wins >= 9, "\(wins) of 10") }
    }
}
