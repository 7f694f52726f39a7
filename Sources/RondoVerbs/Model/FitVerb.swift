import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLearning
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `fit forest trees 200`: fits a family of models on the training rows.
package enum FitVerb: WorkspaceVerb {
    static let family = Operand("family", .family, "which kind of model")
    static let using = Clause("using", .columns, "the features (every column that may be one)")
    static let without = Clause(
        "without", .columns, "columns left out; without intercept leaves out the constant", scope: .table(words: ["intercept"]))
    static let weights = Clause("weights", .column, "a column of case weights")
    static let target = Clause(
        "target", .choice(["plain", "log"]), "what is learned: the target, or its logarithm; answers are in its own units (plain)")
    static let new = Clause("as", .newName, "name of the model (that of its family)")

    package static let signature = Signature(
        "fit", phase: .model, class: .model,
        summary: "Fits a model on the training rows, adds the steps its family needs, and judges it on validation.",
        details: """
            What is learned is learned from the training rows alone. Columns that contain the target, identifiers, long text and \
            constants are left out by name. A fit under a used name replaces the model and says so. `target log` learns the logarithm of \
            the target and answers its mean (Duan's smearing estimate); `loss absolute` and `loss quantile` stay medians and quantiles.
            """,
        searchWords: ["train", "model", "regression", "classify", "learn", "forest", "linear"],
        operands: [family],
        clauses: [
            using, without, weights, target, SharedClauses.condition, SharedClauses.part, new, SharedClauses.seed, SharedClauses.from,
        ],
        examples: [
            Example(
                "fit linear", after: ["load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on"],
                "A straight line through every usable column."),
            Example(
                "fit forest using sqft, type, zip trees 20 as small",
                after: ["load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on"],
                "Twenty trees on three columns, under a name of its own."),
            Example(
                "fit linear target log",
                after: ["load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on"],
                "Every column multiplies the price; answers are prices."),
        ], seeAlso: ["score", "compare", "explain", "recipe"])

    package static func faults(of call: Call) -> [Diagnostic] {
        guard let name = call[family], let family = ModelFamilies.named(name.value)?.signature else { return [] }
        return call.familyParameters(of: family).compactMap { FitReading.fault($0.clause, $0.parameter, family) }
    }

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let goal = try context.requiredGoal(for: "fit")
        let table = try context.table(from: call[SharedClauses.from])
        let prepared = try context.prepared(table)
        let specification = try FitReading.specification(call, table: table, frame: prepared.frame, in: &context)
        let (rows, part) = try FitReading.rows(call, table: table, prepared: prepared, goal: goal, in: &context)
        let trained = try FitReading.prepared(table, prepared, rows: rows, part: call[SharedClauses.part]?.value, context: context.compute)
        let started = context.world.elapsed()
        var model = try Trainer.train(
            specification, table: table, prepared: trained, aim: goal.aim, rows: rows, trainedOn: part, context: context.compute)
        model.fitSeconds = context.world.elapsed() - started
        if let split = table.split, context.effects.openings(of: split.seal) > 0 {
            model.marks.append("chosen after the test part was seen")
        }
        if let mark = TunedGrid.mark(model, runs: context.runs()) { model.marks.append(mark) }
        let replaces = context.workspace.model(model.name) != nil
        context.set(model)
        var run = ModelRun(
            kind: .fit, cell: context.cellNumber, number: 1, model: model.name, family: model.family.name, table: table.name,
            options: model.specification.options, target: model.target.column)
        run.seconds = model.fitSeconds
        let blocks = try FitReport.blocks(
            model, table: table, prepared: trained, target: goal.target, replaces: replaces, run: &run, in: &context)
        context.record([run])
        return blocks
    }
}
