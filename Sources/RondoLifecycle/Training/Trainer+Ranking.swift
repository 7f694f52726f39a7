import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoRecipes
import RondoSignature

/// What recommenders learn from: users, items, what a row says for its item, and columns that describe items.
extension Trainer {
    static func rankingMaterial(
        for specification: FitSpecification, table: Table, prepared: PreparedTable, wish: Recommendation, rows: [Int32],
        trainedOn: String, context: ComputeContext
    ) throws -> TrainingMaterial {
        try checkRanks(specification)
        let resolved = try ResolvedRecommendation(
            wish, known: prepared.known, table: table.name, learning: rows, context: context)
        let known = rows.filter { resolved.isKnown(Int($0)) }
        guard known.contains(where: { resolved.strengths[Int($0)] > 0 }) else {
            throw Diagnostic(
                "R0407", "no training row speaks for an item: each needs \(wish.user.value), \(wish.item.value) and something liked",
                span: nil, note: resolved.why, remedy: "describe \(NameText.written(wish.user.value)), \(NameText.written(wish.item.value))"
            )
        }
        let content = try ItemColumns(
            specification, table: table, prepared: prepared, resolved: resolved, rows: known, context: context)
        let keys = [wish.user.value, wish.item.value]
        let (added, frame) = try Recipe(namingSteps(keys, in: prepared.frame) + content.steps).fit(
            prepared.frame, rows: known, context: context)
        let names = keys + AutomaticSteps.features(content.features, after: added, in: frame)
        let design = try FittedDesign(learningFrom: frame, features: names, rows: known, context: context)
        var remarks = StepRemarks(collects: false)
        let matrix = try design.features(of: frame, rows: known, remarks: &remarks, context: context)
        let data = TrainingData(
            features: matrix, target: .numbers(known.map { resolved.strengths[Int($0)] }),
            weights: try caseWeights(specification, frame: prepared.frame, rows: known),
            ages: resolved.ages.map { ages in known.map { ages[Int($0)] } })
        let columns = table.rows.names
        let reading = ItemColumns.judging(wish).subtracting(keys)
        let targetInputs = prepared.recipe.inputs(of: reading, columns: columns).union(reading)
        let recipe = FittedRecipe(prepared.recipe.entries + added.entries)
        let wanted = recipe.inputs(of: Set(names), columns: columns).subtracting(targetInputs)
        let inputs = zip(columns, table.rows.columns).filter { wanted.contains($0.0) }.map {
            Predictor.InputColumn(name: $0.0, type: $0.1.type)
        }
        return TrainingMaterial(
            table: table, data: data, baseline: .mostPopular, recipe: recipe, design: design,
            target: ResolvedTarget.Description(column: wish.item.value, task: .ranking, classes: []), inputs: inputs,
            targetInputs: targetInputs, features: content.features, leftOut: content.leftOut, rows: known,
            withoutTarget: rows.count - known.count, trainedOn: trainedOn)
    }

    private static func checkRanks(_ specification: FitSpecification) throws {
        let family = specification.family
        guard family.tasks.contains(.ranking) else {
            throw Diagnostic(
                "R0406", "\(family.name) does not do this task: the goal recommends", span: nil,
                note: "families for this goal: \(fitting(.ranking).joined(separator: ", "))", remedy: "fit popularity")
        }
        if specification.learnsLog {
            throw Diagnostic(
                "R0459", "a recommender predicts no number whose logarithm could be learned", span: nil, remedy: "fit \(family.name)")
        }
    }

    /// Users and items are names, whatever they look like.
    private static func namingSteps(_ keys: [String], in frame: Frame) -> [Recipe.Entry] {
        let numbers = keys.filter { frame[$0]?.type.isText == false }
        guard !numbers.isEmpty else { return [] }
        return [
            Recipe.Entry(
                CastStep(numbers, to: .text), origin: .automatic("recommenders take users and items by name"),
                text: "cast \(numbers.map(NameText.written).joined(separator: ", ")) text")
        ]
    }
}

/// Which columns describe items to a family that reads them.
private struct ItemColumns {
    let features: [String]
    let steps: [Recipe.Entry]
    let leftOut: [TakeOutStep.Item]

    /// - Throws: `Diagnostic` for columns given to a family that reads none.
    init(
        _ specification: FitSpecification, table: Table, prepared: PreparedTable, resolved: ResolvedRecommendation, rows: [Int32],
        context: ComputeContext
    ) throws {
        guard let asked = try ItemColumns.asked(specification) else {
            (features, steps, leftOut) = ([], [], [])
            return
        }
        var choosing = specification
        choosing.using = asked.isEmpty ? nil : asked
        let keys: Set = [resolved.wish.user.value, resolved.wish.item.value]
        let judging = ItemColumns.judging(resolved.wish)
        choosing.without.formUnion(judging)
        if asked.isEmpty {
            let codes = rows.map { resolved.items.codes[Int($0)] }
            for name in prepared.frame.names where !choosing.without.contains(name) {
                try context.cancellation.check()
                guard let column = prepared.frame[name],
                    !ItemColumns.describes(column.gathering(rows), items: codes, count: resolved.items.values.count)
                else { continue }
                choosing.without.insert(name)
            }
        }
        // What is made of ratings tells who liked what; what is looked up by the item describes it.
        let ratings = judging.subtracting(keys)
        let tainted = ratings.reduce(into: Set<String>()) {
            $0.formUnion(TargetGuard(target: $1, recipe: prepared.recipe, columns: table.rows.names).tainted)
        }
        let choice = try FeatureChoice(
            choosing, table: table, prepared: prepared, rows: rows, tainted: tainted, target: ratings.min(), context: context)
        features = choice.features
        leftOut = choice.leftOut
        steps = AutomaticSteps.plan(
            choice.roles,
            needs: FamilyNeeds(
                family: specification.family.name, numbers: specification.family.needsNumbers, scale: specification.family.needsScale))
    }

    /// Columns that the family is asked to read, none for every one that describes items; nil for a family that reads none.
    private static func asked(_ specification: FitSpecification) throws -> [String]? {
        let family = specification.family
        if family.content == .describing { return specification.using ?? [] }
        if let named = specification.using?.first {
            throw Diagnostic(
                "R0404", "\(family.name) learns from who had to do with what: it reads no column like \(named)", span: nil,
                remedy: "fit content using \(NameText.written(named))")
        }
        var names: [String] = specification.options.parts.flatMap(\.columns)
        for parameter in family.parameters where parameter.domain == .column {
            if case .word(let name)? = specification.options.values[parameter.name] { names.append(name) }
        }
        return names.isEmpty ? nil : names.withoutRepeats
    }

    /// The columns that say who, what, how much and when: none of them describes an item.
    static func judging(_ wish: Recommendation) -> Set<String> {
        Set([wish.user.value, wish.item.value] + [wish.rating?.value, wish.moment].compactMap { $0 }).union(wish.liked?.columnsRead ?? [])
    }

    /// Whether a column has one value an item, whatever the row.
    private static func describes(_ column: Column, items: [Int32], count: Int) -> Bool {
        let values = column.factor().codes
        var first = [Int32](repeating: .min, count: count)
        for (row, item) in items.enumerated() {
            if first[Int(item)] == .min { first[Int(item)] = values[row] }
            if first[Int(item)] != values[row] { return false }
        }
        return true
    }
}
