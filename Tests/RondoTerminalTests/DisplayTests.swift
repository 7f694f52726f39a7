import RondoKernels
import Testing

@testable import RondoTerminal

@Suite("Completion display")
struct CompletionDisplayTests {
    private typealias Candidate = CompletionList.Candidate

    @Test("aligns names and glosses")
    func glosses() {
        let lines = CompletionDisplay.lines(
            [Candidate("price ", gloss: "real"), Candidate("日本", gloss: "text, 3 % missing")], width: 40, rows: 10)
        #expect(lines == ["price  real", "日本   text, 3 % missing"])
    }

    @Test("fills columns downwards")
    func columns() {
        let lines = CompletionDisplay.lines(["a", "bb", "c", "d", "e"].map { Candidate($0) }, width: 13, rows: 10)
        #expect(lines == ["a    c    e", "bb   d"])
    }

    @Test("counts what does not fit")
    func overflow() {
        let lines = CompletionDisplay.lines((0..<100).map { Candidate("name\($0)") }, width: 10, rows: 5)
        #expect(lines == ["name0", "name1", "name2", "name3", "… and 96 more"])
        #expect(CompletionDisplay.lines([], width: 10, rows: 5).isEmpty)
        #expect(CompletionDisplay.lines([Candidate("abcdefghij")], width: 5, rows: 1) == ["abc…"])
    }

    @Test("the common prefix is cut at whole characters")
    func prefix() {
        let list = CompletionList(replacement: 0..<0, candidates: [Candidate("prix é"), Candidate("prix e\u{302}"), Candidate("prix ê x")])
        #expect(list.commonPrefix == "prix ")
        #expect(CompletionList.empty.commonPrefix == "")
    }
}
