import RondoLanguage
import RondoReport
import RondoSession
import RondoSignature

/// Rules that verbs of the shell share.
enum ShellRules {
    /// Verbs that steer belong to a person at the prompt: in a file they would change what the file says.
    /// - Throws: `Diagnostic` R0560 in a script.
    static func needsPrompt(_ call: Call, in session: Session) throws {
        guard session.isScript else { return }
        throw Diagnostic(
            "R0560", "\(call.signature.name) works at the prompt only, not in a file", span: call.cell.verb.span,
            remedy: "leave this line out; of the shell verbs help, history, status, save, replay and report run in a file")
    }

    /// A count that was given, at least 1; else the default.
    static func count(_ call: Call, _ operand: Operand<SpannedLiteral>, default standard: Int) throws -> Int {
        guard let literal = call[operand], case .integer(let value) = literal.value else { return standard }
        guard value >= 1, let count = Int(exactly: value) else {
            throw Diagnostic("R0232", "a count begins at 1", span: literal.span, remedy: "\(call.signature.name) 1")
        }
        return count
    }

    /// The first line of a cell, shortened, for tables and sentences.
    static func line(_ source: String, limit: Int = 72) -> String {
        let lines = source.split(whereSeparator: \.isNewline)
        let first = lines.first.map(String.init) ?? ""
        let isCut = lines.count > 1 || first.count > limit
        return isCut ? String(first.prefix(limit)) + " …" : first
    }

    /// `1 cell`, `3 cells`.
    static func counted(_ count: Int, _ word: String) -> String { count == 1 ? "1 \(word)" : "\(NumberText.count(count)) \(word)s" }
}
