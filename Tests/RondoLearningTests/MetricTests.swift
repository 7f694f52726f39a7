import RondoKernels
import RondoReport
import RondoSignature
import Testing

@testable import RondoLearning

/// Known answers from scikit-learn 1.9.1 (`sklearn.metrics`) on the arrays below; median and share within by NumPy.
@Suite struct MetricTests {
    static let numbers = MetricInput(
        truth: .numbers([3, 0, 2.5, 7, 10, 4]), predictions: .numbers([2.5, 0.4, 2, 8, 9.5, 4.1]))

    static let binary: MetricInput = {
        let scores = [0.1, 0.9, 0.4, 0.4, 0.8, 0.6, 0.4, 0.2, 0.05, 0.7]
        return MetricInput(
            truth: .classes([0, 1, 1, 0, 1, 0, 1, 0, 0, 1], names: ["no", "yes"]),
            predictions: .probabilities([scores.map { 1 - $0 }, scores], names: ["no", "yes"]))
    }()

    static let several: MetricInput = {
        let rows = [
            [0.7, 0.2, 0.1], [0.2, 0.5, 0.3], [0.1, 0.2, 0.7], [0.3, 0.4, 0.3], [0.25, 0.5, 0.25], [0.3, 0.6, 0.1], [0.2, 0.2, 0.6],
            [0.1, 0.3, 0.6],
        ]
        return MetricInput(
            truth: .classes([0, 1, 2, 2, 1, 0, 2, 1], names: ["a", "b", "c"]),
            predictions: .probabilities((0..<3).map { index in rows.map { $0[index] } }, names: ["a", "b", "c"]))
    }()

    static func close(_ value: Double, _ expected: Double) -> Bool { (value - expected).magnitude <= 1e-13 * max(1, expected.magnitude) }

    @Test(arguments: [
        ("mae", 0.49999999999999994), ("mse", 0.32), ("rmse", 0.565685424949238), ("rmsle", 0.16893575224290983),
        ("mape", 0.11690476190476189), ("median_ape", 0.14285714285714285), ("r2", 0.9696242584047462),
    ])
    func regression(_ name: String, _ expected: Double) throws {
        #expect(Self.close(try MetricChoice(name).value(Self.numbers).value, expected))
    }

    @Test func shareWithin() throws {
        let choice = try MetricChoice("within", parameter: 0.1)
        #expect(Self.close(try choice.value(Self.numbers).value, 2.0 / 6))
        #expect(choice.name == "within(10%)")
        #expect(try MetricChoice("within", parameter: 0.07).name == "within(7%)")
    }

    @Test(arguments: [
        ("accuracy", 0.7), ("balanced_accuracy", 0.7), ("precision", 0.75), ("recall", 0.6), ("f1", 0.6666666666666666), ("roc_auc", 0.88),
        ("pr_auc", 0.8857142857142857), ("log_loss", 0.43246741916588116), ("brier", 0.14325), ("mcc", 0.408248290463863),
    ])
    func twoClasses(_ name: String, _ expected: Double) throws {
        #expect(Self.close(try MetricChoice(name).value(Self.binary).value, expected))
    }

    @Test(arguments: [
        ("accuracy", 0.625), ("balanced_accuracy", 0.611111111111111), ("precision", 0.7222222222222222), ("recall", 0.611111111111111),
        ("f1", 0.6349206349206349), ("roc_auc", 0.8527777777777779), ("pr_auc", 0.7444444444444445), ("log_loss", 0.7777985357176442),
        ("brier", 0.15562499999999999), ("mcc", 0.42553224817349505),
    ])
    func severalClasses(_ name: String, _ expected: Double) throws {
        #expect(Self.close(try MetricChoice(name).value(Self.several).value, expected))
    }

    @Test func zeroTargetsAreLeftOutAndCounted() throws {
        #expect(try MetricChoice("mape").value(Self.numbers).leftOut == 1)
        let zeros = MetricInput(truth: .numbers([0, 0]), predictions: .numbers([1, 2]))
        let value = try MetricChoice("mape").value(zeros)
        #expect(value.value.isNaN && value.leftOut == 2)
    }

    @Test func logLossClipsAtTheSmallestStep() throws {
        let sure = MetricInput(truth: .classes([1], names: ["no", "yes"]), predictions: .probabilities([[1], [0]], names: ["no", "yes"]))
        #expect(Self.close(try MetricChoice("log_loss").value(sure).value, 52 * 0.6931471805599453))
    }

    @Test func thresholdDecidesThePositiveClass() throws {
        let input = MetricInput(truth: Self.binary.truth, predictions: Self.binary.predictions, threshold: 0.4)
        #expect(try MetricChoice("recall").value(input).value == 1)
    }

    @Test func hugeErrorsDoNotOverflow() throws {
        let input = MetricInput(truth: .numbers([0, 0]), predictions: .numbers([3e200, 4e200]))
        #expect(Self.close(try MetricChoice("rmse").value(input).value / 1e200, 12.5.squareRoot()))
    }

    /// Every member: perfect answers beat the baseline, no rows and wrong kinds give no number or a clear error.
    @Test func everyMetricHoldsTheContract() throws {
        var covered = 0
        // Metrics of rankings have a suite of their own.
        let metrics = Metrics.all.filter { !$0.signature.tasks.contains(.ranking) }
        for metric in metrics {
            let signature = metric.signature
            let choice = try MetricChoice(signature.name, parameter: signature.parameter == nil ? nil : 0.1)
            let isRegression = signature.tasks.contains(.regression)
            let input = isRegression ? Self.numbers : Self.binary
            let truth = input.truth
            let perfect: Predictions
            switch truth {
            case .numbers(let values): perfect = .numbers(values)
            case .classes(let codes, let names):
                perfect = .probabilities((0..<2).map { index in codes.map { Int($0) == index ? 1 : 0 } }, names: names)
            }
            let best = try choice.value(MetricInput(truth: truth, predictions: perfect)).value
            let naive = try choice.value(Baseline(truth).input(for: MetricInput(truth: truth, predictions: perfect))).value
            #expect(signature.isBetterHigher ? best > naive : best < naive, "\(signature.name): \(best), baseline \(naive)")
            let empty = Baseline(truth).input(for: MetricInput(truth: truth.gathering([]), predictions: .numbers([])))
            #expect(try choice.value(empty).value.isNaN, "\(signature.name) without rows")
            #expect { try choice.value(isRegression ? Self.binary : Self.numbers) } throws: { ($0 as? Fault)?.code == "R0532" }
            for text in signature.parameter?.samplesOutside ?? [] {
                #expect(throws: Fault.self) { try MetricChoice(signature.name, parameter: Double(text)) }
            }
            covered += 1
        }
        print("metrics covered: \(covered)")
        #expect(covered == metrics.count)
        #expect(throws: Fault.self) { try MetricChoice("rmsq") }
        #expect(throws: Fault.self) { try MetricChoice("mae", parameter: 0.1) }
    }

    @Test func reportKeepsTheOrderOfTheField() throws {
        let report = try MetricReport(
            task: .regression, input: Self.numbers, baseline: Baseline(.numbers([1, 2, 6])),
            extra: [MetricChoice("within", parameter: 0.05)])
        let names = report.figures(unit: "$").map(\.name)
        let expected = ["mae", "mse", "rmse", "rmsle", "mape", "median_ape", "within(10%)", "r2", "within(5%)"]
        #expect(names == expected + expected.map { "baseline_\($0)" })
        #expect(report.figures(unit: "$").first?.unit == "$")
        #expect(Self.close(report.line("mae")?.baseline.value ?? .nan, 15.5 / 6))
    }
}
