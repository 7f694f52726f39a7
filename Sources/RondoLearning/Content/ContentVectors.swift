import RondoKernels

/// A vector of traits of length 1 for each item, zeros where nothing is known of it.
struct ContentVectors: Sendable {
    /// `genre = comedy`, `year`.
    let traits: [String]
    /// A row an item, a column a trait.
    let rows: PairRows

    /// - Throws: R0464 without a feature behind the person and the thing, R0513 for an infinite number.
    init(_ data: TrainingData, _ events: Events, context: ComputeContext) throws {
        let described = data.features.features.dropFirst(2)
        guard !described.isEmpty else {
            throw Fault(
                "R0464", "content learns from columns that describe the items, and there is none", remedy: "fit content using genres",
                subject: "content")
        }
        let means = ItemMeans(events, weights: data.weights)
        var traits: [(name: String, values: [Double])] = []
        for feature in described {
            try context.cancellation.check()
            traits += try ContentVectors.traits(of: feature, means)
        }
        let kept = traits.filter { $0.values.contains { $0 != 0 } }
        let lengths = (0..<means.itemCount).map { item in
            kept.reduce(0) { $0 + $1.values[item] * $1.values[item] }.squareRoot()
        }
        self.traits = kept.map(\.name)
        rows = ContentVectors.rows(kept.map(\.values), lengths)
    }

    /// The entries that are not 0, in units of the length of each item.
    private static func rows(_ columns: [[Double]], _ lengths: [Double]) -> PairRows {
        var starts = [0]
        var (places, values): ([Int32], [Double]) = ([], [])
        for (item, length) in lengths.enumerated() {
            for (trait, column) in columns.enumerated() where column[item] != 0 {
                places.append(Int32(truncatingIfNeeded: trait))
                values.append(column[item] / length)
            }
            starts.append(places.count)
        }
        return PairRows(starts: starts, columns: places, values: values, columnCount: columns.count)
    }

    // MARK: Traits

    private static func traits(of feature: Features.Feature, _ means: ItemMeans) throws -> [(name: String, values: [Double])] {
        switch feature.values {
        case .categories(let codes, let levels):
            let counts = means.shares(codes, levelCount: levels.count)
            return zip(levels, counts).map { ("\(feature.name) = \($0)", weighed($1)) }
        case .sparse(let sparse): return [(feature.name, weighed(means.means(sparse.dense)))]
        case .numbers(let values):
            if let row = values.firstIndex(where: \.isInfinite) {
                throw Fault(
                    "R0513", "\(feature.name) is infinite in row \(row + 1)", remedy: "filter \(feature.name) is not missing",
                    subject: feature.name)
            }
            let own = means.means(values)
            let isMark = values.allSatisfy { $0 == 0 || $0 == 1 || $0.isNaN }
            return [(feature.name, isMark ? weighed(own.map { $0.isNaN ? 0 : $0 }) : standardised(own))]
        }
    }

    /// A trait that few items have counts more.
    private static func weighed(_ values: [Double]) -> [Double] {
        let having = values.count { $0 != 0 }
        let weight = Elementary.log(Double(1 + values.count) / Double(1 + having)) + 1
        return values.map { $0 * weight }
    }

    /// In deviations from the mean, 0 for missing ones and where all are the same.
    private static func standardised(_ values: [Double]) -> [Double] {
        let moments = Moments(values.filter { !$0.isNaN })
        let deviation = moments.variance.squareRoot()
        guard deviation > 0, deviation.isFinite else { return values.map { _ in 0 } }
        return values.map { $0.isNaN ? 0 : ($0 - moments.mean) / deviation }
    }

    // MARK: Asking

    /// The sum of the vectors of a history, each with its strength, brought to length 1; nil when it is zero.
    func profile(_ history: History) -> [Double]? {
        var profile = [Double](repeating: 0, count: traits.count)
        for (item, strength) in zip(history.items, history.strengths) {
            for place in rows.places(of: Int(item)) { profile[Int(rows.columns[place])] += strength * rows.values[place] }
        }
        let length = profile.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 && length.isFinite ? profile.map { $0 / length } : nil
    }

    /// The product of each item's vector with a profile.
    func products(_ profile: [Double]) -> [Double] {
        (0..<rows.rowCount).map { item in
            rows.places(of: item).reduce(0) { $0 + rows.values[$1] * profile[Int(rows.columns[$1])] }
        }
    }

    // MARK: Saving

    func archive() -> Archive {
        var archive = rows.archive()
        archive["traits"] = .words(traits)
        return archive
    }

    /// - Throws: R0590 for damaged data.
    init(from archive: Archive, itemCount: Int) throws {
        traits = try archive.words("traits")
        rows = try PairRows(from: archive, rowCount: itemCount, columnCount: traits.count)
    }
}
