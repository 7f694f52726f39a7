import RondoExpressions
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoReport
import RondoSession
import RondoSignature

/// One page of help each.
enum HelpPages {
    /// A verb: summary, grammar, clauses, details, examples, see also.
    static func verb(_ verb: Signature, families: [FamilySignature]) -> [Block] {
        var blocks: [Block] = [said("\(verb.name): \(verb.summary)"), said(GrammarText.line(verb))]
        let operands = verb.operands.filter { !$0.summary.isEmpty }.map { slot -> [Scalar] in
            [.text(GrammarText.kind(slot.kind)), .text(slot.isOptional ? "may be left out" : "needed"), .text(slot.summary)]
        }
        let clauses = verb.clauses.map { clause -> [Scalar] in
            let use = clause.isRequired ? "needed" : clause.isRepeatable ? "may be repeated" : "may be left out"
            return [.text(GrammarText.clause(clause)), .text(use), .text(clause.summary)]
        }
        if !(operands + clauses).isEmpty {
            blocks.append(
                .table(
                    TableBlock(
                        caption: "what is written after \(verb.name)",
                        columns: [.init("written", "text", .plain), .init("use", "text", .plain), .init("meaning", "text", .plain)],
                        rows: operands + clauses)))
        }
        if !verb.details.isEmpty { blocks.append(.note(verb.details)) }
        if verb.takesFamily {
            blocks.append(said("families: \(families.map(\.name).joined(separator: ", ")); help \(verb.name) FAMILY shows parameters"))
        }
        blocks.append(examples(verb))
        if !verb.seeAlso.isEmpty { blocks.append(said("see also: \(verb.seeAlso.joined(separator: ", "))")) }
        return blocks
    }

    /// Cells that can be typed, those that must run before included.
    private static func examples(_ verb: Signature) -> Block {
        let rows = verb.examples.map { example -> [Scalar] in
            [.text(example.cell), .text(example.explanation), .text(example.setup.joined(separator: " · "))]
        }
        return .table(
            TableBlock(
                caption: "examples",
                columns: [.init("cell", "text", .plain), .init("what it shows", "text", .plain), .init("after", "text", .plain)], rows: rows
            ))
    }

    /// A family: parameters with defaults and limits, objective, needs.
    static func family(_ family: FamilySignature) -> [Block] {
        let needs =
            family.needsNumbers
            ? "needs numbers without gaps: what is left is encoded and filled by visible steps\(family.needsScale ? ", and brought to one scale" : "")"
            : "takes categories and gaps as they are"
        var blocks: [Block] = [
            said("\(family.name): \(family.summary)"),
            said("fit \(family.name) \(GrammarText.parameters(family))".trimmingSuffix(" ")),
            said("tasks: \(tasks(family.tasks)) · \(needs) · to read: \(family.readable)"),
        ]
        if family.parameters.isEmpty {
            blocks.append(said("it has no parameters"))
        } else {
            blocks.append(
                .table(
                    TableBlock(
                        caption: "parameters of \(family.name)",
                        columns: [
                            .init("parameter", "text", .plain), .init("default", "text", .plain), .init("limits", "text", .plain),
                            .init("meaning", "text", .plain),
                        ],
                        rows: family.parameters.map {
                            [.text($0.name), $0.defaultText.map { .text($0) } ?? .missing, .text(limits($0.domain)), .text($0.summary)]
                        })))
        }
        if !family.details.isEmpty { blocks.append(.note(family.details)) }
        return blocks
    }

    /// `1 to 100,000`, `more than 0`, `balanced`.
    static func limits(_ domain: ParameterShape.Domain) -> String {
        switch domain {
        case .integer(let lower, let upper): return "\(lower) to \(upper)"
        case .number(let lower, let upper, let includesLower):
            let start = "\(includesLower ? "from" : "more than") \(Scalar.plain(lower))"
            return upper.isFinite ? "\(start) to \(Scalar.plain(upper))" : start
        case .choice(let words): return words.joined(separator: " or ")
        case .models, .column: return domain.wording
        }
    }

    static func function(_ function: any ExpressionFunction.Type) -> [Block] {
        let clauses: String
        switch function.role {
        case .rowwise: clauses = "row by row"
        case .aggregate: clauses = "over rows: takes where CONDITION and by GROUPS inside the brackets"
        case .ordered: clauses = "along an order: needs over COLUMN, takes where and by; kept for looking, never a feature of a release"
        }
        let answers = function.example.answers.map { $0.isEmpty ? "missing" : $0 }
        return [
            said("\(function.signature): \(function.summary)"), said(clauses),
            said("\(function.example.expression) gives \(answers.joined(separator: ", "))"),
        ]
    }

    static func metric(_ metric: MetricSignature) -> [Block] {
        var blocks: [Block] = [
            said("\(metric.name): \(metric.summary)"),
            said("tasks: \(tasks(metric.tasks)) · better when \(metric.isBetterHigher ? "higher" : "lower")"),
        ]
        if let parameter = metric.parameter {
            blocks.append(said("in brackets: \(parameter.name), \(parameter.summary), \(limits(parameter.domain))"))
        }
        return blocks
    }

    /// Tasks in their fixed order.
    static func tasks(_ tasks: Set<TaskKind>) -> String { TaskKind.allCases.filter(tasks.contains).map(\.rawValue).joined(separator: ", ") }

    private static func said(_ words: String) -> Block { .text(TextBlock(SlotText.escaped(words))) }
}

extension String {
    /// Without blanks at the end.
    fileprivate func trimmingSuffix(_ suffix: Character) -> String {
        var text = self
        while text.last == suffix { text.removeLast() }
        return text
    }
}
