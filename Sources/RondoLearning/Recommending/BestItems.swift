/// The best items by score.
package enum BestItems {
    /// The places of the `count` highest scores, highest first; of equal ones the smaller place first.
    ///
    /// - Parameters:
    ///   - leavingOut: places that are not answered, ascending.
    ///   - allowed: whether a place may be answered, one a score; nil allows all.
    package static func of(
        _ scores: [Double], count: Int, leavingOut: ArraySlice<Int32> = [], allowed: [Bool]? = nil
    ) -> [Int32] {
        var best = BestList(count: min(max(count, 0), scores.count))
        var next = leavingOut.startIndex
        for (place, score) in scores.enumerated() {
            while next < leavingOut.endIndex, Int(leavingOut[next]) < place { next += 1 }
            if next < leavingOut.endIndex, Int(leavingOut[next]) == place { continue }
            if let allowed, place >= allowed.count || !allowed[place] { continue }
            best.offer(Int32(truncatingIfNeeded: place), score)
        }
        return best.sorted.map(\.place)
    }
}

/// The best of what is offered, in whatever order it comes.
struct BestList {
    typealias Entry = (place: Int32, score: Double)

    private let count: Int
    /// Highest first up to `tidy`, behind that as they came.
    private var entries: [Entry] = []
    private var tidy = 0

    init(count: Int) { self.count = count }

    /// Keeps an offer that is among the best so far; of equal scores the smaller place is better.
    @inline(__always)
    mutating func offer(_ place: Int32, _ score: Double) {
        if tidy == count, tidy == 0 || !BestList.isBetter((place, score), entries[tidy - 1]) { return }
        entries.append((place, score))
        if entries.count >= max(2 * count, count + 64) { tidyUp() }
    }

    /// The best, highest first.
    var sorted: [Entry] { Array(entries.sorted(by: BestList.isBetter).prefix(count)) }

    private mutating func tidyUp() {
        entries.sort(by: BestList.isBetter)
        entries.removeLast(entries.count - count)
        tidy = count
    }

    private static func isBetter(_ first: Entry, _ second: Entry) -> Bool {
        first.score != second.score ? first.score > second.score : first.place < second.place
    }
}
