package import RondoFrame
package import RondoKernels
package import RondoLanguage

/// An expression whose names and types are checked, ready to be evaluated on any table that has its columns.
package struct CompiledExpression: Sendable {
    package let tree: Expression
    /// The type of the result.
    package let type: ColumnType
    /// The columns it reads.
    package let columns: Set<String>
    /// Whether it holds aggregates over rows (`mean(x by zip)`), which are learned.
    package let hasAggregates: Bool
    /// Whether it holds `lag` or `rank`, which need the rows before.
    package let usesHistory: Bool
    /// What was understood in a way that people may want to know, one sentence each.
    package let notes: [String]

    private let root: TypedNode
    private let aggregates: [AggregateCall]

    /// Checks names and types.
    /// - Parameter expects: the type that is wanted, `.truth` for conditions; nil takes any.
    /// - Throws: `Diagnostics` with all faults, codes `R02…`.
    package init(_ tree: Expression, schema: Schema, expects: ColumnType? = nil) throws {
        var checker = ExpressionChecker(schema: schema)
        var node = checker.check(tree)
        if checker.faults.isEmpty, let expects { node = CompiledExpression.expecting(expects, node, tree, &checker) }
        if let found = Diagnostics(checker.faults) { throw found }
        if node.type == .months { node = checker.converted(node, to: .duration) }
        self.tree = tree
        root = node
        type = node.type.columnType
        columns = checker.columns
        aggregates = checker.aggregates
        hasAggregates = !checker.aggregates.isEmpty
        usesHistory = checker.usesHistory
        notes = checker.notes
    }

    private static func expecting(_ type: ColumnType, _ node: TypedNode, _ tree: Expression, _ checker: inout ExpressionChecker)
        -> TypedNode
    {
        let wanted = ValueType(type)
        if node.type.columnType == type { return node }
        if node.type == .nothing { return checker.converted(node, to: wanted) }
        if type == .truth {
            return checker.noCondition("a condition is wanted, \(tree.text) is \(node.type.words)", tree, node.type)
        }
        let reads = node.type.joined(wanted) == wanted || (type == .category && node.type == .text)
        if reads { return checker.converted(node, to: wanted) }
        return checker.fault(
            "R0211", "\(wanted.words) is wanted, \(tree.text) is \(node.type.words)", tree.span,
            remedy: "write a value that is \(wanted.words)")
    }

    static let notLearned = Fault(
        "R0345", "the groups of this expression were not learned", remedy: "please report this as a fault of Rondo")

    /// Learns the aggregates from the given rows (nil: all).
    package func learn(from frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> LearnedAggregates {
        try learn(from: frame, rows: rows, groupings: GroupingMemory(), context: context)
    }

    /// The same with groups of these rows that other expressions made before.
    func learn(from frame: Frame, rows: [Int32]?, groupings: GroupingMemory, context: ComputeContext) throws -> LearnedAggregates {
        guard hasAggregates else { return .none }
        let needed = frame.keeping { columns.contains($0) }
        return try LearnedAggregates.learned(
            aggregates, from: rows.map { needed.gathering($0) } ?? needed, rowNumbers: rows, groupings: groupings, context: context)
    }

    /// The values for all rows of a table.
    /// - Throws: `Fault` for data that cannot be computed (`R0340` overflow, `R0341` a search that takes too long), `Interrupted`.
    package func evaluate(on frame: Frame, aggregates learned: LearnedAggregates, context: ComputeContext) throws -> Evaluation {
        let scope = EvaluationScope(frame: frame, context: context, aggregates: try learned.bound(to: aggregates))
        let column = try ChunkedEvaluation.evaluate(root, columns: columns, scope) ?? root.evaluate(scope).column(rows: scope.rows)
        return Evaluation(column: column, failedConversions: scope.tally.failed, firstFailure: scope.tally.first)
    }

    /// The values for all rows, aggregates learned from the same rows.
    package func evaluate(on frame: Frame, context: ComputeContext) throws -> Evaluation {
        try evaluate(on: frame, aggregates: learn(from: frame, rows: nil, context: context), context: context)
    }
}

/// The values of an expression, and how many conversions in it failed.
package struct Evaluation: Sendable {
    package let column: Column
    package let failedConversions: Int
    /// The first value that could not be converted.
    package let firstFailure: String?
}

/// A condition over rows: which are true, how many are false and missing.
package struct ConditionResult: Sendable {
    /// Rows where it is true, in order.
    package let rows: [Int32]
    package let falseCount: Int
    package let missingCount: Int
}

extension CompiledExpression {
    /// The rows for which the condition is true.
    package func select(on frame: Frame, aggregates: LearnedAggregates, context: ComputeContext) throws -> ConditionResult {
        let column = try evaluate(on: frame, aggregates: aggregates, context: context).column
        guard case .truth(let values) = column.storage else {
            throw Fault(
                "R0346", "a condition is wanted, \(tree.text) is \(ValueType(type).words)", remedy: "write a comparison: column > 0")
        }
        var counts = [0, 0, 0]
        for value in values { counts[Int(min(value, 2))] += 1 }
        let rows = [Int32](unsafeUninitializedCapacity: counts[1] + 1) { buffer, count in
            // Written for every row, kept for true ones only: no branch to mispredict.
            var next = 0
            for (row, value) in values.enumerated() {
                buffer[next] = Int32(truncatingIfNeeded: row)
                next += value == 1 ? 1 : 0
            }
            count = counts[1]
        }
        return ConditionResult(rows: rows, falseCount: counts[0], missingCount: counts[2])
    }
}
