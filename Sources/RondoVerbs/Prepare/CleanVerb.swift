import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `clean skin_type trim lower`, `clean address replace "St." with "Street"`: text written alike in every row.
package enum CleanVerb: WorkspaceVerb {
    static let columns = Operand("columns", .columns, "which columns")
    static let ways = Operand(
        "ways", .choices(TextCleaning.Way.allCases.map(\.rawValue) + ["spelling"]),
        "trim blanks, lower, upper or title case, the standard form of addresses and labels, phone numbers; spelling looks for variants",
        optional: true)
    static let exchanges = Clause("replace", .pairs, "whole values and whole words to exchange: \"St.\" with \"Street\", …")

    package static let signature = Signature(
        "clean", phase: .prepare, class: .plainStep,
        summary: "Writes text alike: blanks, case, standard forms, phone numbers, exchanged words; finds values that look misspelled.",
        details: """
            The ways are carried out in the order they are written, `replace` last: a whole value first, else every whole word. New rows \
            are cleaned in the same way. `spelling` changes nothing: it shows values that look like spellings of a more frequent one, \
            and a line that would exchange them. Values that differ in a digit are never taken for the same.
            """,
        searchWords: [
            "trim", "strip", "whitespace", "case", "uppercase", "lowercase", "typo", "misspelled", "fuzzy", "recode", "map values",
            "normalise text", "phone",
        ],
        operands: [columns, ways], clauses: [exchanges, SharedClauses.from],
        examples: [
            Example(
                "clean address standard", after: ["load demo \"house_sales\" as sales rows 500"],
                "Every address in its standard form."),
            Example(
                "clean type upper replace \"CONDO\" with \"FLAT\"", after: ["load demo \"house_sales\" as sales rows 500"],
                "Capitals, then one word for another."),
            Example(
                "clean city spelling",
                after: [
                    "load here as visits\n  city,n\n  Lisbon,1\n  Lisbon,2\n  Lisbon,3\n  Lisbon,4\n  Lisbon,5\n  Lisbn,6\n  Porto,7\n  porto,8"
                ],
                "Shows Lisbn and porto beside what they are likely to mean; nothing changes."),
        ], seeAlso: ["dedupe", "cast", "derive"])

    package static func faults(of call: Call) -> [Diagnostic] {
        guard let set = call[columns] else { return [] }
        let columns = ArgumentText.written(.columns(set))
        if call[ways] == nil, call[exchanges] == nil {
            return [
                Diagnostic(
                    "R0760", "clean needs a way, or replace", span: call.cell.verb.span, remedy: "clean \(columns) trim lower")
            ]
        }
        let empty = (call[exchanges] ?? []).filter { $0.old.value.isEmpty }
        return empty.map {
            Diagnostic(
                "R0762", "replace cannot look for an empty text", span: $0.old.span,
                remedy: "impute \(columns) with \"unknown\"")
        }
    }

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let table = try context.table(from: call[SharedClauses.from])
        let prepared = try context.prepared(table)
        let names = try context.columns(try call.required(columns), of: table, frame: prepared.frame)
        let words = (call[ways] ?? []).map(\.value)
        let pairs = (call[exchanges] ?? []).map { TextCleaning.Exchange($0.old.value, with: $0.new.value) }
        let cleaning = TextCleaning(words.compactMap(TextCleaning.Way.init), exchanges: pairs)
        let step = CleanStep(names, cleaning)
        try step.check(prepared.frame)
        var blocks: [Block] = []
        var now = table
        if !cleaning.ways.isEmpty || !cleaning.exchanges.isEmpty {
            let cell = try StepCell.append(step, to: table, text: text(call, names: names, cleaning), in: &context)
            now = cell.table
            blocks += changes(cell, cleaning: cleaning, names: names) + (try cell.targetRemarks(of: names, in: &context))
        }
        if words.contains("spelling") { blocks += try SpellingReport.blocks(names, of: now, in: &context) }
        return blocks
    }

    private static func text(_ call: Call, names: [String], _ cleaning: TextCleaning) -> String {
        var text = "clean \(NameText.list(names))"
        for way in cleaning.ways { text += " \(way.rawValue)" }
        if let pairs = call[exchanges] { text += " replace \(ArgumentText.written(.pairs(pairs)))" }
        return text
    }

    /// What happened to each column: values changed, different values before and after, an example, and what stayed as it was.
    private static func changes(_ cell: StepCell, cleaning: TextCleaning, names: [String]) -> [Block] {
        var blocks: [Block] = []
        var total = 0
        var unused = Set(cleaning.exchanges.map(\.old))
        for (place, name) in names.enumerated() {
            guard let before = cell.before[name], let after = cell.after[name] else { continue }
            let change = TextChange(before, after, cleaning: cleaning)
            total += change.rows
            unused.subtract(change.found)
            let mark = names.count == 1 ? "" : "_\(place + 1)"
            // Figures stand in the words; those that no word needs are left out.
            var figures = [Figure("changed\(mark)", Scalar(change.rows), .count)]
            if change.valuesAfter != change.valuesBefore {
                figures += [
                    Figure("values_before\(mark)", Scalar(change.valuesBefore), .count),
                    Figure("values\(mark)", Scalar(change.valuesAfter), .count),
                ]
            }
            if change.emptied > 0 { figures.append(Figure("emptied\(mark)", Scalar(change.emptied), .count)) }
            if change.noNumbers > 0 { figures.append(Figure("no_numbers\(mark)", Scalar(change.noNumbers), .count)) }
            blocks.append(.figures(figures))
            let shown = SlotText.escaped(name)
            guard change.rows > 0 else {
                blocks.append(.text(TextBlock("\(shown): {changed\(mark)} values to change")))
                continue
            }
            var words = "\(shown): {changed\(mark)} \(Noun.of(change.rows, "value")) changed"
            if change.valuesAfter != change.valuesBefore { words += ", {values_before\(mark)} different ones are {values\(mark)} now" }
            let isPrivate = cell.table.privateColumns.contains(name)
            if !isPrivate, let example = change.example {
                words += ", for example \(SlotText.escaped("\(TextLiteral.written(example.old)) is \(TextLiteral.written(example.new))"))"
            }
            blocks.append(.text(TextBlock(words)))
            if change.emptied > 0 {
                blocks.append(
                    .text(
                        TextBlock(
                            "{emptied\(mark)} \(Noun.of(change.emptied, "value holds nothing then and is", "values hold nothing then and are")) missing now",
                            tone: .warning)))
            }
            if change.noNumbers > 0 {
                let example = (isPrivate ? nil : change.noNumberExample).map { ", for example \(TextLiteral.written($0))" } ?? ""
                blocks.append(
                    .text(
                        TextBlock(
                            "{no_numbers\(mark)} \(Noun.of(change.noNumbers, "value is no phone number and stays", "values are no phone numbers and stay"))\(SlotText.escaped(example))",
                            tone: .warning))
                )
            }
        }
        if !unused.isEmpty {
            let list = NameList.words(cleaning.exchanges.map(\.old).filter(unused.contains).map(TextLiteral.written))
            blocks.append(.text(TextBlock(SlotText.escaped("stands nowhere as a whole value or word: \(list)"), tone: .warning)))
        }
        return blocks
    }
}

/// What cleaning did to one column.
struct TextChange {
    private(set) var rows = 0
    private(set) var valuesBefore = 0
    private(set) var valuesAfter = 0
    private(set) var emptied = 0
    private(set) var noNumbers = 0
    private(set) var noNumberExample: String?
    private(set) var example: (old: String, new: String)?
    /// Old texts of exchanges that were found.
    private(set) var found: Set<String> = []

    init(_ before: Column, _ after: Column, cleaning: TextCleaning) {
        guard let old = before.words, let new = after.words else { return }
        valuesBefore = before.levelsUsed().count
        valuesAfter = after.levelsUsed().count
        let ways = TextCleaning(cleaning.ways)
        var counted = [Int](repeating: 0, count: old.levels.count)
        for (row, code) in old.codes.enumerated() where code >= 0 {
            counted[Int(code)] += 1
            guard counted[Int(code)] == 1 else { continue }
            let word = old.levels.words[Int(code)]
            if cleaning.ways.contains(.phone), PhoneNumber.written(word) == nil { noNumberExample = noNumberExample ?? word }
            guard new.codes[row] >= 0 else { continue }
            let result = new.levels.words[Int(new.codes[row])]
            if result != word, example == nil { example = (word, result) }
            let plain = ways.cleaned(word) ?? ""
            for exchange in cleaning.exchanges
            where !found.contains(exchange.old) && TextCleaning([], exchanges: [exchange]).cleaned(plain) ?? "" != plain {
                found.insert(exchange.old)
            }
        }
        for (row, code) in old.codes.enumerated() where code >= 0 {
            let word = old.levels.words[Int(code)]
            if new.codes[row] < 0 { emptied += 1 }
            if new.codes[row] < 0 || new.levels.words[Int(new.codes[row])] != word { rows += 1 }
        }
        guard cleaning.ways.contains(.phone) else { return }
        for (level, count) in counted.enumerated() where count > 0 && PhoneNumber.written(old.levels.words[level]) == nil {
            noNumbers += count
        }
    }
}

extension Column {
    /// Codes and words of text and categories.
    var words: (codes: [Int32], levels: Levels)? {
        switch storage {
        case .text(let codes, let levels), .category(let codes, let levels): (codes, levels)
        default: nil
        }
    }
}
