import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession

/// Patterns in the mistakes of a model, as conditions that can be typed.
struct ErrorPatterns {
    private let judgement: Judgement
    private let choice: MetricChoice
    private let conditions: [[String]]
    private let patterns: [MistakePatterns.Pattern]
    private let isSearched: Bool
    private static let mostLevels = 30

    init(_ judgement: Judgement, choice: MetricChoice, in context: Context) throws {
        self.judgement = judgement
        self.choice = choice
        let known = judgement.prepared.known
        let tainted = TargetGuard(
            target: judgement.model.target.column, recipe: judgement.prepared.recipe, columns: judgement.table.rows.names
        ).tainted
        let hidden = judgement.table.privateColumns
        var conditions: [[String]] = []
        var groupings: [MistakePatterns.Grouping] = []
        for (name, column) in zip(known.names, known.columns) where !tainted.contains(name) && !hidden.contains(name) {
            let part = column.gathering(judgement.outcome.rows)
            guard let (codes, words) = ErrorPatterns.groups(part, name: NameText.written(name)) else { continue }
            groupings.append(MistakePatterns.Grouping(codes: codes, count: words.count))
            conditions.append(words)
        }
        self.conditions = conditions
        let losses = RowLosses.losses(choice, judgement.outcome.input()) ?? RowErrors.absolute(judgement.outcome) ?? []
        guard losses.count == judgement.outcome.rows.count else {
            patterns = []
            isSearched = false
            return
        }
        let found = try MistakePatterns(
            losses, groupings: groupings, seed: judgement.model.specification.seed, context: context.compute)
        patterns = found.patterns
        isSearched = found.isSearched
    }

    /// Group a row and the condition of each group; nil for a column that tells every row apart or none.
    private static func groups(_ column: Column, name: String) -> (codes: [Int32], conditions: [String])? {
        if column.type.isNumeric || column.type.isMoment { return bands(column, name: name) }
        let factor = column.factor()
        guard factor.words.count <= max(50, column.count / 10) else { return nil }
        var counts = Array(repeating: 0, count: factor.words.count)
        for code in factor.codes where code >= 0 { counts[Int(code)] += 1 }
        let kept = counts.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(mostLevels).filter { counts[$0] > 0 }
        var place = Array(repeating: Int32(-1), count: counts.count)
        var conditions: [String] = []
        for code in kept {
            place[code] = Int32(conditions.count)
            let word = factor.words[code]
            conditions.append(column.type == .truth ? (word == "true" ? name : "not \(name)") : "\(name) = \(TextLiteral.written(word))")
        }
        let codes = factor.codes.map { $0 < 0 ? Int32(conditions.count) : place[Int($0)] }
        conditions.append("\(name) is missing")
        return conditions.count > 2 || column.missingCount > 0 ? (codes, conditions) : nil
    }

    /// Four bands of about equal size; fewer for few different values.
    private static func bands(_ column: Column, name: String) -> (codes: [Int32], conditions: [String])? {
        let numbers = column.numbers()
        let known = numbers.filter { !$0.isNaN }.sorted()
        guard known.count >= 20 else { return nil }
        var edges: [Double] = []
        for band in 1..<4 {
            let edge = known[band * known.count / 4]
            if edge > known[0], edges.last != edge { edges.append(edge) }
        }
        guard !edges.isEmpty || known.count < numbers.count else { return nil }
        let shown = edges.map { edge in numbers.firstIndex(of: edge).map { column[$0].plainText } ?? Scalar.plain(edge) }
        var conditions: [String] = []
        for band in 0...edges.count {
            if band == 0 {
                conditions.append(shown.isEmpty ? "\(name) is not missing" : "\(name) < \(shown[0])")
            } else if band == edges.count {
                conditions.append("\(name) >= \(shown[band - 1])")
            } else {
                conditions.append("\(name) >= \(shown[band - 1]) and \(name) < \(shown[band])")
            }
        }
        let codes = numbers.map { value in value.isNaN ? Int32(edges.count + 1) : Int32(edges.filter { $0 <= value }.count) }
        conditions.append("\(name) is missing")
        return (codes, conditions)
    }

    /// A table of confirmed patterns and what to do with the first; one line when there is none.
    var blocks: [Block] {
        get throws {
            guard let first = patterns.first else {
                let words =
                    isSearched
                    ? "no pattern in its mistakes is confirmed on held-back rows"
                    : "too few rows to look for patterns in its mistakes (200 are needed)"
                return [.text(TextBlock(words))]
            }
            let signed = RowErrors.signed(judgement.outcome)
            let style: NumberStyle = choice.metric.signature.style == .percent ? .percent : .number
            let rows = try patterns.map { pattern -> [Scalar] in
                let bias = signed.map { errors in
                    Scalar(Sums.compensated(pattern.inside.map { errors[Int($0)] }) / Double(max(1, pattern.inside.count)))
                }
                return [
                    .text(words(pattern)), Scalar(pattern.inside.count),
                    Scalar(try choice.value(judgement.outcome.input(pattern.inside)).value),
                    Scalar(try choice.value(judgement.outcome.input(pattern.outside)).value), bias ?? .missing,
                ]
            }
            let table = TableBlock(
                caption:
                    "where \(judgement.model.name) is wrong more than elsewhere; \(choice.name) on held-back rows of \(judgement.part)",
                columns: [
                    .init("where", "text", .plain), .init("rows", "integer", .count), .init("error", "number", style),
                    .init("elsewhere", "number", style), .init("bias", "number"),
                ], rows: rows)
            return [.table(table), .text(TextBlock(SlotText.escaped("to keep an eye on it: flag weak_spot where \(words(first))")))]
        }
    }

    private func words(_ pattern: MistakePatterns.Pattern) -> String {
        pattern.conditions.map { conditions[$0.grouping][Int($0.code)] }.joined(separator: " and ")
    }
}
