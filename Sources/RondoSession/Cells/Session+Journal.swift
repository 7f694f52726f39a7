import RondoKernels
import RondoLanguage
package import RondoReport
import RondoSignature

extension Session {
    /// Cells of the shell that change the session and must happen again when it is opened from the journal.
    private static let steering: Set<String> = ["undo", "redo", "edit", "rerun"]

    /// Writes a cell down with its verdict, before its answer is shown; says once when that cannot be done.
    mutating func keep(_ cell: CellSyntax, in report: inout CellReport) {
        guard let journal, journalFault == nil else { return }
        do {
            if let error = report.error {
                try journal.cell(cell.source, verdict: error.code)
            } else if cell.asksForHelp {
                return
            } else if registry[cell.verb.value]?.signature.cellClass == .shell {
                if Session.steering.contains(cell.verb.value) { try journal.shell(cell.source) }
            } else {
                try journal.cell(cell.source, verdict: "ok")
            }
        } catch {
            let reason = (error as? Fault)?.message ?? "\(error)"
            journalFault = reason
            report.blocks.append(.text(TextBlock(SlotText.escaped("cells are not kept from here on: \(reason)"), tone: .warning)))
        }
    }

    // MARK: Files of the shell

    /// The path that a relative one means.
    package func path(_ name: String) -> String {
        baseFolder.isEmpty || name.hasPrefix("/") ? name : baseFolder + "/" + name
    }

    /// Reads a text file; a fault when it is no UTF-8.
    package func readText(_ name: String) throws -> String {
        guard let text = try world.files.read(path(name)).text else {
            throw Fault("R0630", "\(name) is no text in UTF-8", remedy: "name a session file, or a page that report wrote", subject: name)
        }
        return text
    }

    /// Writes the session to a file whole and remembers its name; returns the bytes written.
    package mutating func save(as name: String) throws -> Int {
        let bytes = Array(SessionFile.text(of: self).utf8)
        try world.files.write(path(name), bytes)
        savedFile = name
        return bytes.count
    }

    // MARK: Rerun

    /// Runs the stale cells; when one fails, the session stays as it was but for effects, and the fault is thrown.
    package mutating func rerunWhole() throws -> [CellReport] {
        var copy = self
        let reports = copy.rerun()
        if let last = reports.last, let error = last.error {
            effects = copy.effects
            let number = last.number.map(String.init) ?? ""
            throw Diagnostic(
                error.code, "cell \(number) (\(last.source.split(whereSeparator: \.isNewline).first ?? "")): \(error.message)", span: nil,
                note: error.note,
                remedy: "mend it with edit \(number): \(error.remedy)")
        }
        self = copy
        return reports
    }
}
