import RondoKernels
package import RondoReport

/// A recipe as a table: step by step, who added it and what it learned in short.
package enum RecipeTable {
    package static func block(_ recipe: FittedRecipe, caption: String = "recipe") -> TableBlock {
        block(recipe.entries.map { ($0.specification, $0.step.summary) }, caption: caption)
    }

    /// The recipe before anything is learned.
    package static func block(_ recipe: Recipe, caption: String = "recipe") -> TableBlock {
        block(recipe.entries.map { ($0, $0.step.learns ? "not learned yet" : nil) }, caption: caption)
    }

    private static func block(_ entries: [(specification: Recipe.Entry, learned: String?)], caption: String) -> TableBlock {
        TableBlock(
            caption: caption,
            columns: [
                .init("step", "integer", .plain), .init("text", "text", .plain), .init("added_by", "text", .plain),
                .init("learned", "text", .plain),
            ],
            rows: entries.enumerated().map { position, entry in
                let origin =
                    switch entry.specification.origin {
                    case .cell: "cell"
                    case .automatic(let reason): "fit: \(reason)"
                    }
                return [Scalar(position + 1), .text(entry.specification.text), .text(origin), entry.learned.map(Scalar.text) ?? .missing]
            })
    }
}
