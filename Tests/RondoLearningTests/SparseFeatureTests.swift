import RondoKernels
import RondoSignature
import Testing

@testable import RondoLearning

/// Sparse features give the answers of the same features written out.
@Suite struct SparseFeatureTests {
    /// A few dense and many sparse columns, one of them constant, and a target that depends on some.
    private struct Table {
        var features: [Features.Feature] = []
        var target: [Double] = []
        var classes: [Int32] = []
        var weights: [Double] = []
        let rows = 300

        init() {
            var stream = RandomStream(seed: 5, purpose: "sparse features")
            var sums = [Double](repeating: 0, count: rows)
            for index in 0..<30 {
                var values = [Double](repeating: 0, count: rows)
                for row in 0..<rows where index < 2 || stream.uniform() < 0.1 {
                    values[row] = index < 2 ? stream.normal(mean: 3, deviation: 1) : Double(1 + stream.uniform(below: 3))
                }
                if index == 17 { values = [Double](repeating: 0, count: rows) }
                for row in 0..<rows { sums[row] += values[row] * Double(index % 5 - 2) }
                let kept = values.indices.filter { values[$0] != 0 }
                let sparse = SparseNumbers(count: rows, rows: kept.map { Int32($0) }, values: kept.map { values[$0] })
                features.append(.init("f\(index)", index < 2 ? .numbers(values) : .sparse(sparse)))
            }
            for row in 0..<rows {
                target.append(sums[row] + stream.normal())
                classes.append(sums[row] + stream.normal() > 0 ? 1 : sums[row] < -3 ? 2 : 0)
                weights.append(row % 7 == 0 ? 0 : stream.uniform())
            }
        }

        var sparse: Features { Features(features, rowCount: rows) }
        var dense: Features { Features(features.map(\.dense), rowCount: rows) }
    }

    @Test(arguments: [0.5, 20.0]) func ridgeByConjugateGradients(_ penalty: Double) throws {
        let table = Table()
        for weights in [nil, table.weights] {
            let direct = try WeightedLeastSquares(
                DesignMatrix(table.dense), target: table.target, weights: weights, penalty: penalty, intercept: true, context: .quiet)
            let sparse = try SparseLeastSquares(
                NumericColumns(table.sparse), target: table.target, weights: weights, penalty: penalty, context: .quiet)
            #expect(sparse.dropped == direct.dropped && sparse.dropped == [17])
            for (one, other) in zip(sparse.coefficients + [sparse.intercept], direct.coefficients + [direct.intercept]) {
                #expect(abs(one - other) < 1e-9 * max(1, abs(other)), "\(one) \(other)")
            }
            for (one, other) in zip(sparse.deviations, direct.deviations) { #expect(abs(one - other) < 1e-12 * max(1, other)) }
            let two = try SparseLeastSquares(
                NumericColumns(table.sparse), target: table.target, weights: weights, penalty: penalty,
                context: ComputeContext(threads: ThreadCount(2)))
            #expect(two.coefficients == sparse.coefficients && two.intercept == sparse.intercept)
        }
    }

    @Test(arguments: [2, 3]) func logisticByConjugateGradients(_ classCount: Int) throws {
        let table = Table()
        let classes = table.classes.map { min($0, Int32(classCount - 1)) }
        let columns = try NumericColumns(table.sparse)
        let centered = try CenteredColumns(columns, weights: nil, centering: true, context: .quiet)
        let kept = columns.names.indices.filter { centered.scales[$0] > 0 }
        let dense = try NumericColumns(table.dense)
        func solved(_ given: LogisticProblem.Columns) throws -> (parameters: [Double], chances: [[Double]]) {
            let problem = LogisticProblem(
                given, classes: classes, classCount: classCount, isBinary: classCount == 2, weights: [Double](repeating: 1, count: 300),
                penalties: kept.map { 2 * centered.scales[$0] * centered.scales[$0] })
            let solution = try NewtonSolver(problem: problem, context: .quiet).solve { _ in
                Fault("R0522", "separated", remedy: "fit logistic penalty 1")
            }
            return (solution.parameters, try problem.evaluate(solution.parameters, .quiet).chances)
        }
        let sparse = try solved(.sparse(CompressedRows(columns, centered: centered, kept: kept, ones: true)))
        let direct = try solved(.dense(LogisticLearner.matrix(dense, centered, kept)))
        // Of several intercepts only the differences mean anything.
        let width = kept.count + 1
        for place in sparse.parameters.indices where classCount == 2 || place % width != width - 1 {
            let (one, other) = (sparse.parameters[place], direct.parameters[place])
            #expect(abs(one - other) < 1e-6 * max(1, abs(other)), "\(place): \(one) \(other)")
        }
        for (one, other) in zip(sparse.chances.joined(), direct.chances.joined()) { #expect(abs(one - other) < 1e-6) }
    }

    /// Every family answers the same for sparse features and for the same written out.
    @Test(arguments: ["linear", "ridge", "logistic", "tree", "forest", "extra_trees", "boost"]) func familiesTakeSparseFeatures(
        _ name: String
    ) throws {
        let table = Table()
        let family = try #require(ModelFamilies.named(name))
        let target: TargetValues = name == "logistic" ? .classes(table.classes, names: ["a", "b", "c"]) : .numbers(table.target)
        func answers(_ features: Features) throws -> [[Double]] {
            let data = TrainingData(features: features, target: target)
            let model = try family.learner(FamilyOptions()).fit(data, seed: 1, context: .quiet)
            switch try model.predict(features, context: .quiet) {
            case .numbers(let values): return [values]
            case .probabilities(let columns, _): return columns
            }
        }
        let (one, other) = (try answers(table.sparse), try answers(table.dense))
        for (left, right) in zip(one.joined(), other.joined()) { #expect(abs(left - right) <= 1e-9 * max(1, abs(right))) }
    }

    /// Trees see codes: bit for bit the same.
    @Test(arguments: ["forest", "extra_trees", "boost"]) func treesOfSparseFeaturesAreTheSame(_ name: String) throws {
        let table = Table()
        let family = try #require(ModelFamilies.named(name))
        let takesSparse = family.takesSparse
        #expect(takesSparse)
        let learner = try family.learner(FamilyOptions(["trees": .integer(5)]))
        let sparse = try learner.fit(TrainingData(features: table.sparse, target: .numbers(table.target)), seed: 1, context: .quiet)
        let dense = try learner.fit(TrainingData(features: table.dense, target: .numbers(table.target)), seed: 1, context: .quiet)
        #expect(sparse.archive() == dense.archive())
    }

    @Test func tooManyCodesAreRefused() throws {
        let wide = (0..<60_000).map { Features.Feature("w\($0)", .sparse(SparseNumbers(count: 5000, rows: [1], values: [1]))) }
        let data = TrainingData(features: Features(wide, rowCount: 5000), target: .numbers((0..<5000).map { Double($0) }))
        for name in ["forest", "extra_trees", "boost"] {
            let learner = try #require(ModelFamilies.named(name)).learner(FamilyOptions())
            let fault = #expect(throws: Fault.self) { try learner.fit(data, seed: 1, context: .quiet) }
            #expect(fault?.code == "R0730" && fault?.message.contains("600 MB") == true, "\(fault?.message ?? "")")
        }
    }

    @Test func rowsOfSparseFeatures() {
        let table = Table()
        let rows: [Int32] = [7, 3, 3, 299]
        for (one, other) in zip(table.sparse.gathering(rows).features, table.dense.gathering(rows).features) {
            guard case .numbers(let left) = one.dense.values, case .numbers(let right) = other.values else { continue }
            #expect(left == right)
        }
    }

    /// What would take all memory is refused with its size, before it is made.
    @Test func tooMuchIsRefused() throws {
        let wide = (0..<5).map { Features.Feature("w\($0)", .sparse(SparseNumbers(count: 110_000_000, rows: [1], values: [1]))) }
        let features = Features(wide, rowCount: 110_000_000)
        let fault = #expect(throws: Fault.self) { try features.densified(for: "forest") }
        #expect(fault?.code == "R0730" && fault?.message.contains("4.4 GB") == true && fault?.message.contains("5 sparse columns") == true)
        #expect(fault?.remedy.contains("fit ridge") == true)
    }
}
