import RondoExpressions
import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `runs where family = "forest" sort mape top 5`: every experiment with its result.
package enum RunsVerb: WorkspaceVerb {
    static let sort = Clause("sort", .order, "columns of this list, each ascending or descending (the order in which they ran)")
    static let top = Clause("top", .integer, "only so many; without sort the best by the first metric")

    package static let signature = Signature(
        "runs", phase: .model, class: .look,
        summary: "Lists every fit and every trial of tune with parameters, metrics and time.",
        details: """
            Columns for `where` and `sort`: `run cell kind model family parameters on seconds remark` and one a metric, such as `mape`. \
            Runs that were undone or replaced are counted below the list.
            """,
        searchWords: ["experiments", "history", "track", "trials", "log"],
        clauses: [SharedClauses.condition, sort, top],
        examples: [
            Example(
                "runs sort mape top 3",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "goal predict price succeed when mape < 20%",
                    "split 60/20/20 by sold_on", "fit linear", "tune tree depth [3, 5, 8]",
                ],
                "The three best of a fit and a search."),
            Example(
                "runs where kind = \"fit\"",
                after: ["load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit linear"],
                "Fits without the trials of searches."),
        ], seeAlso: ["tune", "fit", "compare"])

    package static func faults(of call: Call) -> [Diagnostic] {
        guard let given = call[top], case .integer(0) = given.value else { return [] }
        return [Diagnostic("R0805", "top is a whole number from 1", span: given.span, remedy: "write top 5", mend: Mend(given.span, "5"))]
    }

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let all = context.runs()
        let live = Set(all.map(\.identity))
        let undone = context.effects.runs.filter { !live.contains($0.identity) }.count
        let undoneWords = undone == 0 ? "" : " · \(undone) more undone or replaced"
        let figures = [
            Figure("runs", Scalar(all.count), .count), Figure("undone", .text(undoneWords), .plain, volatile: true),
        ]
        guard !all.isEmpty else {
            return [.figures(figures), .text(TextBlock("nothing has been fitted yet{undone} · fit linear"))]
        }
        let metrics = all.flatMap(\.metrics).map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let frame = try RunsVerb.frame(all, metrics: metrics)
        var rows = (0..<Int32(all.count)).map { $0 }
        var readsTime = false
        if let condition = call[SharedClauses.condition] {
            readsTime = condition.columnsRead.contains("seconds")
            let compiled = try context.compile(condition, on: frame, table: "runs", expects: .truth)
            let learned = try compiled.learn(from: frame, rows: nil, context: context.compute)
            rows = try compiled.select(on: frame, aggregates: learned, context: context.compute).rows
        }
        var (order, readsTimeToo) = try ordered(call, frame: frame, metrics: metrics, in: context)
        readsTimeToo = readsTimeToo || readsTime
        let kept = Set(rows)
        order = order.filter(kept.contains)
        if case .integer(let count)? = call[top]?.value { order = Array(order.prefix(Int(clamping: count))) }
        let shown = frame.gathering(order)
        var table = FrameBlock.table(shown, caption: order.count == all.count ? "runs" : "\(order.count) of \(all.count) runs")
        table.showsTypes = false
        for index in table.columns.indices {
            let name = table.columns[index].name
            if let metric = all.flatMap(\.metrics).first(where: { $0.name == name })?.name, isPercent(metric) {
                table.columns[index].style = .percent
            }
            if name == "seconds" { table.columns[index].style = .seconds }
            if ["run", "cell"].contains(name) { table.columns[index].style = .plain }
            table.columns[index].isVolatile = readsTimeToo || name == "seconds"
        }
        if readsTimeToo { table.caption = "runs" }
        table.leaveOutEmptyColumns()
        return [.figures(figures), .text(TextBlock("{runs} \(all.count == 1 ? "run" : "runs"){undone}")), .table(table)]
    }

    private static func isPercent(_ metric: String) -> Bool {
        (try? Criterion(metric: metric, comparison: .less, bound: 0, isPercent: false).choice())?.metric.signature.style == .percent
    }

    /// The runs as a table with columns for conditions.
    private static func frame(_ runs: [ModelRun], metrics: [String]) throws -> Frame {
        var columns: [(String, Column)] = [
            ("run", .scalars(runs.indices.map { Scalar($0 + 1) }, type: .integer)),
            ("cell", .scalars(runs.map { Scalar($0.cell) }, type: .integer)),
            ("kind", .text(runs.map(\.kind.rawValue))), ("model", .text(runs.map(\.model))),
            ("family", .text(runs.map(\.family))), ("parameters", .text(runs.map { $0.parameters.isEmpty ? nil : $0.parameters })),
        ]
        for metric in metrics {
            columns.append((metric, .numbers(runs.map { run in run.metrics.first { $0.name == metric }?.value ?? .nan })))
        }
        columns += [
            ("on", .text(runs.map { $0.part.isEmpty ? nil : $0.part })), ("seconds", .numbers(runs.map(\.seconds))),
            ("remark", .text(runs.map { $0.remark.isEmpty ? nil : $0.remark })),
        ]
        return try Frame(columns)
    }

    private static func ordered(_ call: Call, frame: Frame, metrics: [String], in context: Context) throws -> ([Int32], Bool) {
        if let items = call[sort] {
            let keys = try items.map { item in
                let compiled = try context.compile(item.expression, on: frame, table: "runs")
                let learned = try compiled.learn(from: frame, rows: nil, context: context.compute)
                let column = try compiled.evaluate(on: frame, aggregates: learned, context: context.compute).column
                return SortKey(column, descending: item.direction == .descending)
            }
            let readsTime = items.contains { $0.expression.columnsRead.contains("seconds") }
            return (try frame.order(by: keys, context: context.compute), readsTime)
        }
        guard call[top] != nil, let metric = metrics.first, let column = frame[metric] else {
            return ((0..<Int32(frame.rowCount)).map { $0 }, false)
        }
        let choice = try? Criterion(metric: metric, comparison: .less, bound: 0, isPercent: false).choice()
        let key = SortKey(column, descending: choice?.metric.signature.isBetterHigher ?? false)
        return (try frame.order(by: [key], context: context.compute), false)
    }
}
