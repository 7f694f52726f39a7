import RondoLanguage
import RondoSignature
import Testing

@Suite struct ScriptTests {
    let grammar = TestGrammar.registry

    private func cells(_ script: ParsedScript) -> [CellSyntax] {
        script.syntax.items.compactMap { if case .cell(let cell) = $0 { cell } else { nil } }
    }
    private func parse(_ text: String) -> ParsedScript { ScriptParser.parse(text, grammar: grammar) }

    @Test func storyParsesWhole() {
        let script = parse(Story.text)
        for cell in script.faulty { Issue.record("\(cell.line): \(cell.diagnostics.map { $0.rendered(source: cell.source) })") }
        #expect(script.syntax.version == 1)
        #expect(cells(script).count == 50)
    }

    @Test func storyReadsBackFromItsCanonicalText() {
        let formatter = Formatter(grammar)
        for cell in cells(parse(Story.text)) {
            let text = formatter.text(cell)
            #expect(CellParser.parse(text, grammar: grammar).syntax == cell, "\(text)")
        }
    }

    @Test func itemsInTheirOrder() {
        let script = parse(
            "rondo 1\n## one\n## two\n# remark\nhead 5\n#= rows 5 · ab cd\n#@ a.csv 5 bytes\n\n## three\ndescribe # end\n  by zip\n")
        #expect(
            script.syntax.items.map { item in
                switch item {
                case .cell(let cell): "\(cell.line) \(cell.source)"
                case .note(let markdown, let line): "\(line) \(markdown)"
                case .comment(let text, let line), .record(let text, let line): "\(line) \(text)"
                }
            } == [
                "2 one\ntwo", "4 # remark", "5 head 5", "6 #= rows 5 · ab cd", "7 #@ a.csv 5 bytes", "9 three",
                "10 describe # end\n  by zip",
            ])
        #expect(script.isWhole)
    }

    @Test func onlyIndentationContinuesACell() {
        #expect(cells(parse("filter a > 1\n  and b > 2\n\tand c > 3")).count == 1)
        for breaker in ["", "## note", "# comment"] {
            let script = parse("filter a > 1\n\(breaker)\n  and b > 2")
            #expect(cells(script).count == 1)
            #expect(script.faulty.map { $0.diagnostics[0].code } == ["R0131"])
            #expect(script.faulty.first?.line == 3)
        }
        #expect(cells(parse("filter a > 1\n  # comment inside\n  and b > 2")).first?.operands["condition"] != nil)
    }

    @Test func lineEndsAndMarksOfOtherSystems() {
        let plain = parse("rondo 1\nfilter a > 1\n  on train\n#= x\n")
        let other = parse("\u{FEFF}rondo 1\r\nfilter a > 1\r\n  on train\r\n#= x\r\n")
        #expect(plain.syntax == other.syntax)
        #expect(other.isWhole && other.syntax.version == 1)
        #expect(cells(other).first?.source == "filter a > 1\n  on train")
    }

    @Test func versionStandsFirst() {
        #expect(parse("head").syntax.version == nil)
        #expect(parse("rondo 1 # first").syntax.version == 1)
        let newer = parse("rondo 2\nhead")
        #expect(newer.faulty.map { $0.diagnostics[0].code } == ["R0190"])
        #expect(newer.faulty.first?.diagnostics.first?.span == Span(6, 7))
        #expect(parse("head\nrondo 1").faulty.map { $0.diagnostics[0].code } == ["R0191"])
        for text in ["rondo", "rondo x", "rondo 1.5", "rondo 0", "rondo -1"] { #expect(parse(text).faulty.count == 1, "\(text)") }
    }

    @Test func recordsStandUnderTheirCell() {
        #expect(parse("#= x\nhead").faulty.map { $0.diagnostics[0].code } == ["R0132"])
        #expect(parse("head\n\n#= x").faulty.map { $0.diagnostics[0].code } == ["R0132"])
        #expect(parse("head\n#= x\n#! R0203 y\n#@ z").isWhole)
        #expect(parse("#!/usr/bin/env rondo\n#=x\nhead").isWhole)
    }

    @Test func typedDataIsNotLexed() {
        let script = parse("load here as prices # typed\n  zip,\"price\n    1,2;&&\n  '3,$4\n\nhead")
        #expect(script.isWhole)
        #expect(cells(script).first?.here == ["zip,\"price", "  1,2;&&", "'3,$4"])
        #expect(cells(script).first?.clause("as") != nil)
        #expect(parse("load here as x\n\nhead").faulty.map { $0.diagnostics[0].code } == ["R0133"])
        #expect(cells(parse("load \"here\" as x")).first?.here == nil)
    }

    @Test func typedDataReadsBack() {
        let text = "load here header 1 as prices\n  zip,price\n    1,2"
        guard let cell = CellParser.parse(text, grammar: grammar).syntax else {
            Issue.record("not read")
            return
        }
        #expect(Formatter(grammar).text(cell) == text)
    }

    @Test func everyFaultyCellIsReported() {
        let script = parse("haed 5\nhead 5\nfilter a >\nfilter a && b || c")
        #expect(script.faulty.map(\.line) == [1, 3, 4])
        #expect(script.faulty.map(\.number) == [1, 3, 4])
        #expect(script.faulty.last?.diagnostics.count == 2)
        #expect(script.faulty.allSatisfy { $0.diagnostics.allSatisfy(\.isSyntax) })
    }

    @Test func severalMegabytes() {
        let script = parse(String(repeating: "filter price > 1 and sqft > 2  # note\n## text\n", count: 3_000))
        #expect(cells(script).count == 3_000)
    }

    // MARK: Typing

    @Test(arguments: [
        "filter (a > 1", "note \"begun", "drop a,", "filter a >", "filter a and", "impute sqft median by", "filter a not",
        "encode a ordinal [1,",
        "fit forest trees", "goal succeed when", "load here as x", "derive a = if b then", "filter a in", "derive x =",
    ]) func waitsForMore(text: String) {
        let waits = CellAccumulator.needsMoreInput(text, grammar: grammar)
        #expect(waits)
    }

    @Test(arguments: [
        "head", "impute", "filter a > 1", "drop by", "haed x", "filter a > 1 # (", "filter a > 1)", "", "filter (a > 1\n", "impute?",
        "drop a b,", "fit forst trees",
    ]) func doesNotWait(text: String) {
        let waits = CellAccumulator.needsMoreInput(text, grammar: grammar)
        #expect(!waits)
    }
}
