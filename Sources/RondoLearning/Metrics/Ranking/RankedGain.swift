import RondoKernels
import RondoReport
import RondoSignature

/// Hits among the first items, each by one over the logarithm of its rank, over the most that was possible: Järvelin and Kekäläinen 2002,
/// Cumulated gain-based evaluation of IR techniques, ACM TOIS 20, with gains of 0 and 1.
package enum RankedGain: PersonMetric {
    package static let signature = MetricSignature.ofFirst(
        "ndcg@k", summary: "hits among the first k by their rank, as a share of the most possible", style: .percent)

    static func values(_ lists: RankedLists, first: Int) -> [Double] {
        let gains = (0..<first).map { 1 / Elementary.log2(Double($0 + 2)) }
        var ideal = [0.0]
        for gain in gains { ideal.append(ideal[ideal.count - 1] + gain) }
        return relevantPeople(lists) { person, relevant in
            zip(lists.hits(of: person, first: first), gains).reduce(0) { $1.0 ? $0 + $1.1 : $0 } / ideal[min(relevant, first)]
        }
    }
}
