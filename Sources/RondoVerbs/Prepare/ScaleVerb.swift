import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `scale sqft, lot_size minmax range 500..5000`: brings numbers to one scale.
package enum ScaleVerb: WorkspaceVerb {
    static let columns = Operand("columns", .columns, "which columns")
    static let method = Operand(
        "method", .choice(["standard", "minmax", "robust"]), "mean 0 and deviation 1, 0 to 1, or median 0 and quartiles 1 apart")
    static let range = Clause("range", .interval, "values that become the ends (least and greatest of the training rows)")
    static let to = Clause("to", .interval, "the new ends (0..1)")

    package static let signature = Signature(
        "scale", phase: .prepare, class: .learnedStep,
        summary: "Brings numbers to one scale: mean 0 and deviation 1, median 0 and quartiles 1 apart, or between two ends.",
        details: """
            `standard` divides by the deviation with n. `robust` takes the median and the distance of the quartiles, which a few far \
            values do not move. All are learned from the training rows; `minmax range 500..5000` is given, and learns nothing. \
            Columns of words and one-hot columns of many levels are sparse: these are divided and not moved, so that zeros stay zero.
            """,
        searchWords: ["normalise", "standardise", "z-score", "minmax", "normalize", "rescale", "robust", "median", "quartiles"],
        operands: [columns, method], clauses: [range, to, SharedClauses.from],
        examples: [
            Example(
                "scale sqft, lot_size minmax range 500..5000", after: ["load demo \"house_sales\" as sales rows 500"],
                "500 becomes 0, 5000 becomes 1."),
            Example("scale lot_size robust", after: ["load demo \"house_sales\" as sales rows 500"], "Median 0, quartiles 1 apart."),
            Example("scale sqft standard", after: ["load demo \"house_sales\" as sales rows 500"], "Mean 0, deviation 1."),
        ], seeAlso: ["encode", "recipe"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let table = try context.table(from: call[SharedClauses.from])
        let frame = try context.prepared(table).frame
        let names = try context.columns(try call.required(columns), of: table, frame: frame)
        try StepCell.check(columns: names, verb: "scale", table: table, in: &context)
        let method = try call.required(method)
        var text = "scale \(NameText.list(names)) \(method.value)"
        let scaling: ScaleStep.Method
        if method.value == "standard" || method.value == "robust" {
            scaling = method.value == "standard" ? .standard : .robust
        } else {
            let input = call[range].flatMap(ends)
            let output = call[to].flatMap(ends) ?? 0...1
            scaling = .minmax(range: input, to: output)
            if let range = call[range] { text += " range \(ArgumentText.written(.interval(range)))" }
            if let to = call[to] { text += " to \(ArgumentText.written(.interval(to)))" }
        }
        let step = ScaleStep(names, scaling)
        let cell = try StepCell.append(step, to: table, text: text, in: &context)
        let words = "\(SlotText.escaped(NameList.words(names))): \(method.value) scale"
        let figures = step.learns ? cell.learningFigures : []
        return (figures.isEmpty ? [] : [.figures(figures)]) + [.text(TextBlock(words))]
            + (step.learns ? [.text(TextBlock(cell.learning))] : [])
    }

    package static func faults(of call: Call) -> [Diagnostic] {
        let given = [range, to].filter { call[$0] != nil }
        if let word = call[method]?.value, word != "minmax", let clause = given.first {
            let columns = call[columns].map { ArgumentText.written(.columns($0)) } ?? "sqft"
            return [
                Diagnostic("R0237", "\(word) has no ends", span: call.span(clause), remedy: "scale \(columns) minmax range 0..100")
            ]
        }
        return given.compactMap { clause in
            guard let interval = call[clause], ends(interval) == nil else { return nil }
            return Diagnostic(
                "R0453", "the first end must be a number below the second", span: call.span(clause),
                remedy: "write \(clause.shape.keyword) 0..100",
                mend: call.span(clause).map { Mend($0, "\(clause.shape.keyword) \(ArgumentText.written(.interval(ordered(interval))))") })
        }
    }

    /// The ends the other way round, or 0 to 100 where that does not help.
    private static func ordered(_ interval: Interval) -> Interval {
        let turned = Interval(interval.high, interval.low)
        guard ends(turned) == nil else { return turned }
        return Interval(Spanned(.integer(0), interval.low.span), Spanned(.integer(100), interval.high.span))
    }

    private static func ends(_ interval: Interval) -> ClosedRange<Double>? {
        guard let low = interval.low.value.number, let high = interval.high.value.number, low < high else { return nil }
        return low...high
    }
}
