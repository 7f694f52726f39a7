import RondoFrame
import RondoKernels
import RondoLanguage

extension ExpressionChecker {
    mutating func call(_ call: Expression.Call, _ expression: Expression) -> TypedNode {
        let name = call.function.value
        guard let function = Functions.named(name) else { return unknownFunction(call, expression) }
        if call.at != nil {
            return fault("R0214", "\(name) takes no @", call.function.span, remedy: "write \(function.signature)")
        }
        switch function {
        case let function as any RowFunction.Type: return rowCall(function, call, expression)
        case let function as any AggregateFunction.Type: return aggregateCall(function, call, expression)
        case let function as any OrderedFunction.Type: return orderedCall(function, call, expression)
        default: return unknownFunction(call, expression)
        }
    }

    private mutating func unknownFunction(_ call: Expression.Call, _ expression: Expression) -> TypedNode {
        for argument in call.arguments { _ = check(argument) }
        let name = call.function.value
        let lower = name.lowercased()
        let arguments = call.arguments.map(\.text)
        if ["ifelse", "iif", "if_else"].contains(lower), arguments.count == 3 {
            return fault(
                "R0206", "there is no function \(name)", call.function.span,
                write: "(if \(arguments[0]) then \(arguments[1]) else \(arguments[2]))", for: expression.span)
        }
        if ["isnull", "isna", "is_null", "isnan", "is_na"].contains(lower), let first = arguments.first {
            return fault(
                "R0206", "there is no function \(name)", call.function.span, write: "\(first) is missing", for: expression.span)
        }
        if lower == "case_when", let condition = arguments.first {
            let value = arguments.count > 1 ? arguments[1] : "1"
            return fault(
                "R0206", "there is no function \(name)", call.function.span, note: "write if … then … else …",
                write: "(if \(condition) then \(value) else \(arguments.count > 3 ? arguments[3] : "missing"))", for: expression.span)
        }
        if lower == "pow" || lower == "power", arguments.count == 2 {
            return fault(
                "R0206", "there is no function \(name)", call.function.span, write: "\(arguments[0]) ^ \(arguments[1])",
                for: expression.span)
        }
        if let known = Functions.foreign[lower] ?? (Functions.named(lower) == nil ? nil : lower) {
            var better = call
            better.function.value = known
            return fault(
                "R0206", "there is no function \(name)", call.function.span, note: "here it is called \(known)",
                write: Expression(.call(better), expression.span).text, for: expression.span)
        }
        if let near = NearestWord.suggestion(for: name, among: Functions.names) {
            return fault("R0206", "there is no function \(name)", call.function.span, note: "did you mean \(near)?", write: near)
        }
        return fault("R0206", "there is no function \(name)", call.function.span, remedy: "help functions")
    }

    // MARK: row by row

    private mutating func rowCall(_ function: any RowFunction.Type, _ call: Expression.Call, _ expression: Expression) -> TypedNode {
        let checked = call.arguments.map { check($0) }
        if call.condition != nil || !call.groups.isEmpty || call.over != nil {
            return fault(
                "R0214",
                "\(function.name) works row by row and takes no \(call.condition != nil ? "where" : call.over != nil ? "over" : "by")",
                expression.span, remedy: "write \(function.signature)")
        }
        guard rightCount(function, checked.count, takesMany: function.takesMany) else {
            return countFault(function, checked.count, expression)
        }
        var nodes: [TypedNode] = []
        for (position, node) in checked.enumerated() {
            guard let parameter = function.parameters.indices.contains(position) ? function.parameters[position] : function.parameters.last
            else {
                continue
            }
            guard let fitting = fitted(node, to: parameter, call.arguments[position]) else {
                return argumentFault(function, parameter, node, call.arguments[position])
            }
            nodes.append(fitting)
        }
        if function.unifies {
            var type = ValueType.nothing
            for (node, argument) in zip(nodes, call.arguments) {
                guard let joined = type.joined(node.type) else {
                    return fault(
                        "R0211",
                        "\(function.name) needs values of one type, \(argument.text) is \(node.type.words), before it was \(type.words)",
                        argument.span, remedy: "write \(function.signature), for example \(function.example.expression)")
                }
                type = joined
            }
            nodes = nodes.map { converted($0, to: type) }
        }
        switch function.result(of: nodes.map(\.type)) {
        case .unfit(let message, let remedy): return fault("R0211", message, expression.span, remedy: remedy)
        case .type(let type):
            if !function.seesMissing, nodes.contains(where: { $0.constant?.isMissing == true }) {
                return TypedNode(.constant(.missing), type)
            }
            return folded(TypedNode(.call(function, nodes), type), expression.span)
        }
    }

    private func rightCount(_ function: any ExpressionFunction.Type, _ count: Int, takesMany: Bool) -> Bool {
        let least = function.parameters.count { !$0.isOptional }
        return count >= least && (takesMany || count <= function.parameters.count)
    }

    private mutating func countFault(_ function: any ExpressionFunction.Type, _ count: Int, _ expression: Expression) -> TypedNode {
        let given = count == 0 ? "nothing" : (count == 1 ? "one value" : "\(count) values")
        return fault(
            "R0228", "\(function.name) was given \(given)", expression.span,
            remedy: "write \(function.signature), for example \(function.example.expression)")
    }

    /// The argument in the type of the parameter; nil where it does not fit.
    private mutating func fitted(_ node: TypedNode, to parameter: FunctionParameter, _ expression: Expression) -> TypedNode? {
        let type = node.type
        switch parameter.kind {
        case .any: return type == .months ? converted(node, to: .duration) : node
        case .number: return type.isNumeric || type == .nothing ? converted(node, to: .number) : nil
        case .numeric: return type.isNumeric ? node : (type == .nothing ? converted(node, to: .number) : nil)
        case .integer:
            if type == .number, case .number(let value)? = node.constant, let whole = Int64(exactly: value) {
                return TypedNode(.constant(.integer(whole)), .integer)
            }
            return type == .integer || type == .nothing ? converted(node, to: .integer) : nil
        case .text: return type.isText || type == .nothing ? converted(node, to: .text) : nil
        case .moment:
            if case .text(let word)? = node.constant, let value = MomentReading.read(word) {
                if case .time = value { return TypedNode(.constant(value), .time) }
                return TypedNode(.constant(value), .date)
            }
            return type.isMoment ? node : (type == .nothing ? converted(node, to: .date) : nil)
        case .time: return type == .time || type == .nothing ? converted(node, to: .time) : nil
        }
    }

    private mutating func argumentFault(
        _ function: any ExpressionFunction.Type, _ parameter: FunctionParameter, _ node: TypedNode, _ argument: Expression
    ) -> TypedNode {
        let wanted: String
        var better: String?
        switch parameter.kind {
        case .number, .numeric:
            wanted = "a number"
            if node.type.isText { better = "number(\(argument.text))" }
            if node.type == .truth { better = "integer(\(argument.text))" }
            if node.type.isDuration { better = "\(argument.text) / 1 day" }
        case .integer:
            wanted = "an integer"
            if node.type == .number { better = "integer(round(\(argument.text)))" }
        case .text:
            wanted = "text"
            better = "text(\(argument.text))"
        case .moment:
            wanted = "a date or a time"
            if node.type.isText { better = "date(\(argument.text))" }
            if node.type.isNumeric { better = "from_epoch(\(argument.text))" }
        case .time: wanted = "a time"
        case .any: wanted = "a value"
        }
        let message = "\(function.name) needs \(wanted), \(argument.text) is \(node.type.words)"
        if let better { return fault("R0211", message, argument.span, write: better) }
        if case .time = parameter.kind, node.type == .date {
            return fault("R0211", message, argument.span, remedy: "take a column with times: a date has no time of day")
        }
        return fault("R0211", message, argument.span, remedy: "write \(function.signature), for example \(function.example.expression)")
    }

    // MARK: over rows

    private mutating func aggregateCall(_ function: any AggregateFunction.Type, _ call: Expression.Call, _ expression: Expression)
        -> TypedNode
    {
        let arguments = call.arguments.map { check($0) }
        let condition = call.condition.map { self.condition($0, after: "where") }
        let groups = call.groups.compactMap { self.group($0) }
        if let over = call.over, !function.takesOrder {
            return fault("R0214", "\(function.name) takes no over", over.span, remedy: "write \(function.signature)")
        }
        let over = call.over.map { check($0) }
        guard rightCount(function, arguments.count, takesMany: false) else { return countFault(function, arguments.count, expression) }
        let argument = arguments.first.map { $0.type == .months ? converted($0, to: .duration) : $0 }
        guard let type = function.result(of: argument?.type) else { return unfitAggregate(function, call, argument, expression) }
        if let known = aggregates.firstIndex(where: { $0.call == call }) { return TypedNode(.aggregate(known), type) }
        aggregates.append(
            AggregateCall(
                call: call, text: expression.text, function: function, argument: argument, condition: condition, groups: groups, over: over,
                type: type))
        return TypedNode(.aggregate(aggregates.count - 1), type)
    }

    private mutating func unfitAggregate(
        _ function: any AggregateFunction.Type, _ call: Expression.Call, _ argument: TypedNode?, _ expression: Expression
    ) -> TypedNode {
        guard let argument, let written = call.arguments.first else { return countFault(function, 0, expression) }
        if argument.type == .truth, function.name == Count.name {
            return fault(
                "R0230", "count(\(written.text)) is ambiguous: rows where it is true, or rows where it is known", expression.span,
                note: "for known ones: count(where \(written.text) is not missing)", write: "count(where \(written.text))")
        }
        let message = "\(function.name) has no meaning for \(argument.type.words): \(written.text)"
        if argument.type.isText {
            return fault("R0211", message, expression.span, write: "number(\(written.text))", for: written.span)
        }
        return fault(
            "R0211", message, expression.span, remedy: "write \(function.signature), for example \(function.example.expression)")
    }

    /// A group after `by`; nil when it has a fault.
    mutating func group(_ group: Group) -> CheckedGroup? {
        let node = check(group.expression)
        let text = group.expression.text
        if case .faulty = node.operation { return nil }
        guard node.constant == nil else {
            _ = fault(
                "R0236", "\(text) is the same for all rows: it makes no groups", group.expression.span, remedy: "write a column after by")
            return nil
        }
        guard let bands = group.bands else { return CheckedGroup(node: node, bands: nil, name: text) }
        guard node.type.isNumeric || node.type.isMoment || node.type.isDuration else {
            _ = fault(
                "R0215", "bands need numbers or dates, \(text) is \(node.type.words)", group.expression.span,
                remedy: "leave bands out")
            return nil
        }
        let value = node.type == .months ? converted(node, to: .duration) : node
        switch bands {
        case .count(let count):
            guard (2...1000).contains(count) else {
                _ = fault("R0215", "\(count) bands are not possible", group.expression.span, remedy: "write \(text) bands 4")
                return nil
            }
            return CheckedGroup(node: value, bands: .count(Int(count)), name: text)
        case .edges(let items):
            guard let edges = edges(items, value, group.expression) else { return nil }
            return CheckedGroup(node: value, bands: .edges(edges), name: text)
        }
    }

    private mutating func edges(_ items: [ListItem], _ value: TypedNode, _ expression: Expression) -> [Double]? {
        do {
            let scalars = try ConstantEvaluation.list(items)
            var edges: [Double] = []
            for scalar in scalars {
                guard let edge = BandEdges.position(scalar, type: value.type) else {
                    _ = fault(
                        "R0215", "the band edge \(scalar.plainText) does not fit \(expression.text), which is \(value.type.words)",
                        expression.span,
                        remedy: "give edges of the same type, in rising order")
                    return nil
                }
                edges.append(edge)
            }
            guard !edges.isEmpty, zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 }) else {
                _ = fault("R0215", "band edges must rise", expression.span, remedy: "write \(expression.text) bands [10, 20, 50]")
                return nil
            }
            return edges
        } catch let found as Diagnostics {
            for diagnostic in found.all { take(diagnostic) }
        } catch {
            _ = fault("R0217", "the band edges cannot be computed", expression.span, remedy: "write \(expression.text) bands [10, 20, 50]")
        }
        return nil
    }

    // MARK: along an order

    private mutating func orderedCall(_ function: any OrderedFunction.Type, _ call: Expression.Call, _ expression: Expression) -> TypedNode
    {
        usesHistory = true
        let arguments = call.arguments.map { check($0) }
        let condition = call.condition.map { self.condition($0, after: "where") }
        let groups = call.groups.compactMap { self.group($0) }
        guard let order = call.over else {
            let message = "\(function.name) needs over: along what"
            if function.name == Rank.name, call.arguments.count == 1 {
                return fault("R0213", message, expression.span, write: "rank(over \(call.arguments[0].text))")
            }
            if let moment = schema.columns.first(where: { ValueType($0.type).isMoment })?.name {
                var better = call
                better.over = Expression(.name(moment), expression.span)
                return fault("R0213", message, expression.span, write: Expression(.call(better), expression.span).text)
            }
            return fault("R0213", message, expression.span, remedy: "write \(function.signature)")
        }
        let over = check(order)
        guard rightCount(function, arguments.count, takesMany: false) else { return countFault(function, arguments.count, expression) }
        var steps = 1
        if arguments.count > 1 {
            guard case .integer(let value)? = arguments[1].constant, (1...1_000_000).contains(value) else {
                return fault(
                    "R0231", "\(function.name) goes back a whole number of rows, from 1", call.arguments[1].span,
                    remedy: "write \(function.signature)")
            }
            steps = Int(value)
        }
        let argument = arguments.first.map { $0.type == .months ? converted($0, to: .duration) : $0 }
        let type = function.result(of: argument?.type)
        return TypedNode(
            .ordered(
                OrderedCall(
                    function: function, argument: argument, steps: steps, condition: condition, groups: groups, over: over, type: type)),
            type)
    }
}
