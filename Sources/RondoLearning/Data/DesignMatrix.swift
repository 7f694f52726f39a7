import RondoKernels

/// Numeric features without gaps, checked once: what linear families compute with.
package struct DesignMatrix: Sendable {
    /// `[feature][row]`, all finite.
    package let columns: [[Double]]
    package let names: [String]
    package let rowCount: Int

    /// - Throws: R0511 for a feature of categories, R0512 for a gap, R0513 for an infinite value; each names the column.
    package init(_ features: Features) throws {
        columns = try features.features.map(DesignMatrix.numbers(of:))
        names = features.names
        rowCount = features.rowCount
    }

    /// The features of a fitted model in its order.
    ///
    /// - Throws: R0514 when the names differ from those of training, else as above.
    package init(_ features: Features, trainedOn names: [String]) throws {
        try features.requireNames(names)
        try self.init(features)
    }

    /// The values of one feature, zeros of a sparse one written out.
    static func numbers(of feature: Features.Feature) throws -> [Double] {
        if case .sparse(let sparse) = feature.values { return sparse.dense }
        guard case .numbers(let values) = feature.values else {
            throw Fault(
                "R0511", "\(feature.name) holds categories, and this family needs numbers", remedy: "encode \(feature.name) onehot",
                subject: feature.name)
        }
        if let row = values.firstIndex(where: { !$0.isFinite }) {
            if values[row].isNaN {
                throw Fault(
                    "R0512", "\(feature.name) is missing in row \(row + 1), and this family needs numbers without gaps",
                    remedy: "impute \(feature.name) median", subject: feature.name)
            }
            throw Fault(
                "R0513", "\(feature.name) is infinite in row \(row + 1)", remedy: "filter \(feature.name) is not missing",
                subject: feature.name)
        }
        return values
    }
}

extension Features {
    /// Throws R0514 unless the features have exactly these names in this order.
    package func requireNames(_ names: [String]) throws {
        guard self.names != names else { return }
        let lacking = names.first { !self.names.contains($0) }
        let problem = lacking.map { "lacks \($0)" } ?? "has other columns or another order"
        throw Fault(
            "R0514", "the data \(problem): the model was fitted on \(names.count) columns", remedy: "run the fit again on this table",
            subject: lacking)
    }
}
