import RondoFrame
import RondoKernels
import Testing

/// A sparse column is the same column as its dense twin, whatever is done with it.
@Suite struct SparseColumnTests {
    /// A sparse column of some rows and its dense twin.
    private static func twins(_ seed: UInt64, rows: Int) -> (sparse: Column, dense: Column) {
        var stream = RandomStream(seed: seed, purpose: "sparse")
        var values = [Double](repeating: 0, count: rows)
        for row in 0..<rows where stream.uniform() < 0.15 { values[row] = Double(stream.uniform(below: 7)) - 2 }
        let kept = values.indices.filter { values[$0] != 0 || $0 % 17 == 3 }
        let sparse = SparseNumbers(count: rows, rows: kept.map { Int32($0) }, values: kept.map { values[$0] })
        return (Column(.sparse(sparse)), Column(.number(values)))
    }

    @Test(arguments: [0, 1, 2, 60, 500]) func isItsDenseTwin(_ rows: Int) throws {
        for seed in UInt64(0)..<20 {
            let (sparse, dense) = Self.twins(seed, rows: rows)
            #expect(sparse.equals(dense) && dense.equals(sparse) && sparse.equals(sparse) && sparse.count == rows)
            #expect((0..<rows).allSatisfy { sparse[$0].number == dense[$0].number })
            var (one, other) = (ValueHasher(), ValueHasher())
            sparse.hash(into: &one)
            dense.hash(into: &other)
            #expect(one.value == other.value)
            #expect(sparse.order() == dense.order() && sparse.order(descending: true) == dense.order(descending: true))
            #expect(sparse.factor().codes == dense.factor().codes)
            #expect(sparse.missingMask() == dense.missingMask() && sparse.numbers() == dense.numbers())
            let (left, right) = (try Frame([("x", sparse)]), try Frame([("x", dense)]))
            #expect(try CSVWriter.bytes(left) == CSVWriter.bytes(right))
            #expect(try left["x"]?.cast(to: .text).column.equals(#require(right["x"]).cast(to: .text).column) == true)
        }
    }

    @Test(arguments: [1, 2]) func indicatorsSayWhichCode(_ threads: Int) throws {
        let codes = (0..<40_000).map { Int32($0 * 7 % 6) - 1 }
        let columns = try Column.indicators(codes, count: 4, context: ComputeContext(threads: ThreadCount(threads)))
        #expect(columns.count == 4)
        for (code, column) in columns.enumerated() { #expect(column.numbers() == codes.map { $0 == Int32(code) ? 1 : 0 }) }
        #expect(try Column.indicators([], count: 2, context: .quiet).map(\.count) == [0, 0])
    }

    @Test func rowsAreTakenInAnyOrder() throws {
        for seed in UInt64(0)..<20 {
            let (sparse, dense) = Self.twins(seed, rows: 200)
            var stream = RandomStream(seed: seed, purpose: "rows")
            let filtered = (0..<200).filter { _ in stream.bernoulli(0.4) }.map { Int32($0) }
            let shuffled = stream.permutation(200).map { Int32($0) }
            let repeated = (0..<300).map { _ in Int32(stream.uniform(below: 200)) }
            for rows in [filtered, shuffled, repeated, []] {
                let taken = sparse.gathering(rows)
                #expect(taken.isSparse && taken.equals(dense.gathering(rows)))
                guard case .sparse(let numbers) = taken.storage else { continue }
                #expect(zip(numbers.rows, numbers.rows.dropFirst()).allSatisfy { $0 < $1 })
                // Many columns at once.
                let frame = try Frame([("a", dense), ("b", sparse), ("c", sparse)]).gathering(rows)
                #expect(frame["b"]?.equals(dense.gathering(rows)) == true && frame["c"]?.isSparse == true)
            }
            // A row without a source is a gap.
            #expect(sparse.gathering([3, -1, 5]).equals(dense.gathering([3, -1, 5])))
        }
    }

    @Test func tablesBelowEachOther() throws {
        let (first, firstDense) = Self.twins(1, rows: 30)
        let (second, secondDense) = Self.twins(2, rows: 50)
        let joined = try Frame.concatenated([Frame([("x", first)]), Frame([("x", second)])])
        let dense = try Frame.concatenated([Frame([("x", firstDense)]), Frame([("x", secondDense)])])
        #expect(joined["x"]?.isSparse == true && joined.equals(dense))
        // Beside dense numbers, and beside a table without the column.
        #expect(try Frame.concatenated([Frame([("x", first)]), Frame([("x", secondDense)])]).equals(dense))
        let lacking = try Frame.concatenated([Frame([("x", first)]), Frame([("y", second)])])
        #expect(lacking["x"]?.missingCount == 50 && lacking["y"]?.missingCount == 30)
    }

    @Test(arguments: [1, 2, 3, 40, 400]) func isDescribedAsItsDenseTwin(_ rows: Int) throws {
        for seed in UInt64(0)..<20 {
            let (sparse, dense) = Self.twins(seed, rows: rows)
            let (one, other) = (try ColumnDescription(sparse), try ColumnDescription(dense))
            func close(_ a: Double, _ b: Double) -> Bool { a == b || (a.isNaN && b.isNaN) || abs(a - b) <= 1e-12 * max(abs(a), abs(b)) }
            #expect(close(one.mean, other.mean) && close(one.standardDeviation, other.standardDeviation))
            #expect(close(one.skewness, other.skewness) && close(one.kurtosis, other.kurtosis))
            #expect(one.distinct == other.distinct && one.top == other.top && one.topCount == other.topCount)
            #expect(one.count == other.count && one.missing == 0)
            for (a, b) in [
                (one.minimum, other.minimum), (one.quantile05, other.quantile05), (one.quantile25, other.quantile25),
                (one.median, other.median), (one.quantile75, other.quantile75), (one.quantile95, other.quantile95),
                (one.maximum, other.maximum),
            ] { #expect(close(a.number ?? .nan, b.number ?? .nan), "\(a) \(b)") }
        }
    }

    @Test func partsAndPlaces() {
        let numbers = SparseNumbers(count: 10, rows: [1, 4, 9], values: [2, 3, 4])
        #expect(numbers.slice(2..<10).dense == [0, 0, 3, 0, 0, 0, 0, 4] && numbers.slice(5..<5).count == 0)
        #expect(numbers.places(in: 0..<5) == 0..<2 && numbers[4] == 3 && numbers[5] == 0 && numbers.zeroCount == 7)
        #expect(!numbers.equals(SparseNumbers(count: 11, rows: [1, 4, 9], values: [2, 3, 4])))
        #expect(numbers.equals(SparseNumbers(count: 10, rows: [0, 1, 4, 9], values: [0, 2, 3, 4])))
        #expect(!numbers.equals(SparseNumbers(count: 10, rows: [1, 5, 9], values: [2, 3, 4])))
    }
}
