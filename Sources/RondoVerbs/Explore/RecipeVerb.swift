import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `recipe`, `recipe forest`: every column step, who added it and what it learned.
package enum RecipeVerb: WorkspaceVerb {
    static let thing = Operand("thing", .thing, "a table or model (the current table)", optional: true)

    package static let signature = Signature(
        "recipe", phase: .explore, class: .look,
        summary: "Shows every column step of a table or model: who added it, and what it learned.",
        searchWords: ["steps", "pipeline", "preprocessing", "transformations", "learned"],
        operands: [thing], clauses: [SharedClauses.from],
        examples: [
            Example(
                "recipe", after: ["load demo \"house_sales\" as sales rows 500", "impute sqft median by type"],
                "The medians that fill the gaps."),
            Example(
                "recipe model linear",
                after: ["load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on", "fit linear"],
                "The user's steps and those that fit added."),
        ], seeAlso: ["describe", "fit", "explain"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        if let thing = call[thing], let model = try model(thing, in: &context) {
            return blocks(model, of: context.workspace.table(model.table))
        }
        let table: Table
        if let thing = call[thing] {
            table = try context.table(named: thing.name)
        } else {
            table = try context.table(from: call[SharedClauses.from])
        }
        let prepared = try context.prepared(table)
        guard !prepared.recipe.entries.isEmpty else {
            return [.text(TextBlock("\(SlotText.escaped(table.name)) has no column steps yet: impute, encode, derive, scale add them"))]
        }
        return [.table(RecipeTable.block(prepared.recipe, caption: "recipe of \(table.name)"))] + learned(prepared.recipe, of: table)
    }

    private static func model(_ thing: Thing, in context: inout Context) throws -> TrainedModel? {
        if thing.kindWord == .table { return nil }
        if thing.kindWord == nil, context.workspace.table(thing.name.value) != nil { return nil }
        return try context.model(named: thing.name)
    }

    private static func blocks(_ model: TrainedModel, of table: Table?) -> [Block] {
        var blocks: [Block] = [.table(RecipeTable.block(model.recipe, caption: "recipe of \(model.name)"))]
        if !model.leftOut.isEmpty {
            blocks.append(
                .table(
                    TableBlock(
                        caption: "left out of \(model.name)", columns: [.init("column", "text", .plain), .init("reason", "text", .plain)],
                        rows: model.leftOut.map { [.text($0.column), .text($0.reason)] })))
        }
        return blocks + learned(model.recipe, of: table)
    }

    /// What each step learned; of steps that read private columns only that it is not shown.
    private static func learned(_ recipe: FittedRecipe, of table: Table?) -> [Block] {
        let hidden = table.map { Set($0.facts.privateColumns).union($0.privateColumns) } ?? []
        var (blocks, secret): ([Block], [String]) = ([], [])
        var present = table?.rows.names ?? []
        for entry in recipe.entries {
            let step = entry.specification.step
            let dependencies = entry.dependencies(in: present)
            let read = dependencies.values.reduce(into: step.removes(in: present)) { $0.formUnion($1) }.union(dependencies.keys)
            present = Array(Set(present).subtracting(step.removes(in: present)).union(dependencies.keys)).sorted()
            guard let learned = entry.step.learned else { continue }
            let found = read.intersection(hidden).sorted()
            if found.isEmpty { blocks.append(.table(learned)) } else { secret += found.filter { !secret.contains($0) } }
        }
        guard !secret.isEmpty else { return blocks }
        return blocks + [.text(TextBlock(SlotText.escaped("private, what was learned from it is not shown: \(NameList.words(secret))")))]
    }
}
