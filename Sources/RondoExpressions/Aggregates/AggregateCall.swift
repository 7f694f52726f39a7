import RondoFrame
import RondoKernels
import RondoLanguage

/// A checked `mean(price where sold by zip)`.
struct AggregateCall: Sendable {
    /// As written; equal calls are computed once.
    let call: Expression.Call
    let text: String
    let function: any AggregateFunction.Type
    let argument: TypedNode?
    let condition: TypedNode?
    let groups: [CheckedGroup]
    let over: TypedNode?
    let type: ValueType

    /// Computes the answer of each group from the rows of the scope.
    func learn(_ scope: EvaluationScope) throws -> LearnedAggregate {
        let shared = groups.isEmpty ? nil : try scope.groupings.entry(call.groups) { try learnedGroups(scope) }
        var rowGroups = shared?.learned.groups ?? Array(repeating: 0, count: scope.rows)
        if let condition { RowOrder.exclude(&rowGroups, where: try condition.evaluate(scope).truths) }
        let values = try argument?.evaluate(scope).column(rows: scope.rows)
        let order = try over.map { try $0.evaluate(scope).column(rows: scope.rows) }
        let grouped = GroupedValues(
            column: values, groups: rowGroups, groupCount: shared?.learned.keys.count ?? 1, order: order, rowNumbers: scope.rowNumbers,
            text: text,
            context: scope.context)
        let answers = try function.aggregate(grouped, type: type)
        return LearnedAggregate(
            text: text, keyNames: groups.map(\.name), edges: shared?.edges ?? [], keys: shared?.learned.keys, values: answers)
    }

    /// The groups of the rows of the scope.
    private func learnedGroups(_ scope: EvaluationScope) throws -> GroupingMemory.Entry {
        var keys: [Column] = []
        var edges: [BandEdges?] = []
        for group in groups {
            let column = try group.node.evaluate(scope).column(rows: scope.rows)
            let bands = try group.bands.map { try BandEdges.learned($0, from: column, type: group.node.type) }
            keys.append(bands.map { $0.banded(column) } ?? column)
            edges.append(bands)
        }
        return GroupingMemory.Entry(by: call.groups, edges: edges, learned: try GroupKeys.learned(from: keys, context: scope.context))
    }
}

/// A checked group after `by`.
struct CheckedGroup: Sendable {
    enum Bands: Sendable {
        case edges([Double])
        case count(Int)
    }
    let node: TypedNode
    let bands: Bands?
    let name: String
}

/// What one aggregate learned: a value for each group.
struct LearnedAggregate: Sendable {
    let text: String
    let keyNames: [String]
    /// Edges of the bands of each key, nil for keys without bands.
    let edges: [BandEdges?]
    /// Nil when there is no `by`.
    let keys: GroupKeys?
    /// One value for each group, or one in all.
    let values: Column
}

/// An aggregate together with what it learned.
struct BoundAggregate {
    let call: AggregateCall
    let learned: LearnedAggregate

    /// The value of each row's group; missing for groups that were not there.
    func evaluate(_ scope: EvaluationScope) throws -> Vector {
        guard let keys = learned.keys else { return Vector(constant: learned.values[0], call.type) }
        guard call.groups.count == keys.codings.count, learned.edges.count == keys.codings.count else {
            throw CompiledExpression.notLearned
        }
        var columns: [Column] = []
        for (group, edges) in zip(call.groups, learned.edges) {
            let column = try group.node.evaluate(scope).column(rows: scope.rows)
            columns.append(edges.map { $0.banded(column) } ?? column)
        }
        return Vector(learned.values.gathering(keys.groups(of: columns)), call.type)
    }
}
