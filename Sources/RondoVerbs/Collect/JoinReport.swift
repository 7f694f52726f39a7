import RondoFrame
import RondoKernels
import RondoRecipes
import RondoReport
import RondoSession

/// What a join says: who matched, who did not on either side, where both tables contradict each other, what it added.
struct JoinReport {
    let details: MatchDetails
    /// The record of each row, -1 for none.
    let rows: [Int32]
    let matched: Int
    /// The table before and after the join.
    let left: Frame
    let after: Frame
    let step: JoinStep
    let otherTable: String
    let isNearest: Bool
    let dropped: Int
    /// Whether keys are private, and the other private columns: examples of them are not shown.
    let hidesKeys: Bool
    let hidden: Set<String>

    /// Names that both tables have.
    private var shared: [String] { step.records.names.filter { left[$0] != nil } }

    var blocks: [Block] {
        let share = left.rowCount == 0 ? 1 : Double(matched) / Double(left.rowCount)
        let kind = isNearest ? "the nearest record each" : details.isOneToOne ? "one to one" : "many to one"
        let conflicts = conflicts()
        let added = step.records.columnCount - shared.count
        var blocks: [Block] = [
            .figures(
                [
                    Figure("matched", Scalar(matched), .count), Figure("of", Scalar(left.rowCount), .count),
                    Figure("share", Scalar(share), .percent), Figure("left_only", Scalar(details.leftOnly), .count),
                    Figure("missing_keys", Scalar(details.missingKeys), .count),
                    Figure("added", Scalar(added), .count),
                    Figure("never_used", Scalar(details.rightOnly), .count),
                ] + (dropped > 0 ? [Figure("rows", Scalar(left.rowCount - dropped), .count)] : [])
                    + (conflicts.total > 0 ? [Figure("conflicts", Scalar(conflicts.total), .count)] : [])),
            .text(TextBlock("{matched} of {of} rows matched ({share}, \(kind)), {added} \(Noun.of(added, "column")) added")),
        ]
        func say(_ words: String, warning: Bool = false) {
            blocks.append(.text(TextBlock(words, tone: warning ? .warning : .plain)))
        }
        if details.leftOnly > 0 { say("{left_only} \(Noun.of(details.leftOnly, "row")) without a record" + example(details.leftExamples)) }
        if details.missingKeys > 0 { say("{missing_keys} \(Noun.of(details.missingKeys, "row has", "rows have")) no key") }
        if details.rightOnly > 0 {
            let words = Noun.of(details.rightOnly, "record", "records") + " of \(SlotText.escaped(otherTable)) "
            say("{never_used} \(words)\(Noun.of(details.rightOnly, "belongs", "belong")) to no row" + example(details.rightExamples))
        }
        if dropped > 0 { say("rows without a match dropped: {rows} left") }
        if conflicts.total > 0 { say("{conflicts} \(Noun.of(conflicts.total, "contradiction")) between columns of one name") }
        for words in conflicts.words { say(words, warning: true) }
        for words in idle(conflicts: conflicts.total) { say(words, warning: true) }
        return blocks
    }

    private func example(_ examples: [String]) -> String {
        examples.isEmpty || hidesKeys ? "" : ", for example \(SlotText.escaped(examples.joined(separator: " and ")))"
    }

    /// Columns of one name: where they contradict each other, and whose value counts.
    private func conflicts() -> (total: Int, words: [String]) {
        var total = 0
        var words: [String] = []
        var alike: [String] = []
        let rule =
            step.preference == .left
            ? "the value here counts, gaps come from \(otherTable)" : "the value of \(otherTable) counts, gaps come from here"
        for name in shared {
            guard let given = left[name], let found = step.records[name]?.gathering(rows) else { continue }
            let conflict = ColumnConflicts(given, found)
            total += conflict.count
            guard let example = conflict.example else {
                alike.append(name)
                continue
            }
            let shownExample =
                hidden.contains(name)
                ? ""
                : ", for example \(shown(example.left)) here and \(shown(example.right)) in \(otherTable) "
                    + "(row \(NumberText.count(example.row + 1)))"
            let other = step.preference == .left ? "; prefer right turns that round" : ""
            words.append(
                SlotText.escaped(
                    "\(name) stands in both tables and differs in \(NumberText.count(conflict.count)) of "
                        + "\(NumberText.count(conflict.compared)) rows\(shownExample): \(rule)\(other)"
                ))
        }
        if !alike.isEmpty, added(alike) || alike.count < shared.count || step.records.columnCount > shared.count {
            let verb = Noun.of(alike.count, "stands in both tables and never differs", "stand in both tables and never differ")
            words.append(SlotText.escaped("\(NameList.words(alike)) \(verb): \(rule)"))
        }
        return (total, words)
    }

    /// Whether the join filled gaps of one of these columns.
    private func added(_ names: [String]) -> Bool {
        names.contains { name in left[name].map { before in after[name].map { $0.missingCount < before.missingCount } ?? false } ?? false }
    }

    private func shown(_ value: Scalar) -> String {
        if case .text(let word) = value { return "\"\(word)\"" }
        return value.plainText
    }

    /// Why the joined table adds nothing, or which of its columns add nothing.
    private func idle(conflicts: Int) -> [String] {
        let name = SlotText.escaped(otherTable)
        guard step.records.columnCount > 0 else { return ["\(name) adds nothing: it has no column beside its keys"] }
        guard matched > 0 || left.rowCount == 0 else { return ["\(name) adds nothing: no row found a record"] }
        let new = step.records.names.filter { left[$0] == nil }
        let empty = new.filter { name in after[name].map { $0.missingCount == $0.count } ?? false }
        let fixed = new.filter { name in !empty.contains(name) && (after[name].map(isConstant) ?? false) }
        let copies = new.compactMap { name -> String? in
            guard !empty.contains(name), !fixed.contains(name), let column = after[name] else { return nil }
            return left.names.first { left[$0].map { $0.type == column.type && $0.equals(column) } ?? false }.map { "\(name) (as \($0))" }
        }
        let idle = empty + fixed + copies
        if new.isEmpty, !added(shared), conflicts == 0 {
            let verb = Noun.of(shared.count, "stands", "stand")
            return ["\(name) adds nothing: \(SlotText.escaped(NameList.words(shared))) \(verb) here already, with the same values"]
        }
        guard !idle.isEmpty else { return [] }
        if idle.count == new.count, shared.isEmpty {
            return [
                "\(name) adds nothing: \(SlotText.escaped(NameList.words(idle))) \(idle.count == 1 ? "is" : "are") empty, constant or here already"
            ]
        }
        var words: [String] = []
        if !empty.isEmpty { words.append("without any value: \(SlotText.escaped(NameList.words(empty)))") }
        if !fixed.isEmpty { words.append("the same in every row: \(SlotText.escaped(NameList.words(fixed)))") }
        if !copies.isEmpty { words.append("here already under another name: \(SlotText.escaped(NameList.words(copies)))") }
        return words
    }

    private func isConstant(_ column: Column) -> Bool {
        guard column.count > 1, column.missingCount == 0 else { return false }
        let first = column[0]
        return (1..<column.count).allSatisfy { column[$0] == first }
    }
}
