package import RondoFrame
package import RondoKernels
package import RondoLanguage

/// Groups as columns: `by type, year(sold_on), price bands [200k, 500k]`.
package enum GroupExpressions {
    /// One column for each group, named as written; bands become ordered categories (`200k to 500k`, the lower edge counts), a number of
    /// bands cuts the known values of this table into bands of equal counts.
    /// - Throws: `Diagnostics` for names and types, `Fault` for data.
    package static func columns(_ groups: [Group], schema: Schema, frame: Frame, context: ComputeContext) throws -> [(
        name: String, column: Column
    )] {
        var checker = ExpressionChecker(schema: schema)
        var checked: [CheckedGroup] = []
        for group in groups { if let one = checker.group(group) { checked.append(one) } }
        if let found = Diagnostics(checker.faults) { throw found }
        let aggregates = try LearnedAggregates.learned(checker.aggregates, from: frame, rowNumbers: nil, context: context)
        let scope = EvaluationScope(frame: frame, context: context, aggregates: try aggregates.bound(to: checker.aggregates))
        return try zip(groups, checked).map { group, one in
            let column = try one.node.evaluate(scope).column(rows: frame.rowCount)
            let name = if case .name(let name) = group.expression.node { name } else { one.name }
            guard let bands = one.bands else { return (name, column) }
            return (name, try BandEdges.learned(bands, from: column, type: one.node.type).banded(column))
        }
    }

    /// The columns that groups read.
    package static func columnsRead(_ groups: [Group], schema: Schema) throws -> Set<String> {
        var checker = ExpressionChecker(schema: schema)
        for group in groups { _ = checker.group(group) }
        if let found = Diagnostics(checker.faults) { throw found }
        return checker.columns
    }
}
