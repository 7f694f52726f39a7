import RondoKernels

/// The trees of a forest laid out for scoring.
struct ForestScorer: Sendable, Hashable {
    let cuts: CutTrees
    /// All trees, where some are no short lists of cuts.
    private let wide: WideTrees?
    private let roots: [UInt32]

    /// - Parameter nodes: checked nodes: every link is inside its tree, and children come after their parents.
    init(_ nodes: [ForestNode], splits: [CategorySplit], roots: [Int], bins: [FeatureBins]) {
        cuts = CutTrees(nodes, splits: splits, roots: roots, bins: bins)
        wide = cuts.starts.contains(nil) ? WideTrees(nodes, splits: splits, bins: bins) : nil
        self.roots = roots.map { UInt32(truncatingIfNeeded: $0) }
    }

    /// Adds the leaf values of these trees, in their order, for rows of `stride` codes each; `sums` has `width` values a row.
    ///
    /// - Throws: `Interrupted` when cancelled.
    func add(
        codes: [UInt8], stride: Int, leafValues: [Double], width: Int, to sums: inout [Double], trees: some Sequence<Int>,
        cancellation: CancellationToken
    ) throws {
        let rowCount = sums.count / width
        let doubled = CutTrees.doubled(codes, stride: stride, rowCount: rowCount)
        // Without features nothing reads the codes, but there must be an address.
        let codes = codes.isEmpty ? [0] : codes
        if rowCount == 1 { return addRow(codes, doubled, leafValues, width, to: &sums, trees: trees) }
        for tree in trees {
            if tree & 31 == 31 { try cancellation.check() }
            if let start = cuts.starts[tree] {
                cuts.add(
                    treeAt: start, leafValues: leafValues, width: width, codes: doubled, stride: 2 * stride, rowCount: rowCount, to: &sums)
            } else {
                wide?.add(
                    treeAt: roots[tree], leafValues: leafValues, width: width, codes: codes, stride: stride, rowCount: rowCount, to: &sums)
            }
        }
    }

    /// The same for one row, for which trees are walked side by side: as many at a time as follow each other in one form.
    private func addRow(
        _ codes: UnsafePointer<UInt8>, _ doubled: UnsafePointer<UInt8>, _ leafValues: [Double], _ width: Int,
        to sums: UnsafeMutablePointer<Double>, trees: some Sequence<Int>
    ) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: roots.count) { list in
            var (count, areCuts) = (0, true)
            func walk() {
                let some = UnsafeBufferPointer(rebasing: list[..<count])
                if areCuts {
                    cuts.add(treesAt: some, leafValues: leafValues, width: width, codes: doubled, toRow: sums)
                } else {
                    wide?.add(treesAt: some, leafValues: leafValues, width: width, codes: codes, toRow: sums)
                }
                count = 0
            }
            for tree in trees {
                let start = cuts.starts[tree]
                if (start != nil) != areCuts {
                    walk()
                    areCuts.toggle()
                }
                list[count] = start ?? roots[tree]
                count += 1
            }
            walk()
        }
    }
}
