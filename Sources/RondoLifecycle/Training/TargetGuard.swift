package import RondoRecipes

/// Keeps what contains the target out of the features.
package struct TargetGuard: Sendable {
    /// Columns that contain the target, the target itself included.
    package let tainted: Set<String>

    /// - Parameters:
    ///   - columns: columns of the loaded rows.
    ///   - target: the target by its name after all steps; its name before renames is found through the recipe.
    package init(target: String, recipe: Recipe, columns: [String]) {
        let origins = TargetGuard.origins(of: target, recipe: recipe, columns: columns)
        var tainted = recipe.reached(from: origins, columns: columns)
        tainted.insert(target)
        self.tainted = tainted
    }

    /// Loaded columns that the target is made of or renamed from.
    private static func origins(of target: String, recipe: Recipe, columns: [String]) -> Set<String> {
        let inputs = recipe.inputs(of: [target], columns: columns)
        return inputs.isEmpty ? [target] : inputs
    }
}

extension Recipe {
    /// Loaded columns that go into any of these columns, through all steps.
    package func inputs(of wanted: Set<String>, columns: [String]) -> Set<String> {
        var present = columns
        var dependenciesByStep: [[String: Set<String>]] = []
        for entry in entries {
            let dependencies = entry.step.dependencies(in: present)
            dependenciesByStep.append(dependencies)
            let removed = entry.step.removes(in: present)
            present = present.filter { !removed.contains($0) }
            present += dependencies.keys.filter { !present.contains($0) }.sorted()
        }
        var needed = wanted
        for dependencies in dependenciesByStep.reversed() {
            for (column, inputs) in dependencies where needed.contains(column) {
                needed.remove(column)
                needed.formUnion(inputs)
            }
        }
        return needed.intersection(columns)
    }
}
