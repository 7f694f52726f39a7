import RondoKernels
import Testing

@Suite struct CorrelationsTests {
    /// Columns that hang together a little, some with gaps; the last two have theirs in the same rows.
    private static func columns(rows: Int, gaps: Bool) -> [[Double]] {
        var stream = RandomStream(seed: 5, purpose: "correlations")
        let base = (0..<rows).map { _ in stream.uniform() }
        var columns = (0..<7).map { column in base.map { ($0 * Double(column) + stream.uniform() * 3).rounded(.down) + stream.uniform() } }
        guard gaps else { return columns }
        for column in 2..<6 { for row in 0..<rows where stream.uniform() < 0.1 { columns[column][row] = .nan } }
        columns[6] = columns[6].indices.map { columns[5][$0].isNaN ? .nan : columns[6][$0] }
        return columns
    }

    /// Anscombe (1973): four pairs with correlation 0.816, the first of them 0.81642051634484.
    @Test func anscombe() throws {
        let x: [Double] = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
        let y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]
        let table = try Correlations([x, y])
        #expect(relativeError(table[0, 1], 0.81642051634484) < 1e-14)
        #expect(table[0, 1] == table[1, 0] && table[0, 0] == 1 && table.count(0, 1) == 11)
        // SciPy 1.17: spearmanr of the same.
        #expect(relativeError(try Correlations([x, y], method: .spearman)[0, 1], 0.8181818181818182) < 1e-14)
    }

    @Test(arguments: [false, true]) func agreesWithPairs(gaps: Bool) throws {
        let columns = Self.columns(rows: 5_003, gaps: gaps)
        let table = try Correlations(columns)
        let ranked = try Correlations(columns, method: .spearman)
        for first in columns.indices {
            for second in columns.indices {
                let rows = columns[first].indices.filter { !columns[first][$0].isNaN && !columns[second][$0].isNaN }
                let (x, y) = (rows.map { columns[first][$0] }, rows.map { columns[second][$0] })
                #expect((table[first, second] - Moments.correlation(x, y)).magnitude < 1e-14)
                #expect((ranked[first, second] - Moments.correlation(Sorting.ranks(x), Sorting.ranks(y))).magnitude < 1e-14)
                #expect(table.count(first, second) == rows.count && ranked.count(first, second) == rows.count)
            }
        }
    }

    /// Whatever stands beside two columns, their coefficient has the same bits.
    @Test func neighboursDoNotMatter() throws {
        var stream = RandomStream(seed: 9, purpose: "wide")
        let columns = (0..<80).map { _ in (0..<20_000).map { _ in stream.uniform() } }
        let wide = try Correlations(columns)
        let narrow = try Correlations(Array(columns[70...]))
        for index in 0..<10 { #expect(wide[70, 70 + index].bitPattern == narrow[0, index].bitPattern) }
    }

    @Test(arguments: [Correlations.Method.pearson, .spearman]) func oneThreadEqualsTwo(_ method: Correlations.Method) throws {
        let columns = Self.columns(rows: 30_000, gaps: true) + Self.columns(rows: 30_000, gaps: false)
        let one = try Correlations(columns, method: method)
        let two = try Correlations(columns, method: method, context: ComputeContext(threads: ThreadCount(2)))
        for first in 0..<one.order {
            for second in 0..<one.order { #expect(one[first, second].bitPattern == two[first, second].bitPattern) }
        }
    }

    @Test func oddColumns() throws {
        let huge = [1e300, -1e300, 5e299, 0, 2e299]
        let tiny = huge.map { $0 / 1e300 * 1e-300 }
        let plain = huge.map { $0 / 1e300 }
        let far = plain.map { 1e9 + $0 }
        let table = try Correlations([huge, tiny, plain, far, [3, 3, 3, 3, 3], [.nan, .nan, .nan, .nan, 7], [.nan, 1, 2, .nan, 4]])
        #expect((table[0, 1] - 1).magnitude < 1e-14 && (table[0, 2] - 1).magnitude < 1e-14 && (table[2, 3] - 1).magnitude < 1e-6)
        #expect(table[0, 4].isNaN && table[4, 4].isNaN && table[0, 5].isNaN && table.count(0, 5) == 1)
        // Over the common rows the correlation of (-1, 0.5, 0.2) and (1, 2, 4).
        #expect((table[2, 6] - Moments.correlation([-1, 0.5, 0.2], [1, 2, 4])).magnitude < 1e-14)
        #expect(try Correlations([]).order == 0)
        #expect(try Correlations([[], []])[0, 1].isNaN)
        #expect(table[0, 99].isNaN && table.count(-1, 0) == 0)
    }

    /// Common rows far away from the rest keep their digits.
    @Test func commonRowsFarAway() throws {
        var x = (0..<1000).map { Double($0 % 7) }
        var y = x.map { _ in Double.nan }
        for row in 0..<20 {
            x[row] = 1e8 + Double(row % 5)
            y[row] = Double((row * 3) % 5)
        }
        let expected = Moments.correlation(Array(x[0..<20]), Array(y[0..<20]))
        #expect((try Correlations([x, y])[0, 1] - expected).magnitude < 1e-12)
    }
}

@Suite struct RadixSortTests {
    @Test(arguments: [0, 1, 2, 1023, 1024, 5000]) func sorts(count: Int) {
        var stream = RandomStream(seed: 3, purpose: "radix")
        for reach in [1, 300, 1 << 40, Int.max] {
            let keys = (0..<count).map { _ in UInt64(stream.uniform(below: reach)) &* (reach == Int.max ? 2 : 1) }
            var sorted = keys
            RadixSort.sort(&sorted)
            #expect(sorted == keys.sorted())
        }
    }

    @Test func bitsAndBack() {
        for value in [-1e308, -1, -1e-308, 0, 1e-308, 0.1, 1, 1e308] {
            #expect(Sorting.value(ofSortableBits: Sorting.sortableBits(value)) == value)
        }
    }
}
