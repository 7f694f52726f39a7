import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `encode type onehot`, `encode zip target`, `encode rating ordinal ["F", "D", "C", "B", "A"]`: words and dates to numbers.
package enum EncodeVerb: WorkspaceVerb {
    static let methods = ["onehot", "ordinal", "label", "target", "hashing", "frequency", "words", "parts", "cycle"]
    static let columns = Operand("columns", .columns, "which columns")
    static let method = Operand("method", .choice(methods), "how words or dates become numbers")
    static let list = Operand("list", .list, "ordinal: the levels, least first; parts and cycle: which parts", optional: true)
    static let rare = Clause(
        "rare", .percent, "levels or words in fewer rows than this join \"other\", or are left out (onehot, label, words)")
    static let levels = Clause("levels", .integer, "how many levels or words at most, the most frequent (onehot, label, words)")
    static let buckets = Clause("buckets", .integer, "how many columns hashing makes (64)")
    static let otherwise = Clause("otherwise", .value, "what a level without a place becomes: a level, a number, missing (ordinal, label)")

    package static let signature = Signature(
        "encode", phase: .prepare, class: .learnedStep,
        summary: "Turns words and dates into numbers: a column a level, an order, the mean of the target, word counts, parts of dates.",
        details: """
            onehot: one column of 0 and 1 a level. ordinal: the place in a stated order. label: a number a level. frequency: how often the \
            level occurs. target: the mean of the goal's target for the level, drawn to the mean of all where rows are few; each training \
            row gets its code from other rows only. hashing: a fixed number of columns, nothing learned. words: how often each word \
            stands in a text. parts: year, quarter, month, week, day, weekday, hour, minute as numbers. cycle: sine and cosine, so that \
            December lies next to January.

            Levels are learned from the training rows; a level that is new later is remarked, never an error. Many columns from one are \
            kept sparse: only what is not 0 takes memory.
            """,
        searchWords: [
            "dummy", "one-hot", "categorical", "label", "levels", "get_dummies", "target encoding", "mean encoding", "bag of words", "text",
            "tokenize", "hash", "frequency", "count encoding", "date parts", "weekday", "cyclical", "sine", "rare", "other",
        ],
        operands: [columns, method, list], clauses: [rare, levels, buckets, otherwise, SharedClauses.from],
        examples: [
            Example("encode type onehot", after: ["load demo \"house_sales\" as sales rows 500"], "One column for each type of house."),
            Example(
                "encode school_rating ordinal [\"F\", \"D\", \"C\", \"B\", \"A\"]",
                after: ["load demo \"neighborhoods\" as areas"], "F is 0, A is 4."),
            Example(
                "encode zip target", after: ["load demo \"house_sales\" as sales rows 500", "goal predict price"],
                "The typical price of each postcode; no row sees its own price."),
            Example(
                "encode address words levels 20", after: ["load demo \"house_sales\" as sales rows 500"],
                "The 20 most frequent words, counted."),
            Example(
                "encode sold_on cycle", after: ["load demo \"house_sales\" as sales rows 500"], "Month and weekday as points on a circle."),
        ], seeAlso: ["impute", "scale", "recipe"])

    /// Values of private columns never become names of columns.
    private static func checkPrivate(_ names: [String], _ call: Call, _ table: Table) throws {
        guard let word = call[method]?.value, ["onehot", "words"].contains(word),
            let name = names.first(where: table.privateColumns.contains)
        else { return }
        throw Diagnostic(
            "R0671", "\(name) is private: \(word) would make names of columns of its values", span: call.cell.verb.span,
            remedy: "encode \(NameText.written(name)) hashing")
    }

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let table = try context.table(from: call[SharedClauses.from])
        let frame = try context.prepared(table).frame
        let names = try context.columns(try call.required(columns), of: table, frame: frame)
        try StepCell.check(columns: names, verb: "encode", table: table, in: &context)
        try checkPrivate(names, call, table)
        let step = try EncodeReading.step(call, names, table: table, frame: frame, in: &context)
        let cell = try StepCell.append(step, to: table, text: EncodeReading.text(call, names), in: &context)
        let method = try call.required(method).value
        return EncodeReport.blocks(method, names, cell) + (try cell.targetRemarks(of: EncodeReport.made(cell), in: &context))
    }

    package static func faults(of call: Call) -> [Diagnostic] {
        guard let method = call[method], let set = call[columns] else { return [] }
        let columns = ArgumentText.written(.columns(set))
        return listFaults(call, method, columns) + clauseFaults(call, method, columns) + numberFaults(call, columns)
    }

    private static func listFaults(_ call: Call, _ method: Name, _ columns: String) -> [Diagnostic] {
        guard let items = call[list] else {
            guard method.value == "ordinal" else { return [] }
            return [
                Diagnostic(
                    "R0225", "ordinal needs the order of the levels", span: method.span,
                    remedy: "encode \(columns) ordinal [\"low\", \"middle\", \"high\"]")
            ]
        }
        guard ["ordinal", "parts", "cycle"].contains(method.value) else {
            return [Diagnostic("R0237", "\(method.value) takes no list", span: method.span, remedy: "encode \(columns) \(method.value)")]
        }
        return items.compactMap { item in
            guard let word = EncodeReading.word(item) else {
                let text = TextLiteral.written(item.low.text)
                return Diagnostic(
                    "R0239", "levels are texts in double quotes", span: item.low.span, remedy: "write \(text)",
                    mend: Mend(item.low.span, text))
            }
            guard method.value != "ordinal" else { return nil }
            let isCycle = method.value == "cycle"
            let known = EncodeDatesStep.Part.allCases.filter { !isCycle || $0.isCycle }.map(\.rawValue)
            guard !known.contains(word) else { return nil }
            let near = NearestWord.suggestion(for: word, among: known)
            return Diagnostic(
                "R0731", "there is no \(isCycle ? "cycle" : "part") \(word) of a date", span: item.low.span,
                note: "known: \(known.joined(separator: ", "))",
                remedy: "encode \(columns) \(method.value) [\(TextLiteral.written(near ?? "month"))]")
        }
    }

    /// Clauses that the method has no use for.
    private static func clauseFaults(_ call: Call, _ method: Name, _ columns: String) -> [Diagnostic] {
        func fault(_ keyword: String, _ span: Span?, _ takers: [String]) -> Diagnostic? {
            guard let span, !takers.contains(method.value) else { return nil }
            return Diagnostic(
                "R0237", "\(method.value) takes no \(keyword)", span: span, note: "\(keyword) goes with \(takers.joined(separator: ", "))",
                remedy: "encode \(columns) \(method.value)")
        }
        let limited = ["onehot", "label", "words"]
        return [
            fault("rare", call.span(rare), limited), fault("levels", call.span(levels), limited),
            fault("buckets", call.span(buckets), ["hashing"]), fault("otherwise", call.span(otherwise), ["ordinal", "label"]),
        ].compactMap { $0 }
    }

    /// Numbers outside of their limits, and values that stand for no level.
    private static func numberFaults(_ call: Call, _ columns: String) -> [Diagnostic] {
        var faults: [Diagnostic] = []
        if let literal = call[rare], case .percent(let value) = literal.value, !(value > 0 && value < 100) {
            faults.append(
                Diagnostic("R0232", "rare is a share above 0 % and below 100 %", span: literal.span, remedy: "write rare 1%"))
        }
        if let literal = call[levels], case .integer(let value) = literal.value, value < 1 {
            faults.append(Diagnostic("R0232", "levels is at least 1", span: literal.span, remedy: "write levels 50"))
        }
        if let literal = call[buckets], case .integer(let value) = literal.value, value < 1 || value > EncodeHashingStep.mostBuckets {
            faults.append(
                Diagnostic(
                    "R0232", "buckets is from 1 to \(NumberText.count(EncodeHashingStep.mostBuckets))", span: literal.span,
                    remedy: "write buckets 64"))
        }
        if let literal = call[otherwise], EncodeReading.fallback(literal.value) == nil {
            faults.append(
                Diagnostic(
                    "R0732", "otherwise is a level in quotes, a whole number, or missing", span: literal.span,
                    remedy: "write otherwise missing"))
        }
        return faults
    }
}
