import RondoKernels
import RondoReport
import RondoSignature

/// One over the rank of the first hit, 0 without one among the first items.
package enum RankedReciprocalRank: PersonMetric {
    package static let signature = MetricSignature.ofFirst(
        "mrr@k", summary: "one over the rank of the first hit among the first k", style: .percent)

    static func values(_ lists: RankedLists, first: Int) -> [Double] {
        relevantPeople(lists) { person, _ in
            lists.hits(of: person, first: first).firstIndex(of: true).map { 1 / Double($0 + 1) } ?? 0
        }
    }
}
