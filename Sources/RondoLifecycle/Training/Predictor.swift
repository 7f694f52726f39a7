package import RondoFrame
package import RondoKernels
package import RondoLearning
package import RondoRecipes
import RondoSignature

/// Everything that turns rows as loaded into predictions: recipe, design, model. Training, judging, releases and replay use this one path.
package struct Predictor: Sendable {
    /// The user's steps and then the automatic ones, with what they learned from the training rows.
    package let recipe: FittedRecipe
    package let design: FittedDesign
    package let fitted: any FittedModel
    package let target: ResolvedTarget.Description
    /// Loaded columns that new rows may bring, with their types.
    package let inputs: [InputColumn]
    /// Loaded columns the target is made of: never asked of new rows.
    package let targetInputs: Set<String>
    /// How probabilities become the answer, as `choose` said; nil as the family answers.
    package var decision: Decision?
    /// The way back from a logarithm that was learned; nil for a target learned as it is.
    package let logTarget: LogTarget?

    package struct InputColumn: Sendable, Hashable {
        package let name: String
        package let type: ColumnType

        package init(name: String, type: ColumnType) {
            self.name = name
            self.type = type
        }
    }

    package init(
        recipe: FittedRecipe, design: FittedDesign, fitted: any FittedModel, target: ResolvedTarget.Description, inputs: [InputColumn],
        targetInputs: Set<String>, decision: Decision? = nil, logTarget: LogTarget? = nil
    ) {
        self.decision = decision
        self.logTarget = logTarget
        self.recipe = recipe
        self.design = design
        self.fitted = fitted
        self.target = target
        self.inputs = inputs
        self.targetInputs = targetInputs
    }

    /// What the model answers, and what happened to the rows on the way.
    package struct Answer: Sendable {
        package let predictions: Predictions
        package let features: Features
        package let remarks: StepRemarks
        /// The rows in the values as the user knows them, without the target.
        package let known: Frame
    }

    /// Predicts rows that hold the input columns; those that are absent count as missing.
    package func predict(_ rows: Frame, context: ComputeContext) throws -> Predictions {
        decided(try predictions(of: features(of: rows, context: context), context: context))
    }

    /// Predicts features of this design, sparse ones written out for a family that needs them so.
    package func predictions(of features: Features, context: ComputeContext) throws -> Predictions {
        let predictions = try learnedPredictions(of: features, context: context)
        return logTarget?.applied(to: predictions) ?? predictions
    }

    /// The model, answering in units of the target.
    package var answering: any FittedModel { logTarget.map { BackTransformedModel(model: fitted, target: $0) } ?? fitted }

    private func learnedPredictions(of features: Features, context: ComputeContext) throws -> Predictions {
        let family = type(of: fitted).familyName
        let sparse = features.features.reduce(0) { $1.isSparse ? $0 + 1 : $0 }
        guard sparse > 0, ModelFamilies.named(family)?.takesSparse != true else { return try fitted.predict(features, context: context) }
        let block = max(1, Features.denseLimit / 8 / sparse)
        guard features.rowCount > block else { return try fitted.predict(features.densified(for: family), context: context) }
        let parts = try stride(from: 0, to: features.rowCount, by: block).map { first in
            let rows = (first..<min(first + block, features.rowCount)).map { Int32(truncatingIfNeeded: $0) }
            return try fitted.predict(features.gathering(rows).densified(for: family), context: context)
        }
        return try Predictions.joined(parts) ?? fitted.predict(features.densified(for: family), context: context)
    }

    /// Predicts rows and says what happened to them on the way.
    package func answer(_ rows: Frame, context: ComputeContext) throws -> Answer {
        var remarks = StepRemarks(collects: true)
        let complete = try completed(rows)
        let values = try recipe.apply(to: complete, skippingReachedFrom: targetInputs, remarks: &remarks, context: context)
        let matrix = try design.features(of: values.frame, remarks: &remarks, context: context)
        return Answer(
            predictions: decided(try predictions(of: matrix, context: context)), features: matrix, remarks: remarks, known: values.known)
    }

    private func decided(_ predictions: Predictions) -> Predictions { decision?.applied(to: predictions) ?? predictions }

    /// The features of rows as loaded.
    package func features(of rows: Frame, context: ComputeContext) throws -> Features {
        var remarks = StepRemarks(collects: false)
        let values = try recipe.apply(
            to: completed(rows), skippingReachedFrom: targetInputs, remarks: &remarks, context: context)
        return try design.features(of: values.frame, remarks: &remarks, context: context)
    }

    /// The rows with the input columns that they do not bring, all missing.
    private func completed(_ rows: Frame) throws -> Frame {
        var result = rows
        for input in inputs where rows[input.name] == nil {
            try result.set(input.name, .scalars(Array(repeating: .missing, count: rows.rowCount), type: input.type))
        }
        return result
    }

    /// The same with more input columns, which only conditions read.
    package func reading(_ more: [InputColumn]) -> Predictor {
        let known = Set(inputs.map(\.name))
        return Predictor(
            recipe: recipe, design: design, fitted: fitted, target: target, inputs: inputs + more.filter { !known.contains($0.name) },
            targetInputs: targetInputs, decision: decision, logTarget: logTarget)
    }
}

extension Predictor {
    package func archive() -> Archive {
        var archive = Archive()
        archive.set("recipe", recipe.archive())
        archive.set("design", design.archive())
        archive.set("family", type(of: fitted).familyName)
        archive.set("model", fitted.archive())
        archive.set("target", target.column)
        archive.set("task", target.task.rawValue)
        archive["classes"] = .words(target.classes)
        archive["input_names"] = .words(inputs.map(\.name))
        archive["input_types"] = .words(inputs.map(\.type.rawValue))
        archive["target_inputs"] = .words(targetInputs.sorted())
        if let decision { archive.set("decision", decision.archive()) }
        if let logTarget { archive.set("log_target", logTarget.archive()) }
        return archive
    }

    package init(archive: Archive) throws {
        let family = try archive.word("family")
        guard let type = ModelFamilies.named(family) else {
            throw Fault("R0592", "this program has no family \(family)", remedy: "read it with the newer Rondo that wrote it")
        }
        let names = try archive.words("input_names")
        let types = try archive.words("input_types").map { ColumnType(rawValue: $0) }
        guard names.count == types.count, !types.contains(nil), let task = TaskKind(rawValue: try archive.word("task")) else {
            throw Fault("R0591", "the saved model is damaged", remedy: "make the release again, with deploy")
        }
        self.init(
            recipe: try FittedRecipe(archive: archive.archive("recipe")), design: try FittedDesign(archive: archive.archive("design")),
            fitted: try type.model(from: archive.archive("model")),
            target: ResolvedTarget.Description(column: try archive.word("target"), task: task, classes: try archive.words("classes")),
            inputs: zip(names, types).compactMap { pair in pair.1.map { InputColumn(name: pair.0, type: $0) } },
            targetInputs: Set(try archive.words("target_inputs")),
            decision: archive["decision"] == nil ? nil : try Decision(archive: archive.archive("decision")),
            logTarget: archive["log_target"] == nil ? nil : try LogTarget(archive: archive.archive("log_target")))
    }
}
