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
        let wanted = min(max(count, 0), scores.count)
        guard wanted > 0 else { return [] }
        guard wanted <= 256 else {
            return Array(sorted(scores, leavingOut: leavingOut, allowed: allowed).prefix(wanted))
        }
        var best: [(place: Int32, score: Double)] = []
        best.reserveCapacity(wanted + 1)
        each(scores, leavingOut, allowed) { place, score in
            // Places come ascending: an equal score is worse than all that stand.
            if best.count == wanted {
                guard score > best[wanted - 1].score else { return }
                best.removeLast()
            }
            var slot = best.count
            while slot > 0, score > best[slot - 1].score { slot -= 1 }
            best.insert((place, score), at: slot)
        }
        return best.map(\.place)
    }

    private static func sorted(_ scores: [Double], leavingOut: ArraySlice<Int32>, allowed: [Bool]?) -> [Int32] {
        var open: [(place: Int32, score: Double)] = []
        each(scores, leavingOut, allowed) { open.append(($0, $1)) }
        return open.sorted { $0.score != $1.score ? $0.score > $1.score : $0.place < $1.place }.map(\.place)
    }

    @inline(__always)
    private static func each(
        _ scores: [Double], _ leavingOut: ArraySlice<Int32>, _ allowed: [Bool]?, _ body: (Int32, Double) -> Void
    ) {
        var next = leavingOut.startIndex
        for (place, score) in scores.enumerated() {
            while next < leavingOut.endIndex, Int(leavingOut[next]) < place { next += 1 }
            if next < leavingOut.endIndex, Int(leavingOut[next]) == place { continue }
            if let allowed, place >= allowed.count || !allowed[place] { continue }
            body(Int32(truncatingIfNeeded: place), score)
        }
    }
}
