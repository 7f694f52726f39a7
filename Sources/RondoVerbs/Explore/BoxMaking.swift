import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoReport
import RondoSession

extension ChartMaking {
    /// Outliers of a group that are drawn one by one.
    private static let mostOutliers = 60

    /// Boxes of each column of numbers, by the groups of the cell or by the values of a column of words among those named.
    func boxes(_ names: [String], span: Span?) throws -> [Block] {
        let words = names.filter { frame[$0].map { $0.type.isText || $0.type == .truth } ?? false }
        let measured = names.filter { !words.contains($0) }
        guard !measured.isEmpty, words.count < 2, words.isEmpty || groupWords.isEmpty else {
            throw Diagnostic(
                "R0773", "a box plot needs numbers, and groups by one clause or one column of words", span: span,
                remedy: "plot \(NameText.written(measured.first ?? "price")) by \(NameText.written(words.first ?? "type")) kind box")
        }
        var groups = segments
        var title = groupWords
        if let axis {
            groups = Segments.groups([(axis.name, axis.column)], rows: rows)
            title = axis.name
        } else if let word = words.first, let column = frame[word] {
            groups = Segments.groups([(word, column)], rows: rows)
            title = word
        }
        guard groups.count <= ChartMaking.mostGroups("box") else {
            throw Diagnostic(
                "R0333", "\(NumberText.count(groups.count)) groups are too many for one chart", span: span,
                remedy: "name a column with at most \(ChartMaking.mostGroups("box")) values, or use bands")
        }
        return try measured.flatMap { try box($0, groups, title: title) }
    }

    private func box(_ name: String, _ groups: [Segments.Segment], title: String) throws -> [Block] {
        let column = try numeric(name)
        let boxes = groups.compactMap { group in
            ChartMaking.box(values(column, group).filter { !$0.isNaN }, name: group.name)
        }
        guard !boxes.isEmpty else { return [.text(TextBlock("\(SlotText.escaped(name)) has no value to draw", tone: .warning))] }
        let drawn = boxes.reduce(0) { $0 + $1.count }
        let missing = groups.reduce(0) { $0 + $1.positions.count } - drawn
        let chart = ChartBlock(
            title: title.isEmpty ? "\(name), \(NumberText.count(drawn)) rows" : "\(name) by \(title)", marks: .box(boxes), xLabel: name,
            yLabel: title, xAxis: column.type == .date ? .date : column.type == .time ? .time : .number)
        return [.chart(chart)] + remark(missing, name)
    }

    /// The box of some values; nil without any.
    static func box(_ values: [Double], name: String) -> ChartBlock.Box? {
        let five = Quantiles.of(values, [0, 0.25, 0.5, 0.75, 1])
        guard let least = five.first, let greatest = five.last, !least.isNaN else { return nil }
        let reach = 1.5 * (five[3] - five[1])
        let inside = values.lazy.filter { $0 >= five[1] - reach && $0 <= five[3] + reach }
        let (low, high) = (inside.min() ?? five[1], inside.max() ?? five[3])
        let outliers = values.filter { $0 < low || $0 > high }.sorted()
        let step = max(1, (outliers.count + mostOutliers - 1) / mostOutliers)
        // Of many every n-th, the farthest on both sides among them.
        var kept = stride(from: 0, to: outliers.count, by: step).map { outliers[$0] }
        if let last = outliers.last, kept.last != last { kept.append(last) }
        return ChartBlock.Box(
            name: name, count: values.count, bounds: [least, low, five[1], five[2], five[3], high, greatest], outliers: kept,
            outlierCount: outliers.count)
    }
}
