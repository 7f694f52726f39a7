import Testing

@testable import RondoTerminal

@Suite("Display width")
struct DisplayWidthTests {
    /// Widths by Unicode Standard Annex 11 and, for emoji, UTS 51.
    @Test(
        "counts columns",
        arguments: [
            ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("naïve", 5), ("日本", 4), ("ｶﾅ", 2), ("Ａ", 2), ("한글", 4), ("😀", 2),
            ("👨‍👩‍👧", 2), ("🇩🇪", 2), ("❤\u{FE0F}", 2), ("❤", 1), ("👍🏽", 2), ("a\u{200B}b", 2), ("━╸", 2), ("𠀀", 2), ("שלום", 4), ("×…", 2),
            ("\u{1B}", 1), ("\r\n", 2),
        ])
    func columns(text: String, expected: Int) {
        #expect(DisplayWidth.columns(of: text) == expected)
    }

    @Test("replaces control characters by marks of the same width")
    func printable() {
        #expect(DisplayWidth.printable("a\u{1B}[0m\tb\u{7F}\u{9B}\u{202E}") == "a␛[0m b␡\u{FFFD}\u{FFFD}")
        for text in ["a\u{1B}b", "\r\n", "x\u{85}\u{202E}y", "日\u{0}本"] {
            #expect(DisplayWidth.columns(of: DisplayWidth.printable(text)) == DisplayWidth.columns(of: text))
        }
    }

    @Test("cuts and pads to a width")
    func fitting() {
        #expect(DisplayWidth.truncated("abcdef", to: 6) == "abcdef")
        #expect(DisplayWidth.truncated("abcdef", to: 4) == "abc…")
        #expect(DisplayWidth.truncated("日本語", to: 4) == "日…")
        #expect(DisplayWidth.truncated("e\u{301}e\u{301}e\u{301}", to: 2) == "e\u{301}…")
        #expect(DisplayWidth.truncated("abc", to: 0) == "")
        #expect(DisplayWidth.truncated("abc", to: -1) == "")
        #expect(DisplayWidth.padded("日", to: 4) == "日  ")
        #expect(DisplayWidth.padded("日", to: 4, alignedRight: true) == "  日")
        #expect(DisplayWidth.padded("abc", to: 2) == "abc")
    }
}

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
