import RondoFrame
import RondoKernels
import RondoLanguage

extension ExpressionChecker {
    mutating func binary(_ operation: Expression.BinaryOperator, _ left: Expression, _ right: Expression, _ expression: Expression)
        -> TypedNode
    {
        switch operation {
        case .and, .or:
            if operation == .or, let hint = forgottenComparison(left, right) { return hint }
            let (first, second) = (condition(left, after: operation.rawValue), condition(right, after: operation.rawValue))
            return folded(TypedNode(.logic(operation == .and ? .and : .or, first, second), .truth), expression.span)
        case .equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual: return compare(operation, left, right, expression.span)
        case .plus, .minus, .times, .divided, .modulo, .power: return arithmetic(operation, left, right, expression)
        }
    }

    /// `a = "x" or "y"`.
    private mutating func forgottenComparison(_ left: Expression, _ right: Expression) -> TypedNode? {
        guard case .literal(let literal) = right.node, case .text(let second) = literal,
            case .binary(.equal, let column, let value) = left.node, case .literal(.text(let first)) = value.node
        else { return nil }
        _ = check(left)
        return fault(
            "R0212", "or needs a condition on both sides, \"\(second)\" is text", right.span,
            write: "\(column.text) in [\(TextLiteral.written(first)), \(TextLiteral.written(second))]",
            for: left.span.union(right.span))
    }

    // MARK: comparisons

    private mutating func compare(_ operation: Expression.BinaryOperator, _ left: Expression, _ right: Expression, _ span: Span)
        -> TypedNode
    {
        for (side, other) in [(left, right), (right, left)] {
            let better = "\(other.text) is\(operation == .unequal ? " not" : "") missing"
            if case .literal(.missing) = side.node {
                _ = check(other)
                return fault("R0221", "nothing is equal to missing, not even missing", span, write: better)
            }
            if case .name(let name) = side.node, !knows(name), ForeignWords.absent.contains(name) {
                _ = check(other)
                return fault("R0233", "\(name) is written missing", side.span, note: "to ask for it: is missing", write: better, for: span)
            }
        }
        let (first, second) = checkedSides(left, right)
        guard let (a, b) = aligned(first, second, left, right) else {
            return fault(
                "R0211", "\(left.text) is \(first.type.words), \(right.text) is \(second.type.words): they cannot be compared", span,
                write: comparison(operation, left, first, right, second))
        }
        if a.type == .truth, operation != .equal, operation != .unequal {
            return fault("R0211", "true and false have no order", span, write: "\(left.text) = \(right.text)")
        }
        let node =
            switch operation {
            case .unequal: TypedNode(.compare(.unequal, a, b), .truth)
            case .less: TypedNode(.compare(.less, a, b), .truth)
            case .lessOrEqual: TypedNode(.compare(.lessOrEqual, a, b), .truth)
            case .greater: TypedNode(.compare(.less, b, a), .truth)
            case .greaterOrEqual: TypedNode(.compare(.lessOrEqual, b, a), .truth)
            default: TypedNode(.compare(.equal, a, b), .truth)
            }
        return folded(node, span)
    }

    /// Both sides; an unknown name beside text is probably text without quotes.
    private mutating func checkedSides(_ left: Expression, _ right: Expression) -> (TypedNode, TypedNode) {
        if case .name(let name) = right.node, !knows(name) {
            let first = check(left)
            return (first, column(name, right.span, beside: first))
        }
        if case .name(let name) = left.node, !knows(name) {
            let second = check(right)
            return (column(name, left.span, beside: second), second)
        }
        return (check(left), check(right))
    }

    /// Both in one type: numbers as numbers, dates as times, text that reads as a date as that date; nil when there is none.
    mutating func aligned(_ first: TypedNode, _ second: TypedNode, _ left: Expression, _ right: Expression) -> (TypedNode, TypedNode)? {
        if first.type.isMoment, let moment = moment(second, right, beside: left) { return aligned(first, moment, left, right) }
        if second.type.isMoment, let moment = moment(first, left, beside: right) { return aligned(moment, second, left, right) }
        guard let type = first.type.joined(second.type) else { return nil }
        return (converted(first, to: type), converted(second, to: type))
    }

    /// A text constant that reads wholly as a date or time.
    private mutating func moment(_ node: TypedNode, _ expression: Expression, beside other: Expression) -> TypedNode? {
        guard case .text(let word)? = node.constant, let value = MomentReading.read(word) else { return nil }
        var isTime = false
        if case .time = value { isTime = true }
        notes.append("\"\(word)\" is taken as the \(isTime ? "time" : "date") \(value.plainText), because \(other.text) holds dates")
        return TypedNode(.constant(value), isTime ? .time : .date)
    }

    /// A comparison that types allow in place of one that they do not; nil when none is near.
    private func comparison(
        _ operation: Expression.BinaryOperator, _ left: Expression, _ first: TypedNode, _ right: Expression, _ second: TypedNode
    ) -> String? {
        for (text, other, own, isLeft) in [(second, first, left, false), (first, second, right, true)] {
            guard case .text(let word)? = text.constant else { continue }
            if knows(word) {
                let name = Expression(.name(word), own.span).text
                return isLeft ? "\(name) \(operation.rawValue) \(own.text)" : "\(own.text) \(operation.rawValue) \(name)"
            }
            if other.type.isNumeric, let number = Double(word) { return "\(own.text) \(operation.rawValue) \(Scalar.plain(number))" }
            if other.type.isMoment { return "\(own.text) \(operation.rawValue) 2024-03-01" }
            if other.type == .truth { return "\(own.text) = true" }
        }
        if first.type == .truth, case .integer(let value)? = second.constant { return "\(left.text) = \(value == 0 ? "false" : "true")" }
        let asksForOne = operation == .equal || operation == .unequal
        if first.type.isText, asksForOne, second.constant != nil {
            return "\(left.text) \(operation.rawValue) \(TextLiteral.written(right.text))"
        }
        if first.type.isText, second.type.isNumeric { return "number(\(left.text)) \(operation.rawValue) \(right.text)" }
        if second.type.isText, first.type.isNumeric { return "\(left.text) \(operation.rawValue) number(\(right.text))" }
        if first.type.isMoment, second.type.isNumeric { return "year(\(left.text)) \(operation.rawValue) \(right.text)" }
        if first.type.isDuration, case .literal(.integer) = right.node { return "\(left.text) \(operation.rawValue) \(right.text) days" }
        return nil
    }

    mutating func between(_ inner: Expression, _ low: Expression, _ high: Expression, _ negated: Bool, _ span: Span) -> TypedNode {
        let value = check(inner)
        var bounds: [TypedNode] = []
        for (bound, operation) in [(low, ComparisonOperator.lessOrEqual), (high, .lessOrEqual)] {
            let node = check(bound)
            guard let (a, b) = aligned(value, node, inner, bound), a.type != .truth else {
                return fault(
                    "R0211", "\(inner.text) is \(value.type.words), \(bound.text) is \(node.type.words): they cannot be compared", span,
                    remedy: "bring both sides to one type")
            }
            let isLow = bounds.isEmpty
            bounds.append(folded(TypedNode(.compare(operation, isLow ? b : a, isLow ? a : b), .truth), bound.span))
        }
        let node = folded(TypedNode(.logic(.and, bounds[0], bounds[1]), .truth), span)
        return negated ? folded(TypedNode(.not(node), .truth), span) : node
    }

    mutating func textTest(_ operation: Expression.TextOperator, _ inner: Expression, _ part: Expression, _ negated: Bool, _ span: Span)
        -> TypedNode
    {
        let text = checkedText(inner, operation)
        let node: TypedNode
        if operation == .matches {
            guard case .literal(.text(let pattern)) = part.node else {
                return fault("R0216", "matches needs a pattern in quotes", part.span, write: TextLiteral.written(part.text))
            }
            do {
                node = TypedNode(.matches(text, try SearchPattern(pattern)), .truth)
            } catch {
                return patternFault(error, pattern, part.span)
            }
        } else {
            let test: TextTest = operation == .contains ? .contains : (operation == .startsWith ? .starts : .ends)
            node = TypedNode(.text(test, text, checkedText(part, operation)), .truth)
        }
        let result = folded(node, span)
        return negated ? folded(TypedNode(.not(result), .truth), span) : result
    }

    private mutating func checkedText(_ expression: Expression, _ operation: Expression.TextOperator) -> TypedNode {
        let node = check(expression)
        if node.type.isText || node.type == .nothing { return converted(node, to: .text) }
        return converted(
            fault(
                "R0211", "\(operation.rawValue) looks into text, \(expression.text) is \(node.type.words)", expression.span,
                write: "text(\(expression.text))"), to: .text)
    }

    private mutating func patternFault(_ error: any Error, _ pattern: String, _ span: Span) -> TypedNode {
        if let found = error as? Fault { return fault(found.code, found.message, span, remedy: found.remedy) }
        guard case .invalid(let message, let offset)? = error as? RegularExpressionError else {
            return fault("R0216", "the pattern \"\(pattern)\" cannot be used", span, remedy: "take contains, starts with or ends with")
        }
        return fault(
            "R0216", "the pattern \"\(pattern)\" cannot be read: \(message) (at character \(offset + 1))", span,
            remedy: "put \\\\ before a sign that means itself, or use contains")
    }

    // MARK: arithmetic

    mutating func negate(_ inner: Expression, _ expression: Expression) -> TypedNode {
        let node = check(inner)
        switch node.type {
        case .number, .integer, .duration, .days, .months:
            return folded(TypedNode(.negate(node, of: expression), node.type), expression.span)
        case .nothing: return node
        default:
            return noNumber("- needs a number, \(inner.text) is \(node.type.words)", inner, node.type, at: expression.span)
        }
    }

    /// The fault of a value where a number must stand, with the number that it could become.
    private mutating func noNumber(_ message: String, _ expression: Expression, _ type: ValueType, at span: Span) -> TypedNode {
        switch type {
        case .text, .category: fault("R0211", message, span, write: "number(\(expression.text))", for: expression.span)
        case .truth: fault("R0211", message, span, write: "integer(\(expression.text))", for: expression.span)
        case .date, .time: fault("R0211", message, span, write: "year(\(expression.text))", for: expression.span)
        case .duration, .days, .months: fault("R0211", message, span, write: "(\(expression.text) / 1 day)", for: expression.span)
        default: fault("R0211", message, span, remedy: "write a number")
        }
    }

    mutating func arithmetic(_ operation: Expression.BinaryOperator, _ left: Expression, _ right: Expression, _ expression: Expression)
        -> TypedNode
    {
        let (first, second) = (check(left), check(right))
        if let node = typedArithmetic(operation, first, second, expression) { return folded(node, expression.span) }
        if first.type.isText, second.type.isText, operation == .plus {
            return fault(
                "R0211", "+ does not join text", expression.span,
                remedy: "name both where rows are grouped, matched or sorted: by \(left.text), \(right.text)")
        }
        if operation == .plus || operation == .minus, first.type.isDuration, second.type.isDuration {
            return fault(
                "R0211", "months have no fixed length, so they cannot be added to days", expression.span,
                remedy: "add one after the other: date \(operation.rawValue) 1 month \(operation.rawValue) 1 day")
        }
        let fits = { (node: TypedNode) in node.type.isNumeric || node.type == .nothing }
        let (guilty, node) = fits(first) ? (right, second) : (left, first)
        if first.type.isMoment || second.type.isMoment, !first.type.isText, !second.type.isText, first.type != .truth, second.type != .truth
        {
            let message = "\(first.type.words) \(operation.rawValue) \(second.type.words) has no meaning"
            if first.type.isMoment, case .literal(.integer) = right.node, operation == .plus || operation == .minus {
                return fault("R0211", message, expression.span, write: "\(right.text) days", for: right.span)
            }
            return fault("R0211", message, expression.span, remedy: "write date - date, date + 3 days or date - 6 months")
        }
        return noNumber("\(operation.rawValue) needs numbers, \(guilty.text) is \(node.type.words)", guilty, node.type, at: guilty.span)
    }

    private func typedArithmetic(_ operation: Expression.BinaryOperator, _ first: TypedNode, _ second: TypedNode, _ whole: Expression)
        -> TypedNode?
    {
        var (a, b) = (first, second)
        if a.type == .nothing, b.type == .nothing { return TypedNode(.constant(.missing), .nothing) }
        if a.type == .nothing { a = converted(a, to: b.type.isMoment && operation == .plus ? .duration : b.type) }
        if b.type == .nothing { b = converted(b, to: a.type.isMoment && operation == .plus ? .duration : a.type) }
        func node(_ kind: ArithmeticOperator, _ x: TypedNode, _ y: TypedNode, _ type: ValueType) -> TypedNode {
            TypedNode(.arithmetic(kind, x, y, of: whole), type)
        }
        if a.type.isNumeric, b.type.isNumeric { return numeric(operation, a, b, whole) }
        switch operation {
        case .plus, .minus:
            if a.type.isMoment, b.type.isMoment, operation == .minus {
                if a.type == .date, b.type == .date { return node(.datesApart, a, b, .days) }
                return node(.subtractSpans, converted(a, to: .time), converted(b, to: .time), .duration)
            }
            if a.type.isDuration, b.type.isMoment, operation == .plus { (a, b) = (b, a) }
            if a.type.isMoment, b.type.isDuration {
                let step = operation == .plus ? b : TypedNode(.negate(b, of: whole), b.type)
                return moved(a, step, whole)
            }
            guard a.type.isDuration, b.type.isDuration, (a.type == .months) == (b.type == .months) else { return nil }
            if a.type == .months { return node(operation == .plus ? .addNumbers : .subtractNumbers, a, b, .months) }
            let type: ValueType = a.type == .days && b.type == .days ? .days : .duration
            return node(operation == .plus ? .addSpans : .subtractSpans, converted(a, to: type), converted(b, to: type), type)
        case .times:
            if a.type.isNumeric, b.type.isDuration { (a, b) = (b, a) }
            guard a.type.isDuration, b.type.isNumeric else { return nil }
            if a.type == .months { return node(.multiplyNumbers, a, converted(b, to: .number), .months) }
            return node(.stretch, a, converted(b, to: .number), a.type == .days && b.type == .integer ? .days : .duration)
        case .divided:
            if a.type.isDuration, b.type.isDuration {
                return node(.ratio, converted(a, to: .duration), converted(b, to: .duration), .number)
            }
            guard a.type.isDuration, b.type.isNumeric else { return nil }
            if a.type == .months { return node(.divideNumbers, a, converted(b, to: .number), .months) }
            return node(.shrink, a, converted(b, to: .number), .duration)
        default: return nil
        }
    }

    /// A date or time moved by a duration: whole days and months keep a date a date.
    private func moved(_ moment: TypedNode, _ step: TypedNode, _ whole: Expression) -> TypedNode {
        switch (moment.type, step.type) {
        case (.date, .days): TypedNode(.arithmetic(.addDays, moment, step, of: whole), .date)
        case (.date, .months): TypedNode(.arithmetic(.addMonthsToDate, moment, step, of: whole), .date)
        case (_, .months): TypedNode(.arithmetic(.addMonthsToTime, moment, step, of: whole), .time)
        default: TypedNode(.arithmetic(.addSpans, converted(moment, to: .time), step, of: whole), .time)
        }
    }

    private func numeric(_ operation: Expression.BinaryOperator, _ a: TypedNode, _ b: TypedNode, _ whole: Expression) -> TypedNode? {
        var isWhole = a.type == .integer && b.type == .integer && operation != .divided
        if operation == .power, isWhole {
            // Only a written exponent is known to be no less than 0: others may be, and then the result is no integer.
            if case .integer(let exponent)? = b.constant { isWhole = exponent >= 0 } else { isWhole = false }
        }
        let type: ValueType = isWhole ? .integer : .number
        let kind: ArithmeticOperator
        switch operation {
        case .plus: kind = isWhole ? .addIntegers : .addNumbers
        case .minus: kind = isWhole ? .subtractIntegers : .subtractNumbers
        case .times: kind = isWhole ? .multiplyIntegers : .multiplyNumbers
        case .modulo: kind = isWhole ? .moduloIntegers : .moduloNumbers
        case .power: kind = isWhole ? .powerIntegers : .powerNumbers
        default: kind = .divideNumbers
        }
        return TypedNode(.arithmetic(kind, converted(a, to: type), converted(b, to: type), of: whole), type)
    }
}
