package import RondoFrame
package import RondoKernels
package import RondoLearning

/// What happens to a model when its inputs get worse: noise, gaps, shifted values, words never seen.
package enum StressTest {
    package enum Kind: Sendable, Hashable {
        /// Numbers get normal noise of this share of their standard deviation; this share of words change places with other rows.
        case noise(Double)
        /// This share of the values is missing.
        case missing(Double)
        /// Numbers move by an amount, or by a share of themselves.
        case shift(Double, isShare: Bool)
        /// Every word is one that training has never seen.
        case unseen
    }
    package struct Trial: Sendable, Hashable {
        /// A column as loaded.
        package let column: String
        package let kind: Kind

        package init(_ column: String, _ kind: Kind) {
            self.column = column
            self.kind = kind
        }
    }

    /// The value of a metric for each trial, on the same rows.
    /// - Parameters:
    ///   - rows: rows as loaded.
    ///   - deviations: standard deviation of each number column in training, for noise.
    /// - Returns: one value a trial; NaN where the metric is undefined.
    package static func values(
        _ trials: [Trial], of predictor: Predictor, rows: Frame, truth: TargetValues, choice: MetricChoice, deviations: [String: Double],
        seed: UInt64, context: ComputeContext
    ) throws -> [Double] {
        let stream = RandomStream(seed: seed, purpose: "stress")
        let inner = context.with(threads: .one)
        return try Parallel.map(trials.count, context: context) { index in
            context.progress(Progress(done: index, total: trials.count, label: "stresses"))
            var own = stream.stream(unit: UInt64(index))
            let trial = trials[index]
            guard let column = rows[trial.column] else { return .nan }
            var changed = rows
            try changed.set(trial.column, stressed(column, trial.kind, deviation: deviations[trial.column] ?? 0, stream: &own))
            let answers = try predictor.predict(changed, context: inner)
            return try choice.value(MetricInput(truth: truth, predictions: answers, threshold: predictor.decision?.threshold)).value
        }
    }

    /// Whether a stress can be done to a column of this type.
    package static func applies(_ kind: Kind, to type: ColumnType) -> Bool {
        switch kind {
        case .noise: type.isNumeric || type.isText || type == .truth
        case .missing: true
        case .shift: type.isNumeric
        case .unseen: type.isText
        }
    }

    static func stressed(_ column: Column, _ kind: Kind, deviation: Double, stream: inout RandomStream) -> Column {
        let rows = 0..<column.count
        switch kind {
        case .noise(let share):
            if column.type.isNumeric {
                return rebuilt(column, rows.map { row in column[row].number.map { $0 + share * deviation * stream.normal() } })
            }
            var values = rows.map { column[$0] }
            for row in rows where stream.bernoulli(share) { values[row] = column[stream.uniform(below: column.count)] }
            return .scalars(values, type: column.type)
        case .missing(let share):
            return .scalars(rows.map { stream.bernoulli(share) ? .missing : column[$0] }, type: column.type)
        case .shift(let amount, let isShare):
            return rebuilt(column, rows.map { row in column[row].number.map { isShare ? $0 * (1 + amount) : $0 + amount } })
        case .unseen:
            return .scalars(rows.map { column[$0].isMissing ? .missing : .text("never seen before") }, type: column.type)
        }
    }

    /// Numbers in the type of the column; whole ones are rounded.
    private static func rebuilt(_ column: Column, _ values: [Double?]) -> Column {
        guard column.type == .integer else { return .numbers(values.map { $0 ?? .nan }) }
        return .scalars(
            values.map { value in
                guard let value, value.magnitude < 0x1p53 else { return .missing }
                return .integer(Int64(value.rounded()))
            }, type: .integer)
    }
}
