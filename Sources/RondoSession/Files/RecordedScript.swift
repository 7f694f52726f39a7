import RondoKernels
import RondoLanguage
package import RondoReport

/// A session file, or the session inside a report, as read: items with their records.
package struct RecordedScript: Sendable {
    package let text: String
    package let items: [SessionFile.Item]
    /// What a report carries beside the script, by cell number: it tells which table cell moved.
    package let blocks: [Int: [Block]]

    /// - Parameters:
    ///   - content: the text of a session file, or a page that `report` wrote.
    ///   - name: the file, for faults.
    /// - Throws: `Fault` for a page without a session, `Diagnostic` with the line for bad syntax.
    package init(_ content: String, name: String, registry: VerbRegistry) throws {
        var blocks: [Int: [Block]] = [:]
        if RecordedScript.isPage(content) {
            let (script, cells) = try HTMLReport.extract(from: content)
            text = script
            for cell in cells { if let number = cell.number { blocks[number] = cell.blocks } }
        } else {
            text = content
        }
        self.blocks = blocks
        let parsed = ScriptParser.parse(text, grammar: registry.grammar)
        if let faulty = parsed.faulty.first, let fault = faulty.diagnostics.first {
            throw Diagnostic(
                fault.code, "\(name), line \(faulty.line): \(fault.message)", span: nil, note: fault.note, remedy: fault.remedy)
        }
        items = SessionFile.items(of: parsed.syntax)
    }

    /// How many cells it holds.
    package var cellCount: Int { items.count { if case .cell = $0 { true } else { false } } }

    private static func isPage(_ text: String) -> Bool {
        text.prefix(200).drop { $0.isWhitespace || $0 == "\u{FEFF}" }.lowercased().hasPrefix("<!doctype html")
    }
}
