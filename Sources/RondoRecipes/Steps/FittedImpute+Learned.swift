import RondoFrame
import RondoKernels
package import RondoReport

extension FittedImpute {
    /// More groups than this are not listed one by one.
    static let mostListed = 1_000

    /// A line for each link of the chain of groups, then the value of each group.
    package var learned: TableBlock? {
        guard step.learns else { return nil }
        let isNumeric = lines.allSatisfy { $0.type.isNumeric }
        let groups = lines.reduce(0) { $0 + $1.groups.reduce(0, +) }
        func shown(_ value: Scalar) -> Scalar { isNumeric || value.isMissing ? value : .text(value.plainText) }
        var rows: [[Scalar]] = []
        for line in lines {
            for depth in line.values.indices.reversed() {
                rows.append([
                    .text(line.column), .text(GroupKeys.chain(step.groups, depth + 1)), .missing, Scalar(line.groups[depth]),
                    Scalar(line.small[depth]),
                    Scalar(line.gaps[depth + 1]), .missing,
                ])
            }
            rows.append([.text(line.column), .text("all rows"), .missing, Scalar(1), Scalar(0), Scalar(line.gaps[0]), shown(line.overall)])
        }
        if let keys, groups <= Self.mostListed {
            for line in lines {
                for (depth, values) in line.values.enumerated().reversed() {
                    let listed = (0..<values.count).compactMap { node -> (words: String, value: Scalar)? in
                        let value = values[node]
                        return value.isMissing ? nil : (keys.words(depth: depth + 1, node: node), value)
                    }
                    for group in listed.sorted(by: { $0.words < $1.words }) {
                        rows.append([
                            .text(line.column), .text(GroupKeys.chain(step.groups, depth + 1)), .text(group.words), .missing, .missing,
                            .missing,
                            shown(group.value),
                        ])
                    }
                }
            }
        }
        return TableBlock(
            caption: "\(step.methodWord) learned" + (groups > Self.mostListed ? ", \(grouped(groups)) groups not listed" : ""),
            columns: [
                .init("column", "text", .plain), .init("by", "text", .plain), .init("group", "text", .plain),
                .init("groups", "integer", .count), .init("small_groups", "integer", .count), .init("gaps", "integer", .count),
                .init("value", isNumeric ? "number" : "text", isNumeric ? .number : .plain),
            ], rows: rows)
    }

    package var summary: String? {
        guard step.learns else { return nil }
        if step.groups.isEmpty, let line = lines.first, lines.count == 1 {
            return line.overall.isMissing ? "no value to learn from" : "\(step.methodWord) \(shownText(line.overall))"
        }
        let count = lines.reduce(0) { $0 + ($1.groups.last ?? 1) }
        return "\(grouped(count)) \(step.methodWord)\(count == 1 ? "" : "s")" + fallbackWords
    }

    /// Numbers in short: the table has all digits.
    private func shownText(_ value: Scalar) -> String {
        if case .number = value { return NumberText().text(value) }
        return value.plainText
    }

    private var fallbackWords: String {
        let known = lines.map { line in line.values.map { $0.missingMask().map { !$0 } } }
        return keys?.fallbackWords(known: known, groups: step.groups) ?? ""
    }
}
