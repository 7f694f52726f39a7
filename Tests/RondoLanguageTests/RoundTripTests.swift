import RondoLanguage
import RondoSignature
import Testing

@Suite struct RoundTripTests {
    /// Six seeds, ten thousand cells each.
    @Test(arguments: 1...6) func randomCellsReadBackTheSame(seed: Int) {
        let grammar = TestGrammar.registry
        let formatter = Formatter(grammar)
        var generator = CellGenerator(seed: UInt64(seed), grammar: grammar)
        var failures = 0
        for _ in 0..<10_000 where failures < 5 {
            let cell = generator.cell()
            let text = formatter.text(cell)
            let parsed = CellParser.parse(text, grammar: grammar)
            guard let syntax = parsed.syntax else {
                failures += 1
                Issue.record("\(parsed.diagnostics.map { $0.rendered(source: text) }.joined(separator: "\n"))")
                continue
            }
            if syntax != cell {
                failures += 1
                Issue.record("read differently: \(text)\nas:              \(formatter.text(syntax))")
            }
        }
    }

    @Test func randomExpressionsReadBackTheSame() throws {
        var generator = CellGenerator(seed: 99, grammar: TestGrammar.registry)
        for _ in 0..<5_000 {
            let tree = generator.expression(5)
            #expect(try ExpressionParser.parse(tree.text) == tree)
        }
    }
}
