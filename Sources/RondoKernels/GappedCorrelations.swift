/// Correlations of two columns whose gaps differ, over the rows where both have a value.
struct GappedCorrelations: Sendable {
    let columns: [[Double]]
    let units: [UnitColumn]
    let method: Correlations.Method
    let rowCount: Int
    /// For ranks: the rows of each column in the order of its values, gaps left out.
    private let orders: [[Int32]]

    init(columns: [[Double]], units: [UnitColumn], method: Correlations.Method, rowCount: Int) {
        self.columns = columns
        self.units = units
        self.method = method
        self.rowCount = rowCount
        orders =
            method == .pearson
            ? []
            : columns.map { column in
                Sorting.order(column).lazy.filter { !column[$0].isNaN }.map { Int32(truncatingIfNeeded: $0) }
            }
    }

    /// The coefficient and the number of common rows.
    func correlation(_ first: Int, _ second: Int) -> (value: Double, count: Int) {
        method == .pearson ? ofValues(first, second) : ofRanks(first, second)
    }

    // MARK: values

    private func ofValues(_ first: Int, _ second: Int) -> (value: Double, count: Int) {
        var sums = PairSums()
        columns[first].withUnsafeBufferPointer { x in
            columns[second].withUnsafeBufferPointer { y in
                guard let x = x.baseAddress, let y = y.baseAddress else { return }
                for start in stride(from: 0, to: rowCount, by: 1024) {
                    sums.add(x, y, units[first], units[second], start..<min(start + 1024, rowCount))
                }
            }
        }
        let count = Int(sums.count)
        guard count > 1 else { return (.nan, count) }
        let xx = sums.xx - sums.x * sums.x / sums.count
        let yy = sums.yy - sums.y * sums.y / sums.count
        // Common rows far from the columns' means, or almost constant ones: digits would cancel.
        if !(xx > 1e-3 * sums.xx && yy > 1e-3 * sums.yy) {
            return (Moments.correlation(columns[first], columns[second]), count)
        }
        let value = (sums.xy - sums.x * sums.y / sums.count) / (xx * yy).squareRoot()
        return (min(max(value, -1), 1), count)
    }

    /// Sums over the common rows of two unit columns.
    private struct PairSums {
        var (count, x, y, xx, yy, xy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)

        mutating func add(
            _ first: UnsafePointer<Double>, _ second: UnsafePointer<Double>, _ a: UnitColumn, _ b: UnitColumn, _ rows: Range<Int>
        ) {
            var (counts, xs, ys) = (SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero)
            var (xxs, yys, xys) = (SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero)
            let ones = SIMD4<Double>(repeating: 1)
            var index = rows.lowerBound
            while index < rows.upperBound {
                var left = SIMD4<Double>(repeating: .nan)
                var right = left
                if index + 4 <= rows.upperBound {
                    left = a.unit(Columns.lanes(first, index))
                    right = b.unit(Columns.lanes(second, index))
                } else {
                    for lane in 0..<(rows.upperBound - index) {
                        left[lane] = a.unit(first[index + lane])
                        right[lane] = b.unit(second[index + lane])
                    }
                }
                let absent = (left .!= left) .| (right .!= right)
                left.replace(with: 0, where: absent)
                right.replace(with: 0, where: absent)
                counts += ones.replacing(with: 0, where: absent)
                xs += left
                ys += right
                xxs += left * left
                yys += right * right
                xys += left * right
                index += 4
            }
            count += Columns.total(counts)
            x += Columns.total(xs)
            y += Columns.total(ys)
            xx += Columns.total(xxs)
            yy += Columns.total(yys)
            xy += Columns.total(xys)
        }
    }

    // MARK: ranks

    private func ofRanks(_ first: Int, _ second: Int) -> (value: Double, count: Int) {
        let left = ranks(of: first, beside: second)
        let right = ranks(of: second, beside: first)
        let count = left.count
        guard count > 1 else { return (.nan, count) }
        let middle = Double(count + 1) / 2
        var (xx, yy, xy) = (0.0, 0.0, 0.0)
        for row in 0..<rowCount where !left.ranks[row].isNaN {
            let (x, y) = (left.ranks[row] - middle, right.ranks[row] - middle)
            xx += x * x
            yy += y * y
            xy += x * y
        }
        guard xx > 0, yy > 0 else { return (.nan, count) }
        return (min(max(xy / (xx.squareRoot() * yy.squareRoot()), -1), 1), count)
    }

    /// Ranks among the common rows, NaN elsewhere.
    private func ranks(of column: Int, beside other: Int) -> (ranks: [Double], count: Int) {
        var ranks = [Double](repeating: .nan, count: rowCount)
        let (values, gaps) = (columns[column], columns[other])
        let rows = orders[column].filter { Int($0) < rowCount && !gaps[Int($0)].isNaN }
        var start = 0
        while start < rows.count {
            var end = start + 1
            while end < rows.count, values[Int(rows[end])] == values[Int(rows[start])] { end += 1 }
            for place in start..<end { ranks[Int(rows[place])] = Double(start + 1 + end) / 2 }
            start = end
        }
        return (ranks, rows.count)
    }
}
