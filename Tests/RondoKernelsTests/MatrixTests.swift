import Testing

@testable import RondoKernels

@Suite struct MatrixTests {
    private func random(_ rows: Int, _ columns: Int, unit: UInt64 = 0) -> Matrix {
        var stream = RandomStream(seed: 10, purpose: "matrix", unit: unit)
        var result = Matrix(rows: rows, columns: columns)
        for index in result.storage.indices { result.storage[index] = stream.normal() }
        return result
    }

    private func distance(_ a: Matrix?, _ b: Matrix?) -> Double {
        guard let a, let b, a.rows == b.rows, a.columns == b.columns else { return .infinity }
        return zip(a.storage, b.storage).map { ($0 - $1).magnitude }.max() ?? 0
    }

    @Test func productsByHand() throws {
        let a = try #require(Matrix(columns: [[1, 3], [2, 4]]))
        let b = try #require(Matrix(columns: [[5, 7], [6, 8]]))
        #expect(a.multiplied(by: b) == Matrix(columns: [[19, 43], [22, 50]]))
        #expect(a.multiplied(by: [1, -1]) == [-1, -1] && a.transposeMultiplied(by: [1, -1]) == [-2, -2])
        #expect(a.transposed() == Matrix(columns: [[1, 2], [3, 4]]) && a.multiplied(by: [1]) == nil)
        #expect(a[5, 0].isNaN && Matrix(columns: [[1], [1, 2]]) == nil && Matrix(rows: 2, columns: 2, storage: [1]) == nil)
        #expect(Matrix(rows: 0, columns: 3).multiplied(by: Matrix(rows: 3, columns: 0))?.storage == [])
        #expect(Matrix(rows: -1, columns: 2).storage.isEmpty && a.column(9).isEmpty)
    }

    @Test(arguments: [1, 3, 4, 5, 9]) func gramIsTransposeTimesMatrix(columns: Int) throws {
        let a = random(20_000, columns)
        let gram = try a.gram()
        #expect(distance(gram, a.transposed().multiplied(by: a)) < 1e-9)
        #expect(try gram == a.gram(context: ComputeContext(threads: ThreadCount(2))))
        let weights = (0..<20_000).map { Double($0 % 3) }
        var scaled = a
        for index in scaled.storage.indices { scaled.storage[index] *= weights[index % 20_000] }
        #expect(distance(try a.gram(weights: weights), scaled.transposed().multiplied(by: a)) < 1e-9)
        #expect(try a.gram(weights: [1]) == nil)
    }

    @Test(arguments: [1, 2, 7, 40]) func choleskySolves(order: Int) throws {
        let gram = try #require(try random(order + 60, order).gram())
        let factor = try #require(Cholesky(gram))
        #expect(distance(factor.triangle.transposed().multiplied(by: factor.triangle), gram) < 1e-10)
        let right = (0..<order).map(Double.init)
        let solution = try #require(factor.solve(right))
        #expect(distance(Matrix(columns: [gram.multiplied(by: solution) ?? []]), Matrix(columns: [right])) < 1e-9)
        #expect(distance(factor.inverse.multiplied(by: gram), .identity(order)) < 1e-9)
        #expect(factor.solve([]) == nil || order == 0)
    }

    @Test func choleskyRefusesWhatIsNotPositiveDefinite() throws {
        #expect(Matrix(columns: [[1, 2], [2, 1]]).flatMap { Cholesky($0) } == nil)
        #expect(Matrix(columns: [[1, 1], [1, 1]]).flatMap { Cholesky($0) } == nil)
        #expect(Cholesky(Matrix(rows: 2, columns: 3)) == nil)
        let diagonal = try #require(Matrix(columns: [[4, 0], [0, 9]]).flatMap { Cholesky($0) })
        #expect(relativeError(diagonal.logDeterminant, 3.58351893845611) < 1e-14)
    }

    @Test func eigenvaluesByHand() throws {
        let matrix = try #require(Matrix(columns: [[2, 1], [1, 2]]))
        let eigen = try #require(try SymmetricEigen(matrix))
        #expect(relativeError(eigen.values[0], 3) < 1e-15 && relativeError(eigen.values[1], 1) < 1e-15)
        #expect(
            relativeError(eigen.vectors[0, 0], 0.5.squareRoot()) < 1e-15 && relativeError(eigen.vectors[1, 0], 0.5.squareRoot()) < 1e-15)
        #expect(try SymmetricEigen(Matrix(rows: 2, columns: 3)) == nil)
        #expect(try SymmetricEigen(Matrix(rows: 2, columns: 2, repeating: .nan)) == nil)
        #expect(try SymmetricEigen(Matrix(rows: 0, columns: 0))?.values == [])
        #expect(try SymmetricEigen(Matrix(rows: 3, columns: 3))?.values == [0, 0, 0])
    }

    /// 300 is beyond the order that is left to LAPACK.
    @Test(arguments: [3, 30, 300]) func eigenvectorsDiagonalise(order: Int) throws {
        let gram = try #require(try random(order + 5, order).gram())
        let eigen = try #require(try SymmetricEigen(gram))
        #expect(distance(eigen.vectors.transposed().multiplied(by: eigen.vectors), .identity(order)) < 1e-12)
        var scaled = eigen.vectors
        for index in scaled.storage.indices { scaled.storage[index] *= eigen.values[index / order] }
        #expect(distance(scaled.multiplied(by: eigen.vectors.transposed()), gram) < 1e-10 * Double(order))
        #expect(zip(eigen.values, eigen.values.dropFirst()).allSatisfy { $0 >= $1 })
        #expect((0..<order).allSatisfy { column in (eigen.vectors.column(column).max { $0.magnitude < $1.magnitude } ?? 0) > 0 })
    }

    /// Matrices of 300 columns: well apart, of low rank, with values that lie close together, very small and very large.
    private func large(_ kind: String) throws -> Matrix {
        var gram = try #require(try random(kind == "low rank" ? 20 : 305, 300).gram())
        if kind == "identity" { gram = .identity(300) }
        if kind == "close" { for index in 0..<300 { gram[index, index] += 1e9 } }
        if kind == "small" { for index in gram.storage.indices { gram.storage[index] *= 1e-250 } }
        if kind == "large" { for index in gram.storage.indices { gram.storage[index] *= 1e250 } }
        return gram
    }

    /// The vectors of the greatest values alone solve the same equations, and all values are those of the whole decomposition.
    @Test(arguments: ["apart", "low rank", "identity", "close", "small", "large"]) func leadingEigenvectors(kind: String) throws {
        let gram = try large(kind)
        let whole = try #require(try SymmetricEigen(gram))
        let leading = try #require(try SymmetricEigen(gram, vectorCount: 50, context: ComputeContext(threads: ThreadCount(2))))
        let top = whole.values[0]
        #expect(leading.vectors.columns == 50)
        #expect(zip(whole.values, leading.values).allSatisfy { ($0 - $1).magnitude <= 1e-13 * top })
        #expect(distance(leading.vectors.transposed().multiplied(by: leading.vectors), .identity(50)) < 1e-11)
        var full = gram
        for column in 0..<300 { for row in 0..<column { full[column, row] = gram[row, column] } }
        let images = try #require(full.multiplied(by: leading.vectors))
        for index in images.storage.indices {
            #expect((images.storage[index] - leading.values[index / 300] * leading.vectors.storage[index]).magnitude <= 1e-12 * top)
        }
        #expect(try leading.values == SymmetricEigen(gram, vectorCount: 50)?.values)
    }

    @Test func fewVectorsOfSmallMatrices() throws {
        let gram = try #require(try random(40, 12).gram())
        let (whole, few) = try (#require(try SymmetricEigen(gram)), #require(try SymmetricEigen(gram, vectorCount: 3)))
        #expect(few.values == whole.values && few.vectors.storage == Array(whole.vectors.storage[..<36]))
        #expect(try SymmetricEigen(gram, vectorCount: 99)?.vectors.columns == 12)
        #expect(try SymmetricEigen(gram, vectorCount: -1)?.vectors.columns == 0)
    }
}
