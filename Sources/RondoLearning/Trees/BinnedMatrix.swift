import RondoKernels

/// The rows of training as codes: features side by side, for histograms, and as long as there are few, each feature as a column as well, by
/// which rows are divided faster.
///
/// Features lie in groups whose histograms fit a processor's nearest cache; the groups are also what threads share out. Many codes are
/// held once and without gaps: training then takes little more memory than they do.
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
    /// The codes of each feature beside those of others, for reading several of the same rows.
    nonisolated(unsafe) let grouped: [CodeColumn]
    nonisolated(unsafe) private let memory = WorkingMemory()
    /// `[feature][row]`; nil where the groups are all there is.
    nonisolated(unsafe) private let columns: UnsafeMutablePointer<UInt8>?

    private static let chunkRows = 16_384
    /// More codes than this are held once: a copy of so many would no longer be small beside scores, derivatives and the program itself.
    private static let mostTwice = 1 << 24

    /// - Parameter mostTwice: codes that are held twice at most.
    /// - Throws: `Interrupted` when cancelled.
    init(_ data: TrainingData, mostTwice: Int = BinnedMatrix.mostTwice, context: ComputeContext) throws {
        let features = data.features.features
        let rowCount = data.features.rowCount
        let learning = BinLearning(rowCount: rowCount, target: data.target, weights: data.weights)
        let learned = try Parallel.map(features.count, context: context) { learning.learn(features[$0]) }
        binned = BinnedFeatures(learned.map(\.bins))
        ranges = learned.map(\.ranges)
        self.rowCount = rowCount
        let isTwice = features.count * rowCount <= mostTwice
        columns = isTwice ? memory.zeros(features.count * rowCount) : nil
        let memory = memory
        groups = BinnedMatrix.groupRanges(features.count).map { range in
            let stride = isTwice ? CodeHistogram.stride(width: range.count) : range.count
            return Group(features: range, stride: stride, codes: memory.zeros(stride * rowCount + CodeHistogram.room))
        }
        grouped = groups.flatMap { group in (0..<group.features.count).map { CodeColumn(group.codes + $0, stride: group.stride) } }
        try Parallel.chunks(count: rowCount, chunkSize: Self.chunkRows, context: context) { _, rows in
            for index in features.indices { write(features[index], learned[index].training, index, rows) }
        }
    }

    /// Writes the codes of one feature in some rows, wherever they are held.
    private func write(_ feature: Features.Feature, _ training: [UInt8]?, _ index: Int, _ rows: Range<Int>) {
        guard let group = groups.first(where: { $0.features.contains(index) }) else { return }
        let own = group.codes + rows.lowerBound * group.stride + (index - group.features.lowerBound)
        let stride = group.stride
        if let training {
            for (place, row) in rows.enumerated() { own[place * stride] = training[row] }
        } else {
            binned.bins[index].write(feature, rows: rows, to: own, stride: stride)
        }
        guard let columns else { return }
        let column = columns + index * rowCount + rows.lowerBound
        for place in 0..<rows.count { column[place] = own[place &* stride] }
    }

    /// An even number of groups where there are enough features, none wider than the unrolled loops.
    private static func groupRanges(_ count: Int) -> [Range<Int>] {
        guard count > 0 else { return [] }
        var groups = (count + CodeHistogram.widest - 1) / CodeHistogram.widest
        if groups % 2 == 1 && count >= 4 { groups += 1 }
        return (0..<groups).map { $0 * count / groups..<($0 + 1) * count / groups }
    }

    /// The codes of one feature, for reading it alone.
    func column(_ feature: Int) -> CodeColumn { columns.map { CodeColumn($0 + feature * rowCount) } ?? grouped[feature] }

    /// Whether rows differ in a feature.
    func varies(_ feature: Int) -> Bool {
        let codes = column(feature)
        return (0..<Int32(rowCount)).contains { codes[$0] != codes[0] }
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
