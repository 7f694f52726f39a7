import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoReport
import RondoSession

extension ChartMaking {
    /// Cells of rows (or means) for each pair of values of two columns; the correlations of three and more columns.
    func heatmap(_ names: [String], span: Span?, context: ComputeContext) throws -> [Block] {
        if names.count > 2, axis == nil, groupWords.isEmpty { return try correlations(names, context) }
        let first = frame[names[0]].map { HeatmapAxis(names[0], $0, rows: rows) }
        let groups = HeatmapAxis(groupWords, segments, rowCount: rows.count)
        if let axis {
            let across = HeatmapAxis(axis.name, axis.column, rows: rows)
            if !groupWords.isEmpty { return try cells(across, groups, mean: names[0]) }
            if names.count == 1, let first { return try cells(across, first, mean: nil) }
        } else if let first {
            if !groupWords.isEmpty, names.count == 1 { return try cells(first, groups, mean: nil) }
            if names.count == 2, groupWords.isEmpty, let second = frame[names[1]] {
                return try cells(first, HeatmapAxis(names[1], second, rows: rows), mean: nil)
            }
        }
        throw Diagnostic(
            "R0335", "a heat map needs two columns, or a column to average over one and by another", span: span,
            remedy: "plot \(NameText.written(names[0])) by type kind heatmap")
    }

    private func correlations(_ names: [String], _ context: ComputeContext) throws -> [Block] {
        let columns = names.compactMap { frame[$0] }.map { rows.count == $0.count ? $0 : $0.gathering(rows) }
        let table = try AssociationTable(columns, context: context)
        let values = names.indices.map { row in names.indices.map { table[row, $0].value } }
        return [
            .chart(
                ChartBlock(
                    title: "correlation, \(NumberText.count(rows.count)) rows",
                    marks: .heatmap(rows: names, columns: names, values: values, isSigned: true), xLabel: "", yLabel: ""))
        ]
    }

    private func cells(_ across: HeatmapAxis, _ down: HeatmapAxis, mean name: String?) throws -> [Block] {
        let numbers = try name.map { try numeric($0).numbers() }
        var sums = down.labels.map { _ in across.labels.map { _ in 0.0 } }
        var counts = sums
        var unseen = 0
        for position in rows.indices {
            let (column, line) = (Int(across.codes[position]), Int(down.codes[position]))
            let value = numbers.map { $0[Int(rows[position])] } ?? 1
            guard column >= 0, line >= 0, !value.isNaN else {
                unseen += 1
                continue
            }
            sums[line][column] += value
            counts[line][column] += 1
        }
        let values =
            name == nil
            ? counts
            : zip(sums, counts).map { zip($0, $1).map { $1 > 0 ? $0 / $1 : .nan } }
        let title = "\(name.map { "mean \($0)" } ?? "rows") by \(across.name) and \(down.name)"
        let chart = ChartBlock(
            title: title, marks: .heatmap(rows: down.labels, columns: across.labels, values: values, isSigned: false), xLabel: across.name,
            yLabel: down.name)
        guard unseen > 0 else { return [.chart(chart)] }
        return [
            .figures([Figure("not_drawn", Scalar(unseen), .count)]), .chart(chart),
            .text(TextBlock("{not_drawn} rows with a gap or a rare value are not drawn")),
        ]
    }
}

/// One side of a heat map: words as they are, numbers and dates in bands.
struct HeatmapAxis {
    let name: String
    let labels: [String]
    /// A label a row looked at, -1 for gaps and values that are left out.
    let codes: [Int32]

    /// Different values of numbers that still stand one by one, and of words that are drawn.
    private static let mostNumbers = 12
    private static let mostWords = 30

    /// Groups of rows.
    init(_ name: String, _ segments: [Segments.Segment], rowCount: Int) {
        self.name = name
        labels = segments.map(\.name)
        var codes = [Int32](repeating: -1, count: rowCount)
        for (code, segment) in segments.enumerated() { for position in segment.positions { codes[Int(position)] = Int32(code) } }
        self.codes = codes
    }

    /// - Parameter rows: the rows looked at.
    init(_ name: String, _ column: Column, rows: [Int32]) {
        self.name = name
        let part = column.gathering(rows)
        let factor = part.factor()
        if part.type.isText || part.type == .truth || (part.type.isNumeric && factor.values.count <= HeatmapAxis.mostNumbers) {
            (labels, codes) = HeatmapAxis.words(factor)
        } else if part.type.isMoment {
            (labels, codes) = HeatmapAxis.months(part)
        } else {
            (labels, codes) = HeatmapAxis.bands(part.numbers())
        }
    }

    /// The most frequent values, in their order.
    private static func words(_ factor: Factor) -> ([String], [Int32]) {
        let words = factor.words
        guard words.count > mostWords else { return (words, factor.codes) }
        var sizes = [Int](repeating: 0, count: words.count)
        for code in factor.codes where code >= 0 { sizes[Int(code)] += 1 }
        let kept = words.indices.sorted { (sizes[$0], -$0) > (sizes[$1], -$1) }.prefix(mostWords).sorted()
        var target = [Int32](repeating: -1, count: words.count)
        for (new, old) in kept.enumerated() { target[old] = Int32(new) }
        return (kept.map { words[$0] }, factor.codes.map { $0 < 0 ? -1 : target[Int($0)] })
    }

    /// About ten bands at round edges.
    private static func bands(_ values: [Double]) -> ([String], [Int32]) {
        guard let histogram = Histogram(values, bins: 10) else { return ([], values.map { _ in -1 }) }
        let edges = histogram.edges
        let text = NumberText()
        let labels = zip(edges, edges.dropFirst()).map { "\(text.text(Scalar($0))) to \(text.text(Scalar($1)))" }
        let codes = values.map { value -> Int32 in
            guard !value.isNaN else { return -1 }
            return Int32(max(0, min(edges.count - 2, (edges.lastIndex { $0 <= value } ?? 0))))
        }
        return (labels, codes)
    }

    /// Years of spans beyond three years, else months.
    private static func months(_ column: Column) -> ([String], [Int32]) {
        let isTime = column.type == .time
        let days = column.numbers().map { $0.isNaN ? .nan : isTime ? ($0 / 86_400).rounded(.down) : $0 }
        let known = days.filter { !$0.isNaN }
        guard let low = known.min(), let high = known.max() else { return ([], days.map { _ in -1 }) }
        let letters = high - low > 1_100 ? 4 : 7
        let words = days.map { day -> String? in
            Int32(exactly: day).map { String(CivilCalendar.text(days: $0).prefix(letters)) }
        }
        let factor = Column.text(words).factor()
        return (factor.words, factor.codes)
    }
}
