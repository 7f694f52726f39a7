import RondoKernels
import Testing

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
        #expect(DisplayWidth.of(text) == expected)
    }

    @Test("replaces control characters by marks of the same width")
    func printable() {
        #expect(DisplayWidth.printable("a\u{1B}[0m\tb\u{7F}\u{9B}\u{202E}") == "a␛[0m b␡\u{FFFD}\u{FFFD}")
        for text in ["a\u{1B}b", "\r\n", "x\u{85}\u{202E}y", "日\u{0}本"] {
            #expect(DisplayWidth.of(DisplayWidth.printable(text)) == DisplayWidth.of(text))
        }
    }

    @Test("cuts and pads to a width")
    func fitting() {
        #expect(DisplayWidth.cut("abcdef", to: 6) == "abcdef")
        #expect(DisplayWidth.cut("abcdef", to: 4) == "abc…")
        #expect(DisplayWidth.cut("日本語", to: 4) == "日…")
        #expect(DisplayWidth.cut("e\u{301}e\u{301}e\u{301}", to: 2) == "e\u{301}…")
        #expect(DisplayWidth.cut("abc", to: 0) == "")
        #expect(DisplayWidth.cut("abc", to: -1) == "")
        #expect(DisplayWidth.padded("日", to: 4) == "日  ")
        #expect(DisplayWidth.padded("日", to: 4, right: true) == "  日")
        #expect(DisplayWidth.padded("abc", to: 2) == "abc")
    }
}
