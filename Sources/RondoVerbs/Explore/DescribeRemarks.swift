import RondoFrame
import RondoKernels
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession

/// What of a table should be looked at: columns without news, gaps that come together, rare values.
struct DescribeRemarks {
    let names: [String]
    /// The rows looked at.
    let frame: Frame
    let descriptions: [ColumnDescription]
    let roles: [ColumnRole]
    /// Named segments.
    let flags: [String]

    /// Rows from which a value is not rare, and rows of a table in which fewer are worth a word.
    private static let rareRows = 10
    private static let leastRows = 200
    private static let mostLines = 4

    func blocks(context: ComputeContext) throws -> [Block] {
        let plain = spans() + (try gaps(context))
        let warnings = emptiness() + (try twins(context)) + rare()
        return plain.map { .text(TextBlock(SlotText.escaped($0))) }
            + warnings.map { .text(TextBlock(SlotText.escaped($0), tone: .warning)) }
    }

    // MARK: dates

    /// `sold_on runs from 2019-01-02 to 2024-12-30`.
    private func spans() -> [String] {
        zip(names, descriptions).filter { $1.type.isMoment && $1.count > 0 }.prefix(DescribeRemarks.mostLines).map { name, description in
            let (first, last) = (description.minimum.plainText.prefix(10), description.maximum.plainText.prefix(10))
            return first == last ? "\(name) is always \(first)" : "\(name) runs from \(first) to \(last)"
        }
    }

    // MARK: gaps

    private func gaps(_ context: ComputeContext) throws -> [String] {
        let groups = try ColumnTwins.gapGroups(frame.columns, context: context)
        let together = groups.prefix(DescribeRemarks.mostLines).map { group in
            "missing together: \(NameList.words(group.map { names[$0] }))"
        }
        let more = groups.count > together.count ? ["and \(groups.count - together.count) more such groups"] : []
        return together + more + (try concentrated(context))
    }

    /// Gaps that lie mostly in rows of one value of another column, though these are few.
    private func concentrated(_ context: ComputeContext) throws -> [String] {
        let gappy = names.indices.filter { descriptions[$0].missing >= 20 && descriptions[$0].count > 0 }
        let words = names.indices.filter { (2...50).contains(descriptions[$0].distinct) && roles[$0].kind == .category }
        guard !gappy.isEmpty, gappy.count * words.count <= 2_000 else { return [] }
        let factors = words.map { frame.columns[$0].factor() }
        var lines: [String] = []
        for column in gappy {
            try context.cancellation.check()
            let missing = frame.columns[column].missingMask()
            let found = zip(words, factors).compactMap { place, factor -> (share: Double, line: String)? in
                place == column ? nil : fullest(missing, factor, total: descriptions[column].missing, names[column], names[place])
            }
            if let most = found.max(by: { $0.share < $1.share }) { lines.append(most.line) }
        }
        return Array(lines.prefix(DescribeRemarks.mostLines))
    }

    private func fullest(_ missing: [Bool], _ factor: Factor, total: Int, _ name: String, _ other: String) -> (share: Double, line: String)?
    {
        var gaps = [Int](repeating: 0, count: factor.values.count)
        var sizes = gaps
        for (row, code) in factor.codes.enumerated() where code >= 0 {
            sizes[Int(code)] += 1
            if missing[row] { gaps[Int(code)] += 1 }
        }
        guard let code = gaps.indices.max(by: { (gaps[$0], -$0) < (gaps[$1], -$1) }) else { return nil }
        let share = Double(gaps[code]) / Double(total)
        guard share >= 0.6, Double(sizes[code]) * 2 <= Double(frame.rowCount) * share else { return nil }
        let (part, rows) = (NumberText().text(.number(share), .percent), NumberText.count(sizes[code]))
        let value = factor.values[code].plainText
        return (share, "\(name) is missing mostly where \(other) is \(value): \(part) of its gaps in these \(rows) rows")
    }

    // MARK: columns without news

    private func emptiness() -> [String] {
        let pairs = zip(names, descriptions)
        let empty = pairs.filter { $1.count == 0 }.map(\.0)
        let constant = pairs.filter { $1.count > 1 && $1.distinct == 1 && $1.missing == 0 }.map(\.0)
        let gappy = pairs.filter { $1.count > 0 && $1.missing * 2 > frame.rowCount }.map(\.0)
        var lines: [String] = []
        if !empty.isEmpty { lines.append("no value at all: \(NameList.words(empty))") }
        if !constant.isEmpty { lines.append("one value everywhere: \(NameList.words(constant))") }
        if !gappy.isEmpty { lines.append("more than half missing: \(NameList.words(gappy))") }
        return lines
    }

    private func twins(_ context: ComputeContext) throws -> [String] {
        let twins = try ColumnTwins.find(frame.columns, descriptions, context: context)
        let equal = twins.filter(\.isEqual).map { "\(names[$0.column]) as \(names[$0.of])" }
        let paired = twins.filter { !$0.isEqual }.map { "\(names[$0.column]) and \(names[$0.of])" }
        var lines: [String] = []
        if !equal.isEmpty { lines.append("the same values in every row: \(NameList.words(equal))") }
        if !paired.isEmpty { lines.append("one tells the other, value by value: \(NameList.words(paired))") }
        return lines
    }

    // MARK: rare values

    /// Values of few rows: models learn little about them, and judging them is luck.
    private func rare() -> [String] {
        guard frame.rowCount >= DescribeRemarks.leastRows else { return [] }
        let few = names.indices.compactMap { index -> String? in
            guard roles[index].kind == .category, descriptions[index].distinct <= 50 else { return nil }
            return rareValues(index).map { "\(names[index]) \($0)" }
        }
        let segments = flags.compactMap { flag -> String? in
            guard let place = names.firstIndex(of: flag), case .truth(let values) = frame.columns[place].storage else { return nil }
            let count = values.reduce(0) { $0 + ($1 == 1 ? 1 : 0) }
            return count < 30 ? "\(flag) (\(count))" : nil
        }
        var lines: [String] = []
        if !few.isEmpty { lines.append("values of fewer than 10 rows: \(NameList.words(few))") }
        if !segments.isEmpty { lines.append("segments of fewer than 30 rows: \(NameList.words(segments))") }
        return lines
    }

    /// `castle (3), tent (1)`; nil where no value is rare.
    private func rareValues(_ index: Int) -> String? {
        let factor = frame.columns[index].factor()
        var sizes = [Int](repeating: 0, count: factor.values.count)
        for code in factor.codes where code >= 0 { sizes[Int(code)] += 1 }
        let rare = sizes.indices.filter { sizes[$0] < DescribeRemarks.rareRows }
        guard !rare.isEmpty else { return nil }
        return NameList.words(rare.map { "\(factor.values[$0].plainText) (\(sizes[$0]))" }, limit: 3)
    }
}
