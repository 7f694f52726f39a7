import RondoKernels

/// Numbers row after row: what distances between rows are computed from.
struct RowMatrix: Sendable {
    let values: [Double]
    let rowCount: Int
    let width: Int

    /// Rows that stay in the cache until their last column has come.
    private static let blockRows = 256
    private static let chunkRows = 4096

    init(_ design: DesignMatrix) {
        rowCount = design.rowCount
        width = design.columns.count
        values = [Double](unsafeUninitializedCapacity: rowCount * width) { [width, rowCount] buffer, count in
            LargePages.advise(buffer)
            Self.write(design.columns, 0..<rowCount, to: buffer)
            count = rowCount * width
        }
    }

    /// - Throws: only when cancelled.
    init(_ measured: MeasuredColumns, context: ComputeContext) throws {
        rowCount = measured.rowCount
        width = measured.columns.count
        values = try [Double](unsafeUninitializedCapacity: rowCount * width) { [width, rowCount] buffer, count in
            LargePages.advise(buffer)
            // Every call writes to its own rows.
            nonisolated(unsafe) let buffer = buffer
            try Parallel.chunks(count: rowCount, chunkSize: Self.chunkRows, context: context) { _, rows in
                Self.write(measured.columns, rows, to: buffer)
            }
            count = rowCount * width
        }
    }

    private static func write(_ columns: [[Double]], _ rows: Range<Int>, to target: UnsafeMutableBufferPointer<Double>) {
        let width = columns.count
        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: blockRows) {
            let block = start..<min(start + blockRows, rows.upperBound)
            for (column, source) in columns.enumerated() {
                source.withUnsafeBufferPointer { source in
                    for row in block { target[row &* width &+ column] = source[row] }
                }
            }
        }
    }

    init(values: [Double], rowCount: Int, width: Int) {
        self.values = values
        self.rowCount = rowCount
        self.width = width
    }

    /// The values of one row.
    func row(_ index: Int) -> ArraySlice<Double> { values[index * width..<(index + 1) * width] }

    /// Squared Euclidean distance of two stretches of `width` values, summed in the order of the columns.
    @inline(__always)
    static func squaredDistance(
        _ first: UnsafeBufferPointer<Double>, at start: Int, _ second: UnsafeBufferPointer<Double>, at other: Int, width: Int
    ) -> Double {
        var sum = 0.0
        for column in 0..<width {
            let difference = first[start &+ column] - second[other &+ column]
            sum += difference * difference
        }
        return sum
    }

    /// Squared distances of some rows from four points, each summed in the order of the columns.
    func squaredDistances(_ rows: Range<Int>, _ points: [SIMD4<Double>]) -> [SIMD4<Double>] {
        values.withUnsafeBufferPointer { values in
            points.withUnsafeBufferPointer { points in
                rows.map { row in
                    var sum = SIMD4<Double>.zero
                    for axis in 0..<width {
                        let difference = points[axis] - values[row &* width &+ axis]
                        sum += difference * difference
                    }
                    return sum
                }
            }
        }
    }

    /// The nearest of `count` points, which stand one after the other; the lowest number of equally near ones.
    func nearest(to row: Int, _ points: [Double], count: Int) -> Int32 {
        values.withUnsafeBufferPointer { values in
            points.withUnsafeBufferPointer { points in
                var best = (place: 0, distance: Double.infinity)
                for place in 0..<count {
                    let distance = Self.squaredDistance(values, at: row * width, points, at: place * width, width: width)
                    if distance < best.distance { best = (place, distance) }
                }
                return Int32(truncatingIfNeeded: best.place)
            }
        }
    }
}
