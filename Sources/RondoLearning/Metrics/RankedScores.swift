import RondoKernels

/// Measures of how well scores put positive rows first.
enum RankedScores {
    /// Numbers of positives and negatives with each distinct score, from the highest score down.
    private static func steps(_ isPositive: [Bool], _ scores: [Double]) -> [(positives: Int, negatives: Int)] {
        let order = Sorting.order(scores, .descending)
        var steps: [(positives: Int, negatives: Int)] = []
        var last = Double.nan
        for row in order {
            if steps.isEmpty || scores[row] != last { steps.append((0, 0)) }
            last = scores[row]
            if isPositive[row] { steps[steps.count - 1].positives += 1 } else { steps[steps.count - 1].negatives += 1 }
        }
        return steps
    }

    /// Mann and Whitney's statistic as a share; NaN without positives or without negatives.
    static func areaUnderROC(_ isPositive: [Bool], _ scores: [Double]) -> Double {
        // Counted in halves with whole numbers: exact up to three thousand million rows.
        var halves: UInt64 = 0
        var (positives, negatives): (UInt64, UInt64) = (0, 0)
        for step in steps(isPositive, scores) {
            halves &+= UInt64(step.negatives) &* (2 &* positives &+ UInt64(step.positives))
            positives += UInt64(step.positives)
            negatives += UInt64(step.negatives)
        }
        guard positives > 0, negatives > 0 else { return .nan }
        return Double(halves) / (2 * Double(positives) * Double(negatives))
    }

    /// The sum of precision times the step in recall; NaN without positives.
    static func averagePrecision(_ isPositive: [Bool], _ scores: [Double]) -> Double {
        var (hits, answers) = (0, 0)
        var terms: [Double] = []
        for step in steps(isPositive, scores) {
            hits += step.positives
            answers += step.positives + step.negatives
            terms.append(Double(step.positives) * Double(hits) / Double(answers))
        }
        return hits == 0 ? .nan : Sums.compensated(terms) / Double(hits)
    }
}
