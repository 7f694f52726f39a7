import RondoKernels
import RondoReport

extension Interactions {
    /// Lines of a table of items.
    static let tableRows = 20

    /// The items with the highest scores, with how many people had and liked them.
    func popularItems(by scores: [Double], caption: String) -> TableBlock {
        let (seenBy, likedBy) = (seen.columnSizes, liked.columnSizes)
        let rows = BestItems.of(scores, count: Self.tableRows).enumerated().map { rank, item -> [Scalar] in
            let place = Int(item)
            return [
                Scalar(rank + 1), .text(items[place]), Scalar(likedBy[place]), Scalar(seenBy[place]),
                Scalar(Double(likedBy[place]) / Double(users.count)), Scalar(scores[place]),
            ]
        }
        return TableBlock(
            caption: caption,
            columns: [
                .init("rank", "integer", .plain), .init("item", "text", .plain), .init("liked by", "integer", .count),
                .init("seen by", "integer", .count), .init("share", "number", .percent), .init("score", "number"),
            ], rows: rows)
    }

    /// The items with the most strength that were liked at all, at most as many as a table shows.
    var mostPopular: [Int] {
        BestItems.of(popularity, count: Self.tableRows).map { Int($0) }.filter { popularity[$0] > 0 }
    }
}
