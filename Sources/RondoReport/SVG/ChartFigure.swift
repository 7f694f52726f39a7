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
                let attributes: [HTMLBuilder.Attribute] = [
                    .init("viewBox", "0 0 \(ChartCanvas.text(ChartCanvas.width)) \(ChartCanvas.text(drawing.height))"),
                    .init("role", "img"),
                    .init("aria-labelledby", "\(identifier)-t \(identifier)-d"),
                ]
                builder.element("svg", attributes) { builder in
                    builder.element("title", [.id("\(identifier)-t")], text: chart.title.isEmpty ? chart.chart : chart.title)
                    builder.element("desc", [.id("\(identifier)-d")], text: drawing.gist)
                    drawing.draw(into: &builder)
                }
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
}
