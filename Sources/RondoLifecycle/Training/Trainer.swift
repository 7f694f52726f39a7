import RondoFrame
package import RondoKernels
package import RondoLanguage
import RondoLearning
import RondoRecipes
import RondoSignature

/// Fits a family on rows of a table: features chosen, automatic steps added, everything learned from these rows alone.
package enum Trainer {
    /// - Parameters:
    ///   - prepared: the table through its recipe as learned from `rows`.
    ///   - rows: training rows of the table; rows without a target are left out and counted.
    /// - Throws: `Diagnostic` or `Fault` for a goal, family or data that do not fit; `Interrupted`.
    package static func train(
        _ specification: FitSpecification, table: Table, prepared: PreparedTable, target goalTarget: Target, rows: [Int32],
        trainedOn: String, context: ComputeContext
    ) throws -> TrainedModel {
        let target = try ResolvedTarget(goalTarget, in: prepared.frame, table: table.name)
        try check(specification, fits: target)
        let known = rows.filter { target.isKnown(Int($0)) }
        try check(known, target: target)
        let guarded = TargetGuard(target: target.column, recipe: prepared.recipe, columns: table.rows.names)
        let choice = try FeatureChoice(
            specification, table: table, prepared: prepared, rows: known, tainted: guarded.tainted, target: target.column, context: context)
        let automatic = Recipe(
            AutomaticSteps.plan(
                choice.roles,
                needs: FamilyNeeds(
                    family: specification.family.name, numbers: specification.family.needsNumbers, scale: specification.family.needsScale)))
        let (added, frame) = try automatic.fit(prepared.frame, rows: known, context: context)
        let names = AutomaticSteps.features(choice.features, after: added, in: frame)
        let design = try FittedDesign(learningFrom: frame, features: names, rows: known, context: context)
        var remarks = StepRemarks(collects: false)
        let matrix = try design.features(of: frame, rows: known, remarks: &remarks, context: context)
        let values = target.values(known)
        let weights = try caseWeights(specification, frame: prepared.frame, rows: known)
        guard let family = ModelFamilies.named(specification.family.name) else {
            throw Fault("R0405", "there is no family \(specification.family.name)", remedy: "help families")
        }
        let learner = try family.learner(specification.options)
        let given = try family.takesSparse ? matrix : matrix.densified(for: family.signature.name)
        let fitted = try learner.fit(
            TrainingData(features: given, target: values, weights: weights), seed: specification.seed, context: context)
        let recipe = FittedRecipe(prepared.recipe.entries + added.entries)
        let columns = table.rows.names
        let targetInputs = prepared.recipe.inputs(of: [target.column], columns: columns)
        let wanted = recipe.inputs(of: Set(names), columns: columns).subtracting(targetInputs)
        let inputs = zip(columns, table.rows.columns).filter { wanted.contains($0.0) }.map {
            Predictor.InputColumn(name: $0.0, type: $0.1.type)
        }
        let predictor = Predictor(
            recipe: recipe, design: design, fitted: fitted, target: target.description, inputs: inputs,
            targetInputs: targetInputs.union([target.column]))
        return TrainedModel(
            specification: specification, table: table.name, predictor: predictor, features: choice.features, leftOut: choice.leftOut,
            baseline: Baseline(values, weights: weights), trainingRows: known, rowsIdentity: table.rowsIdentity,
            splitIdentity: trainedOn == "train" ? table.split?.identity : nil, trainedOn: trainedOn, marks: [],
            withoutTarget: rows.count - known.count, fitSeconds: 0)
    }

    private static func check(_ specification: FitSpecification, fits target: ResolvedTarget) throws {
        let family = specification.family
        guard family.tasks.contains(target.task) else {
            let fitting = ModelFamilies.signatures.filter { $0.tasks.contains(target.task) }.map(\.name)
            let task = target.isRegression ? "a number to predict (regression)" : "\(target.classes.count) classes"
            throw Diagnostic(
                "R0406", "\(family.name) does not do this task: the goal's target \(target.column) is \(task)", span: nil,
                note: "families for this goal: \(fitting.joined(separator: ", "))", remedy: "fit \(fitting.first ?? "tree")")
        }
    }

    private static func check(_ rows: [Int32], target: ResolvedTarget) throws {
        guard !rows.isEmpty else {
            throw Diagnostic(
                "R0407", "no training row has a value of the target \(target.column)", span: nil, remedy: "describe \(target.column)")
        }
        switch target.values(rows) {
        case .numbers(let values):
            if values.allSatisfy({ $0 == values[0] }) {
                throw Diagnostic(
                    "R0408", "the target \(target.column) is \(Scalar.plain(values[0])) in every training row: there is nothing to learn",
                    span: nil, remedy: "describe \(target.column)")
            }
        case .classes(let codes, let names):
            if codes.allSatisfy({ $0 == codes[0] }) {
                throw Diagnostic(
                    "R0408", "every training row is \(names[Int(codes[0])]): one class cannot be told from another", span: nil,
                    remedy: "count by \(NameText.written(target.column))")
            }
        }
    }

    private static func caseWeights(_ specification: FitSpecification, frame: Frame, rows: [Int32]) throws -> [Double]? {
        guard let name = specification.weights else { return nil }
        guard let column = frame[name], column.type.isNumeric else {
            throw Fault("R0409", "\(name) holds no numbers: it cannot weigh rows", remedy: "weights needs a number column", subject: name)
        }
        let numbers = column.numbers()
        return try rows.map { row in
            let weight = numbers[Int(row)]
            guard weight >= 0 else {
                throw Fault(
                    "R0409", "\(name) is missing or below 0 in row \(row + 1)", remedy: "filter \(name) >= 0 on train", subject: name)
            }
            return weight
        }
    }
}
