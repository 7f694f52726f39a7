extension FittedRecipe {
    /// These columns and all that went into them under every name on the way, back to the columns before all steps.
    package func ancestors(of wanted: Set<String>, columns: [String]) -> Set<String> {
        var present = columns
        var made: [[String: Set<String>]] = []
        for entry in entries {
            let dependencies = entry.dependencies(in: present)
            made.append(dependencies)
            present = ColumnReach.names(
                after: present, made: dependencies.keys.sorted(), removed: entry.specification.step.removes(in: present))
        }
        var found = wanted
        for dependencies in made.reversed() { for name in found { found.formUnion(dependencies[name] ?? []) } }
        return found
    }
}
