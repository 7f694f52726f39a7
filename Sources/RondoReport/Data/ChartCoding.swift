import RondoKernels

/// Charts to JSON and back; the same form in the jsonl contract and in the report.
///
/// `data` holds `edges groups counts` (histogram), `labels groups values` (bars), `series` of `name x y` (line, scatter), `boxes` of
/// `name count bounds outliers outlier_count` (box; bounds are least, whisker, quartile, median, quartile, whisker, greatest) or
/// `rows columns values signed` (heatmap), and `x_label y_label x_axis`. A coordinate that is not finite is null, and reads back as NaN.
enum ChartCoding {
    /// The members of a chart block inside an object that is open.
    static func write(_ chart: ChartBlock, to writer: inout JSONWriter) {
        writer.member("kind", "chart")
        writer.member("chart", chart.chart)
        writer.member("title", chart.title)
        writer.key("data")
        writer.object { writer in
            writer.member("x_label", chart.xLabel)
            writer.member("y_label", chart.yLabel)
            writer.member("x_axis", chart.xAxis.rawValue)
            switch chart.marks {
            case .histogram(let edges, let groups, let counts):
                numbers("edges", edges, &writer)
                texts("groups", groups, &writer)
                writer.key("counts")
                writer.array { writer in
                    for series in counts { writer.array { writer in for count in series { writer.integer(Int64(count)) } } }
                }
            case .bars(let labels, let groups, let values):
                texts("labels", labels, &writer)
                texts("groups", groups, &writer)
                writer.key("values")
                writer.array { writer in
                    for series in values { writer.array { writer in for value in series { writer.shortNumber(value) } } }
                }
            case .line(let series), .scatter(let series):
                writer.key("series")
                writer.array { writer in
                    for one in series {
                        writer.object { writer in
                            writer.member("name", one.name)
                            numbers("x", one.x, &writer)
                            numbers("y", one.y, &writer)
                        }
                    }
                }
            case .box(let boxes):
                writer.key("boxes")
                writer.array { writer in for box in boxes { write(box, to: &writer) } }
            case .heatmap(let rows, let columns, let values, let isSigned):
                texts("rows", rows, &writer)
                texts("columns", columns, &writer)
                writer.key("values")
                writer.array { writer in
                    for row in values { writer.array { writer in for value in row { writer.shortNumber(value) } } }
                }
                writer.member("signed", isSigned)
            }
        }
    }

    private static func write(_ box: ChartBlock.Box, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", box.name)
            writer.member("count", box.count)
            numbers("bounds", box.bounds, &writer)
            numbers("outliers", box.outliers, &writer)
            writer.member("outlier_count", box.outlierCount)
        }
    }

    private static func numbers(_ name: String, _ values: [Double], _ writer: inout JSONWriter) {
        writer.key(name)
        writer.array { writer in for value in values { writer.shortNumber(value) } }
    }

    private static func texts(_ name: String, _ values: [String], _ writer: inout JSONWriter) {
        writer.key(name)
        writer.array { writer in for value in values { writer.string(value) } }
    }

    /// A chart block from its JSON object.
    static func read(_ tree: JSONTree) throws -> ChartBlock {
        let data = try BlockCoding.member("data", of: tree)
        let marks: ChartBlock.Marks
        let kind = try BlockCoding.text("chart", of: tree)
        switch kind {
        case "histogram":
            marks = .histogram(
                edges: try numbers("edges", data), groups: try texts("groups", data),
                counts: try BlockCoding.elements("counts", of: data).map { series in
                    try (series.elements ?? []).map { count in
                        guard let value = count.integer, let narrow = Int(exactly: value) else {
                            throw BlockCoding.damaged("a count is no whole number")
                        }
                        return narrow
                    }
                })
        case "bars":
            marks = .bars(
                labels: try texts("labels", data), groups: try texts("groups", data),
                values: try BlockCoding.elements("values", of: data).map { ($0.elements ?? []).map { $0.double ?? .nan } })
        case "line", "scatter":
            let series = try BlockCoding.elements("series", of: data).map { one in
                ChartBlock.Series(name: try BlockCoding.text("name", of: one), x: try numbers("x", one), y: try numbers("y", one))
            }
            marks = kind == "line" ? .line(series) : .scatter(series)
        case "box": marks = .box(try BlockCoding.elements("boxes", of: data).map(box))
        case "heatmap":
            marks = .heatmap(
                rows: try texts("rows", data), columns: try texts("columns", data),
                values: try BlockCoding.elements("values", of: data).map { ($0.elements ?? []).map { $0.double ?? .nan } },
                isSigned: data["signed"]?.truth ?? false)
        default: throw BlockCoding.damaged("there is no chart \(kind)")
        }
        guard let axis = ChartBlock.Axis(rawValue: try BlockCoding.text("x_axis", of: data)) else {
            throw BlockCoding.damaged("unknown axis of a chart")
        }
        return ChartBlock(
            title: try BlockCoding.text("title", of: tree), marks: marks, xLabel: try BlockCoding.text("x_label", of: data),
            yLabel: try BlockCoding.text("y_label", of: data), xAxis: axis)
    }

    private static func box(_ tree: JSONTree) throws -> ChartBlock.Box {
        let box = ChartBlock.Box(
            name: try BlockCoding.text("name", of: tree), count: try BlockCoding.int("count", of: tree),
            bounds: try numbers("bounds", tree), outliers: try numbers("outliers", tree),
            outlierCount: try BlockCoding.int("outlier_count", of: tree))
        guard let box else { throw BlockCoding.damaged("the bounds of a box are not seven numbers") }
        return box
    }

    private static func numbers(_ name: String, _ tree: JSONTree) throws -> [Double] {
        try BlockCoding.elements(name, of: tree).map { $0.double ?? .nan }
    }

    private static func texts(_ name: String, _ tree: JSONTree) throws -> [String] {
        try BlockCoding.elements(name, of: tree).map { element in
            guard let text = element.text else { throw BlockCoding.damaged("\(name) holds something that is no text") }
            return text
        }
    }
}
