/// Arguments as the grammar reads them.
package enum ArgumentText {
    /// The text of an argument; `isKeyword` says which words begin a clause: after `table`, `model` or `release` they need backquotes.
    package static func written(_ argument: Argument, isKeyword: (String) -> Bool = { _ in false }) -> String {
        switch argument {
        case .thing(let thing): self.thing(thing, isKeyword)
        case .things(let things): joined(things) { self.thing($0, isKeyword) }
        default: names(argument) ?? literals(argument) ?? composites(argument)
        }
    }

    private static func names(_ argument: Argument) -> String? {
        switch argument {
        case .name(let name): NameText.written(name.value)
        case .names(let names): joined(names) { NameText.written($0.value) }
        case .columns(let set): joined(set.items, column)
        case .choice(let word): word.value
        case .choices(let words): words.map(\.value).joined(separator: " ")
        case .source(.table(let name)): NameText.written(name.value)
        case .source(.file(let file)): TextLiteral.written(file.value)
        case .parameter(let name): "$" + name.value
        default: nil
        }
    }

    private static func literals(_ argument: Argument) -> String? {
        switch argument {
        case .text(let text): TextLiteral.written(text.value)
        case .texts(let texts): joined(texts) { TextLiteral.written($0.value) }
        case .literal(let literal): LiteralText.written(literal.value)
        case .values(let values): joined(values) { LiteralText.written($0.value) }
        case .list(let items, _): ExpressionText.list(items)
        case .interval(let interval): self.interval(interval)
        case .grid(.value(let literal)): LiteralText.written(literal.value)
        case .grid(.word(let word)): word.value
        case .grid(.list(let items)): ExpressionText.list(items)
        case .grid(.interval(let interval)): self.interval(interval)
        case .shares(let shares): shares.map { LiteralText.written($0.value) }.joined(separator: "/")
        default: nil
        }
    }

    private static func composites(_ argument: Argument) -> String {
        switch argument {
        case .expression(let tree): tree.text
        case .assignments(let items): joined(items) { NameText.written($0.name.value) + " = " + $0.expression.text }
        case .inputs(let items): joined(items) { NameText.written($0.name.value) + " = " + LiteralText.written($0.value.value) }
        case .aggregates(let items): joined(items, aggregate)
        case .groups(let groups): ExpressionText.groups(groups)
        case .keys(let items):
            joined(items) { ExpressionText.sum($0.left) + ($0.right.map { " = " + ExpressionText.sum($0) } ?? "") }
        case .order(let items): joined(items) { ExpressionText.sum($0.expression) + ($0.direction.map { " " + $0.rawValue } ?? "") }
        case .renames(let items): joined(items) { NameText.written($0.old.value) + " as " + NameText.written($0.new.value) }
        case .pairs(let items): joined(items) { TextLiteral.written($0.old.value) + " with " + TextLiteral.written($0.new.value) }
        case .target(let target):
            NameText.written(target.column.value) + (target.value.map { " = " + LiteralText.written($0.value) } ?? "")
        case .part(let part): self.part(part.value)
        case .cell(let text): text.value
        default: ""
        }
    }

    private static func joined<Item>(_ items: [Item], _ text: (Item) -> String) -> String { items.map(text).joined(separator: ", ") }

    private static func thing(_ thing: Thing, _ isKeyword: (String) -> Bool) -> String {
        let version = thing.version.map { "@" + $0 } ?? ""
        let name = NameText.written(thing.name.value)
        guard let kindWord = thing.kindWord else { return name + version }
        let needsQuotes = version.isEmpty && name == thing.name.value && isKeyword(name)
        return kindWord.rawValue + " " + (needsQuotes ? "`" + name + "`" : name) + version
    }

    private static func column(_ item: ColumnSet.Item) -> String {
        switch item {
        case .column(let name): return columnName(name)
        case .span(let first, let last): return columnName(first) + ".." + NameText.written(last.value)
        case .every(let every):
            let like = every.like.map { " like " + TextLiteral.written($0.value) } ?? ""
            let but = every.but.isEmpty ? "" : " but " + joined(every.but) { NameText.written($0.value) }
            return "every " + every.filter.rawValue + like + but
        }
    }

    /// `every` begins a class of columns: a column of that name stands in backquotes.
    private static func columnName(_ name: Name) -> String { name.value == "every" ? "`every`" : NameText.written(name.value) }

    private static func interval(_ interval: Interval) -> String {
        LiteralText.written(interval.low.value) + ".." + LiteralText.written(interval.high.value)
    }

    /// An aggregate without a name that begins with a comparison `name =` stands in brackets: it would be read as named.
    private static func aggregate(_ aggregate: Aggregate) -> String {
        let text = aggregate.expression.text
        if let name = aggregate.name { return NameText.written(name.value) + " = " + text }
        return aggregate.expression.looksAssigned ? "(" + text + ")" : text
    }

    private static func part(_ part: Part) -> String {
        switch part {
        case .train: "train"
        case .validation: "validation"
        case .test: "test"
        case .all: "all"
        case .last(let duration): "last " + LiteralText.written(.duration(duration))
        case .dates(let low, let high): DateText.written(low) + ".." + DateText.written(high)
        }
    }
}

extension Expression {
    /// Whether the text begins with a bare name and `=`.
    fileprivate var looksAssigned: Bool {
        switch node {
        case .binary(.equal, let left, _): if case .name = left.node { true } else { false }
        case .binary(.and, let left, _), .binary(.or, let left, _): left.looksAssigned
        default: false
        }
    }
}
