import RondoFrame
package import RondoRecipes

/// What went into the columns of a table that was made from another one (`aggregate … as`), so that the target is found again when it
/// comes back by a join.
package struct Lineage: Sendable, Hashable {
    /// Names the rows of the table it was made from, as they were loaded.
    package let seal: Identity
    /// For each column the columns of that table that went into it, as loaded and under every later name.
    package let columns: [String: Set<String>]

    package init(seal: Identity, columns: [String: Set<String>]) {
        self.seal = seal
        self.columns = columns
    }
}

extension Table {
    /// The lineage of a table made from this one.
    /// - Parameters:
    ///   - made: for each column of the new table the columns it was computed from.
    ///   - recipe: this table's recipe as learned.
    package func lineage(of made: [String: Set<String>], recipe: FittedRecipe) -> [Lineage] {
        let sources = made.mapValues { recipe.ancestors(of: $0, columns: rows.names) }
        let own = Lineage(seal: seal, columns: sources)
        let earlier = lineage.map { line in
            Lineage(seal: line.seal, columns: sources.mapValues { names in Table.union(names.map { line.columns[$0] ?? [] }) })
        }
        return [own] + earlier
    }

    /// For columns of this table the columns of `other` that went into them; empty where none did.
    package func origins(of columns: [String], in other: Table, recipe: FittedRecipe) -> [String: Set<String>] {
        let lines = lineage.filter { $0.seal == other.seal }
        guard !lines.isEmpty else { return [:] }
        var result: [String: Set<String>] = [:]
        for column in columns {
            let names = recipe.ancestors(of: [column], columns: rows.names)
            let found = Table.union(lines.flatMap { line in names.map { line.columns[$0] ?? [] } })
            if !found.isEmpty { result[column] = found }
        }
        return result
    }

    private static func union(_ sets: [Set<String>]) -> Set<String> { sets.reduce(into: []) { $0.formUnion($1) } }
}
