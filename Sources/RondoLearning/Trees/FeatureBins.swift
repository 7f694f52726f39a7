import RondoKernels

/// How one feature becomes a code below 255; 255 is missing.
struct FeatureBins: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// Increasing cut points: a value gets the number of cut points below it.
        case numbers(cuts: [Double])
        /// The levels of training and the code of each; levels of similar effect share one where there are more than 255.
        case categories(levels: [String], codes: [UInt8])
    }
    static let missing: UInt8 = 255
    /// Codes 0 to 254.
    static let most = 255

    let name: String
    let kind: Kind

    init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }

    var isCategory: Bool { if case .categories = kind { true } else { false } }

    /// Codes of levels; 0 for numbers.
    var levelCount: Int { if case .categories = kind { codeCount } else { 0 } }

    /// Codes that values can have, missing apart.
    var codeCount: Int {
        switch kind {
        case .numbers(let cuts): cuts.count + 1
        case .categories(_, let codes): codes.reduce(0) { max($0, Int($1) + 1) }
        }
    }

    /// Infinities count as the largest finite numbers.
    static func clamped(_ value: Double) -> Double { min(max(value, -Double.greatestFiniteMagnitude), Double.greatestFiniteMagnitude) }

    /// The middle of two increasing values, never the upper one.
    static func middle(_ low: Double, _ high: Double) -> Double {
        let middle = low + (high / 2 - low / 2)
        return middle < high ? middle : low
    }

    /// Writes the codes of some rows, `stride` bytes apart.
    func write(_ feature: Features.Feature, rows: Range<Int>, to target: UnsafeMutablePointer<UInt8>, stride: Int) {
        var place = 0
        switch (kind, feature.values) {
        case (.numbers(let cuts), .numbers(let values)):
            values.withUnsafeBufferPointer { values in
                BinSearch.codes(of: UnsafeBufferPointer(rebasing: values[rows]), cuts: cuts, to: target, stride: stride)
            }
        case (.categories(let known, let own), .categories(let codes, let levels)):
            let table = FeatureBins.translation(from: levels, to: known, codes: own)
            for row in rows {
                let code = Int(codes[row])
                target[place] = code >= 0 && code < table.count ? table[code] : FeatureBins.missing
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

    /// For each level its code, 255 for an unknown one.
    private static func translation(from levels: [String], to known: [String], codes: [UInt8]) -> [UInt8] {
        if levels == known { return codes }
        let places = Dictionary(known.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        return levels.map { level in places[level].map { codes[$0] } ?? missing }
    }

    func archive() -> Archive {
        var archive = Archive()
        archive.set("name", name)
        switch kind {
        case .numbers(let cuts): archive["cuts"] = .numbers(cuts)
        case .categories(let levels, let codes):
            archive["levels"] = .words(levels)
            if codes.enumerated().contains(where: { $0 != Int($1) }) { archive["level_codes"] = .bytes(codes) }
        }
        return archive
    }

    /// - Throws: R0590 for damaged data.
    init(from archive: Archive) throws {
        name = try archive.word("name")
        guard archive["levels"] != nil else {
            let cuts = try archive.numbers("cuts")
            try archive.require(cuts.count < FeatureBins.most, "cuts")
            kind = .numbers(cuts: cuts)
            return
        }
        let levels = try archive.words("levels")
        if archive["level_codes"] != nil {
            let codes = try archive.bytes("level_codes")
            try archive.require(codes.count == levels.count && !codes.contains(FeatureBins.missing), "level_codes")
            kind = .categories(levels: levels, codes: codes)
        } else {
            try archive.require(levels.count <= FeatureBins.most, "levels")
            kind = .categories(levels: levels, codes: levels.indices.map { UInt8(truncatingIfNeeded: $0) })
        }
    }
}
