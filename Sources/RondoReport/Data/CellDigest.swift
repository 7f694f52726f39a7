import RondoKernels

/// Two digests of what a cell answered, eight hexadecimal digits each: replay compares the first for *same*, the second for *close*.
///
/// Both are `ValueHasher` (XXH64, folded to 32 bits) over a canonical form of the blocks in order: a tag a block and a value, lengths
/// before lists, UTF-8 text, the bits of doubles with -0 taken as 0. Text is taken by its template. Volatile figures and columns count by name only; styles do
/// not count, since they are looks. In `rounded`, numbers are first rounded to six significant digits; integers, which no rounding
/// error touches, stay exact.
package struct CellDigest: Sendable, Hashable {
    package var exact: UInt32
    package var rounded: UInt32

    package init(exact: UInt32, rounded: UInt32) {
        self.exact = exact
        self.rounded = rounded
    }

    package init(_ blocks: [Block]) {
        var form = CanonicalForm()
        form.combine(blocks)
        self = form.digest
    }

    package init(_ cell: CellReport) { self.init(cell.blocks) }

    /// The digest of a whole session: the cells in order, each by its number, status and blocks.
    package init(session cells: [CellReport]) {
        var form = CanonicalForm()
        for cell in cells {
            form.tag(30)
            form.count(cell.number ?? 0)
            form.text(cell.error?.code ?? "")
            form.combine(cell.blocks)
        }
        self = form.digest
    }

    /// As a session file shows them: `5e1f09aa 77c0d1b2`.
    package var text: String { CellDigest.hexadecimal(exact) + " " + CellDigest.hexadecimal(rounded) }

    /// Reads `5e1f09aa 77c0d1b2`; nil when it is something else.
    package init?(text: some StringProtocol) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 8 && $0.allSatisfy(\.isHexDigit) }),
            let exact = UInt32(parts[0], radix: 16),
            let rounded = UInt32(parts[1], radix: 16)
        else { return nil }
        self.init(exact: exact, rounded: rounded)
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// A number rounded to six significant decimal digits.
    package static func rounded(_ value: Double) -> Double {
        guard value.isFinite, value != 0 else { return value }
        return Double(DecimalDigits(value).rounded(significant: 6).scientific()) ?? value
    }
}

/// Feeds both hashers at once.
private struct CanonicalForm {
    private var exact = ValueHasher()
    private var rounded = ValueHasher()

    var digest: CellDigest { CellDigest(exact: CanonicalForm.folded(exact.value), rounded: CanonicalForm.folded(rounded.value)) }

    private static func folded(_ value: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: value ^ (value >> 32)) }

    mutating func tag(_ value: UInt8) {
        exact.combine(tag: value)
        rounded.combine(tag: value)
    }

    mutating func count(_ value: Int) {
        exact.combine(Int64(value))
        rounded.combine(Int64(value))
    }

    mutating func text(_ value: String) {
        exact.combine(value)
        rounded.combine(value)
    }

    mutating func number(_ value: Double) {
        let value = value.isFinite ? value : .nan
        exact.combine(value)
        rounded.combine(CellDigest.rounded(value))
    }

    mutating func value(_ value: Scalar) {
        switch value {
        case .missing: tag(1)
        case .number(let number): tag(2); self.number(number)
        case .integer(let integer): tag(3); count(Int(integer))
        case .truth(let truth): tag(truth ? 5 : 4)
        case .text(let text): tag(6); self.text(text)
        case .date(let days): tag(7); count(Int(days))
        case .time(let microseconds): tag(8); count(Int(microseconds))
        case .duration(let microseconds): tag(9); count(Int(microseconds))
        }
    }

    mutating func combine(_ blocks: [Block]) {
        count(blocks.count)
        for block in blocks { combine(block) }
    }

    private mutating func combine(_ block: Block) {
        switch block {
        case .figures(let figures):
            tag(20)
            count(figures.count)
            for figure in figures {
                text(figure.name)
                text(figure.unit ?? "")
                tag(figure.isVolatile ? 1 : 0)
                if !figure.isVolatile { value(figure.value) }
            }
        case .table(let table): combine(table)
        case .chart(let chart): combine(chart)
        case .text(let text):
            tag(23)
            self.text(text.tone.rawValue)
            self.text(text.template)
        case .note(let markdown):
            tag(24)
            text(markdown)
        }
    }

    private mutating func combine(_ table: TableBlock) {
        tag(21)
        text(table.caption)
        count(table.columns.count)
        for column in table.columns {
            text(column.name)
            text(column.type)
            tag(column.isVolatile ? 1 : 0)
        }
        // Rows that hold nothing that counts do not count either.
        guard table.columns.contains(where: { !$0.isVolatile }) else { return }
        count(table.rows.count)
        for row in table.rows {
            for (column, value) in zip(table.columns, row) where !column.isVolatile { self.value(value) }
        }
    }

    private mutating func combine(_ chart: ChartBlock) {
        tag(22)
        text(chart.chart)
        for words in [chart.title, chart.xLabel, chart.yLabel, chart.xAxis.rawValue] { text(words) }
        switch chart.marks {
        case .histogram(let edges, let groups, let counts):
            numbers(edges)
            texts(groups)
            count(counts.count)
            for series in counts { count(series.count); for one in series { count(one) } }
        case .bars(let labels, let groups, let values):
            texts(labels)
            texts(groups)
            count(values.count)
            for series in values { numbers(series) }
        case .line(let series), .scatter(let series):
            count(series.count)
            for one in series { text(one.name); numbers(one.x); numbers(one.y) }
        case .box(let boxes):
            count(boxes.count)
            for box in boxes {
                text(box.name)
                count(box.count)
                numbers(box.bounds)
                numbers(box.outliers)
                count(box.outlierCount)
            }
        case .heatmap(let rows, let columns, let values, let isSigned):
            texts(rows)
            texts(columns)
            count(values.count)
            for row in values { numbers(row) }
            tag(isSigned ? 1 : 0)
        }
    }

    private mutating func numbers(_ values: [Double]) {
        count(values.count)
        for value in values { number(value) }
    }

    private mutating func texts(_ values: [String]) {
        count(values.count)
        for value in values { text(value) }
    }
}
