package import RondoKernels
import RondoReport

/// The columns a model sees, in a fixed order.
package struct Features: Sendable {
    package enum Values: Sendable {
        /// NaN is missing.
        case numbers([Double])
        /// Codes into `levels`, -1 missing; a level unseen in training is missing too.
        case categories([Int32], levels: [String])
        /// Numbers most of which are zero, without gaps; only families that declare `takesSparse` are given them.
        case sparse(SparseNumbers)
    }
    package struct Feature: Sendable {
        package var name: String
        package var values: Values

        package init(_ name: String, _ values: Values) {
            self.name = name
            self.values = values
        }

        /// The same feature with all its zeros written out.
        package var dense: Feature {
            guard case .sparse(let sparse) = values else { return self }
            return Feature(name, .numbers(sparse.dense))
        }

        package var isSparse: Bool { if case .sparse = values { true } else { false } }
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
        let places = features.contains(where: \.isSparse) ? RowPlaces(rows, sourceCount: rowCount) : nil
        return Features(
            features.map { feature in
                switch feature.values {
                case .numbers(let values): Feature(feature.name, .numbers(rows.map { values[Int($0)] }))
                case .categories(let codes, let levels): Feature(feature.name, .categories(rows.map { codes[Int($0)] }, levels: levels))
                case .sparse(let sparse):
                    Feature(feature.name, places.map { .sparse(sparse.gathering($0)) } ?? .numbers(rows.map { sparse[Int($0)] }))
                }
            }, rowCount: rows.count)
    }

    /// Bytes that the sparse features take with all their zeros written out, beyond which they are refused: 512 MiB.
    package static let denseLimit = 1 << 29

    /// The features with all zeros written out, for a family that needs them so.
    ///
    /// - Throws: R0730 with the size when the sparse ones would take more than `denseLimit`.
    package func densified(for family: String) throws -> Features {
        let sparse = features.reduce(0) { $1.isSparse ? $0 + 1 : $0 }
        guard sparse > 0 else { return self }
        let (cells, overflow) = sparse.multipliedReportingOverflow(by: rowCount)
        guard !overflow, cells <= Features.denseLimit / 8 else {
            let size = NumberText.bytes(Double(sparse) * Double(rowCount) * 8)
            throw Fault(
                "R0730",
                "\(family) needs every value of \(NumberText.count(sparse)) sparse columns written out: \(size) for \(NumberText.count(rowCount)) rows",
                remedy:
                    "take fewer columns, with levels or rare of encode, or a family that takes them as they are: fit ridge, fit logistic",
                subject: family)
        }
        return Features(features.map(\.dense), rowCount: rowCount)
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
///
/// For recommenders a row is an event: the first feature is the person, the second the thing, both categories, the others describe the
/// thing; the target is how strongly it was liked, 0 when it was seen and not liked.
package struct TrainingData: Sendable {
    package let features: Features
    package let target: TargetValues
    /// Non-negative, one a row; nil means 1 each.
    package let weights: [Double]?
    /// Days from each row's event to the newest one, for recommenders; nil where moments are not known.
    package let ages: [Double]?
    /// What trees make of the features, once for all fits on these rows.
    let bins = SharedBins()

    package init(features: Features, target: TargetValues, weights: [Double]? = nil, ages: [Double]? = nil) {
        self.features = features
        self.target = target
        self.weights = weights
        self.ages = ages
    }

    /// The rows with these indices, all non-negative and below the number of rows, in this order.
    package func gathering(_ rows: [Int32]) -> TrainingData {
        TrainingData(
            features: features.gathering(rows), target: target.gathering(rows),
            weights: weights.map { weights in rows.map { weights[Int($0)] } }, ages: ages.map { ages in rows.map { ages[Int($0)] } })
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
