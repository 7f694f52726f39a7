import RondoFrame
import RondoKernels
import RondoLearning

/// How strongly one column varies or goes with the target, from 0 on.
enum ColumnStrength {
    /// Variance on a scale of 0 to 1 between the least and the greatest value; of levels half the Gini index, so that two levels give
    /// p (1 - p) as a truth column does. At most 0.25 for numbers and two levels, 0.5 for many.
    static func variance(_ column: Column, name: String) throws -> Double {
        guard column.type.isText else {
            let moments = Moments(column.numbers())
            let width = moments.maximum - moments.minimum
            return moments.count > 0 && width > 0 && width.isFinite ? moments.populationVariance / width / width : 0
        }
        let counts = counts(try LevelCodes(column, name: name).codes)
        let total = counts.reduce(0, +)
        return total > 0 ? 0.5 * (1 - counts.reduce(0) { $0 + ($1 / total) * ($1 / total) }) : 0
    }

    /// |Pearson's r| of two numbers, eta of a number and classes, Cramér's V of levels and classes; 0 where nothing can be told.
    ///
    /// Source: Cramér 1946, Mathematical methods of statistics, chapter 21; Fisher 1925 for the correlation ratio eta.
    /// - Parameter column: as many rows as the target has values.
    static func relation(_ column: Column, name: String, with target: TargetValues) throws -> Double {
        let levels = column.type.isText ? try LevelCodes(column, name: name).codes : nil
        switch (levels, target) {
        case (nil, .numbers(let outcome)): return correlation(column.numbers(), outcome)
        case (nil, .classes(let codes, _)): return ratio(column.numbers(), groups: codes)
        case (let levels?, .numbers(let outcome)): return ratio(outcome, groups: levels)
        case (let levels?, .classes(let codes, let names)): return association(levels, codes, classes: names.count)
        }
    }

    /// |r| over the rows where both are known.
    static func correlation(_ x: [Double], _ y: [Double]) -> Double {
        let known = x.indices.filter { !x[$0].isNaN && !y[$0].isNaN }
        let value =
            known.count == x.count ? Moments.correlation(x, y) : Moments.correlation(known.map { x[$0] }, known.map { y[$0] })
        return value.isNaN ? 0 : value.magnitude
    }

    /// Root of the share of the variance that lies between the groups.
    private static func ratio(_ values: [Double], groups: [Int32]) -> Double {
        let count = Int((groups.max() ?? -1)) + 1
        var sums = [Double](repeating: 0, count: count)
        var counts = [Double](repeating: 0, count: count)
        let known = values.indices.filter { !values[$0].isNaN && groups[$0] >= 0 }
        guard !known.isEmpty else { return 0 }
        let mean = known.reduce(0) { $0 + values[$1] } / Double(known.count)
        var total = 0.0
        for row in known {
            let distance = values[row] - mean
            sums[Int(groups[row])] += distance
            counts[Int(groups[row])] += 1
            total += distance * distance
        }
        let between = zip(sums, counts).reduce(0) { $1.1 > 0 ? $0 + $1.0 * $1.0 / $1.1 : $0 }
        return total > 0 && total.isFinite ? min(1, max(0, between / total)).squareRoot() : 0
    }

    private static func association(_ levels: [Int32], _ classes: [Int32], classes count: Int) -> Double {
        let width = max(count, 1)
        let levelCount = Int((levels.max() ?? -1)) + 1
        var cells = [Double](repeating: 0, count: levelCount * width)
        for (level, code) in zip(levels, classes) where level >= 0 && code >= 0 { cells[Int(level) * width + Int(code)] += 1 }
        let total = cells.reduce(0, +)
        let rows = (0..<levelCount).map { level in (0..<width).reduce(0) { $0 + cells[level * width + $1] } }
        let columns = (0..<width).map { code in (0..<levelCount).reduce(0) { $0 + cells[$1 * width + code] } }
        let freedom = min(rows.filter { $0 > 0 }.count, columns.filter { $0 > 0 }.count) - 1
        guard total > 0, freedom > 0 else { return 0 }
        var square = 0.0
        for level in 0..<levelCount where rows[level] > 0 {
            for code in 0..<width where columns[code] > 0 {
                let expected = rows[level] * columns[code] / total
                let difference = cells[level * width + code] - expected
                square += difference * difference / expected
            }
        }
        return min(1, (square / total / Double(freedom)).squareRoot())
    }

    private static func counts(_ codes: [Int32]) -> [Double] {
        var counts = [Double](repeating: 0, count: Int((codes.max() ?? -1)) + 1)
        for code in codes where code >= 0 { counts[Int(code)] += 1 }
        return counts
    }
}
