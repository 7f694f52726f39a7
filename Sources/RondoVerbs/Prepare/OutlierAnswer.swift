import RondoFrame
import RondoKernels
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession

/// How many outliers there are, with their limits and examples.
struct OutlierAnswer {
    private struct Line {
        let name: String
        let below: [Int32]
        let above: [Int32]
        let examples: String
    }
    private let limits: OutlierLimits
    private let lines: [Line]
    /// Private columns, of whose values nothing is told.
    private let hidden: Set<String>
    /// Rows with an outlier in any column, ascending.
    let rows: [Int32]
    /// The same rows, each with the first column that it is an outlier in.
    let reasons: [Ledger.Reason]

    /// - Parameter among: the rows that count (nil: all).
    init(_ limits: OutlierLimits, on frame: Frame, among: [Int32]? = nil, hidden: Set<String>, context: ComputeContext) throws {
        self.limits = limits
        self.hidden = hidden
        let counted = among ?? (0..<Int32(frame.rowCount)).map { $0 }
        let sides = try limits.sides(of: frame, context: context)
        let scores = try limits.scores(of: frame, context: context)
        var first = [Int32](repeating: -1, count: frame.rowCount)
        var lines: [Line] = []
        for (place, (name, sides)) in zip(limits.judged, sides).enumerated() {
            let below = counted.filter { sides[Int($0)] == .below }
            let above = counted.filter { sides[Int($0)] == .above }
            for row in below + above where first[Int(row)] < 0 { first[Int(row)] = Int32(place) }
            let open = limits.columns.filter { !hidden.contains($0) }
            let examples =
                scores.map { Self.apart(above, $0, open, frame) } ?? (hidden.contains(name) ? "" : Self.extremes(below, above, name, frame))
            lines.append(Line(name: name, below: below, above: above, examples: examples))
        }
        self.lines = lines
        rows = counted.filter { first[Int($0)] >= 0 }
        reasons = limits.judged.enumerated().map { place, name in
            Ledger.Reason(
                hidden.contains(name) ? "\(name) beyond its limits" : limits.words(name, isInside: false),
                counted.reduce(0) { $0 + (first[Int($1)] == Int32(place) ? 1 : 0) })
        }.filter { $0.rows > 0 }
    }

    /// The least and the greatest values.
    private static func extremes(_ below: [Int32], _ above: [Int32], _ name: String, _ frame: Frame) -> String {
        guard let column = frame[name] else { return "" }
        let numbers = column.numbers()
        func different(_ rows: [Int32], descending: Bool) -> [Double] {
            let values = Set(rows.map { numbers[Int($0)] }).sorted()
            return Array((descending ? values.reversed() : values).prefix(2))
        }
        let shown = different(below, descending: false) + different(above, descending: true)
        return shown.map { NumberText().text(Scalar($0)) }.joined(separator: ", ")
    }

    /// The row that stands most apart.
    private static func apart(_ rows: [Int32], _ scores: [Double], _ columns: [String], _ frame: Frame) -> String {
        guard let row = rows.max(by: { (scores[Int($0)], $1) < (scores[Int($1)], $0) }) else { return "" }
        let values = columns.prefix(4).compactMap { name in
            frame[name].map { "\(name) \($0[Int(row)].isMissing ? "missing" : NumberText().text($0[Int(row)]))" }
        }
        return "row \(NumberText.count(Int(row) + 1)): " + values.joined(separator: ", ")
    }

    func blocks(action: String, figures: [Figure]) -> [Block] {
        let total = lines.reduce(0) { $0 + $1.below.count + $1.above.count }
        var figures = [Figure("outliers", Scalar(total), .count)] + figures
        let done = ["cap": "pulled to the limits", "mark": "marked", "drop": "dropped with their rows"][action] ?? action
        guard total > 0 else {
            let words = "no outliers in \(SlotText.escaped(NameList.words(limits.columns))) now"
            return [
                .figures(figures),
                .text(
                    TextBlock(
                        words + (action == "drop" ? "; new rows beyond the limits are warned of" : "; those of new rows will be \(done)"))),
            ]
        }
        if limits.isForest {
            let words =
                "{outliers} rows stand apart in \(SlotText.escaped(NameList.words(limits.columns))): \(action == "drop" ? "dropped" : "marked in outlier")"
            return [.figures(figures), .text(TextBlock(words)), .text(TextBlock("most of all \(SlotText.escaped(lines[0].examples))"))]
        }
        guard lines.count == 1, let line = lines.first else {
            return [
                .figures(figures + [Figure("rows_touched", Scalar(rows.count), .count)]), .table(table),
                .text(TextBlock("{outliers} outliers in {rows_touched} rows \(done)")),
            ]
        }
        figures += [Figure("below", Scalar(line.below.count), .count), Figure("above", Scalar(line.above.count), .count)]
        var words = "{outliers} outliers in \(SlotText.escaped(line.name)) \(done): "
        if hidden.contains(line.name) {
            words += "{below} below, {above} above; it is private, its limits are not shown"
            return [.figures(figures), .text(TextBlock(words))]
        }
        if let single = limits.single {
            figures += [Figure("low", Scalar(single.low)), Figure("high", Scalar(single.high))]
            words += "{below} below {low}, {above} above {high}"
        } else {
            words += "{below} below, {above} above the limits of their group (\(SlotText.escaped(limits.summary)))"
        }
        return [.figures(figures), .text(TextBlock(words)), .text(TextBlock("for example \(SlotText.escaped(line.examples))"))]
    }

    private var table: TableBlock {
        TableBlock(
            caption: "outliers",
            columns: [
                .init("column", "text", .plain), .init("below", "integer", .count), .init("above", "integer", .count),
                .init("expected", "text", .plain), .init("for_example", "text", .plain),
            ],
            rows: lines.map { line in
                [
                    .text(line.name), Scalar(line.below.count), Scalar(line.above.count),
                    hidden.contains(line.name) ? .missing : .text(limits.words(line.name)),
                    line.examples.isEmpty ? .missing : .text(line.examples),
                ]
            })
    }
}
