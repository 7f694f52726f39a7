import RondoExpressions
import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes

/// Preparing tables: filling gaps, grouping, joining, coding, sorting, cutting and scaling, as the steps of a recipe do it.
enum PreparationTasks {
    static let all: [BenchTask] = [
        BenchTask(name: "impute_group_median_1m") { data in
            let table = try data.table("houses_1m.csv").selecting(["sqft", "property_type", "zip"])
            let step = ImputeStep(["sqft"], .median, by: ["property_type", "zip"].map { Group(column($0)) })
            return BenchWork({ try carriedOut(step, table, data.context) }) { frame in
                [BenchFigure("mean_after", Sums.mean(frame["sqft"]?.numbers() ?? []))]
            }
        },
        BenchTask(name: "groupby_agg_1m") { data in
            let table = try data.table("houses_1m.csv").selecting(["city", "property_type", "price"])
            let wanted = try ["count()", "mean(price)", "median(price)", "sd(price)"].map {
                Aggregate(nil, try ExpressionParser.parse($0))
            }
            let groups = ["city", "property_type"].map { Group(column($0)) }
            return BenchWork({
                try GroupedExpressions.table(wanted, by: groups, schema: Schema(table), frame: table, context: data.context)
            }) { [BenchFigure("groups", Double($0.rowCount))] }
        },
        BenchTask(name: "onehot_1m") { data in
            let names = ["property_type", "school_rating", "city"]
            let table = try data.table("houses_1m.csv").selecting(names)
            return BenchWork({ try carriedOut(EncodeOneHotStep(names), table, data.context) }) {
                [BenchFigure("columns_out", Double($0.columnCount))]
            }
        },
        BenchTask(name: "join_1m_100k") { data in
            let (table, agents) = (try data.table("houses_1m.csv"), try data.table("agents_100k.csv"))
            let taken = agents.names.filter { $0 != "agent_id" }.map { (column: $0, name: $0) }
            return BenchWork({
                let step = try JoinStep(
                    by: [column("agent_id")], with: agents, keys: [column("agent_id")], taking: taken, context: data.context)
                var remarks = StepRemarks(collects: false)
                return try step.apply(to: table, remarks: &remarks, context: data.context)
            }) { [BenchFigure("rows", Double($0.rowCount)), BenchFigure("columns", Double($0.columnCount))] }
        },
        BenchTask(name: "sort_1m") { data in
            let table = try data.table("houses_1m.csv")
            guard let city = table["city"], let price = table["price"] else { return BenchWork({}, quality: { _ in [] }) }
            let keys = [SortKey(city), SortKey(price, descending: true)]
            return BenchWork({ try table.sorted(by: keys, context: data.context) }) { [BenchFigure("rows", Double($0.rowCount))] }
        },
        BenchTask(name: "scale_split_1m") { data in
            let names = ["lot_size", "bedrooms", "bathrooms", "year_built", "walkability", "crime_index", "days_on_market"]
            let table = try data.table("houses_1m.csv").selecting(names + ["price"])
            return BenchWork({ try split(table, scaling: names, data.context) }) { parts in
                [BenchFigure("train", Double(parts.0.rowCount)), BenchFigure("test", Double(parts.1.rowCount))]
            }
        },
    ]

    static func column(_ name: String) -> Expression { Expression(.name(name), Span(0, 0)) }

    /// Learned from all rows and carried out on them.
    static func carriedOut(_ step: some RecipeStep, _ table: Frame, _ context: ComputeContext) throws -> Frame {
        var remarks = StepRemarks(collects: false)
        return try step.learn(from: table, rows: nil, context: context).apply(to: table, remarks: &remarks, context: context)
    }

    private static func split(_ table: Frame, scaling names: [String], _ context: ComputeContext) throws -> (Frame, Frame) {
        let parts = try SplitMaker.random(shares: .init(values: [80, 20], text: "80/20"), rowCount: table.rowCount, seed: 1)
        let split = Split(method: "at random", parts: parts)
        let (train, test) = (table.gathering(split.trainRows), table.gathering(split.testRows))
        let scale = try ScaleStep(names, .standard).learn(from: train, rows: nil, context: context)
        var remarks = StepRemarks(collects: false)
        return (
            try scale.apply(to: train, remarks: &remarks, context: context), try scale.apply(to: test, remarks: &remarks, context: context)
        )
    }
}
