/// Systems with an upper triangular matrix, solved in fixed order.
enum TriangularSystems {
    /// x with R x = b.
    static func solve(_ r: Matrix, _ b: [Double]) -> [Double] {
        var x = b
        r.storage.withUnsafeBufferPointer { values in
            x.withUnsafeMutableBufferPointer { x in
                guard let values = values.baseAddress, let target = x.baseAddress else { return }
                for column in (0..<r.rows).reversed() {
                    let value = target[column] / values[column * r.rows + column]
                    target[column] = value
                    Columns.add(-value, values + column * r.rows, to: target, column)
                }
            }
        }
        return x
    }

    /// x with R' x = b.
    static func solveTransposed(_ r: Matrix, _ b: [Double]) -> [Double] {
        var x = b
        r.storage.withUnsafeBufferPointer { values in
            x.withUnsafeMutableBufferPointer { x in
                guard let values = values.baseAddress, let target = x.baseAddress else { return }
                for column in 0..<r.rows {
                    let start = values + column * r.rows
                    target[column] = (target[column] - Columns.dot(start, target, column)) / start[column]
                }
            }
        }
        return x
    }

    /// The inverse of R.
    static func inverse(_ r: Matrix) -> Matrix {
        var result = Matrix(rows: r.rows, columns: r.rows)
        for column in 0..<r.rows {
            var unit = [Double](repeating: 0, count: r.rows)
            unit[column] = 1
            result.storage.replaceSubrange(column * r.rows..<(column + 1) * r.rows, with: solve(r, unit))
        }
        return result
    }

    /// The inverse of R'R.
    static func inverseOfGram(_ r: Matrix) -> Matrix {
        let rows = inverse(r).transposed()
        var result = Matrix(rows: r.rows, columns: r.rows)
        rows.storage.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return }
            for column in 0..<r.rows {
                for row in 0...column {
                    // Row i of the inverse triangle is zero before column i.
                    let start = column
                    let value = Columns.dot(base + row * r.rows + start, base + column * r.rows + start, r.rows - start)
                    result.storage[column * r.rows + row] = value
                    result.storage[row * r.rows + column] = value
                }
            }
        }
        return result
    }
}
