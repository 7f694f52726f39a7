import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoReport
import RondoSession

/// The ranges of a release and what is said of them: half-widths for numbers, possible classes for classes.
struct ReleaseRanges {
    private(set) var errors: ErrorProfile?
    private(set) var classes: ClassRange?
    private var rowCount = 0
    private var part = ""
    private var isByFolds = false
    private static let usualLevel = 0.9

    init() {}

    /// - Throws: R0833 when a level was asked for that these rows cannot promise.
    init(_ call: Call, judgement: Judgement) throws {
        let asked = call[DeployVerb.interval]?.value.number
        let level = asked ?? ReleaseRanges.usualLevel
        rowCount = judgement.outcome.truth.count
        part = judgement.part
        isByFolds = judgement.outcome.foldCount > 1
        if let asked, rowCount < ErrorProfile.leastRows(asked) {
            let possible = ((1 - 1 / Double(max(2, rowCount))) * 100).rounded(.down)
            throw Diagnostic(
                "R0833",
                "a range for \(NumberText().text(.number(asked), .percent)) needs at least \(NumberText.count(ErrorProfile.leastRows(asked))) rows that the model has not seen: \(part) has \(NumberText.count(rowCount))",
                span: call.span(DeployVerb.interval), remedy: "write interval \(Scalar.plain(possible))%")
        }
        switch (judgement.outcome.truth, judgement.outcome.predictions) {
        case (.numbers(let truth), .numbers(let predicted)):
            let within = try judgement.goalMetrics().first { $0.metric.signature.name == "within" }?.parameter
            errors = ErrorProfile(truth: truth, predictions: predicted, level: level, tolerance: within ?? 0.1)
        case (.classes(let truth, _), .probabilities(let columns, _)):
            // Answers have probabilities in any case: which classes are possible is said where a level was asked for.
            if let asked { classes = ClassRange(truth: truth, probabilities: columns, level: asked) }
        default: break
        }
    }

    /// Lines and tables, with the figures that they name.
    func blocks(unit: String?, _ figures: inout [Figure]) -> [Block] {
        if let errors { return numberBlocks(errors, unit: unit, &figures) }
        guard let classes else { return [] }
        figures.append(Figure("level", Scalar(classes.level), .percent))
        figures.append(Figure("coverage", Scalar(classes.coverage), .percent))
        figures.append(Figure("single", Scalar(classes.single), .percent))
        figures.append(Figure("calibration_rows", Scalar(classes.rowCount), .count))
        return [
            .text(
                TextBlock(
                    "sure of one class for {single} of rows at {level}; the others name all that are possible (the true one was among them for {coverage} of {calibration_rows} rows it has not seen, \(part))"
                ))
        ]
    }

    private func numberBlocks(_ errors: ErrorProfile, unit: String?, _ figures: inout [Figure]) -> [Block] {
        guard let width = errors.halfWidth else {
            let least = NumberText.count(ErrorProfile.leastRows(errors.level))
            return [
                .text(
                    TextBlock(
                        "no range: \(NumberText.count(rowCount)) rows it has not seen are too few for \(NumberText().text(.number(errors.level), .percent)) (\(least) are needed)",
                        tone: .warning))
            ]
        }
        let style: NumberStyle = unit == nil ? .number : .money
        figures.append(Figure("half_width", Scalar(width), style, unit: unit))
        figures.append(Figure("level", Scalar(errors.level), .percent))
        figures.append(Figure("calibration_rows", Scalar(errors.rowCount), .count))
        var words = "range ± {half_width} for {level}"
        if errors.difficulty != nil, let least = errors.bands.map(\.halfWidth).min(), let most = errors.bands.map(\.halfWidth).max() {
            figures.append(Figure("least_half_width", Scalar(least), style, unit: unit))
            figures.append(Figure("most_half_width", Scalar(most), style, unit: unit))
            words =
                "range ± {half_width} in the middle for {level}, from ± {least_half_width} to ± {most_half_width}: wider where its errors are larger"
        }
        words += ", from {calibration_rows} rows it has not seen (\(part)\(isByFolds ? ", cross-conformal" : ""))"
        var blocks: [Block] = [.text(TextBlock(words))]
        if errors.level < 0.8 {
            figures.append(Figure("outside", Scalar(1 - errors.level), .percent))
            blocks.append(.text(TextBlock("a narrow promise: {outside} of the true values will lie outside this range", tone: .warning)))
        }
        guard errors.bands.count > 1 else { return blocks }
        blocks.append(.table(ReleaseRanges.table(errors, unit: unit)))
        let narrow = errors.bands.filter {
            CoverageTest.isTooNarrow(
                inside: Int((Double($0.rows) * $0.coverage).rounded()), rows: $0.rows, level: errors.level, tests: errors.bands.count)
        }
        if let worst = narrow.min(by: { $0.coverage < $1.coverage }) {
            figures.append(Figure("narrow_from", Scalar(worst.low), style, unit: unit))
            figures.append(Figure("narrow_to", Scalar(worst.high), style, unit: unit))
            figures.append(Figure("narrow_coverage", Scalar(worst.coverage), .percent))
            blocks.append(
                .text(
                    TextBlock("too narrow for estimates from {narrow_from} to {narrow_to}: {narrow_coverage} lie inside", tone: .warning)))
        }
        return blocks
    }

    /// Width and coverage by size of the estimate.
    private static func table(_ errors: ErrorProfile, unit: String?) -> TableBlock {
        let style: NumberStyle = unit == nil ? .number : .money
        return TableBlock(
            caption: "the range by size of the estimate; \(NumberText().text(.number(errors.level), .percent)) is promised over all",
            columns: [
                .init("from", "number", style), .init("to", "number", style), .init("rows", "integer", .count),
                .init("half_width", "number", style), .init("coverage", "number", .percent),
            ],
            rows: errors.bands.map { [Scalar($0.low), Scalar($0.high), Scalar($0.rows), Scalar($0.halfWidth), Scalar($0.coverage)] })
    }
}
