package import RondoFrame
package import RondoKernels
package import RondoRecipes

/// A table with its recipe carried out: what `describe` shows and `fit` starts from.
package struct PreparedTable: Sendable {
    private let values: TableValues
    /// The columns whose values in `frame` are not the known ones, each with the step that rewrote it first, in words.
    package let recoded: [String: String]
    package let recipe: FittedRecipe

    private init(_ values: TableValues, recoded: [String: String], recipe: FittedRecipe) {
        self.values = values
        self.recoded = recoded
        self.recipe = recipe
    }

    package var frame: Frame { values.frame }
    /// The values as the user knows them, before scales, codes and learned fillings: what conditions and groups read.
    package var known: Frame { values.known }

    /// Rows without any step.
    package init(_ rows: Frame) { self.init(TableValues(rows), recoded: [:], recipe: FittedRecipe([])) }

    /// A table through its whole recipe, learned from these rows alone.
    package init(_ table: Table, learningFrom rows: [Int32], context: ComputeContext) throws {
        self = try table.recipe.entries.reduce(PreparedTable(table.rows)) {
            try $0.extended(by: $1, learningFrom: rows, context: context)
        }
    }

    /// After one more step.
    /// - Parameter rows: the rows it learns from; nil means all.
    package func extended(by specification: Recipe.Entry, learningFrom rows: [Int32]?, context: ComputeContext) throws -> PreparedTable {
        try context.cancellation.check()
        var after = values
        let entry = try after.fit(specification, rows: rows, context: context)
        return PreparedTable(
            after, recoded: entry.recoded(recoded, in: frame.names), recipe: FittedRecipe(recipe.entries + [entry]))
    }
}
