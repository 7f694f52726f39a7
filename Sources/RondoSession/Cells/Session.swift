import RondoKernels
package import RondoLanguage
package import RondoLifecycle
package import RondoReport
import RondoSignature

/// Undone cells whose effects stay, with the undone cells that they stood on.
package struct UndoneBranch: Sendable, Hashable {
    /// How many items of the session came before the first of them.
    package internal(set) var position: Int
    /// In the order in which they were entered.
    package internal(set) var cells: [Cell]

    package struct Cell: Sendable, Hashable {
        package let source: String
        package let hasEffect: Bool
    }
}

/// A session: accepted cells in order, the workspace they made, and what can be undone.
package struct Session: Sendable {
    package let registry: VerbRegistry
    package var world: World
    package let cache: PreparationCache
    /// Folder that relative paths start from; empty for the working folder.
    package internal(set) var baseFolder: String
    package internal(set) var workspace = Workspace()
    package internal(set) var effects = EffectLog()
    package internal(set) var items: [SessionItem] = []
    /// Runs that `redo` puts back, the next one last.
    package internal(set) var undone: [CellRun] = []
    /// Undone cells whose effects stay, by the place where they stood; at most one branch a place.
    package internal(set) var undoneBranches: [UndoneBranch] = []
    /// Where accepted and refused cells are written down as they come; nil for scratch sessions.
    package var journal: Journal?
    /// Values given on the command line, raw, by parameter name.
    package var givenParameters: [String: String] = [:]
    /// Whether the cells come from a file that runs as a whole: of the shell's verbs only those that look or write then run.
    package var isScript = false
    /// The session file last saved or opened, as typed.
    package internal(set) var savedFile: String?
    /// Why the journal could not be kept, once it could not.
    package internal(set) var journalFault: String?
    /// Set by `quit`.
    package var isFinished = false
    /// What the last cell said, for `more`.
    package internal(set) var lastReport: CellReport?

    package init(registry: VerbRegistry, world: World, baseFolder: String = "", cache: PreparationCache = PreparationCache()) {
        self.registry = registry
        self.world = world
        self.baseFolder = baseFolder
        self.cache = cache
    }

    /// The accepted cells, in order.
    package var runs: [CellRun] { items.compactMap(\.run) }

    /// Number of the next cell, from 1.
    package var nextNumber: Int { runs.count + 1 }

    /// Runs one cell and takes it into the session when it is accepted.
    package mutating func enter(_ cell: CellSyntax) -> CellReport {
        if let masked = SecretText.masked(cell.source) { return refuseSecret(cell, masked) }
        let started = world.elapsed()
        var report: CellReport
        do {
            report = try run(cell)
        } catch {
            let faults = CellFaults.diagnostics(error, in: cell)
            report = failure(faults[0], in: cell)
            report.moreErrors = faults.dropFirst().map { CellFaults.report($0, in: cell) }
        }
        report.seconds = ((world.elapsed() - started) * 1_000_000).rounded() / 1_000_000
        if report.status == .ok, case .cell(var run)? = items.last, run.number == report.number, run.syntax.source == cell.source {
            run.seconds = report.seconds
            items[items.count - 1] = .cell(run)
        }
        if cell.verb.value != "more" { lastReport = report }
        keep(cell, in: &report)
        return report
    }

    /// A password in a cell would be saved, journaled and shown: the cell does not run, and only its masked text is kept.
    private mutating func refuseSecret(_ cell: CellSyntax, _ masked: String) -> CellReport {
        var shown = cell
        shown.source = masked
        let fault = Diagnostic(
            "R0660", "a password in a cell would be kept with it", span: cell.verb.span,
            remedy: "leave it out; a database takes it from PGPASSWORD or ~/.pgpass")
        var report = failure(fault, in: shown)
        lastReport = report
        keep(shown, in: &report)
        return report
    }

    /// All faults of a cell that could not run, one report each.
    package func failures(_ faults: [Diagnostic], in cell: CellSyntax) -> [CellReport] { faults.map { failure($0, in: cell) } }

    private func failure(_ fault: Diagnostic, in cell: CellSyntax) -> CellReport {
        var cell = cell
        cell.source = SecretText.masked(cell.source) ?? cell.source
        return CellReport(
            number: nextNumber, line: cell.line, source: cell.source, status: .error, error: CellFaults.report(fault, in: cell))
    }

    /// Takes a note into the session.
    package mutating func enter(note markdown: String, line: Int) -> CellReport {
        items.append(.note(markdown: markdown, line: line))
        journal?.note(markdown)
        return CellReport(number: nil, line: line, source: "", blocks: [.note(markdown)])
    }

    package mutating func enter(comment: String, line: Int) { items.append(.comment(comment, line: line)) }

    private mutating func run(_ cell: CellSyntax) throws -> CellReport {
        guard let verb = registry[cell.verb.value] else {
            throw Diagnostic(
                "R0101", "there is no verb \(cell.verb.value)", span: cell.verb.span, remedy: "help", isSyntax: true)
        }
        if cell.asksForHelp, let help = registry["help"] {
            return try steer(helpCell(for: cell), with: help, shown: cell)
        }
        let bound = try ParameterBinding.bind(cell, parameters: parameterValues, grammar: registry.grammar)
        if verb.signature.cellClass == .shell { return try steer(bound, with: verb, shown: cell) }
        guard let worker = verb as? any WorkspaceVerb.Type else { return try steer(bound, with: verb, shown: cell) }
        let run = try execute(bound, typed: cell, with: worker, in: workspace, number: nextNumber)
        items.append(.cell(run))
        workspace = run.after
        undone = []
        return run.report
    }

    /// The same cell as typed, asking `help VERB`.
    private func helpCell(for cell: CellSyntax) -> CellSyntax {
        CellSyntax(source: cell.source, line: cell.line, verb: Name("help", cell.verb.span), operands: ["topic": .name(cell.verb)])
    }

    private mutating func steer(_ cell: CellSyntax, with verb: any Verb.Type, shown: CellSyntax) throws -> CellReport {
        let call = Call(cell: cell, signature: verb.signature, number: nextNumber)
        var blocks: [Block] = []
        if let steering = verb as? any SessionVerb.Type {
            blocks = try steering.run(call, in: &self)
        } else if let worker = verb as? any WorkspaceVerb.Type {
            var context = makeContext(workspace, cell: cell, number: nextNumber)
            blocks = try worker.run(call, in: &context)
        }
        return CellReport(number: nextNumber, line: shown.line, source: shown.source, blocks: blocks)
    }

    /// Runs a cell of the workspace; on success effects are kept, on failure nothing is.
    mutating func execute(
        _ bound: CellSyntax, typed: CellSyntax, with verb: any WorkspaceVerb.Type, in start: Workspace, number: Int
    ) throws -> CellRun {
        var context = makeContext(start, cell: typed, number: number)
        let call = Call(cell: bound, signature: verb.signature, number: number)
        for name in ParameterNames.used(in: typed) { context.read(.parameter(name)) }
        let blocks = try blocks(of: call, by: verb, in: &context)
        effects = context.effects
        return CellRun(
            number: number, syntax: typed, blocks: blocks, seconds: 0, reads: context.reads, writes: context.writes,
            filesRead: context.filesRead, filesWritten: context.filesWritten, isStale: false, before: start, after: context.workspace)
    }

    /// What the verb answers; when the cell is refused, everything that is wrong with it is told at once.
    private func blocks(of call: Call, by verb: any WorkspaceVerb.Type, in context: inout Context) throws -> [Block] {
        let fresh = context
        do {
            if let own = Diagnostics(verb.faults(of: call)) { throw own }
            return try verb.run(call, in: &context)
        } catch let interrupted as Interrupted {
            throw interrupted
        } catch {
            context = fresh
            throw CellFaults.together(error, ArgumentFaults.find(in: call, context: &context), in: call.cell)
        }
    }

    private func makeContext(_ workspace: Workspace, cell: CellSyntax, number: Int) -> Context {
        var start = workspace
        start.givenParameters = givenParameters
        return Context(
            workspace: start, effects: effects, world: world, cache: cache, registry: registry, cellNumber: number,
            source: cell.source, words: registry.grammar.words(of: cell), baseFolder: baseFolder)
    }

    var parameterValues: [String: Argument] {
        Dictionary(workspace.parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }
}
