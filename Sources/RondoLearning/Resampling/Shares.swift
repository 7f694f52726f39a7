import RondoKernels

/// Random parts of a table in given shares, with exact counts.
package enum Shares {
    /// Whole counts in the proportion of these shares that add up to `total` (largest remainder; of equal ones the first part wins).
    ///
    /// - Throws: R0541 unless the shares are numbers of at least 0 and one is above 0.
    package static func counts(_ shares: [Double], total: Int) throws -> [Int] {
        let sum = Sums.compensated(shares)
        guard !shares.isEmpty, shares.allSatisfy({ $0 >= 0 && $0.isFinite }), sum > 0, sum.isFinite else {
            throw Fault("R0541", "the shares must be numbers of at least 0, not all 0", remedy: "write split 60/20/20")
        }
        let exact = shares.map { $0 / sum * Double(total) }
        // Rounding must not make a whole share one too small.
        var counts = exact.map { Int(($0 + 1e-9 * max($0, 1)).rounded(.down)) }
        let remainders = zip(exact, counts).map { $0 - Double($1) }
        let order = shares.indices.filter { shares[$0] > 0 }.sorted { (remainders[$1], $0) < (remainders[$0], $1) }
        var left = total - counts.reduce(0, +)
        var place = 0
        while left > 0 {
            counts[order[place % order.count]] += 1
            left -= 1
            place += 1
        }
        while left < 0 {
            guard let index = counts.indices.last(where: { counts[$0] > 0 }) else { break }
            counts[index] -= 1
            left += 1
        }
        return counts
    }

    /// The part of each row, drawn at random.
    ///
    /// - Throws: as `counts`.
    package static func random(_ shares: [Double], rowCount: Int, seed: UInt64) throws -> [Int] {
        let counts = try counts(shares, total: rowCount)
        var stream = RandomStream(seed: seed, purpose: "shares")
        return cut(stream.permutation(rowCount), counts)
    }

    /// The part of each row: the first rows of an order go to the first part.
    static func cut(_ order: [Int], _ counts: [Int]) -> [Int] {
        var parts = [Int](repeating: 0, count: order.count)
        var start = 0
        for (part, count) in counts.enumerated() {
            for row in order[start..<start + count] { parts[row] = part }
            start += count
        }
        return parts
    }

    /// The part of each row, every class in the same shares; `classes` holds one code a row, any whole numbers.
    ///
    /// The counts over all rows are exact. Each class is cut by largest remainder, then single rows of the classes that suffer least are
    /// moved until the totals fit.
    ///
    /// - Throws: as `counts`.
    package static func random(_ shares: [Double], stratifiedBy classes: [Int32], seed: UInt64) throws -> [Int] {
        let wanted = try counts(shares, total: classes.count)
        let members = GroupMembers(classes).rows
        var table = try members.map { try counts(shares, total: $0.count) }
        let sum = Sums.compensated(shares)
        func excess(_ part: Int) -> Int { table.reduce(0) { $0 + $1[part] } - wanted[part] }
        while let over = wanted.indices.first(where: { excess($0) > 0 }), let under = wanted.indices.first(where: { excess($0) < 0 }) {
            // The class whose counts come closest to the exact ones by the move.
            let cost = { (index: Int) -> Double in
                let size = Double(members[index].count)
                return (shares[over] / sum * size - Double(table[index][over])) - (shares[under] / sum * size - Double(table[index][under]))
            }
            guard let chosen = table.indices.filter({ table[$0][over] > 0 }).min(by: { (cost($0), $0) < (cost($1), $1) }) else { break }
            table[chosen][over] -= 1
            table[chosen][under] += 1
        }
        let stream = RandomStream(seed: seed, purpose: "shares")
        var parts = [Int](repeating: 0, count: classes.count)
        for (index, rows) in members.enumerated() {
            var own = stream.stream(unit: UInt64(index))
            let local = cut(own.permutation(rows.count), table[index])
            for (place, row) in rows.enumerated() { parts[row] = local[place] }
        }
        return parts
    }

    /// The part of each row, no group parted; `groups` holds one code a row, any whole numbers. Counts are as near as the groups allow.
    ///
    /// Groups in random order, the largest first, each into the part that lacks the most rows.
    ///
    /// - Throws: as `counts`.
    package static func random(_ shares: [Double], groupedBy groups: [Int32], seed: UInt64) throws -> [Int] {
        var lacking = try counts(shares, total: groups.count)
        let members = GroupMembers(groups)
        var stream = RandomStream(seed: seed, purpose: "shares")
        let allowed = shares.indices.filter { shares[$0] > 0 }
        var parts = [Int](repeating: 0, count: groups.count)
        for group in members.largestFirst(stream.permutation(members.rows.count)) {
            guard let part = allowed.max(by: { (lacking[$0], $1) < (lacking[$1], $0) }) else { break }
            lacking[part] -= members.rows[group].count
            for row in members.rows[group] { parts[row] = part }
        }
        return parts
    }
}
