/// A recommender whose answers are sums of links from the items of a history.
protocol LinkingModel: RankingModel {
    var links: ItemLinks { get }
}

extension LinkingModel {
    package func scores(of history: History) throws -> [Double] {
        try interactions.require(history)
        return history.isEmpty ? interactions.popularity : links.scores(of: history)
    }

    package func likeness(to item: Int) throws -> [Double]? {
        try interactions.require(item: item)
        return links.all(of: item)
    }

    package func reason(for item: Int, in history: History) throws -> Int? {
        try interactions.require(history)
        return links.reason(for: item, in: history)
    }
}
