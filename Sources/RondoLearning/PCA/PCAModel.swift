package import RondoKernels
package import RondoReport

/// Principal components, the one with the greatest variance first.
package struct PCAModel: GroupingModel {
    package static let familyName = "pca"
    package static let answer = "first component"
    package static let isReleasable = false

    let names: [String]
    let means: [Double]
    /// Variance along every component, those that are not kept too; divisor n.
    let variances: [Double]
    /// The loadings of the kept components, one component after the other.
    let loadings: [Double]
    let kept: Int

    init(names: [String], means: [Double], variances: [Double], loadings: [Double], kept: Int) {
        self.names = names
        self.means = means
        self.variances = variances
        self.loadings = loadings
        self.kept = kept
    }

    /// The place of each row along a component.
    private func scores(_ component: Int, _ design: NumericColumns, _ context: ComputeContext) throws -> [Double] {
        guard component < kept else { return [Double](repeating: 0, count: design.rowCount) }
        let weights = Array(loadings[component * names.count..<(component + 1) * names.count])
        var offset = 0.0
        for (weight, mean) in zip(weights, means) { offset -= weight * mean }
        return try WeightedSum.values(design, coefficients: weights, intercept: offset, context: context)
    }

    package func predict(_ features: Features, context: ComputeContext) throws -> Predictions {
        .numbers(try scores(0, NumericColumns(features, trainedOn: names), context))
    }

    /// `explained`: the share of the variance of these rows, around the training means, that the kept components hold.
    package func measures(_ features: Features, context: ComputeContext) throws -> [(name: String, value: Double)] {
        let design = try DesignMatrix(features, trainedOn: names)
        var total = 0.0
        for (column, mean) in zip(design.columns, means) {
            for value in column { total += (value - mean) * (value - mean) }
        }
        guard total > 0 else { return [] }
        var held = 0.0
        let plain = try NumericColumns(features)
        for component in 0..<kept {
            for score in try scores(component, plain, context) { held += score * score }
        }
        return [("explained", held / total)]
    }

    package var readable: String { "\(kept) components" }

    package func originalUnits(_ scaling: FeatureScaling) -> [TableBlock] {
        let total = variances.reduce(0, +)
        var sum = 0.0
        let shares = (0..<kept).map { component -> [Scalar] in
            let share = total > 0 ? variances[component] / total : 0
            sum += share
            return [Scalar(component + 1), Scalar(variances[component]), Scalar(share), Scalar(sum)]
        }
        let components = TableBlock(
            caption: "variance along the components",
            columns: [
                .init("component", "integer", .count), .init("variance", "number"), .init("share", "number", .percent),
                .init("together", "number", .percent),
            ], rows: shares)
        let lines = names.indices.map { index in
            [.text(names[index])] + (0..<kept).map { Scalar(loadings[$0 * names.count + index]) }
        }
        let table = TableBlock(
            caption: "loadings of the standardised columns",
            columns: [.init("column", "text", .plain)] + (0..<kept).map { .init("c\($0 + 1)", "number") }, rows: lines)
        return [components, table]
    }

    package func archive() -> Archive {
        var archive = Archive()
        archive["names"] = .words(names)
        archive["means"] = .numbers(means)
        archive["variances"] = .numbers(variances)
        archive["loadings"] = .numbers(loadings)
        archive.set("kept", kept)
        return archive
    }

    /// - Throws: R0590 for damaged data.
    init(from archive: Archive) throws {
        let names = try archive.words("names")
        let kept = try archive.integer("kept")
        try archive.require(kept >= 0 && kept <= names.count, "kept")
        self.names = names
        self.kept = kept
        means = try archive.numbers("means", count: names.count)
        variances = try archive.numbers("variances", count: names.count)
        loadings = try archive.numbers("loadings", count: kept * names.count)
    }
}
