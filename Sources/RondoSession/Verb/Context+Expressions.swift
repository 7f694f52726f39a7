package import RondoExpressions
package import RondoFrame
package import RondoLanguage
package import RondoLifecycle
import RondoRecipes
package import RondoReport

extension Context {
    /// An expression checked against a table; condition when `.truth` is expected.
    package func compile(_ tree: Expression, on frame: Frame, table: String, expects: RondoFrame.ColumnType? = nil) throws
        -> CompiledExpression
    {
        var schema = Schema(frame)
        schema.tableName = table
        return try CompiledExpression(tree, schema: schema, expects: expects)
    }

    /// Rows of a table for which a condition holds; aggregates inside learn from the table's learning rows.
    package func select(_ condition: Expression, on frame: Frame, table: Table) throws -> ConditionResult {
        let compiled = try compile(condition, on: frame, table: table.name, expects: .truth)
        let aggregates = try compiled.learn(from: frame, rows: table.learningRows, context: compute)
        return try compiled.select(on: frame, aggregates: aggregates, context: compute)
    }

    /// Those of the rows for which a condition holds, read in the values as the user knows them; all of them without a condition.
    /// - Returns: the rows that pass, in the order given, and how many of them the condition could not be told for.
    package func keeping(
        _ rows: [Int32], where condition: Expression?, of table: Table, _ prepared: PreparedTable
    ) throws -> (rows: [Int32], unknown: Int) {
        guard let condition else { return (rows, 0) }
        let compiled = try compile(condition, on: prepared.known, table: table.name, expects: .truth)
        let aggregates = try compiled.learn(from: prepared.known, rows: table.learningRows, context: compute)
        let column = try compiled.evaluate(on: prepared.known, aggregates: aggregates, context: compute).column
        guard case .truth(let values) = column.storage else { return ([], rows.count) }
        return (rows.filter { values[Int($0)] == 1 }, rows.reduce(0) { values[Int($1)] == Column.missingTruth ? $0 + 1 : $0 })
    }

    /// Columns that group rows, read in the values as the user knows them.
    /// - Parameter masksPrivate: whether groups by private columns are numbered instead of refused.
    package func groupColumns(
        _ groups: [Group], of prepared: PreparedTable, table: String, masksPrivate: Bool = false
    ) throws -> [(name: String, column: Column)] {
        guard masksPrivate else {
            for group in groups { try refusePrivate(group.columnsRead, of: table, span: group.expression.span) }
            return try groupColumns(groups, on: prepared.known, table: table)
        }
        let hidden = workspace.table(table)?.privateColumns ?? []
        return zip(groups, try groupColumns(groups, on: prepared.known, table: table)).map { group, found in
            guard !group.columnsRead.isDisjoint(with: hidden) else { return found }
            let factor = found.column.factor()
            return (found.name, Column(.text(factor.codes, Levels(factor.words.indices.map { "group \($0 + 1)" }))))
        }
    }

    /// Answers show no values of private columns.
    /// - Throws: R0670, names the first private column among those read.
    package func refusePrivate(_ read: Set<String>, of table: String, span: Span?) throws {
        guard let hidden = workspace.table(table)?.privateColumns, let name = read.intersection(hidden).min() else { return }
        throw Diagnostic(
            "R0670", "\(name) is private: its values are not shown", span: span, note: "nor what is made of them",
            remedy: "export \(NameText.written(table)) to \"\(table).csv\" including private")
    }

    /// A line for each column that conditions and groups read in other values than the table shows.
    package func valueRemarks(_ condition: Expression?, _ groups: [Group]?, in prepared: PreparedTable) -> [Block] {
        let read = (groups ?? []).reduce(into: condition?.columnsRead ?? []) { $0.formUnion($1.columnsRead) }
        return read.sorted().compactMap { name in
            prepared.recoded[name].map { .text(TextBlock(SlotText.escaped("\(name) is read in its own values, as before: \($0)"))) }
        }
    }

    /// Columns that group rows, as values.
    package func groupColumns(_ groups: [Group], on frame: Frame, table: String) throws -> [(name: String, column: Column)] {
        var schema = Schema(frame)
        schema.tableName = table
        return try GroupExpressions.columns(groups, schema: schema, frame: frame, context: compute)
    }

    /// Names of columns meant by a set; `every` and spans never take the target.
    package mutating func columns(_ set: ColumnSet, of table: Table, frame: Frame) throws -> [String] {
        let target = goal()?.target?.column.value
        return try ColumnBinding.resolve(set, in: frame, table: table.name, target: target, source: source, words: words)
    }
}
