import RondoExpressions
import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoSession
import RondoSignature

/// Reads what a `fit` asks for.
enum FitReading {
    static func specification(_ call: Call, table: Table, frame: Frame, in context: inout Context) throws -> FitSpecification {
        let name = try call.required(FitVerb.family)
        guard let family = ModelFamilies.named(name.value)?.signature else {
            throw Diagnostic(
                "R0405", "there is no family \(name.value)", span: name.span,
                note: NearestWord.suggestion(for: name.value, among: ModelFamilies.signatures.map(\.name)).map { "did you mean \($0)?" },
                remedy: "help families")
        }
        var options = FamilyOptions()
        for (parameter, clause) in call.familyParameters(of: family) {
            options.values[parameter.name] = value(clause, parameter)
            if parameter.domain == .models { options.parts = try parts(clause, parameter, family, in: &context) }
        }
        var using: [String]?
        if let set = call[FitVerb.using] { using = try context.columns(set, of: table, frame: frame) }
        var without: Set<String> = []
        if let set = call[FitVerb.without] {
            let (columns, leavesIntercept) = withoutIntercept(set, frame: frame)
            if leavesIntercept {
                guard family.parameters.contains(where: { $0.name == "intercept" }) else {
                    throw Diagnostic(
                        "R0412", "\(family.name) has no intercept to leave out", span: call.span(FitVerb.without),
                        remedy: "fit linear without intercept")
                }
                options.values["intercept"] = .word("no")
            }
            without = Set(try context.columns(columns, of: table, frame: frame))
        }
        let weights = call[FitVerb.weights]
        if let weights, frame[weights.value] == nil {
            throw SessionNames.unknownColumn(weights, table: table.name, known: frame.names, source: call.cell.source)
        }
        return FitSpecification(
            name: call[FitVerb.new]?.value ?? family.name, family: family, options: options, using: using, without: without,
            weights: weights?.value, learnsLog: call[FitVerb.target]?.value == "log", seed: context.seed(call[SharedClauses.seed]))
    }

    /// The models that a family puts together, as they were asked for.
    private static func parts(
        _ clause: ClauseSyntax, _ parameter: ParameterShape, _ family: FamilySignature, in context: inout Context
    ) throws -> [FamilyOptions.Part] {
        var names: [Name] = []
        if case .things(let things)? = clause.values[parameter.name] { names = things.map(\.name) }
        if case .names(let given)? = clause.values[parameter.name] { names = given }
        return try names.map { name in
            let model = try context.model(named: name)
            guard model.fitted is any RankingModel, model.family.name != family.name else {
                throw Diagnostic(
                    "R0406", "\(name.value) is no recommender that \(family.name) could take: it is a \(model.family.name)",
                    span: name.span,
                    remedy: "fit blend models item_knn, popularity")
            }
            return FamilyOptions.Part(
                name: name.value, family: model.family.name, options: model.specification.options, columns: model.features)
        }
    }

    /// `without intercept` means the constant unless the table has such a column.
    private static func withoutIntercept(_ set: ColumnSet, frame: Frame) -> (ColumnSet, Bool) {
        guard frame["intercept"] == nil else { return (set, false) }
        var leaves = false
        let items = set.items.filter { item in
            if case .column(let name) = item, name.value == "intercept" {
                leaves = true
                return false
            }
            return true
        }
        return (ColumnSet(items), leaves)
    }

    /// What is wrong with an option of the family: not of its kind, or outside of its limits.
    static func fault(_ clause: ClauseSyntax, _ parameter: ParameterShape, _ family: FamilySignature) -> Diagnostic? {
        let given = value(clause, parameter)
        guard given.flatMap(parameter.domain.accepting) == nil else { return nil }
        let better = parameter.defaultText ?? parameter.domain.example
        var span = clause.span
        if case .literal(let literal)? = clause.values[parameter.name] { span = literal.span }
        return Diagnostic(
            "R0502", "\(parameter.name) of \(family.name) must be \(parameter.domain.wording)" + (given.map { ", got \($0.text)" } ?? ""),
            span: span, remedy: "write \(parameter.name) \(better)", mend: span == clause.span ? nil : Mend(span, better))
    }

    private static func value(_ clause: ClauseSyntax, _ parameter: ParameterShape) -> FamilyOptions.Value? {
        switch clause.values[parameter.name] {
        case .choice(let word)?, .name(let word)?: .word(word.value)
        case .things(let things)?: .word(things.map(\.name.value).joined(separator: ", "))
        case .names(let names)?: .word(names.map(\.value).joined(separator: ", "))
        case .literal(let literal)?:
            if case .integer(let value) = literal.value { .integer(value) } else { literal.value.number.map { .number($0) } }
        default: nil
        }
    }

    /// Training rows and what they are called: the train part, or what `on` says; without a split `on all` must be written.
    static func rows(
        _ call: Call, table: Table, prepared: PreparedTable, goal: Goal, in context: inout Context
    ) throws -> (rows: [Int32], part: String) {
        let part = call[SharedClauses.part]
        guard table.split != nil || part != nil else {
            throw Diagnostic(
                "R0414", "\(table.name) has not been split: a model judged on its own training rows flatters itself",
                span: call.cell.verb.span,
                note: "for plain statistics of every row: … on all", remedy: "split 60/20/20")
        }
        let wanted = part?.value ?? .train
        var rows = try PartSelection.rows(wanted, of: table, frame: prepared.known, moment: goal.moment)
        for condition in [goal.scope, call[SharedClauses.condition]] {
            rows = try context.keeping(rows, where: condition, of: table, prepared).rows
        }
        context.look(at: rows, of: table)
        return (rows, part.map { ArgumentText.written(.part($0)) } ?? "train")
    }

    /// The table through its recipe as learned from exactly these rows.
    static func prepared(_ table: Table, _ shown: PreparedTable, rows: [Int32], part: Part?, context: ComputeContext) throws
        -> PreparedTable
    {
        if rows == table.learningRows || (table.split == nil && rows.count == table.rows.rowCount) { return shown }
        guard table.recipe.learns else { return shown }
        return try PreparedTable(table, learningFrom: rows, context: context)
    }
}
