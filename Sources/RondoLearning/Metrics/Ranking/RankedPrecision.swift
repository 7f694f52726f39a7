import RondoReport
import RondoSignature

/// Hits among the first items over their number, also where a list is shorter: the mean over people with a relevant item.
package enum RankedPrecision: PersonMetric {
    package static let signature = MetricSignature.ofFirst(
        "precision@k", summary: "share of the first k recommended items that are relevant", style: .percent)

    static func values(_ lists: RankedLists, first: Int) -> [Double] {
        relevantPeople(lists) { person, _ in
            Double(lists.hits(of: person, first: first).count { $0 }) / Double(first)
        }
    }
}
