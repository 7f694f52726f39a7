import Foundation
import RondoKernels
import RondoSignature
import Testing

@testable import RondoLearning

/// The lasso against its conditions of optimality and published orders.
@Suite struct LassoTests {
    private static func data(rows: Int = 200, columns: Int = 12) -> (columns: [[Double]], target: [Double]) {
        var stream = RandomStream(seed: 4, purpose: "lasso data")
        var made = (0..<columns).map { _ in (0..<rows).map { _ in stream.normal() } }
        // Two columns that go together.
        made[1] = zip(made[0], made[1]).map { 0.9 * $0 + 0.3 * $1 }
        let target = (0..<rows).map { 3 * made[0][$0] - 2 * made[4 % columns][$0] + 0.5 * made[7 % columns][$0] + stream.normal() + 10 }
        return (made, target)
    }

    /// At the least, the gradient is L against the sign of a coefficient and at most L where it is 0 (Tibshirani 1996).
    @Test(arguments: [0.01, 0.1, 0.5, 1.5]) func optimalityConditionsHold(_ penalty: Double) throws {
        let (columns, target) = Self.data()
        var problem = try LassoProblem(columns, target: target, weights: nil, context: .quiet)
        try problem.solve(penalty: penalty, context: .quiet)
        let rows = Double(target.count)
        var rest = target.map { $0 - problem.intercept }
        for (column, coefficient) in zip(columns, problem.coefficients) {
            for row in rest.indices { rest[row] -= coefficient * column[row] }
        }
        #expect((rest.reduce(0, +) / rows).magnitude < 1e-10)
        for (column, coefficient) in zip(columns, problem.coefficients) {
            let gradient = zip(column, rest).reduce(0) { $0 + $1.0 * $1.1 } / rows
            if coefficient == 0 {
                #expect(gradient.magnitude <= penalty + 1e-9)
            } else {
                #expect((gradient - (coefficient > 0 ? penalty : -penalty)).magnitude < 1e-9)
            }
        }
        #expect(penalty < 0.1 || problem.coefficients.contains(0))
    }

    /// The same for the elastic net, whose squares add L (1 - m) w to the gradient (Zou and Hastie 2005).
    @Test(arguments: [(0.1, 0.5), (0.5, 0.2), (0.05, 0.9)]) func optimalityConditionsOfTheElasticNet(penalty: Double, mix: Double) throws {
        let (columns, target) = Self.data()
        let features = Features(
            columns.enumerated().map { Features.Feature("x\($0)", .numbers($1)) }, rowCount: target.count)
        let learner = try ElasticNetFamily.learner(FamilyOptions(["penalty": .number(penalty), "mix": .number(mix)]))
        let fitted = try learner.fit(TrainingData(features: features, target: .numbers(target)), seed: 1, context: .quiet)
        let model = try #require(fitted as? ElasticNetModel)
        guard case .numbers(let answers) = try model.predict(features, context: .quiet) else { return }
        let rest = zip(target, answers).map { $0 - $1 }
        for (column, coefficient) in zip(columns, model.coefficients) {
            let gradient = zip(column, rest).reduce(0) { $0 + $1.0 * $1.1 } / Double(target.count) - penalty * (1 - mix) * coefficient
            if coefficient == 0 {
                #expect(gradient.magnitude <= penalty * mix + 1e-9)
            } else {
                #expect((gradient - (coefficient > 0 ? penalty : -penalty) * mix).magnitude < 1e-9)
            }
        }
    }

    /// With columns at right angles a coefficient is that of least squares, moved towards 0 by L (The Elements of Statistical Learning,
    /// table 3.4).
    @Test func orthogonalColumnsAreShrunkByThePenalty() throws {
        let first: [Double] = [1, 1, -1, -1]
        let second: [Double] = [1, -1, 1, -1]
        let target = zip(first, second).map { 5 + 2 * $0 - 0.25 * $1 }
        var problem = try LassoProblem([first, second], target: target, weights: nil, context: .quiet)
        #expect(problem.greatestPenalty == 2)
        try problem.solve(penalty: 0.5, context: .quiet)
        #expect(problem.coefficients == [1.5, 0] && problem.intercept == 5)
    }

    @Test func weightsCountAsCopies() throws {
        let (columns, target) = Self.data(rows: 60, columns: 6)
        let weights = target.indices.map { Double($0 % 3) }
        let copies = target.indices.flatMap { Array(repeating: $0, count: $0 % 3) }
        var weighted = try LassoProblem(columns, target: target, weights: weights, context: .quiet)
        var copied = try LassoProblem(
            columns.map { column in copies.map { column[$0] } }, target: copies.map { target[$0] }, weights: nil, context: .quiet)
        try weighted.solve(penalty: 0.2, context: .quiet)
        try copied.solve(penalty: 0.2, context: .quiet)
        #expect(zip(weighted.coefficients, copied.coefficients).allSatisfy { ($0 - $1).magnitude < 1e-9 })
        #expect((weighted.intercept - copied.intercept).magnitude < 1e-9)
    }

    @Test func tinyPenaltyIsLeastSquares() throws {
        let (columns, target) = Self.data()
        let features = Features(columns.enumerated().map { Features.Feature("x\($0)", .numbers($1)) }, rowCount: target.count)
        let data = TrainingData(features: features, target: .numbers(target))
        let lasso = try LassoFamily.learner(FamilyOptions(["penalty": .number(1e-9)])).fit(data, seed: 1, context: .quiet)
        let linear = try LinearFamily.learner(FamilyOptions()).fit(data, seed: 1, context: .quiet)
        guard case .numbers(let a) = try lasso.predict(features, context: .quiet),
            case .numbers(let b) = try linear.predict(features, context: .quiet)
        else { return }
        #expect(zip(a, b).allSatisfy { ($0 - $1).magnitude < 1e-6 })
    }

    /// The order in which columns come in on the diabetes data: 3 9 4 7 2 10 5 8 6 1 (Efron, Hastie, Johnstone and Tibshirani 2004,
    /// Least angle regression, Annals of Statistics 32, figure 1).
    @Test func diabetesColumnsComeInInThePublishedOrder() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "../shared/data/diabetes.csv").path(percentEncoded: false)
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            print("skipped: \(path) is not here")
            return
        }
        let lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: ",").map(String.init) }
        let names = ["age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"]
        let header = try #require(lines.first)
        let columns = try names.map { name in
            let place = try #require(header.firstIndex(of: name))
            let values = lines.dropFirst().compactMap { Double($0[place]) }
            let moments = Moments(values)
            return values.map { ($0 - moments.mean) / moments.populationVariance.squareRoot() }
        }
        let target = lines.dropFirst().compactMap { $0.last.flatMap(Double.init) }
        let found = try LassoPath(columns, target: target, count: 400, context: .quiet)
        var order: [Int] = []
        for step in found.steps { for column in step.chosen where !order.contains(column) { order.append(column) } }
        #expect(order.map { $0 + 1 }.prefix(9) == [3, 9, 4, 7, 2, 10, 5, 8, 6], "\(order.map { $0 + 1 })")
    }

    @Test func constantColumnsGetNothing() throws {
        let (columns, target) = Self.data(rows: 40, columns: 4)
        var problem = try LassoProblem(columns + [Array(repeating: 1e6 + 0.1, count: 40)], target: target, weights: nil, context: .quiet)
        try problem.solve(penalty: 0.01, context: .quiet)
        #expect(problem.coefficients[4] == 0)
    }
}
