import RondoKernels

/// The codes of rows that are explained together, feature by feature.
struct CodeBlocks: Sendable {
    private static let rowsTogether = TreeShapWalk.rowCount
    private let width: Int
    /// `[block][feature][row]`; the last row fills up the last block.
    private let codes: [UInt8]

    init(_ binned: BinnedFeatures, _ features: Features) {
        let (count, width) = (features.rowCount, binned.bins.count)
        let byRow = binned.codes(features, rows: 0..<count)
        self.width = width
        codes = (0..<Parallel.chunkCount(count: count, chunkSize: Self.rowsTogether)).flatMap { block in
            (0..<width).flatMap { feature in
                (0..<Self.rowsTogether).map { byRow[min(block * Self.rowsTogether + $0, count - 1) * width + feature] }
            }
        }
    }

    /// 1 for the rows of a block that go left at an inner node.
    func goesLeft(_ block: Int, _ node: ForestNode, of ensemble: TreeEnsemble) -> TreeShapWalk.Rows {
        let start = (block * width + Int(node.feature)) * Self.rowsTogether
        // Codes that go left of a cut lie in a row on the circle 0, 1, … 255, 0, with that of missing before the others.
        let isMissingLeft = node.flags & ForestNode.missingLeftFlag != 0
        let (first, more): (UInt8, UInt8) = isMissingLeft ? (FeatureBins.missing, node.code &+ 1) : (0, node.code)
        return codes.withUnsafeBufferPointer { codes in
            TreeShapWalk.rows { isLeft in
                if node.isCategory {
                    for row in 0..<Self.rowsTogether { isLeft[row] = ensemble.goesLeft(node, codes[start + row]) ? 1 : 0 }
                } else {
                    for row in 0..<Self.rowsTogether { isLeft[row] = codes[start + row] &- first <= more ? 1 : 0 }
                }
            }
        }
    }
}
