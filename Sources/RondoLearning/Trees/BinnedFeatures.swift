import RondoKernels

/// All features of a model as codes.
struct BinnedFeatures: Sendable {
    let bins: [FeatureBins]

    init(_ bins: [FeatureBins]) { self.bins = bins }

    /// - Throws: R0514 unless the features have the names of these, in their order.
    func check(_ features: Features) throws {
        let isSame = features.features.count == bins.count && zip(features.features, bins).allSatisfy { $0.name == $1.name }
        if !isSame { try features.requireNames(bins.map(\.name)) }
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

    func archive() -> [Archive] { bins.map { $0.archive() } }

    /// - Throws: R0590 for damaged data.
    init(from archives: [Archive]) throws { bins = try archives.map { try FeatureBins(from: $0) } }
}
