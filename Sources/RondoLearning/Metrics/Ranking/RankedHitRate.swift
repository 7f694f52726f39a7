import RondoKernels
import RondoReport
import RondoSignature

/// Whether any of the first items is relevant.
package enum RankedHitRate: PersonMetric {
    package static let signature = MetricSignature.ofFirst(
        "hit_rate@k", summary: "share of people with a relevant item among the first k", style: .percent)

    static func values(_ lists: RankedLists, first: Int) -> [Double] {
        relevantPeople(lists) { person, _ in lists.hits(of: person, first: first).contains(true) ? 1 : 0 }
    }
}
