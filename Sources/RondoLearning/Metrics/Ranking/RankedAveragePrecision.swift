import RondoKernels
import RondoReport
import RondoSignature

/// The precision at the rank of each hit among the first items, added and divided by the most hits that were possible: Manning, Raghavan and
/// Schütze 2008, Introduction to Information Retrieval, section 8.4.
package enum RankedAveragePrecision: PersonMetric {
    package static let signature = MetricSignature.ofFirst(
        "map@k", summary: "mean of the precisions at each hit among the first k", style: .percent)

    static func values(_ lists: RankedLists, first: Int) -> [Double] {
        relevantPeople(lists) { person, relevant in
            var (hits, sum) = (0, 0.0)
            for (rank, isHit) in lists.hits(of: person, first: first).enumerated() where isHit {
                hits += 1
                sum += Double(hits) / Double(rank + 1)
            }
            return sum / Double(min(relevant, first))
        }
    }
}
