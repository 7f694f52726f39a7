import RondoKernels
import RondoSignature
import Testing

@testable import RondoLearning

@Suite struct TreeShapTests {
    static let families = ["tree", "forest", "extra_trees", "boost"]

    /// Eight columns: numbers with gaps, a few levels, and columns that say nothing.
    static func features(_ rows: Int) -> Features {
        var stream = RandomStream(seed: 21, purpose: "shap")
        let list = (0..<8).map { index -> Features.Feature in
            if index == 2 {
                let codes = (0..<rows).map { _ in Int32(stream.uniform(below: 6)) - 1 }
                return Features.Feature("kind", .categories(codes, levels: ["a", "b", "c", "d", "e"]))
            }
            return Features.Feature("x\(index)", .numbers((0..<rows).map { _ in stream.uniform(below: 9) == 0 ? .nan : stream.normal() }))
        }
        return Features(list, rowCount: rows)
    }

    static func target(_ task: TaskKind, _ features: Features) -> TargetValues {
        guard case .numbers(let first) = features.features[0].values, case .numbers(let second) = features.features[1].values,
            case .categories(let kinds, _) = features.features[2].values
        else { return .numbers([]) }
        let effects = [2.0, -1, 3, 0, 1, -2]
        let values = first.indices.map { row in
            (first[row].isNaN ? 1 : first[row]) * (second[row].isNaN ? 2 : second[row]) + effects[Int(kinds[row]) + 1]
        }
        switch task {
        case .binary: return .classes(values.map { $0 > 0.5 ? 1 : 0 }, names: ["no", "yes"])
        case .multiclass: return .classes(values.map { $0 > 1 ? 2 : ($0 > -0.5 ? 1 : 0) }, names: ["low", "middle", "high"])
        default: return .numbers(values)
        }
    }

    static func fit(_ family: String, _ task: TaskKind, rows: Int) throws -> (model: any ShapModel, features: Features) {
        let features = features(rows)
        let options = family == "tree" ? FamilyOptions(["leaf": .integer(5)]) : FamilyOptions(["trees": .integer(7), "leaf": .integer(5)])
        let learner = try #require(ModelFamilies.named(family)).learner(options)
        let model = try learner.fit(TrainingData(features: features, target: target(task, features)), seed: 3, context: .quiet)
        return (try #require(model as? any ShapModel), features)
    }

    /// What the values explain, by output and row.
    static func outputs(_ model: any ShapModel, _ features: Features) throws -> [[Double]] {
        if let model = model as? BoostingModel { return try model.scores(features, context: .quiet) }
        switch try model.predict(features, context: .quiet) {
        case .numbers(let values): return [values]
        case .probabilities(let columns, _): return columns.count == 2 ? [columns[1]] : columns
        }
    }

    @Test(arguments: families, [TaskKind.regression, .binary, .multiclass]) func valuesAddUp(_ family: String, _ task: TaskKind) throws {
        let (model, features) = try Self.fit(family, task, rows: 400)
        let shap = try model.shapValues(features, context: ComputeContext(threads: ThreadCount(2)))
        let outputs = try Self.outputs(model, features)
        #expect(shap.outputs.count == outputs.count && shap.values.count == outputs.count)
        var farthest = 0.0
        for (output, answers) in outputs.enumerated() {
            for row in answers.indices {
                let sum = shap.values[output].reduce(shap.base[output]) { $0 + $1[row] }
                farthest = max(farthest, (sum - answers[row]).magnitude)
            }
        }
        #expect(farthest < 1e-9, "\(family) \(task)")
        #expect(shap.values[0].contains { $0.contains { $0.magnitude > 1e-3 } })
        #expect(try model.shapValues(features, context: .quiet) == shap, "the number of threads changes nothing")
    }

    /// Shapley's definition over all subsets of eight columns.
    @Test(arguments: families, [TaskKind.regression, .multiclass]) func valuesAreThoseOfAllSubsets(_ family: String, _ task: TaskKind)
        throws
    {
        let (model, features) = try Self.fit(family, task, rows: 200)
        let rows = features.gathering([0, 17, 101])
        let shap = try model.shapValues(rows, context: .quiet)
        for row in 0..<rows.rowCount {
            let expected = try BruteForce(model, rows).values(row)
            for output in shap.outputs.indices {
                for feature in 0..<8 {
                    #expect((shap.values[output][feature][row] - expected[output][feature]).magnitude < 1e-9, "\(family) \(task)")
                }
            }
        }
    }
}

/// Shapley values by their definition.
private struct BruteForce {
    private let shap: TreeShap
    private let factor: Double
    private let goesLeft: (Int, Int) -> Bool

    init(_ model: any ShapModel, _ features: Features) throws {
        if let model = model as? TreeModel {
            let columns = zip(model.features, features.features).map { TreeColumn($0, $1) }
            let nodes = model.nodes.map { node in
                TreeShap.Node(
                    left: node.isLeaf ? -1 : Int(node.link), feature: Int(node.feature), cover: Double(node.rows),
                    value: node.isLeaf ? Int(node.link) * model.width : 0)
            }
            shap = TreeShap(
                nodes, roots: [0], leafValues: model.leafValues, width: model.width, outputs: model.width, featureCount: 8)
            factor = 1
            goesLeft = { row, index in model.goesLeft(model.nodes[index], row, columns[Int(model.nodes[index].feature)]) }
            return
        }
        let ensemble: TreeEnsemble
        switch model {
        case let model as ForestModel: ensemble = model.trees.ensemble
        case let model as ExtraTreesModel: ensemble = model.trees.ensemble
        default: ensemble = try #require(model as? BoostingModel).ensemble
        }
        let outputs = (model as? BoostingModel)?.base.count ?? ensemble.width
        shap = TreeShap(ensemble, outputs: outputs)
        factor = model is BoostingModel ? 1 : 1 / Double(ensemble.roots.count)
        let codes = ensemble.binned.codes(features, rows: 0..<features.rowCount)
        goesLeft = { row, index in
            ensemble.goesLeft(ensemble.nodes[index], codes[row * ensemble.binned.bins.count + Int(ensemble.nodes[index].feature)])
        }
    }

    /// The mean output when only the columns of a set are known, by output.
    private func mean(_ row: Int, _ known: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: shap.outputs)
        for (tree, root) in shap.roots.enumerated() { add(root, 1, row, known, tree, &sums) }
        return sums.map { $0 * factor }
    }

    private func add(_ index: Int, _ share: Double, _ row: Int, _ known: Int, _ tree: Int, _ sums: inout [Double]) {
        let node = shap.nodes[index]
        guard node.left >= 0 else {
            for output in 0..<shap.width {
                sums[shap.width > 1 ? output : tree % shap.outputs] += share * shap.leafValues[node.value + output]
            }
            return
        }
        if known >> node.feature & 1 == 1 {
            return add(node.left + (goesLeft(row, index) ? 0 : 1), share, row, known, tree, &sums)
        }
        let (left, right) = (shap.nodes[node.left].cover, shap.nodes[node.left + 1].cover)
        add(node.left, share * left / (left + right), row, known, tree, &sums)
        add(node.left + 1, share * right / (left + right), row, known, tree, &sums)
    }

    /// `[output][feature]`
    func values(_ row: Int) -> [[Double]] {
        let means = (0..<256).map { mean(row, $0) }
        let factorials = (0...8).map { (0..<$0).reduce(1.0) { $0 * Double($1 + 1) } }
        return (0..<shap.outputs).map { output in
            (0..<8).map { feature in
                var value = 0.0
                for set in 0..<256 where set >> feature & 1 == 0 {
                    let size = set.nonzeroBitCount
                    let weight = factorials[size] * factorials[7 - size] / factorials[8]
                    value += weight * (means[set | 1 << feature][output] - means[set][output])
                }
                return value
            }
        }
    }
}
