import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `scale sqft, lot_size minmax range 500..5000`: brings numbers to one scale.
package enum ScaleVerb: WorkspaceVerb {
    static let columns = Operand("columns", .columns, "which columns")
    static let method = Operand("method", .choice(["standard", "minmax"]), "mean 0 and deviation 1, or 0 to 1")
    static let range = Clause("range", .interval, "values that become the ends (least and greatest of the training rows)")
    static let to = Clause("to", .interval, "the new ends (0..1)")

    package static let signature = Signature(
        "scale", phase: .prepare, class: .learnedStep,
        summary: "Brings numbers to one scale: mean 0 and deviation 1, or between two ends.",
        details: "`standard` divides by the deviation with n. Mean, deviation and ends are learned from the training rows.",
        searchWords: ["normalise", "standardise", "z-score", "minmax", "normalize", "rescale"],
        operands: [columns, method], clauses: [range, to, CommonClauses.from],
        examples: [
            Example(
                "scale sqft, lot_size minmax range 500..5000", after: ["load demo \"house_sales\" as sales rows 500"],
                "500 becomes 0, 5000 becomes 1."),
            Example("scale sqft standard", after: ["load demo \"house_sales\" as sales rows 500"], "Mean 0, deviation 1."),
        ], seeAlso: ["encode", "recipe"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let table = try context.table(from: call[CommonClauses.from])
        let frame = try context.prepared(table).frame
        let names = try context.columns(try call.required(columns), of: table, frame: frame)
        try StepCell.check(columns: names, verb: "scale", table: table, in: &context)
        let method = try call.required(method)
        var text = "scale \(NameText.list(names)) \(method.value)"
        let scaling: ScaleStep.Method
        if method.value == "standard" {
            if let span = call.span(range) ?? call.span(to) {
                throw Diagnostic("R0220", "standard has no ends", span: span, remedy: "scale \(names[0]) minmax range 0..100")
            }
            scaling = .standard
        } else {
            let input = try call[range].map { try ends($0, span: call.span(range)) }
            let output = try call[to].map { try ends($0, span: call.span(to)) } ?? 0...1
            scaling = .minmax(range: input, to: output)
            if let range = call[range] { text += " range \(ArgumentText.written(.interval(range)))" }
            if let to = call[to] { text += " to \(ArgumentText.written(.interval(to)))" }
        }
        let cell = try StepCell.append(ScaleStep(names, scaling), to: table, text: text, in: &context)
        let words = "\(SlotText.escaped(NameList.words(names))): \(method.value) scale"
        return [
            .figures([Figure("columns", Scalar(names.count), .count)] + cell.learningFigures), .text(TextBlock(words)),
            .text(TextBlock(cell.learning)),
        ]
    }

    private static func ends(_ interval: Interval, span: Span?) throws -> ClosedRange<Double> {
        guard let low = interval.low.value.number, let high = interval.high.value.number, low < high else {
            throw Diagnostic("R0221", "the first end must be a number below the second", span: span, remedy: "range 500..5000")
        }
        return low...high
    }
}
