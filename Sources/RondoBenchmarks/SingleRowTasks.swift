import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoSignature

/// One row in, one number out: a run answers 2,000 rows one after the other.
enum SingleRowTasks {
    private static let count = 2000

    static let all: [BenchTask] = [
        BenchTask(name: "latency_rf150") { data in
            try models(HouseTasks.forestModel(data), data.rows("houses_test.csv", target: "price").features, data)
        },
        BenchTask(name: "latency_gbdt200") { data in
            let (model, features) = try BoostingTasks.higgsModel(data)
            return try models(model, features, data)
        },
        BenchTask(name: "latency_recipe_rf150") { data in
            let loaded = try data.table("houses.csv")
            let rows = loaded.selecting(loaded.names.filter { !["listing_id", "address", "sale_date"].contains($0) })
            var table = Table(name: "houses", rows: rows, ledger: Ledger())
            table.append(Recipe.Entry(ImputeStep(["lot_size"], .median, by: []), text: "fill lot_size with median"))
            let places = (0..<Int32(rows.rowCount)).map { $0 }
            let specification = FitSpecification(
                name: "forest", family: ForestFamily.signature, options: FamilyOptions(HouseTasks.forest), seed: 1)
            let model = try Trainer.train(
                specification, table: table, prepared: PreparedTable(table, learningFrom: places, context: data.context),
                aim: .prediction(Target(Name("price", Span(0, 0)))), rows: places, trainedOn: "all", context: data.context)
            let single = (0..<512).map { rows.gathering([Int32($0)]) }
            let context = data.context.with(threads: .one)
            return BenchWork({
                for index in 0..<count { _ = try model.predictor.predict(single[index % 512], context: context) }
            }) { [BenchFigure("rows", Double(count))] }
        },
    ]

    private static func models(_ model: any FittedModel, _ features: Features, _ data: BenchData) throws -> BenchWork {
        let single = (0..<512).map { features.gathering([Int32($0)]) }
        let context = data.context.with(threads: .one)
        return BenchWork({
            for index in 0..<count { _ = try model.predict(single[index % 512], context: context) }
        }) { [BenchFigure("rows", Double(count))] }
    }
}
