import RondoReport
import RondoSignature

/// The share of all items that are among the first ten of anybody's list.
package enum RankedCoverage: Metric {
    package static let signature = MetricSignature(
        "coverage", summary: "share of all items that are among the first 10 recommended to anybody", tasks: [.ranking],
        isBetterHigher: true, style: .percent)

    package static func value(_ input: MetricInput, parameter: Double?) throws -> MetricValue {
        let lists = try input.lists(of: signature.name)
        guard lists.itemCount > 0, lists.count > 0 else { return MetricValue(.nan) }
        let items = Set(lists.recommended.prefix(lists.count).flatMap { $0.prefix(RankedLists.usualFirst) })
        return MetricValue(Double(items.count) / Double(lists.itemCount))
    }
}
