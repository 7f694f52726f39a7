import RondoExpressions
import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `plot price`, `plot sqft, price kind scatter`: draws columns.
package enum PlotVerb: WorkspaceVerb {
    static let chart = Operand("chart", .choice(ModelCharts.kinds), "a chart of a model", optional: true)
    static let model = Operand("model", .model, "which model", optional: true, word: "of")
    static let columns = Operand("columns", .columns, "one column, or two and more against the first or against over", optional: true)
    static let over = Clause("over", .expression, "what runs along the axis")
    static let kind = Clause(
        "kind", .choice(["histogram", "bars", "box", "line", "scatter", "heatmap"]), "how to draw (chosen from the types)")

    package static let signature = Signature(
        "plot", phase: .explore, class: .look,
        summary: "Draws columns (histogram, bars, box, line, scatter, heat map), or a chart of a model.",
        details: """
            Without `kind` the types decide: one column of numbers is a histogram, by more than three groups a box each; words are bars; \
            two numbers a scatter, words and numbers a box each, two columns of words a heat map of their rows. `over` is the axis: a \
            line over dates, a scatter over numbers, bars of means over words; with kind heatmap and `by`, the mean for each pair. \
            Scatter draws at most 2,000 points, evenly taken in row order, and says so. The box holds the middle half of the values, its \
            whiskers reach to the farthest within one and a half times its length. The numbers behind a chart stand in its report.
            """,
        searchWords: ["chart", "draw", "histogram", "scatter", "graph", "figure", "visualise", "boxplot", "heatmap", "roc", "residuals"],
        operands: [chart, model, columns],
        clauses: [SharedClauses.by, over, kind, SharedClauses.condition, SharedClauses.part, SharedClauses.from],
        examples: [
            Example("plot price", after: ["load demo \"house_sales\" as sales rows 500"], "Numbers: a histogram."),
            Example(
                "plot learning of tree",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit tree depth 5",
                ], "Whether more rows would help."),
            Example(
                "plot dependence of linear over sqft",
                after: ["load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit linear"],
                "What the model says as one column changes."),
            Example("plot price over sold_on kind line", after: ["load demo \"house_sales\" as sales rows 500"], "Mean price a month."),
            Example("plot price by type kind box", after: ["load demo \"house_sales\" as sales rows 500"], "One box for each type."),
            Example(
                "plot type, condition", after: ["load demo \"house_sales\" as sales rows 500"], "Two columns of words: a heat map."),
        ], seeAlso: ["describe", "count", "correlate"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        if let chart = call[chart] {
            return try ModelCharts(
                model: context.model(call[model]), part: call[SharedClauses.part], condition: call[SharedClauses.condition],
                over: call[over], span: chart.span
            ).blocks(chart.value, in: &context)
        }
        let view = try TableView(call, in: &context)
        let names = try context.columns(try call.required(columns), of: view.table, frame: view.frame)
        try context.refusePrivate(
            Set(names).union(call[over]?.columnsRead ?? []), of: view.table.name, span: call.span(over) ?? call.cell.verb.span)
        let groups = try call[SharedClauses.by].map { try context.groupColumns($0, of: view.prepared, table: view.table.name) }
        let segments =
            groups.map { Segments.groups($0, rows: view.rows) } ?? [
                Segments.Segment(name: "", positions: (0..<Int32(view.rows.count)).map { $0 })
            ]
        var axis: (name: String, column: Column)?
        if let expression = call[over] {
            let compiled = try context.compile(expression, on: view.frame, table: view.table.name)
            let learned = try compiled.learn(from: view.frame, rows: nil, context: context.compute)
            axis = (expression.text, try compiled.evaluate(on: view.frame, aggregates: learned, context: context.compute).column)
        }
        let words = call[SharedClauses.by].map { ArgumentText.written(.groups($0)) } ?? ""
        let drawing = ChartMaking(frame: view.frame, rows: view.rows, segments: segments, groupWords: words, axis: axis)
        let chosen = call[kind]?.value ?? drawing.usual(names)
        let most = ChartMaking.mostGroups(chosen)
        guard segments.count <= most else {
            throw Diagnostic(
                "R0333", "\(NumberText.count(segments.count)) groups are too many for one chart", span: call.span(SharedClauses.by),
                remedy: "name a column in by with at most \(most) values, or use bands")
        }
        return view.remarks + (try drawing.blocks(names, kind: chosen, span: call.span(kind), context: context.compute))
    }
}
