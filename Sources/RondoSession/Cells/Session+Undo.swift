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
            takeBack(run, at: position)
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
            putBack(run, at: items.count - 1)
        }
        return back
    }

    /// Keeps an undone cell in mind when it had an effect, or when undone cells with effects stood on it.
    private mutating func takeBack(_ run: CellRun, at position: Int) {
        let hasEffect = effects.effects.contains { $0.source == run.source }
        let above = undoneBranches.filter { $0.position > position }.flatMap(\.cells)
        guard hasEffect || !above.isEmpty else { return }
        let earlier = undoneBranches.first { $0.position == position }?.cells ?? []
        undoneBranches.removeAll { $0.position >= position }
        let cells = earlier + [UndoneBranch.Cell(source: run.source, hasEffect: hasEffect)] + above
        undoneBranches.append(UndoneBranch(position: position, cells: cells))
    }

    /// Forgets an undone cell that is there again; what stood on it stands after it.
    private mutating func putBack(_ run: CellRun, at position: Int) {
        guard let place = undoneBranches.lastIndex(where: { $0.position == position }),
            let cell = undoneBranches[place].cells.lastIndex(where: { $0.source == run.source })
        else { return }
        let above = Array(undoneBranches[place].cells[(cell + 1)...])
        undoneBranches[place].cells.removeSubrange(cell...)
        if undoneBranches[place].cells.isEmpty { undoneBranches.remove(at: place) }
        if above.contains(where: \.hasEffect) { undoneBranches.append(UndoneBranch(position: position + 1, cells: above)) }
    }

    /// Effects of a cell that stay although it was undone, in words.
    package func lastingEffects(of run: CellRun) -> [String] {
        effects.effects.filter { $0.source == run.source }.map(\.words)
    }
}
