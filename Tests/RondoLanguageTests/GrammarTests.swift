import RondoLanguage
import RondoSignature
import Testing

@Suite struct GrammarTests {
    let grammar = TestGrammar.registry

    private func cell(_ text: String) -> CellSyntax? {
        let parsed = CellParser.parse(text, grammar: grammar)
        for diagnostic in parsed.diagnostics { Issue.record("\(diagnostic.rendered(source: text))") }
        return parsed.syntax
    }
    private func codes(_ text: String) -> [String] { CellParser.parse(text, grammar: grammar).diagnostics.map(\.code) }
    private func canonical(_ text: String) -> String { cell(text).map { Formatter(grammar).text($0) } ?? "" }

    // MARK: G1 and G2

    @Test func wordAfterKeywordIsAName() {
        #expect(cell("drop by")?.operands["columns"] == .columns(ColumnSet([.column(Name("by", Span(0, 0)))])))
        #expect(cell("impute sqft median by by, with")?.clause("by") != nil)
        #expect(canonical("rename from as to from where") == "rename from as to from where")
    }

    @Test func clauseWordWinsOverOptionalOperand() {
        #expect(cell("describe by zip")?.operands.isEmpty == true)
        #expect(cell("describe `by` by zip")?.operands["columns"] != nil)
        #expect(cell("aggregate by zip")?.clauses.count == 1)
        #expect(cell("explain row 17")?.operands.isEmpty == true)
    }

    @Test func choiceWordWinsOverName() {
        #expect(cell("export dictionary to \"d.md\"")?.operands["thing"] == .choice(Name("dictionary", Span(0, 0))))
        #expect(cell("export `dictionary` to \"d.md\"")?.operands["thing"] == .thing(Thing(name: Name("dictionary", Span(0, 0)))))
        #expect(cell("fit linear without intercept")?.clause("without")?.values["without"] == .choice(Name("intercept", Span(0, 0))))
        #expect(canonical("fit linear without `intercept`") == "fit linear without `intercept`")
    }

    @Test func chartWordCountsOnlyBeforeOf() {
        #expect(cell("plot roc of rf")?.operands["model"] != nil)
        #expect(cell("plot roc")?.operands["columns"] == .columns(ColumnSet([.column(Name("roc", Span(0, 0)))])))
    }

    @Test func missingCommaEndsTheList() { #expect(codes("drop a b") == ["R0110"]) }

    // MARK: G3 and G4

    @Test func familyParametersBecomeClauses() {
        #expect(cell("fit forest trees 100 depth 5")?.clauses.map(\.keyword.value) == ["trees", "depth"])
        #expect(codes("fit linear trees 100") == ["R0102"])
        #expect(cell("tune boost loss [squared, absolute] rate 0.1..0.3 trees 100 random 20")?.clause("rate") != nil)
        #expect(cell("tune boost loss squared")?.clause("loss")?.values["loss"] == .grid(.word(Name("squared", Span(0, 0)))))
    }

    @Test func parameterStandsForAnyLiteral() {
        for text in [
            "sample $n", "split 60/20/20 folds $k", "load $file", "impute sqft with $v", "scale sqft minmax range $low..$high",
            "scale sqft minmax to $r",
            "join t by a within $w", "predict r x = $x", "filter zip in $zips", "filter price > $least", "bin x bands $b",
            "describe by price bands $b",
            "fit forest trees $n", "tune forest trees $n", "goal predict sold = $yes", "deploy rf as r fallback $text",
        ] { #expect(cell(text) != nil, "\(text)") }
        #expect(codes("split $a/20") == ["R0125"])
    }

    @Test func cellReportsAllItsFaults() {
        #expect(codes("impute sqft meadian by with 0 wth 5").count >= 2)
        #expect(codes("fit forest trees x depth y leaf 5 seed z") == ["R0105", "R0105", "R0105"])
        #expect(codes("filter a > on train because") == ["R0102"] || codes("filter (a > ) on tran") == ["R0111", "R0103"])
        #expect(codes("goal succeed when mape < at when liked when rating > latency 5 unit \"$\" scope 'x'").count >= 3)
    }

    @Test func recoveryIgnoresClauseWordsInsideBrackets() {
        #expect(codes("filter (a >< 1 on train) on tran") == ["R0105", "R0103"])
    }

    // MARK: G7 and G9

    @Test func reservedWordsNeedBackquotes() {
        for word in ["and", "or", "not", "if", "then", "else", "true", "false", "missing"] {
            #expect(codes("drop \(word)") == ["R0119"])
            #expect(cell("drop `\(word)`") != nil)
        }
    }

    @Test func nestingIsLimitedOnce() {
        let fine = "filter " + String(repeating: "(", count: 190) + "a" + String(repeating: ")", count: 190)
        #expect(cell(fine) != nil)
        for (open, close) in [("(", ")"), ("not ", ""), ("-", ""), ("f(", ")"), ("2 ^ ", ""), ("if a then ", " else b")] {
            let deep = "filter " + String(repeating: open, count: 5000) + "x" + String(repeating: close, count: 5000)
            #expect(codes(deep) == ["R0118"], "\(open)")
        }
        #expect(codes("filter " + String(repeating: "[", count: 5000)) == ["R0105"])
    }

    @Test func chainsAreLoops() {
        let terms = (0..<500).map { "x = \($0)" }.joined(separator: " or ")
        #expect(cell("filter \(terms)") != nil)
        let branches = (0..<500).map { "if x = \($0) then \($0) else " }.joined()
        #expect(cell("derive y = \(branches)0") != nil)
        #expect(codes("filter " + String(repeating: "x + ", count: 5000) + "x > 1") == ["R0118"])
    }

    // MARK: Kinds

    @Test func thingsTakeAKindWord() {
        #expect(cell("export model rf to \"rf.onnx\"")?.operands["thing"] == .thing(Thing(kindWord: .model, name: Name("rf", Span(0, 0)))))
        #expect(cell("export model to \"rf.onnx\"")?.operands["thing"] == .thing(Thing(name: Name("model", Span(0, 0)))))
        #expect(cell("predict house@3 x = 1")?.operands["release"] == .thing(Thing(name: Name("house", Span(0, 0)), version: "3")))
    }

    @Test func columnsTakeSpansAndClasses() {
        let set = ColumnSet([
            .column(Name("a", Span(0, 0))), .span(Name("b", Span(0, 0)), Name("c", Span(0, 0))),
            .every(
                .init(.number, like: Spanned("Garage*", Span(0, 0)), but: [Name("d", Span(0, 0)), Name("e", Span(0, 0))], span: Span(0, 0))),
        ])
        #expect(cell("drop a, b..c, every number like \"Garage*\" but d, e")?.operands["columns"] == .columns(set))
    }

    @Test func alternativesAreToldApart() {
        #expect(cell("load demo \"x\" sample 10%")?.clause("sample")?.values["sample"] == .literal(Spanned(.percent(10), Span(0, 0))))
        #expect(
            cell("param a = 1..2")?.operands["value"]
                == .interval(Interval(Spanned(.integer(1), Span(0, 0)), Spanned(.integer(2), Span(0, 0)))))
        #expect(cell("outliers x robust limits 3")?.clause("limits")?.values["limits"] == .literal(Spanned(.integer(3), Span(0, 0))))
        #expect(cell("load \"a.csv\" header none")?.clause("header")?.values["header"] == .choice(Name("none", Span(0, 0))))
        #expect(cell("open last")?.operands["session"] == .choice(Name("last", Span(0, 0))))
    }

    @Test func thresholdsHaveSeveralForms() {
        for text in ["0.4", "best f1", "recall 80%", "cost 5 benefit 60", "best precision@10"] {
            #expect(cell("choose rf threshold \(text)") != nil)
        }
        #expect(codes("choose rf threshold") == ["R0105"])
    }

    @Test func metricsAreNamesReferencesOrCalls() {
        #expect(
            ValueShape<Thing>.metric.read(cell("compare metric within(10%)")?.clause("metric")?.values["metric"] ?? .names([]))?.name.value
                == "within(10%)")
        #expect(
            ValueShape<Thing>.metric.read(cell("compare metric ndcg@10")?.clause("metric")?.values["metric"] ?? .names([]))?.version == "10"
        )
        #expect(cell("compare metric average@10(rating)") != nil)
    }

    @Test func partsAreWordsTimesOrDates() {
        let dates = Part.dates(DateLiteral(days: 0), DateLiteral(days: 31))
        #expect(cell("score on 1970-01-01..1970-02-01")?.clause("on")?.values["on"] == .part(Spanned(dates, Span(0, 0))))
        #expect(cell("retrain r on last 6 months except last 1 month")?.clause("on")?.values.count == 2)
    }

    @Test func dropsAndRisesBelongToMetrics() {
        #expect(cell("alert a when volume drops 50% or mape rises 2") != nil)
        #expect(!codes("filter volume drops 50%").isEmpty)
        #expect(cell("filter drops > 50%") != nil)
    }

    @Test func repeatableClausesRepeat() {
        #expect(cell("stress rf shift price by 20% shift sqft by -5")?.clauses.count == 2)
        #expect(codes("stress rf noise 5% noise 6%") == ["R0120"])
    }

    @Test func restOfTheLineIsACell() {
        #expect(
            cell("edit 4 filter price > 1 and \"x\" = a")?.operands["cell"] == .cell(Spanned("filter price > 1 and \"x\" = a", Span(0, 0))))
        #expect(cell("impute?")?.asksForHelp == true)
    }

    // MARK: Formatting

    @Test(arguments: [
        ("filter   a==1   and(b>2)", "filter a = 1 and b > 2"), ("drop `price`, `Gr Liv`", "drop price, `Gr Liv`"),
        ("head 5 `day`, s1", "head 5 `day`, s1"), ("filter x>200k and y < 1.50", "filter x > 200000 and y < 1.5"),
        ("aggregate (a = b), n = count(where a>1 by `by`)", "aggregate (a = b), n = count(where a > 1 by by)"),
        ("derive x = mean(`by` by zip bands 5)", "derive x = mean(`by` by zip bands 5)"),
        ("simulate r 1 day shift p by 20% after 60 days", "simulate r 1 day shift p by 20% after 60 days"),
        ("describe `by`, every number", "describe `by`, every number"), ("keep `every`", "keep `every`"),
        ("note \"a\n    b\"", "note \"a b\""), ("filter a not starts with \"x\"", "filter a not starts with \"x\""),
    ]) func canonicalText(typed: String, expected: String) {
        #expect(canonical(typed) == expected)
    }

    @Test func signaturesObeyTheRules() {
        #expect(SignatureRules.violations(grammar) == [])
        let broken = GrammarRegistry(
            verbs: [
                verb(
                    "bad", [may("x", .column), need("y", .table), need("z", .condition), need("q", .choice(["by"]))],
                    [clause("in", .text), clause("by", [])]),
                verb("fit", [need("family", .family)], [clause("depth", .integer), clause("days", .integer)]),
            ], families: [family("tree", [whole("depth")])])
        let found = SignatureRules.violations(broken).joined(separator: "\n")
        for words in [
            "begins like an operator", "is a unit", "begin alike", "must be the last", "is a clause word", "has no value",
            "is a clause of fit",
        ] {
            #expect(found.contains(words), "\(words)")
        }
    }

    @Test func grammarOnOneLine() {
        let signature = grammar.verb("impute")
        #expect(
            signature.map(GrammarText.line)
                == "impute COLUMNS [median|mean|mode|nearest|mark] [with VALUE] [by GROUPS] [indicator yes|no] [neighbors INTEGER] [from TABLE|\"FILE\"]"
        )
        #expect(grammar.verb("deploy").map(GrammarText.line)?.hasPrefix("deploy MODEL as NAME [interval PERCENT]") == true)
    }
}
