import RondoKernels

/// How one feature becomes a code below 255; 255 is missing.
struct FeatureBins: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// Increasing cut points: a value gets the number of cut points below it.
        case numbers(cuts: [Double])
        /// The levels with a code of their own, by code; all others count as missing.
        case categories(levels: [String])
    }
    static let missing: UInt8 = 255
    /// Codes 0 to 254.
    static let most = 255

    let name: String
    let kind: Kind

    /// Levels with a code of their own; 0 for numbers.
    var levelCount: Int { if case .categories(let levels) = kind { levels.count } else { 0 } }
    var isCategory: Bool { if case .categories = kind { true } else { false } }

    /// Cut points in the middle between neighbouring values; with more than 255 different values, bins of about equal counts.
    init(learning feature: Features.Feature) {
        name = feature.name
        switch feature.values {
        case .numbers(let values):
            kind = .numbers(cuts: FeatureBins.cuts(values))
        case .sparse(let sparse):
            kind = .numbers(cuts: FeatureBins.cuts(sparse.dense))
        case .categories(let codes, let levels):
            kind = .categories(levels: FeatureBins.frequent(levels, codes))
        }
    }

    /// The least and the greatest value of each code among numbers, empty for categories: needed only while learning.
    func ranges(_ feature: Features.Feature) -> [(low: Double, high: Double)] {
        guard case .numbers(let cuts) = kind, case .numbers(let values) = feature.dense.values else { return [] }
        var ranges = [(low: Double, high: Double)](repeating: (.infinity, -.infinity), count: cuts.count + 1)
        cuts.withUnsafeBufferPointer { cuts in
            for value in values where !value.isNaN {
                let code = Int(FeatureBins.code(value, cuts))
                let inside = FeatureBins.clamped(value)
                ranges[code] = (min(ranges[code].low, inside), max(ranges[code].high, inside))
            }
        }
        return ranges
    }

    init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }

    private static func cuts(_ values: [Double]) -> [Double] {
        var sorted = values.filter { !$0.isNaN }.map(clamped)
        sorted.sort()
        var distinct: [(value: Double, count: Int)] = []
        for value in sorted {
            if distinct.last?.value == value { distinct[distinct.count - 1].count += 1 } else { distinct.append((value, 1)) }
        }
        guard distinct.count > 1 else { return [] }
        var cuts: [Double] = []
        var left = sorted.count
        var inBin = 0
        for (index, entry) in distinct.dropLast().enumerated() {
            inBin += entry.count
            left -= entry.count
            let binsLeft = most - cuts.count
            // Close the bin when it has its share of the rows that were not yet in a bin.
            if distinct.count <= most || inBin * binsLeft >= inBin + left {
                cuts.append(middle(entry.value, distinct[index + 1].value))
                inBin = 0
                if cuts.count == most - 1 { break }
            }
        }
        return cuts
    }

    /// Infinities count as the largest finite numbers.
    static func clamped(_ value: Double) -> Double { min(max(value, -Double.greatestFiniteMagnitude), Double.greatestFiniteMagnitude) }

    /// The middle of two increasing values, never the upper one.
    static func middle(_ low: Double, _ high: Double) -> Double {
        let middle = low + (high / 2 - low / 2)
        return middle < high ? middle : low
    }

    /// All levels, or the 255 most frequent ones in their order.
    private static func frequent(_ levels: [String], _ codes: [Int32]) -> [String] {
        guard levels.count > most else { return levels }
        var counts = [Int](repeating: 0, count: levels.count)
        for code in codes where code >= 0 && Int(code) < levels.count { counts[Int(code)] += 1 }
        let chosen = levels.indices.sorted { (counts[$0], $1) > (counts[$1], $0) }.prefix(most)
        return chosen.sorted().map { levels[$0] }
    }

    /// Writes the codes of some rows, `stride` bytes apart.
    func write(_ feature: Features.Feature, rows: Range<Int>, to target: UnsafeMutablePointer<UInt8>, stride: Int) {
        var place = 0
        switch (kind, feature.values) {
        case (.numbers(let cuts), .numbers(let values)):
            cuts.withUnsafeBufferPointer { cuts in
                for row in rows {
                    target[place] = FeatureBins.code(values[row], cuts)
                    place += stride
                }
            }
        case (.categories(let known), .categories(let codes, let levels)):
            let table = FeatureBins.translation(from: levels, to: known)
            for row in rows {
                let code = Int(codes[row])
                target[place] = code >= 0 && code < table.count ? UInt8(truncatingIfNeeded: table[code]) : FeatureBins.missing
                place += stride
            }
        case (.numbers, .sparse(let sparse)):
            let part = Features.Feature(name, .numbers(sparse.slice(rows).dense))
            write(part, rows: 0..<rows.count, to: target, stride: stride)
        case (.numbers, .categories), (.categories, .numbers), (.categories, .sparse):
            for _ in rows {
                target[place] = FeatureBins.missing
                place += stride
            }
        }
    }

    /// The number of cut points below a value.
    private static func code(_ value: Double, _ cuts: UnsafeBufferPointer<Double>) -> UInt8 {
        if value.isNaN { return missing }
        // Without a branch on the data, which no processor could foresee.
        var low = 0
        var size = cuts.count
        while size > 0 {
            let half = (size + 1) >> 1
            low += cuts[low + half - 1] < value ? half : 0
            size -= half
        }
        return UInt8(truncatingIfNeeded: low)
    }

    /// For each level its place among the known ones, 255 for none.
    private static func translation(from levels: [String], to known: [String]) -> [Int] {
        if levels == known { return Array(levels.indices) }
        let places = Dictionary(known.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        return levels.map { places[$0] ?? Int(missing) }
    }
}

/// All features of a model as codes.
struct BinnedFeatures: Sendable {
    let bins: [FeatureBins]

    init(_ bins: [FeatureBins]) { self.bins = bins }

    init(learning features: Features, context: ComputeContext) throws {
        bins = try Parallel.map(features.features.count, context: context) { FeatureBins(learning: features.features[$0]) }
    }

    /// Codes row by row.
    func codes(_ features: Features, rows: Range<Int>) -> [UInt8] {
        guard !bins.isEmpty else { return [] }
        return [UInt8](unsafeUninitializedCapacity: rows.count * bins.count) { buffer, count in
            if let base = buffer.baseAddress {
                for (index, bin) in bins.enumerated() {
                    bin.write(features.features[index], rows: rows, to: base + index, stride: bins.count)
                }
            }
            count = rows.count * bins.count
        }
    }

    func archive() -> [Archive] {
        bins.map { bin in
            var archive = Archive()
            archive.set("name", bin.name)
            switch bin.kind {
            case .numbers(let cuts): archive["cuts"] = .numbers(cuts)
            case .categories(let levels): archive["levels"] = .words(levels)
            }
            return archive
        }
    }

    /// - Throws: R0590 for damaged data.
    init(from archives: [Archive]) throws {
        bins = try archives.map { archive in
            let name = try archive.word("name")
            if archive["levels"] != nil {
                let levels = try archive.words("levels")
                try archive.require(levels.count <= FeatureBins.most, "levels")
                return FeatureBins(name: name, kind: .categories(levels: levels))
            }
            let cuts = try archive.numbers("cuts")
            try archive.require(cuts.count < FeatureBins.most, "cuts")
            return FeatureBins(name: name, kind: .numbers(cuts: cuts))
        }
    }
}
