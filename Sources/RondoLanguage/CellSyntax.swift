/// A cell as parsed: verb, operands and clauses, with their places.
package struct CellSyntax: Sendable, Hashable {
    /// The text as typed, continuation lines included, without the final line break.
    package var source: String
    /// Line of the file or input on which the cell begins, from 1.
    package var line: Int
    package var verb: Name
    /// `impute?` asks for help and has nothing else.
    package var asksForHelp: Bool
    /// Operand values by slot name.
    package var operands: [String: Argument]
    /// Clauses in the order typed; the parameters of a family are among them, with the parameter's name as keyword and slot.
    package var clauses: [ClauseSyntax]
    /// The raw lines of `load here`.
    package var here: [String]?

    package init(
        source: String, line: Int = 1, verb: Name, asksForHelp: Bool = false, operands: [String: Argument] = [:],
        clauses: [ClauseSyntax] = [], here: [String]? = nil
    ) {
        self.source = source
        self.line = line
        self.verb = verb
        self.asksForHelp = asksForHelp
        self.operands = operands
        self.clauses = clauses
        self.here = here
    }

    /// The same cell, wherever and however it was typed.
    package static func == (left: Self, right: Self) -> Bool {
        left.verb == right.verb && left.asksForHelp == right.asksForHelp && left.clauses == right.clauses && left.here == right.here
            && left.operands.mapValues(\.placeless) == right.operands.mapValues(\.placeless)
    }
    package func hash(into hasher: inout Hasher) {
        hasher.combine(verb)
        hasher.combine(operands.mapValues(\.placeless))
        hasher.combine(clauses)
    }

    /// The first clause with this keyword.
    package func clause(_ keyword: String) -> ClauseSyntax? { clauses.first { $0.keyword.value == keyword } }
}

/// A clause as parsed.
package struct ClauseSyntax: Sendable, Hashable {
    /// One word or two, single blank between.
    package var keyword: Name
    /// Values by slot name.
    package var values: [String: Argument]
    package var span: Span

    package init(keyword: Name, values: [String: Argument], span: Span) {
        self.keyword = keyword
        self.values = values
        self.span = span
    }
    package static func == (left: Self, right: Self) -> Bool {
        left.keyword == right.keyword && left.values.mapValues(\.placeless) == right.values.mapValues(\.placeless)
    }
    package func hash(into hasher: inout Hasher) {
        hasher.combine(keyword)
        hasher.combine(values.mapValues(\.placeless))
    }
}

extension Argument {
    /// The same value as if it stood at the beginning: only a list keeps its place beside its items.
    fileprivate var placeless: Argument { if case .list(let items, _) = self { .list(items, Span(0, 0)) } else { self } }
}

/// A file or a paste as parsed, in order.
package struct ScriptSyntax: Sendable, Hashable {
    package enum Item: Sendable, Hashable {
        case cell(CellSyntax)
        /// Consecutive `##` lines, the marks taken off.
        case note(markdown: String, line: Int)
        /// A `#` comment line in column 0 (kept so that saving keeps it).
        case comment(String, line: Int)
        /// A record under the cell above: `#= …`, `#@ …`, `#! …`, marks included.
        case record(String, line: Int)
    }
    /// The number of the language version on the first line, if there is one.
    package var version: Int?
    package var items: [Item]

    package init(version: Int?, items: [Item]) {
        self.version = version
        self.items = items
    }
}
