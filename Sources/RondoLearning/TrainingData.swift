/// The columns a model sees, in a fixed order.
package struct Features: Sendable {
    package enum Values: Sendable {
        /// NaN is missing.
        case numbers([Double])
        /// Codes into `levels`, -1 missing; a level unseen in training is missing too.
        case categories([Int32], levels: [String])
    }
    package struct Feature: Sendable {
        package var name: String
        package var values: Values

        package init(_ name: String, _ values: Values) {
            self.name = name
            self.values = values
        }
    }
    package let features: [Feature]
    package let rowCount: Int

    /// Every feature has `rowCount` values.
    package init(_ features: [Feature], rowCount: Int) {
        self.features = features
        self.rowCount = rowCount
    }

    package var names: [String] { features.map(\.name) }

    /// The rows with these indices, all non-negative and below `rowCount`, in this order.
    package func gathering(_ rows: [Int32]) -> Features {
        Features(
            features.map { feature in
                switch feature.values {
                case .numbers(let values): Feature(feature.name, .numbers(rows.map { values[Int($0)] }))
                case .categories(let codes, let levels): Feature(feature.name, .categories(rows.map { codes[Int($0)] }, levels: levels))
                }
            }, rowCount: rows.count)
    }
}

/// What is to be learned, without gaps.
package enum TargetValues: Sendable {
    case numbers([Double])
    /// Class index a row, below `names.count`. For a binary target with a stated positive class, that class is index 1.
    case classes([Int32], names: [String])

    package var count: Int {
        switch self {
        case .numbers(let values): values.count
        case .classes(let codes, _): codes.count
        }
    }

    package func gathering(_ rows: [Int32]) -> TargetValues {
        switch self {
        case .numbers(let values): .numbers(rows.map { values[Int($0)] })
        case .classes(let codes, let names): .classes(rows.map { codes[Int($0)] }, names: names)
        }
    }
}

/// Rows to learn from.
package struct TrainingData: Sendable {
    package let features: Features
    package let target: TargetValues
    /// Non-negative, one a row; nil means 1 each.
    package let weights: [Double]?

    package init(features: Features, target: TargetValues, weights: [Double]? = nil) {
        self.features = features
        self.target = target
        self.weights = weights
    }
}

/// What a model answers, one row after the other.
package enum Predictions: Sendable {
    case numbers([Double])
    /// `[class][row]`, sums to 1 over the classes; classes as in training.
    case probabilities([[Double]], names: [String])

    package var count: Int {
        switch self {
        case .numbers(let values): values.count
        case .probabilities(let columns, _): columns.first?.count ?? 0
        }
    }
}
