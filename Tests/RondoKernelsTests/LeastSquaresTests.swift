import Testing

@testable import RondoKernels

/// Certified values of NIST's Statistical Reference Datasets (StRD), linear regression.
@Suite struct LeastSquaresTests {
    private func powers(_ x: [Double], _ degree: Int) -> Matrix {
        var columns = [[Double](repeating: 1, count: x.count)]
        for _ in 0..<degree { columns.append(zip(columns[columns.count - 1], x).map { $0 * $1 }) }
        return Matrix(columns: columns) ?? Matrix(rows: 0, columns: 0)
    }

    private func check(
        _ x: Matrix, _ y: [Double], _ certified: [Double], errors: [Double]? = nil, deviation: Double? = nil, within: Double,
        errorsWithin: Double? = nil
    ) throws {
        let solution = try #require(try LeastSquares.solve(x, y))
        #expect(solution.rank == x.columns && solution.dependent.isEmpty)
        for (computed, known) in zip(solution.coefficients, certified) {
            #expect(relativeError(computed, known) < within, "\(computed) for \(known)")
        }
        let variance = solution.residualSumOfSquares / Double(x.rows - x.columns)
        if let deviation { #expect(relativeError(variance.squareRoot(), deviation) < (errorsWithin ?? within)) }
        for (unscaled, known) in zip(solution.unscaledVariances, errors ?? []) {
            #expect(relativeError((unscaled * variance).squareRoot(), known) < (errorsWithin ?? within))
        }
    }

    @Test func norris() throws {
        try check(
            powers(ReferenceRegressions.norrisX, 1), ReferenceRegressions.norrisY, [-0.262323073774029, 1.00211681802045],
            errors: [0.232818234301152, 0.429796848199937e-03], deviation: 0.884796396144373, within: 1e-13)
    }

    @Test func pontius() throws {
        let loads = (0..<40).map { Double($0 % 20 + 1) * 150_000 }
        try check(
            powers(loads, 2), ReferenceRegressions.pontiusY, [0.673565789473684e-03, 0.732059160401003e-06, -0.316081871345029e-14],
            errors: [0.107938612033077e-03, 0.157817399981659e-09, 0.486652849992036e-16], deviation: 0.205177424076185e-03, within: 1e-11)
    }

    @Test func longley() throws {
        let data = ReferenceRegressions.self
        let columns = [
            [Double](repeating: 1, count: 16), data.longleyX1, data.longleyX2, data.longleyX3, data.longleyX4, data.longleyX5,
            (1947...1962).map(Double.init),
        ]
        let design = try #require(Matrix(columns: columns))
        try check(
            design, data.longleyY,
            [
                -3482258.63459582, 15.0618722713733, -0.358191792925910e-01, -2.02022980381683, -1.03322686717359, -0.511041056535807e-01,
                1829.15146461355,
            ],
            errors: [
                890420.383607373, 84.9149257747669, 0.334910077722432e-01, 0.488399681651699, 0.214274163161675, 0.226073200069370,
                455.478499142212,
            ], deviation: 304.854073561965, within: 1e-10)
    }

    /// Generated data sets: y is the polynomial itself (1: all ones; 2: powers of a tenth), 3: with large residuals.
    @Test func wampler() throws {
        let x = (0...20).map(Double.init)
        let design = powers(x, 5)
        let exact = x.map { x in (0...5).reduce(0.0) { sum, _ in sum * x + 1 } }
        try check(design, exact, [1, 1, 1, 1, 1, 1], within: 1e-12)
        let tenths = x.map { x in 1 + x / 10 + x * x / 100 + x * x * x / 1000 + x * x * x * x / 10_000 + x * x * x * x * x / 100_000 }
        try check(design, tenths, [1, 0.1, 0.01, 0.001, 0.0001, 0.00001], within: 1e-9)
        let disturbances: [Double] = [
            759, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 1838, -2048, 2048, -2048, 1838, -2048, 2048, -2048, 2523, -2048, 2048, -2048,
            759,
        ]
        try check(
            design, zip(exact, disturbances).map { $0 + $1 }, [1, 1, 1, 1, 1, 1],
            errors: [2152.32624678170, 2363.55173469681, 779.343524331583, 101.475507550350, 5.64566512170752, 0.112324854679312],
            deviation: 2360.14502379268, within: 1e-8, errorsWithin: 1e-10)
    }

    /// Tenth degree on a narrow range. Rounding the powers to doubles alone moves the certified coefficients by 1.2e-8; the exact solution
    /// of the rounded system is by mpmath 1.3 with 600 bits.
    @Test func filip() throws {
        let design = powers(ReferenceRegressions.filipX, 10)
        try check(
            design, ReferenceRegressions.filipY,
            [
                -1467.48961422980, -2772.17959193342, -2316.37108160893, -1127.97394098372, -354.478233703349, -75.1242017393757,
                -10.8753180355343, -1.06221498588947, -0.670191154593408e-01, -0.246781078275479e-02, -0.402962525080404e-04,
            ],
            errors: [
                298.084530995537, 559.779865474950, 466.477572127796, 227.204274477751, 71.6478660875927, 15.2897178747400,
                2.23691159816033, 0.221624321934227, 0.142363763154724e-01, 0.535617408889821e-03, 0.896632837373868e-05,
            ], deviation: 0.334801051324544e-02, within: 1e-6, errorsWithin: 1e-5)
        let solution = try #require(try LeastSquares.solve(design, ReferenceRegressions.filipY))
        let rounded = [
            -1467.48963138877, -2772.17962426193, -2316.37110860936, -1127.97395414975, -354.478237855231, -75.1242026243517,
            -10.8753181646995, -1.06221499864048, -0.0670191162744562, -0.00246781081323565, -4.02962530145681e-5,
        ]
        for (computed, known) in zip(solution.coefficients, rounded) { #expect(relativeError(computed, known) < 1e-11) }
    }

    /// A tall problem of several row blocks.
    private func tall(rows: Int, columns: Int) -> (x: Matrix, y: [Double]) {
        var stream = RandomStream(seed: 9, purpose: "least squares")
        var x = Matrix(rows: rows, columns: columns)
        for index in x.storage.indices { x.storage[index] = stream.normal() + 1 }
        let y = (0..<rows).map { row in (0..<columns).reduce(0.0) { $0 + x[row, $1] * Double($1 - 3) } + stream.normal() }
        return (x, y)
    }

    /// Large problems go by the normal equations, unless their columns are nearly dependent; both ways give the same digits.
    @Test func normalEquationsKeepTheDigits() throws {
        var (x, y) = tall(rows: 200_000, columns: 12)
        let two = ComputeContext(threads: ThreadCount(2))
        let quick = try #require(try NormalEquations(x, y, context: two)?.solution(context: two))
        let own = try LeastSquares.solveOwn(x, y, tolerance: LeastSquares.defaultTolerance, context: two)
        let orthogonal = try #require(own)
        for column in 0..<12 {
            #expect((quick.coefficients[column] - orthogonal.coefficients[column]).magnitude < 1e-14)
            #expect(relativeError(quick.unscaledVariances[column], orthogonal.unscaledVariances[column]) < 1e-12)
        }
        #expect(relativeError(quick.residualSumOfSquares, orthogonal.residualSumOfSquares) < 1e-14)
        #expect(try LeastSquares.solve(x, y)?.coefficients == quick.coefficients)
        for row in 0..<x.rows { x[row, 3] = x[row, 5] + 1e-4 * x[row, 3] }
        #expect(try NormalEquations(x, y, context: two) == nil)
        for row in 0..<x.rows { x[row, 3] = x[row, 5] }
        #expect(try NormalEquations(x, y, context: two) == nil)
        #expect(try LeastSquares.solve(x, y)?.dependent == [5])
    }

    @Test func theOwnFactorisationAgreesWithLAPACK() throws {
        let (x, y) = tall(rows: 100_000, columns: 10)
        let own = try #require(try LeastSquares.solve(x, y, context: ComputeContext(threads: ThreadCount(2))))
        let large = try #require(try LargeLeastSquares.solve(x, y, tolerance: 1e-11, context: .quiet))
        #expect(own.rank == 10 && large.rank == 10)
        for column in 0..<10 {
            #expect(relativeError(own.coefficients[column], large.coefficients[column]) < 1e-10)
            #expect(relativeError(own.unscaledVariances[column], large.unscaledVariances[column]) < 1e-10)
        }
        #expect(relativeError(own.residualSumOfSquares, large.residualSumOfSquares) < 1e-10)
    }

    @Test func oneThreadEqualsTwo() throws {
        let (x, y) = tall(rows: 9_001, columns: 7)
        let one = try #require(try LeastSquares.solve(x, y))
        let two = try #require(try LeastSquares.solve(x, y, context: ComputeContext(threads: ThreadCount(2))))
        #expect(one.coefficients == two.coefficients && one.residuals == two.residuals && one.unscaledCovariance == two.unscaledCovariance)
    }

    @Test(arguments: [50, 20_000]) func laterDependentColumnsAreNamed(rows: Int) throws {
        var (x, y) = tall(rows: rows, columns: 6)
        for row in 0..<rows {
            x[row, 2] = 2 * x[row, 0] - 1e5 * x[row, 1]
            x[row, 4] = 0
        }
        let slopes = try #require(try LeastSquares.solve(x, y).flatMap { x.transposeMultiplied(by: $0.residuals) })
        #expect(slopes.allSatisfy { $0.magnitude < 1e-4 })
        for _ in 0..<2 {
            let solution = try #require(try LeastSquares.solve(x, y))
            #expect(solution.dependent == [2, 4] && solution.independent == [0, 1, 3, 5] && solution.rank == 4)
            #expect(solution.coefficients[2] == 0 && solution.unscaledVariances[4].isNaN && solution.unscaledCovariance.rows == 4)
            // The same columns at other scales.
            for row in 0..<rows { x[row, 1] *= 0x1p200 }
            for row in 0..<rows { x[row, 5] *= 0x1p-300 }
        }
        y[0] += 1
        let large = try #require(try LargeLeastSquares.solve(x, y, tolerance: 1e-11, context: .quiet))
        #expect(large.rank == 4)
    }

    @Test func shapesAtTheEdge() throws {
        let wide = try #require(try LeastSquares.solve(Matrix(columns: [[1, 2], [0, 1], [5, 5]]) ?? .identity(1), [3, 4]))
        #expect(wide.rank == 2 && wide.dependent == [2] && wide.residualSumOfSquares < 1e-25)
        let none = try #require(try LeastSquares.solve(Matrix(rows: 3, columns: 0), [1, 2, 3]))
        #expect(none.rank == 0 && none.residuals == [1, 2, 3])
        let empty = try #require(try LeastSquares.solve(Matrix(rows: 0, columns: 2), []))
        #expect(empty.rank == 0 && empty.coefficients == [0, 0])
        #expect(try LeastSquares.solve(.identity(2), [1]) == nil)
        #expect(try LeastSquares.solve(.identity(2), [1, .nan]) == nil)
    }

    @Test func cancellationStops() {
        let (x, y) = tall(rows: 100, columns: 3)
        let token = CancellationToken()
        token.cancel()
        #expect(throws: Interrupted()) { try LeastSquares.solve(x, y, context: ComputeContext(cancellation: token)) }
    }
}
