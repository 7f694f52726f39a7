extension FittedRecipe {
    /// Columns after all steps that a `select` left out of the features, each with the reason. What only rewrites such a column
    /// (scale, encode, rename) leaves it out still; what is derived from it under a new name is a new column.
    /// - Parameter columns: columns of the table before all steps.
    package func deselected(columns: [String]) -> [String: String] {
        var present = columns
        var result: [String: String] = [:]
        for entry in entries {
            let dependencies = entry.dependencies(in: present)
            let removed = entry.specification.step.removes(in: present)
            let effect = entry.specification.step.effect
            let before = result
            for name in removed { result[name] = nil }
            for (name, inputs) in dependencies {
                let isInPlace = inputs.contains(name)
                let isRewritten = effect == .recodes || effect == .carries
                let source = isInPlace ? name : isRewritten && inputs.allSatisfy { before[$0] != nil } ? inputs.sorted().first : nil
                result[name] = source.flatMap { before[$0] }
            }
            if let select = entry.step as? FittedSelect { for item in select.leftOut { result[item.column] = item.reason } }
            present = ColumnReach.names(after: present, made: dependencies.keys.sorted(), removed: removed)
        }
        return result
    }
}

extension Recipe {
    /// Whether any step learns from rows.
    package var learns: Bool { entries.contains { $0.step.learns } }
}
