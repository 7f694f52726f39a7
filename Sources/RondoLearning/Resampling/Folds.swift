import RondoKernels

/// Row lists of k-fold cross-validation: every row is held out exactly once.
package struct Folds: Sendable {
    /// The held-out rows of each fold, increasing.
    package let heldOut: [[Int32]]
    package let rowCount: Int

    /// The rows to learn from when a fold is held out, increasing.
    package func training(without fold: Int) -> [Int32] {
        guard heldOut.indices.contains(fold) else { return (0..<rowCount).map { Int32($0) } }
        var isHeldOut = [Bool](repeating: false, count: rowCount)
        for row in heldOut[fold] { isHeldOut[Int(row)] = true }
        return (0..<rowCount).filter { !isHeldOut[$0] }.map { Int32($0) }
    }

    /// Random folds whose sizes differ by at most one.
    ///
    /// - Throws: R0540 for fewer than 2 folds or fewer rows than folds.
    package init(_ count: Int, rowCount: Int, seed: UInt64) throws {
        try Folds.require(count, rowCount, "rows")
        var stream = RandomStream(seed: seed, purpose: "folds")
        self.init(Folds.dealt(stream.permutation(rowCount), count), count, rowCount)
    }

    /// Random folds in which each class has nearly the same share; `classes` holds one code a row, any whole numbers.
    ///
    /// - Throws: R0540 for fewer than 2 folds or fewer rows than folds.
    package init(_ count: Int, stratifiedBy classes: [Int32], seed: UInt64) throws {
        try Folds.require(count, classes.count, "rows")
        var stream = RandomStream(seed: seed, purpose: "folds")
        // Class after class is dealt round the folds, each going on where the one before stopped: sizes differ by at most one.
        let order = stream.permutation(classes.count)
        let sorted = order.enumerated().sorted { (classes[$0.element], $0.offset) < (classes[$1.element], $1.offset) }.map(\.element)
        self.init(Folds.dealt(sorted, count), count, classes.count)
    }

    /// Folds that never part a group; `groups` holds one code a row, any whole numbers.
    ///
    /// Groups in random order, the largest first, each into the smallest fold so far.
    ///
    /// - Throws: R0540 for fewer than 2 folds or fewer groups than folds.
    package init(_ count: Int, groupedBy groups: [Int32], seed: UInt64) throws {
        let members = GroupMembers(groups)
        try Folds.require(count, members.rows.count, "groups")
        var stream = RandomStream(seed: seed, purpose: "folds")
        let order = members.largestFirst(stream.permutation(members.rows.count))
        var sizes = [Int](repeating: 0, count: count)
        var folds = [Int](repeating: 0, count: groups.count)
        for group in order {
            let smallest = sizes.indices.min { (sizes[$0], $0) < (sizes[$1], $1) } ?? 0
            sizes[smallest] += members.rows[group].count
            for row in members.rows[group] { folds[row] = smallest }
        }
        self.init(folds, count, groups.count)
    }

    private init(_ folds: [Int], _ count: Int, _ rowCount: Int) {
        var lists = [[Int32]](repeating: [], count: count)
        for (row, fold) in folds.enumerated() { lists[fold].append(Int32(truncatingIfNeeded: row)) }
        heldOut = lists
        self.rowCount = rowCount
    }

    /// The fold of each row when rows are dealt in this order.
    private static func dealt(_ order: [Int], _ count: Int) -> [Int] {
        var folds = [Int](repeating: 0, count: order.count)
        for (place, row) in order.enumerated() { folds[row] = place % count }
        return folds
    }

    private static func require(_ count: Int, _ available: Int, _ what: String) throws {
        guard count >= 2 else {
            throw Fault(
                "R0540", "\(count) folds leave nothing to compare: at least 2 are needed", remedy: "write folds 5", subject: "\(count)")
        }
        guard available >= count else {
            throw Fault(
                "R0540", "there are \(available) \(what) for \(count) folds", remedy: "take fewer folds or more \(what)",
                subject: "\(count)"
            )
        }
    }
}

/// The rows of each group, groups by increasing code.
struct GroupMembers {
    let rows: [[Int]]

    init(_ groups: [Int32]) {
        let order = groups.indices.sorted { (groups[$0], $0) < (groups[$1], $1) }
        var lists: [[Int]] = []
        var last: Int32?
        for row in order {
            if groups[row] != last { lists.append([]) }
            last = groups[row]
            lists[lists.count - 1].append(row)
        }
        rows = lists
    }

    /// The groups by size, equal sizes in the order given.
    func largestFirst(_ order: [Int]) -> [Int] {
        order.enumerated().sorted { (-rows[$0.element].count, $0.offset) < (-rows[$1.element].count, $1.offset) }.map(\.element)
    }
}
