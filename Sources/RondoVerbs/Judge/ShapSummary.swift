import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoReport
import RondoSession
import RondoSignature

/// `explain forest method shap`: how much each column moves the answers, and in which direction.
struct ShapSummary {
    private let model: TrainedModel
    private let explanation: ShapExplanation
    private let scale: ShapScale
    /// The explained rows in the values as the user knows them.
    private let known: [String: Column]
    private let part: String
    private let rowCount: Int
    private let wholeCount: Int
    /// Most rows whose answers are explained.
    static let mostRows = 300
    /// The same for families that have to be asked again and again.
    static let mostAskedRows = 60
    private static let orders = 15
    /// Nodes of trees that are walked for all rows together: large forests explain fewer rows, so that the answer comes in seconds.
    private static let mostNodes = 1_500_000_000
    private static let leastRows = 30
    private static let mostBars = 20

    init(_ judgement: Judgement, in context: inout Context) throws {
        model = judgement.model
        part = judgement.part
        let all = judgement.outcome.rows
        let places = BackgroundShap.evenly(all.count, ShapSummary.rowLimit(model.fitted))
        let rows = places.map { all[$0] }
        (rowCount, wholeCount) = (rows.count, all.count)
        let (table, training) = (judgement.table, judgement.model.trainingRows)
        explanation = try ShapExplanation(
            model, rows: table.rows.gathering(rows), background: { table.rows.gathering(training) }, orders: ShapSummary.orders,
            context: context.compute)
        scale = ShapScale(explanation, of: model, money: judgement.goal.unit)
        let shown = judgement.prepared.known
        known = Dictionary(
            explanation.values.features.compactMap { name in shown[name].map { (name, $0.gathering(rows)) } }, uniquingKeysWith: { $1 })
    }

    private static func rowLimit(_ fitted: any FittedModel) -> Int {
        if let trees = fitted as? any ImpurityModel, fitted is any ShapModel {
            return max(leastRows, min(mostRows, mostNodes / max(1, trees.nodeCount)))
        }
        return fitted is any WeightedSumModel ? mostRows : mostAskedRows
    }

    private struct Line {
        let name: String
        /// Mean size of the moves, over outputs and rows.
        let size: Double
        let direction: String
    }

    private var lines: [Line] {
        let values = explanation.values
        let lines = values.features.indices.map { index -> Line in
            let sizes = values.values.map { output in
                Sums.compensated(output[index].map(\.magnitude)) / Double(max(1, output[index].count))
            }
            return Line(
                name: values.features[index], size: sizes.reduce(0, +) / Double(max(1, sizes.count)),
                direction: values.outputs.count == 1
                    ? ShapSummary.direction(known[values.features[index]], values.values[0][index]) : "")
        }
        return lines.indices.sorted { (lines[$0].size, $1) > (lines[$1].size, $0) }.map { lines[$0] }
    }

    /// - Parameter columns: the columns to show; nil shows all.
    func blocks(_ columns: [String]?) -> [Block] {
        let total = lines.reduce(0) { $0 + $1.size }
        let shown = lines.filter { columns?.contains($0.name) ?? true }
        let rows = "\(NumberText.count(rowCount))" + (rowCount < wholeCount ? " of \(NumberText.count(wholeCount))" : "")
        var table = TableBlock(
            caption: "what moves \(model.name) on \(part) (\(rows) rows); \(explanation.words)",
            columns: [
                .init("column", "text", .plain), .init("mean_move", "number", scale.style), .init("share", "number", .percent),
                .init("direction", "text", .plain),
            ],
            rows: shown.map {
                [
                    .text($0.name), Scalar($0.size), Scalar(total > 0 ? $0.size / total : 0),
                    $0.direction.isEmpty ? .missing : .text($0.direction),
                ]
            })
        table.leaveOutEmptyColumns()
        let top = shown.prefix(3).map { "\($0.name) (\(NumberText().text(.number(total > 0 ? $0.size / total : 0), .percent)))" }
        let output = explanation.values.outputs.count == 1 ? scale.words(explanation.values.outputs[0]) : classWords
        let what = scale.isAnswer || explanation.values.outputs.count > 1 ? output : "the \(output)"
        var blocks: [Block] = [
            .text(
                TextBlock(
                    SlotText.escaped(
                        "\(model.name) is moved most by \(top.joined(separator: ", ")): share of the mean size of their moves of \(what)"
                    ))), .table(table),
        ]
        if columns == nil { blocks.append(.chart(bars(shown, what))) }
        for name in columns ?? [] { if let chart = scatter(name) { blocks.append(.chart(chart)) } }
        return blocks
    }

    private var classWords: String { scale.unit == .share ? "the probabilities of the classes" : "the scores of the classes" }

    private func bars(_ lines: [Line], _ what: String) -> ChartBlock {
        let top = Array(lines.prefix(Self.mostBars))
        return ChartBlock(
            title: "mean size of the moves of \(model.name)",
            marks: .bars(labels: top.map(\.name), groups: [""], values: [top.map(\.size)]), xLabel: "column", yLabel: what)
    }

    /// Move against value of a column of numbers, one output.
    private func scatter(_ name: String) -> ChartBlock? {
        let values = explanation.values
        guard values.outputs.count == 1, let place = values.features.firstIndex(of: name), let column = known[name],
            column.type.isNumeric || column.type.isMoment
        else { return nil }
        let numbers = column.numbers()
        let kept = numbers.indices.filter { !numbers[$0].isNaN }
        return ChartBlock(
            title: "what \(name) does to \(scale.words(values.outputs[0]))",
            marks: .scatter([.init(name: "", x: kept.map { numbers[$0] }, y: kept.map { values.values[0][place][$0] })]), xLabel: name,
            yLabel: "moves", xAxis: column.type == .date ? .date : column.type == .time ? .time : .number)
    }

    /// `up` where larger values raise the answer; of words those that move it most either way.
    private static func direction(_ column: Column?, _ moves: [Double]) -> String {
        guard let column, moves.contains(where: { $0 != 0 }) else { return "" }
        if column.type.isNumeric || column.type.isMoment {
            let numbers = column.numbers()
            let kept = numbers.indices.filter { !numbers[$0].isNaN }
            let ranks = (Sorting.ranks(kept.map { numbers[$0] }), Sorting.ranks(kept.map { moves[$0] }))
            let (one, other) = (Moments(ranks.0), Moments(ranks.1))
            guard kept.count > 2, one.sum2 > 0, other.sum2 > 0 else { return "" }
            let product = Sums.compensated(zip(ranks.0, ranks.1).map { ($0 - one.mean) * ($1 - other.mean) })
            let correlation = product / (one.sum2 * other.sum2).squareRoot()
            return correlation >= 0.3 ? "up" : correlation <= -0.3 ? "down" : "up and down"
        }
        let factor = column.factor()
        var sums = [Double](repeating: 0, count: factor.words.count)
        var counts = [Double](repeating: 0, count: factor.words.count)
        for (row, code) in factor.codes.enumerated() where code >= 0 {
            sums[Int(code)] += moves[row]
            counts[Int(code)] += 1
        }
        let means = sums.indices.filter { counts[$0] > 0 }.map { (word: factor.words[$0], mean: sums[$0] / counts[$0]) }
        guard let most = means.max(by: { ($0.mean, $1.word) < ($1.mean, $0.word) }),
            let least = means.min(by: { ($0.mean, $0.word) < ($1.mean, $1.word) }), most.word != least.word
        else { return "" }
        return "\(most.word) up, \(least.word) down"
    }
}
