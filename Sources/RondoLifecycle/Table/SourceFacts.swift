import RondoFrame
import RondoRecipes

/// What is known about where a table comes from, beside its bytes: it stays with the table into report and card.
package struct SourceFacts: Sendable, Hashable {
    /// What a data dictionary says about a column.
    package struct ColumnFact: Sendable, Hashable {
        package var description: String?
        package var unit: String?
        package var codes: String?
        package var role: String?

        package init(description: String? = nil, unit: String? = nil, codes: String? = nil, role: String? = nil) {
            self.description = description
            self.unit = unit
            self.codes = codes
            self.role = role
        }
    }

    package var owner: String?
    package var license: String?
    package var cost: String?
    package var address: String?
    package var collected: String?
    package var kind: String?
    package var covers: String?
    package var privacy: String?
    /// Columns that are never features and leave only when somebody asks for it in so many words.
    package var privateColumns: [String] = []
    package var columns: [String: ColumnFact] = [:]

    package init() {}

    /// The facts that are known, each with its label, in a fixed order.
    package var lines: [(label: String, value: String)] {
        let all: [(String, String?)] = [
            ("kind", kind), ("owner", owner), ("license", license), ("cost", cost), ("address", address), ("collected", collected),
            ("covers", covers), ("privacy", privacy),
            ("private columns", privateColumns.isEmpty ? nil : privateColumns.joined(separator: ", ")),
        ]
        return all.compactMap { label, value in value.map { (label, $0) } }
    }

    /// One line for the card; nil when nothing is known.
    package func sentence(for table: String) -> String? {
        lines.isEmpty ? nil : "source \(table): " + lines.map { "\($0.label) \($0.value)" }.joined(separator: " · ")
    }

    /// Marks columns as private, each once.
    package mutating func keepPrivate(_ names: [String]) {
        for name in names where !privateColumns.contains(name) { privateColumns.append(name) }
    }
}

extension Table {
    /// Columns after all steps that hold private values or are made of them.
    package var privateColumns: Set<String> {
        facts.privateColumns.isEmpty ? [] : recipe.holding(Set(facts.privateColumns), columns: rows.names)
    }
}
