import RondoKernels

/// The cuts of one node that are to be compared, of all its columns in one list: a single loop scores them, whatever columns they are of.
final class CutList {
    /// Cuts of one column, one after each of its codes.
    private struct Run {
        var start = 0
        var end = 0
        var feature = 0
        /// Whether there are missing rows, and whether they are counted on the left.
        var hasMissing = false
        var isMissingLeft = false
    }

    /// Cuts that are scored together, and room for those of the column that goes beyond.
    private static let most = 4096
    private static let room = most + 1024
    /// Scores that differ by less may be equal once they are divided by the rows of the node.
    private static let tie = 1 - 0x1p-50

    private let sumBits: UInt64
    private let sumMask: UInt64
    private let isCategory: [Bool]
    private let memory = WorkingMemory()
    /// What lies left of each cut, packed, and the code before it.
    let lefts: UnsafeMutablePointer<UInt64>
    let codes: UnsafeMutablePointer<UInt8>
    private(set) var count = 0
    private let scores: CutScores
    private let runs: UnsafeMutablePointer<Run>
    private var runCount = 0
    private var total: UInt64 = 0
    private var drawn = 0
    private var mixer: UInt64 = 0
    private(set) var best: FoundSplit?
    private var bestRank: UInt64 = 0

    init(_ matrix: BinnedMatrix, target: ForestTarget, leaf: Int) {
        sumBits = target.sumBits
        sumMask = 1 << target.sumBits - 1
        isCategory = matrix.binned.bins.map(\.isCategory)
        lefts = memory.zeros(Self.room)
        codes = memory.zeros(Self.room)
        scores = CutScores(target, leaf: leaf, room: Self.room)
        runs = memory.filled(Run(), Self.room)
    }

    /// Begins with a node of these rows and their sum, packed; `mixer`, an odd number, decides which of equally good columns wins.
    func begin(total: UInt64, mixer: UInt64) {
        self.total = total
        self.mixer = mixer
        drawn = Int(truncatingIfNeeded: total &>> sumBits)
        best = nil
        scores.begin(total: total)
    }

    // MARK: Cuts

    /// Takes the next cuts, which stand in `lefts` and `codes` from `count` on already: one after each code of a column, in the order of
    /// the codes, the last of which may be that of missing.
    @inline(__always)
    func close(_ feature: Int, _ codeCount: Int) {
        if isCategory[feature] || codes[count &+ codeCount &- 1] == FeatureBins.missing {
            closeUnordered(feature, codeCount)
        } else {
            add(Run(start: count, end: count &+ codeCount, feature: feature))
        }
        if count > Self.most { judge() }
    }

    @inline(__always)
    private func add(_ run: Run) {
        runs[runCount] = run
        runCount &+= 1
        count = run.end
    }

    /// The same for levels, which are put in the order of their means, and with missing rows, which are tried on both sides.
    private func closeUnordered(_ feature: Int, _ codeCount: Int) {
        var known = codeCount
        var missing: UInt64 = 0
        if codes[count + known - 1] == FeatureBins.missing {
            known -= 1
            missing = lefts[count + known] &- (known > 0 ? lefts[count + known - 1] : 0)
        }
        known = isCategory[feature] ? orderByMean(known) : dropEmpty(known)
        guard known > 0 else { return }
        add(Run(start: count, end: count + known, feature: feature, hasMissing: missing > 0))
        guard missing > 0 else { return }
        for place in count..<count + known {
            lefts[place] = lefts[place - known] &+ missing
            codes[place] = codes[place - known]
        }
        add(Run(start: count, end: count + known, feature: feature, hasMissing: true, isMissingLeft: true))
    }

    /// Leaves out codes without rows: before the first code with rows, missing ones would be alone on the left. Returns how many occur.
    private func dropEmpty(_ codeCount: Int) -> Int {
        var kept = 0
        var before: UInt64 = 0
        for place in count..<count + codeCount where lefts[place] != before {
            before = lefts[place]
            (lefts[count + kept], codes[count + kept]) = (before, codes[place])
            kept += 1
        }
        return kept
    }

    /// Orders levels by their mean target: some split of this order is the best of all (Fisher 1958). Returns how many occur.
    private func orderByMean(_ codeCount: Int) -> Int {
        var levels: [(mean: Double, code: UInt8, cell: UInt64)] = []
        var before: UInt64 = 0
        for place in count..<count + codeCount {
            let cell = lefts[place] &- before
            before = lefts[place]
            if cell > 0 { levels.append((Double(cell & sumMask) / Double(cell >> sumBits), codes[place], cell)) }
        }
        levels.sort { ($0.mean, $0.code) < ($1.mean, $1.code) }
        var left: UInt64 = 0
        for (place, level) in levels.enumerated() {
            left = left &+ level.cell
            lefts[count + place] = left
            codes[count + place] = level.code
        }
        return levels.count
    }

    // MARK: Scores

    /// Compares the cuts that were added since the last time; the best split of the node is then in `best`.
    func judge() {
        let highest = scores.write(lefts, count)
        if highest >= 0 && highest / Double(drawn) >= best?.score ?? -1 { choose(from: highest * Self.tie) }
        count = 0
        runCount = 0
    }

    // MARK: Choice

    /// Looks at the cuts whose scores reach a bound: of each column the first of the best, of equally good columns the one of highest rank.
    private func choose(from bound: Double) {
        var number = 0
        var place = 0
        var found: (run: Run, place: Int)?
        while let next = next(from: place, bound) {
            place = next + 1
            while next >= runs[number].end { number += 1 }
            let run = runs[number]
            if let earlier = found, earlier.run.feature == run.feature {
                // Missing rows go left where that is better after rounding too.
                let rows = Double(drawn)
                let score = scores.values[earlier.place]
                let least = earlier.run.start == run.start ? score : score / rows * rows
                if scores.values[next] > least { found = (run, next) }
            } else {
                if let found { take(found.run, found.place) }
                found = (run, next)
            }
        }
        if let found { take(found.run, found.place) }
    }

    /// The next place with a score of at least `bound`: few have one, so that four at a time are passed over.
    private func next(from start: Int, _ bound: Double) -> Int? {
        let (scores, count) = (scores.values, count)
        var place = start
        while place &+ 4 <= count {
            let (first, second) = (
                scores[place] >= bound || scores[place &+ 1] >= bound, scores[place &+ 2] >= bound || scores[place &+ 3] >= bound
            )
            if first || second { break }
            place &+= 4
        }
        while place < count {
            if scores[place] >= bound { return place }
            place &+= 1
        }
        return nil
    }

    private func take(_ run: Run, _ place: Int) {
        let score = scores.values[place] / Double(drawn)
        let rank = (UInt64(run.feature) &+ 1) &* mixer
        let earlier = best?.score ?? -1
        guard score > earlier || score == earlier && rank > bestRank else { return }
        best = split(run, place, score)
        bestRank = rank
    }

    /// The split after a place; codes without rows here go with the larger side.
    private func split(_ run: Run, _ place: Int, _ score: Double) -> FoundSplit {
        let isCategory = isCategory[run.feature]
        var set = CodeSet()
        var (code, next): (UInt8, UInt8) = (254, 255)
        if isCategory {
            let missing = run.isMissingLeft ? total &- lefts[run.start - 1] : 0
            if 2 * ((lefts[place] &- missing) &>> sumBits) >= UInt64(drawn) {
                set.words = SIMD4(repeating: .max)
                for other in place + 1..<run.end { set.remove(codes[other]) }
            } else {
                for own in run.start...place { set.insert(codes[own]) }
            }
        } else if let following = (place + 1..<run.end).first(where: { lefts[$0] != lefts[place] }) {
            (code, next) = (codes[place], codes[following])
        }
        let isMissingLeft = run.hasMissing ? run.isMissingLeft : 2 * (lefts[place] &>> sumBits) >= UInt64(drawn)
        if isMissingLeft { set.insert(FeatureBins.missing) } else { set.remove(FeatureBins.missing) }
        var split = FoundSplit(score: score, code: code, nextCode: next, set: set, isCategory: isCategory)
        split.feature = run.feature
        split.left = lefts[place]
        return split
    }
}
