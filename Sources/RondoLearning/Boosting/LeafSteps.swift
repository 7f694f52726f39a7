/// What the leaves of one tree add to the scores of their rows.
///
/// Some rows after the other, all leaves each: their scores stay in a near cache, where leaf after leaf would walk through all of them.
struct LeafSteps {
    private let stretches: [(rows: UnsafeBufferPointer<Int32>, value: Double)]
    private let scores: UnsafeMutablePointer<Double>

    /// - Parameter stretches: increasing rows, and what is added to their scores.
    init(_ stretches: [(rows: UnsafeBufferPointer<Int32>, value: Double)], scores: UnsafeMutablePointer<Double>) {
        self.stretches = stretches
        self.scores = scores
    }

    /// Adds to the scores of the rows of a range.
    func add(to range: Range<Int>) {
        for (leaf, value) in stretches {
            guard let places = leaf.baseAddress else { continue }
            var place = first(leaf, from: range.lowerBound)
            while place < leaf.count, Int(places[place]) < range.upperBound {
                scores[Int(places[place])] += value
                place &+= 1
            }
        }
    }

    /// The first place of a row that is not before another.
    private func first(_ leaf: UnsafeBufferPointer<Int32>, from row: Int) -> Int {
        var (low, high) = (0, leaf.count)
        while low < high {
            let middle = (low &+ high) >> 1
            if Int(leaf[middle]) < row { low = middle &+ 1 } else { high = middle }
        }
        return low
    }
}
