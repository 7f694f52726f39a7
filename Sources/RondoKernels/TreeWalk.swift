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
    ///   - nodes: of all trees; every walk ends in a leaf.
    ///   - leaves: the leaf of each node.
    ///   - start: the first node of the tree.
    ///   - leafValues: `width` values a leaf.
    ///   - codes: `stride` codes a row.
    ///   - sums: `width` values a row.
    public static func add(
        nodes: [UInt32], leaves: [UInt32], start: Int, leafValues: [Double], width: Int, codes: UnsafePointer<UInt8>, stride: Int,
        rowCount: Int, to sums: UnsafeMutablePointer<Double>
    ) {
        rondo_walk_tree(
            nodes, leaves, Int64(start), leafValues, Int32(truncatingIfNeeded: width), codes, Int64(stride), Int64(rowCount), sums)
    }

    /// Adds the leaf values of the trees that start at these nodes, in their order, to the sums of one row.
    public static func add(
        nodes: [UInt32], leaves: [UInt32], starts: UnsafeBufferPointer<UInt32>, leafValues: [Double], width: Int,
        codes: UnsafePointer<UInt8>, toRow sums: UnsafeMutablePointer<Double>
    ) {
        rondo_walk_trees(
            nodes, leaves, starts.baseAddress, Int32(truncatingIfNeeded: starts.count), leafValues, Int32(truncatingIfNeeded: width),
            codes, sums)
    }
}
