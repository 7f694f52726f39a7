package import RondoSignature

extension Argument {
    /// A value of a parameter as an argument of the kind; nil when it does not fit.
    package func fitted(to kind: Kind) -> Argument? {
        if case .either(let kinds) = kind { return kinds.lazy.compactMap { fitted(to: $0) }.first }
        switch self {
        case .literal(let literal): return Self.literal(literal, kind)
        case .text(let text): return Self.literal(Spanned(.text(text.value), text.span), kind)
        case .list(let items, let span):
            switch kind {
            case .list: return .list(items, span)
            case .grid: return .grid(.list(items))
            case .values: return Self.values(items).map(Argument.values)
            case .files: return Self.values(items).flatMap(Self.texts)
            default: return nil
            }
        case .interval(let interval):
            switch kind {
            case .interval: return self
            case .grid: return .grid(.interval(interval))
            default: return nil
            }
        default: return nil
        }
    }

    private static func literal(_ literal: SpannedLiteral, _ kind: Kind) -> Argument? {
        guard kind.accepts(literal.value) || kind == .grid else { return nil }
        switch kind {
        case .text, .file:
            guard case .text(let text) = literal.value else { return nil }
            return .text(Spanned(text, literal.span))
        case .files: return texts([literal])
        case .source:
            guard case .text(let text) = literal.value else { return nil }
            return .source(.file(Spanned(text, literal.span)))
        case .values: return .values([literal])
        case .grid: return .grid(.value(literal))
        default: return .literal(literal)
        }
    }

    private static func texts(_ values: [SpannedLiteral]) -> Argument? {
        var texts: [Spanned<String>] = []
        for value in values {
            guard case .text(let text) = value.value else { return nil }
            texts.append(Spanned(text, value.span))
        }
        return .texts(texts)
    }

    private static func values(_ items: [ListItem]) -> [SpannedLiteral]? {
        var values: [SpannedLiteral] = []
        for item in items {
            guard item.high == nil, case .literal(let literal) = item.low.node else { return nil }
            values.append(Spanned(literal, item.low.span))
        }
        return values
    }
}
