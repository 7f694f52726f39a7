import RondoExpressions
import RondoFrame
import RondoKernels
import RondoLanguage
import RondoReport

/// An expression with what its aggregates learned; evaluated on training and new rows alike.
struct LearnedExpression: Sendable {
    let tree: Expression
    /// The type that is wanted, truth for conditions.
    let isCondition: Bool
    private let aggregates: LearnedAggregates

    /// Learns the aggregates from these rows of a table (nil: all).
    /// - Throws: `Diagnostics` for names and types.
    init(_ tree: Expression, from frame: Frame, rows: [Int32]?, isCondition: Bool = false, context: ComputeContext) throws {
        self.tree = tree
        self.isCondition = isCondition
        let compiled = try CompiledExpression(tree, schema: Schema(frame), expects: isCondition ? .truth : nil)
        guard compiled.hasAggregates else {
            aggregates = .none
            return
        }
        // Without the words that stand only in other rows: what is learned must not tell of them.
        var learning = Frame(rowCount: rows?.count ?? frame.rowCount)
        for name in frame.names where compiled.columns.contains(name) { try learning.set(name, try frame.learning(name, rows).compacted()) }
        aggregates = try compiled.learn(from: learning, rows: nil, context: context)
    }

    /// The values for all rows of a table; values that could not be converted are remarked under `name`.
    /// - Throws: R0350 for a column that is not there.
    func column(of frame: Frame, name: String, remarks: inout StepRemarks, context: ComputeContext) throws -> Column {
        let read = tree.columnsRead
        try frame.require(read.sorted())
        let needed = frame.keeping { read.contains($0) }
        let compiled = try CompiledExpression(tree, schema: Schema(needed), expects: isCondition ? .truth : nil)
        let evaluation = try compiled.evaluate(on: needed, aggregates: aggregates, context: context)
        if evaluation.failedConversions > 0 {
            remarks.note(.conversionFailed, column: name, rows: LearnedExpression.failed(evaluation.column, needed))
        }
        return evaluation.column
    }

    /// Rows without an answer although nothing that goes in is missing.
    private static func failed(_ result: Column, _ inputs: Frame) -> [Int32] {
        let gaps = inputs.columns.map { $0.missingMask() }
        return result.missingRows().filter { row in !gaps.contains { $0[Int(row)] } }
    }

    func archive() -> Archive {
        var archive = Archive(["expression": .words([SavedExpression.text(tree)])])
        archive.set("condition", isCondition ? 1 : 0)
        archive.set("learned", aggregates.archive())
        return archive
    }

    init(archive: Archive) throws {
        tree = try SavedExpression.expression(try archive.word("expression"))
        isCondition = try archive.integer("condition") == 1
        aggregates = try LearnedAggregates(archive: try archive.archive("learned"))
    }

    /// What the aggregates of several expressions learned: a row a group.
    static func table(_ items: [(name: String, expression: LearnedExpression)]) -> TableBlock? {
        let tables = items.flatMap { item in item.expression.aggregates.tables.map { (item.name, $0) } }
        guard !tables.isEmpty else { return nil }
        let isNumeric = tables.allSatisfy { table in table.1.values.allSatisfy { $0.isMissing || $0.number != nil } }
        return TableBlock(
            caption: "learned from rows",
            columns: [
                .init("column", "text", .plain), .init("aggregate", "text", .plain), .init("group", "text", .plain),
                .init("value", isNumeric ? "number" : "text", isNumeric ? .number : .plain),
            ],
            rows: tables.flatMap { name, table in
                zip(table.keys, table.values).map { keys, value -> [Scalar] in
                    let group = keys.isEmpty ? "all rows" : keys.map { $0.isMissing ? "missing" : $0.plainText }.joined(separator: ", ")
                    let shown =
                        isNumeric ? value.number.map { Scalar($0) } ?? .missing : value.isMissing ? .missing : .text(value.plainText)
                    return [.text(name), .text(table.expression), .text(group), shown]
                }
            })
    }

    /// `212 groups of mean(price by zip)`.
    static func summary(_ expressions: [LearnedExpression]) -> String? {
        let tables = expressions.flatMap { $0.aggregates.tables }
        guard let first = tables.first else { return nil }
        if tables.count > 1 { return "\(grouped(tables.count)) aggregates, \(grouped(tables.reduce(0) { $0 + $1.values.count })) values" }
        if first.keyNames.isEmpty { return "\(first.expression) = \(first.values.first?.plainText ?? "missing")" }
        return "\(grouped(first.values.count)) groups of \(first.expression)"
    }
}

/// Key expressions, which must say something about one row alone.
enum KeyExpression {
    /// The values of a key for all rows of a table.
    /// - Throws: R0350 for a column that is not there, R0455 for aggregates and history.
    static func column(_ expression: Expression, of frame: Frame, context: ComputeContext) throws -> Column {
        if case .name(let name) = expression.node { return try frame.required(name) }
        guard !expression.aggregates, !expression.usesOrder else {
            throw Fault(
                "R0455", "the key \(expression.text) looks at other rows",
                remedy: "make a column of it first, with derive, and take that as the key")
        }
        let read = expression.columnsRead
        try frame.require(read.sorted())
        let needed = frame.keeping { read.contains($0) }
        return try CompiledExpression(expression, schema: Schema(needed)).evaluate(on: needed, aggregates: .none, context: context).column
    }
}

extension Expression {
    /// Whether it holds functions over rows, which are learned.
    var aggregates: Bool { calls { $0 == .aggregate } }

    /// Whether it holds functions along an order (`lag`, `rank`).
    var usesOrder: Bool { calls { $0 == .ordered } }

    private func calls(_ passes: (FunctionRole) -> Bool) -> Bool {
        functionsCalled.contains { Functions.named($0).map { passes($0.role) } ?? false }
    }
}
