import RondoKernels
import RondoLearning
package import RondoReport

extension OutlierLimits {
    /// More groups than this are not listed one by one.
    static let mostListed = 1_000

    /// The limits of each column and group.
    package var learned: TableBlock {
        if let forest {
            return TableBlock(
                caption: "forest learned: a row that scores above \(Scalar(forest.limit).plainText) stands apart",
                columns: [.init("column", "text", .plain), .init("gaps_count_as", "number")],
                rows: zip(columns, forest.medians).map { [.text($0), Scalar($1)] })
        }
        let count = lines.reduce(0) { $0 + $1.known.joined().reduce(0) { $0 + ($1 ? 1 : 0) } }
        var rows: [[Scalar]] = []
        for line in lines {
            rows.append([.text(line.column), .text("all rows"), .missing, Scalar(line.low), Scalar(line.high)])
            guard let keys, count <= Self.mostListed else { continue }
            for depth in line.lows.indices {
                let listed = line.lows[depth].indices.filter { line.known[depth][$0] }.map { (keys.words(depth: depth + 1, node: $0), $0) }
                for (words, node) in listed.sorted(by: { $0.0 < $1.0 }) {
                    rows.append([
                        .text(line.column), .text(GroupKeys.chain(groups, depth + 1)), .text(words), Scalar(line.lows[depth][node]),
                        Scalar(line.highs[depth][node]),
                    ])
                }
            }
        }
        return TableBlock(
            caption: "limits learned" + (count > Self.mostListed ? ", \(grouped(count)) groups not listed" : ""),
            columns: [
                .init("column", "text", .plain), .init("by", "text", .plain), .init("group", "text", .plain), .init("low", "number"),
                .init("high", "number"),
            ], rows: rows)
    }

    /// `limits of 2 columns`, `212 pairs of limits; 31 small groups use type alone`.
    package var summary: String {
        if let forest { return "\(grouped(forest.model.trees)) trees of \(grouped(columns.count)) column\(columns.count == 1 ? "" : "s")" }
        guard let keys else {
            let isSure = lines.allSatisfy { $0.low.isFinite && $0.high.isFinite }
            return "limits of \(grouped(lines.count)) column\(lines.count == 1 ? "" : "s")"
                + (isSure ? "" : ", some without: all values alike")
        }
        let count = lines.reduce(0) { $0 + ($1.known.last ?? []).reduce(0) { $0 + ($1 ? 1 : 0) } }
        return "\(grouped(count)) pair\(count == 1 ? "" : "s") of limits"
            + keys.fallbackWords(known: lines.map(\.known), groups: groups)
    }
}
