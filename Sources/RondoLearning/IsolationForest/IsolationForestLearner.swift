package import RondoKernels

/// Learns which rows stand apart: trees cut small samples at random, and what is cut off early lies alone.
///
/// Each tree is grown on `sampleRows` rows drawn without repetition: a column drawn among those that vary, a cut drawn evenly between
/// its least and greatest value, down to the depth log2(sampleRows).
///
/// Source: Liu, Ting and Zhou 2008, Isolation forest, ICDM.
package struct IsolationForestLearner: Sendable {
    package let trees: Int
    package let sampleRows: Int

    package init(trees: Int = 100, sampleRows: Int = 256) {
        self.trees = max(trees, 1)
        self.sampleRows = max(sampleRows, 2)
    }

    /// - Parameter columns: `[column][row]`, all finite.
    package func fit(_ columns: [[Double]], seed: UInt64, context: ComputeContext) throws -> IsolationForestModel {
        let count = columns.first?.count ?? 0
        let drawn = min(sampleRows, count)
        guard drawn > 1 else { return IsolationForestModel(width: columns.count, drawn: drawn, trees: []) }
        var limit = 0
        while 1 << limit < drawn { limit += 1 }
        let stream = RandomStream(seed: seed, purpose: "isolation forest")
        let grown = try Parallel.map(trees, context: context) { index in
            var grower = IsolationTreeGrower(columns: columns, limit: limit, stream: stream.stream(unit: UInt64(index)))
            return grower.grow(drawing: drawn, of: count)
        }
        return IsolationForestModel(width: columns.count, drawn: drawn, trees: grown)
    }
}

/// Grows one tree.
private struct IsolationTreeGrower {
    let columns: [[Double]]
    let limit: Int
    var stream: RandomStream
    var nodes: [IsolationNode] = []

    init(columns: [[Double]], limit: Int, stream: RandomStream) {
        self.columns = columns
        self.limit = limit
        self.stream = stream
    }

    mutating func grow(drawing drawn: Int, of count: Int) -> [IsolationNode] {
        var rows = sample(drawn, of: count)
        nodes = [.leaf(0)]
        var open = [(node: 0, start: 0, end: rows.count, depth: 0)]
        while let (node, start, end, depth) = open.popLast() {
            guard depth < limit, end - start > 1, let (feature, cut) = drawCut(rows[start..<end]) else {
                nodes[node] = .leaf(Double(depth) + IsolationForestModel.expectedPath(end - start))
                continue
            }
            var middle = start
            for place in start..<end where columns[feature][rows[place]] < cut {
                rows.swapAt(place, middle)
                middle += 1
            }
            let left = nodes.count
            nodes[node] = IsolationNode(feature: Int32(truncatingIfNeeded: feature), left: Int32(truncatingIfNeeded: left), value: cut)
            nodes.append(contentsOf: [.leaf(0), .leaf(0)])
            open.append((left + 1, middle, end, depth + 1))
            open.append((left, start, middle, depth + 1))
        }
        return nodes
    }

    /// Different rows, each set equally likely (Floyd; Bentley 1987, Programming pearls, CACM 30), ascending.
    private mutating func sample(_ drawn: Int, of count: Int) -> [Int] {
        var chosen: Set<Int> = []
        for last in (count - drawn)..<count {
            let row = stream.uniform(below: last + 1)
            if !chosen.insert(row).inserted { chosen.insert(last) }
        }
        return chosen.sorted()
    }

    /// A column that varies among the rows and a cut with rows on both sides; nil when all are alike.
    private mutating func drawCut(_ rows: ArraySlice<Int>) -> (feature: Int, cut: Double)? {
        var varied: [(feature: Int, low: Double, high: Double)] = []
        for (feature, values) in columns.enumerated() {
            var (low, high) = (Double.infinity, -Double.infinity)
            for row in rows { (low, high) = (min(low, values[row]), max(high, values[row])) }
            if low < high { varied.append((feature, low, high)) }
        }
        guard !varied.isEmpty else { return nil }
        let (feature, low, high) = varied[stream.uniform(below: varied.count)]
        let share = stream.uniformOpen()
        // Both ends are weighed apart, so that the width cannot overflow.
        let cut = low * (1 - share) + high * share
        return (feature, cut > low && cut <= high ? cut : high)
    }
}
