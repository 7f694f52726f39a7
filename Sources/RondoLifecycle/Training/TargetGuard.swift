package import RondoRecipes

/// Keeps what contains the target out of the features.
package struct TargetGuard: Sendable {
    /// Columns that contain the target, the target itself included.
    package let tainted: Set<String>
    /// Columns that the target taught without entering them: codes in which no row sees its own target.
    package let taught: Set<String>

    /// - Parameters:
    ///   - columns: columns of the loaded rows.
    ///   - target: the target by its name after all steps; what it was renamed or derived from is found through the recipe.
    package init(target: String, recipe: FittedRecipe, columns: [String]) {
        let origins = recipe.inputs(of: [target], columns: columns)
        let (taught, leaked) = recipe.taught(columns: columns)
        self.taught = taught
        tainted = recipe.reached(from: origins.isEmpty ? [target] : origins, columns: columns).union([target]).union(leaked)
    }
}
