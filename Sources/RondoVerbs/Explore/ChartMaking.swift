import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoReport
import RondoSession

/// Makes charts of columns: chooses the kind from the types and works out what is drawn.
struct ChartMaking {
    let frame: Frame
    let rows: [Int32]
    let segments: [Segments.Segment]
    /// The clause `by` as written; empty without one.
    let groupWords: String
    let axis: (name: String, column: Column)?
    private static let mostPoints = 2_000
    private static let mostBars = 30

    /// How many groups a chart of this kind holds.
    static func mostGroups(_ kind: String) -> Int { kind == "heatmap" ? 40 : kind == "box" ? 30 : 12 }

    func blocks(_ names: [String], kind: String, span: Span?, context: ComputeContext) throws -> [Block] {
        guard !names.isEmpty else { return [] }
        switch kind {
        case "histogram": return try names.flatMap { try histogram($0) }
        case "bars": return try names.flatMap { try bars($0, span: span) }
        case "box": return try boxes(names, span: span)
        case "line": return try line(names)
        case "heatmap": return try heatmap(names, span: span, context: context)
        default: return try scatter(names, span: span)
        }
    }

    /// The kind that the types of the columns ask for.
    func usual(_ names: [String]) -> String {
        if let axis { return axis.column.type.isMoment ? "line" : axis.column.type.isNumeric ? "scatter" : "bars" }
        let types = names.compactMap { frame[$0]?.type }
        guard let first = types.first else { return "histogram" }
        func isWord(_ type: ColumnType) -> Bool { type.isText || type == .truth }
        if types.count >= 2, first.isMoment { return "line" }
        if types.count == 2 {
            if types.allSatisfy(\.isNumeric) { return "scatter" }
            if types.allSatisfy(isWord) { return "heatmap" }
            if types.contains(where: isWord), types.contains(where: \.isNumeric), segments.count < 2 { return "box" }
        }
        if first.isNumeric, segments.count > 3 { return "box" }
        return isWord(first) ? "bars" : "histogram"
    }

    func values(_ column: Column, _ segment: Segments.Segment) -> [Double] {
        let numbers = column.numbers()
        return segment.positions.map { numbers[Int(rows[Int($0)])] }
    }

    func numeric(_ name: String) throws -> Column {
        guard let column = frame[name], !column.type.isText else {
            throw Fault(
                "R0334", "\(name) holds words: they cannot be measured along an axis", remedy: "plot \(name) kind bars", subject: name)
        }
        return column
    }

    private func histogram(_ name: String) throws -> [Block] {
        let column = try numeric(name)
        let all = values(column, Segments.Segment(name: "", positions: (0..<Int32(rows.count)).map { $0 })).filter { !$0.isNaN }
        guard let histogram = Histogram(all) else {
            return [.text(TextBlock("\(SlotText.escaped(name)) has no value to draw", tone: .warning))]
        }
        let edges = histogram.edges
        let counts = segments.map { segment in ChartMaking.counts(values(column, segment), edges: edges) }
        let missing = rows.count - all.count
        let chart = ChartBlock(
            title: "\(name), \(NumberText.count(all.count)) rows",
            marks: .histogram(edges: edges, groups: segments.map(\.name), counts: counts),
            xLabel: name,
            yLabel: "rows", xAxis: column.type == .date ? .date : column.type == .time ? .time : .number)
        return [.chart(chart)] + remark(missing, name)
    }

    static func counts(_ values: [Double], edges: [Double]) -> [Int] {
        guard edges.count > 1 else { return [] }
        var counts = Array(repeating: 0, count: edges.count - 1)
        for value in values where !value.isNaN {
            var low = 0
            var high = counts.count - 1
            while low < high {
                let middle = (low + high + 1) / 2
                if value >= edges[middle] { low = middle } else { high = middle - 1 }
            }
            counts[low] += 1
        }
        return counts
    }

    func remark(_ missing: Int, _ name: String) -> [Block] {
        missing == 0
            ? []
            : [
                .figures([Figure("missing", Scalar(missing), .count)]),
                .text(TextBlock("{missing} missing values of \(SlotText.escaped(name)) are not drawn")),
            ]
    }

    /// Rows of each word; or the mean of a number for each value of `over`.
    private func bars(_ name: String, span: Span?) throws -> [Block] {
        guard let column = frame[name] else { return [] }
        let labelled = axis?.column ?? column
        let measured = axis == nil ? nil : try numeric(name)
        let factor = labelled.factor()
        let words = factor.words
        var totals = Array(repeating: Array(repeating: 0.0, count: words.count), count: segments.count)
        var counts = totals
        let numbers = measured?.numbers()
        for (group, segment) in segments.enumerated() {
            for position in segment.positions {
                let row = Int(rows[Int(position)])
                let code = Int(factor.codes[row])
                guard code >= 0 else { continue }
                if let numbers, numbers[row].isNaN { continue }
                totals[group][code] += numbers?[row] ?? 1
                counts[group][code] += 1
            }
        }
        let weight = words.indices.map { index in counts.reduce(0) { $0 + $1[index] } }
        var order = Array(words.indices)
        if labelled.type.isText, axis == nil { order.sort { (weight[$0], -$0) > (weight[$1], -$1) } }
        order = order.filter { weight[$0] > 0 }
        let shown = Array(order.prefix(ChartMaking.mostBars))
        let heights = segments.indices.map { group in
            shown.map { measured == nil ? totals[group][$0] : (counts[group][$0] > 0 ? totals[group][$0] / counts[group][$0] : 0) }
        }
        let chart = ChartBlock(
            title: axis.map { "mean \(name) by \($0.name)" } ?? "rows by \(name)",
            marks: .bars(labels: shown.map { words[$0] }, groups: segments.map(\.name), values: heights), xLabel: axis?.name ?? name,
            yLabel: axis == nil ? "rows" : "mean \(name)")
        var blocks: [Block] = [.chart(chart)]
        if order.count > shown.count {
            blocks.append(.figures([Figure("not_drawn", Scalar(order.count - shown.count), .count)]))
            blocks.append(.text(TextBlock("the {not_drawn} rarest values are not drawn")))
        }
        return blocks
    }

    /// Mean of the other columns along the axis: one point a month for long spans of dates, else one point a value.
    private func line(_ names: [String]) throws -> [Block] {
        guard let along = axis ?? names.first.flatMap({ name in frame[name].map { (name, $0) } }), !along.1.type.isText else {
            throw Fault("R0334", "a line needs numbers or dates along the axis", remedy: "plot price over sold_on kind line")
        }
        let drawn = axis == nil ? Array(names.dropFirst()) : names
        guard !drawn.isEmpty else {
            throw Fault("R0335", "a line needs something to draw", remedy: "plot \(names.first ?? "price") over sold_on kind line")
        }
        let places = along.1.type == .date ? ChartMaking.monthly(along.1) : along.1.numbers()
        var series: [ChartBlock.Series] = []
        for name in drawn {
            let numbers = try numeric(name).numbers()
            for segment in segments {
                var sums: [Double: (total: Double, count: Double)] = [:]
                for position in segment.positions {
                    let row = Int(rows[Int(position)])
                    guard !places[row].isNaN, !numbers[row].isNaN else { continue }
                    let old = sums[places[row]] ?? (0, 0)
                    sums[places[row]] = (old.total + numbers[row], old.count + 1)
                }
                let keys = sums.keys.sorted()
                let label = [drawn.count > 1 ? name : "", segment.name].filter { !$0.isEmpty }.joined(separator: ", ")
                series.append(ChartBlock.Series(name: label, x: keys, y: keys.map { key in sums[key].map { $0.total / $0.count } ?? 0 }))
            }
        }
        let isDate = along.1.type == .date
        return [
            .chart(
                ChartBlock(
                    title: "mean \(drawn.joined(separator: ", ")) over \(along.0)", marks: .line(series), xLabel: along.0,
                    yLabel: drawn.joined(separator: ", "), xAxis: isDate ? .date : along.1.type == .time ? .time : .number))
        ]
    }

    /// The first day of each month, when the dates span more than three; else the days themselves.
    private static func monthly(_ column: Column) -> [Double] {
        let days = column.numbers()
        let known = days.filter { !$0.isNaN }
        guard let low = known.min(), let high = known.max(), high - low > 92 else { return days }
        return days.map { day in
            guard !day.isNaN else { return .nan }
            let date = CivilCalendar.date(days: Int32(day))
            return CivilCalendar.days(year: date.year, month: date.month, day: 1).map(Double.init) ?? day
        }
    }

    private func scatter(_ names: [String], span: Span?) throws -> [Block] {
        let across: (name: String, column: Column)
        if let axis { across = axis } else { across = (names[0], try numeric(names[0])) }
        guard let up = axis == nil ? names.dropFirst().first : names.first else {
            throw Diagnostic("R0335", "scatter needs two columns", span: span, remedy: "plot sqft, \(names.first ?? "price") kind scatter")
        }
        let (x, y) = (across.column.numbers(), try numeric(up).numbers())
        let step = max(1, (rows.count + ChartMaking.mostPoints - 1) / ChartMaking.mostPoints)
        let series = segments.map { segment -> ChartBlock.Series in
            let taken = segment.positions.enumerated().filter { $0.offset % step == 0 }.map { Int(rows[Int($0.element)]) }
            let points = taken.filter { !x[$0].isNaN && !y[$0].isNaN }
            return ChartBlock.Series(name: segment.name, x: points.map { x[$0] }, y: points.map { y[$0] })
        }
        let drawn = series.reduce(0) { $0 + $1.x.count }
        let chart = ChartBlock(
            title: "\(up) against \(across.name)", marks: .scatter(series), xLabel: across.name, yLabel: up,
            xAxis: across.column.type == .date ? .date : across.column.type == .time ? .time : .number)
        let words = step > 1 ? "one row in \(NumberText.count(step)) drawn, {points} points" : "{points} points"
        return [.figures([Figure("points", Scalar(drawn), .count)]), .chart(chart), .text(TextBlock(words))]
    }
}
