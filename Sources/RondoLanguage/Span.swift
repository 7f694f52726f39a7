/// A place in the source of a cell: Unicode scalars from 0, end excluded.
package struct Span: Sendable, Hashable {
    package var start: Int
    package var end: Int

    package init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }

    /// The smallest span that holds both.
    package func union(_ other: Span) -> Span { Span(min(start, other.start), max(end, other.end)) }
}

/// A value and where it stands; two are equal when the values are, wherever they stand.
package struct Spanned<Value: Sendable & Hashable>: Sendable, Hashable {
    package var value: Value
    package var span: Span

    package init(_ value: Value, _ span: Span) {
        self.value = value
        self.span = span
    }

    package static func == (left: Self, right: Self) -> Bool { left.value == right.value }
    package func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

/// A name as written, without its backquotes.
package typealias Name = Spanned<String>
