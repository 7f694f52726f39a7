import RondoKernels

/// A grid of cells, paler or stronger by value; below zero in another colour. Small grids carry their numbers.
struct HeatmapDrawing: ChartDrawing {
    private static let most = 40
    /// Text stays readable on the strongest cells of both themes.
    private static let strongest = 0.55
    private let chart: ChartBlock
    private let rows: [String]
    private let columns: [String]
    private let values: [[Double]]
    private let isSigned: Bool
    private let reach: Double
    private let numbers: NumberText

    init?(_ chart: ChartBlock, rows: [String], columns: [String], values: [[Double]], isSigned: Bool, numbers: NumberText) {
        guard !rows.isEmpty, !columns.isEmpty, let extent = ChartExtent(values.joined()) else { return nil }
        self.chart = chart
        self.rows = rows
        self.columns = columns
        self.values = values
        self.isSigned = isSigned
        reach = isSigned ? 1 : max(extent.high.magnitude, extent.low.magnitude)
        self.numbers = numbers
    }

    private var shownRows: Int { min(rows.count, HeatmapDrawing.most) }
    private var shownColumns: Int { min(columns.count, HeatmapDrawing.most) }
    private var left: Double {
        let longest = Double(rows.prefix(shownRows).map { DisplayWidth.of($0) }.max() ?? 0)
        return min(ChartCanvas.width * 0.35, longest * ChartCanvas.letter + 10)
    }
    /// Names of columns stand upright.
    private var top: Double {
        let longest = Double(columns.prefix(shownColumns).map { DisplayWidth.of(ChartCanvas.cut($0, 18)) }.max() ?? 0)
        return longest * ChartCanvas.letter + 12 + (axisWords.isEmpty ? 0 : 20)
    }
    private var axisWords: String { chart.xLabel.isEmpty ? "" : chart.yLabel.isEmpty ? chart.xLabel : "\(chart.yLabel) by \(chart.xLabel)" }
    private var cellWidth: Double { min(64, (ChartCanvas.width - left - 6) / Double(shownColumns)) }
    private var cellHeight: Double { max(14, min(26, cellWidth)) }
    private var isCut: Bool { rows.count > shownRows || columns.count > shownColumns }

    var height: Double { top + Double(shownRows) * cellHeight + 30 + (isCut ? 18 : 0) }

    private func value(_ row: Int, _ column: Int) -> Double {
        values.indices.contains(row) && values[row].indices.contains(column) ? values[row][column] : .nan
    }

    private func text(_ value: Double) -> String { isSigned ? HeatmapDrawing.hundredths(value) : AxisTicks.label(value, step: nil) }

    /// Numbers inside cells leave out the 0 before the point: `.81`, `-.07`.
    private func short(_ value: Double) -> String {
        let words = text(value)
        guard isSigned, value.magnitude < 1, words.contains(".") else { return words }
        return words.hasPrefix("-") ? "-" + words.dropFirst(2) : String(words.dropFirst())
    }

    /// All cells carry their numbers, or none does.
    private var hasNumbers: Bool {
        let widest = (0..<shownRows).flatMap { row in
            (0..<shownColumns).map { value(row, $0) }.filter(\.isFinite).map { DisplayWidth.of(short($0)) }
        }.max()
        return Double(widest ?? 0) * 7.2 <= cellWidth
    }

    /// `0.81`, `-0.07`, `1`: two decimals.
    static func hundredths(_ value: Double) -> String {
        let digits = DecimalDigits(value).rounded(decimals: 2)
        return digits.decimals == 0 ? digits.text() : digits.text(minimumDecimals: 2)
    }

    var gist: String {
        var extremes: [(Double, String)] = []
        for row in rows.indices {
            for column in columns.indices where !(isSigned && rows[row] == columns[column]) && value(row, column).isFinite {
                extremes.append((value(row, column), "\(rows[row]) and \(columns[column])"))
            }
        }
        var words = "\(rows.count) by \(columns.count) cells"
        if let most = extremes.max(by: { $0.0 < $1.0 }), let least = extremes.min(by: { $0.0 < $1.0 }) {
            words += "; largest \(text(most.0)) for \(most.1), smallest \(text(least.0)) for \(least.1)"
        }
        return words + "."
    }

    func draw(into builder: inout HTMLBuilder) {
        if !axisWords.isEmpty { ChartCanvas.label(ChartCanvas.cut(axisWords, 52), 4, 14, "start", "name", into: &builder) }
        let letters = max(4, Int((left - 10) / ChartCanvas.letter))
        for column in 0..<shownColumns {
            let x = ChartCanvas.text(left + (Double(column) + 0.5) * cellWidth + 4)
            let y = ChartCanvas.text(top - 6)
            builder.element(
                "text", [.class("tick strong"), .init("x", x), .init("y", y), .init("transform", "rotate(-90 \(x) \(y))")],
                text: ChartCanvas.cut(columns[column], 18))
        }
        let hasNumbers = hasNumbers
        for row in 0..<shownRows {
            let y = top + Double(row) * cellHeight
            ChartCanvas.label(
                ChartCanvas.cut(rows[row], letters), left - 7, y + cellHeight / 2 + 4, "end", "tick strong", into: &builder)
            for column in 0..<shownColumns { cell(value(row, column), left + Double(column) * cellWidth, y, hasNumbers, into: &builder) }
        }
        legend(top + Double(shownRows) * cellHeight + 20, into: &builder)
        if isCut {
            let words = "\(rows.count) by \(columns.count) cells, the rest in the numbers below"
            ChartCanvas.label(words, 4, height - 5, "start", into: &builder)
        }
    }

    private func cell(_ value: Double, _ x: Double, _ y: Double, _ hasNumbers: Bool, into builder: inout HTMLBuilder) {
        guard value.isFinite else {
            ChartCanvas.label("-", x + cellWidth / 2, y + cellHeight / 2 + 4, "middle", into: &builder)
            return
        }
        shade(value, x, y, cellWidth, cellHeight, into: &builder)
        if hasNumbers {
            ChartCanvas.label(short(value), x + cellWidth / 2, y + cellHeight / 2 + 4, "middle", "tick strong", into: &builder)
        }
    }

    private func shade(_ value: Double, _ x: Double, _ y: Double, _ width: Double, _ height: Double, into builder: inout HTMLBuilder) {
        let share = reach > 0 ? min(value.magnitude / reach, 1) * HeatmapDrawing.strongest : 0
        builder.shape(
            "rect",
            [
                .class("fill \(ChartDrawings.colour(value < 0 ? 1 : 0))"), .init("x", ChartCanvas.text(x + 0.5)),
                .init("y", ChartCanvas.text(y + 0.5)), .init("width", ChartCanvas.text(width - 1)),
                .init("height", ChartCanvas.text(height - 1)),
                .init("fill-opacity", DecimalDigits(share).rounded(decimals: 2).text()),
            ])
    }

    private func legend(_ y: Double, into builder: inout HTMLBuilder) {
        let marks = isSigned ? [-1, -0.5, 0, 0.5, 1] : AxisTicks(from: 0, to: reach, wanted: 4).values
        let size = 52.0
        for (index, mark) in marks.enumerated() {
            let x = left + Double(index) * (size + 2)
            guard x + size <= ChartCanvas.width else { return }
            shade(mark, x, y - 13, size, 18, into: &builder)
            ChartCanvas.label(text(mark), x + size / 2, y, "middle", "tick strong", into: &builder)
        }
    }
}
