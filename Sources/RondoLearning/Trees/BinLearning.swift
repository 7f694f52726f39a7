import RondoKernels

/// What levels of a category are compared by where there are too many for a code each.
enum LevelResponse: Sendable {
    case numbers([Double])
    case classes([Int32], count: Int)

    init(_ target: TargetValues) {
        switch target {
        case .numbers(let values): self = .numbers(values)
        case .classes(let codes, let names):
            self = names.count == 2 ? .numbers(codes.map { $0 == 1 ? 1 : 0 }) : .classes(codes, count: names.count)
        }
    }
}

/// Learns the bins of features from the rows of training that have a weight.
struct BinLearning: Sendable {
    /// The bins of one feature, and the least and greatest value of each code among numbers.
    struct Learned: Sendable {
        let bins: FeatureBins
        let ranges: [CodeRange]
        /// The codes that rows of training are learned from; nil for those of `bins`.
        var training: [UInt8]?
    }
    struct CodeRange: Sendable {
        let low: Double
        let high: Double
    }

    /// Of more rows than this, cut points are learned from so many drawn evenly.
    private static let mostRows = 100_000

    private let target: TargetValues
    /// nil when all are 1.
    let weights: [Double]?
    /// The rows that cut points are learned from; nil for all.
    private let sample: [Int32]?
    private let memory: ScratchPool<ValueCounts>

    init(rowCount: Int, target: TargetValues, weights: [Double]?) {
        self.target = target
        self.weights = weights
        memory = ScratchPool { ValueCounts(most: min(rowCount, Self.mostRows)) }
        guard rowCount > Self.mostRows else {
            sample = nil
            return
        }
        // One row of each stretch, so that neither sorted nor periodic tables mislead.
        var stream = RandomStream(seed: 0, purpose: "rows for cut points")
        let share = Double(rowCount) / Double(Self.mostRows)
        sample = (0..<Self.mostRows).map { Int32(min(rowCount - 1, Int((Double($0) + stream.uniform()) * share))) }
    }

    func learn(_ feature: Features.Feature) -> Learned {
        switch feature.values {
        case .numbers(let values): return numbers(feature.name, values)
        case .sparse(let values): return numbers(feature.name, values.dense)
        case .categories(let codes, let levels):
            guard levels.count > FeatureBins.most else {
                let own = levels.indices.map { UInt8(truncatingIfNeeded: $0) }
                return Learned(bins: FeatureBins(name: feature.name, kind: .categories(levels: levels, codes: own)), ranges: [])
            }
            let groups = LevelGroups(codes, levelCount: levels.count, response: LevelResponse(target), weights: weights)
            let kind = FeatureBins.Kind.categories(levels: levels, codes: groups.codes)
            return Learned(bins: FeatureBins(name: feature.name, kind: kind), ranges: [], training: groups.training)
        }
    }

    // MARK: Numbers

    private func numbers(_ name: String, _ values: [Double]) -> Learned {
        guard let weights else { return memory.with { $0.count(values, rows: sample) { learned(name, $0, $1) } } }
        let (keys, counts) = weighted(values, weights)
        return keys.withUnsafeBufferPointer { keys in counts.withUnsafeBufferPointer { learned(name, keys, $0) } }
    }

    /// - Parameters:
    ///   - keys: the different values, increasing, as sortable bits.
    ///   - counts: the rows of each, or their weight.
    private func learned(_ name: String, _ keys: UnsafeBufferPointer<UInt64>, _ counts: UnsafeBufferPointer<Double>) -> Learned {
        func value(_ place: Int) -> Double { Sorting.value(ofSortableBits: keys[place]) }
        var cuts: [Double] = []
        var ranges: [CodeRange] = []
        var first = 0
        for end in Self.binEnds(counts) {
            ranges.append(CodeRange(low: value(first), high: value(end)))
            if end + 1 < keys.count { cuts.append(FeatureBins.middle(value(end), value(end + 1))) }
            first = end + 1
        }
        return Learned(bins: FeatureBins(name: name, kind: .numbers(cuts: cuts)), ranges: ranges)
    }

    /// The different values of rows that have a weight, as increasing sortable bits, and the weight of each.
    private func weighted(_ values: [Double], _ weights: [Double]) -> (keys: [UInt64], counts: [Double]) {
        let rows = (sample ?? (0..<Int32(values.count)).map { $0 }).filter { weights[Int($0)] > 0 && !values[Int($0)].isNaN }
        let order = Sorting.order(rows.map { FeatureBins.clamped(values[Int($0)]) })
        var (keys, counts): ([UInt64], [Double]) = ([], [])
        for place in order {
            let row = Int(rows[place])
            let key = Sorting.sortableBits(FeatureBins.clamped(values[row]))
            if keys.last == key {
                counts[counts.count - 1] += weights[row]
            } else {
                keys.append(key)
                counts.append(weights[row])
            }
        }
        return (keys, counts)
    }

    /// The last entry of each bin: a bin an entry, or at most so many bins of about equal counts.
    static func binEnds<Counts: RandomAccessCollection>(_ counts: Counts, most: Int = FeatureBins.most) -> [Int]
    where Counts.Element == Double, Counts.Index == Int {
        guard counts.count > most else { return Array(counts.indices) }
        var ends: [Int] = []
        var left = counts.reduce(0, +)
        var inBin = 0.0
        for (index, count) in counts.enumerated().dropLast() {
            inBin += count
            left -= count
            // Close the bin when it has its share of the rows that were not yet in a bin.
            if inBin * Double(most - ends.count) >= inBin + left {
                ends.append(index)
                inBin = 0
                if ends.count == most - 1 { break }
            }
        }
        return ends + [counts.count - 1]
    }
}
