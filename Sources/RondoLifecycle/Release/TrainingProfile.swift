package import RondoKernels
package import RondoLearning

/// What the features looked like in training: new rows outside are flagged.
package struct TrainingProfile: Sendable, Hashable {
    /// Least and greatest training value of each numeric feature; NaN for others and for features without values.
    package let lows: [Double]
    package let highs: [Double]

    package init(_ features: Features) {
        var lows: [Double] = []
        var highs: [Double] = []
        for feature in features.features {
            var low = Double.nan
            var high = Double.nan
            if case .sparse(let sparse) = feature.values, sparse.count > 0 {
                let zero = sparse.values.count < sparse.count ? 0.0 : .nan
                low = sparse.values.reduce(zero) { $1 >= $0 ? $0 : $1 }
                high = sparse.values.reduce(zero) { $1 <= $0 ? $0 : $1 }
            } else if case .numbers(let values) = feature.values {
                for value in values where !value.isNaN {
                    if !(value >= low) { low = value }
                    if !(value <= high) { high = value }
                }
            }
            lows.append(low)
            highs.append(high)
        }
        self.lows = lows
        self.highs = highs
    }

    /// Names of the features of a row that lie outside the training range.
    package func outside(_ features: Features, row: Int) -> [String] {
        var names: [String] = []
        for (index, feature) in features.features.enumerated() where index < lows.count {
            let value: Double? =
                switch feature.values {
                case .numbers(let values): values[row]
                case .sparse(let sparse): sparse[row]
                case .categories: nil
                }
            if let value, value < lows[index] || value > highs[index] { names.append(feature.name) }
        }
        return names
    }

    package func archive() -> Archive { Archive(["lows": .numbers(lows), "highs": .numbers(highs)]) }

    package init(archive: Archive) throws {
        lows = try archive.numbers("lows")
        highs = try archive.numbers("highs")
        guard lows.count == highs.count else {
            throw Fault("R0591", "the saved training profile is damaged", remedy: "make the release again, with deploy")
        }
    }
}
