import RondoLanguage
import Testing

@Suite struct LexerTests {
    private func literal(_ text: String) -> Literal? {
        let tokens = Lexer.lex(text).tokens
        guard tokens.count == 2, case .literal(let literal) = tokens[0].kind else { return nil }
        return literal
    }

    @Test func numbers() {
        #expect(literal("200k") == .integer(200_000))
        #expect(literal("1.5M") == .number(1_500_000))
        #expect(literal("2.3M") == .number(2_300_000))
        #expect(literal("2B") == .integer(2_000_000_000))
        #expect(literal("1_000_000") == .integer(1_000_000))
        #expect(literal("1e3") == .number(1000))
        #expect(literal("1.5E-3") == .number(0.0015))
        #expect(literal("10%") == .percent(10))
        #expect(literal("9223372036854775807") == .integer(Int64.max))
        for text in [
            ".5", "5.", "007", "1__0", "1_", "5x", "100K", "9223372036854775808", "9999999999B", "1e400", "1e99999999999999999999", "3.5.2",
        ] {
            #expect(literal(text) == nil, "\(text)")
        }
        #expect(literal("1e-99999999999999999999") == .number(0))
    }

    @Test func durationsStandOnOneLine() {
        #expect(literal("500 ms") == .duration(DurationLiteral(500, .milliseconds)))
        #expect(literal("1.5 hours") == .duration(DurationLiteral(1.5, .hours)))
        #expect(literal("1 s") == .duration(DurationLiteral(1, .seconds)))
        #expect(literal("90days") == .duration(DurationLiteral(90, .days)))
        #expect(Lexer.lex("5\n days").tokens.count == 3)
        #expect(Lexer.lex("5 days_left").tokens.count == 3)
        #expect(DurationUnit.allCases.allSatisfy { literal("2 " + $0.rawValue) == .duration(DurationLiteral(2, $0)) })
    }

    @Test func dates() {
        #expect(literal("2024-03-01") == .date(DateLiteral(days: 19783)))
        #expect(literal("1970-01-01T00:00:01.5Z") == .date(DateLiteral(days: 0, timeOfDay: 1_500_000)))
        #expect(literal("1970-01-01T00:30+01:00") == .date(DateLiteral(days: -1, timeOfDay: 84_600_000_000)))
        #expect(literal("1969-12-31T23:30-01:00") == .date(DateLiteral(days: 0, timeOfDay: 1_800_000_000)))
        #expect(literal("2024-02-29") != nil)
        for text in [
            "2023-02-29", "2024-13-01", "2024-3-1", "2024-03", "5-3", "2024-03-01T25:00", "2024-03-01T10", "2024-03-01x",
            "2024-03-01T10:00:61",
            "2024-03-01T10:00+0100", "2024-00-10", "99999-01-01",
        ] { #expect(literal(text) == nil, "\(text)") }
        for days: Int32 in [-719_528, -1, 0, 59, 11_016, 19_782, 2_932_896] {
            let date = DateLiteral(days: days)
            #expect(literal(DateText.written(date)) == .date(date))
        }
    }

    @Test func textAndItsEscapes() {
        #expect(literal(#""a \"b\" \\ \n \t""#) == .text("a \"b\" \\ \n \t"))
        #expect(literal("\"two  \n    lines\"") == .text("two lines"))
        #expect(literal("\"# no comment\"") == .text("# no comment"))
        #expect(literal("\"open") == nil)
        #expect(literal("\"\\q\"") == nil)
    }

    @Test func names() {
        let tokens = Lexer.lex("größe a.b1.c `Gr Liv` p@10 house@canary $city x..y # rest").tokens.map(\.kind)
        #expect(
            tokens == [
                .word("größe"), .word("a.b1.c"), .quoted("Gr Liv"), .reference(name: "p", version: "10"),
                .reference(name: "house", version: "canary"), .parameter("city"), .word("x"), .sign(.range), .word("y"), .end,
            ])
        #expect(Lexer.lex("e\u{301}").tokens[0].kind == .word("\u{E9}"))
    }

    @Test func spansCountScalars() {
        #expect(Lexer.lex("日本 = 5").tokens.map(\.span) == [Span(0, 2), Span(3, 4), Span(5, 6), Span(6, 6)])
    }

    @Test func signsOfTypesettingAreFaults() {
        for sign in ["–", "×", "≤", "’x’", "„x“", "«x»", "…", "&&", "<>", ";", "|>"] {
            guard case .fault = Lexer.lex("a \(sign) b").tokens[1].kind else {
                Issue.record("\(sign) is a token")
                continue
            }
        }
        #expect(Lexer.lex("a\u{A0}=\u{A0}5").tokens.count == 4)
    }

    @Test func longTextIsNoTrouble() {
        let text = String(repeating: "price > 1 and \"text\" 2024-03-01 ", count: 6_000)
        #expect(Lexer.lex(text).tokens.count == 36_001)
    }
}
