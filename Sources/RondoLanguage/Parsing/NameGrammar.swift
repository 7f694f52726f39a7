import RondoSignature

extension Parser {
    /// Whether a name stands at `offset`, in backquotes or not.
    func isName(_ offset: Int = 0) -> Bool {
        switch ahead(offset).kind {
        case .quoted: true
        case .word(let word): !NameText.reserved.contains(word)
        default: false
        }
    }

    /// A name; `what` says of what, for messages.
    mutating func nameArgument(_ kind: Kind, name what: String) throws(LocatedFault) -> Name {
        let start = token
        switch start.kind {
        case .quoted(let name):
            advance()
            return Name(name, start.span)
        case .word(let word):
            if NameText.reserved.contains(word) { throw fault(.reservedName(word)) }
            advance()
            return Name(word, start.span)
        case .literal(.text(let text)):
            throw fault(.textForName(text))
        default:
            throw unexpected(.slot(kind, name: what, clause: clause))
        }
    }

    /// Arguments of the kinds that are names or comma lists of names.
    mutating func names(_ slot: Slot) throws(LocatedFault) -> Argument? {
        switch slot.kind {
        case .newName, .column, .table, .word, .noteName:
            return .name(try nameArgument(slot.kind, name: slot.name))
        case .family: return .name(try familyArgument(slot))
        case .tables:
            var names: [Name] = []
            repeat { names.append(try nameArgument(slot.kind, name: slot.name)) } while take(.comma)
            return .names(names)
        case .model, .release, .thing: return .thing(try thingArgument(slot))
        case .models, .releases, .things:
            var things: [Thing] = []
            repeat { things.append(try thingArgument(slot)) } while take(.comma)
            return .things(things)
        case .columns: return .columns(try columnsArgument(slot))
        case .source: return try sourceArgument(slot)
        case .choice(let words): return .choice(try choice(words))
        case .choices(let words): return .choices(try choices(words))
        default: return nil
        }
    }

    private mutating func familyArgument(_ slot: Slot) throws(LocatedFault) -> Name {
        let name = try nameArgument(slot.kind, name: slot.name)
        guard let family = grammar.family(name.value) else {
            throw LocatedFault(
                vocabulary.entries[name.value] == nil
                    ? .unknownFamily(name.value)
                    : .missingOperand(.slot(slot.kind, name: slot.name, clause: nil), instead: name.value), name.span)
        }
        vocabulary.add(family)
        return name
    }

    private mutating func thingArgument(_ slot: Slot) throws(LocatedFault) -> Thing {
        if let word = token.word, let kindWord = Thing.KindWord(rawValue: word), slot.kind.takesKindWord, isKindWordHere {
            advance()
            var thing = try thingName(slot)
            thing.kindWord = kindWord
            return thing
        }
        return try thingName(slot)
    }

    /// A kind word counts only before a name that is no clause.
    private var isKindWordHere: Bool {
        if case .reference = ahead(1).kind { return true }
        return isName(1) && clauseAhead(1) == nil
    }

    private mutating func thingName(_ slot: Slot) throws(LocatedFault) -> Thing {
        if case .reference(let name, let version) = token.kind {
            let span = token.span
            advance()
            return Thing(name: Name(name, span), version: version)
        }
        return Thing(name: try nameArgument(slot.kind, name: slot.name))
    }

    private mutating func sourceArgument(_ slot: Slot) throws(LocatedFault) -> Argument {
        switch token.kind {
        case .literal(.text(let text)):
            try refuseControl(text, token.span)
            let span = token.span
            advance()
            return .source(.file(Spanned(text, span)))
        case .parameter(let name):
            let span = token.span
            advance()
            return .parameter(Name(name, span))
        default:
            return .source(.table(try nameArgument(slot.kind, name: slot.name)))
        }
    }

    /// One word of a fixed list.
    mutating func choice(_ words: [String]) throws(LocatedFault) -> Name {
        let start = token
        switch start.kind {
        case .word(let word) where words.contains(word):
            advance()
            return Name(word, start.span)
        case .word(let word), .quoted(let word), .literal(.text(let word)):
            throw fault(.unknownChoice(word, among: words))
        default:
            throw unexpected(.words(words))
        }
    }

    private mutating func choices(_ words: [String]) throws(LocatedFault) -> [Name] {
        var names = [try choice(words)]
        while let word = token.word, words.contains(word) { names.append(try choice(words)) }
        want(.words(words.filter { word in !names.contains { $0.value == word } }))
        return names
    }

    // MARK: Columns

    mutating func columnsArgument(_ slot: Slot) throws(LocatedFault) -> ColumnSet {
        var items: [ColumnSet.Item] = []
        repeat {
            if token.word == "every" {
                items.append(.every(try every(slot)))
            } else {
                let first = try nameArgument(slot.kind, name: slot.name)
                if take(.range) {
                    items.append(.span(first, try nameArgument(slot.kind, name: slot.name)))
                } else {
                    items.append(.column(first))
                }
            }
        } while take(.comma)
        return ColumnSet(items)
    }

    private mutating func every(_ slot: Slot) throws(LocatedFault) -> ColumnSet.Every {
        let start = token.span.start
        advance()
        let filters = ColumnSet.Every.Filter.allCases.map(\.rawValue)
        want(.words(filters))
        let word = try choice(filters)
        guard let filter = ColumnSet.Every.Filter(rawValue: word.value) else {
            throw LocatedFault(.unknownChoice(word.value, among: filters), word.span)
        }
        var every = ColumnSet.Every(filter, span: word.span)
        want(.words(["like", "but"]))
        if take("like") {
            guard case .literal(.text(let pattern)) = token.kind else {
                throw unexpected(.slot(.text, name: "pattern", clause: "like"))
            }
            every.like = Spanned(pattern, token.span)
            advance()
        }
        if take("but") {
            repeat { every.but.append(try nameArgument(.column, name: slot.name)) } while take(.comma)
        }
        every.span = span(from: start)
        return every
    }
}

extension Kind {
    /// Whether `table`, `model` or `release` may stand before the name.
    var takesKindWord: Bool { self == .thing || self == .things }
}
