/// The best of a list of scores.
enum ScoreList {
    /// The first place of the greatest score above a bound; nil when none is.
    static func best(_ scores: UnsafePointer<Double>, _ count: Int, above bound: Double) -> Int? {
        let best = highest(scores, count, above: bound)
        guard best > bound else { return nil }
        var place = 0
        while scores[place] != best { place &+= 1 }
        return place
    }

    /// The greatest of the scores and a bound.
    static func highest(_ scores: UnsafePointer<Double>, _ count: Int, above bound: Double) -> Double {
        // Four at a time, so that one comparison does not wait for another.
        var (a, b, c, d) = (bound, bound, bound, bound)
        var place = 0
        while place &+ 4 <= count {
            a = scores[place] > a ? scores[place] : a
            b = scores[place &+ 1] > b ? scores[place &+ 1] : b
            c = scores[place &+ 2] > c ? scores[place &+ 2] : c
            d = scores[place &+ 3] > d ? scores[place &+ 3] : d
            place &+= 4
        }
        while place < count {
            a = scores[place] > a ? scores[place] : a
            place &+= 1
        }
        let (first, second) = (a > b ? a : b, c > d ? c : d)
        return first > second ? first : second
    }
}
