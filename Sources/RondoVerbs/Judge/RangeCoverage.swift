import RondoKernels
import RondoLearning
import RondoLifecycle
import RondoReport
import RondoSession

/// Whether the ranges that a release of a model promises hold on the rows it is scored on: overall, by size of the estimate, by flag.
struct RangeCoverage {
    private struct Group {
        let words: String
        let inside: Int
        let rows: Int
    }
    private let release: String
    private let level: Double
    private let whole: Group
    private let narrow: [Group]
    private let isWholeNarrow: Bool

    /// - Returns: nil without a release of this very model that gives ranges.
    init?(_ judgement: Judgement, in context: inout Context) {
        guard case .numbers(let truth) = judgement.outcome.truth, case .numbers(let predicted) = judgement.outcome.predictions,
            let release = context.workspace.releases.last(where: { $0.bundle.model == judgement.model.name }),
            let errors = release.bundle.errors, errors.halfWidth != nil
        else { return nil }
        context.read(.release(release.name))
        // A model fitted again under the name is another one.
        guard release.bundle.predictor.fitted.archive() == judgement.model.fitted.archive() else { return nil }
        let isInside = zip(truth, predicted).map { abs($0 - $1) <= errors.halfWidth(around: $1) }
        func group(_ words: String, _ positions: [Int]) -> Group {
            Group(words: words, inside: positions.reduce(0) { isInside[$1] ? $0 + 1 : $0 }, rows: positions.count)
        }
        var groups: [Group] = []
        for (place, band) in errors.bands.enumerated() where errors.bands.count > 1 {
            let isLast = place == errors.bands.count - 1
            let upper = isLast ? Double.infinity : errors.bands[place + 1].low
            let lower = place == 0 ? -Double.infinity : band.low
            func written(_ value: Double) -> String { NumberText().text(.number(value), .money, unit: judgement.goal.unit) }
            let edge = written(place == 0 ? upper : lower)
            let words =
                place == 0
                ? "estimates below \(edge)"
                : isLast ? "estimates from \(edge)" : "estimates from \(edge) to \(written(upper))"
            groups.append(group(words, predicted.indices.filter { predicted[$0] >= lower && predicted[$0] < upper }))
        }
        for flag in Segments.flags(of: judgement.table, frame: judgement.frame, rows: judgement.outcome.rows) {
            groups.append(group(flag.name, flag.positions.map { Int($0) }))
        }
        groups = groups.filter { $0.rows >= CoverageTest.leastRows }
        self.release = release.name
        level = errors.level
        whole = group("all rows", Array(isInside.indices))
        let level = level
        let tests = groups.count + 1
        isWholeNarrow = CoverageTest.isTooNarrow(inside: whole.inside, rows: whole.rows, level: level)
        narrow = groups.filter { CoverageTest.isTooNarrow(inside: $0.inside, rows: $0.rows, level: level, tests: tests) }
    }

    var blocks: [Block] {
        let figures = [
            Figure("inside_range", Scalar(Double(whole.inside) / Double(max(1, whole.rows))), .percent),
            Figure("promised", Scalar(level), .percent),
        ]
        let name = SlotText.escaped(release)
        let words =
            isWholeNarrow
            ? "the range of \(name) is too narrow for these rows: {inside_range} of the true values lie inside, {promised} are promised"
            : "the range of \(name) holds {inside_range} of the true values, {promised} are promised"
        var blocks: [Block] = [.figures(figures), .text(TextBlock(words, tone: isWholeNarrow ? .warning : .plain))]
        for group in narrow {
            let share = NumberText().text(.number(Double(group.inside) / Double(group.rows)), .percent)
            blocks.append(
                .text(
                    TextBlock(
                        SlotText.escaped(
                            "its range is too narrow for \(group.words): \(share) of \(NumberText.count(group.rows)) rows lie inside"),
                        tone: .warning)))
        }
        return blocks
    }
}
