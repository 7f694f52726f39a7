import RondoReport

extension Session {
    /// Puts back the workspace before the last cells; returns the cells taken back, newest first.
    package mutating func undo(_ count: Int) -> [CellRun] {
        var taken: [CellRun] = []
        while taken.count < count, let position = items.lastIndex(where: { $0.run != nil }),
            case .cell(let run) = items.remove(at: position)
        {
            workspace = run.before
            undone.append(run)
            taken.append(run)
            if effects.effects.contains(where: { $0.source == run.source }) { undoneEffects.append(UndoneEffect(source: run.source, position: position)) }
        }
        return taken
    }

    /// Takes back `undo`; returns the cells put back, oldest first.
    package mutating func redo(_ count: Int) -> [CellRun] {
        var back: [CellRun] = []
        while back.count < count, let run = undone.popLast() {
            items.append(.cell(run))
            workspace = run.after
            back.append(run)
            if let position = undoneEffects.lastIndex(where: { $0.source == run.source }) { undoneEffects.remove(at: position) }
        }
        return back
    }

    /// Effects of a cell that stay although it was undone, in words.
    package func lastingEffects(of run: CellRun) -> [String] {
        effects.effects.filter { $0.source == run.source }.map(\.words)
    }
}
