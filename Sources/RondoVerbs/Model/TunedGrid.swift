import RondoLearning
import RondoLifecycle
import RondoSession
import RondoSignature

/// What a search has tried, for the models fitted after it.
enum TunedGrid {
    /// `not tried in tune: trees 300 (tried 50, 100, 200)` for a model whose parameters no trial of its family had on this table.
    static func mark(_ model: TrainedModel, runs: [ModelRun]) -> String? {
        let trials = runs.filter {
            $0.kind == .trial && $0.family == model.family.name && $0.table == model.table && $0.target == model.target.column
        }
        guard !trials.isEmpty else { return nil }
        let parameters = model.family.parameters
        let own = parameters.map { effective($0, model.specification.options) }
        let tried = trials.map { trial in parameters.map { effective($0, trial.options) } }
        if tried.contains(own) { return nil }
        let new = parameters.indices.filter { place in !tried.contains { $0[place] == own[place] } }
        guard !new.isEmpty else { return "not tried in tune: these parameters together" }
        let words = new.map { place in
            var values: [String] = []
            for value in tried.map({ $0[place] }) where !values.contains(shown(value)) { values.append(shown(value)) }
            let list = values.prefix(6).joined(separator: ", ") + (values.count > 6 ? ", …" : "")
            return "\(parameters[place].name) \(shown(own[place])) (tried \(list))"
        }
        return "not tried in tune: \(words.joined(separator: ", "))"
    }

    /// The value that a fit works with: the given one, else the default.
    private static func effective(_ parameter: ParameterShape, _ options: FamilyOptions) -> FamilyOptions.Value? {
        options.values[parameter.name].flatMap(parameter.domain.accepting) ?? parameter.defaultText.flatMap(parameter.domain.reading)
    }

    private static func shown(_ value: FamilyOptions.Value?) -> String { value?.text ?? "by default" }
}
