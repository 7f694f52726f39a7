import RondoFrame
package import RondoKernels
import RondoLanguage
import RondoLearning
import RondoRecipes
import RondoSignature

/// Fits a family on rows of a table: features chosen, automatic steps added, everything learned from these rows alone.
package enum Trainer {
    /// - Parameters:
    ///   - prepared: the table through its recipe as learned from `rows`.
    ///   - aim: what the goal wants learned.
    ///   - rows: training rows of the table; rows without a target are left out and counted.
    /// - Throws: `Diagnostic` or `Fault` for a goal, family or data that do not fit; `Interrupted`.
    package static func train(
        _ specification: FitSpecification, table: Table, prepared: PreparedTable, aim: Aim, rows: [Int32],
        trainedOn: String, context: ComputeContext
    ) throws -> TrainedModel {
        let material = try material(
            for: specification, table: table, prepared: prepared, aim: aim, rows: rows, trainedOn: trainedOn, context: context)
        return try train(specification, on: material, context: context)
    }

    /// Everything a family needs to learn from these rows, before its parameters matter: made once, many trials may share it.
    /// - Throws: `Diagnostic` or `Fault` for a goal, family or data that do not fit; `Interrupted`.
    package static func material(
        for specification: FitSpecification, table: Table, prepared: PreparedTable, aim: Aim, rows: [Int32],
        trainedOn: String, context: ComputeContext
    ) throws -> TrainingMaterial {
        if case .recommendation(let wish) = aim {
            return try rankingMaterial(
                for: specification, table: table, prepared: prepared, wish: wish, rows: rows, trainedOn: trainedOn, context: context)
        }
        let target = try aim.target.map { try ResolvedTarget($0, in: prepared.frame, table: table.name) }
        try check(specification, fits: target)
        let known = target.map { target in rows.filter { target.isKnown(Int($0)) } } ?? rows
        if let target { try check(known, target: target) }
        let tainted = target.map { TargetGuard(target: $0.column, recipe: prepared.recipe, columns: table.rows.names).tainted } ?? []
        let choice = try FeatureChoice(
            specification, table: table, prepared: prepared, rows: known, tainted: tainted, target: target?.column, context: context)
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
        // Nobody reads the target of a family that looks for groups.
        let values = target?.values(known) ?? .numbers([Double](repeating: 0, count: known.count))
        let weights = try caseWeights(specification, frame: prepared.frame, rows: known)
        var data = TrainingData(features: matrix, target: values, weights: weights)
        if let target, let balance = prepared.recipe.balance, balance.evens(target.column) {
            let (places, weights) = try balance.balanced(values, weights: weights)
            let isWhole = places.count == known.count && balance.step.method == .weights
            data = TrainingData(
                features: isWhole ? matrix : matrix.gathering(places), target: isWhole ? values : values.gathering(places), weights: weights
            )
        }
        let columns = table.rows.names
        let targetInputs = target.map { prepared.recipe.inputs(of: [$0.column], columns: columns).union([$0.column]) } ?? []
        let recipe = FittedRecipe(prepared.recipe.entries + added.entries)
        let wanted = recipe.inputs(of: Set(names), columns: columns).subtracting(targetInputs)
        let inputs = zip(columns, table.rows.columns).filter { wanted.contains($0.0) }.map {
            Predictor.InputColumn(name: $0.0, type: $0.1.type)
        }
        return TrainingMaterial(
            table: table, data: data, baseline: Baseline(values, weights: weights), recipe: recipe, design: design,
            target: target?.description, inputs: inputs, targetInputs: targetInputs,
            features: choice.features, leftOut: choice.leftOut, rows: known, withoutTarget: rows.count - known.count, trainedOn: trainedOn)
    }

    /// Fits the family with these options on prepared material.
    /// - Throws: `Fault` for options or data that it cannot learn from; `Interrupted`.
    package static func train(
        _ specification: FitSpecification, on material: TrainingMaterial, context: ComputeContext
    ) throws -> TrainedModel {
        guard let family = ModelFamilies.named(specification.family.name) else {
            throw Fault("R0405", "there is no family \(specification.family.name)", remedy: "help families")
        }
        let learner = try family.learner(specification.options)
        var data = try material.data(for: family)
        if specification.learnsLog, let column = material.target?.column {
            let logarithms = try LogTarget.logarithms(data.target, of: column, rows: material.rows)
            data = TrainingData(features: data.features, target: logarithms, weights: data.weights)
        }
        let fitted = try learner.fit(data, seed: specification.seed, context: context)
        let logTarget =
            specification.learnsLog && material.target != nil
            ? try LogTarget.learned(
                learner, fitted, loss: specification.options.values["loss"], on: data, seed: specification.seed, context: context) : nil
        return trained(specification, fitted, logTarget: logTarget, on: material)
    }

    /// A fitted model with all that goes with it.
    static func trained(
        _ specification: FitSpecification, _ fitted: any FittedModel, logTarget: LogTarget? = nil, on material: TrainingMaterial
    ) -> TrainedModel {
        let predictor = Predictor(
            recipe: material.recipe, design: material.design, fitted: fitted, target: material.target ?? answer(of: fitted),
            inputs: material.inputs, targetInputs: material.targetInputs, logTarget: logTarget)
        return TrainedModel(
            specification: specification, table: material.table.name, predictor: predictor, features: material.features,
            leftOut: material.leftOut, baseline: material.baseline,
            trainingRows: material.rows, rowsIdentity: material.table.rowsIdentity,
            splitIdentity: material.trainedOn == "train" ? material.table.split?.identity : nil, trainedOn: material.trainedOn, marks: [],
            withoutTarget: material.withoutTarget, fitSeconds: 0)
    }

    /// What stands in the place of the target of a model that looks for groups.
    private static func answer(of fitted: any FittedModel) -> ResolvedTarget.Description {
        let name = (fitted as? any GroupingModel).map { type(of: $0).answer } ?? "group"
        return ResolvedTarget.Description(column: name, task: .grouping, classes: [])
    }

    private static func check(_ specification: FitSpecification, fits target: ResolvedTarget?) throws {
        let family = specification.family
        guard let target else {
            guard family.tasks.contains(.grouping) else {
                throw Diagnostic(
                    "R0443", "the goal predicts nothing, and \(family.name) learns to predict", span: nil,
                    note: "families that look for groups: \(fitting(.grouping).joined(separator: ", "))", remedy: "goal predict COLUMN")
            }
            return
        }
        guard family.tasks.contains(target.task) else {
            let fitting = fitting(target.task)
            let task = target.isRegression ? "a number to predict (regression)" : "\(target.classes.count) classes"
            throw Diagnostic(
                "R0406", "\(family.name) does not do this task: the goal's target \(target.column) is \(task)", span: nil,
                note: "families for this goal: \(fitting.joined(separator: ", "))", remedy: "fit \(fitting.first ?? "tree")")
        }
    }

    static func fitting(_ task: TaskKind) -> [String] {
        ModelFamilies.signatures.filter { $0.tasks.contains(task) }.map(\.name)
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

    static func caseWeights(_ specification: FitSpecification, frame: Frame, rows: [Int32]) throws -> [Double]? {
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
