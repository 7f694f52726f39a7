import RondoLanguage
import RondoSignature
import Testing

@Suite struct BindingTests {
    let grammar = TestGrammar.registry
    static let place = Span(0, 0)
    let parameters: [String: Argument] = [
        "n": .literal(Spanned(.integer(5), place)), "share": .literal(Spanned(.percent(10), place)),
        "city": .text(Spanned("Linden", place)),
        "zips": .list([ListItem(Expression(.literal(.text("1")), place)), ListItem(Expression(.literal(.text("2")), place))], place),
        "range": .interval(Interval(Spanned(.integer(1), place), Spanned(.integer(2), place))),
    ]

    /// The canonical text after binding, or the codes of what is wrong.
    private func bound(_ text: String) -> String {
        guard let cell = CellParser.parse(text, grammar: grammar).syntax else { return "not read" }
        do throws(Diagnostics) {
            return Formatter(grammar).text(try ParameterBinding.bind(cell, parameters: parameters, grammar: grammar))
        } catch {
            return error.all.map(\.code).joined(separator: " ")
        }
    }

    @Test(arguments: [
        ("head $n", "head 5"), ("filter city = $city and n > $n", "filter city = \"Linden\" and n > 5"),
        ("filter zip in $zips", "filter zip in [\"1\", \"2\"]"),
        ("filter zip in [$city, \"x\"]", "filter zip in [\"Linden\", \"x\"]"), ("load $city", "load \"Linden\""),
        ("describe by price bands $n", "describe by price bands 5"), ("describe by price bands [$n]", "describe by price bands [5]"),
        ("describe by price bands $zips", "describe by price bands [\"1\", \"2\"]"), ("bin price bands $n", "bin price bands 5"),
        ("scale a minmax to $range", "scale a minmax to 1..2"), ("scale a minmax to 0..$n", "scale a minmax to 0..5"),
        ("tune forest trees $zips depth $n", "tune forest trees [\"1\", \"2\"] depth 5"), ("fit forest trees $n", "fit forest trees 5"),
        ("predict r x = $n, y = 2", "predict r x = 5, y = 2"), ("recommend for $n, 3", "recommend for 5, 3"),
        ("recommend for $zips", "recommend for \"1\", \"2\""),
        ("derive a = mean(b where c > $n by d)", "derive a = mean(b where c > 5 by d)"), ("sample $share", "sample 10%"),
        ("deploy rf as r fallback $city", "deploy rf as r fallback \"Linden\""),
        ("head $m", "R0210"), ("head $city", "R0229"), ("sample $range", "R0229"), ("filter a > $m and b = $k", "R0210 R0210"),
        ("filter a > $range", "R0229"),
        ("predict r x = $zips", "R0229"),
    ]) func parametersBecomeValues(text: String, expected: String) { #expect(bound(text) == expected) }

    @Test func unknownParameterNamesTheNearest() {
        #expect(SessionNames.unknownParameter(Name("citty", Span(0, 6)), known: ["city", "n"]).note == "did you mean $city?")
    }

    @Test func rawSettingsHaveTheTypeOfTheDefault() throws {
        let cases: [(String, String, String)] = [
            ("5k", "1", "5000"), ("two words", "\"x\"", "\"two words\""), ("0.5", "0.1", "0.5"), ("5", "0.1", "5"), ("10%", "5%", "10%"),
            ("3 days", "1 day", "3 days"),
            ("2024-01-01", "2023-01-01", "2024-01-01"), ("false", "true", "false"), ("[1, 2]", "[3]", "[1, 2]"), ("1..5", "2..3", "1..5"),
            ("-5", "1", "-5"),
        ]
        for (raw, standard, expected) in cases {
            #expect(try ArgumentText.written(SettingText.read(raw, name: "x", like: value(standard))) == expected)
        }
        for (raw, standard) in [
            ("x", "1"), ("1.5", "1"), ("5", "5%"), ("[1", "[1]"), ("$x", "1"), ("", "1"), ("1 2", "1"), ("yes", "true"),
        ] {
            #expect(throws: Diagnostics.self) { try SettingText.read(raw, name: "x", like: value(standard)) }
        }
    }
    private func value(_ text: String) throws -> Argument {
        try #require(CellParser.parse("param x = \(text)", grammar: grammar).syntax?.operands["value"])
    }

    // MARK: Names of a session

    @Test func unknownColumnsAreSpelledRight() {
        let source = "impute sqtf median by type, zip"
        let diagnostic = SessionNames.unknownColumn(
            Name("sqtf", Span(7, 11)), table: "sales", known: ["price", "sqft", "zip"], source: source)
        #expect(
            diagnostic.rendered(source: source) == """
                error R0203: table sales has no column sqtf
                  impute sqtf median by type, zip
                         ^^^^ did you mean sqft?
                  try: impute sqft median by type, zip
                """)
        #expect(!diagnostic.isSyntax)
    }

    @Test func namesWithBlanksGetBackquotes() {
        let source = "describe Gr"
        let known = SessionNames.unknownColumn(Name("Gr", Span(9, 11)), table: "t", known: ["Gr Liv Area"], source: source)
        #expect(!known.remedy.isEmpty)
        let cell = "drop Lot Area, zip"
        let fault = CellParser.parse(cell, grammar: grammar).diagnostics[0]
        #expect(SessionNames.refined(fault, source: cell, known: ["Lot Area", "zip"]).remedy == "drop `Lot Area`, zip")
    }

    @Test func wordsOfOtherTongues() {
        func column(_ word: String, _ source: String, words: [String] = []) -> Diagnostic {
            let start = source.unicodeScalars.count - word.unicodeScalars.count
            return SessionNames.unknownColumn(
                Name(word, Span(start, source.unicodeScalars.count)), table: "t", known: ["x", "sqft"], source: source, words: words)
        }
        for word in ["NULL", "null", "NA", "None", "NaN"] { #expect(column(word, "filter x = \(word)").remedy == "filter x is missing") }
        #expect(column("NA", "filter x != NA").remedy == "filter x is not missing")
        #expect(column("TRUE", "filter x = TRUE").remedy == "filter x = true")
        #expect(column("median", "impute sqft, median", words: ["median", "mean"]).remedy == "impute sqft median")
        #expect(
            SessionNames.nameWhereTextStands(Name("condo", Span(14, 19)), source: "filter type = condo").remedy == "filter type = \"condo\""
        )
        #expect(SessionNames.textWhereNameStands(Spanned("sqft", Span(7, 13)), source: "filter \"sqft\" > 1").remedy == "filter sqft > 1")
    }

    @Test func functionsModelsReleases() {
        let source = "derive a = len(b)"
        #expect(SessionNames.unknownFunction(Name("len", Span(11, 14)), known: ["length"], source: source).remedy == "derive a = length(b)")
        #expect(SessionNames.unknownFunction(Name("ifelse", Span(0, 6)), known: [], source: "").remedy == "if a then b else c")
        #expect(SessionNames.unknownFunction(Name("mediam", Span(0, 6)), known: ["median"], source: "mediam(x)").remedy == "median(x)")
        #expect(
            SessionNames.unknownModel(Name("forrest", Span(6, 13)), known: ["forest"], source: "score forrest").remedy == "score forest")
        #expect(SessionNames.unknownRelease(Name("q", Span(0, 1)), known: [], source: "").remedy == "deploy forest as q")
        #expect(SessionNames.unknownTable(Name("slaes", Span(4, 9)), known: ["sales"], source: "use slaes").remedy == "use sales")
        #expect(
            SessionNames.unknownMetric(Name("maep", Span(15, 19)), known: ["mape"], source: "compare metric maep").remedy
                == "compare metric mape")
    }
}
