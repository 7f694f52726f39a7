/// What was recommended to each judged person and what was right, with the facts about items that metrics of rankings need.
package struct RankedLists: Sendable {
    /// How long a list is that is judged, and so the most first items that a metric may count.
    package static let longest = 100

    /// Items of each person, best first.
    package var recommended: [[Int32]]
    /// What the most popular items would have been for each person, best first: the baseline.
    package var popular: [[Int32]]
    /// The items that each person turned out to like, ascending.
    package var relevant: [[Int32]]
    /// How many items could have been recommended; items are numbered from 0.
    package var itemCount: Int
    /// The share of people who had each item.
    package var popularity: [Double]
    /// A vector an item, by which two items are alike (`interactions.liked.transposed()`: who liked it); nil where nobody asks for it.
    package var likeness: PairRows?

    package init(
        recommended: [[Int32]], popular: [[Int32]] = [], relevant: [[Int32]], itemCount: Int, popularity: [Double] = [],
        likeness: PairRows? = nil
    ) {
        self.recommended = recommended
        self.popular = popular
        self.relevant = relevant
        self.itemCount = itemCount
        self.popularity = popularity
        self.likeness = likeness
    }

    /// How many people are judged.
    package var count: Int { min(recommended.count, relevant.count) }

    /// Some of the people, in this order; places that are not there are left out.
    package func gathering(_ people: [Int32]) -> RankedLists {
        let places = people.map { Int($0) }.filter { $0 >= 0 && $0 < count }
        var result = self
        result.recommended = places.map { recommended[$0] }
        result.popular = popular.isEmpty ? [] : places.map { popular[$0] }
        result.relevant = places.map { relevant[$0] }
        return result
    }

    /// The same people with the most popular items in place of what was recommended.
    package var baseline: RankedLists {
        var result = self
        result.recommended = popular
        return result
    }

    /// One after the other, with the facts about items of the first; nil without any.
    package static func joined(_ parts: [RankedLists]) -> RankedLists? {
        guard var result = parts.first else { return nil }
        for part in parts.dropFirst() {
            result.recommended += part.recommended
            result.popular += part.popular
            result.relevant += part.relevant
        }
        return result
    }

    /// How many of each person's first `first` recommended items are relevant.
    package func found(_ first: Int) -> [Double] {
        (0..<count).map { person in Double(hits(of: person, first: first).reduce(0) { $1 ? $0 + 1 : $0 }) }
    }

    /// The metric of each person, NaN where it is undefined; nil for a metric that is no mean over people.
    package func perPerson(_ choice: MetricChoice) -> [Double]? {
        guard let metric = choice.metric as? any PersonMetric.Type else { return nil }
        return metric.values(self, first: metric.first(choice.parameter))
    }

    /// Whether each of a person's first `first` recommended items is relevant.
    func hits(of person: Int, first: Int) -> [Bool] {
        let wanted = relevant[person]
        return recommended[person].prefix(first).map { RankedLists.contains(wanted, $0) }
    }

    /// Whether an ascending list has an item.
    private static func contains(_ list: [Int32], _ item: Int32) -> Bool {
        var range = 0..<list.count
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            if list[middle] == item { return true }
            range = list[middle] < item ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return false
    }
}
