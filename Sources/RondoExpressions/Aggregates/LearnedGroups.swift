import RondoFrame
import RondoKernels
import RondoLanguage

/// Rows in groups, and what the groups are.
struct LearnedGroups {
    let keys: GroupKeys
    /// The group of each row, groups in order of first appearance.
    let groups: [Int32]
    let firstRows: [Int32]
}

/// The groups that the aggregates of one table share: its rows are grouped once for each different `by`.
///
/// Used by one evaluation, between its loops.
final class GroupingMemory {
    /// The groups of a `by`, and the edges of the bands of each key.
    struct Entry {
        let by: [Group]
        let edges: [BandEdges?]
        let learned: LearnedGroups
    }
    private var entries: [Entry] = []

    /// What was noted for this `by`, else what `learn` gives, which is noted.
    func entry(_ by: [Group], _ learn: () throws -> Entry) rethrows -> Entry {
        if let known = entries.first(where: { $0.by == by }) { return known }
        let entry = try learn()
        entries.append(entry)
        return entry
    }
}
