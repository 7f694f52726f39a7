import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `join tax by standard(address) expect 95%`: adds columns of another table, many rows to one record.
package enum JoinVerb: WorkspaceVerb {
    /// `nearest day = rate_day before`.
    struct Nearest: Sendable {
        let key: Key
        let direction: NearestLookup.Direction
        let isSingle: Bool
    }

    static let other = Operand("table", .table, "the table whose columns are added")
    static let by = Clause("by", .keys, "what matches: column, expression, or left = right")
    static let nearest = Clause<Nearest>(
        ClauseShape(
            "nearest",
            [
                Slot("nearest", .keys, summary: "a date, a time or a number, left = right where the names differ"),
                Slot(
                    "direction", .choice(NearestLookup.Direction.allCases.map(\.rawValue)), optional: true,
                    summary: "the last record before or at the place, the first after or at it, or the nearest of both (before)"),
            ], summary: "an axis along which the nearest record counts (the last before or at the row's place)")
    ) { clause in
        guard case .keys(let keys)? = clause.values["nearest"], let key = keys.first else { return nil }
        var direction = NearestLookup.Direction.before
        if case .choice(let word)? = clause.values["direction"] { direction = NearestLookup.Direction(rawValue: word.value) ?? .before }
        return Nearest(key: key, direction: direction, isSingle: keys.count == 1)
    }
    static let within = Clause<SpannedLiteral>(
        "within", .either([.duration, .number]), "how far the nearest record may be: 7 days, 0.5 (any distance)")
    static let expect = Clause("expect", .percent, "least share of rows that must match, or the cell fails")
    static let keep = Clause("keep", .choice(["all", "matched"]), "which rows stay (all)")
    static let take = Clause("take", .columns, "which columns are added (all but the keys)", scope: .otherTable)
    static let prefix = Clause("prefix", .text, "put before every added name")
    static let prefer = Clause("prefer", .choice(["left", "right"]), "whose value counts where both tables have a column (left)")

    package static let signature = Signature(
        "join", phase: .collect, class: .rowStep,
        summary: "Adds columns of another table by key, one record a row; says what matched and what did not.",
        details: """
            Many rows may share one record; several records for one key are refused. With `nearest` the record is the one nearest in \
            time or along a number: the last before or at the row's place, so that nothing of the future comes in, unless `after` or \
            `around` says otherwise. Where both tables have a column, the preferred value counts and gaps come from the other; values \
            that contradict each other are counted. A released model looks the record up again.
            """,
        searchWords: ["merge", "lookup", "combine", "left join", "vlookup", "match", "asof", "nearest", "rolling join"],
        operands: [other], clauses: [by, nearest, within, expect, keep, take, prefix, prefer, SharedClauses.from],
        examples: [
            Example(
                "join areas by zip",
                after: ["load demo \"neighborhoods\" as areas", "load demo \"house_sales\" as sales rows 500"],
                "Postcode data beside every sale."),
            Example(
                "join tax by standard(address) expect 90%",
                after: ["load demo \"tax_records\" as tax", "load demo \"house_sales\" as sales rows 500"],
                "Addresses written differently match by their standard form."),
            Example(
                "join rates nearest sold_on = day before within 400 days",
                after: [
                    "load here as rates\n  day,rate\n  2020-01-01,3.5\n  2021-01-01,2.7\n  2022-01-01,3.1",
                    "load demo \"house_sales\" as sales rows 500",
                ],
                "The last mortgage rate known on the day of each sale."),
        ], seeAlso: ["append", "load", "ledger", "describe"])

    package static func faults(of call: Call) -> [Diagnostic] {
        let table = call[other].map { NameText.written($0.value) } ?? "areas"
        if call[by] == nil, call[nearest] == nil {
            return [
                Diagnostic(
                    "R0753", "join needs by or nearest: what must agree for a record to belong to a row", span: call.cell.verb.span,
                    remedy: "join \(table) by COLUMN")
            ]
        }
        if let nearest = call[nearest], !nearest.isSingle {
            return [
                Diagnostic(
                    "R0753", "nearest takes one axis; what must be equal stands after by", span: call.span(self.nearest),
                    remedy: "join \(table) by COLUMN nearest \(nearest.key.left.text)")
            ]
        }
        if call[within] != nil, call[nearest] == nil {
            return [
                Diagnostic(
                    "R0752", "within says how far the nearest record may be, and there is no nearest", span: call.span(within),
                    remedy: "join \(table) nearest DAY within 7 days")
            ]
        }
        return []
    }

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        var table = try context.table(from: call[SharedClauses.from])
        let dropsRows = call[keep]?.value == "matched"
        if dropsRows { try RowSteps.check(call, table, on: nil) }
        let other = try context.table(named: try call.required(other))
        guard other.name != table.name else {
            throw Diagnostic(
                "R0326", "\(table.name) cannot be joined with itself", span: call.cell.verb.span,
                remedy: "give the second copy another name: load … as other"
            )
        }
        let otherPrepared = try context.prepared(other)
        let left = try context.prepared(table).frame
        let taking = try taken(call, other: other, right: otherPrepared.frame, in: &context)
        let origins = other.origins(of: taking.map(\.column), in: table, recipe: otherPrepared.recipe)
        let step = try step(call, right: otherPrepared.frame, taking: taking, origins: origins, context: context.compute)
        let (rows, details) = try step.match(left, context: context.compute)
        // Examples show no private values, of this table or the other.
        let hiddenHere = table.privateColumns
        let hiddenThere = other.privateColumns
        let keys = (call[by] ?? []) + (call[nearest].map { [$0.key] } ?? [])
        let hidesKeys = keys.contains {
            !$0.left.columnsRead.isDisjoint(with: hiddenHere) || !($0.right ?? $0.left).columnsRead.isDisjoint(with: hiddenThere)
        }
        let matched = rows.count { $0 >= 0 }
        let share = left.rowCount == 0 ? 1 : Double(matched) / Double(left.rowCount)
        if let expected = call[expect]?.value.number, share < expected {
            throw Diagnostic(
                "R0327",
                "only \(NumberText.count(matched)) of \(NumberText.count(left.rowCount)) rows match, \(NumberText().text(.number(expected), .percent)) were expected",
                span: call.span(expect), note: hidesKeys ? nil : details.leftExamples.first.map { "for example \($0)" },
                remedy: "look at the keys of both tables with head; standard(…) evens out spellings")
        }
        let text = words(call, other: other.name)
        let cell = try StepCell.append(step, to: table, text: text, in: &context)
        table = cell.table
        var dropped = 0
        if dropsRows {
            let kept = rows.indices.filter { rows[$0] >= 0 }.map { Int32($0) }
            dropped = rows.count - kept.count
            table.keepRows(kept)
        }
        table.ledger.append(
            Ledger.Entry(
                cell: context.cellNumber, kind: .joined, what: text, before: rows.count, after: rows.count - dropped,
                reasons: [Ledger.Reason("matched", matched), Ledger.Reason("without a record", rows.count - matched)].filter {
                    $0.rows > 0
                }))
        table.facts.keepPrivate(taking.filter { hiddenThere.contains($0.column) }.map(\.name))
        context.set(table)
        let report = JoinReport(
            details: details, rows: rows, matched: matched, left: left, after: cell.after, step: step, otherTable: other.name,
            isNearest: call[nearest] != nil, dropped: dropped, hidesKeys: hidesKeys,
            hidden: hiddenHere.union(taking.filter { hiddenThere.contains($0.column) }.map(\.name)))
        return report.blocks + (try cell.targetRemarks(of: taking.map(\.name), in: &context))
    }

    private static func step(
        _ call: Call, right: Frame, taking: [(column: String, name: String)], origins: [String: Set<String>], context: ComputeContext
    ) throws -> JoinStep {
        let keys = call[by] ?? []
        let axis = call[nearest]
        let within = call[within].map { Expression(.literal($0.value), $0.span) }
        let named = Dictionary(taking.map { ($0.column, $0.name) }) { first, _ in first }
        return try JoinStep(
            by: keys.map(\.left), with: right, keys: keys.map { $0.right ?? $0.left }, taking: taking,
            preference: call[prefer]?.value == "right" ? .right : .left,
            nearest: axis.map { JoinNearest($0.key.left, $0.direction, within: within) },
            otherNearest: axis.map { $0.key.right ?? $0.key.left },
            origins: Dictionary(uniqueKeysWithValues: origins.map { (named[$0.key] ?? $0.key, $0.value) }), context: context)
    }

    /// The step as it would be typed.
    private static func words(_ call: Call, other: String) -> String {
        var text = "join \(NameText.written(other))"
        if let keys = call[by] { text += " by \(ArgumentText.written(.keys(keys)))" }
        if let axis = call[nearest] {
            text += " nearest \(ArgumentText.written(.keys([axis.key]))) \(axis.direction.rawValue)"
            if let within = call[within] { text += " within \(ArgumentText.written(.literal(within)))" }
        }
        return text
    }

    /// Columns of the other table to add, with the names they get.
    private static func taken(
        _ call: Call, other: Table, right: Frame, in context: inout Context
    ) throws -> [(column: String, name: String)] {
        let prefix = call[prefix]?.value ?? ""
        let keys = (call[by] ?? []) + (call[nearest].map { [$0.key] } ?? [])
        let read = Set(keys.flatMap { ($0.right ?? $0.left).names })
        let names =
            try call[take].map { try ColumnBinding.resolve($0, in: right, table: other.name, target: nil, source: call.cell.source) }
            ?? right.names.filter { !read.contains($0) }
        return names.map { ($0, prefix + $0) }
    }
}
