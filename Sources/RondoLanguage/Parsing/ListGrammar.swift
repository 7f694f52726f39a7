import RondoSignature

extension Parser {
    /// Arguments of the kinds that are expressions or comma lists around them.
    mutating func composite(_ slot: Slot) throws(LocatedFault) -> Argument? {
        switch slot.kind {
        case .expression, .condition: return .expression(try expression())
        case .metrics:
            allowsMoves = true
            defer { allowsMoves = false }
            return .expression(try expression())
        case .metric: return try metric()
        case .assignments: return .assignments(try assignments(slot))
        case .inputs: return .inputs(try inputs(slot))
        case .aggregates: return .aggregates(try aggregates())
        case .groups: return .groups(try groups())
        case .keys: return .keys(try keys())
        case .order: return .order(try order())
        case .renames: return .renames(try renames(slot))
        case .pairs: return .pairs(try pairs(slot))
        case .target: return .target(try target(slot))
        case .part: return .part(try part(slot))
        case .cell: return try rest(slot)
        default: return nil
        }
    }

    /// A name, a reference or a call such as `within(10%)`.
    private mutating func metric() throws(LocatedFault) -> Argument {
        switch token.kind {
        case .word(let word) where !NameText.reserved.contains(word):
            if ahead(1).sign == .open { return .expression(try primary()) }
        case .reference(_, let version):
            if ahead(1).sign == .open, Int(version) != nil { return .expression(try primary()) }
        default: break
        }
        if case .reference(let name, let version) = token.kind {
            let span = token.span
            advance()
            return .thing(Thing(name: Name(name, span), version: version))
        }
        return .thing(Thing(name: try nameArgument(.metric, name: "metric")))
    }

    /// `name =`; the sign is taken.
    private mutating func assigned(_ slot: Slot) throws(LocatedFault) -> Name {
        let name = try nameArgument(slot.kind, name: slot.name)
        guard take(.equal) || take(.doubleEqual) else { throw unexpected(.sign(.equal)) }
        return name
    }

    private mutating func assignments(_ slot: Slot) throws(LocatedFault) -> [Assignment] {
        var items: [Assignment] = []
        repeat { items.append(Assignment(try assigned(slot), try expression())) } while take(.comma)
        return items
    }

    private mutating func inputs(_ slot: Slot) throws(LocatedFault) -> [Input] {
        var items: [Input] = []
        repeat {
            let name = try assigned(slot)
            guard let value = takeLiteral() else {
                if let word = token.name { throw fault(.nameForText(word)) }
                throw unexpected(.slot(.value, name: name.value, clause: clause))
            }
            items.append(Input(name, value))
        } while take(.comma)
        return items
    }

    private mutating func aggregates() throws(LocatedFault) -> [Aggregate] {
        var items: [Aggregate] = []
        repeat {
            var name: Name?
            if isName(), ahead(1).sign == .equal, let text = token.name {
                name = Name(text, token.span)
                advance()
                advance()
            }
            items.append(Aggregate(name, try expression()))
        } while take(.comma)
        return items
    }

    mutating func groups() throws(LocatedFault) -> [Group] {
        var items: [Group] = []
        repeat {
            let inner = try expression(.sum)
            want(.words(["bands"]))
            items.append(Group(inner, bands: take("bands") ? try bands() : nil))
        } while take(.comma)
        return items
    }

    /// Edges in brackets or how many bands; a parameter may hold either, and stands bare among the edges until it is bound.
    private mutating func bands() throws(LocatedFault) -> Group.Bands {
        if case .parameter(let name) = token.kind {
            let item = ListItem(Expression(.parameter(name), token.span))
            advance()
            return .edges([item])
        }
        if token.sign == .openList {
            let start = token.span.start
            let items = try list()
            if items.count == 1, items[0].high == nil, case .parameter = items[0].low.node {
                return .edges([ListItem(Expression(.list(items), span(from: start)))])
            }
            return .edges(items)
        }
        let count = try literalArgument(.integer, name: "bands")
        guard case .integer(let number) = count.value else {
            throw LocatedFault(
                .unexpected(.slot(.either([.list, .integer]), name: "bands", clause: "bands"), found: literalFound(count)), count.span)
        }
        return .count(number)
    }

    private mutating func keys() throws(LocatedFault) -> [Key] {
        var items: [Key] = []
        repeat {
            let left = try expression(.sum)
            let isPair = take(.equal) || take(.doubleEqual)
            items.append(Key(left, isPair ? try expression(.sum) : nil))
        } while take(.comma)
        return items
    }

    private mutating func order() throws(LocatedFault) -> [OrderItem] {
        var items: [OrderItem] = []
        repeat {
            let inner = try expression(.sum)
            want(.words(["ascending", "descending"]))
            let direction = token.word.flatMap(OrderItem.Direction.init(rawValue:))
            if direction != nil { advance() }
            items.append(OrderItem(inner, direction))
        } while take(.comma)
        return items
    }

    private mutating func renames(_ slot: Slot) throws(LocatedFault) -> [Rename] {
        var items: [Rename] = []
        repeat {
            let old = try nameArgument(.column, name: slot.name)
            guard take("as") else { throw unexpected(.words(["as"])) }
            items.append(Rename(old, try nameArgument(.newName, name: slot.name)))
        } while take(.comma)
        return items
    }

    private mutating func pairs(_ slot: Slot) throws(LocatedFault) -> [Pair] {
        var items: [Pair] = []
        repeat {
            let old = try plainText(slot)
            guard take("with") else { throw unexpected(.words(["with"])) }
            items.append(Pair(old, try plainText(slot)))
        } while take(.comma)
        return items
    }

    private mutating func plainText(_ slot: Slot) throws(LocatedFault) -> Spanned<String> {
        let literal = try literalArgument(.text, name: slot.name)
        guard case .text(let text) = literal.value else { throw LocatedFault(.parameterNotHere(slot.name), literal.span) }
        return Spanned(text, literal.span)
    }

    private mutating func target(_ slot: Slot) throws(LocatedFault) -> Target {
        let column = try nameArgument(.column, name: slot.name)
        guard take(.equal) || take(.doubleEqual) else {
            return Target(column)
        }
        guard let value = takeLiteral() else {
            if let word = token.name { throw fault(.nameForText(word)) }
            throw unexpected(.slot(.value, name: slot.name, clause: clause))
        }
        return Target(column, value)
    }

    private static let parts: [String: Part] = ["train": .train, "validation": .validation, "test": .test, "all": .all]

    private mutating func part(_ slot: Slot) throws(LocatedFault) -> Spanned<Part> {
        let start = token
        if let word = start.word, let part = Self.parts[word] {
            advance()
            return Spanned(part, start.span)
        }
        if take("last") {
            guard case .literal(.duration(let duration)) = token.kind else {
                if case .parameter(let name) = token.kind { throw fault(.parameterNotHere(name)) }
                throw unexpected(.slot(.duration, name: "last", clause: clause))
            }
            advance()
            return Spanned(.last(duration), span(from: start.span.start))
        }
        if case .literal(.date(let low)) = start.kind {
            advance()
            guard take(.range) else { throw unexpected(.sign(.range)) }
            guard case .literal(.date(let high)) = token.kind else { throw unexpected(.slot(.date, name: slot.name, clause: clause)) }
            advance()
            return Spanned(.dates(low, high), span(from: start.span.start))
        }
        if case .parameter(let name) = start.kind { throw fault(.parameterNotHere(name)) }
        if let word = start.name { throw fault(.unknownChoice(word, among: ["train", "validation", "test", "all", "last"])) }
        throw unexpected(.slot(.part, name: slot.name, clause: clause))
    }

    /// The rest of the text as it stands: a cell of its own.
    private mutating func rest(_ slot: Slot) throws(LocatedFault) -> Argument {
        if isAtEnd { throw unexpected(.slot(.cell, name: slot.name, clause: clause)) }
        let start = token.span.start
        let end = source.tokens[source.tokens.count - 2].span.end
        index = source.tokens.count - 1
        innerCell = start
        return .cell(Spanned(source.text(Span(start, end)), Span(start, end)))
    }
}
