import CSystemLibraries

/// Walks of rows through trees whose nodes take four bytes.
public enum TreeWalk {
    /// The last code that goes left, of a leaf.
    public static let leafCode: UInt8 = 255
    /// Most nodes of a tree.
    public static let mostNodes = 65_536
    /// Most codes of a row that nodes can ask for.
    public static let mostCodes = 256

    /// A node: the place of the code it asks for, the last code that goes left, and the left child from the beginning of the tree, which
    /// the right one follows; a leaf has `leafCode` and is its own child.
    public static func node(place: UInt8, last: UInt8, left: UInt16) -> UInt32 {
        UInt32(place) | UInt32(last) << 8 | UInt32(left) << 16
    }

    /// Adds the leaf values of one tree to the sums of rows.
    ///
    /// - Parameters:
    ///   - nodes: from the root on; every walk ends in a leaf.
    ///   - leaves: the leaf of each node.
    ///   - leafValues: `width` values a leaf.
    ///   - codes: `stride` codes a row.
    ///   - sums: `width` values a row.
    public static func add(
        nodes: UnsafePointer<UInt32>, leaves: UnsafePointer<UInt32>, leafValues: UnsafePointer<Double>, width: Int,
        codes: UnsafePointer<UInt8>, stride: Int, rowCount: Int, to sums: UnsafeMutablePointer<Double>
    ) {
        rondo_walk_tree(nodes, leaves, leafValues, Int32(truncatingIfNeeded: width), codes, Int64(stride), Int64(rowCount), sums)
    }

    /// Adds the leaf values of all these trees, in their order, to the sums of one row.
    public static func add(
        nodes: UnsafePointer<UInt32>, roots: UnsafeBufferPointer<UInt32>, leaves: UnsafePointer<UInt32>,
        leafValues: UnsafePointer<Double>, width: Int, codes: UnsafePointer<UInt8>, toRow sums: UnsafeMutablePointer<Double>
    ) {
        guard let first = roots.baseAddress else { return }
        rondo_walk_trees(
            nodes, first, Int32(truncatingIfNeeded: roots.count), leaves, leafValues, Int32(truncatingIfNeeded: width), codes, sums)
    }
}
