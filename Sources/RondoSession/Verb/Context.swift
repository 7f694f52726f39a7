import RondoFrame
package import RondoKernels
package import RondoLanguage
package import RondoLifecycle
import RondoRecipes

/// What a verb works on: the workspace, the world, and a record of what it read and wrote.
package struct Context {
    package private(set) var workspace: Workspace
    package var effects: EffectLog
    package let world: World
    package let cache: PreparationCache
    package let registry: VerbRegistry
    /// Number of the cell, from 1, and its source.
    package let cellNumber: Int
    package let source: String
    /// Words that mean something in this cell beside names.
    package let words: [String]
    /// Folder that relative paths start from; empty for the working folder.
    package let baseFolder: String
    package private(set) var reads: Set<Dependency> = []
    package private(set) var writes: Set<Dependency> = []
    /// Files read, for the session's record.
    package private(set) var filesRead: [Table.SourceFile] = []
    /// Files written, with the digest of what was written.
    package private(set) var filesWritten: [Table.SourceFile] = []

    package init(
        workspace: Workspace, effects: EffectLog, world: World, cache: PreparationCache, registry: VerbRegistry, cellNumber: Int,
        source: String, words: [String], baseFolder: String
    ) {
        self.workspace = workspace
        self.effects = effects
        self.world = world
        self.cache = cache
        self.registry = registry
        self.cellNumber = cellNumber
        self.source = source
        self.words = words
        self.baseFolder = baseFolder
    }

    package var compute: ComputeContext {
        let limit = workspace.settings.threads.map(ThreadCount.init)
        let context = world.compute
        guard let limit, limit.value < context.threads.value else { return context }
        return context.with(threads: limit)
    }

    package mutating func read(_ dependency: Dependency) {
        if !writes.contains(dependency) { reads.insert(dependency) }
    }
    private mutating func wrote(_ dependency: Dependency) { writes.insert(dependency) }

    // MARK: Tables

    /// The table of this name; a fault that names the nearest one otherwise.
    package mutating func table(named name: Name) throws -> Table {
        read(.table(name.value))
        guard let table = workspace.table(name.value) else {
            throw SessionNames.unknownTable(name, known: workspace.tables.map(\.name), source: source)
        }
        return table
    }

    /// The current table.
    package mutating func currentTable() throws -> Table {
        read(.currentTable)
        guard let name = workspace.currentTable, let table = workspace.table(name) else {
            throw Diagnostic(
                "R0202", "there is no table yet", span: nil, remedy: "load demo \"house_sales\" as sales")
        }
        read(.table(name))
        return table
    }

    /// The table named by `from`, else the current one. Steps need a table of the session: a file is refused with a remedy.
    package mutating func table(from source: Source?) throws -> Table {
        switch source {
        case nil: return try currentTable()
        case .table(let name): return try table(named: name)
        case .file(let file):
            throw Diagnostic(
                "R0226", "a step needs a table of the session, not a file", span: file.span,
                remedy: "load \(TextLiteral.written(file.value))")
        }
    }

    package mutating func set(_ table: Table) {
        workspace.set(table)
        wrote(.table(table.name))
    }

    package mutating func makeCurrent(_ name: String) {
        workspace.currentTable = name
        wrote(.currentTable)
    }

    /// The table through its recipe.
    package func prepared(_ table: Table) throws -> PreparedTable { try cache.prepared(table, context: compute) }

    // MARK: Models, goal, releases

    package mutating func goal() -> Goal? {
        read(.goal)
        return workspace.goal
    }

    /// The goal; a fault when there is none.
    package mutating func requiredGoal(for verb: String) throws -> Goal {
        guard let goal = goal() else {
            throw Diagnostic(
                "R0401", "\(verb) needs a goal", span: nil,
                remedy: "goal predict COLUMN")
        }
        return goal
    }

    package mutating func set(_ goal: Goal) {
        workspace.goal = goal
        wrote(.goal)
    }

    package mutating func model(named name: Name) throws -> TrainedModel {
        read(.model(name.value))
        guard let model = workspace.model(name.value) else {
            throw SessionNames.unknownModel(name, known: workspace.models.map(\.name), source: source)
        }
        return model
    }

    /// The model named, else the chosen, else the last fitted.
    package mutating func model(_ thing: Thing?) throws -> TrainedModel {
        if let thing { return try model(named: thing.name) }
        read(.chosenModel)
        guard let model = workspace.defaultModel else {
            let family = workspace.goal?.recommendation == nil ? "linear" : "popularity"
            throw Diagnostic("R0402", "there is no model yet", span: nil, remedy: "fit \(family)")
        }
        read(.model(model.name))
        return model
    }

    package mutating func models() -> [TrainedModel] {
        for model in workspace.models { read(.model(model.name)) }
        return workspace.models
    }

    package mutating func set(_ model: TrainedModel) {
        workspace.set(model)
        wrote(.model(model.name))
    }

    package mutating func choose(_ name: String) {
        workspace.chosenModel = name
        wrote(.chosenModel)
    }

    package mutating func set(_ parameter: Workspace.Parameter) {
        workspace.set(parameter)
        wrote(.parameter(parameter.name))
    }

    package mutating func changeSettings(_ change: (inout Settings) throws -> Void) rethrows {
        try change(&workspace.settings)
        wrote(.settings)
    }

    package mutating func settings() -> Settings {
        read(.settings)
        return workspace.settings
    }

    package mutating func notes() -> [RegisterNote] {
        read(.notes)
        return workspace.notes
    }

    package mutating func set(_ notes: [RegisterNote]) {
        workspace.notes = notes
        wrote(.notes)
    }

    package mutating func set(_ release: Workspace.Release) {
        workspace.set(release)
        wrote(.release(release.name))
    }

    /// Every fit and trial so far.
    package mutating func runs() -> [ModelRun] {
        for cell in Set(workspace.runs.map(\.cell)) { read(.runs(cell)) }
        return workspace.runs
    }

    /// Keeps what this cell has tried, in the workspace and among what undo does not take back.
    package mutating func record(_ runs: [ModelRun]) {
        workspace.set(runs, ofCell: cellNumber)
        effects.append(runs)
        wrote(.runs(cellNumber))
    }

    /// Seed of a cell's random stream: that of the clause, else that of the session.
    package mutating func seed(_ literal: SpannedLiteral?) -> UInt64 {
        if case .integer(let value)? = literal?.value { return UInt64(bitPattern: value) }
        return settings().seed
    }

    // MARK: Files

    /// The path that a relative one means.
    package func path(_ name: String) -> String {
        baseFolder.isEmpty || name.hasPrefix("/") ? name : baseFolder + "/" + name
    }

    /// The bytes of a file, which is not recorded.
    func openFile(_ name: String) throws -> FileContent {
        WebFile.isAddress(name) ? try world.fetch(name, world.cancellation) : try world.files.read(path(name))
    }

    /// Reads a file and records its size and digest.
    package mutating func readFile(_ name: String) throws -> FileContent {
        let content = try openFile(name)
        filesRead.append(Table.SourceFile(name: name, byteCount: content.bytes.count, sha256: try SHA256Digest.hex(of: content.bytes)))
        return content
    }

    /// Records something read that is no file: a release of the workspace.
    package mutating func recordRead(_ file: Table.SourceFile) { filesRead.append(file) }

    /// Writes a file whole and records it as an effect.
    package mutating func writeFile(_ name: String, _ bytes: [UInt8]) throws {
        try world.files.write(path(name), bytes)
        let digest = try bytes.withUnsafeBytes { try SHA256Digest.hex(of: $0) }
        filesWritten.append(Table.SourceFile(name: name, byteCount: bytes.count, sha256: digest))
        effects.append(.init(kind: .fileWritten, source: source, words: "\(name) was written"))
    }
}
