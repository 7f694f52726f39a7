import RondoKernels
package import RondoReport
package import RondoSignature

/// A measure of how good predictions are: one file each, one line in `Metrics.all`.
package protocol Metric: Sendable {
    static var signature: MetricSignature { get }
    /// The value on these rows; NaN when it is undefined for them.
    ///
    /// - Throws: `Fault` when truth and predictions do not fit the metric.
    static func value(_ input: MetricInput, parameter: Double?) throws -> MetricValue
}

/// The declaration of a metric.
package struct MetricSignature: Sendable, Hashable {
    /// The field's name, lower case.
    package let name: String
    package let summary: String
    /// What stands in the brackets, with its limits; nil for most metrics.
    package let parameter: ParameterShape?
    package let tasks: Set<TaskKind>
    package let isBetterHigher: Bool
    /// How its value is shown; `money` means in the unit of the target.
    package let style: NumberStyle

    package init(
        _ name: String, summary: String, parameter: ParameterShape? = nil, tasks: Set<TaskKind>, isBetterHigher: Bool, style: NumberStyle
    ) {
        self.name = name
        self.summary = summary
        self.parameter = parameter
        self.tasks = tasks
        self.isBetterHigher = isBetterHigher
        self.style = style
    }

    static let regression: Set<TaskKind> = [.regression]
    static let classification: Set<TaskKind> = [.binary, .multiclass]
}

/// What a metric compares.
package struct MetricInput: Sendable {
    package let truth: TargetValues
    package let predictions: Predictions
    /// With two classes, the least probability of the positive class (index 1) that is answered with it; nil: the more probable class.
    package let threshold: Double?
    /// What was recommended to each person, for metrics of rankings; nil for the others.
    package let ranking: RankedLists?

    package init(truth: TargetValues, predictions: Predictions, threshold: Double? = nil, ranking: RankedLists? = nil) {
        self.truth = truth
        self.predictions = predictions
        self.threshold = threshold
        self.ranking = ranking
    }

    /// Lists of recommended items, whose rows are the people.
    package init(ranking: RankedLists) {
        let rows = [Double](repeating: 0, count: ranking.count)
        self.init(truth: .numbers(rows), predictions: .numbers(rows), ranking: ranking)
    }
}

/// The value of a metric and how many rows it had to leave out.
package struct MetricValue: Sendable, Hashable {
    /// NaN when undefined for these rows.
    package var value: Double
    /// Rows left out, for example targets of 0 in a relative error.
    package var leftOut: Int

    package init(_ value: Double, leftOut: Int = 0) {
        self.value = value
        self.leftOut = leftOut
    }
}

/// A metric with its parameter: what a goal, a table or a search asks for.
package struct MetricChoice: Sendable {
    package let metric: any Metric.Type
    package let parameter: Double?

    /// - Parameter name: of the metric; a ranking metric may have its number of items in it: `precision@10`.
    /// - Throws: R0207 for an unknown name, R0531 for a parameter that is lacking, not wanted or outside its limits.
    package init(_ name: String, parameter: Double? = nil) throws {
        if parameter == nil, let (ranked, first) = MetricChoice.ranked(name) {
            try self.init(ranked, parameter: first)
            return
        }
        guard let metric = Metrics.named(name) else {
            let names = Metrics.all.map { $0.signature.name }.joined(separator: ", ")
            throw Fault("R0207", "there is no metric \(name)", remedy: "take one of \(names)", subject: name)
        }
        guard let shape = metric.signature.parameter else {
            if parameter != nil {
                throw Fault("R0531", "\(name) takes nothing in brackets", remedy: "write \(name)", subject: name)
            }
            self.init(metric, parameter: nil)
            return
        }
        guard let parameter, shape.domain.accepting(.number(parameter)) != nil else {
            throw MetricChoice.unfit(name, shape)
        }
        self.init(metric, parameter: parameter)
    }

    init(_ metric: any Metric.Type, parameter: Double? = nil) {
        self.metric = metric
        self.parameter = parameter
    }

    /// The name with its parameter: `within(10%)`.
    package var name: String {
        let name = metric.signature.name
        guard let parameter else { return name }
        if name.hasSuffix(MetricChoice.firstMark) { return "\(name.dropLast())\(Scalar(parameter).plainText)" }
        // Rounding hides that 0.07 times 100 is not exactly 7.
        let percent = (parameter * 100 * 1e6).rounded() / 1e6
        return "\(name)(\(Scalar(percent).plainText)%)"
    }

    package func value(_ input: MetricInput) throws -> MetricValue { try metric.value(input, parameter: parameter) }

    /// How the names of metrics end that look at the first items of a list.
    private static let firstMark = "@k"

    /// `precision@k` and 10 for `precision@10`; nil for a name without a number behind its mark.
    private static func ranked(_ name: String) -> (name: String, first: Double)? {
        guard let mark = name.lastIndex(of: "@"), let first = Int(name[name.index(after: mark)...]) else { return nil }
        return (name[..<mark] + firstMark, Double(first))
    }

    private static func unfit(_ name: String, _ shape: ParameterShape) -> Fault {
        guard name.hasSuffix(firstMark) else {
            return Fault(
                "R0531", "\(name) needs \(shape.name) in brackets, \(shape.domain.wording)", remedy: "write \(name)(10%)", subject: name)
        }
        return Fault(
            "R0531", "\(name) needs a number for \(shape.name), \(shape.domain.wording)", remedy: "write \(name.dropLast())10",
            subject: name)
    }
}
