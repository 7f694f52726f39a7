import RondoKernels

/// Numbers row after row: what distances between rows are computed from.
struct RowMatrix: Sendable {
    let values: [Double]
    let rowCount: Int
    let width: Int

    init(_ design: DesignMatrix) {
        rowCount = design.rowCount
        width = design.columns.count
        values = [Double](unsafeUninitializedCapacity: rowCount * width) { [width, rowCount] buffer, count in
            for (column, source) in design.columns.enumerated() {
                for row in 0..<rowCount { buffer[row * width + column] = source[row] }
            }
            count = rowCount * width
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
}
