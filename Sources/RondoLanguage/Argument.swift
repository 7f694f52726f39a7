/// A value of a cell as written, one case a shape; the binder has put parameters in their place.
package enum Argument: Sendable, Hashable {
    case name(Name)
    case names([Name])
    case thing(Thing)
    case things([Thing])
    case columns(ColumnSet)
    case text(Spanned<String>)
    case texts([Spanned<String>])
    /// `load "a.csv"` and `from sales`: a file or a table.
    case source(Source)
    case literal(SpannedLiteral)
    case values([SpannedLiteral])
    case list([ListItem], Span)
    case interval(Interval)
    case grid(Grid)
    case shares([SpannedLiteral])
    case expression(Expression)
    case assignments([Assignment])
    case inputs([Input])
    case aggregates([Aggregate])
    case groups([Group])
    case keys([Key])
    case order([OrderItem])
    case renames([Rename])
    case pairs([Pair])
    case target(Target)
    case part(Spanned<Part>)
    case choice(Name)
    case choices([Name])
    case cell(Spanned<String>)
    /// `$name` where a literal may stand; satisfies any literal kind until it is bound.
    case parameter(Name)
}

/// `[table|model|release] name[@version]`.
package struct Thing: Sendable, Hashable {
    package enum KindWord: String, Sendable, Hashable, CaseIterable { case table, model, release }
    package var kindWord: KindWord?
    package var name: Name
    /// `3` of `house_price@3`, `canary` of `house_price@canary`.
    package var version: String?

    /// The name as it was typed: `precision@10`.
    package var fullName: String { version.map { "\(name.value)@\($0)" } ?? name.value }

    package init(kindWord: KindWord? = nil, name: Name, version: String? = nil) {
        self.kindWord = kindWord
        self.name = name
        self.version = version
    }
}

/// A table by its name, or a file.
package enum Source: Sendable, Hashable {
    case table(Name)
    case file(Spanned<String>)
}

/// A comma list of columns, spans and classes of columns.
package struct ColumnSet: Sendable, Hashable {
    package enum Item: Sendable, Hashable {
        case column(Name)
        /// `first..last` in table order.
        case span(Name, Name)
        case every(Every)
    }
    /// `every number like "Garage*" but GarageYrBlt`.
    package struct Every: Sendable, Hashable {
        package enum Filter: String, Sendable, Hashable, CaseIterable { case number, text, category, date, truth, column }
        package var filter: Filter
        package var like: Spanned<String>?
        package var but: [Name]
        package var span: Span

        package init(_ filter: Filter, like: Spanned<String>? = nil, but: [Name] = [], span: Span) {
            self.filter = filter
            self.like = like
            self.but = but
            self.span = span
        }
        package static func == (left: Self, right: Self) -> Bool {
            left.filter == right.filter && left.like == right.like && left.but == right.but
        }
        package func hash(into hasher: inout Hasher) {
            hasher.combine(filter)
            hasher.combine(like)
            hasher.combine(but)
        }
    }
    package var items: [Item]

    package init(_ items: [Item]) { self.items = items }
}

/// `low..high`.
package struct Interval: Sendable, Hashable {
    package var low: SpannedLiteral
    package var high: SpannedLiteral

    package init(_ low: SpannedLiteral, _ high: SpannedLiteral) {
        self.low = low
        self.high = high
    }
}

/// Values to try: one, a list, or an interval.
package enum Grid: Sendable, Hashable {
    case value(SpannedLiteral)
    case word(Name)
    case list([ListItem])
    case interval(Interval)
}

/// `name = expression`.
package struct Assignment: Sendable, Hashable {
    package var name: Name
    package var expression: Expression

    package init(_ name: Name, _ expression: Expression) {
        self.name = name
        self.expression = expression
    }
}

/// `name = value`.
package struct Input: Sendable, Hashable {
    package var name: Name
    package var value: SpannedLiteral

    package init(_ name: Name, _ value: SpannedLiteral) {
        self.name = name
        self.value = value
    }
}

/// `[name =] expression`.
package struct Aggregate: Sendable, Hashable {
    package var name: Name?
    package var expression: Expression

    package init(_ name: Name?, _ expression: Expression) {
        self.name = name
        self.expression = expression
    }
}

/// `expression [bands [edges]|count]`; the lower edge counts.
package struct Group: Sendable, Hashable {
    package enum Bands: Sendable, Hashable {
        case edges([ListItem])
        case count(Int64)
    }
    package var expression: Expression
    package var bands: Bands?

    package init(_ expression: Expression, bands: Bands? = nil) {
        self.expression = expression
        self.bands = bands
    }
}

/// `left [= right]`: left from the current table, right from the other.
package struct Key: Sendable, Hashable {
    package var left: Expression
    package var right: Expression?

    package init(_ left: Expression, _ right: Expression? = nil) {
        self.left = left
        self.right = right
    }
}

/// `expression [ascending|descending]`; `direction` is nil when nothing was written (ascending).
package struct OrderItem: Sendable, Hashable {
    package enum Direction: String, Sendable, Hashable { case ascending, descending }
    package var expression: Expression
    package var direction: Direction?

    package init(_ expression: Expression, _ direction: Direction? = nil) {
        self.expression = expression
        self.direction = direction
    }
}

/// `old as new`.
package struct Rename: Sendable, Hashable {
    package var old: Name
    package var new: Name

    package init(_ old: Name, _ new: Name) {
        self.old = old
        self.new = new
    }
}

/// `"St." with "Street"`.
package struct Pair: Sendable, Hashable {
    package var old: Spanned<String>
    package var new: Spanned<String>

    package init(_ old: Spanned<String>, _ new: Spanned<String>) {
        self.old = old
        self.new = new
    }
}

/// `column [= value]`.
package struct Target: Sendable, Hashable {
    package var column: Name
    package var value: SpannedLiteral?

    package init(_ column: Name, _ value: SpannedLiteral? = nil) {
        self.column = column
        self.value = value
    }
}

/// Which rows: a part of the split, the last so-and-so, or a span of dates.
package enum Part: Sendable, Hashable {
    case train, validation, test, all
    case last(DurationLiteral)
    case dates(DateLiteral, DateLiteral)
}
