package import RondoKernels
package import RondoReport

/// Features that come from one source column and are shuffled together.
package struct FeatureGroup: Sendable, Hashable {
    /// The source column.
    package let name: String
    /// Places in the list of features.
    package let features: [Int]

    package init(_ name: String, features: [Int]) {
        self.name = name
        self.features = features
    }

    /// Each feature on its own.
    package static func each(_ features: Features) -> [FeatureGroup] {
        features.names.enumerated().map { FeatureGroup($1, features: [$0]) }
    }
}

/// How much worse a model gets when the values of one column are shuffled among the rows (Breiman 2001; Fisher, Rudin and Dominici 2019).
package struct PermutationImportance: Sendable, Hashable {
    package struct Column: Sendable, Hashable {
        package let name: String
        /// Mean rise of the loss over the repeats.
        package let importance: Double
        /// Standard deviation over the repeats, divisor n.
        package let deviation: Double
        /// Share of the sum of all positive importances; 0 for others.
        package let share: Double
    }
    /// In the order of the groups.
    package let columns: [Column]

    /// - Parameters:
    ///   - choice: the metric that measures the loss; where higher is better, its fall counts.
    ///   - repeats: shuffles a column, at least 1; each has its own random stream, so that one column does not move another.
    /// - Throws: `Fault` when the metric does not fit, `Interrupted` when cancelled.
    package init(
        of model: any FittedModel, features: Features, truth: TargetValues, groups: [FeatureGroup], choice: MetricChoice, repeats: Int = 5,
        seed: UInt64, context: ComputeContext
    ) throws {
        let repeats = max(1, repeats)
        let sign: Double = choice.metric.signature.isBetterHigher ? -1 : 1
        let base = try choice.value(MetricInput(truth: truth, predictions: model.predict(features, context: context))).value
        let inner = context.with(threads: .one)
        let stream = RandomStream(seed: seed, purpose: "permutation importance")
        let total = groups.count * repeats
        let rises = try Parallel.map(total, context: context) { index in
            context.progress(Progress(done: max(0, index + 1 - context.threads.value), total: total, label: "shuffled columns"))
            var own = stream.stream(unit: UInt64(index / repeats) << 32 | UInt64(index % repeats))
            let order = own.permutation(features.rowCount)
            let shuffled = PermutationImportance.shuffling(features, groups[index / repeats], order)
            let predictions = try model.predict(shuffled, context: inner)
            return sign * (try choice.value(MetricInput(truth: truth, predictions: predictions)).value - base)
        }
        let moments = groups.indices.map { Moments(Array(rises[$0 * repeats..<($0 + 1) * repeats])) }
        let positive = Sums.compensated(moments.map { $0.mean > 0 ? $0.mean : 0 })
        columns = zip(groups, moments).map { group, moments in
            Column(
                name: group.name, importance: moments.mean, deviation: moments.populationVariance.squareRoot(),
                share: moments.mean > 0 && positive > 0 ? moments.mean / positive : 0)
        }
    }

    /// The features with those of one group in another order of rows.
    private static func shuffling(_ features: Features, _ group: FeatureGroup, _ order: [Int]) -> Features {
        var list = features.features
        let hasSparse = group.features.contains { list.indices.contains($0) && list[$0].isSparse }
        let places = hasSparse ? RowPlaces(order.map { Int32(truncatingIfNeeded: $0) }, sourceCount: features.rowCount) : nil
        for index in group.features where list.indices.contains(index) {
            switch list[index].values {
            case .numbers(let values): list[index].values = .numbers(order.map { values[$0] })
            case .categories(let codes, let levels): list[index].values = .categories(order.map { codes[$0] }, levels: levels)
            case .sparse(let sparse): if let places { list[index].values = .sparse(sparse.gathering(places)) }
            }
        }
        return Features(list, rowCount: features.rowCount)
    }

    /// A table `column importance sd share`, the most important column first.
    package var table: TableBlock {
        let order = columns.indices.sorted { (columns[$1].importance, $0) < (columns[$0].importance, $1) }
        return TableBlock(
            caption: "permutation importance",
            columns: [
                TableBlock.Column("column", "text", .plain), TableBlock.Column("importance", "number"), TableBlock.Column("sd", "number"),
                TableBlock.Column("share", "number", .percent),
            ],
            rows: order.map { index in
                let column = columns[index]
                return [.text(column.name), Scalar(column.importance), Scalar(column.deviation), Scalar(column.share)]
            })
    }
}
