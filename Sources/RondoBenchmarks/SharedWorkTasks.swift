import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoSignature

/// Work that consists of many fits or many answers: grids, folds, importances, explanations.
enum SharedWorkTasks {
    static let all: [BenchTask] = [
        grid("grid9_rf_houses", trees: [50]),
        grid("grid27_rf_houses", trees: [50, 100, 200]),
        folds("cv5_gbdt_houses", BoostingFamily.signature, BoostingTasks.options(trees: 200)),
        folds("cv5_rf_houses", ForestFamily.signature, ["trees": .integer(150), "depth": .integer(25), "leaf": .integer(5)]),
        BenchTask(name: "permutation_importance_rf") { data in
            let model = try HouseTasks.forestModel(data)
            let (test, truth) = try data.rows("houses_test.csv", target: "price")
            return BenchWork({
                try PermutationImportance(
                    of: model, features: test, truth: .numbers(truth), groups: FeatureGroup.each(test),
                    choice: try MetricChoice("mae"), repeats: 5, seed: 1, context: data.context)
            }) { importance in
                let best = importance.columns.indices.max { importance.columns[$0].importance < importance.columns[$1].importance }
                return [BenchFigure("top_column", Double(best ?? -1)), BenchFigure("rows", Double(test.rowCount))]
            }
        },
        shap("shap_rf_100rows", rows: 100),
        shap("shap_rf_1000rows", rows: 1000),
        BenchTask(name: "shap_gbdt_10k") { data in
            let (model, features) = try BoostingTasks.higgsModel(data)
            let rows = features.gathering((400_000..<410_000).map { Int32($0) })
            return try explaining(model, rows, data)
        },
    ]

    /// Every point of the grid on the training rows, judged on the validation rows, as `tune` does it.
    private static func grid(_ name: String, trees: [Int64]) -> BenchTask {
        BenchTask(name: name) { data in
            let train = try data.table("houses_train.csv")
            let both = try Frame.concatenated([train, data.table("houses_valid.csv")])
            let learning = (0..<Int32(train.rowCount)).map { $0 }
            let held = (Int32(train.rowCount)..<Int32(both.rowCount)).map { $0 }
            var points: [FamilyOptions] = []
            for count in trees {
                for depth: Int64 in [10, 20, 30] {
                    for leaf: Int64 in [1, 5, 10] {
                        points.append(FamilyOptions(["trees": .integer(count), "depth": .integer(depth), "leaf": .integer(leaf)]))
                    }
                }
            }
            let tuner = try tuner(
                both, FitSpecification(name: "forest", family: ForestFamily.signature, seed: 1),
                folds: [Tuner.Fold(learning: learning, held: held)])
            return BenchWork({ try tuner.trials(points, context: data.context) }) { trials in
                let best = trials.map(\.value).min() ?? .nan
                return [BenchFigure("configs", Double(trials.count)), BenchFigure("valid_mape", best)]
            }
        }
    }

    private static func folds(_ name: String, _ family: FamilySignature, _ options: [String: FamilyOptions.Value]) -> BenchTask {
        BenchTask(name: name) { data in
            let table = try data.table("houses_train.csv")
            var stream = RandomStream(seed: 1, purpose: "bench/folds")
            let order = stream.permutation(table.rowCount).map { Int32($0) }
            let folds = (0..<5).map { fold in
                Tuner.Fold(
                    learning: order.enumerated().filter { $0.offset % 5 != fold }.map(\.element).sorted(),
                    held: order.enumerated().filter { $0.offset % 5 == fold }.map(\.element).sorted())
            }
            let specification = FitSpecification(name: family.name, family: family, options: FamilyOptions(options), seed: 1)
            let tuner = try tuner(table, specification, folds: folds)
            return BenchWork({ try tuner.trials([FamilyOptions()], context: data.context) }) { trials in
                [BenchFigure("cv_mape", trials.first?.value ?? .nan)]
            }
        }
    }

    private static func tuner(_ rows: Frame, _ specification: FitSpecification, folds: [Tuner.Fold]) throws -> Tuner {
        Tuner(
            table: Table(name: "houses", rows: rows, ledger: Ledger()),
            aim: .prediction(Target(Name("price", Span(0, 0)))), specification: specification, folds: folds,
            choice: try MetricChoice("mape"),
            elapsed: { 0 })
    }

    private static func shap(_ name: String, rows: Int32) -> BenchTask {
        BenchTask(name: name) { data in
            let test = try data.rows("houses_test.csv", target: "price").features
            return try explaining(HouseTasks.forestModel(data), test.gathering((0..<rows).map { $0 }), data)
        }
    }

    private static func explaining(_ model: any FittedModel, _ rows: Features, _ data: BenchData) throws -> BenchWork {
        guard let model = model as? any ShapModel else { return BenchWork({}, quality: { _ in [] }) }
        return BenchWork({ try model.shapValues(rows, context: data.context) }) { shap in
            [BenchFigure("rows", Double(rows.rowCount)), BenchFigure("sum", Sums.compensated(shap.values[0].flatMap { $0 }))]
        }
    }
}
