import RondoKernels

/// The numbers behind a chart as a table: for readers who cannot see it, and for formats without pictures.
struct ChartTable {
    let table: TableBlock?

    init(_ chart: ChartBlock) {
        switch chart.marks {
        case .histogram(let edges, let groups, let counts): table = ChartTable.histogram(chart, edges, groups, counts)
        case .bars(let labels, let groups, let values): table = ChartTable.bars(chart, labels, groups, values)
        case .line(let series), .scatter(let series): table = ChartTable.points(chart, series)
        case .box(let boxes): table = ChartTable.boxes(chart, boxes)
        case .heatmap(let rows, let columns, let values, _): table = ChartTable.cells(chart, rows, columns, values)
        }
    }

    private static func boxes(_ chart: ChartBlock, _ boxes: [ChartBlock.Box]) -> TableBlock? {
        guard !boxes.isEmpty else { return nil }
        let kind = axisType(chart.xAxis)
        let columns =
            [TableBlock.Column(chart.yLabel.isEmpty ? "group" : chart.yLabel, "text", .plain), .init("rows", "integer", .count)]
            + ["min", "whisker_low", "q25", "median", "q75", "whisker_high", "max"].map { .init($0, kind) }
            + [.init("outliers", "integer", .count)]
        let rows = boxes.map { box in
            [Scalar.text(box.name.isEmpty ? chart.xLabel : box.name), Scalar(box.count)] + box.bounds.map { position($0, chart.xAxis) }
                + [Scalar(box.outlierCount)]
        }
        return TableBlock(caption: chart.title, columns: columns, rows: rows)
    }

    private static func cells(_ chart: ChartBlock, _ rows: [String], _ columns: [String], _ values: [[Double]]) -> TableBlock? {
        guard !rows.isEmpty, !columns.isEmpty else { return nil }
        let heads = [TableBlock.Column(chart.yLabel.isEmpty ? "row" : chart.yLabel, "text", .plain)] + columns.map { .init($0, "number") }
        let body = rows.indices.map { row in
            [Scalar.text(rows[row])]
                + columns.indices.map { row < values.count && $0 < values[row].count ? Scalar(values[row][$0]) : .missing }
        }
        return TableBlock(caption: chart.title, columns: heads, rows: body)
    }

    private static func names(_ groups: [String], _ count: Int, _ fallback: String) -> [String] {
        (0..<count).map { $0 < groups.count && !groups[$0].isEmpty ? groups[$0] : count == 1 ? fallback : "\(fallback) \($0 + 1)" }
    }

    private static func histogram(_ chart: ChartBlock, _ edges: [Double], _ groups: [String], _ counts: [[Int]]) -> TableBlock? {
        let bins = min(max(0, edges.count - 1), counts.map(\.count).max() ?? 0)
        guard bins > 0 else { return nil }
        let kind = axisType(chart.xAxis)
        let columns =
            [TableBlock.Column("from", kind), TableBlock.Column("to", kind)]
            + names(groups, counts.count, chart.yLabel.isEmpty ? "count" : chart.yLabel).map { TableBlock.Column($0, "integer", .count) }
        let rows = (0..<bins).map { bin in
            [position(edges[bin], chart.xAxis), position(edges[bin + 1], chart.xAxis)]
                + counts.map { bin < $0.count ? Scalar.integer(Int64($0[bin])) : .missing }
        }
        return TableBlock(caption: chart.title, columns: columns, rows: rows)
    }

    private static func bars(_ chart: ChartBlock, _ labels: [String], _ groups: [String], _ values: [[Double]]) -> TableBlock? {
        guard !labels.isEmpty, !values.isEmpty else { return nil }
        let columns =
            [TableBlock.Column(chart.xLabel.isEmpty ? "label" : chart.xLabel, "text", .plain)]
            + names(groups, values.count, chart.yLabel.isEmpty ? "value" : chart.yLabel).map { TableBlock.Column($0, "number") }
        let rows = labels.indices.map { index in
            [Scalar.text(labels[index])] + values.map { index < $0.count ? Scalar($0[index]) : .missing }
        }
        return TableBlock(caption: chart.title, columns: columns, rows: rows)
    }

    private static func points(_ chart: ChartBlock, _ series: [ChartBlock.Series]) -> TableBlock? {
        guard !series.isEmpty else { return nil }
        let x = TableBlock.Column(chart.xLabel.isEmpty ? "x" : chart.xLabel, axisType(chart.xAxis))
        let y = TableBlock.Column(chart.yLabel.isEmpty ? "y" : chart.yLabel, "number")
        let isNamed = series.count > 1
        var rows: [[Scalar]] = []
        for one in series {
            for (first, second) in zip(one.x, one.y) {
                rows.append((isNamed ? [.text(one.name)] : []) + [position(first, chart.xAxis), Scalar(second)])
            }
        }
        return TableBlock(
            caption: chart.title, columns: (isNamed ? [TableBlock.Column("group", "text", .plain)] : []) + [x, y], rows: rows)
    }

    private static func axisType(_ axis: ChartBlock.Axis) -> String { axis.rawValue }

    private static func position(_ value: Double, _ axis: ChartBlock.Axis) -> Scalar {
        switch axis {
        case .number: return Scalar(value)
        case .date: return Int32(exactly: value.rounded(.down)).map { .date($0) } ?? Scalar(value)
        case .time: return value.magnitude < 9e12 ? .time(Int64((value * 1_000_000).rounded())) : Scalar(value)
        }
    }
}
