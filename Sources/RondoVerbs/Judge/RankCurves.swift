import RondoReport

/// Curves over rows in the order of a score, the greatest first.
enum RankCurves {
    private static let mostPoints = 400

    private struct Step {
        var hits = 0
        var rows = 0
    }

    /// Hits and rows after each different score.
    private static func steps(_ scores: [Double], _ isPositive: [Bool]) -> [Step] {
        let order = scores.indices.sorted { (scores[$0], -$0) > (scores[$1], -$1) }
        var steps = [Step()]
        var now = Step()
        for (place, row) in order.enumerated() {
            now.rows += 1
            if isPositive[row] { now.hits += 1 }
            if place + 1 == order.count || scores[order[place + 1]] != scores[row] { steps.append(now) }
        }
        guard steps.count > mostPoints else { return steps }
        return (0..<mostPoints).map { steps[$0 * (steps.count - 1) / (mostPoints - 1)] }
    }

    static func roc(_ scores: [Double], _ isPositive: [Bool], name: String) -> ChartBlock.Series {
        let positives = max(1, isPositive.filter { $0 }.count)
        let negatives = max(1, isPositive.count - isPositive.filter { $0 }.count)
        let steps = steps(scores, isPositive)
        return ChartBlock.Series(
            name: name, x: steps.map { Double($0.rows - $0.hits) / Double(negatives) }, y: steps.map { Double($0.hits) / Double(positives) }
        )
    }

    static func precisionRecall(_ scores: [Double], _ isPositive: [Bool], name: String) -> ChartBlock.Series {
        let positives = max(1, isPositive.filter { $0 }.count)
        let steps = steps(scores, isPositive).filter { $0.rows > 0 }
        return ChartBlock.Series(
            name: name, x: steps.map { Double($0.hits) / Double(positives) }, y: steps.map { Double($0.hits) / Double($0.rows) })
    }

    static func lift(_ scores: [Double], _ isPositive: [Bool], name: String) -> ChartBlock.Series {
        let rows = max(1, isPositive.count)
        let share = Double(max(1, isPositive.filter { $0 }.count)) / Double(rows)
        let steps = steps(scores, isPositive).filter { $0.rows > 0 }
        return ChartBlock.Series(
            name: name, x: steps.map { Double($0.rows) / Double(rows) }, y: steps.map { Double($0.hits) / Double($0.rows) / share })
    }

    /// Ten bands of about equal size: mean score against the share of positive rows.
    static func calibration(_ scores: [Double], _ isPositive: [Bool], name: String) -> ChartBlock.Series {
        let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
        let bands = min(10, max(1, order.count / 10))
        var (x, y): ([Double], [Double]) = ([], [])
        for band in 0..<bands {
            let rows = order[(band * order.count / bands)..<((band + 1) * order.count / bands)]
            guard !rows.isEmpty else { continue }
            x.append(rows.reduce(0) { $0 + scores[$1] } / Double(rows.count))
            y.append(Double(rows.filter { isPositive[$0] }.count) / Double(rows.count))
        }
        return ChartBlock.Series(name: name, x: x, y: y)
    }
}
