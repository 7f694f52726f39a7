import RondoLanguage
import RondoSignature
import Testing

/// A faulty cell, the code and caret of its first fault, and the line that is offered.
struct Wording: Sendable, CustomTestStringConvertible {
    let cell: String
    let code: String
    let caret: String
    let remedy: String

    init(_ cell: String, _ code: String, _ caret: String, _ remedy: String) {
        (self.cell, self.code, self.caret, self.remedy) = (cell, code, caret, remedy)
    }
    var testDescription: String { cell }
}

@Suite struct WordingTests {
    static let names: [Wording] = [
        Wording("imptue sqft median", "R0101", "imptue", "impute sqft median"),
        Wording("x = 5", "R0101", "x", "derive x = 5"),
        Wording("5 + 3", "R0101", "5", "help"),
        Wording("drop Gr Liv Area", "R0110", "Liv", "drop `Gr Liv Area`"),
        Wording("drop \"price\"", "R0107", "\"price\"", "drop price"),
        Wording("drop \"Gr Liv\"", "R0107", "\"Gr Liv\"", "drop `Gr Liv`"),
        Wording("predict house sqft = 1800, type = condo", "R0108", "condo", "predict house sqft = 1800, type = \"condo\""),
        Wording("fit forst", "R0104", "forst", "fit forest"),
        Wording("impute sqft meadian", "R0103", "meadian", "impute sqft median"),
        Wording("impute sqft median bye zip", "R0102", "bye", "impute sqft median by zip"),
        Wording("score rf on tset", "R0103", "tset", "score rf on test"),
        Wording("tune boost loss [squared, absolut]", "R0103", "absolut", "tune boost loss [squared, absolute]"),
        Wording("drop and", "R0119", "and", "drop `and`"),
        Wording("goal succeed mape < 10%", "R0102", "succeed", "goal succeed when mape < 10%"),
        Wording("fit linear trees 100", "R0102", "trees", "fit forest trees 100"),
        Wording("filter a starts \"x\"", "R0102", "starts", "filter a starts with \"x\""),
    ]
    static let follows: [Wording] = [
        Wording("serve 8080", "R0109", "8080", "serve port 8080"),
        Wording("split 60 20 20", "R0124", "60", "split 60/20/20"),
        Wording("split 80%, 20% by sold_on", "R0124", "80%", "split 80%/20% by sold_on"),
        Wording("errors by price band [200k, 500k]", "R0102", "band", "errors by price bands [200k, 500k]"),
        Wording("goal price", "R0102", "price", "goal predict price"),
        Wording("fit forest 100", "R0109", "100", "fit forest trees 100"),
        Wording("derive a = 1 b = 2", "R0110", "b", "derive a = 1, b = 2"),
        Wording("keep a b c", "R0110", "b", "keep a, b, c"),
        Wording("split 60/20/20, by sold_on", "R0110", ",", "split 60/20/20 by sold_on"),
        Wording("fit forest, trees 100", "R0110", ",", "fit forest trees 100"),
        Wording("fit forest trees=100", "R0122", "=", "fit forest trees 100"),
        Wording("fit forest trees: 100", "R0122", ":", "fit forest trees 100"),
        Wording("fit forest trees by 100", "R0122", "by", "fit forest trees 100"),
        Wording("head where a > 1 5", "R0123", "5", "head 5 where a > 1"),
        Wording("impute with 0", "R0105", "with", "impute price with 0"),
        Wording("fit forest trees 100 trees 5", "R0120", "trees", "fit forest trees 100"),
        Wording("deploy rf", "R0121", "", "deploy rf as result"),
        Wording("flag luxury price > 2M", "R0121", "price", "flag luxury where price > 2M"),
        Wording("predict house sqft: 1800", "R0115", ":", "predict house sqft = 1800"),
    ]
    static let tongues: [Wording] = [
        Wording("mutate age = 1", "R0126", "mutate", "derive age = 1"), Wording("gen age = 1", "R0126", "gen", "derive age = 1"),
        Wording("select price, sqft", "R0126", "price", "keep price, sqft"), Wording("merge tax by id", "R0126", "merge", "join tax by id"),
        Wording("summarise mean(price) by zip", "R0126", "summarise", "aggregate mean(price) by zip"),
        Wording("arrange price", "R0126", "arrange", "sort price"), Wording("where price > 1", "R0126", "where", "filter price > 1"),
        Wording("groupby zip", "R0126", "groupby", "aggregate count() by zip"),
        Wording("dropna sqft, lot", "R0126", "dropna", "filter sqft is not missing and lot is not missing"),
        Wording("filter a && b", "R0115", "&&", "filter a and b"), Wording("filter a || b", "R0115", "||", "filter a or b"),
        Wording("filter !a", "R0115", "!", "filter not a"), Wording("filter a <> 1", "R0115", "<>", "filter a != 1"),
        Wording("derive a = b % 3", "R0115", "%", "derive a = b mod 3"), Wording("filter a > 5 %", "R0115", "%", "filter a > 5%"),
        Wording("head 5;", "R0115", ";", "head 5"), Wording("filter a > 3 |> head", "R0115", "|>", "filter a > 3"),
        Wording("filter a = 'x'", "R0115", "'x'", "filter a = \"x\""), Wording("filter a = “x y”", "R0115", "“x y”", "filter a = \"x y\""),
        Wording("filter price > $100k", "R0125", "$100k", "filter price > 100k"),
        Wording("filter price > 1,200,000 on train", "R0113", ",", "filter price > 1200000 on train"),
        Wording("derive a = 1,200", "R0113", "200", "derive a = 1200"),
        Wording("filter a AND b", "R0126", "AND", "filter a and b"), Wording("filter a is null", "R0105", "null", "filter a is missing"),
        Wording("filter a – b > 1", "R0115", "–", "filter a - b > 1"), Wording("filter a ≤ 1", "R0115", "≤", "filter a <= 1"),
        Wording("filter a in (1, 2)", "R0105", "(", "filter a in [1, 2]"),
    ]
    static let literals: [Wording] = [
        Wording("filter 0 < x < 9", "R0117", "<", "filter x between 0 and 9"),
        Wording("filter 9 >= x >= 0", "R0117", ">=", "filter x between 0 and 9"),
        Wording("load \"C:\\new\"", "R0130", "\"C:\\new\"", "load \"C:/new\""),
        Wording("load \"C:\\data\"", "R0116", "\\d", "load \"C:/data\""),
        Wording("load \"a.csv", "R0112", "\"a.csv", "load \"a.csv\""), Wording("drop `a", "R0112", "`a", "drop `a`"),
        Wording("filter a > .5", "R0113", ".5", "filter a > 0.5"), Wording("filter a > 5.", "R0113", "5.", "filter a > 5"),
        Wording("filter a > 007", "R0113", "007", "filter a > 7"), Wording("filter a > 100K", "R0113", "100K", "filter a > 100k"),
        Wording("filter a > 5-3", "R0114", "5-3", "filter a > 5 - 3"),
        Wording("filter a > 2024-02-30", "R0114", "2024-02-30", "filter a > 2024-02-29"),
        Wording("filter a > 99999999999999999999", "R0113", "99999999999999999999", "filter a > 99999999999999999999.0"),
        Wording("filter a > 1e999", "R0113", "1e999", "filter a > 1e308"),
        Wording("fit forest trees -5", "R0106", "-5", "fit forest trees 5"),
        Wording("fit forest trees 100.0", "R0106", "100.0", "fit forest trees 100"),
        Wording("split 60", "R0124", "60", "split 80/20"), Wording("filter a in []", "R0124", "]", "filter a in [1]"),
        Wording("filter (a > 1", "R0111", "(", "filter (a > 1)"), Wording("filter a > 1)", "R0111", ")", "filter a > 1"),
        Wording("retrain h on last month", "R0105", "month", "retrain h on last 1 month"),
        Wording("rename a to b", "R0105", "to", "rename a as b"),
    ]

    @Test(arguments: names + follows + tongues + literals) func saysWhatToType(_ wording: Wording) {
        let parsed = CellParser.parse(wording.cell, grammar: TestGrammar.registry)
        guard let first = parsed.diagnostics.first else {
            Issue.record("no fault found")
            return
        }
        let scalars = Array(wording.cell.unicodeScalars)
        var caret = String.UnicodeScalarView()
        if let span = first.span { caret.append(contentsOf: scalars[span.start..<span.end]) }
        #expect(first.code == wording.code, "\(first.rendered(source: wording.cell))")
        #expect(String(caret) == wording.caret)
        #expect(first.remedy == wording.remedy)
        #expect(first.isSyntax)
    }

    /// A remedy that is a cell is one that works.
    @Test(arguments: names + follows + tongues + literals) func remedyWorks(_ wording: Wording) {
        #expect(CellParser.parse(wording.remedy, grammar: TestGrammar.registry).diagnostics.isEmpty)
    }

    @Test func rendersTheLineOfTheFault() {
        let source = "filter price > 1\n  and sqft < 2 &&\tzip # end"
        let text = CellParser.parse(source, grammar: TestGrammar.registry).diagnostics.map { $0.rendered(source: source) }.joined(
            separator: "\n")
        #expect(
            text == """
                error R0115: && is no sign of Rondo
                    and sqft < 2 && zip # end
                                 ^^ write and
                  try: filter price > 1 and sqft < 2 and zip
                """)
    }

    @Test func caretsStandUnderWideSigns() {
        let diagnostic = Diagnostic("R0203", "no", span: Span(8, 9), note: nil, remedy: "head")
        #expect(diagnostic.rendered(source: "keep 日本, x").split(separator: "\n")[2] == "            ^")
    }

    @Test func faultWithoutPlaceHasNoCaret() {
        let diagnostic = Diagnostic("R0601", "the file is gone", span: nil, note: "moved", remedy: "load \"a.csv\"")
        #expect(diagnostic.rendered(source: "") == "error R0601: the file is gone\n  moved\n  try: load \"a.csv\"")
    }

    @Test func everyForeignSignHasItsRemedy() {
        for sign in ["&&", "||", "!", "<>", "%", ";", "|>", "~", ":", "{", "→", "\\", "@", "…"] {
            let cell = "filter a \(sign) b"
            let diagnostics = CellParser.parse(cell, grammar: TestGrammar.registry).diagnostics
            #expect(diagnostics.first?.code == "R0115", "\(sign)")
            #expect(diagnostics.allSatisfy { !$0.remedy.isEmpty && $0.note != nil }, "\(sign)")
        }
    }

    @Test func nearestWords() {
        #expect(NearestWord.suggestion(for: "sqtf", among: ["price", "sqft", "zip"]) == "sqft")
        #expect(NearestWord.suggestion(for: "Price", among: ["price", "sqft"]) == "price")
        #expect(NearestWord.suggestion(for: "neighb", among: ["zip", "neighborhood"]) == "neighborhood")
        #expect(NearestWord.suggestion(for: "abc", among: ["xyz"]) == nil)
        #expect(NearestWord.suggestion(for: "", among: ["a"]) == nil)
        #expect(NearestWord.longestName(atStartOf: "Gr Liv Area by zip", among: ["Gr", "Gr Liv Area", "Gr Liv"]) == "Gr Liv Area")
        #expect(NearestWord.longestName(atStartOf: "Group", among: ["Gr"]) == nil)
    }
}
