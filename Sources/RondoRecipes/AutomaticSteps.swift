package import RondoFrame
import RondoKernels

/// What a family of models asks of its features.
package struct FamilyNeeds: Sendable, Hashable {
    /// Numbers without gaps; else categories, dates (as days) and gaps are taken as they are.
    package let numbers: Bool
    /// Numbers of one scale.
    package let scale: Bool
    /// The family's name, for reasons.
    package let family: String
    /// More levels than this and a category is left out.
    package let maximumLevels: Int

    package init(family: String, numbers: Bool, scale: Bool, maximumLevels: Int? = nil) {
        self.family = family
        self.numbers = numbers
        self.scale = scale
        self.maximumLevels = maximumLevels ?? (numbers ? 50 : 1_000)
    }
}

/// The visible steps that `fit` adds so that a family can work with the features there are.
package enum AutomaticSteps {
    /// Columns to leave out, each with its reason: those that name rows, long text, constants, too many levels, and moments for
    /// families that need numbers. Columns in `named` were asked for by name and stay as long as the family can take them.
    package static func leftOut(_ roles: [ColumnRole], needs: FamilyNeeds, named: Set<String> = []) -> [TakeOutStep.Item] {
        roles.compactMap { role in
            let reason: String? =
                switch role.kind {
                case .identifier, .freeText, .constant: named.contains(role.column) ? nil : role.reason
                case .category: role.distinct > needs.maximumLevels && !named.contains(role.column) ? role.reason : nil
                case .date: needs.numbers ? "\(role.reason); derive year(…) or month(…) to use it" : nil
                case .number, .truth: nil
                }
            return reason.map { TakeOutStep.Item(column: role.column, reason: $0) }
        }
    }

    /// The steps to add after the user's recipe for these features (those left out are not among them).
    ///
    /// Numbers get their median and, where asked, a standard scale; truth values the most frequent; categories with gaps a level
    /// "missing", then one column a level; sparse columns stay as they are. Medians and scales cover features without gaps in training too: new rows may have some.
    package static func plan(_ roles: [ColumnRole], needs: FamilyNeeds) -> [Recipe.Entry] {
        guard needs.numbers else { return [] }
        // Sparse columns have no gaps, and would be sparse no longer once they were centred.
        let numbers = roles.filter { !$0.type.isText && $0.type != .truth && !$0.type.isMoment && !$0.isSparse }.map(\.column)
        let truths = roles.filter { $0.type == .truth }.map(\.column)
        let words = roles.filter { $0.type.isText }
        let gaps = words.filter { $0.missing > 0 }.map(\.column)
        var entries: [Recipe.Entry] = []
        func add(_ step: any RecipeStep, _ reason: String, _ text: String) {
            entries.append(Recipe.Entry(step, origin: .automatic("\(needs.family) \(reason)"), text: text))
        }
        if !numbers.isEmpty {
            add(ImputeStep(numbers, .median), "needs numbers without gaps", "impute \(CellText.names(numbers)) median")
        }
        if !truths.isEmpty {
            add(ImputeStep(truths, .mode), "needs numbers without gaps", "impute \(CellText.names(truths)) mode")
        }
        if !gaps.isEmpty {
            add(ImputeStep(gaps, .constant(.text("missing"))), "takes a gap as a level", "impute \(CellText.names(gaps)) with \"missing\"")
        }
        if needs.scale, !numbers.isEmpty {
            add(ScaleStep(numbers, .standard), "needs one scale", "scale \(CellText.names(numbers)) standard")
        }
        if !words.isEmpty {
            let names = words.map(\.column)
            add(EncodeOneHotStep(names), "needs numbers", "encode \(CellText.names(names)) onehot")
        }
        return entries
    }

    /// The features after the added steps: each in its old place, or the columns that were made from it.
    /// - Parameter recipe: what `plan` gave, learned.
    package static func features(_ features: [String], after recipe: FittedRecipe, in frame: Frame) -> [String] {
        let inputs = recipe.entries.reduce(into: [String: Set<String>]()) { $0.merge($1.step.expanded) { $0.union($1) } }
        var made: [String: [String]] = [:]
        for name in frame.names { for source in inputs[name] ?? [] { made[source, default: []].append(name) } }
        return features.flatMap { feature in made[feature] ?? (frame[feature] == nil ? [] : [feature]) }
    }
}
