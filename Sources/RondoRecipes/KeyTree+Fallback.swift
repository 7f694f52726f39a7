import RondoFrame
import RondoLanguage

/// Small groups that have no value of their own take that of a larger one: which, and how many.
extension KeyTree {
    /// Nodes at the deepest level without a value of their own, by the number of keys of the nearest group above that has one.
    /// - Parameter known: for each depth from 1 whether a node has a value.
    func fallbacks(known: [[Bool]]) -> [Int] {
        var result = [Int](repeating: 0, count: max(depth, 1))
        guard depth > 0 else { return result }
        for node in 0..<nodeCount(depth: depth) where !known[depth - 1][node] {
            var (keys, current) = (depth, node)
            repeat {
                current = Int(parents[keys - 1][current])
                keys -= 1
            } while keys > 0 && !known[keys - 1][current]
            result[keys] += 1
        }
        return result
    }

    /// `; 31 small groups use type alone, 2 use all rows`; empty when every group has a value of its own.
    /// - Parameter lines: `known` of each column.
    func fallbackWords(known lines: [[[Bool]]], groups: [Group]) -> String {
        var counts = [Int](repeating: 0, count: max(depth, 1))
        for known in lines { for (keys, count) in fallbacks(known: known).enumerated() { counts[keys] += count } }
        let parts = counts.indices.reversed().filter { counts[$0] > 0 }.enumerated().map { place, keys in
            let noun = place == 0 ? "small group\(counts[keys] == 1 ? "" : "s") " : ""
            return "\(grouped(counts[keys])) \(noun)\(counts[keys] == 1 ? "uses" : "use") "
                + GroupKeys.chain(groups, keys) + (keys > 0 ? " alone" : "")
        }
        return parts.isEmpty ? "" : "; " + parts.joined(separator: ", ")
    }

    /// For each row the deepest group that has a value: its number of keys and its node; 0 keys are all rows.
    func deepest(_ columns: [Column], groups: [Group], known: [[Bool]]) throws -> [(keys: Int, node: Int)] {
        let nodes = try nodes(of: columns, names: groups.map { SavedExpression.text($0) })
        var result = [(keys: Int, node: Int)](repeating: (0, 0), count: columns.first?.count ?? 0)
        for (depth, nodes) in nodes.enumerated() {
            for (row, node) in nodes.enumerated() where node >= 0 && known[depth][Int(node)] { result[row] = (depth + 1, Int(node)) }
        }
        return result
    }
}

extension GroupKeys {
    /// The first keys in words: `type, zip`; without any `all rows`.
    static func chain(_ groups: [Group], _ keys: Int) -> String {
        keys == 0 ? "all rows" : groups.prefix(keys).map { SavedExpression.text($0) }.joined(separator: ", ")
    }
}
