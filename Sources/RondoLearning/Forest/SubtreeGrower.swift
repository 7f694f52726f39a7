import RondoKernels

/// Grows all that lies below a node of few rows at once, from a copy of its codes that fits the nearest cache; for numbers and two classes,
/// where every column is tried at every split.
final class SubtreeGrower {
    /// Most rows.
    static let mostRows = SubtreeColumns.mostRows

    /// A node that waits for its split: its places, and what it has of the columns.
    private struct Work {
        var start: Int
        var end: Int
        var depth: Int
        var node: Int
        var part: SubtreeColumns.Part
    }

    private let matrix: BinnedMatrix
    private let target: ForestTarget
    private let settings: ForestGrower.Settings
    private let cuts: CutList
    private let columns: SubtreeColumns
    private let memory = WorkingMemory()
    /// By place in the subtree: the row, and its count and sum.
    private let rows: UnsafeMutablePointer<Int32>
    private let packed: UnsafeMutablePointer<UInt64>
    /// The places of each node side by side, in the order of rows.
    private let places: UnsafeMutablePointer<UInt8>
    private let spare: UnsafeMutablePointer<UInt8>
    /// By place: 1 for left.
    private let sides: UnsafeMutablePointer<UInt8>
    /// The same by code.
    private let codeSides: UnsafeMutablePointer<UInt8>

    /// - Parameter cuts: room that others use too, between two nodes.
    init(_ matrix: BinnedMatrix, target: ForestTarget, settings: ForestGrower.Settings, cuts: CutList) {
        self.matrix = matrix
        self.target = target
        self.settings = settings
        self.cuts = cuts
        columns = SubtreeColumns(matrix)
        rows = memory.zeros(Self.mostRows)
        packed = memory.zeros(Self.mostRows)
        places = memory.zeros(Self.mostRows)
        spare = memory.zeros(Self.mostRows)
        sides = memory.zeros(Self.mostRows)
        codeSides = memory.zeros(256)
    }

    /// Grows below a node of the tree.
    ///
    /// - Parameters:
    ///   - list: the rows of the node, at most `mostRows`.
    ///   - useful: the columns that may have several codes here.
    ///   - values: count and sum of every row.
    func grow(
        _ list: UnsafeBufferPointer<Int32>, columns useful: ArraySlice<UInt16>, values: UnsafePointer<UInt64>, node: Int, depth: Int,
        of tree: inout GrownTree, stream: inout RandomStream
    ) {
        for place in 0..<list.count {
            rows[place] = list[place]
            packed[place] = values[Int(list[place])]
            places[place] = UInt8(truncatingIfNeeded: place)
        }
        var isFilled = false
        let part = SubtreeColumns.Part(first: 0, count: list.count, copy: 0, level: 0)
        var waiting = [Work(start: 0, end: list.count, depth: depth, node: node, part: part)]
        while let work = waiting.popLast() {
            let total = sum(work)
            let drawn = Int(truncatingIfNeeded: total &>> target.sumBits)
            guard work.depth < settings.depth, settings.canSplit(drawn), !isPure(work) else {
                addLeaf(work, &tree)
                continue
            }
            if !isFilled { columns.fill(rows, list.count, columns: useful) }
            isFilled = true
            guard let split = bestSplit(work, total, mixer: stream.nextUInt64() | 1) else {
                addLeaf(work, &tree)
                continue
            }
            divide(work, split, drawn, &tree, &waiting)
        }
    }

    private func sum(_ work: Work) -> UInt64 {
        var total: UInt64 = 0
        var index = work.start
        while index < work.end {
            total = total &+ packed[Int(places[index])]
            index &+= 1
        }
        return total
    }

    /// Whether all rows of a node have the same target.
    private func isPure(_ work: Work) -> Bool {
        let first = target.value(Int(rows[Int(places[work.start])]))
        var index = work.start + 1
        while index < work.end && target.value(Int(rows[Int(places[index])])) == first { index += 1 }
        return index == work.end
    }

    private func bestSplit(_ work: Work, _ total: UInt64, mixer: UInt64) -> FoundSplit? {
        cuts.begin(total: total, mixer: mixer)
        columns.addCells(UnsafeBufferPointer(start: places + work.start, count: work.end - work.start), packed: packed, to: cuts)
        columns.addLists(work.part, packed: packed, to: cuts)
        cuts.judge()
        guard var split = cuts.best else { return nil }
        if !split.isCategory { split.code = matrix.middle(of: split.feature, split.code, split.nextCode) }
        return split
    }

    private func addLeaf(_ work: Work, _ tree: inout GrownTree) {
        var mean = LeafMean(base: target.value(Int(rows[Int(places[work.start])])))
        for index in work.start..<work.end {
            let place = Int(places[index])
            mean.add(target.value(Int(rows[place])), times: Double(packed[place] &>> target.sumBits))
        }
        tree.addLeaf(work.node, mean.value, cover: mean.total)
    }

    private func divide(_ work: Work, _ split: FoundSplit, _ drawn: Int, _ tree: inout GrownTree, _ waiting: inout [Work]) {
        let left = dividePlaces(work, split)
        tree.importances[split.feature] += split.score
        let child = tree.split(work.node, by: split, isCategory: split.isCategory)
        let leftDrawn = Int(truncatingIfNeeded: split.left &>> target.sumBits)
        let mayGoOn = work.depth + 1 < settings.depth
        let parts = columns.divide(
            work.part, sides: sides, leftCount: left - work.start,
            wanted: (mayGoOn && settings.canSplit(leftDrawn), mayGoOn && settings.canSplit(drawn - leftDrawn)))
        waiting.append(Work(start: left, end: work.end, depth: work.depth + 1, node: child + 1, part: parts.right))
        waiting.append(Work(start: work.start, end: left, depth: work.depth + 1, node: child, part: parts.left))
    }

    /// Puts the places that go left before the others; returns where these begin.
    private func dividePlaces(_ work: Work, _ split: FoundSplit) -> Int {
        let (places, spare, sides, rows, codeSides) = (places, spare, sides, rows, codeSides)
        let column = columns.codes(of: split.feature)
        split.write(to: codeSides)
        var (left, right) = (work.start, 0)
        var index = work.start
        while index < work.end {
            let place = places[index]
            let side = codeSides[Int(column[rows[Int(place)]])]
            sides[Int(place)] = side
            places[left] = place
            spare[right] = place
            left &+= Int(side)
            right &+= Int(1 &- side)
            index &+= 1
        }
        (places + left).update(from: spare, count: right)
        return left
    }
}
