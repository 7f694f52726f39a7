/// Finds the best split of a node by one feature among all cuts between neighbouring values.
struct ExactSearch: Sendable {
    let target: TreeTarget
    /// Subtracted from the target.
    let center: Double
    /// Sums of the whole node; without meaning for several classes.
    let node: NodeSums
    let leaf: Int

    /// With fewer rows a level, the means of levels are mostly chance: only single levels are split from the rest.
    private static let rowsPerLevel = 10

    func split(_ feature: Features.Feature, order: [Int32], rows: [Int32], range: Range<Int>) -> TreeGrower.Split? {
        switch feature.values {
        case .numbers(let values): cut(values, order: order, range: range)
        case .categories(let codes, let levels): grouping(codes, levelCount: levels.count, rows: rows, range: range)
        case .sparse: nil as TreeGrower.Split?
        }
    }

    private func value(_ row: Int) -> Double { target.classCount == 0 ? target.values[row] - center : 0 }
    private func classIndex(_ row: Int) -> Int { target.classCount == 0 ? 0 : Int(target.classes[row]) }

    /// Of splits that are equal but for rounding the first wins.
    private func isBetter(_ score: Double, _ best: Double?) -> Bool {
        best.map { score > $0 + TreeGrower.tieShare * $0 } ?? true
    }

    // MARK: Numbers

    private func cut(_ values: [Double], order: [Int32], range: Range<Int>) -> TreeGrower.Split? {
        let present = presentEnd(values, order, range)
        let hasMissing = present < range.upperBound
        guard range.lowerBound < present else { return nil }
        let first = values[Int(order[range.lowerBound])]
        let last = values[Int(order[present - 1])]
        guard first < last || hasMissing else { return nil }
        guard hasMissing || target.classCount > 0 else { return plainCut(values, order: order, range: range) }
        var sums = SideSums(classCount: target.classCount)
        for row in order[present..<range.upperBound] {
            sums.addMissing(weight: target.weights[Int(row)], value: value(Int(row)), class: classIndex(Int(row)))
        }
        for row in order[range.lowerBound..<present] {
            sums.addRight(weight: target.weights[Int(row)], value: value(Int(row)), class: classIndex(Int(row)))
        }
        var best: TreeGrower.Split?
        var place = range.lowerBound
        while place < present {
            let row = Int(order[place])
            sums.move(weight: target.weights[row], value: value(row), class: classIndex(row))
            place += 1
            guard place < present else { break }
            let low = values[row]
            let high = values[Int(order[place])]
            guard low < high, let found = sums.best(leaf: leaf), isBetter(found.score, best?.score) else { continue }
            best = TreeGrower.Split(score: found.score, threshold: FeatureBins.middle(low, high), isMissingLeft: found.isMissingLeft)
        }
        // All present rows left, all missing ones right.
        if hasMissing, let found = sums.best(leaf: leaf), !found.isMissingLeft, isBetter(found.score, best?.score) {
            best = TreeGrower.Split(score: found.score, threshold: .greatestFiniteMagnitude, isMissingLeft: false)
        }
        return best
    }

    /// Where the missing rows begin.
    private func presentEnd(_ values: [Double], _ order: [Int32], _ range: Range<Int>) -> Int {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = (low + high) / 2
            if values[Int(order[middle])].isNaN { high = middle } else { low = middle + 1 }
        }
        return low
    }

    // MARK: Categories

    /// Weight, sum and rows of one level, by class for several classes.
    private struct Level {
        var code: Int32
        var weight = 0.0
        var sum = 0.0
        var rows = 0
        var classes: [Double]
    }

    private func grouping(_ codes: [Int32], levelCount: Int, rows: [Int32], range: Range<Int>) -> TreeGrower.Split? {
        var places: [Int32: Int] = [:]
        var levels: [Level] = []
        var sums = SideSums(classCount: target.classCount)
        for row in rows[range] {
            let (weight, index) = (target.weights[Int(row)], classIndex(Int(row)))
            let code = codes[Int(row)]
            guard code >= 0 else {
                sums.addMissing(weight: weight, value: value(Int(row)), class: index)
                continue
            }
            let place: Int
            if let known = places[code] {
                place = known
            } else {
                place = levels.count
                places[code] = place
                levels.append(Level(code: code, classes: [Double](repeating: 0, count: target.classCount)))
            }
            levels[place].weight += weight
            levels[place].sum += weight * value(Int(row))
            levels[place].rows += 1
            if target.classCount > 0 { levels[place].classes[index] += weight }
        }
        guard levels.count + (sums.missing.rows > 0 ? 1 : 0) > 1 else { return nil }
        for level in levels { add(level) { sums.addRight(weight: $0, value: $1, class: $2, rows: $3) } }
        if range.count < Self.rowsPerLevel * levels.count {
            levels.sort { $0.code < $1.code }
            return single(levels, &sums)
        }
        guard target.classCount > 0 else {
            levels.sort { ($0.sum / $0.weight, $0.code) < ($1.sum / $1.weight, $1.code) }
            return scan(levels, &sums)
        }
        var best: TreeGrower.Split?
        for index in 0..<target.classCount where levels.contains(where: { $0.classes[index] > 0 }) {
            levels.sort { ($0.classes[index] / $0.weight, $0.code) < ($1.classes[index] / $1.weight, $1.code) }
            if let found = scan(levels, &sums), isBetter(found.score, best?.score) { best = found }
            sums.restart()
        }
        return best
    }

    /// Hands a level over in portions of one class.
    private func add(_ level: Level, _ take: (Double, Double, Int, Int) -> Void) {
        guard target.classCount > 0 else {
            take(level.weight, level.sum / level.weight, 0, level.rows)
            return
        }
        var rows = level.rows
        for (index, weight) in level.classes.enumerated() where weight > 0 {
            take(weight, 0, index, rows)
            rows = 0
        }
    }

    /// The best split of one level from all others.
    private func single(_ levels: [Level], _ sums: inout SideSums) -> TreeGrower.Split? {
        var best: (score: Double, place: Int, isMissingLeft: Bool)?
        for (place, level) in levels.enumerated() {
            add(level) { sums.move(weight: $0, value: $1, class: $2, rows: $3) }
            if let found = sums.best(leaf: leaf), isBetter(found.score, best?.score) { best = (found.score, place, found.isMissingLeft) }
            sums.restart()
        }
        return best.map { best in
            TreeGrower.Split(
                score: best.score, isMissingLeft: best.isMissingLeft, leftLevels: [levels[best.place].code],
                rightLevels: levels.indices.filter { $0 != best.place }.map { levels[$0].code })
        }
    }

    /// The best split of levels in this order.
    private func scan(_ levels: [Level], _ sums: inout SideSums) -> TreeGrower.Split? {
        var best: (score: Double, count: Int, isMissingLeft: Bool)?
        for (place, level) in levels.enumerated() {
            add(level) { sums.move(weight: $0, value: $1, class: $2, rows: $3) }
            if place == levels.count - 1 && sums.missing.rows == 0 { break }
            guard let found = sums.best(leaf: leaf), isBetter(found.score, best?.score) else { continue }
            if place == levels.count - 1 && found.isMissingLeft { continue }
            best = (found.score, place + 1, found.isMissingLeft)
        }
        return best.map { best in
            TreeGrower.Split(
                score: best.score, isMissingLeft: best.isMissingLeft, leftLevels: levels[..<best.count].map(\.code),
                rightLevels: levels[best.count...].map(\.code))
        }
    }
}
