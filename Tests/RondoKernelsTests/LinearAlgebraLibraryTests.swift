import CSystemLibraries
import Testing

@testable import RondoKernels

/// The C wrappers of LAPACK and BLAS against the module's own arithmetic.
@Suite(.enabled(if: rondo_lapack_available() != 0, "OpenBLAS is not installed"))
struct LinearAlgebraLibraryTests {
    private let upper = CChar(85)
    private let none = CChar(78)
    private let transpose = CChar(84)

    private func random(_ rows: Int, _ columns: Int) -> Matrix {
        var stream = RandomStream(seed: 12, purpose: "library", unit: UInt64(rows * 100 + columns))
        var result = Matrix(rows: rows, columns: columns)
        for index in result.storage.indices { result.storage[index] = stream.normal() }
        return result
    }

    private func distance(_ a: [Double], _ b: [Double]?) -> Double {
        guard let b, a.count == b.count else { return .infinity }
        return zip(a, b).map { ($0 - $1).magnitude }.max() ?? 0
    }

    @Test func products() throws {
        let (a, b) = (random(7, 4), random(4, 5))
        var c = [Double](repeating: 0, count: 35)
        #expect(rondo_dgemm(none, none, 7, 5, 4, 1, a.storage, 7, b.storage, 4, 0, &c, 7) == 0)
        #expect(distance(c, a.multiplied(by: b)?.storage) < 1e-13)
        var gram = [Double](repeating: 0, count: 16)
        #expect(rondo_dsyrk(upper, transpose, 4, 7, 1, a.storage, 7, 0, &gram, 4) == 0)
        let own = try #require(try a.gram())
        for column in 0..<4 {
            for row in 0...column { #expect((gram[column * 4 + row] - own[row, column]).magnitude < 1e-13) }
        }
    }

    @Test func orthogonalFactors() {
        let a = random(9, 4)
        var (q, tau, work) = (a.storage, [Double](repeating: 0, count: 4), [Double](repeating: 0, count: 400))
        #expect(rondo_dgeqrf(9, 4, &q, &tau, &work, 400) == 0)
        var triangle = Matrix(rows: 4, columns: 4)
        for column in 0..<4 { for row in 0...column { triangle[row, column] = q[column * 9 + row] } }
        #expect(rondo_dorgqr(9, 4, 4, &q, tau, &work, 400) == 0)
        #expect(distance(a.storage, Matrix(rows: 9, columns: 4, storage: q)?.multiplied(by: triangle)?.storage) < 1e-13)
        var right: [Double] = [1, 2, 3, 4]
        #expect(rondo_dtrtrs(upper, none, none, 4, 1, triangle.storage, 4, &right, 4) == 0)
        #expect(distance(right, TriangularSystems.solve(triangle, [1, 2, 3, 4])) < 1e-12)
        var inverse = triangle.storage
        #expect(rondo_dtrtri(upper, none, 4, &inverse, 4) == 0)
        #expect(distance(inverse, TriangularSystems.inverse(triangle).storage) < 1e-12)
    }

    @Test func positiveDefiniteSystems() throws {
        let gram = try #require(try random(20, 5).gram())
        let own = try #require(Cholesky(gram))
        var factor = gram.storage
        #expect(rondo_dpotrf(upper, 5, &factor) == 0)
        var right: [Double] = [1, 2, 3, 4, 5]
        #expect(rondo_dpotrs(upper, 5, 1, factor, &right) == 0)
        #expect(distance(right, own.solve([1, 2, 3, 4, 5])) < 1e-12)
        #expect(rondo_dpotri(upper, 5, &factor) == 0)
        for column in 0..<5 {
            for row in 0...column { #expect((factor[column * 5 + row] - own.inverse[row, column]).magnitude < 1e-12) }
        }
    }

    @Test func singularValuesAreRootsOfEigenvalues() throws {
        let a = random(12, 6)
        var (values, content) = ([Double](repeating: 0, count: 6), a.storage)
        var (u, vt) = ([Double](repeating: 0, count: 72), [Double](repeating: 0, count: 36))
        var (work, integers) = ([Double](repeating: 0, count: 4000), [Int32](repeating: 0, count: 48))
        #expect(rondo_dgesdd(83, 12, 6, &content, &values, &u, 12, &vt, 6, &work, 4000, &integers) == 0)
        let gram = try #require(try a.gram())
        let eigen = try #require(try SymmetricEigen(gram))
        #expect(distance(values, eigen.values.map { $0.squareRoot() }) < 1e-12)
    }
}
