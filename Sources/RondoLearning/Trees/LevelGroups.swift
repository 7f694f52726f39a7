import RondoKernels

/// Codes for the levels of a category that has more levels than there are codes.
///
/// The levels with most rows keep a code each. The others are put together in the order of their mean response (Fisher 1958). That order
/// holds the noise of the rows it is learned from: a row that is learned from with the code that its own target helped to choose makes
/// levels look like more than they are. So rows of training get these codes from the responses of other rows: of all but one of five
/// parts of the table (cross-fitting: Micci-Barreca 2001, A preprocessing scheme for high-cardinality categorical attributes, SIGKDD
/// Explorations 3; Chernozhukov et al. 2018, Double/debiased machine learning, Econometrics Journal 21).
struct LevelGroups: Sendable {
    /// The code of each level.
    let codes: [UInt8]
    /// The code of each row of training.
    let training: [UInt8]

    /// So many levels at most have a code of their own, and so many rows at least.
    private static let mostAlone = 200
    private static let leastRows = 10.0
    private static let parts = 5

    init(_ rows: [Int32], levelCount: Int, response: LevelResponse, weights: [Double]?) {
        var stream = RandomStream(seed: 0, purpose: "parts for levels")
        let parts = rows.map { _ in stream.uniform(below: Self.parts) }
        let sums = LevelSums(rows, parts: parts, partCount: Self.parts, levelCount: levelCount, response: response, weights: weights)
        let counts = sums.counts
        let largest = counts.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }
        let alone = largest.prefix(Self.mostAlone).filter { counts[$0] >= Self.leastRows }.sorted()
        var own = [UInt8?](repeating: nil, count: levelCount)
        for (code, level) in alone.enumerated() { own[level] = UInt8(truncatingIfNeeded: code) }
        let scores = sums.scores(without: nil)
        let order = counts.indices.filter { own[$0] == nil }.sorted { (scores[$0], $0) < (scores[$1], $1) }
        var grouped = [UInt8](repeating: 0, count: levelCount)
        var ends: [Double] = []
        var first = 0
        for (bin, end) in BinLearning.binEnds(order.map { counts[$0] }, most: FeatureBins.most - alone.count).enumerated() {
            for place in first...end { grouped[order[place]] = UInt8(truncatingIfNeeded: alone.count + bin) }
            if end + 1 < order.count { ends.append(FeatureBins.middle(scores[order[end]], scores[order[end + 1]])) }
            first = end + 1
        }
        let known = own
        codes = known.indices.map { known[$0] ?? grouped[$0] }
        let tables = (0..<Self.parts).map { part in
            let scores = sums.scores(without: part)
            return known.indices.map {
                known[$0] ?? UInt8(truncatingIfNeeded: alone.count + Self.count(of: ends, below: scores[$0]))
            }
        }
        training = rows.indices.map { row in
            let code = Int(rows[row])
            return code >= 0 && code < levelCount ? tables[parts[row]][code] : FeatureBins.missing
        }
    }

    private static func count(of ends: [Double], below score: Double) -> Int {
        var (low, high) = (0, ends.count)
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] < score { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Weights and responses of levels, by part of the table.
private struct LevelSums {
    /// Weight by level.
    private(set) var counts: [Double]
    /// `[part][level]`
    private var partCounts: [[Double]]
    /// `[part][level * width + class]`: weighted sums of numbers brought near 1, or weights of classes.
    private var partSums: [[Double]]
    private let width: Int
    private let isNumbers: Bool
    /// By class: the mean or share of all rows.
    private var means: [Double] = []
    /// A level is drawn towards all rows as by so many of them.
    private var shrinkage = 20.0

    /// So many rows draw a level where levels differ by chance alone.
    private static let mostShrinkage = 1000.0

    init(_ rows: [Int32], parts: [Int], partCount: Int, levelCount: Int, response: LevelResponse, weights: [Double]?) {
        counts = [Double](repeating: 0, count: levelCount)
        partCounts = [[Double]](repeating: counts, count: partCount)
        switch response {
        case .numbers: (width, isNumbers) = (1, true)
        case .classes(_, let count): (width, isNumbers) = (count, false)
        }
        partSums = [[Double]](repeating: [Double](repeating: 0, count: levelCount * width), count: partCount)
        var scale = 1.0
        var squares = 0.0
        if case .numbers(let values) = response {
            scale = ColumnSpread.scale(bringingToOne: values.reduce(0) { max($0, $1.magnitude) })
        }
        for (row, code) in rows.enumerated() where code >= 0 && Int(code) < levelCount {
            let weight = weights?[row] ?? 1
            counts[Int(code)] += weight
            partCounts[parts[row]][Int(code)] += weight
            switch response {
            case .numbers(let values):
                let value = values[row] * scale
                partSums[parts[row]][Int(code)] += weight * value
                squares += weight * value * value
            case .classes(let classes, _): partSums[parts[row]][Int(code) * width + Int(classes[row])] += weight
            }
        }
        let total = counts.reduce(0, +)
        means = (0..<width).map { index in total > 0 ? counts.indices.reduce(0) { $0 + sum($1, index, nil) } / total : 0 }
        if isNumbers && total > 0 { shrinkage = shrinkage(squares: squares, total: total) }
    }

    private func sum(_ level: Int, _ index: Int, _ left: Int?) -> Double {
        var sum = 0.0
        for part in partSums.indices where part != left { sum += partSums[part][level * width + index] }
        return sum
    }

    /// The variance within levels over that between them, by the analysis of variance (Searle, Casella and McCulloch 1992, Variance
    /// Components, section 3.6): the best weight of the common mean against a row of the level.
    private func shrinkage(squares: Double, total: Double) -> Double {
        let used = counts.indices.filter { counts[$0] > 0 }
        let between = used.reduce(0) { result, level in
            let distance = sum(level, 0, nil) / counts[level] - means[0]
            return result + counts[level] * distance * distance
        }
        let all = squares - total * means[0] * means[0]
        let (levels, rows) = (Double(used.count), total)
        guard rows > levels, levels > 1 else { return Self.mostShrinkage }
        let within = max(0, all - between) / (rows - levels)
        let sizes = rows - used.reduce(0) { $0 + counts[$1] * counts[$1] } / rows
        let variance = (between - (levels - 1) * within) / sizes
        guard variance > 0 else { return Self.mostShrinkage }
        return min(within / variance, Self.mostShrinkage)
    }

    /// What levels are ordered by: the mean response, or the commonest class and its share, both drawn towards those of all rows.
    ///
    /// - Parameter left: a part whose rows do not count.
    func scores(without left: Int?) -> [Double] {
        counts.indices.map { level in
            var count = 0.0
            for part in partCounts.indices where part != left { count += partCounts[part][level] }
            // By all rows of the level, so that leaving out a part moves it by its rows alone.
            let trust = count > 0 ? counts[level] / (counts[level] + shrinkage) : 0
            func score(_ index: Int) -> Double {
                count > 0 ? means[index] + trust * (sum(level, index, left) / count - means[index]) : means[index]
            }
            guard !isNumbers else { return score(0) }
            var (best, share) = (0, score(0))
            for index in 1..<width {
                let own = score(index)
                if own > share { (best, share) = (index, own) }
            }
            return Double(2 * best) + share
        }
    }
}
