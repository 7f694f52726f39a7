/// An orthogonal factorisation by Householder reflections, columns taken from left to right.
///
/// Reflection k is I - tau v v', v zero above row k and 1 there; the rest of v lies below the diagonal of column k, the triangle R on and
/// above it. Source: Golub and Van Loan, "Matrix computations", 4th edition, 5.1 and 5.2.
struct HouseholderFactors {
    let rows: Int
    /// The reflections and the triangle, column by column.
    private(set) var values: [Double]
    private(set) var tau: [Double] = []
    /// The columns that were found independent, in increasing order; one reflection each.
    private(set) var independent: [Int] = []
    /// The other columns, in increasing order.
    private(set) var dependent: [Int] = []

    var rank: Int { independent.count }

    /// Factors a matrix of `columns` columns.
    ///
    /// A column of which at most `tolerance` times its length is left, once the part in the span of earlier columns is taken away, is
    /// dependent and skipped. Earlier columns win, so that people see the later one named. A negative tolerance keeps all.
    init(values: [Double], rows: Int, columns: Int, tolerance: Double) {
        self.rows = rows
        self.values = values
        guard rows > 0 else {
            dependent = Array(0..<columns)
            return
        }
        for start in stride(from: 0, to: columns, by: 4) {
            let width = min(4, columns - start)
            let lengths = (start..<start + width).map { length(of: $0, from: 0) }
            let known = rank
            reflect(columns: start, width, by: 0..<known)
            for column in start..<start + width {
                reflect(columns: column, 1, by: known..<rank)
                if rank == rows || tolerance >= 0 && length(of: column, from: rank) <= tolerance * lengths[column - start] {
                    dependent.append(column)
                } else {
                    keep(column)
                }
            }
        }
    }

    private func length(of column: Int, from row: Int) -> Double {
        values.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return 0 }
            let start = base + column * rows + row
            return Columns.dot(start, start, rows - row).squareRoot()
        }
    }

    /// Moves a column to the next place and makes the reflection that clears it below the diagonal.
    private mutating func keep(_ column: Int) {
        let place = rank
        let rows = rows
        var factor = 0.0
        values.withUnsafeMutableBufferPointer { values in
            guard let base = values.baseAddress else { return }
            let target = base + place * rows
            if column != place { target.update(from: base + column * rows, count: rows) }
            let head = target[place]
            let below = target + place + 1
            let count = rows - place - 1
            let square = Columns.dot(below, below, count)
            guard square > 0 else { return }
            let norm = (head * head + square).squareRoot()
            let diagonal = head > 0 ? -norm : norm
            factor = (diagonal - head) / diagonal
            let scale = 1 / (head - diagonal)
            for row in 0..<count { below[row] *= scale }
            target[place] = diagonal
        }
        tau.append(factor)
        independent.append(column)
    }

    /// Applies reflections, in increasing order, to neighbouring columns of the matrix itself.
    private mutating func reflect(columns start: Int, _ width: Int, by reflections: Range<Int>) {
        let (rows, tau) = (rows, tau)
        values.withUnsafeMutableBufferPointer { values in
            guard let base = values.baseAddress else { return }
            for k in reflections {
                let vector = base + k * rows + k + 1
                let first = base + start * rows + k
                let count = rows - k - 1
                if width == 4 {
                    let heads = SIMD4(first[0], first[rows], first[2 * rows], first[3 * rows])
                    let factors = -tau[k] * (heads + Columns.dot4(vector, first + 1, rows, count))
                    for lane in 0..<4 { first[lane * rows] += factors[lane] }
                    Columns.add4(factors, vector, to: first + 1, rows, count)
                } else {
                    for lane in 0..<width { Self.reflect(first + lane * rows, vector, tau[k], count) }
                }
            }
        }
    }

    private static func reflect(_ target: UnsafeMutablePointer<Double>, _ vector: UnsafePointer<Double>, _ tau: Double, _ count: Int) {
        let factor = -tau * (target[0] + Columns.dot(vector, target + 1, count))
        target[0] += factor
        Columns.add(factor, vector, to: target + 1, count)
    }

    /// Multiplies a vector of `rows` numbers by Q' in place.
    func applyTranspose(_ vector: UnsafeMutablePointer<Double>) { apply(vector, Array(0..<rank)) }

    /// Multiplies a vector of `rows` numbers by Q in place.
    func apply(_ vector: UnsafeMutablePointer<Double>) { apply(vector, (0..<rank).reversed()) }

    private func apply(_ vector: UnsafeMutablePointer<Double>, _ order: [Int]) {
        values.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return }
            for k in order { Self.reflect(vector + k, base + k * rows + k + 1, tau[k], rows - k - 1) }
        }
    }

    /// The upper triangle R over the independent columns.
    var triangle: Matrix {
        var result = Matrix(rows: rank, columns: rank)
        for column in 0..<rank {
            for row in 0...column { result.storage[column * rank + row] = values[column * rows + row] }
        }
        return result
    }

    /// The first `count` rows of each column, with zeros below the diagonal: what a reduction of all rows needs of this block.
    func head(columns count: Int) -> [Double] {
        var result = [Double](repeating: 0, count: count * count)
        for column in 0..<count {
            for row in 0...column { result[column * count + row] = values[column * rows + row] }
        }
        return result
    }
}
