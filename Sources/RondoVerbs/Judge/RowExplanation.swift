import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoReport
import RondoSession
import RondoSignature

/// `explain forest row 17`: from the mean answer to that of one row, column by column.
struct RowExplanation {
    private let model: TrainedModel
    private let table: Table
    private let prepared: PreparedTable
    private let goal: Goal
    /// From 0.
    private let row: Int
    private let explanation: ShapExplanation
    private let remarks: [Block]
    private static let mostColumns = 20
    private static let namedMoves = 3
    /// Pairs of random orders for families without an exact way.
    private static let orders = 150

    /// - Throws: R0830 for a row that is not there, R0831 for one of the sealed test part, R0445 when the rows have changed.
    init(_ number: SpannedLiteral, of model: TrainedModel, part: Spanned<Part>?, in context: inout Context) throws {
        self.model = model
        goal = try context.requiredGoal(for: "explain")
        table = try context.table(named: Name(model.table, Span(0, 0)))
        let count = table.rows.rowCount
        guard case .integer(let wanted) = number.value, wanted >= 1, wanted <= count else {
            throw Diagnostic(
                "R0830", "\(table.name) has no row \(LiteralText.written(number.value)): its rows are 1 to \(NumberText.count(count))",
                span: number.span, remedy: "explain \(NameText.written(model.name)) row \(min(17, max(1, count)))")
        }
        row = Int(wanted) - 1
        prepared = try context.prepared(table)
        remarks = try RowExplanation.look(at: row, number.span, part: part, model: model, table: table, in: &context)
        let rows = table.rows
        let (known, training) = (model.rowsIdentity == table.rowsIdentity, model.trainingRows)
        explanation = try ShapExplanation(
            model, rows: rows.gathering([Int32(row)]),
            background: {
                guard known else { throw Judgement.stale(model) }
                return rows.gathering(training)
            }, orders: RowExplanation.orders, context: context.compute)
    }

    /// Sealed rows are shown when `on` asks for them, or once the seal is broken; either is on the record.
    private static func look(
        at row: Int, _ span: Span, part: Spanned<Part>?, model: TrainedModel, table: Table, in context: inout Context
    ) throws -> [Block] {
        guard let split = table.split, split.parts[row] == Split.Part.test.rawValue else { return [] }
        let isWished = part?.value == .test || part?.value == .all
        guard isWished || context.effects.openings(of: split.seal) > 0 else {
            let test = Split.Part.test.rawValue
            let near = split.parts.indices.filter { split.parts[$0] != test }.min { abs($0 - row) < abs($1 - row) } ?? 0
            throw Diagnostic(
                "R0831", "row \(row + 1) lies in the sealed test part", span: span,
                note: "on test shows it, and breaks the seal",
                remedy: "explain \(NameText.written(model.name)) row \(near + 1)")
        }
        context.look(at: [Int32(row)], of: table)
        let count = context.effects.openings(of: split.seal)
        let words =
            count == 1 ? "the seal of the test part is broken by this cell" : "a row of the test part, which was opened before"
        return [.text(TextBlock(words, tone: count == 1 ? .warning : .plain))]
    }

    /// - Parameter columns: the columns to name; nil names those that move most.
    func blocks(_ columns: [String]?) throws -> [Block] {
        let output = explainedOutput
        let scale = ShapScale(explanation, of: model, money: goal.unit)
        let moves = moves(output, columns: columns)
        var figures = [
            scale.figure("base", explanation.values.base[output]),
            scale.figure("sum", total(output)),
        ]
        var blocks: [Block] = []
        blocks.append(headline(&figures))
        blocks.append(sentence(moves, output: output, scale: scale, &figures))
        if let answer = scale.answer(total(output)) {
            let base = scale.answer(explanation.values.base[output])?.value ?? .nan
            figures.append(Figure("base_answer", Scalar(base), answer.style, unit: goal.unit))
            figures.append(Figure("answer", Scalar(answer.value), answer.style, unit: goal.unit))
            let what = answer.style == .percent ? "probability" : model.target.column
            blocks.append(.text(TextBlock("as \(SlotText.escaped(what)): from {base_answer} to {answer}")))
        }
        if case .orders(_, let error) = explanation.method {
            figures.append(scale.figure("sampling_error", error))
            blocks.append(.text(TextBlock("moves are sampled: each is known to about ± {sampling_error} (one standard error)")))
        }
        blocks.append(.table(table(moves, output: output, scale: scale)))
        return [.figures(figures)] + blocks + calibrated + remarks
    }

    // MARK: The answer

    private var answer: Predictions { model.predictor.decision?.applied(to: explanation.predictions) ?? explanation.predictions }

    /// Of several classes that of the answer; of two the second one.
    private var explainedOutput: Int {
        guard explanation.values.outputs.count > 1, case .probabilities(let columns, _) = explanation.predictions else { return 0 }
        return max(0, Int(PredictedClass.codes(columns).first ?? 0))
    }

    /// `row 17: forest says $254,000, the true value is $249,000`.
    private func headline(_ figures: inout [Figure]) -> Block {
        let name = SlotText.escaped(model.name)
        var words: String
        switch answer {
        case .numbers(let values):
            let style: NumberStyle = goal.unit == nil ? .number : .money
            figures.insert(Figure("prediction", Scalar(values.first ?? .nan), style, unit: goal.unit), at: 0)
            words = "row \(row + 1): \(name) says {prediction}"
        case .probabilities(let columns, let names):
            let code = Int(PredictedClass.codes(columns, threshold: model.predictor.decision?.threshold).first ?? -1)
            figures.insert(Figure("prediction", names.indices.contains(code) ? .text(names[code]) : .missing, .plain), at: 0)
            figures.insert(Figure("probability", Scalar(names.indices.contains(code) ? columns[code][0] : .nan), .percent), at: 1)
            words = "row \(row + 1): \(name) says {prediction}, probability {probability}"
        }
        if let truth = prepared.known[model.target.column]?[row], !truth.isMissing {
            let isNumber = model.target.classes.isEmpty
            figures.append(
                Figure("truth", truth, isNumber ? goal.unit == nil ? .number : .money : .plain, unit: isNumber ? goal.unit : nil))
            words += "; the true value is {truth}"
        }
        if model.rowsIdentity == table.rowsIdentity, model.trainingRows.contains(Int32(row)) { words += " (it learned from this row)" }
        return .text(TextBlock(words))
    }

    private var calibrated: [Block] {
        guard model.predictor.decision?.calibration != nil else { return [] }
        return [.text(TextBlock("the moves are those before calibration"))]
    }

    // MARK: The moves

    private struct Move {
        let name: String
        let value: Scalar
        let size: Double
    }

    /// The named columns, or those that move most, the largest first; the others together at the end.
    private func moves(_ output: Int, columns: [String]?) -> (named: [Move], others: Double, otherCount: Int) {
        let values = explanation.values
        let all = values.features.enumerated().map { index, name in
            Move(name: name, value: prepared.known[name]?[row] ?? .missing, size: values.values[output][index].first ?? 0)
        }
        let order = all.indices.sorted { (all[$0].size.magnitude, $1) > (all[$1].size.magnitude, $0) }.map { all[$0] }
        let named: [Move]
        if let columns {
            named = order.filter { columns.contains($0.name) }
        } else {
            named = Array(order.prefix(order.count == Self.mostColumns + 1 ? order.count : Self.mostColumns))
        }
        let names = Set(named.map(\.name))
        let rest = order.filter { !names.contains($0.name) }
        return (named, Sums.compensated(rest.map(\.size)), rest.count)
    }

    /// `on average $231,000; up: sqft 1,820 (+$31,200), …; down: age 41 (-$12,000), …; 9 others -$320`.
    private func sentence(
        _ moves: (named: [Move], others: Double, otherCount: Int), output: Int, scale: ShapScale, _ figures: inout [Figure]
    ) -> Block {
        let what = SlotText.escaped(scale.words(explanation.values.outputs[output]))
        var parts = ["\(what) is {base} on average"]
        var told = 0.0
        var count = 0
        for (word, wanted) in [("up", moves.named.filter { $0.size > 0 }), ("down", moves.named.filter { $0.size < 0 })] {
            let shown = wanted.prefix(Self.namedMoves)
            guard !shown.isEmpty else { continue }
            let words = shown.enumerated().map { place, move in
                let name = "\(word)_\(place + 1)"
                figures.append(scale.figure(name, move.size))
                told += move.size
                count += 1
                return SlotText.escaped(written(move)) + " (\(move.size > 0 ? "+" : ""){\(name)})"
            }
            parts.append("\(word): \(words.joined(separator: ", "))")
        }
        let rest = explanation.values.features.count - count
        if rest > 0 {
            let others = cleaned(total(output) - explanation.values.base[output] - told, output)
            figures.append(scale.figure("others", others))
            parts.append("\(rest) other \(rest == 1 ? "column" : "columns") together \(others > 0 ? "+" : ""){others}")
        }
        parts.append("in sum {sum}")
        return .text(TextBlock(parts.joined(separator: "; ")))
    }

    private func written(_ move: Move) -> String { "\(move.name) \(value(move))" }

    /// The value of a column as people write it: no marks in years.
    private func value(_ move: Move) -> String {
        if move.value.isMissing { return "missing" }
        let isYear = prepared.known[move.name].map { YearColumns.isYear(move.name, $0) } ?? false
        return NumberText().text(move.value, isYear ? .plain : .number)
    }

    /// Base and moves together.
    private func total(_ output: Int) -> Double { cleaned(explanation.values.sum(output: output, row: 0), output) }

    /// 0 for what is left of a sum that comes to nothing.
    private func cleaned(_ value: Double, _ output: Int) -> Double {
        let values = explanation.values
        let size = values.values[output].reduce(values.base[output].magnitude) { $0 + ($1.first ?? 0).magnitude }
        return value.magnitude < 1e-13 * size ? 0 : value
    }

    private func table(_ moves: (named: [Move], others: Double, otherCount: Int), output: Int, scale: ShapScale) -> TableBlock {
        let what = scale.words(explanation.values.outputs[output])
        var rows: [[Scalar]] = [[.text("(average)"), .missing, .missing, Scalar(explanation.values.base[output])]]
        var sum = explanation.values.base[output]
        for move in moves.named {
            sum += move.size
            rows.append([.text(move.name), .text(value(move)), Scalar(move.size), Scalar(cleaned(sum, output))])
        }
        let total = total(output)
        if moves.otherCount > 0 {
            rows.append([.text("(\(moves.otherCount) others)"), .missing, Scalar(moves.others), Scalar(total)])
        }
        return TableBlock(
            caption: "from the average to row \(row + 1): \(what); \(explanation.words)",
            columns: [
                .init("column", "text", .plain), .init("value", "text", .plain), .init("moves", "number", scale.style),
                .init("to", "number", scale.style),
            ], rows: rows)
    }
}
