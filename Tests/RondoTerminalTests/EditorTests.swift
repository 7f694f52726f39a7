import Glibc
import Testing

@testable import RondoTerminal

@Suite("Pipe editor")
struct PipeEditorTests {
    private static let prompt = EditorPrompt(left: "rondo[1]> ")

    private final class Pipe {
        let reader: Int32
        private var writer: Int32

        init() throws {
            var ends: [Int32] = [-1, -1]
            try #require(pipe(&ends) == 0)
            (reader, writer) = (ends[0], ends[1])
        }

        func send(_ bytes: some Collection<UInt8>) { _ = write(writer, Array(bytes), bytes.count) }

        func end() {
            if writer >= 0 { close(writer) }
            writer = -1
        }

        deinit {
            end()
            close(reader)
        }
    }

    @Test("hands on a cell as soon as the next line has come, while the pipe stays open")
    func early() throws {
        let pipe = try Pipe()
        let editor = PipeEditor(descriptor: pipe.reader)
        pipe.send("fit x\n    by y\nnext ".utf8)
        pipe.send("one\n".utf8)
        #expect(editor.readCell(prompt: Self.prompt) == .cell("fit x\n    by y"))
        pipe.send("\nlast".utf8)
        #expect(editor.readCell(prompt: Self.prompt) == .cell("next one"))
        pipe.end()
        #expect(editor.readCell(prompt: Self.prompt) == .cell("last"))
        #expect(editor.readCell(prompt: Self.prompt) == .endOfInput)
        #expect(editor.readCell(prompt: Self.prompt) == .endOfInput)
    }

    @Test("takes a byte order mark, foreign line breaks and invalid bytes")
    func bytes() throws {
        let pipe = try Pipe()
        let editor = PipeEditor(descriptor: pipe.reader)
        pipe.send([0xEF, 0xBB, 0xBF] + Array("é 日本\r\n  b\r\n".utf8) + [0x61, 0xFF, 0x0A])
        pipe.end()
        #expect(editor.readCell(prompt: Self.prompt) == .cell("é 日本\n  b"))
        #expect(editor.readCell(prompt: Self.prompt) == .cell("a\u{FFFD}"))
        #expect(editor.readCell(prompt: Self.prompt) == .endOfInput)
    }

    @Test("of an empty or closed pipe ends at once")
    func empty() throws {
        let pipe = try Pipe()
        pipe.end()
        #expect(PipeEditor(descriptor: pipe.reader).readCell(prompt: Self.prompt) == .endOfInput)
        #expect(PipeEditor(descriptor: -1).readCell(prompt: Self.prompt) == .endOfInput)
    }
}

@Suite("Scripted editor and prompt")
struct ScriptedEditorTests {
    @Test("plays its events, then the end")
    func events() {
        let editor = ScriptedEditor(events: [.cell("a"), .interrupted])
        let prompt = EditorPrompt(left: "rondo[1]> ")
        #expect(editor.readCell(prompt: prompt) == .cell("a"))
        #expect(editor.readCell(prompt: prompt) == .interrupted)
        #expect(editor.readCell(prompt: prompt) == .endOfInput)
        #expect(editor.prompts.count == 3)
        #expect(editor.dropPendingCells() == 0)
    }

    @Test("a prompt ends in a visible blank and hides its colour")
    func prompt() {
        #expect(EditorPrompt(left: "rondo[1]> ").markedLeft == "rondo[1]> ")
        #expect(EditorPrompt(left: "r> ", leftStyle: "1;32").markedLeft == "\u{1}\u{1B}[1;32m\u{1}r>\u{1}\u{1B}[0m\u{1} ")
        #expect(EditorPrompt(left: "r> ", right: "").markedRight == "")
        #expect(EditorPrompt(left: "r> ", right: "a × 2\u{1}\n").markedRight == "a × 2 ")
    }
}

@Suite("Transcript")
struct TranscriptTests {
    @Test("shows a cell so that it can be pasted again")
    func pasted() {
        let cell = "fit price\n    with \"é 日本\"\n  on sales"
        let transcript = EditorPrompt(left: "rondo[12]> ").transcript(of: cell)
        #expect(transcript == "rondo[12]> fit price\n      ...>     with \"é 日本\"\n      ...>   on sales\n")
        #expect(PastedText.cleaned(transcript + "an answer\n") == cell)
        #expect(EditorPrompt(left: "r> ", leftStyle: "1").transcript(of: "x") == "\u{1B}[1mr> \u{1B}[0mx\n")
    }
}

@Suite("Text in the editor")
struct EditedTextTests {
    private func text(_ marked: String) -> EditedText {
        let parts = marked.split(separator: "|", omittingEmptySubsequences: false)
        return EditedText(scalars: Array(parts.joined().unicodeScalars), cursor: parts.first?.unicodeScalars.count ?? 0)
    }

    @Test("knows the places above and below the cursor")
    func places() {
        let middle = text("日本語\nabc|d\nx")
        #expect(middle.lineStart == 4)
        #expect(middle.lineEnd == 8)
        #expect(middle.positionAbove == 3)
        #expect(middle.positionBelow == 10)
        #expect(text("a|b").positionAbove == nil)
        #expect(text("a|b").positionBelow == nil)
        #expect(text("ab\n|").positionAbove == 0)
        #expect(text("a|b\n").positionBelow == 3)
        #expect(text("|").lineEnd == 0)
    }

    @Test("indents the next line like this one, by four blanks at least")
    func indentation() {
        #expect(text("fit|").indentation == "    ")
        #expect(text("fit\n      by|").indentation == "      ")
        #expect(text("fit\n  by|").indentation == "    ")
    }

    @Test("ends an incomplete cell with a blank last line")
    func blankLine() {
        #expect(text("fit (\n    |").lastLineIsBlank)
        #expect(!text("fit (|").lastLineIsBlank)
        #expect(!text("|").lastLineIsBlank)
    }
}
