import RondoExpressions
import RondoFrame
import RondoKernels
import RondoLanguage
import Testing

@Suite struct FunctionTests {
    /// Every function: its example gives the stated answer, names and texts are in order, edge tables pass.
    @Test func conformance() throws {
        let table = try FunctionExample.table()
        var covered = 0
        for function in Functions.all {
            let example = function.example
            let answers = try Bench.run(example.expression, table)
            let stated = example.answers.count == 1 ? Array(repeating: example.answers[0], count: table.rowCount) : example.answers
            #expect(answers == stated, "\(function.name): \(example.expression)")
            #expect(function.signature.hasPrefix(function.name + "("), "\(function.name)")
            #expect(function.summary.hasSuffix(".") && !function.summary.isEmpty, "\(function.name)")
            #expect(example.expression.contains(function.name + "("), "\(function.name)")
            #expect(Functions.named(function.name) == function)
            covered += 1
        }
        #expect(Set(Functions.names).count == Functions.names.count)
        print("functions covered: \(covered) of \(Functions.all.count)")
        #expect(covered == Functions.all.count)
    }

    /// Calls of every function over columns: no rows, one row, all missing.
    @Test func edgeTables() throws {
        let full = try Bench.mixed()
        let allMissing = full.gathering([-1, -1, -1])
        let counting: Set<String> = ["count", "distinct"]
        let calls: [String: String] = [
            "round": "round(n, 1)", "least": "least(n, i)", "greatest": "greatest(i, n)", "replace": "replace(w, \"o\", \"u\")",
            "before": "before(w, \"k\")", "after": "after(w, \"o\")", "slice": "slice(w, 1, 2)", "days_between": "days_between(d, m)",
            "months_between": "months_between(d, 2024-12-31)", "from_epoch": "from_epoch(n)", "coalesce": "coalesce(n, i)",
            "lag": "lag(n over i)", "rank": "rank(over n)", "count": "count(n by w)", "hour": "hour(m)", "minute": "minute(m)",
            "date": "date(m)",
        ]
        for function in Functions.all {
            var text = calls[function.name]
            if text == nil, let kind = function.parameters.first?.kind {
                let column =
                    switch kind {
                    case .text: "w"
                    case .moment: "d"
                    case .time: "m"
                    default: "i"
                    }
                text = "\(function.name)(\(column))"
            }
            guard let text else { continue }
            let compiled = try Bench.compile(text, full)
            for frame in [full.gathering([]), full.gathering([0]), allMissing, full] {
                let column = try compiled.evaluate(on: frame, context: .quiet).column
                #expect(column.count == frame.rowCount, "\(text)")
                #expect(column.type == compiled.type, "\(text)")
            }
            if !counting.contains(function.name) {
                #expect(try compiled.evaluate(on: allMissing, context: .quiet).column.missingCount == 3, "\(text)")
            }
        }
    }

    @Test func numbers() throws {
        for (text, value) in [
            ("abs(-3)", "3"), ("sign(0)", "0"), ("sign(-7)", "-1"), ("sqrt(-1)", ""), ("log(0)", ""), ("log(-1)", ""), ("exp(1000)", ""),
            ("abs(exp(1) - 2.718281828459045) < 1e-14", "true"), ("log10(0.001)", "-3"), ("round(2.5)", "3"), ("round(-2.5)", "-3"),
            ("round(1234, -2)", "1200"),
            ("round(1250, -2)", "1300"), ("round(-1250, -2)", "-1300"), ("round(1234.5678, -2)", "1200"), ("round(0.1 + 0.2, 3)", "0.3"),
            ("round(7)", "7"), ("floor(2)", "2"), ("least(3, missing)", ""), ("greatest(2024-01-01, 2023-01-01)", "2024-01-01"),
            ("least(\"b\", \"a\", \"c\")", "a"), ("greatest(1, 2, 3)", "3"), ("round(1e300, 20)", "1e+300"),
        ] {
            #expect(try Bench.value(text) == value, "\(text)")
        }
        #expect(try Bench.type("abs(-3)") == .integer)
        #expect(try Bench.type("abs(-3.0)") == .number)
        #expect(try Bench.type("greatest(1, 2.5)") == .number)
        let frame = try Bench.mixed()
        #expect(try Bench.run("greatest(n, i, 2)", frame) == ["3", "", "", "10"])
        #expect(try Bench.run("least(d, 2024-01-15)", frame) == ["2024-01-15", "2023-12-31", "", "2024-01-15"])
        #expect(try Bench.run("round(n, i)", frame) == ["1.5", "", "", "4"])
    }

    @Test func texts() throws {
        for (text, value) in [
            ("upper(\"straße\")", "STRASSE"), ("trim(\" \\t a b \\n\")", "a b"), ("trim(\"   \")", ""), ("length(\"\")", "0"),
            ("length(\"日本\")", "2"),
            ("replace(\"aaa\", \"aa\", \"b\")", "ba"), ("replace(\"abc\", \"\", \"x\")", "abc"), ("before(\"abc\", \"x\")", ""),
            ("before(\"a-b-c\", \"-\")", "a"), ("after(\"a-b-c\", \"-\")", "b-c"), ("slice(\"hello\", 2)", "ello"),
            ("slice(\"hello\", -3)", "llo"),
            ("slice(\"hello\", 2, 3)", "el"), ("slice(\"hello\", 9)", ""), ("slice(\"hello\", 1, -2)", "hell"),
            ("slice(\"héllo\", 2, 2)", "é"),
        ] {
            #expect(try Bench.value(text) == value, "\(text)")
        }
        let frame = try Frame([
            ("w", .text(["A", "a", nil, "B"])), ("k", .text(["-", "a", "x", "B"])), ("i", Bench.integers([1, 2, nil, 1])),
        ])
        let lower = try Bench.evaluate("lower(w)", frame).column
        guard case .text(let codes, let levels) = lower.storage else { throw RondoKernels.Fault("R0", "no text", remedy: "") }
        #expect(codes == [0, 0, -1, 1])
        #expect(levels.words == ["a", "b"])
        #expect(try Bench.run("replace(w, k, \"!\")", frame) == ["A", "!", "", "!"])
        #expect(try Bench.run("slice(\"xy\", i)", frame) == ["xy", "y", "", "xy"])
        #expect(try Bench.run("slice(w, i)", frame) == ["A", "", "", "B"])
    }

    @Test func dates() throws {
        for (text, value) in [
            ("week(2024-12-30)", "1"), ("week(2020-12-31)", "53"), ("weekday(1970-01-01)", "4"), ("quarter(2024-12-31)", "4"),
            ("day(1600-02-29)", "29"),
            ("year(1969-12-31T23:59:59)", "1969"), ("hour(1969-12-31T23:59:59)", "23"), ("days_between(2024-03-01, 2024-02-01)", "-29"),
            ("months_between(2024-01-31, 2024-03-30)", "1"), ("months_between(2024-03-30, 2024-01-31)", "-1"),
            ("months_between(2024-01-15, 2025-01-14)", "11"),
            ("date(2024-02-29T23:59)", "2024-02-29"), ("date(\"2024-02-30\")", ""), ("date(\" 2024-02-29 \")", "2024-02-29"),
            ("from_epoch(-1)", "1969-12-31T23:59:59"),
            ("from_epoch(1709215500000)", ""), ("days_between(\"2024-01-01\", 2024-01-03)", "2"),
        ] {
            #expect(try Bench.value(text) == value, "\(text)")
        }
    }

    /// The last weeks of years, from the table of ISO 8601 weeks: 2004, 2009, 2015, 2020 and 2026 have 53.
    @Test func longYears() throws {
        for year in 2000...2030 {
            let long = [2004, 2009, 2015, 2020, 2026].contains(year)
            #expect(try Bench.value("week(\(year)-12-28)") == (long ? "53" : "52"))
        }
    }

    @Test func conversionsAreCounted() throws {
        let frame = try Frame([
            ("w", .text(["1", " 2.5 ", "x", nil, "1e3", "0x10", "nan", "x"])), ("n", .numbers([1, 2.5, .nan, 3, 4, 5, 6, 7])),
        ])
        let numbers = try Bench.evaluate("number(w)", frame)
        #expect((0..<8).map { numbers.column[$0].plainText } == ["1", "2.5", "", "", "1000", "", "", ""])
        #expect(numbers.failedConversions == 4)
        #expect(numbers.firstFailure == "x")
        let integers = try Bench.evaluate("integer(n)", frame)
        #expect((0..<8).map { integers.column[$0].plainText } == ["1", "", "", "3", "4", "5", "6", "7"])
        #expect(integers.failedConversions == 1)
        #expect(integers.firstFailure == "2.5")
        #expect(try Bench.evaluate("n + 1", frame).failedConversions == 0)
        #expect(try Bench.run("text(n)", frame) == ["1", "2.5", "", "3", "4", "5", "6", "7"])
        let mixed = try Bench.mixed()
        #expect(try Bench.run("integer(t)", mixed) == ["1", "0", "", "1"])
        #expect(try Bench.run("text(d)", mixed) == ["2024-01-31", "2023-12-31", "", "2024-02-29"])
        #expect(try Bench.run("text(t)", mixed) == ["true", "false", "", "true"])
        #expect(try Bench.run("number(i)", mixed) == ["3", "", "-7", "10"])
        #expect(try Bench.run("coalesce(n, i)", mixed) == ["1.5", "-2", "-7", "4"])
        #expect(try Bench.run("coalesce(w, c, \"none\")", mixed) == ["oak", "a", "elm", "Oak"])
        #expect(try Bench.run("coalesce(i, 0)", mixed) == ["3", "0", "-7", "10"])
        #expect(try Bench.run("coalesce(d, 2000-01-01)", mixed)[2] == "2000-01-01")
    }

    @Test func standardForms() throws {
        for (text, value) in [
            ("12 Elm St.", "12 elm street"), ("12 ELM STREET", "12 elm street"), ("12  Elm   Street ", "12 elm street"),
            ("7 N. Oak Ave", "7 north oak avenue"),
            ("7 North Oak Avenue,", "7 north oak avenue"), ("100 W 5th Blvd Apt. #4B", "100 west 5th boulevard apartment 4b"),
            ("100 West Fifth Boulevard, Apartment 4B", "100 west 5th boulevard apartment 4b"), ("St. Mary's Church", "saint marys church"),
            ("12 St Marks Pl", "12 saint marks place"), ("12 Elm St #4", "12 elm street apartment 4"),
            ("12 N.W. Main Rd", "12 northwest main road"),
            ("Café & Bar", "cafe and bar"), ("CAFÉ and bar", "cafe and bar"), ("1.5 Rooms", "1.5 rooms"), ("", ""), ("...", ""),
            ("12 1st St.Apt 4", "12 1st street apartment 4"),
        ] {
            #expect(StandardForms.standard(text) == value, "\(text)")
        }
        #expect(StandardForms.table.count > 80)
        for (written, meant) in StandardForms.table { #expect(written == written.lowercased() && !meant.isEmpty) }
        // The canonical form of a canonical form is itself.
        for (_, meant) in StandardForms.table {
            #expect(StandardForms.standard(StandardForms.standard(meant)) == StandardForms.standard(meant))
        }
    }
}
