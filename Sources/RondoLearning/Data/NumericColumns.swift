import RondoKernels

/// Numeric features without gaps, sparse ones as they are: what weighted sums are computed from.
struct NumericColumns: Sendable {
    enum Values: Sendable {
        case dense([Double])
        case sparse(SparseNumbers)
    }
    let columns: [Values]
    let names: [String]
    let rowCount: Int

    /// - Throws: R0511 for a feature of categories, R0512 for a gap, R0513 for an infinite value; each names the column.
    init(_ features: Features) throws {
        columns = try features.features.map { feature in
            if case .sparse(let sparse) = feature.values { return .sparse(sparse) }
            return .dense(try DesignMatrix.numbers(of: feature))
        }
        names = features.names
        rowCount = features.rowCount
    }

    /// The features of a fitted model in its order.
    ///
    /// - Throws: R0514 when the names differ from those of training, else as above.
    init(_ features: Features, trainedOn names: [String]) throws {
        try features.requireNames(names)
        try self.init(features)
    }

    /// How many values are kept, zeros of sparse columns left out.
    var keptCount: Int {
        columns.reduce(0) { count, column in
            switch column {
            case .dense(let values): count + values.count
            case .sparse(let sparse): count + sparse.rows.count
            }
        }
    }
}

extension Features {
    /// Whether a solver that works on sparse columns as they are is the better one for so many coefficients.
    ///
    /// Below about a second of work for a factorisation, that is exact and also tells which columns depend on each other.
    func favorsSparse(coefficients: Int, atLeast least: Int) -> Bool {
        guard features.contains(where: \.isSparse), coefficients > least else { return false }
        return Double(rowCount) * Double(coefficients) * Double(coefficients) > 2e9
    }
}
