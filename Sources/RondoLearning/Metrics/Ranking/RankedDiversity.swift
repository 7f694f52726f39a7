import RondoKernels
import RondoReport
import RondoSignature

/// How unlike the first items of a list are: the mean over all pairs of 1 less the cosine of their vectors, undefined for a single item;
/// Ziegler, McNee, Konstan and Lausen 2005, Improving recommendation lists through topic diversification, WWW.
package enum RankedDiversity: PersonMetric {
    package static let signature = MetricSignature.ofFirst(
        "diversity@k", summary: "how unlike the first k recommended items are to each other", style: .percent)

    static func values(_ lists: RankedLists, first: Int) -> [Double] {
        guard let vectors = lists.likeness else { return [Double](repeating: .nan, count: lists.count) }
        let lengths = (0..<vectors.rowCount).map { vectors.values(of: $0).reduce(0) { $0 + $1 * $1 }.squareRoot() }
        return lists.recommended.prefix(lists.count).map { list in
            let items = list.prefix(first).map { Int($0) }
            let pairs = items.indices.flatMap { place in items[..<place].map { cosine($0, items[place], vectors, lengths) } }
            return 1 - NumberPairs.mean(pairs)
        }
    }

    /// 0 for an item without a vector.
    private static func cosine(_ first: Int, _ second: Int, _ vectors: PairRows, _ lengths: [Double]) -> Double {
        let (one, other) = (vectors.places(of: first), vectors.places(of: second))
        guard !one.isEmpty, !other.isEmpty else { return 0 }
        var (left, right, sum) = (one.lowerBound, other.lowerBound, 0.0)
        while left < one.upperBound, right < other.upperBound {
            let (a, b) = (vectors.columns[left], vectors.columns[right])
            if a == b { sum += vectors.values[left] * vectors.values[right] }
            if a <= b { left += 1 }
            if b <= a { right += 1 }
        }
        let length = lengths[first] * lengths[second]
        return length > 0 ? sum / length : 0
    }
}
