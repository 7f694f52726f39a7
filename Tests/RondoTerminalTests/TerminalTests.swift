import Glibc
import Testing

@testable import RondoTerminal

@Suite("Colour")
struct ColourChoiceTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var choice: ColourChoice
        var environment: [String: String]
        var isTerminal: Bool
        var expected: Bool
        var testDescription: String { "\(choice) \(environment) terminal \(isTerminal)" }
    }

    static let rows = [
        Row(choice: .always, environment: ["NO_COLOR": "1", "TERM": "dumb"], isTerminal: false, expected: true),
        Row(choice: .never, environment: ["FORCE_COLOR": "1", "TERM": "xterm"], isTerminal: true, expected: false),
        Row(choice: .auto, environment: ["FORCE_COLOR": "1", "NO_COLOR": "1", "TERM": "xterm"], isTerminal: false, expected: true),
        Row(choice: .auto, environment: ["FORCE_COLOR": "0", "TERM": "xterm"], isTerminal: true, expected: false),
        Row(choice: .auto, environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": "1", "TERM": "dumb"], isTerminal: false, expected: true),
        Row(choice: .auto, environment: ["CLICOLOR_FORCE": "0", "TERM": "xterm"], isTerminal: false, expected: false),
        Row(choice: .auto, environment: ["NO_COLOR": "1", "TERM": "xterm"], isTerminal: true, expected: false),
        Row(choice: .auto, environment: ["NO_COLOR": "", "TERM": "xterm"], isTerminal: true, expected: true),
        Row(choice: .auto, environment: ["CLICOLOR": "0", "TERM": "xterm"], isTerminal: true, expected: false),
        Row(choice: .auto, environment: ["TERM": "dumb"], isTerminal: true, expected: false),
        Row(choice: .auto, environment: ["TERM": "xterm-256color"], isTerminal: true, expected: true),
        Row(choice: .auto, environment: ["TERM": "xterm-256color", "CLICOLOR": "1"], isTerminal: false, expected: false),
    ]

    @Test("is decided in the documented order", arguments: rows)
    func table(row: Row) {
        #expect(row.choice.usesColour(isTerminal: row.isTerminal) { row.environment[$0] } == row.expected)
    }
}

/// One after the other: two of these tests change what the interrupt signal does.
@Suite("Terminal", .serialized)
struct TerminalTests {
    @Test("size falls back to the environment, then 80 by 24")
    func size() {
        #expect(TerminalSize.fromEnvironment { ["COLUMNS": "132", "LINES": "50"][$0] } == TerminalSize(columns: 132, rows: 50))
        #expect(TerminalSize.fromEnvironment { ["COLUMNS": "-3", "LINES": "many"][$0] } == TerminalSize(columns: 80, rows: 24))
    }

    private static func pager(terminal: Bool = true, dumb: Bool = false, wanted: Bool = true, _ environment: [String: String] = [:])
        -> Pager
    {
        let capabilities = TerminalCapabilities(
            isInputTerminal: true, isOutputTerminal: terminal, isErrorTerminal: true, showsUnicode: true, isDumb: dumb)
        return Pager(capabilities: capabilities, isWanted: wanted, environment: { environment[$0] }, write: { _ in })
    }

    @Test("pager is chosen by PAGER, and used on a capable terminal only")
    func pagerChoice() {
        #expect(Self.pager().command == "less -FRX")
        #expect(Self.pager(["PAGER": "more -s"]).command == "more -s")
        #expect(Self.pager(["PAGER": ""]).command == "less -FRX")
        #expect(Self.pager(["PAGER": "cat"]).command == nil)
        #expect(Self.pager(terminal: false).command == nil)
        #expect(Self.pager(dumb: true).command == nil)
        #expect(Self.pager(wanted: false).command == nil)
    }

    @Test("pager gets the text; one that cannot be started leaves it to plain writing", arguments: [true, false])
    func pagerRuns(exists: Bool) throws {
        let folder = try TemporaryFolder()
        let plain = folder.file("plain")
        let command = exists ? "cat > '\(folder.file("paged"))'" : "rondo-no-such-pager 2>/dev/null"
        let capabilities = TerminalCapabilities(
            isInputTerminal: true, isOutputTerminal: true, isErrorTerminal: true, showsUnicode: true, isDumb: false)
        let pager = Pager(capabilities: capabilities, isWanted: true, environment: { $0 == "PAGER" ? command : nil }) { text in
            let file = fopen(plain, "w")
            if let file {
                fputs(text, file)
                fclose(file)
            }
        }
        let text = String(repeating: "é 日本 line\n", count: 20_000)
        pager.show(text)
        #expect(folder.text(of: exists ? "paged" : "plain").utf8.count == text.utf8.count)
        #expect(access(folder.file(exists ? "plain" : "paged"), F_OK) != 0)
    }

    @Test("interrupt sets the flag, and again after removal and installation")
    func interrupt() {
        let flag = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
        defer { flag.deallocate() }
        for _ in 0..<2 {
            flag.pointee = 0
            InterruptSignal.install(flag: flag)
            raiseHere(SIGINT)
            #expect(flag.pointee == 1)
            InterruptSignal.remove()
        }
    }

    /// Raises a signal in this thread, which may be one that blocks signals.
    private func raiseHere(_ signal: Int32) {
        var set = sigset_t()
        var before = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, signal)
        pthread_sigmask(SIG_UNBLOCK, &set, &before)
        raise(signal)
        pthread_sigmask(SIG_SETMASK, &before, nil)
    }
}
