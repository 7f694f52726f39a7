/// Draws one kind of chart; one file a kind and one line in `ChartDrawings.drawing`.
protocol ChartDrawing {
    /// Height of the picture; its width is `ChartCanvas.width`.
    var height: Double { get }
    /// What the picture shows, in words and numbers.
    var gist: String { get }
    func draw(into builder: inout HTMLBuilder)
}

/// The kinds of charts there are.
enum ChartDrawings {
    /// Nil when there is nothing to draw.
    static func drawing(_ chart: ChartBlock, numbers: NumberText) -> (any ChartDrawing)? {
        switch chart.marks {
        case .histogram(let edges, let groups, let counts):
            HistogramDrawing(chart, edges: edges, groups: groups, counts: counts, numbers: numbers)
        case .bars(let labels, let groups, let values): BarsDrawing(chart, labels: labels, groups: groups, values: values, numbers: numbers)
        case .line(let series): LineDrawing(chart, series: series, numbers: numbers)
        case .scatter(let series): ScatterDrawing(chart, series: series, numbers: numbers)
        case .box(let boxes): BoxDrawing(chart, boxes: boxes, numbers: numbers)
        case .heatmap(let rows, let columns, let values, let isSigned):
            HeatmapDrawing(chart, rows: rows, columns: columns, values: values, isSigned: isSigned, numbers: numbers)
        }
    }

    /// Colours repeat after six groups; dashes and shapes then differ.
    static func colour(_ group: Int) -> String { "c\(group % 6 + 1)" }
}
