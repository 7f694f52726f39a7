#if canImport(Glibc)
    import Glibc  // links the C library of mathematics, which `rounded()` calls
#endif

/// Bins of a histogram put together until a page of lines holds them: all of one width, at round edges where the bins had such.
struct MergedBins {
    /// One edge more than bins.
    private(set) var edges: [Double]
    /// One series of counts a group.
    private(set) var counts: [[Double]]

    /// - Parameter most: how many bins are wanted at most; one more may be needed at a round edge.
    init(edges: [Double], counts: [[Int]], most: Int) {
        let bins = min(max(0, edges.count - 1), counts.map(\.count).max() ?? 0)
        self.edges = Array(edges.prefix(bins + 1))
        self.counts = counts.map { series in (0..<bins).map { $0 < series.count ? Double(series[$0]) : 0 } }
        guard bins > most, most > 0, let first = edges.first else { return }
        let width = (edges[bins] - first) / Double(bins)
        guard width > 0, width.isFinite, MergedBins.isEven(self.edges, width) else {
            merge(by: (bins + most - 1) / most)
            return
        }
        let factor = MergedBins.factor(width, atLeast: (bins + most - 1) / most)
        let offset = (first / width).rounded()
        guard abs(first / width - offset) < 1e-6, abs(offset) < 1e9 else {
            merge(by: min(factor, bins))
            return
        }
        // Bins begin at a multiple of the new width: bin i of the old ones is the multiple offset + i of the old width.
        let start = (offset / Double(factor)).rounded(.down)
        let skipped = Int(offset - start * Double(factor))
        let merged = (skipped + bins + factor - 1) / factor
        let old = self.counts
        self.edges = (0...merged).map { MergedBins.multiple(Int(start) + $0, of: width * Double(factor)) }
        self.counts = old.map { series in
            var sums = [Double](repeating: 0, count: merged)
            for (index, count) in series.enumerated() { sums[(skipped + index) / factor] += count }
            return sums
        }
    }

    /// A multiple of a width without the dust of binary fractions.
    private static func multiple(_ index: Int, of width: Double) -> Double {
        let inverse = (1 / width).rounded()
        return width < 1 && abs(inverse * width - 1) < 1e-9 ? Double(index) / inverse : Double(index) * width
    }

    private static func isEven(_ edges: [Double], _ width: Double) -> Bool {
        zip(edges, edges.dropFirst()).allSatisfy { abs($1 - $0 - width) <= width * 1e-6 }
    }

    /// The smallest factor that makes the width 1, 2, 2.5 or 5 times a power of ten; the least itself where none near does.
    private static func factor(_ width: Double, atLeast least: Int) -> Int {
        (least...(least * 5)).first { factor in
            var size = width * Double(factor)
            guard size < 1e300, size > 1e-300 else { return true }
            while size >= 9.999_999 { size /= 10 }
            while size < 0.999_999_9 { size *= 10 }
            return [1, 2, 2.5, 5].contains { abs(size - $0) < 1e-6 }
        } ?? least
    }

    /// Every so many bins become one, from the first on; the last one is filled up with nothing.
    private mutating func merge(by factor: Int) {
        let bins = edges.count - 1
        let merged = (bins + factor - 1) / factor
        let reach = edges[factor] - edges[0]
        edges = (0..<merged).map { edges[$0 * factor] }
        if let last = edges.last { edges.append(last + reach) }
        counts = counts.map { series in
            (0..<merged).map { series[($0 * factor)..<min(bins, ($0 + 1) * factor)].reduce(0, +) }
        }
    }
}
