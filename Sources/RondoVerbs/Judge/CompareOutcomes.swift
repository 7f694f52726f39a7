import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoReport
import RondoSession

/// `compare … outcomes revenue`: what the rows brought that each model would have picked.
///
/// Nothing is predicted anew: the column holds what happened, and a model is as good as the rows are that it puts on one side.
struct CompareOutcomes {
    private let judgements: [Judgement]
    private let column: String
    /// One a row of the judged outcome, model by model; NaN where it is missing.
    private let outcomes: [[Double]]
    private let picks: [[Pick]]
    private let isTruth: Bool
    private let unknown: Int

    /// Rows that a model answers alike.
    private struct Pick {
        let words: String
        let positions: [Int]
        /// Whether these are the rows that would be acted on.
        let isChosen: Bool
    }
    /// The share of rows with the highest estimates that counts as picked.
    private static let share = 0.2

    /// - Throws: R0835 for a column that is neither numbers nor true and false.
    init(_ judgements: [Judgement], column name: Name, in context: inout Context) throws {
        self.judgements = judgements
        column = name.value
        guard let first = judgements.first else {
            (outcomes, picks, isTruth, unknown) = ([], [], false, 0)
            return
        }
        let frame = first.prepared.known
        guard let values = frame[name.value] else {
            throw SessionNames.unknownColumn(name, table: first.table.name, known: frame.names, source: context.source)
        }
        guard values.type.isNumeric || values.type == .truth || values.type == .duration else {
            throw Diagnostic(
                "R0835", "\(name.value) is \(values.type.rawValue): outcomes are added up, so they are numbers, or true and false",
                span: name.span, remedy: "derive gained = if \(NameText.written(name.value)) = \"yes\" then 1 else 0")
        }
        isTruth = values.type == .truth
        outcomes = judgements.map { judgement in
            let numbers = (judgement.prepared.known[name.value] ?? values).numbers()
            return judgement.outcome.rows.map { numbers[Int($0)] }
        }
        unknown = outcomes[0].filter(\.isNaN).count
        picks = judgements.map(CompareOutcomes.picks)
    }

    private static func picks(_ judgement: Judgement) -> [Pick] {
        switch judgement.outcome.predictions {
        case .probabilities(let columns, let names):
            let codes = PredictedClass.codes(columns, threshold: judgement.outcome.threshold)
            let order = names.count == 2 ? [1, 0] : Array(names.indices)
            return order.map { code in
                Pick(
                    words: names[code], positions: codes.indices.filter { Int(codes[$0]) == code }, isChosen: names.count == 2 && code == 1)
            }
        case .numbers(let values):
            let order = values.indices.sorted { (values[$0], $1) > (values[$1], $0) }
            let count = min(order.count, max(1, Int((Double(order.count) * share).rounded())))
            return [
                Pick(words: "highest fifth", positions: order.prefix(count).sorted(), isChosen: true),
                Pick(words: "the others", positions: order.dropFirst(count).sorted(), isChosen: false),
            ]
        }
    }

    private func known(_ model: Int, _ pick: Pick) -> [Double] { pick.positions.map { outcomes[model][$0] }.filter { !$0.isNaN } }

    var blocks: [Block] {
        get throws {
            guard !judgements.isEmpty else { return [] }
            var rows: [[Scalar]] = []
            for (model, judgement) in judgements.enumerated() {
                for pick in picks[model] {
                    let values = known(model, pick)
                    let sum = Sums.compensated(values)
                    rows.append([
                        .text(judgement.model.name), .text(pick.words), Scalar(pick.positions.count),
                        Scalar(Double(pick.positions.count) / Double(max(1, outcomes[model].count))),
                        values.isEmpty ? .missing : Scalar(sum / Double(values.count)), Scalar(sum),
                    ])
                }
            }
            let style: NumberStyle = isTruth ? .percent : .number
            let table = TableBlock(
                caption: "\(column) of the rows by what each model says, \(judgements[0].part)",
                columns: [
                    .init("model", "text", .plain), .init("says", "text", .plain), .init("rows", "integer", .count),
                    .init("share", "number", .percent), .init("mean_\(column)", "number", style), .init("sum_\(column)", "number"),
                ], rows: rows)
            var blocks: [Block] = [.table(table)]
            if let verdict { blocks.append(.text(TextBlock(SlotText.escaped(verdict)))) }
            if unknown > 0 {
                blocks.append(.text(TextBlock("\(NumberText.count(unknown)) rows without \(SlotText.escaped(column)) are left out of it")))
            }
            return blocks
        }
    }

    /// Which model picks the rows that brought most, and whether chance could make the distance to the next.
    private var verdict: String? {
        let sums = judgements.indices.compactMap { model -> (model: Int, sum: Double, mean: Double, rest: Double)? in
            guard let chosen = picks[model].first(where: \.isChosen) else { return nil }
            let (own, all) = (known(model, chosen), outcomes[model].filter { !$0.isNaN })
            guard !own.isEmpty, !all.isEmpty else { return nil }
            return (
                model, Sums.compensated(own), Sums.compensated(own) / Double(own.count), Sums.compensated(all) / Double(all.count)
            )
        }.sorted { ($0.sum, $1.model) > ($1.sum, $0.model) }
        guard let best = sums.first, let says = picks[best.model].first(where: \.isChosen)?.words else { return nil }
        let style: NumberStyle = isTruth ? .percent : .number
        func written(_ value: Double) -> String { NumberText().text(.number(value), style) }
        let name = judgements[best.model].model.name
        guard sums.count > 1 else {
            return "the rows that \(name) puts into \(says) have a mean of \(written(best.mean)), over all rows it is \(written(best.rest))"
        }
        let richest = sums.max { ($0.mean, $1.model) < ($1.mean, $0.model) } ?? best
        let each =
            "\(judgements[richest.model].model.name) picks the rows with most \(column) each: \(written(richest.mean)), over all rows it is \(written(richest.rest))"
        let next = sums[1]
        let other = judgements[next.model].model.name
        let sum =
            switch paired(best.model, next.model) {
            case true?: "\(name) picks most in sum, beyond chance (paired t against \(other), 95 %)"
            case false?: "in sum \(name) and \(other) do not differ (paired t, 95 %)"
            case nil: "\(name) picks most in sum"
            }
        return "\(each); \(sum)"
    }

    /// Whether the sums of two models differ beyond chance, row by row; nil where their rows are not the same.
    private func paired(_ one: Int, _ other: Int) -> Bool? {
        guard judgements[one].outcome.rows == judgements[other].outcome.rows,
            let first = picks[one].first(where: \.isChosen), let second = picks[other].first(where: \.isChosen)
        else { return nil }
        var gaps = [Double](repeating: 0, count: outcomes[one].count)
        for position in first.positions { gaps[position] += outcomes[one][position] }
        for position in second.positions { gaps[position] -= outcomes[one][position] }
        let moments = Moments(gaps.filter { !$0.isNaN })
        guard moments.count >= 30 else { return nil }
        let error = (moments.variance / Double(moments.count)).squareRoot()
        let factor = Distributions.studentTCritical(twoSided: 0.05, degreesOfFreedom: Double(moments.count - 1))
        return moments.mean.magnitude > factor * error
    }
}
