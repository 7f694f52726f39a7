import RondoLanguage
import RondoSignature
import Testing

@Suite struct ScriptTests {
    let grammar = TestGrammar.registry

    private func cells(_ script: ParsedScript) -> [CellSyntax] {
        script.syntax.items.compactMap { if case .cell(let cell) = $0 { cell } else { nil } }
    }

    @Test func storyParsesWhole() {
        let script = ScriptParser.parse(Story.text, grammar: grammar)
        for cell in script.faulty { Issue.record("\(cell.line): \(cell.diagnostics.map { $0.rendered(source: cell.source) })") }
        #expect(script.syntax.version == 1)
        #expect(cells(script).count == 50)
    }

    @Test func storyReadsBackFromItsCanonicalText() {
        let formatter = Formatter(grammar)
        for cell in cells(ScriptParser.parse(Story.text, grammar: grammar)) {
            let text = formatter.text(cell)
            #expect(CellParser.parse(text, grammar: grammar).syntax == cell, "\(text)")
        }
    }
}
