/// A chart as a figure of the page: caption, picture with title and description, and the numbers behind it, folded.
struct ChartFigure {
    /// Rows of numbers shown under a picture; the rest is counted.
    static let rows = 60

    let chart: ChartBlock
    let identifier: String
    let numbers: NumberText

    func render(into builder: inout HTMLBuilder) {
        builder.element("figure", [.class("chart")]) { builder in
            if !chart.title.isEmpty { builder.element("figcaption", text: chart.title) }
            if let drawing = ChartDrawings.drawing(chart, numbers: numbers) {
                picture(drawing, isAlone: false, into: &builder)
            } else {
                builder.element("p", [.class("quiet")], text: "There are no values to draw.")
            }
            if let table = ChartTable(chart).table, !table.rows.isEmpty {
                builder.element("details", [.class("numbers")]) { builder in
                    builder.element("summary", text: "Numbers")
                    HTMLTable(table: table, numbers: numbers, maxRows: ChartFigure.rows, showsCaption: false).render(into: &builder)
                }
            }
        }
        builder.line()
    }

    /// The picture as a document of its own, with its style; nil when there are no values to draw.
    func svg() -> String? {
        guard let drawing = ChartDrawings.drawing(chart, numbers: numbers) else { return nil }
        var builder = HTMLBuilder()
        picture(drawing, isAlone: true, into: &builder)
        return builder.html
    }

    private func picture(_ drawing: any ChartDrawing, isAlone: Bool, into builder: inout HTMLBuilder) {
        // On a page the caption stands above; alone, the picture carries it.
        let head = isAlone && !chart.title.isEmpty ? 30.0 : 0
        let size = (ChartCanvas.text(ChartCanvas.width), ChartCanvas.text(drawing.height + head))
        var attributes: [HTMLBuilder.Attribute] = [
            .init("viewBox", "0 \(ChartCanvas.text(-head)) \(size.0) \(size.1)"), .init("role", "img"),
            .init("aria-labelledby", "\(identifier)-t \(identifier)-d"),
        ]
        if isAlone {
            attributes += [.init("xmlns", "http://www.w3.org/2000/svg"), .init("width", size.0), .init("height", size.1)]
        }
        builder.element("svg", attributes) { builder in
            builder.element("title", [.id("\(identifier)-t")], text: chart.title.isEmpty ? chart.chart : chart.title)
            builder.element("desc", [.id("\(identifier)-d")], text: drawing.gist)
            if isAlone { builder.element("style") { $0.trusted(ReportStyle.picture) } }
            if head > 0 { ChartCanvas.label(ChartCanvas.cut(chart.title, 52), 4, 18 - head, "start", "head", into: &builder) }
            drawing.draw(into: &builder)
        }
    }
}
