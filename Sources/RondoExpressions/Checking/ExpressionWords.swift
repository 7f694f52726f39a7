import RondoKernels
import RondoLanguage

extension Expression {
    /// The expression as it would be typed, for messages and for names of computed columns.
    package var words: String { Writer.text(node) }

    private enum Writer {
        /// How tightly a node binds: or 1, and 2, not 3, comparison 4, sum 5, product 6, sign 7, power 8, primary 9.
        static func strength(_ node: Node) -> Int {
            switch node {
            case .binary(let operation, _, _): strength(operation)
            case .not: 3
            case .between, .member, .isMissing, .text, .moves: 4
            case .negate: 7
            case .conditional: 0
            case .literal(.integer(let value)) where value < 0: 7
            case .literal(.number(let value)) where value < 0: 7
            default: 9
            }
        }

        static func strength(_ operation: BinaryOperator) -> Int {
            switch operation {
            case .or: 1
            case .and: 2
            case .equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual: 4
            case .plus, .minus: 5
            case .times, .divided, .modulo: 6
            case .power: 8
            }
        }

        static func text(_ expression: Expression, atLeast least: Int) -> String {
            let plain = text(expression.node)
            return strength(expression.node) < least ? "(\(plain))" : plain
        }

        static func text(_ node: Node) -> String {
            switch node {
            case .literal(let literal): return text(literal)
            case .parameter(let name): return "$\(name)"
            case .name(let name): return quoted(name)
            case .reference(let name, let version): return "\(name)@\(version)"
            case .call(let call): return text(call)
            case .negate(let inner): return "-\(text(inner, atLeast: 7))"
            case .not(let inner): return "not \(text(inner, atLeast: 3))"
            case .binary(let operation, let left, let right):
                let own = strength(operation)
                let (first, second) = own == 4 ? (5, 5) : own == 8 ? (9, 7) : (own, own + 1)
                return "\(text(left, atLeast: first)) \(operation.rawValue) \(text(right, atLeast: second))"
            case .between(let inner, let low, let high, let negated):
                return "\(text(inner, atLeast: 5))\(negated ? " not" : "") between \(text(low, atLeast: 5)) and \(text(high, atLeast: 5))"
            case .member(let inner, let items, let negated):
                return "\(text(inner, atLeast: 5))\(negated ? " not" : "") in \(text(items))"
            case .isMissing(let inner, let negated): return "\(text(inner, atLeast: 5)) is\(negated ? " not" : "") missing"
            case .text(let operation, let inner, let part, let negated):
                return "\(text(inner, atLeast: 5))\(negated ? " not" : "") \(operation.rawValue) \(text(part, atLeast: 5))"
            case .moves(let inner, let rises, let amount):
                return "\(text(inner, atLeast: 5)) \(rises ? "rises" : "drops") \(text(amount, atLeast: 5))"
            case .list(let items): return text(items)
            case .conditional(let condition, let first, let second):
                return "if \(text(condition.node)) then \(text(first.node)) else \(text(second.node))"
            }
        }

        static func text(_ call: Call) -> String {
            var inside = call.arguments.map { text($0.node) }.joined(separator: ", ")
            func add(_ clause: String) { inside += inside.isEmpty ? clause : " " + clause }
            if let condition = call.condition { add("where \(text(condition.node))") }
            if !call.groups.isEmpty { add("by " + call.groups.map(text).joined(separator: ", ")) }
            if let over = call.over { add("over \(text(over.node))") }
            return "\(call.function.value)\(call.at.map { "@\($0)" } ?? "")(\(inside))"
        }

        static func text(_ group: Group) -> String {
            let expression = text(group.expression, atLeast: 5)
            return switch group.bands {
            case .edges(let items): "\(expression) bands \(text(items))"
            case .count(let count): "\(expression) bands \(count)"
            case nil: expression
            }
        }

        static func text(_ items: [ListItem]) -> String {
            let parts = items.map { item in
                guard let high = item.high else { return text(item.low.node) }
                return "\(text(item.low.node))..\(text(high.node))" + (item.step.map { " step \(Scalar.plain($0))" } ?? "")
            }
            return "[\(parts.joined(separator: ", "))]"
        }

        static func text(_ literal: Literal) -> String {
            switch literal {
            case .integer(let value): return String(value)
            case .number(let value): return Scalar.plain(value)
            case .percent(let value): return "\(Scalar.plain(value))%"
            case .duration(let duration):
                let unit = duration.amount == 1 && duration.unit != .milliseconds ? String(duration.unit.rawValue.dropLast()) : duration.unit.rawValue
                return "\(Scalar.plain(duration.amount)) \(unit)"
            case .date(let date):
                guard let time = date.timeOfDay else { return CivilCalendar.text(days: date.days) }
                return CivilCalendar.text(microseconds: Int64(date.days) &* CivilCalendar.microsecondsPerDay &+ time)
            case .text(let words):
                let escaped = words.map { character -> String in
                    switch character {
                    case "\"": "\\\""
                    case "\\": "\\\\"
                    case "\n": "\\n"
                    case "\t": "\\t"
                    default: String(character)
                    }
                }
                return "\"\(escaped.joined())\""
            case .truth(let value): return value ? "true" : "false"
            case .missing: return "missing"
            }
        }

        static let reserved: Set<String> = ["and", "or", "not", "if", "then", "else", "true", "false", "missing"]

        static func quoted(_ name: String) -> String {
            let plain = name.unicodeScalars.allSatisfy { $0 == "_" || $0 == "." || $0.properties.isAlphabetic || ("0"..."9").contains($0) }
            let begins = name.unicodeScalars.first?.properties.isAlphabetic == true
            return plain && begins && !name.hasSuffix(".") && !name.contains("..") && !reserved.contains(name) ? name : "`\(name)`"
        }
    }
}
