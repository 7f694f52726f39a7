import RondoExpressions
import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession
import RondoSignature

/// The rows that an aggregate works on: those of a table for which a condition holds, before a cut-off.
struct AggregateSource {
    /// The rows that count, with the words that occur in them only: nothing in it tells of the others.
    private(set) var frame = Frame()
    /// All rows, those that count or not.
    private let whole: Frame
    let rowCount: Int
    /// Rows that do not count, by reason.
    private(set) var reasons: [Ledger.Reason] = []
    private(set) var remarks: [Block] = []
    /// Columns that decide which rows count.
    private(set) var columnsRead: Set<String> = []

    /// - Throws: R0756 without a moment for the cut-off, R0763 when no row counts.
    init(_ call: Call, table: Table, prepared: PreparedTable, in context: inout Context) throws {
        whole = prepared.known
        rowCount = whole.rowCount
        var rows = (0..<Int32(rowCount)).map { $0 }
        if call[AggregateVerb.new] == nil, let split = table.split, !split.testRows.isEmpty {
            let sealed = Set(split.testRows)
            rows = rows.filter { !sealed.contains($0) }
            remarks.append(.text(TextBlock("the \(NumberText.count(sealed.count)) test rows are sealed and left out")))
        }
        if let condition = call[SharedClauses.condition] {
            rows = try keep(rows, condition, of: table, "condition", in: &context)
            columnsRead.formUnion(condition.columnsRead)
            remarks += context.valueRemarks(condition, nil, in: prepared)
        }
        if let cut = call[AggregateVerb.before] {
            let moment = try AggregateSource.moment(whole, goal: context.goal(), cut, call)
            let condition = Expression(
                .binary(.less, Expression(.name(moment), cut.span), Expression(.literal(cut.value), cut.span)), cut.span)
            rows = try keep(rows, condition, of: table, "cut-off", in: &context)
            columnsRead.insert(moment)
            let out = reasons.last { $0.words == AggregateSource.afterCutOff }?.rows ?? 0
            let words =
                "\(NumberText.count(out)) \(Noun.of(out, "row is", "rows are")) not before \(LiteralText.written(cut.value)) in \(moment)"
                + " and \(Noun.of(out, "does", "do")) not count"
            if out > 0 { remarks.append(.text(TextBlock(SlotText.escaped(words)))) }
        }
        guard !rows.isEmpty || rowCount == 0 else {
            throw Diagnostic(
                "R0763", "no row counts: the condition or the cut-off leaves none",
                span: call.span(AggregateVerb.before) ?? call.span(SharedClauses.condition), remedy: "describe")
        }
        frame = Frame(rowCount: rows.count)
        let isWhole = rows.count == rowCount
        for (name, column) in zip(whole.names, whole.columns) {
            try frame.set(name, isWhole ? column : column.gathering(rows).droppingUnusedLevels())
        }
    }

    private static let afterCutOff = "not before the cut-off"

    private mutating func keep(
        _ rows: [Int32], _ condition: Expression, of table: Table, _ word: String, in context: inout Context
    ) throws -> [Int32] {
        let compiled = try context.compile(condition, on: whole, table: table.name, expects: .truth)
        let aggregates = try compiled.learn(from: whole, rows: table.learningRows, context: context.compute)
        guard case .truth(let values) = try compiled.evaluate(on: whole, aggregates: aggregates, context: context.compute).column.storage
        else { return [] }
        let missing = rows.count { values[Int($0)] == Column.missingTruth }
        let kept = rows.filter { values[Int($0)] == 1 }
        reasons += [
            Ledger.Reason(word == "cut-off" ? AggregateSource.afterCutOff : "condition false", rows.count - kept.count - missing),
            Ledger.Reason("\(word) missing", missing),
        ].filter { $0.rows > 0 }
        if missing > 0 {
            remarks.append(
                .text(
                    TextBlock(
                        "\(NumberText.count(missing)) \(Noun.of(missing, "row does", "rows do")) not count: the \(word) cannot be told for \(Noun.of(missing, "it", "them"))"
                    )))
        }
        return kept
    }

    /// How many groups of all rows are not among the `kept` ones of the rows that count.
    func lostGroups(_ groups: [Group], kept: Int, schema: Schema, context: ComputeContext) throws -> Int {
        guard !groups.isEmpty, whole.rowCount != frame.rowCount else { return 0 }
        let columns = try GroupExpressions.columns(groups, schema: schema, frame: whole, context: context).map(\.column)
        // Bands of equal counts have other edges in other rows: then groups cannot be compared.
        guard groups.allSatisfy({ if case .count? = $0.bands { false } else { true } }) else { return 0 }
        return try Groups(by: columns, rowCount: whole.rowCount, context: context).count - kept
    }

    /// The column that says when a row happened: the goal's moment, else the only date or time.
    private static func moment(_ frame: Frame, goal: Goal?, _ cut: SpannedLiteral, _ call: Call) throws -> String {
        if let moment = goal?.moment, frame[moment]?.type.isMoment == true { return moment }
        let moments = frame.names.filter { frame[$0]?.type.isMoment == true }
        if moments.count == 1 { return moments[0] }
        let value = LiteralText.written(cut.value)
        if moments.isEmpty {
            throw Diagnostic(
                "R0756", "before needs a date or a time in the table, and there is none", span: cut.span,
                remedy: "make one of a column, with cast COLUMN date")
        }
        throw Diagnostic(
            "R0756", "before cannot tell which moment counts: \(moments.joined(separator: ", "))", span: cut.span,
            note: "the at column of a goal decides, else a condition", remedy: "where \(NameText.written(moments[0])) < \(value)")
    }
}
