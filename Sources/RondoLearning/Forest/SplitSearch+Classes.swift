import RondoKernels

extension SplitSearch {
    /// The best split for several classes; `order` lists the codes that occur.
    func several(_ found: Int, hasMissing: Bool, isCategory: Bool) -> Outcome {
        guard found + (hasMissing ? 1 : 0) > 1 else { return .constant }
        guard isCategory else {
            let best = scanClasses(found, hasMissing: hasMissing)
            return outcome(best, found, isCategory: false, rows: rowsOf)
        }
        // One order a class: its share against the rest.
        var winner: Outcome = .none
        var score = -1.0
        let listed = (0..<found).map { order[$0] }
        for index in 0..<classCount where classTotals[index] > 0 {
            let shares = listed.map { code in
                (share: Double(cells[Int(code) * classCount + index]) / Double(max(rowsOf(code), 1)), code: code)
            }
            for (place, entry) in shares.sorted(by: { ($0.share, $0.code) < ($1.share, $1.code) }).enumerated() {
                order[place] = entry.code
            }
            let best = scanClasses(found, hasMissing: hasMissing)
            if best.score > score {
                score = best.score
                winner = outcome(best, found, isCategory: true, rows: rowsOf)
            }
        }
        return winner
    }

    private func rowsOf(_ code: UInt8) -> UInt64 {
        var sum: UInt64 = 0
        for index in 0..<classCount { sum += cells[Int(code) * classCount + index] }
        return sum
    }

    private func scanClasses(_ found: Int, hasMissing: Bool) -> Best {
        var best = Best()
        for index in 0..<classCount { leftTotals[index] = 0 }
        let missing = 255 * classCount
        for place in 0..<found {
            let start = Int(order[place]) * classCount
            for index in 0..<classCount { leftTotals[index] += cells[start + index] }
            if place < found - 1 {
                consider(place, isMissingLeft: false, addingFrom: nil, isChoice: hasMissing, &best)
                if hasMissing { consider(place, isMissingLeft: true, addingFrom: missing, isChoice: true, &best) }
            } else if hasMissing {
                consider(place, isMissingLeft: false, addingFrom: nil, isChoice: true, &best)
            }
        }
        return best
    }

    /// The decrease of Gini impurity, in rows, when the left totals go left.
    func classScore(adding start: Int?) -> (score: Double, leftRows: UInt64)? {
        var (leftRows, leftSquares, rightSquares, squares): (UInt64, Double, Double, Double) = (0, 0, 0, 0)
        for index in 0..<classCount {
            let left = leftTotals[index] + (start.map { cells[$0 + index] } ?? 0)
            let (l, r, t) = (Double(left), Double(classTotals[index] - left), Double(classTotals[index]))
            leftRows += left
            leftSquares += l * l
            rightSquares += r * r
            squares += t * t
        }
        let rightRows = totalRows - leftRows
        guard leftRows >= leaf, rightRows >= leaf, leftRows > 0, rightRows > 0 else { return nil }
        let score = leftSquares / Double(leftRows) + rightSquares / Double(rightRows) - squares / Double(totalRows)
        return (max(score, 0), leftRows)
    }

    private func consider(_ place: Int, isMissingLeft: Bool, addingFrom start: Int?, isChoice: Bool, _ best: inout Best) {
        guard let (score, leftRows) = classScore(adding: start), score > best.score else { return }
        best = Best(score: score, place: place, isMissingLeft: isChoice ? isMissingLeft : 2 * leftRows >= totalRows)
    }
}
