import RondoSignature
import Testing

@testable import RondoLanguage

/// Nothing that is typed ends the program, and every fault lies inside the text.
@Suite struct FuzzTests {
    private static let pieces = [
        "filter", "impute", "fit", "forest", "goal", "split", "load", "here", "plot", "of", "by", "where", "as", "on", "not", "and", "or",
        "if", "then", "else",
        "is", "missing", "between", "in", "(", ")", "[", "]", ",", "..", "=", "==", "<", "-", "^", "/", "*", "\"", "\"x\"", "`", "`a b`",
        "$", "$p", "@", "a@1",
        "price", "5", "5.", ".5", "1e999", "99999999999999999999", "2024-01-01", "2024-99-99", "10%", "5 days", "every", "number", "\n  ",
        "\n", "#", "'", "&&", "\\",
        "trees", "100", "1,200", "é", "日本", "\u{0}", "\u{200B}", "\r", "?", "succeed", "when", "last", "train", "step", "bands", "with",
        "text", "60/20",
    ]

    @Test func randomPiecesNeverTrap() {
        var random = TestRandom(7)
        for round in 0..<60_000 {
            let text = (0..<(1 + random.below(9))).map { _ in random.pick(Self.pieces) }.joined(separator: random.chance(80) ? " " : "")
            let start = random.chance(70) ? random.pick(TestGrammar.registry.verbs).name + " " + text : text
            let (syntax, faults, source) = CellParser.read(start, line: 1, grammar: TestGrammar.registry)
            #expect((syntax == nil) == !faults.isEmpty)
            let areInside = faults.allSatisfy { $0.span.start >= 0 && $0.span.end <= source.scalars.count && $0.span.start <= $0.span.end }
            #expect(areInside, "\(start)")
            if round % 20 == 0 { describe(start) }
            guard let syntax else { continue }
            let again = CellParser.faults(Formatter(TestGrammar.registry).text(syntax), grammar: TestGrammar.registry)
            #expect(again.isEmpty, "\(start)")
        }
    }

    @Test func randomScalarsNeverTrap() {
        var random = TestRandom(8)
        for round in 0..<40_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<random.below(12) {
                let value = random.chance(80) ? UInt32(random.below(128)) : UInt32(random.below(0x11_0000))
                if let scalar = Unicode.Scalar(value) { text.append(scalar) }
            }
            let typed = (random.chance(50) ? "filter " : "") + String(text)
            _ = CellParser.read(typed, line: 1, grammar: TestGrammar.registry)
            if round % 20 == 0 { describe(typed) }
        }
    }

    /// Words, completion, waiting and the reading of files stand anything too.
    private func describe(_ text: String) {
        for diagnostic in CellParser.parse(text, grammar: TestGrammar.registry).diagnostics {
            #expect(!diagnostic.remedy.isEmpty && !diagnostic.message.isEmpty, "\(text)")
            _ = diagnostic.rendered(source: text)
        }
        _ = ScriptParser.parse(text, grammar: TestGrammar.registry)
        _ = CellAccumulator.needsMoreInput(text, grammar: TestGrammar.registry)
        _ = Completion.complete(text, cursor: text.unicodeScalars.count / 2, grammar: TestGrammar.registry, names: NameSource())
    }
}
