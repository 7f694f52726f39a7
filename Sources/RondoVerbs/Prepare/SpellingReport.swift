import RondoExpressions
import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoReport
import RondoSession

/// Values that look like spellings of another one: shown with counts and a line that would exchange them, never applied.
enum SpellingReport {
    /// The likely spellings in each column; test rows that are sealed are left out.
    static func blocks(_ names: [String], of table: Table, in context: inout Context) throws -> [Block] {
        let frame = try context.prepared(table).frame
        var rows: [Int32]?
        var blocks: [Block] = []
        if let split = table.split, !split.testRows.isEmpty {
            let sealed = Set(split.testRows)
            rows = (0..<Int32(frame.rowCount)).filter { !sealed.contains($0) }
            blocks.append(.text(TextBlock("the \(NumberText.count(sealed.count)) test rows are sealed and left out")))
        }
        let hidden = table.privateColumns
        for (place, name) in names.enumerated() {
            guard !hidden.contains(name) else {
                blocks.append(.text(TextBlock("private, spellings not shown: \(SlotText.escaped(name))")))
                continue
            }
            guard let column = frame[name], let (codes, levels) = (rows.map(column.gathering) ?? column).words else { continue }
            var counts = [Int](repeating: 0, count: levels.count)
            for code in codes where code >= 0 { counts[Int(code)] += 1 }
            let used = counts.indices.filter { counts[$0] > 0 }
            let values = used.map { levels.words[$0] }
            let own = used.map { counts[$0] }
            let found = try SpellingVariants(standard: values.map(StandardForms.standard), counts: own, context: context.compute)
            blocks += report(
                found, column: name, values: values, counts: own, mark: names.count == 1 ? "" : "_\(place + 1)")
        }
        return blocks
    }

    private static let shownVariants = 1_000
    private static let readyPairs = 12

    private static func report(_ found: SpellingVariants, column: String, values: [String], counts: [Int], mark: String) -> [Block] {
        let variants = found.groups.flatMap { group in group.variants.map { (group.center, $0) } }
        let rows = variants.reduce(0) { $0 + counts[$1.1.value] }
        let shown = SlotText.escaped(column)
        var blocks: [Block] = [
            .figures([
                Figure("groups\(mark)", Scalar(found.groups.count), .count), Figure("variants\(mark)", Scalar(variants.count), .count),
                Figure("variant_rows\(mark)", Scalar(rows), .count), Figure("values\(mark)", Scalar(values.count), .count),
            ])
        ]
        guard !variants.isEmpty else {
            blocks.append(.text(TextBlock("\(shown): none of the {values\(mark)} different values looks like another", tone: .good)))
            return blocks + partial(found)
        }
        blocks.append(
            .text(
                TextBlock(
                    "\(shown): {variants\(mark)} of {values\(mark)} different values, in {variant_rows\(mark)} \(Noun.of(rows, "row")), "
                        + Noun.of(variants.count, "looks like a spelling", "look like spellings")
                        + " of {groups\(mark)} \(Noun.of(found.groups.count, "other")); nothing is changed"
                )))
        blocks.append(
            .table(
                TableBlock(
                    caption: "likely spellings in \(column)",
                    columns: [
                        .init("value", "text", .plain), .init("rows", "integer", .count), .init("looks_like", "text", .plain),
                        .init("its_rows", "integer", .count), .init("differs_in", "text", .plain),
                    ],
                    rows: variants.prefix(shownVariants).map { center, variant in
                        [
                            .text(quoted(values[variant.value])), Scalar(counts[variant.value]), .text(quoted(values[center])),
                            Scalar(counts[center]), .text(difference(values[variant.value], values[center], variant.edits)),
                        ]
                    })))
        let ready = variants.prefix(readyPairs).map { center, variant in
            "\(TextLiteral.written(values[variant.value])) with \(TextLiteral.written(values[center]))"
        }
        let line = "clean \(NameText.written(column)) replace \(ready.joined(separator: ", "))"
        blocks.append(
            .text(TextBlock("to exchange \(variants.count > readyPairs ? "the first \(readyPairs)" : "them"): \(SlotText.escaped(line))")))
        return blocks + partial(found)
    }

    private static func partial(_ found: SpellingVariants) -> [Block] {
        guard found.isPartial else { return [] }
        return [
            .text(
                TextBlock("some values have so many neighbours that only the nearest were compared", tone: .warning))
        ]
    }

    /// Blanks at the ends are seen.
    private static func quoted(_ value: String) -> String {
        value.first?.isWhitespace == true || value.last?.isWhitespace == true ? "\"\(value)\"" : value
    }

    private static func difference(_ value: String, _ center: String, _ edits: Int) -> String {
        if edits > 0 { return edits == 1 ? "1 letter" : "\(edits) letters" }
        if value.lowercased() == center.lowercased() { return "case" }
        let squeezed = { (text: String) in text.lowercased().filter { !$0.isWhitespace } }
        return squeezed(value) == squeezed(center) ? "blanks" : "signs, order or short forms"
    }
}
