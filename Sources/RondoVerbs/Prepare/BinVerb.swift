import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `bin sqft bands [1000, 2000]`: numbers or dates become ordered bands.
package enum BinVerb: WorkspaceVerb {
    static let columns = Operand("columns", .columns, "which columns")
    static let bands = Clause<Argument>("bands", .either([.list, .integer]), "the edges, rising, or how many bands", required: true)
    static let method = Clause(
        "method", .choice(["equal", "quantile", "tree"]), "bands of equal width, of equal counts (quantile), or where the target changes")
    static let labels = Clause("labels", .list, "a name for each band, lowest first")
    static let mostBands: Int64 = 1_000

    package static let signature = Signature(
        "bin", phase: .prepare, class: .learnedStep,
        summary: "Cuts numbers or dates into ordered bands: at edges of yours, or at edges learned from the training rows.",
        details: """
            The lower edge belongs to its band; values beyond the learned ones go to the first or last band; gaps stay gaps. \
            `method tree` cuts where the goal's target changes most, on training rows only. Values all alike make fewer bands.
            """,
        searchWords: ["bucket", "discretize", "cut", "qcut", "histogram", "categorize", "age groups"],
        operands: [columns], clauses: [bands, method, labels, SharedClauses.from],
        examples: [
            Example(
                "bin sqft bands [1000, 2000] labels [\"small\", \"middle\", \"large\"]",
                after: ["load demo \"house_sales\" as sales rows 500"], "Under 1,000, under 2,000, and more."),
            Example("bin lot_size bands 4", after: ["load demo \"house_sales\" as sales rows 500"], "Four bands of equal counts."),
            Example(
                "bin sqft bands 5 method tree", after: ["load demo \"house_sales\" as sales rows 500", "goal predict price"],
                "Where the price changes most."),
        ], seeAlso: ["encode", "scale", "recipe"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let table = try context.table(from: call[SharedClauses.from])
        let frame = try context.prepared(table).frame
        let names = try context.columns(try call.required(columns), of: table, frame: frame)
        try StepCell.check(columns: names, verb: "bin", table: table, in: &context)
        let labels = call[labels].map { $0.compactMap(word) }
        var target: LearningTarget?
        if call[method]?.value == "tree" { target = try GoalTarget.required(for: "bin … method tree", frame: frame, in: &context) }
        let step: BinStep
        switch call[bands] {
        case .list(let items, _)?: step = BinStep(names, .edges(items), labels: labels)
        case .literal(let literal)?:
            guard case .integer(let count) = literal.value else { return [] }
            step = BinStep(
                names, .count(Int(clamping: count), BinStep.Method(rawValue: call[method]?.value ?? "") ?? .quantile), labels: labels,
                target: target)
        default: return []
        }
        let cell = try StepCell.append(step, to: table, text: text(names, call), in: &context)
        guard let fitted = cell.fitted as? FittedBin else { return [] }
        let made = fitted.lines.reduce(0) { $0 + $1.edges.count + 1 }
        let words = "{bands} bands of \(SlotText.escaped(NameList.words(names)))"
        let wanted = if case .count(let count, _) = step.bands { count } else { 0 }
        let fewer = fitted.lines.filter { $0.edges.count + 1 < wanted }.map(\.column)
        var blocks: [Block] = [
            .figures([Figure("bands", Scalar(made), .count)] + cell.learningFigures), .text(TextBlock(words)),
        ]
        if let table = fitted.learned, names.count <= 3, cell.table.privateColumns.isDisjoint(with: names) {
            blocks.insert(.table(table), at: 1)
        }
        if !fewer.isEmpty {
            let reason = call[method]?.value == "tree" ? "no further cut helps" : "too many values are alike"
            blocks.append(.text(TextBlock("fewer than asked for in \(SlotText.escaped(NameList.words(fewer))): \(reason)")))
        }
        if step.learns { blocks.append(.text(TextBlock(cell.learning))) }
        return blocks
    }

    private static func text(_ names: [String], _ call: Call) -> String {
        var text = "bin \(NameText.list(names))"
        if let bands = call[bands] { text += " bands \(ArgumentText.written(bands))" }
        if let method = call[method] { text += " method \(method.value)" }
        if let labels = call[labels], let span = call.span(self.labels) { text += " labels \(ArgumentText.written(.list(labels, span)))" }
        return text
    }

    package static func faults(of call: Call) -> [Diagnostic] {
        let columns = call[columns].map { ArgumentText.written(.columns($0)) } ?? "sqft"
        var faults: [Diagnostic] = []
        var expected: Int?
        switch call[bands] {
        case .list(let items, _)?:
            // A span of edges stands for several: how many bands it makes is seen when they are made.
            if items.allSatisfy({ $0.high == nil }) { expected = items.count + 1 }
            if let rising = rising(items) {
                faults.append(
                    Diagnostic(
                        "R0716", "band edges must rise, each above the one before", span: call.span(bands),
                        remedy: "bin \(columns) bands \(rising)", mend: call.span(bands).map { Mend($0, "bands \(rising)") }))
            }
            if let method = call[method] {
                faults.append(
                    Diagnostic(
                        "R0237", "the edges are given: there is nothing to find by \(method.value)", span: call.span(self.method),
                        remedy: "bin \(columns) bands 5 method \(method.value)"))
            }
        case .literal(let literal)?:
            if case .integer(let count) = literal.value, (2...mostBands).contains(count) {
                expected = Int(count)
            } else {
                faults.append(
                    Diagnostic(
                        "R0716", "bands must be edges in brackets, or a number of bands from 2 to 1,000", span: literal.span,
                        remedy: "bin \(columns) bands 5", mend: Mend(literal.span, "5")))
            }
        default: break
        }
        guard let labels = call[labels] else { return faults }
        for item in labels where word(item) == nil {
            let text = TextLiteral.written(item.low.text)
            faults.append(
                Diagnostic(
                    "R0239", "labels are texts in double quotes", span: item.low.span, remedy: "write \(text)",
                    mend: Mend(item.low.span, text)))
        }
        let words = labels.compactMap(word)
        if Set(words).count < words.count {
            faults.append(
                Diagnostic("R0715", "two bands have one label", span: call.span(self.labels), remedy: "give every band a label of its own"))
        } else if let expected, expected != labels.count {
            faults.append(
                Diagnostic(
                    "R0715", "\(expected) bands have \(labels.count) label\(labels.count == 1 ? "" : "s")", span: call.span(self.labels),
                    note: "the first is below the first edge, the last from the last edge on", remedy: "give one label a band"))
        }
        return faults
    }

    /// The numbers of a list in rising order, as typed; nil when they rise already or are no plain numbers.
    private static func rising(_ items: [ListItem]) -> String? {
        let edges = items.compactMap { item -> (text: String, value: Double)? in
            guard item.high == nil, case .literal(let literal) = item.low.node, let value = literal.number else { return nil }
            return (item.low.text, value)
        }
        guard edges.count == items.count, !zip(edges, edges.dropFirst()).allSatisfy({ $0.value < $1.value }) else { return nil }
        var sorted: [(text: String, value: Double)] = []
        for edge in edges.sorted(by: { $0.value < $1.value }) where sorted.last?.value != edge.value { sorted.append(edge) }
        return "[\(sorted.map(\.text).joined(separator: ", "))]"
    }

    private static func word(_ item: ListItem) -> String? {
        guard item.high == nil, case .literal(.text(let word)) = item.low.node else { return nil }
        return word
    }
}
