import RondoExpressions
import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `aggregate n = count(), total = sum(amount) by customer before $as_of as customers`: events to one row for each group.
package enum AggregateVerb: WorkspaceVerb {
    static let aggregates = Operand("aggregates", .aggregates, "[name =] expression over the rows of a group, …", optional: true)
    static let by = Clause("by", .groups, "one row for each of these (one row in all)")
    static let before = Clause("before", .value, "a cut-off: only rows before this moment count")
    static let pairs = Clause("pairs", .column, "which values of this column lie together in a basket, two by two")
    static let sets = Clause("sets", .column, "which values of this column often lie together, in sets of any size")
    static let basket = Clause("basket", .groups, "what makes a basket: order, or customer and day")
    static let least = Clause<SpannedLiteral>(
        "least", .either([.integer, .percent]), "in how many baskets a pair or set must lie (pairs 2, sets 1 %)")
    static let new = Clause("as", .newName, "name of the new table, current from then on (only shown)")

    package static let signature = Signature(
        "aggregate", phase: .prepare, class: .rowStep,
        summary: "Makes one row of each group: counts, sums, means, last values; or finds what lies together in baskets.",
        details: """
            Every function over rows can be used, with conditions: `count(where kind = "visit")`, `sum(amount where day >= $as_of - 90 days)`, \
            `last(plan over day)`, `days_between(max(day), $as_of)`. Rows from the cut-off of `before` on count in no way: its moment is \
            the goal's `at` column, or the only date there is. With `as` the result is a table of its own and the current one; without, \
            it is only shown. `pairs` says for each two values how many baskets hold both, their support, the confidence that the second \
            lies where the first does, and the lift over chance; `sets` does so for sets of any size, for their best rule.
            """,
        searchWords: [
            "group by", "summarise", "groupby", "rollup", "pivot", "features from events", "rfm", "market basket", "association rules",
            "apriori", "frequent itemsets", "bought together",
        ],
        operands: [aggregates], clauses: [by, SharedClauses.condition, before, pairs, sets, basket, least, new, SharedClauses.from],
        examples: [
            Example(
                "aggregate sales = count(), typical = median(price) by zip as areas",
                after: ["load demo \"house_sales\" as sales rows 500"], "One row an area, as a table of its own."),
            Example(
                "aggregate count(), mean(price), last_sale = max(sold_on) by type before 2023-01-01",
                after: ["load demo \"house_sales\" as sales rows 500"], "Only shown: each type of house as it stood at the end of 2022."),
            Example(
                "aggregate pairs type basket zip, year(sold_on)", after: ["load demo \"house_sales\" as sales rows 500"],
                "Which types are sold in the same area and year."),
        ], seeAlso: ["join", "count", "derive"])

    package static func faults(of call: Call) -> [Diagnostic] {
        let items = call[pairs] ?? call[sets]
        let kinds = [call[aggregates] != nil, call[pairs] != nil, call[sets] != nil].count { $0 }
        if kinds != 1 {
            let words =
                kinds == 0
                ? "aggregate needs what to compute: functions over rows, pairs or sets"
                : "aggregate does one thing at a time: functions over rows, pairs, or sets"
            return [
                Diagnostic(
                    "R0755", words, span: call.span(sets) ?? call.span(pairs) ?? call.cell.verb.span,
                    remedy: kinds == 0
                        ? "aggregate count()\(call[by].map { " by " + ArgumentText.written(.groups($0)) } ?? "")"
                        : "write two cells")
            ]
        }
        guard let items else {
            guard let span = call.span(basket) ?? call.span(least) else { return [] }
            return [
                Diagnostic(
                    "R0755", "baskets are for pairs and sets", span: span, remedy: "aggregate pairs COLUMN basket COLUMN")
            ]
        }
        let column = NameText.written(items.value)
        if let span = call.span(by) {
            let groups = call[by].map { ArgumentText.written(.groups($0)) } ?? "COLUMN"
            return [
                Diagnostic(
                    "R0755", "what makes a basket stands after basket, not after by", span: span,
                    remedy: call[pairs] == nil ? "aggregate sets \(column) basket \(groups)" : "aggregate pairs \(column) basket \(groups)")
            ]
        }
        guard call[basket] != nil else {
            return [
                Diagnostic(
                    "R0757", "pairs and sets need basket: which rows belong together", span: call.cell.verb.span,
                    remedy: call[pairs] == nil ? "aggregate sets \(column) basket COLUMN" : "aggregate pairs \(column) basket COLUMN")
            ]
        }
        return []
    }

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let table = try context.table(from: call[SharedClauses.from])
        let prepared = try context.prepared(table)
        let source = try AggregateSource(call, table: table, prepared: prepared, in: &context)
        let made =
            call[aggregates] == nil
            ? try BasketTable.make(call, source, in: &context) : try grouped(call, source, table: table, in: &context)
        guard let name = call[new]?.value else { return made.blocks + shown(made.frame, call, table) + source.remarks }
        var result = Table(
            name: name, rows: made.frame,
            ledger: Ledger([
                Ledger.Entry(
                    cell: context.cellNumber, kind: .aggregated, what: "aggregate from \(table.name)", before: table.rows.rowCount,
                    after: made.frame.rowCount, reasons: source.reasons + [Ledger.Reason("put together", source.frame.rowCount)])
            ]), sources: table.sources)
        result.lineage = table.lineage(of: made.inputs.mapValues { $0.union(source.columnsRead) }, recipe: prepared.recipe)
        guard name != table.name else {
            throw Diagnostic(
                "R0754", "\(name) is the table that the rows come from", span: call.span(new),
                remedy: "take another name: as \(name)_groups")
        }
        let isReplaced = context.workspace.table(name) != nil
        context.set(result)
        context.makeCurrent(name)
        var blocks = made.blocks
        blocks.append(
            .text(
                TextBlock(
                    SlotText.escaped(
                        "\(name) is \(isReplaced ? "replaced and " : "")the current table: \(NameList.words(made.frame.names, limit: 10))"))
            ))
        return blocks + source.remarks + (try targetRemark(made, table: table, prepared: prepared, in: &context))
    }

    /// One row a group.
    private static func grouped(_ call: Call, _ source: AggregateSource, table: Table, in context: inout Context) throws -> AggregateResult
    {
        let items = call[aggregates] ?? []
        let groups = call[by] ?? []
        var schema = Schema(source.frame)
        schema.tableName = table.name
        let keys = try GroupExpressions.columns(groups, schema: schema, frame: source.frame, context: context.compute)
        var names =
            keys.map { ResultName.plain($0.name) } + items.map { $0.name?.value ?? ResultName.of($0) }
        var taken: Set<String> = []
        for (place, item) in items.enumerated() where item.name == nil {
            names[keys.count + place] = ResultName.free(names[keys.count + place], among: Set(names.prefix(keys.count + place)))
        }
        for (place, name) in names.enumerated() where !taken.insert(name).inserted {
            throw Diagnostic(
                "R0310", "two columns would be called \(name)", span: place < keys.count ? nil : items[place - keys.count].expression.span,
                remedy: "give one of them a name: other_\(name) = \(place < keys.count ? name : items[place - keys.count].expression.text)")
        }
        // The names of the result are given last: an expression may be longer than a name.
        let numbered = items.enumerated().map { Aggregate(Name("\u{0}\($0.offset)", $0.element.expression.span), $0.element.expression) }
        let found = try GroupedExpressions.table(numbered, by: groups, schema: schema, frame: source.frame, context: context.compute)
        let frame = try Frame(Array(zip(names, found.columns.map { $0.droppingUnusedLevels() })))
        var inputs: [String: Set<String>] = [:]
        for (name, group) in zip(names, groups) { inputs[name] = group.columnsRead }
        for (name, item) in zip(names.dropFirst(groups.count), items) {
            inputs[name] = item.expression.columnsRead.union(groups.filter { $0.bands != nil }.flatMap(\.columnsRead))
        }
        let lost = try source.lostGroups(groups, kept: frame.rowCount, schema: schema, context: context.compute)
        let one = groups.isEmpty ? "" : ", one for each \(NameList.words(names.prefix(groups.count).map { $0 }))"
        var blocks: [Block] = [
            .figures([
                Figure("rows", Scalar(frame.rowCount), .count), Figure("columns", Scalar(frame.columnCount), .count),
                Figure("used", Scalar(source.frame.rowCount), .count), Figure("of", Scalar(source.rowCount), .count),
                Figure("lost_groups", Scalar(lost), .count),
            ]),
            .text(
                TextBlock(
                    "{rows} \(Noun.of(frame.rowCount, "row")) of {columns} columns\(SlotText.escaped(one)), from {used} of {of} rows of \(SlotText.escaped(table.name))"
                )),
        ]
        if lost > 0 {
            blocks.append(
                .text(
                    TextBlock(
                        "{lost_groups} \(Noun.of(lost, "group has no row that counts and is", "groups have no row that counts and are")) not in the result"
                    )))
        }
        let gaps = zip(names, keys).filter { $0.1.column.missingCount > 0 }
        for (name, key) in gaps {
            blocks.append(
                .text(
                    TextBlock(
                        SlotText.escaped(
                            "\(NumberText.count(key.column.missingCount)) \(Noun.of(key.column.missingCount, "row without \(name) makes", "rows without \(name) make")) a group of their own"
                        ))))
        }
        return AggregateResult(frame: frame, inputs: inputs, blocks: blocks)
    }

    private static let shownRows = 100

    private static func shown(_ frame: Frame, _ call: Call, _ table: Table) -> [Block] {
        let rows = min(frame.rowCount, shownRows)
        let part = rows < frame.rowCount ? frame.gathering((0..<Int32(rows)).map { $0 }) : frame
        var blocks: [Block] = [.table(FrameBlock.table(part, caption: "aggregate of \(table.name)"))]
        if rows < frame.rowCount { blocks.append(.text(TextBlock("the first \(rows) are shown; as NAME keeps all of them as a table"))) }
        return blocks
    }

    /// Columns that contain the target of the goal say so: joined back they are no features.
    private static func targetRemark(
        _ made: AggregateResult, table: Table, prepared: PreparedTable, in context: inout Context
    ) throws -> [Block] {
        guard let target = context.goal()?.target?.column.value, prepared.known[target] != nil else { return [] }
        let tainted = TargetGuard(target: target, recipe: prepared.recipe, columns: table.rows.names).tainted
        let found = made.frame.names.filter { !(made.inputs[$0] ?? []).isDisjoint(with: tainted) }
        guard !found.isEmpty else { return [] }
        let words =
            "\(NameList.words(found)) \(found.count == 1 ? "contains" : "contain") the target, \(target): joined back to \(table.name), kept for looking, never a feature"
        return [.text(TextBlock(SlotText.escaped(words), tone: .warning))]
    }
}

/// What `aggregate` made: the rows, the columns that went into each, and what is to be said.
struct AggregateResult {
    let frame: Frame
    let inputs: [String: Set<String>]
    let blocks: [Block]
}

/// Names that can be typed: `year(sold_on)` becomes `year_sold_on`.
enum ResultName {
    /// The name, with a number behind it where it is taken.
    static func free(_ name: String, among taken: Set<String>) -> String {
        guard taken.contains(name) else { return name }
        var number = 2
        while taken.contains("\(name)_\(number)") { number += 1 }
        return "\(name)_\(number)"
    }

    private static let longest = 32

    /// The name of an aggregate that has none: what it says where that is short, else its function and column.
    static func of(_ aggregate: Aggregate) -> String {
        let name = plain(GroupedExpressions.name(of: aggregate))
        guard name.count > longest, case .call(let call) = aggregate.expression.node else { return String(name.prefix(longest)) }
        return plain("\(call.function.value)_\(call.arguments.first?.text ?? "where")")
    }

    static func plain(_ text: String) -> String {
        var result = ""
        for character in text {
            if character.isLetter || character.isNumber || character == "_" {
                result.append(character)
            } else if !result.isEmpty, !result.hasSuffix("_") {
                result.append("_")
            }
        }
        while result.hasSuffix("_") { result.removeLast() }
        return result.first?.isLetter == true ? result : "value_\(result)"
    }
}
