import RondoKernels

/// The histograms of the nodes that wait, all columns each: a larger child takes over its parent's, less those of the smaller one.
///
/// Of each column only the codes that it has are touched, and the last cell, for missing.
final class NodeHistograms {
    private let matrix: BinnedMatrix
    private let packed: UnsafePointer<UInt64>
    private let memory = WorkingMemory()
    private let codeCounts: [Int]
    private var places: [UnsafeMutablePointer<UInt64>] = []
    private var free: [Int] = []

    /// - Parameter packed: count and sum of each row.
    init(_ matrix: BinnedMatrix, packed: UnsafePointer<UInt64>) {
        self.matrix = matrix
        self.packed = packed
        codeCounts = matrix.binned.bins.map(\.codeCount)
    }

    /// The place of histograms made of these rows.
    func build(_ rows: UnsafeBufferPointer<Int32>) -> Int {
        let place = free.popLast() ?? places.count
        if place == places.count { places.append(memory.zeros(codeCounts.count * CodeHistogram.cellsPerFeature)) }
        let cells = places[place]
        for (feature, count) in codeCounts.enumerated() {
            let own = cells + feature * CodeHistogram.cellsPerFeature
            own.update(repeating: 0, count: count)
            own[Int(FeatureBins.missing)] = 0
        }
        for group in matrix.groups {
            CodeHistogram.add(
                codes: group.codes, stride: group.stride, width: group.features.count, rows: rows, values: packed,
                to: cells + group.features.lowerBound * CodeHistogram.cellsPerFeature)
        }
        return place
    }

    /// A place that is no longer needed; -1 for none.
    func release(_ place: Int) { if place >= 0 { free.append(place) } }

    /// Takes the histograms of a part away from those of the whole.
    func subtract(_ part: Int, from whole: Int) {
        for (feature, count) in codeCounts.enumerated() {
            let offset = feature * CodeHistogram.cellsPerFeature
            let (own, rest) = (places[part] + offset, places[whole] + offset)
            CodeHistogram.subtract(own, from: rest, count: count)
            let missing = Int(FeatureBins.missing)
            rest[missing] = rest[missing] &- own[missing]
        }
    }

    /// Adds the cuts of one column; false when it has one code only.
    func add(_ feature: Int, of place: Int, to cuts: CutList) -> Bool {
        let cells = UnsafePointer(places[place] + feature * CodeHistogram.cellsPerFeature)
        let (lefts, codes, count) = (cuts.lefts + cuts.count, cuts.codes + cuts.count, codeCounts[feature])
        var left: UInt64 = 0
        var found = 0
        var code = 0
        while code < count {
            let cell = cells[code]
            left = left &+ cell
            lefts[found] = left
            codes[found] = UInt8(truncatingIfNeeded: code)
            found &+= cell != 0 ? 1 : 0
            code &+= 1
        }
        let missing = cells[Int(FeatureBins.missing)]
        if missing != 0 {
            lefts[found] = left &+ missing
            codes[found] = FeatureBins.missing
            found &+= 1
        }
        guard found > 1 else { return false }
        cuts.close(feature, found)
        return true
    }
}
