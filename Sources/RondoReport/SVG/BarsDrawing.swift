import RondoKernels

/// Horizontal bars with their labels on the left and values at their ends; the longest lists show their first 40 labels.
struct BarsDrawing: ChartDrawing {
    static let most = 40
    private let chart: ChartBlock
    private let labels: [String]
    private let groups: [String]
    private let values: [[Double]]
    private let extent: ChartExtent
    private let numbers: NumberText
    private let texts: [[String]]

    init?(_ chart: ChartBlock, labels: [String], groups: [String], values: [[Double]], numbers: NumberText) {
        guard !labels.isEmpty, !values.isEmpty, let extent = ChartExtent(values.joined()) else { return nil }
        self.chart = chart
        self.labels = labels
        self.groups = groups
        self.values = values
        self.extent = extent.including(0)
        self.numbers = numbers
        texts = values.map { series in numbers.column(labels.indices.map { $0 < series.count ? Scalar(series[$0]) : .missing }, .number) }
    }

    private var shown: Int { min(labels.count, BarsDrawing.most) }
    private var thickness: Double { values.count == 1 ? 16 : 12 }
    private var step: Double { Double(values.count) * thickness + (values.count == 1 ? 8 : 10) }
    private var top: Double { (values.count > 1 ? 28 : 4) + (chart.yLabel.isEmpty ? 0 : 22) }

    var height: Double { top + Double(shown) * step + (labels.count > shown ? 24 : 6) }

    private func value(_ group: Int, _ index: Int) -> Double { values[group].indices.contains(index) ? values[group][index] : .nan }

    var gist: String {
        var parts = ["\(labels.count) \(labels.count == 1 ? "bar" : "bars")"]
        for group in values.indices.prefix(6) {
            let known = labels.indices.filter { value(group, $0).isFinite }
            guard let most = known.max(by: { value(group, $0) < value(group, $1) }),
                let least = known.min(by: { value(group, $0) < value(group, $1) })
            else { continue }
            let name = group < groups.count && values.count > 1 ? groups[group] + ": " : ""
            parts.append("\(name)largest \(labels[most]) \(texts[group][most]), smallest \(labels[least]) \(texts[group][least])")
        }
        return parts.joined(separator: "; ") + "."
    }

    func draw(into builder: inout HTMLBuilder) {
        let longest = Double(labels.prefix(shown).map { DisplayWidth.of($0) }.max() ?? 0)
        let left = min(ChartCanvas.width * 0.4, longest * ChartCanvas.letter + 12)
        let room = Double(texts.joined().map { DisplayWidth.of($0) }.max() ?? 0) * ChartCanvas.letter + 10
        let hasNegative = extent.low < 0
        let start = left + (hasNegative ? room : 0)
        let end = ChartCanvas.width - room
        func across(_ value: Double) -> Double { start + extent.share(value) * max(10, end - start) }
        let zero = across(0)
        if !chart.yLabel.isEmpty { ChartCanvas.label(ChartCanvas.cut(chart.yLabel, 28), zero, 14, "start", "name", into: &builder) }
        let letters = Int((left - 12) / ChartCanvas.letter)
        for index in 0..<shown {
            let y = top + Double(index) * step
            let middle = y + (step - 8) / 2 + 4
            ChartCanvas.label(ChartCanvas.cut(labels[index], max(4, letters)), left - 8, middle, "end", "tick strong", into: &builder)
            for group in values.indices {
                let place = y + Double(group) * thickness
                let value = value(group, index)
                guard value.isFinite else {
                    ChartCanvas.label("-", zero + 5, place + thickness / 2 + 4, "start", into: &builder)
                    continue
                }
                let from = min(zero, across(value))
                let size = max(0.8, (across(value) - zero).magnitude)
                builder.shape(
                    "rect",
                    [
                        .class(BarsDrawing.look(group)), .init("x", ChartCanvas.text(from)), .init("y", ChartCanvas.text(place + 1)),
                        .init("width", ChartCanvas.text(size)), .init("height", ChartCanvas.text(thickness - 2)),
                    ])
                let text = texts[group][index]
                ChartCanvas.label(
                    text, value < 0 ? from - 5 : from + size + 5, place + thickness / 2 + 4, value < 0 ? "end" : "start", into: &builder)
            }
        }
        builder.shape(
            "path",
            [
                .class("axis"),
                .init("d", "M\(ChartCanvas.text(zero)) \(ChartCanvas.text(top - 2))V\(ChartCanvas.text(top + Double(shown) * step - 6))"),
            ])
        if labels.count > shown {
            ChartCanvas.label("and \(labels.count - shown) more, in the numbers below", left, height - 6, "start", into: &builder)
        }
        if values.count > 1 {
            let y = top - 18
            ChartCanvas.legend(values.indices.map { $0 < groups.count ? groups[$0] : "" }, y: y, into: &builder) { group, place, builder in
                builder.shape(
                    "rect",
                    [
                        .class(BarsDrawing.look(group)), .init("x", ChartCanvas.text(place)), .init("y", ChartCanvas.text(y - 6)),
                        .init("width", "20"),
                        .init("height", "11"),
                    ])
            }
        }
    }

    /// Filled, outlined, paler, dashed outline: groups differ without colour too.
    private static func look(_ group: Int) -> String {
        ["fill", "box", "fill pale", "box d2"][group % 4] + " " + ChartDrawings.colour(group)
    }
}
