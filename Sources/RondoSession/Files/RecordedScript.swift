import RondoKernels
import RondoLanguage
package import RondoReport

/// A session file, or the session inside a report, as read: items with their records.
package struct RecordedScript: Sendable {
    package let text: String
    package let items: [SessionFile.Item]
    /// What a report carries beside the script, by cell number: it tells which table cell moved.
    package let blocks: [Int: [Block]]

    /// The way from its folder to the one that relative paths of its cells start from; a report may lie elsewhere.
    private let base: String

    /// - Parameters:
    ///   - content: the text of a session file, or a page that `report` wrote.
    ///   - name: the file, for faults.
    /// - Throws: `Fault` for a page without a session, `Diagnostic` with the line for bad syntax.
    package init(_ content: String, name: String, registry: VerbRegistry) throws {
        var blocks: [Int: [Block]] = [:]
        if RecordedScript.isPage(content) {
            let carried = try HTMLReport.extract(from: content)
            text = carried.script
            base = carried.base
            for cell in carried.cells { if let number = cell.number { blocks[number] = cell.blocks } }
        } else {
            text = content
            base = ""
        }
        self.blocks = blocks
        let parsed = ScriptParser.parse(text, grammar: registry.grammar)
        if let faulty = parsed.faulty.first, let fault = faulty.diagnostics.first {
            throw Diagnostic(
                fault.code, "\(name), line \(faulty.line): \(fault.message)", span: nil, note: fault.note, remedy: fault.remedy)
        }
        items = SessionFile.items(of: parsed.syntax)
    }

    /// What relative paths of its cells start from: for a page the folder its session had, or the page's own where it was moved
    /// together with the files.
    package func folder(at path: String, files: FileAccess) -> String {
        let own = FolderPath.containing(path)
        let named = FolderPath.folder(own, base)
        let isMoved = filesRead.contains { name in
            !files.exists(FolderPath.joined(named, name)) && files.exists(FolderPath.joined(own, name))
        }
        return base.isEmpty || isMoved ? own : named
    }

    /// Files that its cells have read, as the records name them.
    private var filesRead: [String] {
        items.flatMap { item -> [String] in
            guard case .cell(let cell) = item, let record = cell.record else { return [] }
            return record.files.filter { !$0.isWritten }.map(\.name)
        }
    }

    /// How many cells it holds.
    package var cellCount: Int { items.count { if case .cell = $0 { true } else { false } } }

    private static func isPage(_ text: String) -> Bool {
        text.prefix(200).drop { $0.isWhitespace || $0 == "\u{FEFF}" }.lowercased().hasPrefix("<!doctype html")
    }
}
