/// Weights and targets of the two sides of a split while rows or levels move from right to left.
///
/// For numbers the decrease of squared error is W_l W_r / W (mean_l - mean_r)², which keeps its digits; for several classes sums of squared
/// class weights are kept up to date, so that a move costs the same for any number of classes.
struct SideSums {
    struct Side {
        var weight = 0.0
        var sum = 0.0
        /// Sum of squared class weights.
        var square = 0.0
        /// Sum of products with the class weights of the missing rows.
        var cross = 0.0
        var rows = 0
    }
    let classCount: Int
    private(set) var left = Side()
    private(set) var right = Side()
    private(set) var missing = Side()
    private var leftClasses: [Double]
    private var rightClasses: [Double]
    private var missingClasses: [Double]

    init(classCount: Int) {
        self.classCount = classCount
        leftClasses = [Double](repeating: 0, count: classCount)
        rightClasses = leftClasses
        missingClasses = leftClasses
    }

    mutating func reset() {
        left = Side()
        right = Side()
        missing = Side()
        for index in 0..<classCount {
            leftClasses[index] = 0
            rightClasses[index] = 0
            missingClasses[index] = 0
        }
    }

    /// Adds to the missing rows; all of them come before the first present one.
    mutating func addMissing(weight: Double, value: Double, class index: Int, rows: Int = 1) {
        missing.weight += weight
        missing.rows += rows
        if classCount == 0 {
            missing.sum += weight * value
        } else {
            missing.square += weight * (2 * missingClasses[index] + weight)
            missingClasses[index] += weight
        }
    }

    /// Adds to the right side.
    mutating func addRight(weight: Double, value: Double, class index: Int, rows: Int = 1) {
        right.weight += weight
        right.rows += rows
        if classCount == 0 {
            right.sum += weight * value
        } else {
            right.square += weight * (2 * rightClasses[index] + weight)
            right.cross += weight * missingClasses[index]
            rightClasses[index] += weight
        }
    }

    /// Moves from right to left.
    mutating func move(weight: Double, value: Double, class index: Int, rows: Int = 1) {
        left.weight += weight
        right.weight -= weight
        left.rows += rows
        right.rows -= rows
        if classCount == 0 {
            left.sum += weight * value
            right.sum -= weight * value
        } else {
            left.square += weight * (2 * leftClasses[index] + weight)
            right.square -= weight * (2 * rightClasses[index] - weight)
            left.cross += weight * missingClasses[index]
            right.cross -= weight * missingClasses[index]
            leftClasses[index] += weight
            rightClasses[index] -= weight
        }
    }

    /// Brings the left side back to the right.
    mutating func restart() {
        right.weight += left.weight
        right.sum += left.sum
        right.rows += left.rows
        right.cross += left.cross
        left = Side()
        right.square = 0
        for index in 0..<classCount {
            rightClasses[index] += leftClasses[index]
            leftClasses[index] = 0
            right.square += rightClasses[index] * rightClasses[index]
        }
    }

    /// The better of the sides for the missing rows; nil when no split here leaves enough rows on both sides.
    func best(leaf: Int) -> (score: Double, isMissingLeft: Bool)? {
        if missing.rows == 0 {
            return score(left, right, leaf).map { ($0, left.weight >= right.weight) }
        }
        let withRight = score(left, joined(right), leaf)
        let withLeft = score(joined(left), right, leaf)
        if let withLeft, withLeft > withRight ?? -1 { return (withLeft, true) }
        return withRight.map { ($0, false) }
    }

    private func joined(_ side: Side) -> Side {
        Side(
            weight: side.weight + missing.weight, sum: side.sum + missing.sum, square: side.square + 2 * side.cross + missing.square,
            rows: side.rows + missing.rows)
    }

    private func score(_ left: Side, _ right: Side, _ leaf: Int) -> Double? {
        guard left.rows >= leaf, right.rows >= leaf, left.weight > 0, right.weight > 0 else { return nil }
        if classCount == 0 {
            let difference = left.sum / left.weight - right.sum / right.weight
            return left.weight * (right.weight / (left.weight + right.weight)) * difference * difference
        }
        // Constant for a node up to the squares of the node itself.
        return left.square / left.weight + right.square / right.weight
    }
}
