/// Numbers most of which are zero: the places that are not, ascending, and their values. No gaps.
///
/// Twelve bytes a value that is kept; every operation takes time in proportion to these, unless it says otherwise.
public struct SparseNumbers: Sendable {
    public let count: Int
    public let rows: [Int32]
    public let values: [Double]

    /// `rows` ascending, each below `count`, and as long as `values`.
    public init(count: Int, rows: [Int32], values: [Double]) {
        self.count = count
        self.rows = rows
        self.values = values
    }

    public subscript(row: Int) -> Double {
        let place = place(of: row)
        return place < rows.count && Int(rows[place]) == row ? values[place] : 0
    }

    /// The first kept place whose row is at least this one.
    private func place(of row: Int) -> Int {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if Int(rows[middle]) < row { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The kept places of the rows of a range.
    public func places(in range: Range<Int>) -> Range<Int> { place(of: range.lowerBound)..<place(of: range.upperBound) }

    /// All numbers, zeros included.
    public var dense: [Double] {
        var result = [Double](repeating: 0, count: count)
        for (row, value) in zip(rows, values) { result[Int(row)] = value }
        return result
    }

    /// The rows of a range, numbered from its start.
    public func slice(_ range: Range<Int>) -> SparseNumbers {
        let (first, end) = (place(of: range.lowerBound), place(of: range.upperBound))
        let start = Int32(truncatingIfNeeded: range.lowerBound)
        return SparseNumbers(count: range.count, rows: rows[first..<end].map { $0 - start }, values: Array(values[first..<end]))
    }

    /// The rows that a selection takes, in its order.
    public func gathering(_ selection: RowPlaces) -> SparseNumbers {
        var taken: [Int32] = []
        var kept: [Double] = []
        taken.reserveCapacity(min(rows.count, selection.count))
        kept.reserveCapacity(min(rows.count, selection.count))
        for (row, value) in zip(rows, values) where Int(row) + 1 < selection.starts.count {
            for place in selection.places[Int(selection.starts[Int(row)])..<Int(selection.starts[Int(row) + 1])] {
                taken.append(place)
                kept.append(value)
            }
        }
        guard !selection.isAscending else { return SparseNumbers(count: selection.count, rows: taken, values: kept) }
        let order = taken.indices.sorted { taken[$0] < taken[$1] }
        return SparseNumbers(count: selection.count, rows: order.map { taken[$0] }, values: order.map { kept[$0] })
    }

    /// The numbers of all parts below each other.
    public static func concatenated(_ parts: [SparseNumbers]) -> SparseNumbers {
        var rows: [Int32] = []
        var values: [Double] = []
        let kept = parts.reduce(0) { $0 + $1.rows.count }
        rows.reserveCapacity(kept)
        values.reserveCapacity(kept)
        var start = 0
        for part in parts {
            let shift = Int32(truncatingIfNeeded: start)
            for row in part.rows { rows.append(row + shift) }
            values.append(contentsOf: part.values)
            start += part.count
        }
        return SparseNumbers(count: start, rows: rows, values: values)
    }

    /// Whether both stand for the same numbers; zeros that are kept count like those that are not.
    public func equals(_ other: SparseNumbers) -> Bool {
        guard count == other.count else { return false }
        var (place, otherPlace) = (0, 0)
        while true {
            while place < rows.count, values[place] == 0 { place += 1 }
            while otherPlace < other.rows.count, other.values[otherPlace] == 0 { otherPlace += 1 }
            guard place < rows.count, otherPlace < other.rows.count else { return place == rows.count && otherPlace == other.rows.count }
            guard rows[place] == other.rows[otherPlace], values[place] == other.values[otherPlace] else { return false }
            place += 1
            otherPlace += 1
        }
    }

    /// How many numbers are zero.
    public var zeroCount: Int { count - values.reduce(0) { $1 == 0 ? $0 : $0 + 1 } }
}

/// Where each row of a table stands in a selection of its rows, made once for all its sparse columns.
public struct RowPlaces: Sendable {
    /// Rows of the selection.
    public let count: Int
    /// Row r of the table stands at `places[starts[r]..<starts[r + 1]]`.
    let starts: [Int32]
    let places: [Int32]
    /// Whether the selection keeps the order of the table, so that kept places stay ascending.
    let isAscending: Bool

    /// - Parameters:
    ///   - rows: none negative, each below `sourceCount`.
    public init(_ rows: [Int32], sourceCount: Int) {
        count = rows.count
        var starts = [Int32](repeating: 0, count: sourceCount + 1)
        var isAscending = true
        var last: Int32 = -1
        for row in rows {
            starts[Int(row) + 1] += 1
            if row < last { isAscending = false }
            last = row
        }
        for row in 0..<sourceCount { starts[row + 1] += starts[row] }
        var next = starts
        var places = [Int32](repeating: 0, count: rows.count)
        for (place, row) in rows.enumerated() {
            places[Int(next[Int(row)])] = Int32(truncatingIfNeeded: place)
            next[Int(row)] += 1
        }
        self.starts = starts
        self.places = places
        self.isAscending = isAscending
    }
}

extension SparseNumbers {
    /// The numbers in ascending order without storing the zeros: those below 0, then the zeros, then those above.
    public struct Ordered: Sendable {
        /// Ascending, no zeros.
        public let nonzero: [Double]
        /// How many of them are below 0.
        public let negative: Int
        public let zeros: Int

        /// The number at a place of the order.
        public subscript(place: Int) -> Double {
            if place < negative { return nonzero[place] }
            return place < negative + zeros ? 0 : nonzero[place - zeros]
        }
    }

    /// The numbers in ascending order.
    public var ordered: Ordered {
        let nonzero = values.filter { $0 != 0 }.sorted()
        return Ordered(nonzero: nonzero, negative: nonzero.reduce(0) { $1 < 0 ? $0 + 1 : $0 }, zeros: count - nonzero.count)
    }

    /// Quantiles of type 7, as of the dense numbers; NaN without any.
    public func quantiles(_ probabilities: [Double]) -> [Double] {
        let ordered = ordered
        return probabilities.map { probability in
            guard let position = Quantiles.position(probability, count: count) else { return .nan }
            let low = ordered[position.index]
            return position.fraction == 0 ? low + 0 : Quantiles.interpolate(low, ordered[position.index + 1], position.fraction)
        }
    }

    /// How many different numbers there are, and the most frequent one, of equally frequent ones the least.
    public var frequency: (distinct: Int, top: Double, topCount: Int) {
        let ordered = ordered
        var result = (distinct: 0, top: Double.nan, topCount: 0)
        func take(_ value: Double, _ times: Int) {
            result.distinct += 1
            if times > result.topCount || (times == result.topCount && value < result.top) {
                (result.top, result.topCount) = (value, times)
            }
        }
        if ordered.zeros > 0 { take(0, ordered.zeros) }
        var first = 0
        for place in ordered.nonzero.indices
        where place + 1 == ordered.nonzero.count || ordered.nonzero[place + 1] != ordered.nonzero[first] {
            take(ordered.nonzero[first], place + 1 - first)
            first = place + 1
        }
        return result
    }
}
