import RondoKernels
import RondoReport
import RondoSignature

/// A metric of rankings that is a mean over people.
protocol PersonMetric: Metric {
    /// The value of each person from the first items of his or her list, NaN where it is undefined.
    static func values(_ lists: RankedLists, first: Int) -> [Double]
}

extension PersonMetric {
    package static func value(_ input: MetricInput, parameter: Double?) throws -> MetricValue {
        let values = values(try input.lists(of: signature.name), first: first(parameter))
        let defined = values.filter { !$0.isNaN }
        return MetricValue(NumberPairs.mean(defined), leftOut: values.count - defined.count)
    }

    /// How many items of a list count.
    static func first(_ parameter: Double?) -> Int { parameter.flatMap { Int(exactly: $0) } ?? RankedLists.usualFirst }

    /// A value for each person who has a relevant item, NaN for the others.
    static func relevantPeople(_ lists: RankedLists, _ value: (_ person: Int, _ relevant: Int) -> Double) -> [Double] {
        (0..<lists.count).map { lists.relevant[$0].isEmpty ? .nan : value($0, lists.relevant[$0].count) }
    }
}

extension RankedLists {
    /// How many items of a list count where nothing else is said.
    static let usualFirst = 10
}

extension MetricInput {
    /// Throws R0532 without lists.
    func lists(of metric: String) throws -> RankedLists {
        guard let ranking else {
            throw Fault(
                "R0532", "\(metric) judges lists of recommended items, and this model predicts a value a row",
                remedy: "take a metric of numbers or classes", subject: metric)
        }
        return ranking
    }
}

extension MetricSignature {
    /// A metric of rankings that looks at the first items of each list.
    static func ofFirst(_ name: String, summary: String, style: NumberStyle) -> MetricSignature {
        MetricSignature(
            name, summary: summary,
            parameter: ParameterShape(
                "k", .integer(lower: 1, upper: Int64(RankedLists.longest)), default: "\(RankedLists.usualFirst)",
                summary: "how many items of each list count"),
            tasks: [.ranking], isBetterHigher: true, style: style)
    }
}
