import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `encode type onehot`, `encode rating ordinal ["F", "D", "C", "B", "A"]`: words to numbers.
package enum EncodeVerb: WorkspaceVerb {
    static let columns = Operand("columns", .columns, "which columns")
    static let method = Operand("method", .choice(["onehot", "ordinal"]), "one column a level, or the place in an order")
    static let order = Operand("order", .list, "the order of ordinal, least first", optional: true)

    package static let signature = Signature(
        "encode", phase: .prepare, class: .learnedStep,
        summary: "Turns words into numbers: one column a level, or the place in a stated order.",
        details: "Levels are learned from the training rows; a level that is new later is remarked, never an error.",
        searchWords: ["dummy", "one-hot", "categorical", "label", "levels", "get_dummies"],
        operands: [columns, method, order], clauses: [SharedClauses.from],
        examples: [
            Example("encode type onehot", after: ["load demo \"house_sales\" as sales rows 500"], "One column for each type of house."),
            Example(
                "encode school_rating ordinal [\"F\", \"D\", \"C\", \"B\", \"A\"]",
                after: ["load demo \"neighborhoods\" as areas"], "F is 0, A is 4."),
        ], seeAlso: ["impute", "scale", "recipe"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let table = try context.table(from: call[SharedClauses.from])
        let frame = try context.prepared(table).frame
        let names = try context.columns(try call.required(columns), of: table, frame: frame)
        try StepCell.check(columns: names, verb: "encode", table: table, in: &context)
        let method = try call.required(method)
        let step: any RecipeStep
        var text = "encode \(NameText.list(names)) \(method.value)"
        if method.value == "ordinal" {
            let items = call[order] ?? []
            step = try EncodeOrdinalStep(names, order: items.compactMap(word))
            text += " \(ArgumentText.written(.list(items, method.span)))"
        } else {
            step = EncodeOneHotStep(names)
        }
        let cell = try StepCell.append(step, to: table, text: text, in: &context)
        let made = cell.after.names.filter { cell.before[$0] == nil }
        var words = "\(SlotText.escaped(NameList.words(names))) to numbers in the order given"
        if method.value == "onehot" {
            words = "{made} columns from \(SlotText.escaped(NameList.words(names))): \(SlotText.escaped(NameList.words(made)))"
        }
        return [
            .figures(
                [Figure("made", Scalar(made.count), .count), Figure("columns", Scalar(cell.after.columnCount), .count)]
                    + cell.learningFigures),
            .text(TextBlock(words)), .text(TextBlock(cell.learning)),
        ]
    }

    package static func faults(of call: Call) -> [Diagnostic] {
        guard let method = call[method], let set = call[columns] else { return [] }
        let columns = ArgumentText.written(.columns(set))
        switch (method.value, call[order]) {
        case ("ordinal", nil):
            return [
                Diagnostic(
                    "R0225", "ordinal needs the order of the levels", span: method.span,
                    remedy: "encode \(columns) ordinal [\"low\", \"middle\", \"high\"]")
            ]
        case ("ordinal", let items?):
            return items.filter { word($0) == nil }.map { item in
                let text = TextLiteral.written(item.low.text)
                return Diagnostic(
                    "R0239", "levels are texts in double quotes", span: item.low.span, remedy: "write \(text)",
                    mend: Mend(item.low.span, text))
            }
        case (_, .some):
            return [Diagnostic("R0237", "\(method.value) takes no list", span: method.span, remedy: "encode \(columns) \(method.value)")]
        default: return []
        }
    }

    private static func word(_ item: ListItem) -> String? {
        guard item.high == nil, case .literal(.text(let word)) = item.low.node else { return nil }
        return word
    }
}
