package import RondoKernels
import RondoRecipes
import Synchronization

/// Prepared tables, kept outside the workspace value so that undo only swaps values.
///
/// The key is the identity of the rows, of each step, and of the split that says which rows teach. A cache changes no number:
/// steps are deterministic. The newest few are kept; unchanged columns are shared between them.
package final class PreparationCache: Sendable {
    private struct Key: Hashable {
        let rows: Identity
        let steps: [Identity]
        let learning: Identity?
    }
    private struct State {
        var order: [Key] = []
        var kept: [Key: PreparedTable] = [:]
    }
    private let state = Mutex(State())
    private let capacity: Int

    package init(capacity: Int = 12) { self.capacity = capacity }

    /// The table through its recipe; learned steps learn from the training part, or from all rows before a split.
    package func prepared(_ table: Table, context: ComputeContext) throws -> PreparedTable {
        let steps = table.steps
        var done = steps.count
        var start: PreparedTable?
        while done > 0 {
            start = lookUp(key(table, steps.prefix(done)))
            if start != nil { break }
            done -= 1
        }
        var current = start ?? PreparedTable(table.rows)
        while done < steps.count {
            current = try current.extended(by: steps[done].entry, learningFrom: table.learningRows, context: context)
            done += 1
        }
        keep(current, under: key(table, steps[...]))
        return current
    }

    private func key(_ table: Table, _ steps: ArraySlice<Table.Step>) -> Key {
        Key(rows: table.rowsIdentity, steps: steps.map(\.identity), learning: table.split?.identity)
    }

    private func lookUp(_ key: Key) -> PreparedTable? { state.withLock { $0.kept[key] } }

    private func keep(_ prepared: PreparedTable, under key: Key) {
        state.withLock { state in
            if state.kept.updateValue(prepared, forKey: key) == nil { state.order.append(key) }
            while state.order.count > capacity { state.kept.removeValue(forKey: state.order.removeFirst()) }
        }
    }
}
