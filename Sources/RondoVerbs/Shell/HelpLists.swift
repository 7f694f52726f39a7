import RondoExpressions
import RondoKernels
import RondoLearning
import RondoReport
import RondoSession
import RondoSignature

/// The lists that `help` prints.
enum HelpLists {
    /// Verbs by phase, in the order of the lifecycle.
    static func verbs(_ grammar: GrammarRegistry) -> [Block] {
        let phases = Phase.allCases.filter { phase in grammar.verbs.contains { $0.phase == phase } }
        let verbs = phases.flatMap { phase in grammar.verbs.filter { $0.phase == phase } }
        let columns = ["phase", "verb", "what it does"].map { TableBlock.Column($0, "text", .plain) }
        let rows = verbs.map { [Scalar.text($0.phase.rawValue), .text($0.name), .text(brief($0.summary))] }
        return [
            .table(TableBlock(caption: "verbs by phase", columns: columns, rows: rows)),
            .text(TextBlock("help VERB explains one, with examples; help \"what you want to do\" finds one")),
        ]
    }

    /// The first clause of a summary.
    private static func brief(_ summary: String) -> String {
        let clause = String(summary.prefix { $0 != ";" && $0 != ":" })
        return clause.hasSuffix(".") ? String(clause.dropLast()) : clause
    }

    static func table(_ verbs: [Signature], caption: String, showsPhase: Bool = false) -> Block {
        let columns: [TableBlock.Column] = [.init("verb", "text", .plain), .init("what it does", "text", .plain)]
        return .table(
            TableBlock(
                caption: caption, columns: (showsPhase ? [.init("phase", "text", .plain)] : []) + columns,
                rows: verbs.map { (showsPhase ? [.text($0.phase.rawValue)] : []) + [.text($0.name), .text($0.summary)] }))
    }

    static func families(_ grammar: GrammarRegistry) -> [Block] {
        let rows = grammar.families.map { family -> [Scalar] in
            [
                .text(family.name), .text(family.summary), .text(HelpPages.tasks(family.tasks)),
                .text(family.parameters.map(\.name).joined(separator: " ")),
                .text(family.readable),
            ]
        }
        return [
            .table(
                TableBlock(
                    caption: "model families",
                    columns: [
                        .init("family", "text", .plain), .init("what it is", "text", .plain), .init("tasks", "text", .plain),
                        .init("parameters", "text", .plain), .init("to read", "text", .plain),
                    ], rows: rows)),
            .text(TextBlock("help fit FAMILY shows parameters with defaults and limits")),
        ]
    }

    static func functions() -> [Block] {
        let rows = Functions.all.map { function -> [Scalar] in
            [.text(function.signature), .text(function.role.rawValue), .text(function.summary), .text(function.example.expression)]
        }
        return [
            .table(
                TableBlock(
                    caption: "functions",
                    columns: [
                        .init("function", "text", .plain), .init("works", "text", .plain), .init("what it gives", "text", .plain),
                        .init("example", "text", .plain),
                    ], rows: rows))
        ]
    }

    static func metrics() -> [Block] {
        let rows = Metrics.all.map { $0.signature }.map { metric -> [Scalar] in
            let name = metric.name + (metric.parameter.map { "(\($0.name))" } ?? "")
            return [
                .text(name), .text(HelpPages.tasks(metric.tasks)), .text(metric.isBetterHigher ? "higher" : "lower"), .text(metric.summary),
            ]
        }
        return [
            .table(
                TableBlock(
                    caption: "metrics",
                    columns: [
                        .init("metric", "text", .plain), .init("tasks", "text", .plain), .init("better", "text", .plain),
                        .init("what it measures", "text", .plain),
                    ], rows: rows)),
            .text(TextBlock("goal … succeed when mape < 10% makes one the judge")),
        ]
    }

    /// What `standard(text)` exchanges.
    static func standardForms() -> [Block] {
        [
            .text(TextBlock("small letters, accents and signs off, blanks collapsed; then each word by this table")),
            .table(
                TableBlock(
                    caption: "words that standard exchanges",
                    columns: [.init("written", "text", .plain), .init("becomes", "text", .plain)],
                    rows: StandardForms.table.map { [.text($0.0), .text($0.1)] })),
        ]
    }
}
