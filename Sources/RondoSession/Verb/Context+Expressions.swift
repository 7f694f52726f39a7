package import RondoExpressions
package import RondoFrame
package import RondoLanguage
package import RondoLifecycle

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
