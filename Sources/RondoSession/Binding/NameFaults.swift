package import RondoLanguage

/// Faults of names, worded once.
package enum NameFaults {
    package static func unknownTable(_ name: Name, known: [String]) -> Diagnostic {
        unknown("R0204", "there is no table \(name.value)", name, known: known, none: "load \"file.csv\" as \(name.value)", list: "tables")
    }

    package static func unknownModel(_ name: Name, known: [String]) -> Diagnostic {
        unknown("R0205", "there is no model \(name.value)", name, known: known, none: "fit linear as \(name.value)", list: "models")
    }

    package static func unknownColumn(_ name: Name, table: String, known: [String]) -> Diagnostic {
        unknown(
            "R0203", "table \(table) has no column \(name.value)", name, known: known, none: "load a file with columns first", list: "columns")
    }

    package static func unknownNote(_ name: Name, known: [String]) -> Diagnostic {
        unknown("R0206", "there is no note \(name.value)", name, known: known, none: "note \"text\" as \(name.value)", list: "notes")
    }

    private static func unknown(
        _ code: String, _ message: String, _ name: Name, known: [String], none: String, list: String
    ) -> Diagnostic {
        if let nearest = NearestWord.suggestion(for: name.value, among: known) {
            return Diagnostic(code, message, span: name.span, note: "did you mean \(nearest)?", remedy: "write \(nearest)")
        }
        guard !known.isEmpty else { return Diagnostic(code, message, span: name.span, remedy: none) }
        let shown = known.prefix(12).joined(separator: ", ") + (known.count > 12 ? " and \(known.count - 12) more" : "")
        return Diagnostic(code, message, span: name.span, note: nil, remedy: "\(list): \(shown)")
    }
}
