package import RondoLanguage
package import RondoReport

extension Session {
    /// Replaces the text of a cell and marks what depends on it; nothing runs until `rerun`.
    /// - Returns: numbers of the cells that are stale now.
    /// - Throws: `Diagnostic` when there is no such cell.
    package mutating func edit(_ number: Int, to cell: CellSyntax) throws -> [Int] {
        guard let position = position(of: number), case .cell(var run) = items[position] else {
            throw Diagnostic("R0510", "there is no cell \(number)", span: nil, remedy: "history")
        }
        run = CellRun(
            number: number, syntax: cell, blocks: run.blocks, seconds: run.seconds, reads: run.reads, writes: run.writes,
            filesRead: run.filesRead, filesWritten: run.filesWritten, isStale: true, before: run.before, after: run.after)
        items[position] = .cell(run)
        undone = []
        return markDependents(from: position)
    }

    /// Runs exactly the stale cells, in order; the pieces that other cells wrote are taken over as they are.
    /// - Returns: the cells that ran; the last one failed when its status says so, and the session is then as before it.
    package mutating func rerun() -> [CellReport] {
        guard let first = items.firstIndex(where: { $0.run?.isStale == true }), case .cell(let start) = items[first] else { return [] }
        var current = start.before
        var reports: [CellReport] = []
        for position in first..<items.count {
            guard case .cell(var run) = items[position] else { continue }
            if run.isStale {
                do {
                    run = try again(run, from: current)
                    items[position] = .cell(run)
                    current = run.after
                    reports.append(run.report)
                } catch {
                    let fault = CellFaults.diagnostics(error, in: run.syntax)[0]
                    reports.append(
                        CellReport(
                            number: run.number, line: run.syntax.line, source: run.source, status: .error,
                            error: CellFaults.report(fault, in: run.syntax)))
                    return reports
                }
            } else {
                let before = current
                for dependency in run.writes.sorted() { current.take(dependency, from: run.after) }
                run.before = before
                run.after = current
                items[position] = .cell(run)
            }
        }
        workspace = current
        return reports
    }

    private mutating func again(_ run: CellRun, from start: Workspace) throws -> CellRun {
        guard let verb = registry[run.syntax.verb.value] as? any WorkspaceVerb.Type else { return run }
        let started = world.elapsed()
        let values = Dictionary(start.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        let bound = try ParameterBinding.bind(run.syntax, parameters: values, grammar: registry.grammar)
        var fresh = try execute(bound, typed: run.syntax, with: verb, in: start, number: run.number)
        fresh.seconds = world.elapsed() - started
        return fresh
    }

    private func position(of number: Int) -> Int? { items.firstIndex { $0.run?.number == number } }

    /// Marks every later cell that reads, directly or through others, what the cell at `start` writes.
    private mutating func markDependents(from start: Int) -> [Int] {
        guard case .cell(let edited) = items[start] else { return [] }
        var touched = edited.writes
        var stale = [edited.number]
        for position in (start + 1)..<max(items.count, start + 1) {
            guard case .cell(var run) = items[position] else { continue }
            if !run.reads.isDisjoint(with: touched) || run.isStale {
                run.isStale = true
                items[position] = .cell(run)
                stale.append(run.number)
                touched.formUnion(run.writes)
            } else {
                // Written anew by a cell that does not depend on the edit: clean again for those that follow.
                touched.subtract(run.writes)
            }
        }
        return stale
    }
}
