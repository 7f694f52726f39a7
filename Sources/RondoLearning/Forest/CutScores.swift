import RondoKernels

/// Scores the cuts of a node by what lies left of them: the decrease of squared error.
final class CutScores {
    /// Nodes of more rows divide for each cut.
    private static let tableRows = 2048

    private let sumBits: UInt64
    private let sumMask: UInt64
    private let leaf: Int
    private let memory = WorkingMemory()
    /// Of the cuts written last, -1 or NaN where a side has too few rows.
    let values: UnsafeMutablePointer<Double>
    /// By rows on the left: the sum that they would have by the mean, and one over the product of the rows of both sides, NaN where a side
    /// has too few. One division a row of the node serves all columns.
    private let expected: UnsafeMutablePointer<Double>
    private let inverses: UnsafeMutablePointer<Double>
    private var hasTable = false
    private var total: UInt64 = 0
    private var rows = 0

    /// - Parameters:
    ///   - leaf: least rows of a side.
    ///   - room: most cuts written together.
    init(_ target: ForestTarget, leaf: Int, room: Int) {
        sumBits = target.sumBits
        sumMask = 1 << target.sumBits - 1
        self.leaf = max(leaf, 1)
        values = memory.zeros(room)
        expected = memory.zeros(Self.tableRows + 1)
        inverses = memory.zeros(Self.tableRows + 1)
    }

    /// Begins with a node of these rows and their sum, packed.
    func begin(total: UInt64) {
        self.total = total
        rows = Int(truncatingIfNeeded: total &>> sumBits)
        hasTable = false
    }

    /// Writes the scores of cuts, (S_l n - S n_l)² / (n_l n_r), which lack their last division by n; returns the greatest, or -1.
    ///
    /// - Parameter lefts: rows and sum left of each cut, packed.
    @inline(__always)
    func write(_ lefts: UnsafePointer<UInt64>, _ count: Int) -> Double {
        guard rows <= Self.tableRows else { return writeByDivision(lefts, count) }
        if !hasTable { makeTable() }
        return writeByTable(lefts, count)
    }

    private func makeTable() {
        hasTable = true
        let (expected, inverses, rows, least) = (expected, inverses, rows, leaf)
        let (sum, all) = (Double(Int64(bitPattern: total & sumMask)), Double(rows))
        var left = 0
        while left <= rows {
            expected[left] = sum * Double(left)
            left &+= 1
        }
        left = 0
        // The product of both sides is the same from either side.
        while left <= rows &- left {
            let own = Double(left)
            let inverse = left >= least ? 1 / (own * (all - own)) : .nan
            inverses[left] = inverse
            inverses[rows &- left] = inverse
            left &+= 1
        }
    }

    private func writeByTable(_ lefts: UnsafePointer<UInt64>, _ count: Int) -> Double {
        let (sumBits, sumMask, values) = (sumBits, sumMask, values)
        let (expected, inverses, rows) = (expected, inverses, Double(rows))
        @inline(__always)
        func score(_ place: Int) -> Double {
            let left = lefts[place]
            let own = Int(truncatingIfNeeded: left &>> sumBits)
            let difference = Double(Int64(bitPattern: left & sumMask)) * rows - expected[own]
            let score = difference * difference * inverses[own]
            values[place] = score
            return score
        }
        // Two at a time, so that one comparison does not wait for the other.
        var (highest, other) = (-1.0, -1.0)
        var place = 0
        while place &+ 2 <= count {
            let (first, second) = (score(place), score(place &+ 1))
            highest = first > highest ? first : highest
            other = second > other ? second : other
            place &+= 2
        }
        if place < count {
            let last = score(place)
            highest = last > highest ? last : highest
        }
        return highest > other ? highest : other
    }

    private func writeByDivision(_ lefts: UnsafePointer<UInt64>, _ count: Int) -> Double {
        let (sumBits, sumMask, values) = (sumBits, sumMask, values)
        let (rows, sum, least) = (Double(rows), Double(Int64(bitPattern: total & sumMask)), Double(leaf))
        let most = rows - least
        var place = 0
        while place < count {
            let left = lefts[place]
            let own = Double(Int64(bitPattern: left &>> sumBits))
            let difference = Double(Int64(bitPattern: left & sumMask)) * rows - sum * own
            let score = difference * difference / (own * (rows - own))
            values[place] = own >= least && own <= most ? score : -1
            place &+= 1
        }
        return ScoreList.highest(values, count, above: -1)
    }

    /// The first place of a score that `write` returned.
    func place(of score: Double) -> Int {
        var place = 0
        while values[place] != score { place &+= 1 }
        return place
    }
}
