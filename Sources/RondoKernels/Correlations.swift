import CSystemLibraries

/// Correlation coefficients of columns, each pair over the rows where both have a value.
///
/// Columns are brought to mean 0 and length 1, so that coefficients are sums of products, taken in fixed blocks of rows. Pairs whose gaps
/// differ are computed over their common rows.
public struct Correlations: Sendable {
    /// What is correlated: values (Pearson), or their ranks with ties at the mean of their ranks (Spearman).
    public enum Method: String, Sendable, Hashable, CaseIterable { case pearson, spearman }

    /// How many columns there are.
    public let order: Int
    /// `order` times `order`, symmetric; NaN where a column does not vary.
    private var values: [Double]
    /// Rows where both columns have a value.
    private var counts: [Int]

    /// The coefficient of two columns; NaN where one does not vary over their common rows, or outside of the table.
    public subscript(first: Int, second: Int) -> Double {
        guard first >= 0, first < order, second >= 0, second < order else { return .nan }
        return values[first * order + second]
    }

    /// How many rows have a value in both columns.
    public func count(_ first: Int, _ second: Int) -> Int {
        guard first >= 0, first < order, second >= 0, second < order else { return 0 }
        return counts[first * order + second]
    }

    /// - Parameters:
    ///   - columns: numbers of equal length, NaN for missing.
    /// - Throws: only when cancelled.
    public init(_ columns: [[Double]], method: Method = .pearson, context: ComputeContext = .quiet) throws {
        order = columns.count
        values = Array(repeating: .nan, count: columns.count * columns.count)
        counts = Array(repeating: 0, count: columns.count * columns.count)
        guard order > 0, let rowCount = columns.map(\.count).min() else { return }
        let measured = method == .pearson ? columns : try Parallel.map(order, context: context) { Sorting.ranks(columns[$0]) }
        let units = try Parallel.map(order, context: context) { UnitColumn(measured[$0], rowCount: rowCount) }
        let gaps = GapPatterns(columns, missing: units.map(\.missing), rowCount: rowCount)
        let products = try GramBlocks.sum(order: order, rowCount: rowCount, context: context) { column, rows, values in
            units[column].write(measured[column], rows, to: values)
        }
        let apart = set(products, varies: units.map { $0.inverse > 0 }, gaps)
        guard !apart.isEmpty else { return }
        let common = GappedCorrelations(columns: columns, units: units, method: method, rowCount: rowCount)
        let results = try Parallel.mapChunks(count: apart.count, chunkSize: 8, context: context) { _, range in
            range.map { common.correlation(apart[$0].0, apart[$0].1) }
        }
        for (pair, result) in zip(apart, results.joined()) { set(pair.0, pair.1, result.value, result.count) }
    }

    /// Takes over the sums of products of columns whose gaps are in the same rows, and returns the pairs of the others.
    private mutating func set(_ products: [Double], varies: [Bool], _ gaps: GapPatterns) -> [(Int, Int)] {
        var apart: [(Int, Int)] = []
        for first in 0..<order {
            let (pattern, present) = (gaps.pattern[first], gaps.present[first])
            for second in first..<order {
                guard gaps.pattern[second] == pattern else {
                    apart.append((first, second))
                    continue
                }
                let value = first == second ? 1 : min(max(products[second * order + first], -1), 1)
                set(first, second, varies[first] && varies[second] ? value : .nan, present)
            }
        }
        return apart
    }

    private mutating func set(_ first: Int, _ second: Int, _ value: Double, _ count: Int) {
        values[first * order + second] = value
        values[second * order + first] = value
        counts[first * order + second] = count
        counts[second * order + first] = count
    }
}

/// Which columns have their gaps in the same rows.
private struct GapPatterns {
    /// Equal numbers mean gaps in the same rows.
    private(set) var pattern: [Int] = []
    /// Values a column.
    private(set) var present: [Int] = []

    init(_ columns: [[Double]], missing: [Int], rowCount: Int) {
        var known: [Bitset: Int] = [:]
        for (column, gapCount) in zip(columns, missing) {
            present.append(rowCount - gapCount)
            guard gapCount > 0 else {
                pattern.append(0)
                continue
            }
            let gaps = Bitset(count: rowCount) { column[$0].isNaN }
            if let same = known[gaps] {
                pattern.append(same)
            } else {
                known[gaps] = known.count + 1
                pattern.append(known.count)
            }
        }
    }
}

/// How a column is brought to mean 0 and length 1.
struct UnitColumn: Sendable {
    let center: DoubleDouble
    /// 1 divided by the length of the deviations; 0 for a column that does not vary.
    let inverse: Double
    /// Applied first, so that the squares of very large or small numbers stay in range.
    let scale: Double

    /// NaN among the values.
    let missing: Int

    init(_ values: [Double], rowCount: Int) {
        let values = values.prefix(rowCount)
        var moments = values.withUnsafeBufferPointer { SpreadSums($0) }
        missing = moments.missing
        scale = moments.reach > 1e120 ? 0x1p-600 : moments.reach < 1e-120 && moments.reach > 0 ? 0x1p+600 : 1
        if scale != 1 { moments = values.map { [scale] in $0 * scale }.withUnsafeBufferPointer { SpreadSums($0) } }
        center = moments.center
        inverse = moments.varies && moments.squares > 0 ? 1 / moments.squares.squareRoot() : 0
    }

    @inline(__always)
    func unit(_ value: SIMD4<Double>) -> SIMD4<Double> {
        ((value * scale - center.high) - center.low) * inverse
    }

    @inline(__always)
    func unit(_ value: Double) -> Double { ((value * scale - center.high) - center.low) * inverse }
}

/// The mean, and the sum of squared deviations from it, of the values that are not NaN.
private struct SpreadSums {
    var center = DoubleDouble(0)
    var squares = 0.0
    var varies = false
    /// The greatest magnitude.
    var reach = 0.0
    var missing = 0

    init(_ values: UnsafeBufferPointer<Double>) {
        guard let base = values.baseAddress else { return }
        let sum: DoubleDouble
        (sum, missing) = Columns.extendedSum(base, values.count, skipping: true)
        guard values.count > missing else { return }
        center = sum / DoubleDouble(Double(values.count - missing))
        var (low, high) = (Double.infinity, -Double.infinity)
        var total = 0.0
        for start in stride(from: 0, to: values.count, by: 1024) {
            var lanes = SIMD4<Double>.zero
            var least = SIMD4<Double>(repeating: .infinity)
            var greatest = SIMD4<Double>(repeating: -.infinity)
            let end = min(start + 1024, values.count)
            var index = start
            while index + 4 <= end {
                let value = Columns.lanes(base, index)
                let absent = value .!= value
                let deviation = ((value - center.high) - center.low).replacing(with: 0, where: absent)
                lanes += deviation * deviation
                least.replace(with: value, where: value .< least)
                greatest.replace(with: value, where: value .> greatest)
                index += 4
            }
            var rest = 0.0
            while index < end {
                let value = base[index]
                if !value.isNaN {
                    let deviation = (value - center.high) - center.low
                    rest += deviation * deviation
                    low = min(low, value)
                    high = max(high, value)
                }
                index += 1
            }
            total += Columns.total(lanes) + rest
            low = min(low, least.min())
            high = max(high, greatest.max())
        }
        squares = total
        varies = low < high
        reach = max(low.magnitude, high.magnitude)
    }
}

extension UnitColumn {
    /// Writes what the column holds in some rows, gaps as 0.
    func write(_ column: [Double], _ range: Range<Int>, to target: UnsafeMutablePointer<Double>) {
        column.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return }
            rondo_unit_values(base + range.lowerBound, Int64(range.count), scale, center.high, center.low, inverse, target)
        }
    }
}
