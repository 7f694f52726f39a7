import RondoFrame
package import RondoKernels
package import RondoLanguage

/// Evaluates expressions in which everything is written out.
package enum ConstantEvaluation {
    /// A list with ranges may not grow longer.
    package static let listLimit = 100_000

    /// The value of an expression without columns; calendar durations in mean length.
    /// - Throws: `Diagnostics`.
    package static func scalar(_ expression: Expression) throws -> Scalar {
        let node = try checked(expression)
        if node.type == .months, case .constant(.number(let months)) = node.operation {
            return .duration(Conversion.duration(months: months))
        }
        let vector = try node.evaluate(EvaluationScope(frame: Frame(rowCount: 1), context: .quiet))
        return vector.constant ?? vector.column(rows: 1)[0]
    }

    private static func checked(_ expression: Expression) throws -> TypedNode {
        var checker = ExpressionChecker(schema: Schema(columns: []))
        let node = checker.check(expression)
        var faults = checker.faults
        if faults.isEmpty, !checker.aggregates.isEmpty || checker.usesHistory {
            faults.append(
                Diagnostic(
                    "R0217", "\(expression.text) needs rows, a plain value is wanted", span: expression.span,
                    remedy: "write the value itself"))
        }
        faults = faults.map { fault in
            guard fault.code == "R0203", let span = fault.span else { return fault }
            return Diagnostic(
                "R0217", "\(expression.text) is a name, a value is wanted", span: span, note: "text stands in double quotes",
                remedy: "write \(TextLiteral.written(expression.text))", mend: Mend(span, TextLiteral.written(expression.text)))
        }
        if let found = Diagnostics(faults) { throw found }
        return node
    }

    /// The values of a list, ranges written out: `[1, 2..10 step 2]`. Without a step a range goes by 1 (dates: by one day).
    /// - Throws: `Diagnostics` for a range that ends before it begins, a step that is not above 0, a list that is too long.
    package static func list(_ items: [ListItem]) throws -> [Scalar] {
        var result: [Scalar] = []
        for item in items {
            let low = try scalar(item.low)
            guard let high = item.high else {
                guard result.count < listLimit else { throw tooLong(item) }
                result.append(low)
                continue
            }
            result += try range(low, try scalar(high), item, room: listLimit - result.count)
        }
        return result
    }

    private static func range(_ low: Scalar, _ high: Scalar, _ item: ListItem, room: Int) throws -> [Scalar] {
        let step = item.step ?? 1
        guard step > 0, step.isFinite else {
            throw fault(item, "the step must be above 0", "write \(item.low.text)..10 step 2")
        }
        switch (low, high) {
        case (.integer(let first), .integer(let last)) where step == step.rounded() && step < 0x1p62:
            return try integers(first, last, Int64(step), item, room).map { .integer($0) }
        case (.date(let first), .date(let last)) where step == step.rounded() && step < 0x1p31:
            return try integers(Int64(first), Int64(last), Int64(step), item, room).map { .date(Int32(clamping: $0)) }
        case (.integer, .integer), (.integer, .number), (.number, .integer), (.number, .number):
            guard let first = low.number, let last = high.number else { return [] }
            guard first <= last else { throw endsBefore(item) }
            let count = ((last - first) / step + 1e-9).rounded(.down)
            guard count < Double(room) else { throw tooLong(item) }
            return (0...Int(count)).map { .number(first + Double($0) * step) }
        default:
            throw fault(item, "a range needs two numbers or two dates", "write 1..10, or 2024-01-01..2024-12-31")
        }
    }

    private static func integers(_ first: Int64, _ last: Int64, _ step: Int64, _ item: ListItem, _ room: Int) throws -> [Int64] {
        guard first <= last else { throw endsBefore(item) }
        let (width, overflow) = last.subtractingReportingOverflow(first)
        guard !overflow, width / step < Int64(max(0, room)) else { throw tooLong(item) }
        return (0...(width / step)).map { first + $0 * step }
    }

    private static func endsBefore(_ item: ListItem) -> Diagnostics {
        fault(item, "the range ends before it begins", "write \(item.high?.text ?? "1")..\(item.low.text)")
    }

    private static func tooLong(_ item: ListItem) -> Diagnostics {
        fault(item, "the list is too long: more than \(listLimit) values", "give a larger step")
    }

    private static func fault(_ item: ListItem, _ message: String, _ remedy: String) -> Diagnostics {
        Diagnostics(Diagnostic("R0217", message, span: item.low.span.union(item.high?.span ?? item.low.span), remedy: remedy))
    }
}
