import RondoKernels

/// The rows of training as codes, twice: each feature as a column, for dividing rows, and features side by side, for histograms.
///
/// Features lie in groups whose histograms fit a processor's nearest cache; the groups are also what threads share out.
final class BinnedMatrix: Sendable {
    struct Group: Sendable {
        let features: Range<Int>
        /// Bytes from row to row, the first `features.count` of which are codes.
        let stride: Int
        nonisolated(unsafe) let codes: UnsafeMutablePointer<UInt8>
    }

    let binned: BinnedFeatures
    /// By feature; empty for categories.
    let ranges: [[BinLearning.CodeRange]]
    let rowCount: Int
    let groups: [Group]
    /// `[feature][row]`
    nonisolated(unsafe) private let columns: UnsafeMutablePointer<UInt8>

    private static let chunkRows = 16_384

    /// - Throws: `Interrupted` when cancelled.
    init(_ data: TrainingData, context: ComputeContext) throws {
        let features = data.features.features
        let rowCount = data.features.rowCount
        let learning = BinLearning(rowCount: rowCount, target: data.target, weights: data.weights)
        let learned = try Parallel.map(features.count, context: context) { learning.learn(features[$0]) }
        binned = BinnedFeatures(learned.map(\.bins))
        ranges = learned.map(\.ranges)
        self.rowCount = rowCount
        let columns = BinnedMatrix.room(features.count * rowCount)
        self.columns = columns
        groups = BinnedMatrix.groupRanges(features.count).map { range in
            let stride = CodeHistogram.stride(width: range.count)
            return Group(features: range, stride: stride, codes: BinnedMatrix.room(stride * rowCount))
        }
        let (groups, bins) = (groups, binned.bins)
        let training = learned.map(\.training)
        try Parallel.chunks(count: rowCount, chunkSize: Self.chunkRows, context: context) { _, rows in
            for group in groups {
                for (place, feature) in group.features.enumerated() {
                    let column = columns + feature * rowCount + rows.lowerBound
                    if let codes = training[feature] {
                        for (place, row) in rows.enumerated() { column[place] = codes[row] }
                    } else {
                        bins[feature].write(features[feature], rows: rows, to: column, stride: 1)
                    }
                    var target = group.codes + rows.lowerBound * group.stride + place
                    for row in 0..<rows.count {
                        target.pointee = column[row]
                        target += group.stride
                    }
                }
            }
        }
    }

    /// Bytes whose first touch is left to the threads that write the codes.
    private static func room(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, count))
        LargePages.advise(UnsafeMutableBufferPointer(start: memory, count: count))
        return memory
    }

    deinit {
        columns.deallocate()
        for group in groups { group.codes.deallocate() }
    }

    /// An even number of groups where there are enough features, none wider than the unrolled loops.
    private static func groupRanges(_ count: Int) -> [Range<Int>] {
        guard count > 0 else { return [] }
        var groups = (count + CodeHistogram.widest - 1) / CodeHistogram.widest
        if groups % 2 == 1 && count >= 4 { groups += 1 }
        return (0..<groups).map { $0 * count / groups..<($0 + 1) * count / groups }
    }

    /// The codes of one feature, by row.
    func column(_ feature: Int) -> UnsafePointer<UInt8> { UnsafePointer(columns + feature * rowCount) }

    /// Whether rows differ in a feature.
    func varies(_ feature: Int) -> Bool {
        let codes = UnsafeBufferPointer(start: column(feature), count: rowCount)
        return codes.contains { $0 != codes[0] }
    }

    /// The last code that a cut half-way between the values of two codes leaves on the left.
    func middle(of feature: Int, _ low: UInt8, _ high: UInt8) -> UInt8 {
        let ranges = ranges[feature]
        guard high > low + 1, Int(high) < ranges.count else { return low }
        let middle = FeatureBins.middle(ranges[Int(low)].high, ranges[Int(high)].low)
        var code = low
        while code + 1 < high && ranges[Int(code) + 1].high <= middle { code += 1 }
        return code
    }
}
