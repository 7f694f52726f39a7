import RondoKernels

/// Centred and scaled columns, row by row, with only the values that are not zero before centring.
///
/// Column j stands for `value[j] - center[j]`: sparse columns keep their zeros unwritten, and the centres are taken into account in
/// the products. Columns that were dense are centred as they are written. A last column of ones may follow.
/// Memory: 12 bytes a kept value and 8 a row.
struct CompressedRows: Sendable {
    let rowCount: Int
    /// Columns, the ones included.
    let width: Int
    let hasOnes: Bool
    private let starts: [Int]
    private let places: [Int32]
    private let values: [Double]
    private let centers: [Double]

    static let chunkRows = 4096

    /// - Parameters:
    ///   - kept: the columns to take, each with a scale above 0.
    init(_ columns: NumericColumns, centered: CenteredColumns, kept: [Int], ones: Bool) {
        rowCount = columns.rowCount
        width = kept.count + (ones ? 1 : 0)
        hasOnes = ones
        var starts = [Int](repeating: 0, count: columns.rowCount + 1)
        for column in kept {
            switch columns.columns[column] {
            case .dense: for row in 0..<columns.rowCount { starts[row + 1] += 1 }
            case .sparse(let sparse): for row in sparse.rows { starts[Int(row) + 1] += 1 }
            }
        }
        for row in 0..<columns.rowCount { starts[row + 1] += starts[row] }
        var next = starts
        var places = [Int32](repeating: 0, count: starts.last ?? 0)
        var values = [Double](repeating: 0, count: starts.last ?? 0)
        var centers = [Double](repeating: 0, count: kept.count)
        for (place, column) in kept.enumerated() {
            let (scale, center) = (centered.scales[column], centered.means[column] * centered.scales[column])
            func put(_ row: Int, _ value: Double) {
                places[next[row]] = Int32(truncatingIfNeeded: place)
                values[next[row]] = value
                next[row] += 1
            }
            switch columns.columns[column] {
            case .dense(let numbers): for (row, value) in numbers.enumerated() { put(row, value * scale - center) }
            case .sparse(let sparse):
                centers[place] = center
                for (row, value) in zip(sparse.rows, sparse.values) { put(Int(row), value * scale) }
            }
        }
        self.starts = starts
        self.places = places
        self.values = values
        self.centers = centers
    }

    /// Rows of a range times parameters, that of the ones last.
    func products(_ parameters: ArraySlice<Double>, _ rows: Range<Int>) -> [Double] {
        let first = parameters.startIndex
        var base = hasOnes ? parameters[parameters.endIndex - 1] : 0
        for (place, center) in centers.enumerated() where center != 0 { base -= center * parameters[first + place] }
        return parameters.withUnsafeBufferPointer { parameters in
            places.withUnsafeBufferPointer { places in
                values.withUnsafeBufferPointer { values in
                    rows.map { row in
                        var sum = base
                        for kept in starts[row]..<starts[row + 1] { sum += values[kept] * parameters[Int(places[kept])] }
                        return sum
                    }
                }
            }
        }
    }

    /// Adds the columns, over the rows of a range, times one weight a row of the range.
    func addTransposed(_ weights: [Double], _ rows: Range<Int>, to result: inout ArraySlice<Double>) {
        let total = Sums.compensated(weights)
        let first = result.startIndex
        result.withUnsafeMutableBufferPointer { result in
            places.withUnsafeBufferPointer { places in
                values.withUnsafeBufferPointer { values in
                    for (position, row) in rows.enumerated() where weights[position] != 0 {
                        for kept in starts[row]..<starts[row + 1] { result[Int(places[kept])] += values[kept] * weights[position] }
                    }
                }
            }
        }
        for (place, center) in centers.enumerated() where center != 0 { result[first + place] -= center * total }
        if hasOnes { result[first + width - 1] += total }
    }

    /// The sum of squares of each column, over all rows with these weights.
    func squares(_ weights: [Double]) -> [Double] {
        var plain = [Double](repeating: 0, count: width)
        var sums = [Double](repeating: 0, count: width)
        for row in 0..<rowCount where weights[row] != 0 {
            for kept in starts[row]..<starts[row + 1] {
                let place = Int(places[kept])
                sums[place] += weights[row] * values[kept]
                plain[place] += weights[row] * values[kept] * values[kept]
            }
        }
        let total = Sums.compensated(weights)
        for (place, center) in centers.enumerated() {
            plain[place] += center * (center * total - 2 * sums[place])
        }
        if hasOnes { plain[width - 1] = total }
        return plain
    }
}
