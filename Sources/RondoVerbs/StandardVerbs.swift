package import RondoLearning
package import RondoSession

/// The verbs of Rondo, by phase: one line each.
package enum StandardVerbs {
    package static let all: [any Verb.Type] = define + collect + prepare + explore + model + judge + release + shell

    static let define: [any Verb.Type] = [
        GoalVerb.self,
        ParamVerb.self,
        SetVerb.self,
        NoteVerb.self,
        SettleVerb.self,
    ]
    static let collect: [any Verb.Type] = []
    static let prepare: [any Verb.Type] = []
    static let explore: [any Verb.Type] = []
    static let model: [any Verb.Type] = []
    static let judge: [any Verb.Type] = []
    static let release: [any Verb.Type] = []
    static let shell: [any Verb.Type] = []

    /// Verbs and families together.
    package static let registry = VerbRegistry(all, families: ModelFamilies.signatures)
}
