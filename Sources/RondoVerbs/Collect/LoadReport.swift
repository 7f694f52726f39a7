import RondoFrame
import RondoKernels
import RondoReport
import RondoSession

/// What `load` says about a table: its size, its gaps in a line, and every finding, alike ones in one line.
struct LoadReport {
    /// Most lines of findings, and most columns whose gaps are told.
    private static let (lines, gaps) = (12, 3)

    let name: String
    let frame: Frame
    let findings: [Finding]
    /// Private columns, of whose values nothing is told.
    let hidden: Set<String>
    /// How many values of each column are missing.
    private let missingCounts: [Int]

    /// - Throws: only when cancelled.
    init(name: String, frame: Frame, findings: [Finding], hidden: Set<String>, context: ComputeContext) throws {
        self.name = name
        self.frame = frame
        self.findings = findings
        self.hidden = hidden
        missingCounts = try Parallel.map(frame.columnCount, context: context) { frame.columns[$0].missingCount }
    }

    var blocks: [Block] {
        var figures = [Figure("rows", Scalar(frame.rowCount), .count), Figure("columns", Scalar(frame.columnCount), .count)]
        var words = "\(SlotText.escaped(name)): {rows} rows, {columns} columns"
        if let (column, low, high) = span {
            figures.append(Figure("first_\(column.slot)", low, .plain))
            figures.append(Figure("last_\(column.slot)", high, .plain))
            words += ", \(SlotText.escaped(column.name)) {first_\(column.slot)} to {last_\(column.slot)}"
        }
        var blocks: [Block] = [.figures(figures), .text(TextBlock(words))]
        if frame.rowCount == 0 { blocks.append(.text(TextBlock("a header and no rows", tone: .warning))) }
        return blocks + (missingLines + findingLines).map { .text(TextBlock(SlotText.escaped($0))) } + details
    }

    // MARK: gaps

    /// The columns with most gaps, and what was taken for one that is not empty.
    private var missingLines: [String] {
        guard frame.rowCount > 0 else { return [] }
        let counted = zip(frame.names, missingCounts).map { (name: $0, count: $1) }.filter { $0.count > 0 }
        guard !counted.isEmpty else { return [] }
        let worst = counted.sorted { $0.count > $1.count }.prefix(LoadReport.gaps)
        let list = worst.map { "\($0.name) \(percent(Double($0.count) / Double(frame.rowCount)))" }.joined(separator: ", ")
        let isAll = counted.count <= LoadReport.gaps
        let line =
            isAll ? "missing: \(list)" : "missing in \(NumberText.count(counted.count)) columns, most in \(list) · describe shows all"
        return [line] + (marks.isEmpty ? [] : ["read as missing: \(marks.joined(separator: ", "))"])
    }

    /// `9 "null" in column_2, column_4` for each mark that is not the empty field.
    private var marks: [String] {
        var order: [String] = []
        var sums: [String: (count: Int, columns: [String])] = [:]
        for finding in findings where finding.name == "missing" && finding.mark != "empty" {
            guard let mark = finding.mark, let column = finding.column else { continue }
            if sums[mark] == nil { order.append(mark) }
            sums[mark, default: (0, [])].count += finding.count ?? 0
            sums[mark]?.columns.append(column)
        }
        return order.compactMap { mark in
            sums[mark].map {
                "\(NumberText.count($0.count)) \(mark == "blanks" && $0.count == 1 ? "blank" : mark) in \(NameList.words($0.columns, limit: 3))"
            }
        }
    }

    // MARK: findings

    /// Findings about columns, alike ones together.
    private var groups: [[Finding]] {
        var groups: [[Finding]] = []
        for finding in findings where !(finding.name == "missing" && finding.mark != nil) && finding.name != "empty" {
            if let column = finding.column, hidden.contains(column) { continue }
            if finding.column != nil, let place = groups.firstIndex(where: { $0[0].name == finding.name && $0[0].column != nil }) {
                groups[place].append(finding)
            } else {
                groups.append([finding])
            }
        }
        // Two are told one by one.
        return groups.flatMap { $0.count > 2 ? [$0] : $0.map { [$0] } }
    }

    private var findingLines: [String] {
        let all = groups.map(line)
        guard all.count > LoadReport.lines + 1 else { return all }
        return all.prefix(LoadReport.lines) + ["\(NumberText.count(all.count - LoadReport.lines)) more findings"]
    }

    private func line(_ group: [Finding]) -> String {
        let names = group.compactMap(\.column)
        guard group.count > 1 else { return group[0].text }
        if group[0].name == "no_values" { return "no values in \(NameList.words(names))" }
        return "\(group[0].text) · likewise \(NameList.words(Array(names.dropFirst()), limit: 4))"
    }

    /// Every finding with its words, where the lines do not hold them all.
    private var details: [Block] {
        let told = groups
        guard told.contains(where: { $0.count > 1 }) || told.count > LoadReport.lines + 1 else { return [] }
        let all = findings.filter { finding in finding.column.map { !hidden.contains($0) } ?? true }
        let table = TableBlock(
            caption: "all \(NumberText.count(all.count)) findings",
            columns: [.init("what", "text", .plain), .init("count", "integer", .count)],
            rows: all.map { [.text($0.text), $0.count.map { Scalar($0) } ?? .missing] }, isDetail: true)
        return [.table(table)]
    }

    /// The first column of moments, with its least and greatest value.
    private var span: (column: (name: String, slot: String), low: Scalar, high: Scalar)? {
        for (name, column) in zip(frame.names, frame.columns) where column.type.isMoment && !hidden.contains(name) {
            guard let (low, high) = Self.extremes(column) else { return nil }
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

    private func percent(_ share: Double) -> String { NumberText().text(.number(share), .percent) }
}
