import RondoLanguage
import RondoSignature

/// Numbers that look random and are the same in every run (SplitMix64, Steele, Lea, Flood 2014).
struct TestRandom {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
    mutating func chance(_ share: Int) -> Bool { below(100) < share }
    mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }
}

/// Makes random cells over a registry: trees that the parser could have made.
struct CellGenerator {
    var random: TestRandom
    let grammar: GrammarRegistry

    init(seed: UInt64, grammar: GrammarRegistry) {
        random = TestRandom(seed)
        self.grammar = grammar
    }

    private static let span = Span(0, 0)
    private static let names = [
        "price", "sqft", "sold_on", "type", "zip", "by", "where", "over", "every", "from", "to", "as", "with", "on", "of", "median",
        "train",
        "and", "if", "missing", "true", "not", "day", "s", "month", "Gr Liv Area", "größe", "a.b", "x1", "1st", "model", "table", "release",
        "intercept", "between", "contains", "starts", "mod", "is", "in", "drops", "bands", "last", "best", "dictionary", "stop", "roc",
        "here",
        "ascending", "step", "like", "but", "expect", "keep", "日本", "_x", "price-2", "trees", "depth", "matches", "ends",
    ]
    private static let functions = ["mean", "median", "count", "year", "round", "standard", "within", "lag", "coalesce", "log10"]
    private static let texts = [
        "", "condo", "a \"b\" \\ c", "line\nbreak", "tab\there", "# no comment", "`$x`", "größe 日本", "Garage*", "it's",
    ]

    mutating func name() -> Name { Name(random.pick(Self.names), Self.span) }
    mutating func text() -> Spanned<String> { Spanned(random.pick(Self.texts), Self.span) }

    mutating func list<Item>(_ most: Int = 3, _ make: (inout Self) -> Item) -> [Item] {
        (0...random.below(most)).map { _ in make(&self) }
    }

    mutating func cell() -> CellSyntax {
        let signature = random.pick(grammar.verbs)
        var cell = CellSyntax(source: "", verb: Name(signature.name, Self.span))
        var vocabulary = signature.clauses.map { ($0, [String]()) }
        for slot in signature.operands {
            if slot.isOptional, slot.word != "of", random.chance(40) { continue }
            if skips(slot, cell) { continue }
            cell.operands[slot.name] = argument(slot.kind)
        }
        if signature.takesFamily {
            let family = random.pick(grammar.families)
            for slot in signature.operands where slot.kind == .family { cell.operands[slot.name] = .name(Name(family.name, Self.span)) }
            vocabulary += family.parameters.map { parameter in
                let kind = signature.name == "tune" ? Kind.grid : parameter.kind
                return (ClauseShape(parameter.name, [Slot(parameter.name, kind)], summary: ""), parameter.kind.words)
            }
        }
        for (shape, words) in vocabulary where shape.isRequired || random.chance(25) { cell.clauses.append(clause(shape, words)) }
        for place in cell.clauses.indices.reversed() { cell.clauses.swapAt(place, random.below(place + 1)) }
        return cell
    }

    /// Operands that only stand with another one.
    private func skips(_ slot: Slot, _ cell: CellSyntax) -> Bool {
        (slot.name == "second" && cell.operands["topic"] == nil) || (slot.word == "of" && cell.operands["chart"] == nil)
    }

    private mutating func clause(_ shape: ClauseShape, _ words: [String]) -> ClauseSyntax {
        var values: [String: Argument] = [:]
        for slot in shape.slots where !slot.isOptional || random.chance(50) {
            values[slot.name] = slot.kind == .grid ? grid(words) : argument(slot.kind)
        }
        if values.isEmpty, let first = shape.slots.first { values[first.name] = argument(first.kind) }
        return ClauseSyntax(keyword: Name(shape.keyword, Self.span), values: values, span: Self.span)
    }

    private mutating func grid(_ words: [String]) -> Argument {
        if !words.isEmpty, random.chance(50) {
            if random.chance(50) { return .grid(.word(Name(random.pick(words), Self.span))) }
            return .grid(.list(list { ListItem(Expression(.name($0.random.pick(words)), Self.span)) }))
        }
        switch random.below(3) {
        case 0: return .grid(.value(plainLiteral()))
        case 1: return .grid(.list(items()))
        default: return .grid(.interval(Interval(literal(), literal())))
        }
    }

    // MARK: Arguments

    mutating func argument(_ kind: Kind) -> Argument {
        if kind.isPlainLiteral, random.chance(10) { return .parameter(Name("limit", Self.span)) }
        switch kind {
        case .choice(let words): return .choice(Name(random.pick(words), Self.span))
        case .choices(let words): return .choices(list { Name($0.random.pick(words), Self.span) })
        case .either(let kinds): return either(kinds)
        default: return nameArgument(kind) ?? literalArgument(kind) ?? expressionArgument(kind)
        }
    }

    /// Alternatives that the first token cannot tell apart give what the parser makes of them.
    private mutating func either(_ kinds: [Kind]) -> Argument {
        kinds.contains(.condition)
            ? argument(.condition) : kinds.contains(.thing) && kinds.contains(.column) ? argument(.thing) : argument(random.pick(kinds))
    }

    private mutating func nameArgument(_ kind: Kind) -> Argument? {
        switch kind {
        case .newName, .column, .table, .noteName, .word, .family: return .name(name())
        case .tables: return .names(list { $0.name() })
        case .model, .release: return .thing(thing(false))
        case .thing: return .thing(thing(true))
        case .models, .releases: return .things(list { $0.thing(false) })
        case .things: return .things(list { $0.thing(true) })
        case .columns: return .columns(columns())
        case .source: return .source(random.chance(50) ? .table(name()) : .file(Spanned("a.csv", Self.span)))
        case .metric: return random.chance(30) ? .expression(call(1)) : .thing(thing(false))
        default: return nil
        }
    }

    private mutating func thing(_ takesKind: Bool) -> Thing {
        Thing(
            kindWord: takesKind && random.chance(30) ? random.pick(Thing.KindWord.allCases) : nil, name: name(),
            version: random.chance(20) ? random.pick(["3", "canary"]) : nil)
    }

    private mutating func columns() -> ColumnSet {
        var items: [ColumnSet.Item] = list { $0.random.chance(20) ? .span($0.name(), $0.name()) : .column($0.name()) }
        if random.chance(30) {
            items.append(
                .every(
                    ColumnSet.Every(
                        random.pick(ColumnSet.Every.Filter.allCases), like: random.chance(40) ? text() : nil,
                        but: random.chance(40) ? list { $0.name() } : [], span: Self.span)))
        }
        return ColumnSet(items)
    }

    private mutating func literalArgument(_ kind: Kind) -> Argument? {
        switch kind {
        case .text: return .text(text())
        case .file: return .text(Spanned("b.csv", Self.span))
        case .files: return .texts(list { _ in Spanned("c.csv", Self.span) })
        case .integer: return .literal(Spanned(.integer(Int64(random.below(1000))), Self.span))
        case .number: return .literal(Spanned(random.pick([.number(0.5), .integer(-3), .number(-1e300), .number(2e-9)]), Self.span))
        case .percent: return .literal(Spanned(.percent(random.pick([10, -0.5, 99.9])), Self.span))
        case .amount: return .literal(Spanned(random.pick([.percent(-20), .integer(5), .number(0.25)]), Self.span))
        case .duration: return .literal(Spanned(.duration(duration()), Self.span))
        case .date: return .literal(Spanned(.date(date()), Self.span))
        case .value: return .literal(plainLiteral())
        case .values: return .values([plainLiteral()] + list { $0.literal() })
        case .list: return .list(items(), Self.span)
        case .interval: return .interval(Interval(literal(), literal()))
        case .shares: return .shares([60, 20, 20].prefix(2 + random.below(2)).map { Spanned(.integer($0), Self.span) })
        case .part:
            return .part(Spanned(random.pick([.train, .validation, .test, .all, .last(duration()), .dates(date(), date())]), Self.span))
        case .cell: return .cell(Spanned("filter price > 1", Self.span))
        default: return nil
        }
    }

    private mutating func expressionArgument(_ kind: Kind) -> Argument {
        switch kind {
        case .metrics: return .expression(random.chance(40) ? moves() : expression(3))
        case .assignments: return .assignments(list { Assignment($0.name(), $0.expression(3)) })
        case .inputs: return .inputs(list { Input($0.name(), $0.literal()) })
        case .aggregates: return .aggregates(list { Aggregate($0.random.chance(50) ? $0.name() : nil, $0.expression(2)) })
        case .groups: return .groups(groups(2))
        case .keys: return .keys(list { Key($0.expression(2), $0.random.chance(40) ? $0.expression(2) : nil) })
        case .order: return .order(list { OrderItem($0.expression(2), $0.random.pick([nil, .ascending, .descending])) })
        case .renames: return .renames(list { Rename($0.name(), $0.name()) })
        case .pairs: return .pairs(list { Pair($0.text(), $0.text()) })
        case .target: return .target(Target(name(), random.chance(30) ? literal() : nil))
        default: return .expression(expression(4))
        }
    }

    // MARK: Literals

    private mutating func duration() -> DurationLiteral { DurationLiteral(random.pick([1, 2.5, 30]), random.pick(DurationUnit.allCases)) }
    private mutating func date() -> DateLiteral {
        DateLiteral(days: Int32(random.below(40_000)) - 10_000, timeOfDay: random.pick([nil, nil, 0, 45_015_500_000, 86_399_999_999]))
    }

    /// Any literal but a parameter.
    private mutating func plainLiteral() -> SpannedLiteral {
        let literals: [Literal] = [
            .integer(7), .integer(-7), .integer(200_000), .number(0.25), .number(-1e20), .percent(10), .percent(-2.5),
            .duration(duration()),
            .date(date()), .text(text().value), .truth(true), .truth(false), .missing,
        ]
        return Spanned(random.pick(literals), Self.span)
    }
    private mutating func literal() -> SpannedLiteral { random.chance(10) ? Spanned(.parameter("rows"), Self.span) : plainLiteral() }

    private mutating func items() -> [ListItem] {
        list { generator in
            let low = generator.listValue()
            guard generator.random.chance(25) else { return ListItem(low) }
            return ListItem(low, to: generator.listValue(), step: generator.random.pick([nil, 2, 0.5]))
        }
    }
    private mutating func listValue() -> Expression {
        let literal = literal().value
        if case .parameter(let name) = literal { return Expression(.parameter(name), Self.span) }
        return Expression(.literal(literal), Self.span)
    }

    // MARK: Expressions

    private mutating func groups(_ depth: Int) -> [Group] {
        list(2) { generator in
            let bands: Group.Bands? = generator.random.pick([nil, nil, .count(5), .edges(generator.items())])
            return Group(generator.expression(depth - 1), bands: bands.map(Self.readable))
        }
    }

    /// One parameter in brackets is one edge: the tree says so.
    private static func readable(_ bands: Group.Bands) -> Group.Bands {
        guard case .edges(let items) = bands, items.count == 1, items[0].high == nil, case .parameter = items[0].low.node else {
            return bands
        }
        return .edges([ListItem(Expression(.list(items), span))])
    }

    private mutating func moves() -> Expression {
        Expression(
            .moves(Expression(.name("volume"), Self.span), rises: random.chance(50), by: Expression(.literal(.percent(50)), Self.span)),
            Self.span)
    }

    private mutating func call(_ depth: Int) -> Expression {
        let call = Expression.Call(
            function: Name(random.pick(Self.functions), Self.span), at: random.chance(10) ? random.below(20) : nil,
            arguments: random.chance(20) ? [] : list(2) { $0.expression(depth - 1) },
            where: random.chance(20) ? expression(depth - 1) : nil,
            by: random.chance(20) ? groups(depth) : [], over: random.chance(15) ? expression(depth - 1) : nil)
        return Expression(.call(call), Self.span)
    }

    mutating func expression(_ depth: Int) -> Expression {
        guard depth > 0 else { return leaf() }
        return Expression(node(depth), Self.span)
    }

    private mutating func leaf() -> Expression {
        switch random.below(8) {
        case 0: return Expression(.parameter("city"), Self.span)
        case 1: return Expression(.reference(name: name().value, version: random.pick(["10", "canary"])), Self.span)
        case 2, 3: return Expression(.literal(plainLiteral().value), Self.span)
        default: return Expression(.name(name().value), Self.span)
        }
    }

    private mutating func node(_ depth: Int) -> Expression.Node {
        switch random.below(14) {
        case 0, 1, 2, 3: return .binary(random.pick(Expression.BinaryOperator.allCases), expression(depth - 1), expression(depth - 1))
        case 4: return .not(expression(depth - 1))
        case 5: return .negate(Expression(.name(name().value), Self.span))
        case 6: return .between(expression(depth - 1), low: expression(depth - 1), high: expression(depth - 1), negated: random.chance(50))
        case 7: return .member(expression(depth - 1), of: items(), negated: random.chance(50))
        case 8: return .isMissing(expression(depth - 1), negated: random.chance(50))
        case 9:
            let text = random.pick(Expression.TextOperator.allCases)
            let pattern = text == .matches ? Expression(.literal(.text("^a")), Self.span) : expression(depth - 1)
            return .text(text, expression(depth - 1), pattern, negated: random.chance(50))
        case 10: return .conditional(if: expression(depth - 1), then: expression(depth - 1), else: expression(depth - 1))
        case 11: return .list(items())
        case 12: return call(depth).node
        default: return leaf().node
        }
    }
}

extension Kind {
    /// The words of a choice.
    var words: [String] { if case .choice(let words) = self { words } else { [] } }

    /// Whether a parameter may stand for the whole value.
    var isPlainLiteral: Bool {
        switch self {
        case .text, .file, .files, .integer, .number, .percent, .amount, .duration, .date, .value, .list, .interval, .source, .grid: true
        default: false
        }
    }
}
