package import RondoFrame
import RondoKernels
package import RondoLifecycle

/// A table about the columns of another one: descriptions, units, codes and roles by name.
package enum DataDictionary {
    private static let names: [(field: String, words: Set<String>)] = [
        ("name", ["name", "column", "variable", "field", "feature", "attribute", "column_name", "variable_name", "field_name"]),
        ("description", ["description", "label", "meaning", "definition", "explanation", "desc"]),
        ("unit", ["unit", "units"]),
        ("codes", ["codes", "values", "categories", "levels", "coding", "value_labels"]),
        ("role", ["role"]),
    ]

    /// What was taken over, in one line each.
    package struct Outcome {
        package var facts: [String: SourceFacts.ColumnFact] = [:]
        package var findings: [Finding] = []
    }

    /// Reads the dictionary for a table with these columns.
    /// - Throws: `Fault` R0665 when it has no column of names, or names no column of the table.
    package static func read(_ dictionary: Frame, file: String, columns: [String]) throws -> Outcome {
        var found: [String: Column] = [:]
        for (field, words) in names {
            if let name = dictionary.names.first(where: { words.contains(plain($0)) }) { found[field] = dictionary[name] }
        }
        guard let keys = found["name"], found.count > 1 else {
            throw Fault(
                "R0665", "\(file) is no data dictionary: it needs a column name and one of description, unit, codes and role",
                remedy: "columns as in: name, description, unit, codes, role", subject: file)
        }
        var outcome = Outcome()
        let known = Dictionary(columns.map { (plain($0), $0) }) { first, _ in first }
        var strangers: [String] = []
        for row in 0..<dictionary.rowCount {
            guard let key = text(keys, row) else { continue }
            guard let column = columns.first(where: { $0 == key }) ?? known[plain(key)] else {
                strangers.append(key)
                continue
            }
            outcome.facts[column] = SourceFacts.ColumnFact(
                description: text(found["description"], row), unit: text(found["unit"], row), codes: text(found["codes"], row),
                role: text(found["role"], row)?.lowercased())
        }
        guard !outcome.facts.isEmpty else {
            throw Fault(
                "R0665", "\(file) names no column of the table", remedy: "its names must be those of the columns: \(columns[0]), …",
                subject: file)
        }
        outcome.findings = findings(outcome.facts, file: file, columns: columns, strangers: strangers)
        return outcome
    }

    private static func findings(
        _ facts: [String: SourceFacts.ColumnFact], file: String, columns: [String], strangers: [String]
    ) -> [Finding] {
        let count = facts.count
        var result = [
            Finding("dictionary", "\(file) explains \(count) of \(columns.count) columns", count: count)
        ]
        if let first = strangers.first {
            let more = strangers.count > 1 ? " and \(strangers.count - 1) more" : ""
            result.append(Finding("dictionary", "\(file) names no column of the table with \(first)\(more)", count: strangers.count))
        }
        return result
    }

    private static func text(_ column: Column?, _ row: Int) -> String? {
        guard let value = column?[row], !value.isMissing else { return nil }
        return value.plainText
    }

    /// Lower case, blanks and points as underscores.
    private static func plain(_ name: String) -> String {
        String(name.lowercased().map { $0 == " " || $0 == "." || $0 == "-" ? "_" : $0 })
    }
}
