import RondoKernels

/// Which columns may split which leaf.
///
/// A draw is fixed by the seed, the tree and the number of the leaf within it, and by nothing else. Drawing anew for every split, as
/// random forests do (Breiman 2001, Random forests, Machine Learning 45), makes the trees of a sum differ, and yet a column that
/// matters is left out of no tree.
struct ColumnDraw: Sendable {
    private let columnCount: Int
    /// Columns that can split something, by name: neither a constant one more nor another order changes a draw.
    private let varying: [Int]
    private let drawn: Int
    private let stream: RandomStream
    private let all: [Bool]

    /// - Parameter share: of the columns that vary, rounded up.
    init(_ matrix: BinnedMatrix, share: Double, seed: UInt64) {
        let bins = matrix.binned.bins
        columnCount = bins.count
        varying = bins.indices.filter { matrix.varies($0) }.sorted { (bins[$0].name, $0) < (bins[$1].name, $1) }
        stream = RandomStream(seed: seed, purpose: "boost columns")
        drawn = min(varying.count, Int((share * Double(varying.count)).rounded(.up)))
        all = [Bool](repeating: true, count: columnCount)
    }

    /// For each column whether it may split a leaf of a tree.
    func columns(ofLeaf leaf: Int, tree: Int) -> [Bool] {
        guard drawn < varying.count else { return all }
        var own = stream.stream(unit: UInt64(truncatingIfNeeded: tree) << 32 | UInt64(truncatingIfNeeded: leaf))
        var isDrawn = [Bool](repeating: false, count: columnCount)
        for place in own.sampleWithoutReplacement(below: varying.count, count: drawn) { isDrawn[varying[place]] = true }
        return isDrawn
    }
}
