import RondoFrame
import RondoKernels
import RondoLanguage

/// The key columns of `by` clauses in steps.
enum GroupKeys {
    struct Learned {
        let tree: KeyTree
        /// For each number of keys from 1 the group of each learning row.
        let nodes: [[Int32]]
        /// For each number of keys from 1 how many groups there are.
        let counts: [Int]
    }

    /// The groups of the learning rows; nil without `by`.
    static func learned(from frame: Frame, groups: [Group], rows: [Int32]?, context: ComputeContext) throws -> Learned? {
        guard !groups.isEmpty else { return nil }
        let (tree, nodes) = try KeyTree.learned(from: columns(groups, of: frame, rows: rows, context: context), context: context)
        return Learned(tree: tree, nodes: nodes, counts: (1...tree.depth).map { tree.nodeCount(depth: $0) })
    }

    /// One column a group for these rows (nil: all).
    static func columns(_ groups: [Group], of frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> [Column] {
        []
    }
}
