package import RondoSignature

/// The typed key of an operand: it describes itself to the grammar and types its access in a call.
package struct Operand<Value: Sendable>: SlotKey {
    package let slot: Slot
    package let read: @Sendable (Argument) -> Value?

    package init(_ slot: Slot, read: @escaping @Sendable (Argument) -> Value?) {
        self.slot = slot
        self.read = read
    }
}

/// The typed key of a clause: it describes itself to the grammar and types its access in a call.
package struct Clause<Value: Sendable>: ClauseKey {
    package let shape: ClauseShape
    package let read: @Sendable (ClauseSyntax) -> Value?

    package init(_ shape: ClauseShape, read: @escaping @Sendable (ClauseSyntax) -> Value?) {
        self.shape = shape
        self.read = read
    }

    /// A clause of one value that is read like an operand: `Clause("by", .groups, "what groups, matches or orders")`.
    package init(
        _ keyword: String, _ value: ValueShape<Value>, _ summary: String, required: Bool = false, repeatable: Bool = false,
        scope: NameScope = .table()
    ) {
        let slot = Slot(keyword, value.kind, summary: summary, scope: scope)
        shape = ClauseShape(keyword, [slot], required: required, repeatable: repeatable, summary: summary)
        read = { clause in clause.values[keyword].flatMap(value.read) }
    }
}

extension Operand {
    /// An operand of the given value: `Operand("columns", .columns, "which columns")`.
    package init(_ name: String, _ value: ValueShape<Value>, _ summary: String, optional: Bool = false, word: String? = nil) {
        self.init(Slot(name, value.kind, optional: optional, word: word, summary: summary), read: value.read)
    }
}

/// A kind of the grammar together with the Swift type of its values.
package struct ValueShape<Value: Sendable>: Sendable {
    package let kind: Kind
    package let read: @Sendable (Argument) -> Value?

    package init(_ kind: Kind, read: @escaping @Sendable (Argument) -> Value?) {
        self.kind = kind
        self.read = read
    }
}

extension ValueShape where Value == Name {
    private static func name(_ kind: Kind) -> Self {
        Self(kind) { argument in
            switch argument {
            case .name(let name), .choice(let name): name
            default: nil
            }
        }
    }
    package static var newName: Self { name(.newName) }
    package static var column: Self { name(.column) }
    package static var table: Self { name(.table) }
    package static var family: Self { name(.family) }
    package static var noteName: Self { name(.noteName) }
    package static var word: Self { name(.word) }
    package static func choice(_ words: [String]) -> Self { name(.choice(words)) }
}

extension ValueShape where Value == [Name] {
    package static var tables: Self { Self(.tables) { if case .names(let names) = $0 { names } else { nil } } }
    package static func choices(_ words: [String]) -> Self {
        Self(.choices(words)) { if case .choices(let names) = $0 { names } else { nil } }
    }
}

extension ValueShape where Value == Thing {
    private static func thing(_ kind: Kind) -> Self {
        Self(kind) { argument in
            switch argument {
            case .thing(let thing): thing
            case .name(let name): Thing(name: name)
            // A metric with arguments, `within(10%)`: its text is its name.
            case .expression(let call): Thing(name: Name(call.text, call.span))
            default: nil
            }
        }
    }
    package static var model: Self { thing(.model) }
    package static var release: Self { thing(.release) }
    package static var thing: Self { thing(.thing) }
    package static var metric: Self { thing(.metric) }
}

extension ValueShape where Value == [Thing] {
    private static func things(_ kind: Kind) -> Self { Self(kind) { if case .things(let things) = $0 { things } else { nil } } }
    package static var models: Self { things(.models) }
    package static var releases: Self { things(.releases) }
    package static var things: Self { things(.things) }
}

extension ValueShape where Value == ColumnSet {
    package static var columns: Self { Self(.columns) { if case .columns(let set) = $0 { set } else { nil } } }
}

extension ValueShape where Value == Spanned<String> {
    private static func text(_ kind: Kind) -> Self {
        Self(kind) { argument in
            switch argument {
            case .text(let text), .cell(let text): text
            case .literal(let literal):
                if case .text(let text) = literal.value { Spanned(text, literal.span) } else { nil }
            default: nil
            }
        }
    }
    package static var text: Self { text(.text) }
    package static var file: Self { text(.file) }
    package static var cell: Self { text(.cell) }
}

extension ValueShape where Value == [Spanned<String>] {
    package static var files: Self { Self(.files) { if case .texts(let texts) = $0 { texts } else { nil } } }
}

extension ValueShape where Value == Source {
    package static var source: Self { Self(.source) { if case .source(let source) = $0 { source } else { nil } } }
}

extension ValueShape where Value == SpannedLiteral {
    private static func literal(_ kind: Kind) -> Self { Self(kind) { if case .literal(let literal) = $0 { literal } else { nil } } }
    package static var integer: Self { literal(.integer) }
    package static var number: Self { literal(.number) }
    package static var percent: Self { literal(.percent) }
    package static var amount: Self { literal(.amount) }
    package static var duration: Self { literal(.duration) }
    package static var date: Self { literal(.date) }
    package static var value: Self { literal(.value) }
    /// `int|pct`, `dur|num`: any literal; which one is decided by the verb.
    package static func either(_ kinds: [Kind]) -> Self { literal(.either(kinds)) }
}

extension ValueShape where Value == [SpannedLiteral] {
    package static var values: Self { Self(.values) { if case .values(let values) = $0 { values } else { nil } } }
    package static var shares: Self { Self(.shares) { if case .shares(let shares) = $0 { shares } else { nil } } }
}

extension ValueShape where Value == [ListItem] {
    package static var list: Self { Self(.list) { if case .list(let items, _) = $0 { items } else { nil } } }
}

extension ValueShape where Value == Interval {
    package static var interval: Self { Self(.interval) { if case .interval(let interval) = $0 { interval } else { nil } } }
}

extension ValueShape where Value == Grid {
    package static var grid: Self { Self(.grid) { if case .grid(let grid) = $0 { grid } else { nil } } }
}

extension ValueShape where Value == Expression {
    private static func expression(_ kind: Kind) -> Self { Self(kind) { if case .expression(let tree) = $0 { tree } else { nil } } }
    package static var expression: Self { expression(.expression) }
    package static var condition: Self { expression(.condition) }
    package static var metrics: Self { expression(.metrics) }
}

extension ValueShape where Value == Expression {
    /// A metric as a tree: a name, a reference or a call.
    package static var metricExpression: Self {
        Self(.metric) { argument in
            switch argument {
            case .expression(let call): call
            case .thing(let thing):
                Expression(
                    thing.version.map { .reference(name: thing.name.value, version: $0) } ?? .name(thing.name.value), thing.name.span)
            default: nil
            }
        }
    }
}

extension ValueShape where Value == [Assignment] {
    package static var assignments: Self { Self(.assignments) { if case .assignments(let items) = $0 { items } else { nil } } }
}

extension ValueShape where Value == [Input] {
    package static var inputs: Self { Self(.inputs) { if case .inputs(let items) = $0 { items } else { nil } } }
}

extension ValueShape where Value == [Aggregate] {
    package static var aggregates: Self { Self(.aggregates) { if case .aggregates(let items) = $0 { items } else { nil } } }
}

extension ValueShape where Value == [Group] {
    package static var groups: Self { Self(.groups) { if case .groups(let items) = $0 { items } else { nil } } }
}

extension ValueShape where Value == [Key] {
    package static var keys: Self { Self(.keys) { if case .keys(let items) = $0 { items } else { nil } } }
}

extension ValueShape where Value == [OrderItem] {
    package static var order: Self { Self(.order) { if case .order(let items) = $0 { items } else { nil } } }
}

extension ValueShape where Value == [Rename] {
    package static var renames: Self { Self(.renames) { if case .renames(let items) = $0 { items } else { nil } } }
}

extension ValueShape where Value == [Pair] {
    package static var pairs: Self { Self(.pairs) { if case .pairs(let items) = $0 { items } else { nil } } }
}

extension ValueShape where Value == Target {
    package static var target: Self { Self(.target) { if case .target(let target) = $0 { target } else { nil } } }
}

extension ValueShape where Value == Spanned<Part> {
    package static var part: Self { Self(.part) { if case .part(let part) = $0 { part } else { nil } } }
}

extension ValueShape where Value == Argument {
    /// Alternatives of different shapes (`val|list|interval`): the verb looks at the argument itself.
    package static func either(_ kinds: [Kind]) -> Self { Self(.either(kinds)) { $0 } }
}
