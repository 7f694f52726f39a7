/// A node of a tree.
struct TreeNode: Sendable, Hashable {
    /// -1 for a leaf.
    var feature: Int32 = -1
    /// Numbers up to this one go left.
    var threshold = 0.0
    /// The left child, the right one follows it; for a leaf its number.
    var link: Int32 = 0
    /// For categories: the range in the list of levels; those listed do not go the way of the others.
    var firstLevel: Int32 = 0
    var levelCount: Int32 = 0
    var isMissingLeft = false
    /// For categories: whether levels that are not listed go left.
    var isOtherLeft = false
    /// Rows of training.
    var rows: Int32 = 0

    var isLeaf: Bool { feature < 0 }
}

/// A feature as a tree knows it.
struct TreeFeature: Sendable, Hashable {
    let name: String
    /// nil for numbers.
    let levels: [String]?

    init(name: String, levels: [String]?) {
        self.name = name
        self.levels = levels
    }

    init(_ feature: Features.Feature) {
        name = feature.name
        if case .categories(_, let levels) = feature.values { self.levels = levels } else { levels = nil }
    }
}
