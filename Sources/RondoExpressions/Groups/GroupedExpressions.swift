package import RondoFrame
package import RondoKernels
package import RondoLanguage

/// Aggregates as a table: `aggregate revenue = sum(price), share = count(where late) / count() by zip`.
package enum GroupedExpressions {
    /// One row for each group in order of first appearance (one row in all without groups): the keys, then the aggregates.
    ///
    /// Aggregates without a `by` of their own are computed within the group. Outside of aggregates only the grouping expressions may stand.
    /// - Throws: `Diagnostics` for names and types (R0223 for a column that is no aggregate), `Fault` for data.
    package static func table(_ aggregates: [Aggregate], by groups: [Group], schema: Schema, frame: Frame, context: ComputeContext) throws
        -> Frame
    {
        let keys = try groups.isEmpty ? [] : GroupExpressions.columns(groups, schema: schema, frame: frame, context: context)
        var working = frame
        var wider = schema
        var rewriting = Rewriting(groups: groups)
        for (place, key) in keys.enumerated() {
            let hidden = Rewriting.hidden(place)
            try working.set(hidden, key.column)
            wider.columns.append((hidden, key.column.type))
        }
        var faults: [Diagnostic] = []
        var compiled: [(name: String, expression: CompiledExpression)] = []
        for aggregate in aggregates {
            do {
                // Checked as written first, so that messages show what was typed.
                _ = try CompiledExpression(aggregate.expression, schema: schema)
                let tree = rewriting.rewritten(aggregate.expression)
                compiled.append((name(of: aggregate), try CompiledExpression(tree, schema: wider)))
            } catch let found as Diagnostics {
                faults += found.all
            }
        }
        if let found = Diagnostics(faults + rewriting.faults) { throw found }
        let groupings = GroupingMemory()
        let shared =
            keys.isEmpty
            ? nil
            : try groupings.entry(rewriting.hiddenGroups(Span(0, 0))) {
                GroupingMemory.Entry(
                    by: rewriting.hiddenGroups(Span(0, 0)), edges: keys.map { _ in nil },
                    learned: try GroupKeys.learned(from: keys.map(\.column), context: context))
            }
        let firstRows = shared?.learned.firstRows ?? [-1]
        let representatives = working.gathering(firstRows)
        var result = Frame(rowCount: firstRows.count)
        for (place, key) in keys.enumerated() {
            if let column = representatives[Rewriting.hidden(place)] { try result.set(key.name, column) }
        }
        for (name, expression) in compiled {
            let learned = try expression.learn(from: working, rows: nil, groupings: groupings, context: context)
            try result.set(name, expression.evaluate(on: representatives, aggregates: learned, context: context).column)
        }
        return result
    }

    /// The name given, else `mean_price` for `mean(price)`, `count` for `count()`, else the expression as written.
    package static func name(of aggregate: Aggregate) -> String {
        if let name = aggregate.name { return name.value }
        guard case .call(let call) = aggregate.expression.node, call.condition == nil, call.groups.isEmpty, call.over == nil else {
            return aggregate.expression.text
        }
        if call.arguments.isEmpty { return call.function.value }
        guard call.arguments.count == 1, case .name(let column) = call.arguments[0].node else { return aggregate.expression.text }
        return "\(call.function.value)_\(column)"
    }

    /// Puts the groups into aggregates, and the keys in place of the expressions that made them.
    private struct Rewriting {
        let groups: [Group]
        var faults: [Diagnostic] = []

        init(groups: [Group]) { self.groups = groups }

        /// Names of key columns; no name that can be typed has this form.
        static func hidden(_ place: Int) -> String { "group\u{0}\(place)" }

        /// The key columns as groups.
        func hiddenGroups(_ span: Span) -> [Group] { groups.indices.map { Group(Expression(.name(Rewriting.hidden($0)), span)) } }

        mutating func rewritten(_ expression: Expression) -> Expression {
            if let place = groups.firstIndex(where: { $0.bands == nil && $0.expression == expression }) {
                return Expression(.name(Rewriting.hidden(place)), expression.span)
            }
            var result = expression
            switch expression.node {
            case .name(let name):
                faults.append(
                    Diagnostic(
                        "R0223", "\(name) has many values in a group", span: expression.span, remedy: "write mean(\(expression.text))",
                        mend: Mend(expression.span, "mean(\(expression.text))")))
            case .call(var call):
                if let function = Functions.named(call.function.value), function.role == .aggregate {
                    if call.groups.isEmpty {
                        call.groups = hiddenGroups(expression.span)
                    }
                } else {
                    call.arguments = call.arguments.map { rewritten($0) }
                }
                result.node = .call(call)
            case .negate(let inner): result.node = .negate(rewritten(inner))
            case .not(let inner): result.node = .not(rewritten(inner))
            case .binary(let operation, let left, let right): result.node = .binary(operation, rewritten(left), rewritten(right))
            case .between(let inner, let low, let high, let negated):
                result.node = .between(rewritten(inner), low: rewritten(low), high: rewritten(high), negated: negated)
            case .member(let inner, let items, let negated): result.node = .member(rewritten(inner), of: items, negated: negated)
            case .isMissing(let inner, let negated): result.node = .isMissing(rewritten(inner), negated: negated)
            case .text(let operation, let inner, let part, let negated):
                result.node = .text(operation, rewritten(inner), rewritten(part), negated: negated)
            case .conditional(let condition, let first, let second):
                result.node = .conditional(if: rewritten(condition), then: rewritten(first), else: rewritten(second))
            case .literal, .parameter, .reference, .moves, .list: break
            }
            return result
        }
    }
}
