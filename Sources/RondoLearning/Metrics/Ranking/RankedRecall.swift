import RondoReport
import RondoSignature

/// Hits among the first items over all relevant ones: the mean over people with a relevant item.
package enum RankedRecall: PersonMetric {
    package static let signature = MetricSignature.ofFirst(
        "recall@k", summary: "share of the relevant items that are among the first k recommended", style: .percent)

    static func values(_ lists: RankedLists, first: Int) -> [Double] {
        relevantPeople(lists) { person, relevant in
            Double(lists.hits(of: person, first: first).count { $0 }) / Double(relevant)
        }
    }
}
