import RondoLanguage
import RondoSignature
import Testing

@Suite struct CompletionTests {
    let names = NameSource(
        columns: { table in
            table == "tax"
                ? [.init("paid", "number")] : [.init("price", "number"), .init("sqft", "number, 5 % missing"), .init("Gr Liv", "number")]
        },
        tables: { [.init("sales"), .init("tax")] }, models: { [.init("forest"), .init("rf")] }, releases: { [.init("house_price")] },
        parameters: { [.init("rows", "500")] }, metrics: { [.init("mape"), .init("mae")] },
        functions: { [.init("mean"), .init("median")] },
        files: { prefix in ["sales.csv", "tax.csv"].filter { $0.hasPrefix(prefix) }.map { .init($0) } })

    /// Candidates at `|`.
    private func complete(_ marked: String) -> [String] {
        let pieces = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        let text = pieces.joined()
        return Completion.complete(text, cursor: pieces[0].unicodeScalars.count, grammar: TestGrammar.registry, names: names).candidates
            .map(\.text)
    }

    @Test func verbsAtTheStart() {
        #expect(complete("imp|") == ["impute"])
        #expect(complete("|").count == TestGrammar.registry.verbs.count)
    }

    @Test func namesOfTheKind() {
        #expect(complete("impute sq|") == ["sqft"])
        #expect(complete("drop |") == ["price", "sqft", "`Gr Liv`", "every"])
        #expect(complete("drop price, |").contains("sqft"))
        #expect(complete("drop `|") == ["`Gr Liv`"])
        #expect(complete("use |") == ["sales", "tax"])
        #expect(complete("choose |") == ["forest", "rf"])
        #expect(complete("rollback |") == ["house_price"])
        #expect(complete("filter m|") == ["mean", "median"])
        #expect(complete("filter price > $|") == ["$rows"])
        #expect(complete("goal succeed when ma|") == ["mape", "mae"])
        #expect(complete("goal succeed when mape < 10% and ma|") == ["mape", "mae"])
        #expect(complete("fit fo|") == ["forest"])
        #expect(complete("load \"s|") == ["\"sales.csv\""])
        #expect(complete("describe p| from tax") == ["paid"])
        #expect(complete("score on t|") == ["train", "test"])
    }

    @Test func unusedClausesAfterAFinishedValue() {
        #expect(complete("impute sqft median by type |") == ["bands", "with", "indicator", "neighbors", "from"])
        #expect(complete("impute sqft |").starts(with: ["median", "mean", "mode", "nearest", "mark", "with"]))
        #expect(complete("fit forest tr|") == ["trees"])
        #expect(complete("encode type onehot r|") == ["rare"])
        #expect(complete("impute sqft median wi|") == ["with"])
    }

    @Test func wordsInsideValues() {
        #expect(complete("drop every |").contains("number"))
        #expect(complete("filter price is |") == ["missing", "not missing"])
        #expect(complete("sort price d|") == ["descending"])
        #expect(complete("tune tree depth 5 pick sm|") == ["smallest"])
    }

    @Test func rangeIsThePartialWord() {
        let completion = Completion.complete("impute sq median", cursor: 9, grammar: TestGrammar.registry, names: names)
        #expect(completion.range == Span(7, 9))
        #expect(Completion.complete("head # dr", cursor: 9, grammar: TestGrammar.registry, names: names).candidates.isEmpty)
        #expect(completion.candidates.first?.gloss == "number, 5 % missing")
    }
}
