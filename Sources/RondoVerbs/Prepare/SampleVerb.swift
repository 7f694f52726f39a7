import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `sample 10% by type`: keeps some rows at random.
package enum SampleVerb: WorkspaceVerb {
    static let size = Operand<SpannedLiteral>("size", .either([.integer, .percent]), "how many rows, or which share of them")
    static let by = Clause("by", .groups, "so many of each group")

    package static let signature = Signature(
        "sample", phase: .prepare, class: .rowStep,
        summary: "Keeps some rows at random, in their order: a number or a share of all, or of each group.",
        details: """
            With `where` only the rows for which the condition holds are drawn from; all others stay. With `on train` only training rows \
            are drawn from. The same seed keeps the same rows. `fit … where` looks at part of the rows without dropping any.
            """,
        searchWords: ["random rows", "subsample", "slice_sample", "undersample", "downsample", "fraction"],
        operands: [size], clauses: [by, SharedClauses.condition, SharedClauses.part, SharedClauses.seed, SharedClauses.from],
        examples: [
            Example("sample 10%", after: ["load demo \"house_sales\" as sales rows 500"], "A tenth of the rows, drawn at random."),
            Example(
                "sample 20 by type seed 7", after: ["load demo \"house_sales\" as sales rows 500"], "Twenty houses of each type."),
        ], seeAlso: ["filter", "split", "ledger"])

    package static func faults(of call: Call) -> [Diagnostic] {
        guard let literal = call[size] else { return [] }
        switch literal.value {
        case .percent(let value) where value > 0 && value <= 100: return []
        case .integer(let value) where value > 0: return []
        default:
            return [
                Diagnostic(
                    "R0761", "sample takes a number of rows from 1, or a share above 0 % and up to 100 %", span: literal.span,
                    remedy: "sample 10%")
            ]
        }
    }

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        var table = try context.table(from: call[SharedClauses.from])
        try RowSteps.check(call, table, on: call[SharedClauses.part])
        let size = try call.required(size)
        let prepared = try context.prepared(table)
        let frame = prepared.known
        let pool = table.split?.trainRows ?? (0..<Int32(frame.rowCount)).map { $0 }
        let (drawn, unknown) = try context.keeping(pool, where: call[SharedClauses.condition], of: table, prepared)
        guard !drawn.isEmpty else {
            throw Diagnostic(
                "R0761", "there is no row to draw from", span: call.span(SharedClauses.condition),
                remedy: call[SharedClauses.condition].map { "count where \($0.text)" } ?? "count")
        }
        let groups = try call[by].map { groups in
            try Groups(
                by: context.groupColumns(groups, on: frame, table: table.name).map { $0.column.gathering(drawn) }, rowCount: drawn.count,
                context: context.compute)
        }
        var stream = RandomStream(seed: context.seed(call[SharedClauses.seed]), purpose: "sample \(table.name)")
        let chosen = draw(size.value, from: drawn, groups: groups ?? .whole(rowCount: drawn.count), &stream)
        let isDrawn = Set(drawn)
        let kept = ((0..<Int32(frame.rowCount)).filter { !isDrawn.contains($0) } + chosen.rows).sorted()
        let before = frame.rowCount
        table.keepRows(kept)
        let what = call.cell.source.split(separator: "\n").joined(separator: " ")
        table.ledger.append(
            Ledger.Entry(
                cell: context.cellNumber, kind: .sampled, what: what, before: before, after: kept.count,
                reasons: [
                    Ledger.Reason("drawn", chosen.rows.count), Ledger.Reason("not drawn", drawn.count - chosen.rows.count),
                    Ledger.Reason("not concerned", before - drawn.count),
                ].filter { $0.rows > 0 }))
        context.set(table)
        return blocks(
            before: before, kept: kept.count, pool: drawn.count, drawn: chosen.rows.count, groups: groups?.count, short: chosen.short,
            unknown: unknown) + context.valueRemarks(call[SharedClauses.condition], call[by], in: prepared)
    }

    /// Rows of each group by the order of one random number a row; how many groups had fewer rows than were asked for.
    private static func draw(
        _ size: Literal, from rows: [Int32], groups: Groups, _ stream: inout RandomStream
    ) -> (rows: [Int32], short: Int) {
        let keys = rows.map { _ in stream.nextUInt64() }
        let (members, starts) = groups.rowsByGroup()
        var result: [Int32] = []
        var short = 0
        for group in 0..<groups.count {
            let own = members[starts[group]..<starts[group + 1]]
            let wanted: Int
            switch size {
            case .percent(let value): wanted = Int((Double(own.count) * value / 100).rounded())
            case .integer(let value): wanted = Int(clamping: value)
            default: wanted = 0
            }
            if wanted > own.count { short += 1 }
            let order = own.sorted { keys[$0] != keys[$1] ? keys[$0] < keys[$1] : $0 < $1 }
            result += order.prefix(wanted).map { rows[$0] }
        }
        return (result, short)
    }

    private static func blocks(before: Int, kept: Int, pool: Int, drawn: Int, groups: Int?, short: Int, unknown: Int) -> [Block] {
        var words = "{rows} of {pool} rows drawn"
        var figures = [Figure("rows", Scalar(kept), .count), Figure("pool", Scalar(pool), .count)]
        if pool < before {
            words = "{drawn} of {pool} rows drawn"
            figures += [Figure("drawn", Scalar(drawn), .count), Figure("others", Scalar(before - pool), .count)]
        }
        if groups != nil { words += " from {groups} groups" }
        if pool < before { words += "; the other {others} rows stay: {rows} rows" }
        if let groups { figures.append(Figure("groups", Scalar(groups), .count)) }
        var blocks: [Block] = [.figures(figures), .text(TextBlock(words))]
        if unknown > 0 {
            blocks[0] = .figures(figures + [Figure("missing", Scalar(unknown), .count)])
            blocks.append(.text(TextBlock("{missing} of those that stay: the condition is missing")))
        }
        if short > 0 {
            let what =
                groups == nil
                ? "there are fewer rows than that: all of them stay"
                : "\(NumberText.count(short)) \(Noun.of(short, "group has", "groups have")) fewer rows than that: all of theirs stay"
            blocks.append(.text(TextBlock(what)))
        }
        return blocks
    }
}
