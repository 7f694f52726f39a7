import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes
import RondoSession

/// From a cell of `encode` to its step.
enum EncodeReading {
    static func step(
        _ call: Call, _ names: [String], table: Table, frame: Frame, in context: inout Context
    ) throws -> any RecipeStep {
        let words = (call[EncodeVerb.list] ?? []).compactMap(word)
        let otherwise = call[EncodeVerb.otherwise].flatMap { fallback($0.value) }
        switch try call.required(EncodeVerb.method).value {
        case "ordinal": return try EncodeOrdinalStep(names, order: words, otherwise: otherwise)
        case "label": return EncodeLabelStep(names, limits: limits(call), otherwise: otherwise)
        case "frequency": return EncodeFrequencyStep(names)
        case "hashing":
            var buckets = 64
            if case .integer(let value)? = call[EncodeVerb.buckets]?.value { buckets = Int(clamping: value) }
            return EncodeHashingStep(names, buckets: buckets)
        case "words": return EncodeWordsStep(names, limits: limits(call))
        case "parts": return dates(names, words, cycle: false, frame: frame)
        case "cycle": return dates(names, words, cycle: true, frame: frame)
        case "target": return try target(names, table: table, frame: frame, in: &context)
        default: return EncodeOneHotStep(names, limits: limits(call))
        }
    }

    /// The cell with its columns by name.
    static func text(_ call: Call, _ names: [String]) -> String {
        var text = "encode \(NameText.list(names)) \(call[EncodeVerb.method]?.value ?? "")"
        if let items = call[EncodeVerb.list] { text += " \(ArgumentText.written(.list(items, Span(0, 0))))" }
        for (keyword, literal) in [
            ("rare", call[EncodeVerb.rare]), ("levels", call[EncodeVerb.levels]), ("buckets", call[EncodeVerb.buckets]),
            ("otherwise", call[EncodeVerb.otherwise]),
        ] {
            if let literal { text += " \(keyword) \(LiteralText.written(literal.value))" }
        }
        return text
    }

    static func word(_ item: ListItem) -> String? {
        guard item.high == nil, case .literal(.text(let word)) = item.low.node else { return nil }
        return word
    }

    /// What a level without a place becomes; nil for a value that says nothing of the kind.
    static func fallback(_ literal: Literal) -> LevelFallback? {
        switch literal {
        case .text(let level): .level(level)
        case .integer(let code): .code(code)
        case .missing: .missing
        default: nil
        }
    }

    private static func limits(_ call: Call) -> LevelLimits {
        var (share, most): (Double?, Int?) = (nil, nil)
        if case .percent(let value)? = call[EncodeVerb.rare]?.value { share = value / 100 }
        if case .integer(let value)? = call[EncodeVerb.levels]?.value { most = Int(clamping: value) }
        return LevelLimits(rare: share, most: most)
    }

    private static func dates(_ names: [String], _ words: [String], cycle: Bool, frame: Frame) -> EncodeDatesStep {
        let parts = words.withoutRepeats.compactMap { EncodeDatesStep.Part(rawValue: $0) }
        return EncodeDatesStep(
            names.map { name in
                let usual = EncodeDatesStep.Part.usual(cycle: cycle, time: frame[name]?.type == .time)
                return .init(column: name, parts: parts.isEmpty ? usual : parts)
            }, cycle: cycle)
    }

    /// The step that the goal's target teaches.
    /// - Throws: R0401 without a target, R0331 for a column that holds the target or was coded by it.
    private static func target(_ names: [String], table: Table, frame: Frame, in context: inout Context) throws -> EncodeTargetStep {
        guard let target = try context.requiredGoal(for: "encode … target").target else {
            throw Diagnostic("R0401", "encode … target needs a goal that predicts a column", span: nil, remedy: "goal predict COLUMN")
        }
        let prepared = try context.prepared(table)
        let resolved = try ResolvedTarget(target, in: frame, table: table.name)
        let guarded = TargetGuard(target: resolved.column, recipe: prepared.recipe, columns: table.rows.names)
        if let name = names.first(where: { guarded.tainted.contains($0) }) {
            throw Fault(
                "R0331", "\(name) contains the target, \(resolved.column): coded by the target it would tell the model the answer",
                remedy: "leave \(name) out", subject: name)
        }
        if let name = names.first(where: { guarded.taught.contains($0) }) {
            throw Fault(
                "R0331", "\(name) is coded by the target already", remedy: "leave \(name) out", subject: name)
        }
        return EncodeTargetStep(
            names, target: resolved.column, classes: resolved.classes, seed: context.seed(nil))
    }
}
