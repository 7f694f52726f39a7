import RondoFrame
import RondoKernels
import RondoLanguage

/// Cuts the rows of a table into parts.
package struct SplitMaker: Sendable {
    /// Shares of train, validation, test in rows, percent or parts of 1; two shares are train and test.
    package struct Shares: Sendable, Hashable {
        package let values: [Double]
        /// As typed, for messages.
        package let text: String

        package init(values: [Double], text: String) {
            self.values = values
            self.text = text
        }

        /// Rows in train, validation and test: largest remainders, so that they add up to `rows`.
        ///
        /// - Throws: `Fault` R0420 when the shares add up to neither 100, nor 1, nor the number of rows, or a part would be empty.
        package func counts(of rows: Int) throws -> [Int] {
            let total = values.reduce(0, +)
            let fractions: [Double]
            if abs(total - 100) < 1e-9 || abs(total - 1) < 1e-9 || total == Double(rows) {
                fractions = values.map { $0 / total }
            } else {
                throw Fault(
                    "R0420", "\(text) adds up to \(Scalar.plain(total)), which is neither 100, nor 1, nor the \(rows) rows of the table",
                    remedy: "split 60/20/20", subject: text)
            }
            guard fractions.allSatisfy({ $0 > 0 }) else {
                throw Fault(
                    "R0421", "a part of \(text) would be empty", remedy: "give every part a share above 0, or write two shares",
                    subject: text)
            }
            let exact = fractions.map { $0 * Double(rows) }
            var counts = exact.map { Int($0) }
            let order = exact.indices.sorted { (exact[$0] - exact[$0].rounded(.down), -$0) > (exact[$1] - exact[$1].rounded(.down), -$1) }
            var left = rows - counts.reduce(0, +)
            for index in order where left > 0 {
                counts[index] += 1
                left -= 1
            }
            guard counts.allSatisfy({ $0 > 0 }) else {
                throw Fault(
                    "R0422", "\(rows) rows are too few for the \(counts.count) parts of \(text)",
                    remedy: "split 80/20", subject: text)
            }
            return counts.count == 2 ? [counts[0], 0, counts[1]] : counts
        }
    }

    /// At random, every row by itself; classes of `strata` in equal shares when given; rows of a group stay together when given.
    package static func random(
        shares: Shares, rowCount: Int, strata: [Int32]? = nil, groups: [Int32]? = nil, seed: UInt64
    ) throws -> [UInt8] {
        if let groups { return try byGroups(shares: shares, groups: groups, seed: seed) }
        var parts = Array(repeating: Split.Part.none.rawValue, count: rowCount)
        let counts = try shares.counts(of: rowCount)
        var stream = RandomStream(seed: seed, purpose: "split")
        guard let strata else {
            assign(stream.permutation(rowCount), counts, &parts)
            return parts
        }
        // Every class is dealt out in the same shares; the remainders of all classes together fill the parts exactly.
        let classes = Set(strata).sorted()
        var remaining = counts
        var rowsLeft = rowCount
        for code in classes {
            let rows = strata.indices.filter { strata[$0] == code }
            let order = stream.permutation(rows.count).map { rows[$0] }
            let quota = proportional(remaining, of: rows.count, outOf: rowsLeft)
            assign(order, quota, &parts)
            for part in 0..<3 { remaining[part] -= quota[part] }
            rowsLeft -= rows.count
        }
        return parts
    }

    /// Oldest rows train, newest test; rows of one moment stay in one part; rows without a moment are in none.
    /// - Parameter order: the moment of each row, NaN missing.
    package static func byTime(shares: Shares, order: [Double]) throws -> [UInt8] {
        var parts = Array(repeating: Split.Part.none.rawValue, count: order.count)
        let known = order.indices.filter { !order[$0].isNaN }.sorted { (order[$0], $0) < (order[$1], $1) }
        let counts = try shares.counts(of: known.count)
        var part = 0
        var filled = 0
        var previous = Double.nan
        for row in known {
            // A new moment opens the next part when the present one has its share.
            while part < 2, counts[part] == 0 || (filled >= counts[part] && order[row] != previous) {
                part += 1
                filled = 0
            }
            parts[row] = UInt8(part)
            filled += 1
            previous = order[row]
        }
        for wanted in 0..<3 where counts[wanted] > 0 && !parts.contains(UInt8(wanted)) {
            throw Fault(
                "R0423", "too many rows share one moment: the \(Split.Part.allCases[wanted].name) part would be empty",
                remedy: "split 60/20/20")
        }
        return parts
    }

    /// Each user's oldest rows train, newest test.
    package static func byTimeWithin(shares: Shares, order: [Double], groups: [Int32]) throws -> [UInt8] {
        var parts = Array(repeating: Split.Part.none.rawValue, count: order.count)
        var rowsOf: [Int32: [Int]] = [:]
        for row in order.indices where !order[row].isNaN { rowsOf[groups[row], default: []].append(row) }
        let total = shares.values.reduce(0, +)
        for group in rowsOf.keys.sorted() {
            guard let rows = rowsOf[group]?.sorted(by: { (order[$0], $0) < (order[$1], $1) }) else { continue }
            let counts = proportional(shares.values.map { Int(($0 / total * 1_000_000).rounded()) }, of: rows.count, outOf: 1_000_000)
            assign(rows, counts.count == 2 ? [counts[0], 0, counts[1]] : counts, &parts)
        }
        return parts
    }

    /// Fold 0 to `count - 1` for the training rows, -1 elsewhere; classes of `strata` spread evenly, groups kept together.
    package static func folds(
        _ count: Int, parts: [UInt8], strata: [Int32]? = nil, groups: [Int32]? = nil, seed: UInt64
    ) throws -> [Int32] {
        let rows = parts.indices.filter { parts[$0] == Split.Part.train.rawValue }
        guard count >= 2, count <= rows.count else {
            throw Fault("R0424", "\(count) folds of \(rows.count) training rows", remedy: "write folds 5", subject: "\(count)")
        }
        var folds = Array(repeating: Int32(-1), count: parts.count)
        var stream = RandomStream(seed: seed, purpose: "folds")
        if let groups {
            let names = Set(rows.map { groups[$0] }).sorted()
            guard names.count >= count else {
                throw Fault(
                    "R0425", "\(count) folds need at least \(count) groups, there are \(names.count)",
                    remedy: "write folds \(max(2, names.count))")
            }
            var foldOf: [Int32: Int32] = [:]
            for (position, index) in stream.permutation(names.count).enumerated() { foldOf[names[index]] = Int32(position % count) }
            for row in rows { folds[row] = foldOf[groups[row]] ?? 0 }
            return folds
        }
        let order = stream.permutation(rows.count).map { rows[$0] }
        let sorted =
            strata.map { strata in
                order.enumerated().sorted { (strata[$0.element], $0.offset) < (strata[$1.element], $1.offset) }.map(\.element)
            } ?? order
        for (position, row) in sorted.enumerated() { folds[row] = Int32(position % count) }
        return folds
    }

    private static func byGroups(shares: Shares, groups: [Int32], seed: UInt64) throws -> [UInt8] {
        let counts = try shares.counts(of: groups.count)
        var sizes: [Int32: Int] = [:]
        for group in groups { sizes[group, default: 0] += 1 }
        let names = sizes.keys.sorted()
        var stream = RandomStream(seed: seed, purpose: "split")
        var filled = [0, 0, 0]
        var partOf: [Int32: UInt8] = [:]
        for index in stream.permutation(names.count) {
            // Each group goes where most is still wanted, measured against the part's share.
            let part = (0..<3).filter { counts[$0] > 0 }.max { left, right in
                let want = { (part: Int) in Double(counts[part] - filled[part]) / Double(counts[part]) }
                return (want(left), -left) < (want(right), -right)
            }
            let chosen = part ?? 0
            partOf[names[index]] = UInt8(chosen)
            filled[chosen] += sizes[names[index]] ?? 0
        }
        guard (0..<3).allSatisfy({ counts[$0] == 0 || filled[$0] > 0 }) else {
            throw Fault(
                "R0426", "\(names.count) groups are too few for the parts of \(shares.text)",
                remedy: "split 80/20")
        }
        return groups.map { partOf[$0] ?? Split.Part.none.rawValue }
    }

    private static func assign(_ order: [Int], _ counts: [Int], _ parts: inout [UInt8]) {
        var position = 0
        for (part, count) in counts.enumerated() {
            for row in order[position..<min(position + count, order.count)] { parts[row] = UInt8(part) }
            position = min(position + count, order.count)
        }
    }

    /// `count` dealt out in proportion to `wanted` (which sums to `total`): largest remainders, ties to the earlier part.
    private static func proportional(_ wanted: [Int], of count: Int, outOf total: Int) -> [Int] {
        guard total > 0 else { return wanted.map { _ in 0 } }
        let exact = wanted.map { Double($0) * Double(count) / Double(total) }
        var result = exact.map { Int($0) }
        let order = exact.indices.sorted { (exact[$0] - Double(result[$0]), -$0) > (exact[$1] - Double(result[$1]), -$1) }
        var left = count - result.reduce(0, +)
        for index in order where left > 0 {
            result[index] += 1
            left -= 1
        }
        return result
    }
}
