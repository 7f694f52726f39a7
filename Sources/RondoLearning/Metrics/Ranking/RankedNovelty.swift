import RondoKernels
import RondoReport
import RondoSignature

/// How surprising the first items of a list are: the mean of the negative binary logarithm of the share of people who had each, of which an
/// item that nobody had counts as the rarest; Zhou and others 2010, Solving the apparent diversity-accuracy dilemma, PNAS 107.
package enum RankedNovelty: PersonMetric {
    package static let signature = MetricSignature.ofFirst(
        "novelty@k", summary: "how little known the first k recommended items are, in bits", style: .number)

    static func values(_ lists: RankedLists, first: Int) -> [Double] {
        let rarest = lists.popularity.filter { $0 > 0 }.min() ?? .nan
        return lists.recommended.prefix(lists.count).map { list in
            NumberPairs.mean(
                list.prefix(first).map { item in
                    let share = lists.popularity.indices.contains(Int(item)) ? lists.popularity[Int(item)] : 0
                    return -Elementary.log2(share > 0 ? share : rarest)
                })
        }
    }
}
