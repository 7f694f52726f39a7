import RondoFrame
import RondoKernels
import RondoLanguage

/// Gives every part of an expression its type, and collects all faults on the way.
struct ExpressionChecker {
    /// Deeper trees are refused: checking and evaluating go down the tree.
    static let depthLimit = 2000

    let schema: Schema
    private let types: [String: ValueType]
    private(set) var faults: [Diagnostic] = []
    /// What was understood in a way that people may want to know.
    var notes: [String] = []
    private(set) var columns: Set<String> = []
    var aggregates: [AggregateCall] = []
    var usesHistory = false
    private var depth = 0

    init(schema: Schema) {
        self.schema = schema
        types = Dictionary(schema.columns.map { ($0.name, ValueType($0.type)) }, uniquingKeysWith: { first, _ in first })
    }

    static let faulty = TypedNode(.faulty, .nothing)

    mutating func fault(_ code: String, _ message: String, _ span: Span, note: String? = nil, remedy: String) -> TypedNode {
        faults.append(Diagnostic(code, message, span: span, note: note, remedy: remedy))
        return ExpressionChecker.faulty
    }

    /// A fault that goes away when a part of the expression (else the place itself) is written otherwise.
    mutating func fault(
        _ code: String, _ message: String, _ span: Span, note: String? = nil, write text: String?, for place: Span? = nil
    ) -> TypedNode {
        guard let text else { return fault(code, message, span, note: note, remedy: "bring both sides to one type") }
        faults.append(Diagnostic(code, message, span: span, note: note, remedy: "write \(text)", mend: Mend(place ?? span, text)))
        return ExpressionChecker.faulty
    }

    /// Takes a fault that was found elsewhere.
    mutating func take(_ found: Diagnostic) { faults.append(found) }

    /// The checked form; parts with a fault become missing, so that the other faults are found too.
    mutating func check(_ expression: Expression) -> TypedNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= ExpressionChecker.depthLimit else {
            guard !faults.contains(where: { $0.code == "R0219" }) else { return ExpressionChecker.faulty }
            return fault(
                "R0219", "the expression is nested too deeply", expression.span, remedy: "compute a part of it first, with derive")
        }
        switch expression.node {
        case .literal(.parameter(let name)), .parameter(let name):
            return fault("R0210", "the parameter $\(name) has no value here", expression.span, remedy: "param \(name) = 10")
        case .literal(let literal): return literalNode(literal, expression.span)
        case .name(let name): return column(name, expression.span)
        case .reference(let name, let version):
            return fault(
                "R0218", "\(name)@\(version) is a metric or a release, not a column", expression.span,
                remedy: "name a column here; metrics stand in goal, compare and alert")
        case .moves(_, let rises, _):
            return fault(
                "R0127", "\(rises ? "rises" : "drops") can only stand in an alert", expression.span,
                remedy: "name it in an alert: when volume \(rises ? "rises" : "drops") 50%")
        case .list:
            return fault("R0238", "a list can only stand after in", expression.span, remedy: "write column in \(expression.text)")
        case .negate(let inner): return negate(inner, expression)
        case .not(let inner): return folded(TypedNode(.not(condition(inner, after: "not")), .truth), expression.span)
        case .binary(let operation, let left, let right): return binary(operation, left, right, expression)
        case .between(let inner, let low, let high, let negated): return between(inner, low, high, negated, expression.span)
        case .member(let inner, let items, let negated): return member(inner, items, negated, expression.span)
        case .isMissing(let inner, let negated):
            let node = folded(TypedNode(.isMissing(check(inner)), .truth), expression.span)
            return negated ? folded(TypedNode(.not(node), .truth), expression.span) : node
        case .text(let operation, let inner, let part, let negated): return textTest(operation, inner, part, negated, expression.span)
        case .conditional(let test, let first, let second): return conditional(test, first, second, expression.span)
        case .call(let call): return self.call(call, expression)
        }
    }

    /// Computes a part now when all its operands are written out.
    mutating func folded(_ node: TypedNode, _ span: Span) -> TypedNode {
        guard node.hasOnlyConstants else { return node }
        do {
            let scope = EvaluationScope(frame: Frame(rowCount: 1), context: .quiet)
            let vector = try node.evaluate(scope)
            return TypedNode(.constant(vector.constant ?? vector.column(rows: 1)[0]), node.type)
        } catch let found as Fault {
            return fault("R0220", found.message, span, remedy: found.remedy)
        } catch {
            return fault("R0220", "this cannot be computed", span, remedy: "write the value itself")
        }
    }

    /// The node in another type; the caller knows that the conversion exists.
    func converted(_ node: TypedNode, to type: ValueType) -> TypedNode {
        guard node.type != type else { return node }
        if let constant = node.constant, let value = converted(constant, from: node.type, to: type) {
            return TypedNode(.constant(value), type)
        }
        if case .faulty = node.operation { return TypedNode(.faulty, type) }
        return TypedNode(.convert(node), type)
    }

    private func converted(_ value: Scalar, from: ValueType, to type: ValueType) -> Scalar? {
        switch (value, type) {
        case (.missing, _): return .missing
        case (.integer(let integer), .number): return .number(Double(integer))
        case (.date(let days), .time):
            let moment = Conversion.microseconds(days: days, plus: 0)
            return moment == Column.missingTime ? .missing : .time(moment)
        case (.number(let months), .duration) where from == .months: return .duration(Conversion.duration(months: months))
        case (.text, _), (.duration, _): return value
        default: return nil
        }
    }

    private func literalNode(_ literal: Literal, _ span: Span) -> TypedNode {
        guard case .duration(let duration) = literal, let months = duration.months else {
            let (value, type) = LiteralValue.of(literal)
            return TypedNode(.constant(value), type)
        }
        return TypedNode(.constant(.number(months)), .months)
    }

    /// Whether a name is known.
    func knows(_ name: String) -> Bool { types[name] != nil }

    mutating func column(_ name: String, _ span: Span, beside other: TypedNode? = nil) -> TypedNode {
        if let type = types[name] {
            columns.insert(name)
            return TypedNode(.column(name), type)
        }
        let message =
            "\(schema.tableName.map { "table \($0)" } ?? "the rows") \(schema.tableName == nil ? "have" : "has") no column \(name)"
        let known = schema.columns.map(\.name)
        if ForeignWords.absent.contains(name) { return fault("R0233", "\(name) is written missing", span, write: "missing") }
        if let own = ForeignWords.operators[name] { return fault("R0233", "\(name) is written \(own)", span, write: own) }
        if let near = NearestWord.suggestion(for: name, among: known) {
            let written = Expression(.name(near), span).text
            return fault("R0203", message, span, note: "did you mean \(written)?", write: written)
        }
        if other?.type.isText == true {
            return fault("R0208", message, span, note: "text stands in double quotes", write: TextLiteral.written(name))
        }
        if Functions.named(name) != nil {
            return fault("R0203", message, span, note: "\(name) is a function", remedy: "help \(name)")
        }
        let some = known.prefix(8).joined(separator: ", ") + (known.count > 8 ? ", …" : "")
        return fault("R0203", message, span, remedy: some.isEmpty ? "name a column that the rows have" : "name one of its columns: \(some)")
    }

    /// A part that must be true or false.
    mutating func condition(_ expression: Expression, after word: String) -> TypedNode {
        let node = check(expression)
        if node.type == .truth { return node }
        if node.type == .nothing { return converted(node, to: .truth) }
        return converted(
            noCondition("\(word) needs a condition, \(expression.text) is \(node.type.words)", expression, node.type), to: .truth)
    }

    /// The fault of a value where a condition must stand, with a condition that it could become.
    mutating func noCondition(_ message: String, _ expression: Expression, _ type: ValueType) -> TypedNode {
        guard let text = ExpressionChecker.condition(of: expression, type) else {
            return fault("R0212", message, expression.span, remedy: "write a comparison with it: column = \(expression.text)")
        }
        return fault("R0212", message, expression.span, write: text)
    }

    /// What might be typed to make a condition of a value; nil for one that is written out.
    private static func condition(of expression: Expression, _ type: ValueType) -> String? {
        let text = expression.text
        if case .literal = expression.node { return nil }
        switch type {
        case .text, .category: return "\(text) is not missing"
        case .integer, .number: return "\(text) > 0"
        case .date, .time: return "\(text) >= 2024-01-01"
        default: return "\(text) is not missing"
        }
    }

    private mutating func conditional(_ test: Expression, _ first: Expression, _ second: Expression, _ span: Span) -> TypedNode {
        let condition = condition(test, after: "if")
        let (left, right) = (check(first), check(second))
        guard let type = left.type.joined(right.type) else {
            return fault(
                "R0211", "then gives \(left.type.words), else gives \(right.type.words)", span,
                remedy: "let both give the same: text(…) around the value that is no text, or missing")
        }
        let node = TypedNode(.choose(condition, converted(left, to: type), converted(right, to: type)), type)
        if let constant = condition.constant {
            switch constant {
            case .truth(true): return converted(left, to: type)
            case .truth(false): return converted(right, to: type)
            default: return TypedNode(.constant(.missing), type)
            }
        }
        return node
    }
}

/// Literals as values.
enum LiteralValue {
    /// The value and its type; calendar durations in mean length.
    static func of(_ literal: Literal) -> (value: Scalar, type: ValueType) {
        switch literal {
        case .integer(let value): return (.integer(value), .integer)
        case .number, .percent: return (Scalar(literal.number ?? .nan), .number)
        case .duration(let duration):
            guard let length = Int64(exactly: (duration.seconds * 1_000_000).rounded()), length != Column.missingTime else {
                return (.missing, .duration)
            }
            let isWhole = (duration.unit == .days || duration.unit == .weeks) && length % CivilCalendar.microsecondsPerDay == 0
            return (.duration(length), isWhole ? .days : .duration)
        case .date(let date):
            guard let time = date.timeOfDay else { return (.date(date.days), .date) }
            let moment = Conversion.microseconds(days: date.days, plus: time)
            return (moment == Column.missingTime ? .missing : .time(moment), .time)
        case .text(let word): return (.text(word), .text)
        case .truth(let truth): return (.truth(truth), .truth)
        default: return (.missing, .nothing)
        }
    }
}

extension TypedNode {
    /// Whether everything in it is written out, so that it can be computed while checking.
    var hasOnlyConstants: Bool {
        switch operation {
        case .negate(let inner, _), .convert(let inner), .not(let inner), .isMissing(let inner), .member(let inner, _),
            .matches(let inner, _):
            inner.constant != nil
        case .logic(_, let left, let right), .compare(_, let left, let right), .text(_, let left, let right),
            .arithmetic(_, let left, let right, _):
            left.constant != nil && right.constant != nil
        case .call(let function, let arguments): function.isPure && arguments.allSatisfy { $0.constant != nil }
        case .choose, .constant, .column, .aggregate, .ordered, .faulty: false
        }
    }
}
