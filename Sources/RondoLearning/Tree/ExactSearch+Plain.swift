extension ExactSearch {
    /// Sums of a node, with the target less `center`.
    struct NodeSums: Sendable {
        var weight = 0.0
        var sum = 0.0
    }

    /// The best cut of a number without gaps in the node, for one value a row.
    ///
    /// The decrease of squared error is (S_l W - S W_l)² / (W_l W_r W). All of them are written down before the best one is looked for:
    /// a comparison inside the loop would make every step wait for the one before.
    func plainCut(_ values: [Double], order: [Int32], range: Range<Int>) -> TreeGrower.Split? {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: range.count) { scores in
            guard let scores = scores.baseAddress else { return nil }
            let count = range.count - 1
            values.withUnsafeBufferPointer { values in
                order.withUnsafeBufferPointer { order in
                    guard let values = values.baseAddress, let order = order.baseAddress else { return }
                    write(scores, count, values, order + range.lowerBound)
                }
            }
            let highest = ScoreList.highest(scores, count, above: -1)
            guard highest >= 0 else { return nil }
            // Of splits that are equal but for rounding the first wins.
            let enough = highest - TreeGrower.tieShare * highest
            var place = 0
            while scores[place] < enough { place += 1 }
            let (low, high) = (Int(order[range.lowerBound + place]), Int(order[range.lowerBound + place + 1]))
            let leftWeight = (range.lowerBound...range.lowerBound + place).reduce(0) { $0 + target.weights[Int(order[$1])] }
            return TreeGrower.Split(
                score: scores[place], threshold: FeatureBins.middle(values[low], values[high]),
                isMissingLeft: 2 * leftWeight >= node.weight)
        }
    }

    /// The score of the cut after each row but the last; -1 where there is none.
    private func write(
        _ scores: UnsafeMutablePointer<Double>, _ count: Int, _ values: UnsafePointer<Double>, _ order: UnsafePointer<Int32>
    ) {
        let (center, leaf, total, sum) = (center, leaf, node.weight, node.sum)
        target.values.withUnsafeBufferPointer { targets in
            target.weights.withUnsafeBufferPointer { weights in
                guard let targets = targets.baseAddress, let weights = weights.baseAddress else { return }
                var (left, weight) = (0.0, 0.0)
                var value = values[Int(order[0])]
                var place = 0
                while place < count {
                    let row = Int(order[place])
                    let own = weights[row]
                    left += own * (targets[row] - center)
                    weight += own
                    let next = values[Int(order[place &+ 1])]
                    let difference = left * total - sum * weight
                    let score = difference * difference / (weight * (total - weight) * total)
                    // A weight of almost nothing can round away.
                    let isCut = value < next && place &+ 1 >= leaf && count &- place >= leaf && weight < total && score >= 0
                    scores[place] = isCut ? score : -1
                    value = next
                    place &+= 1
                }
            }
        }
    }
}
