import RondoFrame
import RondoKernels
import RondoReport
import RondoSession

/// What `load` says about a table.
enum LoadReport {
    /// Most findings shown one by one; the rest is summed up.
    private static let shown = 12
    /// Up to so many gaps are told one by one.
    private static let fewGaps = 4

    static func blocks(name: String, frame: Frame, findings: [Finding]) -> [Block] {
        var figures = [Figure("rows", Scalar(frame.rowCount), .count), Figure("columns", Scalar(frame.columnCount), .count)]
        var words = "\(SlotText.escaped(name)): {rows} rows, {columns} columns"
        if let (column, low, high) = span(frame) {
            figures.append(Figure("first_\(column.slot)", low, .plain))
            figures.append(Figure("last_\(column.slot)", high, .plain))
            words += ", \(SlotText.escaped(column.name)) {first_\(column.slot)} to {last_\(column.slot)}"
        }
        var blocks: [Block] = [.figures(figures), .text(TextBlock(words))]
        let counted = zip(frame.names, frame.columns).map { (name: $0, count: $1.missingCount) }
        let gaps = counted.filter { $0.count > 0 }.sorted { $0.count > $1.count }
        if !gaps.isEmpty, frame.rowCount > 0 {
            let shares = gaps.prefix(4).map { gap in "\(gap.name) \(percent(Double(gap.count) / Double(frame.rowCount)))" }
            let list = shares.joined(separator: ", ")
            let more = gaps.count > 4 ? " and \(gaps.count - 4) more columns" : ""
            blocks.append(.text(TextBlock("missing: \(SlotText.escaped(list))\(more) · describe shows all")))
        }
        if frame.rowCount == 0 { blocks.append(.text(TextBlock("a header and no rows", tone: .warning))) }
        return blocks + told(findings)
    }

    /// Findings in words; many gaps of the same sort are told in a table instead.
    private static func told(_ findings: [Finding]) -> [Block] {
        let gaps = findings.filter { $0.name == "missing" }
        let spoken = findings.filter { $0.name != "missing" || gaps.count <= fewGaps }
        var blocks: [Block] = spoken.prefix(shown).map { .text(TextBlock(SlotText.escaped($0.text))) }
        if gaps.count > fewGaps {
            blocks.append(.text(TextBlock("read as missing, in \(NumberText.count(gaps.count)) places:")))
            blocks.append(table(gaps, caption: "read as missing"))
        }
        if spoken.count > shown { blocks.append(table(spoken, caption: "all \(NumberText.count(spoken.count)) findings")) }
        return blocks
    }

    private static func table(_ findings: [Finding], caption: String) -> Block {
        .table(
            TableBlock(
                caption: caption, columns: [.init("what", "text", .plain), .init("count", "integer", .count)],
                rows: findings.map { [.text($0.text), $0.count.map { Scalar($0) } ?? .missing] }))
    }

    /// The first column of moments, with its least and greatest value.
    private static func span(_ frame: Frame) -> (column: (name: String, slot: String), low: Scalar, high: Scalar)? {
        for (index, column) in frame.columns.enumerated() where column.type.isMoment {
            let name = frame.names[index]
            guard let (low, high) = extremes(column) else { return nil }
            let slot = String(name.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "_" })
            return (column: (name: name, slot: slot), low: low, high: high)
        }
        return nil
    }

    /// The least and the greatest moment of a column; nil without any.
    private static func extremes(_ column: Column) -> (low: Scalar, high: Scalar)? {
        switch column.storage {
        case .date(let days):
            return extremes(days, missing: Column.missingDate).map { (.date($0.low), .date($0.high)) }
        case .time(let times): return extremes(times, missing: Column.missingTime).map { (.time($0.low), .time($0.high)) }
        default: return nil
        }
    }

    private static func extremes<Value: FixedWidthInteger>(_ values: [Value], missing: Value) -> (low: Value, high: Value)? {
        var (low, high) = (Value.max, Value.min)
        for value in values where value != missing { (low, high) = (min(low, value), max(high, value)) }
        return low <= high ? (low, high) : nil
    }

    private static func percent(_ share: Double) -> String {
        NumberText().text(.number(share), .percent)
    }
}
