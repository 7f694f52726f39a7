import RondoExpressions
import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `check price > 1 and sqft > 0`: reports how many rows hold, and checks again on replay and on new rows.
package enum CheckVerb: WorkspaceVerb {
    static let condition = Operand("condition", .condition, "what should hold")
    static let expect = Clause("expect", .percent, "least share of rows, or the cell fails; 100% gives new rows the fallback")

    package static let signature = Signature(
        "check", phase: .explore, class: .look,
        summary: "Reports for how many rows a condition holds; kept, and checked again on new rows of a release.",
        details: """
            The name of a linear model instead of a condition checks its assumptions on the training rows: straight lines, equal \
            variance, normal residuals, columns that repeat each other, neighbouring rows.
            """,
        searchWords: ["assert", "validate", "test", "quality", "expectation", "rule"],
        operands: [condition], clauses: [expect, SharedClauses.because, SharedClauses.from],
        examples: [
            Example("check price > 1 and sqft > 0", after: ["load demo \"house_sales\" as sales rows 500"], "How many rows are plausible."),
            Example(
                "check count() = 500", after: ["load demo \"house_sales\" as sales rows 500"],
                "About the whole table; the ledger explains a difference."),
            Example(
                "check linear",
                after: [
                    "load demo \"house_sales\" as sales rows 500", "goal predict price", "split 60/20/20 by sold_on",
                    "fit linear using sqft, lot_size",
                ], "The assumptions of a linear model, one sentence each."),
        ], seeAlso: ["filter", "ledger", "flag"])

    /// A lone name is a truth column, else a model.
    private static func modelToCheck(_ condition: Expression, _ call: Call, in context: inout Context) throws -> TrainedModel? {
        guard case .name(let name) = condition.node, call[SharedClauses.from] == nil, call[expect] == nil,
            context.workspace.model(name) != nil
        else { return nil }
        if context.workspace.currentTable != nil {
            let table = try context.currentTable()
            if try context.prepared(table).known[name]?.type == .truth { return nil }
        }
        return try context.model(named: Name(name, condition.span))
    }

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let condition = try call.required(condition)
        if let model = try modelToCheck(condition, call, in: &context) { return try ModelCheck.blocks(model, in: &context) }
        var table = try context.table(from: call[SharedClauses.from])
        let prepared = try context.prepared(table)
        let frame = prepared.known
        let compiled = try context.compile(condition, on: frame, table: table.name, expects: .truth)
        // The sealed test part stays out of a look at rows; a whole-table count takes all rows.
        let isWhole = compiled.hasAggregates && condition.columnsOutsideAggregates.isEmpty
        let seen = table.split.flatMap { split in split.testRows.isEmpty || isWhole ? nil : split }
        let looked =
            seen.map { split in
                frame.gathering(split.parts.indices.filter { split.parts[$0] != Split.Part.test.rawValue }.map { Int32($0) })
            } ?? frame
        let aggregates = try compiled.learn(from: looked, rows: nil, context: context.compute)
        let result = try compiled.select(on: looked, aggregates: aggregates, context: context.compute)
        let expected = call[expect]?.value.number
        table.checks.append(Table.CheckRule(condition: condition.text, expected: expected, isByRow: !isWhole))
        context.set(table)
        if isWhole {
            return try whole(
                condition, holds: !result.rows.isEmpty, table: table, expected: expected, frame: looked, aggregates: aggregates,
                in: &context)
        }
        let total = looked.rowCount
        let share = total == 0 ? 1 : Double(result.rows.count) / Double(total)
        if let expected, share < expected {
            let text =
                "\(condition.text) holds for \(NumberText.count(result.rows.count)) of \(NumberText.count(total)) rows, fewer than expected"
            throw Diagnostic("R0324", text, span: condition.span, remedy: "filter \(condition.text)")
        }
        var words = "holds for {holds} of {rows} rows ({share}); false for {false}"
        if result.missingCount > 0 { words += ", unknown for {missing}" }
        let tone: TextBlock.Tone = result.falseCount == 0 && result.missingCount == 0 ? .good : .plain
        var blocks: [Block] = [
            .figures([
                Figure("holds", Scalar(result.rows.count), .count), Figure("rows", Scalar(total), .count),
                Figure("share", Scalar(share), .percent),
                Figure("false", Scalar(result.falseCount), .count), Figure("missing", Scalar(result.missingCount), .count),
            ]), .text(TextBlock(words, tone: tone)),
        ]
        if seen != nil { blocks.append(.text(TextBlock("the sealed test rows are left out"))) }
        return blocks + context.valueRemarks(condition, nil, in: prepared)
    }

    /// A condition on the whole table; when it is false, the ledger rows that make the difference are shown.
    private static func whole(
        _ condition: Expression, holds: Bool, table: Table, expected: Double?, frame: Frame, aggregates: LearnedAggregates,
        in context: inout Context
    ) throws -> [Block] {
        var figures = [Figure("rows", Scalar(frame.rowCount), .count), Figure("holds", .truth(holds), .plain)]
        if case .binary(_, let left, let right) = condition.node {
            for (name, side) in [("left", left), ("right", right)] {
                guard side.columnsRead.isDisjoint(with: table.privateColumns),
                    let compiled = try? context.compile(side, on: frame, table: table.name)
                else { continue }
                let learned = try compiled.learn(from: frame, rows: nil, context: context.compute)
                let value = try compiled.evaluate(on: frame, aggregates: learned, context: context.compute).column[0]
                figures.append(Figure(name, value, value.number == value.number?.rounded() ? .count : .number))
            }
        }
        if holds { return [.figures(figures), .text(TextBlock("\(SlotText.escaped(condition.text)) holds", tone: .good))] }
        let present = table.rows.rowCount
        let found = figures.contains { $0.name == "left" } ? ": {left} against {right}" : ""
        if expected != nil {
            throw Diagnostic("R0324", "\(condition.text) does not hold", span: condition.span, remedy: "ledger")
        }
        return [
            .figures(figures), .text(TextBlock("\(SlotText.escaped(condition.text)) does not hold\(found)", tone: .warning)),
            .table(table.ledger.block(table: table.name, present: present)),
            .text(
                TextBlock(
                    "the ledger above shows every row that came or went; a difference no step explains is a step that was never typed",
                    tone: .warning)),
        ]
    }
}

extension Expression {
    /// Columns named outside any aggregate: a condition without them is about the whole table.
    var columnsOutsideAggregates: Set<String> {
        switch node {
        case .call(let call):
            let aggregates: Set<String> = ["mean", "median", "sum", "sd", "min", "max", "count", "first", "last", "distinct"]
            if aggregates.contains(call.function.value), call.groups.isEmpty { return [] }
            return columnsRead
        case .binary(_, let left, let right): return left.columnsOutsideAggregates.union(right.columnsOutsideAggregates)
        case .negate(let inner), .not(let inner): return inner.columnsOutsideAggregates
        case .between(let value, let low, let high, _):
            return value.columnsOutsideAggregates.union(low.columnsOutsideAggregates).union(high.columnsOutsideAggregates)
        default: return columnsRead
        }
    }
}
