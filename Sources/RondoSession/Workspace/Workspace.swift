package import RondoLanguage
package import RondoLifecycle

/// Everything a session has made so far, as a value: undo puts an earlier one back.
package struct Workspace: Sendable {
    /// In order of appearance.
    package private(set) var tables: [Table] = []
    package var currentTable: String?
    package private(set) var models: [TrainedModel] = []
    /// The model named by `choose`.
    package var chosenModel: String?
    package var goal: Goal?
    package private(set) var parameters: [Parameter] = []
    package var settings = Settings()
    package var notes: [RegisterNote] = []
    /// Releases made by this session, newest last.
    package private(set) var releases: [Release] = []
    /// Every fit and every trial of a search, by cell.
    package private(set) var runs: [ModelRun] = []

    /// `param rows = 500 about "how many"`.
    package struct Parameter: Sendable, Hashable {
        package let name: String
        package let value: Argument
        package let about: String?

        package init(name: String, value: Argument, about: String?) {
            self.name = name
            self.value = value
            self.about = about
        }
    }

    /// A release as this session made it.
    package struct Release: Sendable {
        package let name: String
        package let version: Int
        package let digest: String
        package let bundle: Bundle

        package init(name: String, version: Int, digest: String, bundle: Bundle) {
            self.name = name
            self.version = version
            self.digest = digest
            self.bundle = bundle
        }
    }

    /// Raw values given on the command line (`--set rows=500`), used in place of a parameter's default.
    package var givenParameters: [String: String] = [:]

    package init() {}

    package func table(_ name: String) -> Table? { tables.first { $0.name == name } }
    package func model(_ name: String) -> TrainedModel? { models.first { $0.name == name } }
    package func parameter(_ name: String) -> Parameter? { parameters.first { $0.name == name } }
    package func release(_ name: String) -> Release? { releases.last { $0.name == name } }

    /// The chosen model, else the last fitted.
    package var defaultModel: TrainedModel? { chosenModel.flatMap(model) ?? models.last }

    package mutating func set(_ table: Table) {
        if let position = tables.firstIndex(where: { $0.name == table.name }) { tables[position] = table } else { tables.append(table) }
    }
    /// A model fitted again under a used name becomes the last fitted.
    package mutating func set(_ model: TrainedModel) {
        models.removeAll { $0.name == model.name }
        models.append(model)
    }
    package mutating func set(_ parameter: Parameter) {
        if let position = parameters.firstIndex(where: { $0.name == parameter.name }) {
            parameters[position] = parameter
        } else {
            parameters.append(parameter)
        }
    }
    package mutating func set(_ release: Release) {
        releases.removeAll { $0.name == release.name }
        releases.append(release)
    }

    /// Replaces what a cell has tried; the runs stay in the order of their cells.
    package mutating func set(_ made: [ModelRun], ofCell cell: Int) {
        runs = runs.filter { $0.cell < cell } + made + runs.filter { $0.cell > cell }
    }

    /// Takes one piece over from another workspace, absent pieces too.
    package mutating func take(_ dependency: Dependency, from other: Workspace) {
        switch dependency {
        case .table(let name): if let table = other.table(name) { set(table) } else { tables.removeAll { $0.name == name } }
        case .currentTable: currentTable = other.currentTable
        case .model(let name): if let model = other.model(name) { set(model) } else { models.removeAll { $0.name == name } }
        case .chosenModel: chosenModel = other.chosenModel
        case .goal: goal = other.goal
        case .parameter(let name): if let parameter = other.parameter(name) { set(parameter) }
        case .settings: settings = other.settings
        case .notes: notes = other.notes
        case .release(let name): if let release = other.release(name) { set(release) }
        case .runs(let cell): set(other.runs.filter { $0.cell == cell }, ofCell: cell)
        }
    }
}
