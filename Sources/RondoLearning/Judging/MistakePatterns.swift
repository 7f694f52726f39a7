package import RondoKernels

/// Groups of rows, by one column or two, in which a model is wrong more than elsewhere: found on one half of the rows and confirmed on
/// the other.
///
/// Losses are taken by rank, so that a few huge ones do not make a pattern (Wilcoxon 1945). The search takes the most striking group,
/// sets its rows aside and looks again. What the other half does not confirm at 1 % for all leads together (Holm's first step) is not
/// told.
package struct MistakePatterns: Sendable {
    /// One way to group the rows.
    package struct Grouping: Sendable {
        /// Group a row, -1 for none.
        package let codes: [Int32]
        package let count: Int

        package init(codes: [Int32], count: Int) {
            self.codes = codes
            self.count = count
        }
    }
    package struct Condition: Sendable, Hashable {
        package let grouping: Int
        package let code: Int32

        package init(grouping: Int, code: Int32) {
            self.grouping = grouping
            self.code = code
        }
    }
    package struct Pattern: Sendable, Hashable {
        /// One or two.
        package let conditions: [Condition]
        /// Positions in the half that confirmed it.
        package let inside: [Int32]
        /// The other positions of that half.
        package let outside: [Int32]
        /// One-sided, on the half that confirmed it.
        package let probability: Double
    }
    /// The most striking first.
    package let patterns: [Pattern]
    /// Whether there were rows enough to look, a hundred a half.
    package let isSearched: Bool
    package static let mostPatterns = 5
    package static let level = 0.01
    /// Most rows of either half.
    static let mostRows = 20_000

    /// - Parameters:
    ///   - losses: one a row, larger is worse; NaN rows are left out.
    ///   - groupings: each as long as `losses`.
    package init(_ losses: [Double], groupings: [Grouping], seed: UInt64, context: ComputeContext) throws {
        var stream = RandomStream(seed: seed, purpose: "mistake patterns")
        let known = losses.indices.filter { !losses[$0].isNaN }
        let order = stream.permutation(known.count).map { known[$0] }
        var finding = Array(order.prefix(min(order.count / 2, MistakePatterns.mostRows)))
        var confirming = Array(order.dropFirst(order.count / 2).prefix(MistakePatterns.mostRows))
        isSearched = finding.count >= 100
        guard isSearched else {
            patterns = []
            return
        }
        let least = max(20, finding.count / 50)
        let leads = MistakePatterns.ranks(losses, finding)
        let proofs = MistakePatterns.ranks(losses, confirming)
        let everywhere = confirming
        var found: [Pattern] = []
        for _ in 0..<MistakePatterns.mostPatterns {
            guard let lead = try MistakePatterns.lead(groupings, finding, leads, least: least, context: context) else { break }
            let inside = confirming.filter { MistakePatterns.holds(lead, $0, groupings) }
            let outside = confirming.filter { !MistakePatterns.holds(lead, $0, groupings) }
            found.append(
                Pattern(
                    conditions: lead, inside: everywhere.filter { MistakePatterns.holds(lead, $0, groupings) }.map { Int32($0) }.sorted(),
                    outside: everywhere.filter { !MistakePatterns.holds(lead, $0, groupings) }.map { Int32($0) }.sorted(),
                    probability: MistakePatterns.probability(inside, outside, proofs)))
            finding.removeAll { MistakePatterns.holds(lead, $0, groupings) }
            confirming = outside
        }
        let limit = MistakePatterns.level / Double(max(1, found.count))
        patterns = found.filter { $0.probability <= limit }
    }

    private static func holds(_ conditions: [Condition], _ row: Int, _ groupings: [Grouping]) -> Bool {
        conditions.allSatisfy { groupings[$0.grouping].codes[row] == $0.code }
    }

    /// Ranks of the losses of some rows from -0.5 to 0.5, equal losses at their mean, by row.
    private static func ranks(_ losses: [Double], _ rows: [Int]) -> [Double] {
        var result = Array(repeating: 0.0, count: losses.count)
        let order = rows.sorted { (losses[$0], $0) < (losses[$1], $1) }
        var place = 0
        while place < order.count {
            var end = place
            while end + 1 < order.count, losses[order[end + 1]] == losses[order[place]] { end += 1 }
            let rank = (Double(place + end) / 2 + 0.5) / Double(order.count) - 0.5
            for index in place...end { result[order[index]] = rank }
            place = end + 1
        }
        return result
    }

    private struct Cell {
        var count = 0
        var sum = 0.0
        var squares = 0.0

        mutating func add(_ rank: Double) {
            count += 1
            sum += rank
            squares += rank * rank
        }
    }

    /// Standardised difference of the mean ranks of a cell and the rest of a whole.
    private static func score(_ cell: Cell, of whole: Cell) -> Double {
        let rest = Double(whole.count - cell.count)
        guard cell.count > 1, rest > 1 else { return 0 }
        let mean = whole.sum / Double(whole.count)
        let variance = whole.squares / Double(whole.count) - mean * mean
        guard variance > 1e-12 else { return 0 }
        let gap = cell.sum / Double(cell.count) - (whole.sum - cell.sum) / rest
        return gap / (variance * (1 / Double(cell.count) + 1 / rest)).squareRoot()
    }

    /// The group with the highest ranks; a pair only where it is worse than either of its columns alone explains.
    private static func lead(
        _ groupings: [Grouping], _ rows: [Int], _ ranks: [Double], least: Int, context: ComputeContext
    ) throws -> [Condition]? {
        var whole = Cell()
        for row in rows { whole.add(ranks[row]) }
        let singles = groupings.map { grouping in
            var cells = Array(repeating: Cell(), count: grouping.count)
            for row in rows where grouping.codes[row] >= 0 { cells[Int(grouping.codes[row])].add(ranks[row]) }
            return cells
        }
        var best: (score: Double, conditions: [Condition]) = (3.5, [])
        for (index, cells) in singles.enumerated() {
            for (code, cell) in cells.enumerated() where cell.count >= least {
                let score = score(cell, of: whole)
                if score > best.score { best = (score, [Condition(grouping: index, code: Int32(code))]) }
            }
        }
        // Each first column's best pair by itself, so that the order of work does not matter.
        let pairs = try Parallel.map(groupings.count, context: context) { first -> (score: Double, conditions: [Condition]) in
            var own: (score: Double, conditions: [Condition]) = (3.5, [])
            for second in groupings.indices where second > first {
                let width = groupings[second].count
                var cells = Array(repeating: Cell(), count: groupings[first].count * width)
                for row in rows {
                    let (one, other) = (groupings[first].codes[row], groupings[second].codes[row])
                    if one >= 0, other >= 0 { cells[Int(one) * width + Int(other)].add(ranks[row]) }
                }
                for (place, cell) in cells.enumerated() where cell.count >= least {
                    let score = score(cell, of: whole)
                    guard score > own.score else { continue }
                    let (one, other) = (place / width, place % width)
                    guard MistakePatterns.score(cell, of: singles[first][one]) > 2.5,
                        MistakePatterns.score(cell, of: singles[second][other]) > 2.5
                    else { continue }
                    own = (
                        score, [Condition(grouping: first, code: Int32(one)), Condition(grouping: second, code: Int32(other))]
                    )
                }
            }
            return own
        }
        for pair in pairs where pair.score > best.score { best = pair }
        return best.conditions.isEmpty ? nil : best.conditions
    }

    private static func probability(_ inside: [Int], _ outside: [Int], _ ranks: [Double]) -> Double {
        var (cell, whole) = (Cell(), Cell())
        for row in inside {
            cell.add(ranks[row])
            whole.add(ranks[row])
        }
        for row in outside { whole.add(ranks[row]) }
        guard cell.count >= 10 else { return 1 }
        return NormalDistribution.upperTail(score(cell, of: whole))
    }
}
