/// What a model family can learn.
package enum TaskKind: String, Sendable, Hashable, CaseIterable, Codable {
    case regression
    /// Two classes.
    case binary
    /// Three classes or more.
    case multiclass
    /// No target: looking for groups.
    case grouping
    case ranking
}

/// The declaration of a model family: its name, tasks, needs and parameters.
package struct FamilySignature: Sendable, Hashable {
    package let name: String
    package let summary: String
    /// Markdown: objective, notes, source (paper or textbook section).
    package let details: String
    package let searchWords: [String]
    package let tasks: Set<TaskKind>
    package let parameters: [ParameterShape]
    /// Whether features must be numbers without gaps (else categories and gaps are taken as they are).
    package let needsNumbers: Bool
    /// Whether a visible automatic step standardises the features.
    package let needsScale: Bool
    /// Which columns that describe items a recommender reads.
    package let content: ItemContent
    /// What a person can read of a fitted model: equation, rules, importances.
    package let readable: String

    package init(
        _ name: String, summary: String, details: String = "", searchWords: [String] = [], tasks: Set<TaskKind>,
        parameters: [ParameterShape] = [], needsNumbers: Bool, needsScale: Bool = false, content: ItemContent = .none,
        readable: String
    ) {
        self.name = name
        self.summary = summary
        self.details = details
        self.searchWords = searchWords
        self.tasks = tasks
        self.parameters = parameters
        self.needsNumbers = needsNumbers
        self.needsScale = needsScale
        self.content = content
        self.readable = readable
    }
}

/// What a recommender reads of items, beside who had to do with them.
package enum ItemContent: Sendable, Hashable {
    case none
    /// The columns that its parameters name.
    case named
    /// Those of `using`, else every column with one value an item.
    case describing
}

/// A parameter of a family or function, with its limits as data: messages and invalid test values come from them.
package struct ParameterShape: Sendable, Hashable {
    package enum Domain: Sendable, Hashable {
        /// Whole numbers in `lower...upper`.
        case integer(lower: Int64, upper: Int64)
        /// Real numbers in `lower...upper`; the lower end counts when `includesLower`.
        case number(lower: Double, upper: Double, includesLower: Bool)
        case choice([String])
        /// Fitted models of the session; what they are made of stands in `FamilyOptions.parts`.
        case models
        /// A column of the table.
        case column
    }
    package let name: String
    package let domain: Domain
    /// The default as a user would type it; nil when "not limited" or "by the task" (the summary says which).
    package let defaultText: String?
    package let summary: String

    package init(_ name: String, _ domain: Domain, default defaultText: String?, summary: String) {
        self.name = name
        self.domain = domain
        self.defaultText = defaultText
        self.summary = summary
    }

    /// The kind of the clause's value.
    package var kind: Kind {
        switch domain {
        case .integer: .integer
        case .number: .number
        case .choice(let words): .choice(words)
        case .models: .models
        case .column: .column
        }
    }

    /// Values just outside the limits, as typed: tests expect each to be refused.
    package var samplesOutside: [String] {
        switch domain {
        case .integer(let lower, let upper):
            (lower > 0 ? [String(lower - 1)] : []) + (upper < Int64.max ? [String(upper + 1)] : [])
        case .number(let lower, let upper, let includesLower):
            (includesLower ? ["\(lower - 1)"] : ["\(lower)"]).filter { _ in lower > -Double.infinity }
                + (upper < Double.infinity ? ["\(upper * 2 + 1)"] : [])
        case .choice: ["nonsense"]
        case .models, .column: []
        }
    }
}

/// Options of a family as given by the user, still unchecked: numbers and words by parameter name.
package struct FamilyOptions: Sendable, Hashable, Codable {
    package enum Value: Sendable, Hashable, Codable {
        case integer(Int64)
        case number(Double)
        case word(String)
    }
    package var values: [String: Value]
    /// The models that a family puts together, as they were asked for: each is fitted again with the whole.
    package var parts: [Part]

    package struct Part: Sendable, Hashable, Codable {
        package let name: String
        package let family: String
        package let options: FamilyOptions
        /// The columns it learned from, beside those that every model of the goal reads.
        package let columns: [String]

        package init(name: String, family: String, options: FamilyOptions, columns: [String]) {
            self.name = name
            self.family = family
            self.options = options
            self.columns = columns
        }
    }

    package init(_ values: [String: Value] = [:], parts: [Part] = []) {
        self.values = values
        self.parts = parts
    }
}

/// All that the parser must know: verbs and families (functions and metrics are bound later).
package struct GrammarRegistry: Sendable {
    package let verbs: [Signature]
    package let families: [FamilySignature]

    package init(verbs: [Signature], families: [FamilySignature]) {
        self.verbs = verbs
        self.families = families
    }

    package func verb(_ name: String) -> Signature? { verbs.first { $0.name == name } }
    package func family(_ name: String) -> FamilySignature? { families.first { $0.name == name } }
}
