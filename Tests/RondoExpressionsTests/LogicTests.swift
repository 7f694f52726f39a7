import RondoExpressions
import RondoFrame
import RondoKernels
import RondoLanguage
import Testing

@Suite struct LogicTests {
    /// Kleene's strong three-valued logic (S. C. Kleene, Introduction to Metamathematics, section 64).
    @Test func truthTables() throws {
        let values: [Bool?] = [true, false, nil]
        let left = values.flatMap { value in values.map { _ in value } }
        let right = values.flatMap { _ in values }
        let frame = try Frame([("a", Bench.truths(left)), ("b", Bench.truths(right))])
        #expect(try Bench.run("a and b", frame) == ["true", "false", "", "false", "false", "false", "", "false", ""])
        #expect(try Bench.run("a or b", frame) == ["true", "true", "true", "true", "false", "", "true", "", ""])
        #expect(try Bench.run("not a", frame) == ["false", "false", "false", "true", "true", "true", "", "", ""])
        #expect(try Bench.run("a = b", frame) == ["true", "false", "", "false", "true", "", "", "", ""])
        #expect(try Bench.run("a != b", frame) == ["false", "true", "", "true", "false", "", "", "", ""])
    }

    @Test func constantsFollowTheSameTables() throws {
        for (a, b, both, either) in [
            ("true", "missing", "", "true"), ("false", "missing", "false", ""), ("missing", "missing", "", ""),
            ("true", "false", "false", "true"),
        ] {
            #expect(try Bench.value("\(a) and \(b)") == both)
            #expect(try Bench.value("\(a) or \(b)") == either)
        }
        #expect(try Bench.value("not missing") == "")
    }

    @Test func comparisonsWithMissingAreMissing() throws {
        let frame = try Bench.mixed()
        #expect(try Bench.run("n > 1", frame) == ["true", "false", "", "true"])
        #expect(try Bench.run("not n > 1", frame) == ["false", "true", "", "false"])
        #expect(try Bench.run("i >= 3", frame) == ["true", "", "false", "true"])
        #expect(try Bench.run("i = n", frame) == ["false", "", "", "false"])
        #expect(try Bench.run("w = \"oak\"", frame) == ["true", "", "false", "false"])
        #expect(try Bench.run("\"oak\" != w", frame) == ["false", "", "true", "true"])
        #expect(try Bench.run("w < \"b\"", frame) == ["false", "", "false", "true"])
        #expect(try Bench.run("d > 2024-01-01", frame) == ["true", "false", "", "true"])
        #expect(try Bench.run("p >= 1 day", frame) == ["true", "false", "", "false"])
        #expect(try Bench.run("m < 1970-01-01T00:00:01", frame) == ["false", "", "true", "false"])
        #expect(try Bench.run("n != n", frame) == ["false", "false", "", "false"])
        for name in ["n", "i", "t", "w", "d", "m", "p"] {
            let isMissing = try Bench.run("\(name) is missing", frame)
            let isKnown = try Bench.run("\(name) is not missing", frame)
            #expect(isMissing.filter { $0 == "true" }.count == 1)
            #expect(zip(isMissing, isKnown).allSatisfy { $0 != $1 })
        }
    }

    @Test func wordsAgainstWords() throws {
        let frame = try Frame([("a", .text(["x", "y", nil, "z"])), ("b", .text(["y", "y", "x", "a"]))])
        #expect(try Bench.run("a = b", frame) == ["false", "true", "", "false"])
        #expect(try Bench.run("a < b", frame) == ["true", "false", "", "false"])
        #expect(try Bench.run("a <= b", frame) == ["true", "true", "", "false"])
        #expect(try Bench.run("a = a", frame) == ["true", "true", "", "true"])
        let mixed = try Bench.mixed()
        #expect(try Bench.run("c = \"b\"", mixed) == ["true", "false", "", "true"])
        #expect(try Bench.run("c < w", mixed) == ["true", "", "", "false"])
    }

    @Test func betweenAndIn() throws {
        let frame = try Bench.mixed()
        #expect(try Bench.run("n between -2 and 1.5", frame) == ["true", "true", "", "false"])
        #expect(try Bench.run("n not between -2 and 1.5", frame) == ["false", "false", "", "true"])
        #expect(try Bench.run("i in [3, 10]", frame) == ["true", "", "false", "true"])
        #expect(try Bench.run("i not in [3, 10]", frame) == ["false", "", "true", "false"])
        #expect(try Bench.run("i in [2.5, 3..4]", frame) == ["true", "", "false", "false"])
        #expect(try Bench.run("n in [1..2, 4]", frame) == ["true", "false", "", "true"])
        #expect(try Bench.run("n in [1..2 step 1]", frame) == ["false", "false", "", "false"])
        #expect(try Bench.run("w in [\"oak\", \"elm\"]", frame) == ["true", "", "true", "false"])
        #expect(try Bench.run("c in [\"a\"]", frame) == ["false", "true", "", "false"])
        #expect(try Bench.run("d in [2024-01-01..2024-01-31]", frame) == ["true", "false", "", "false"])
        #expect(try Bench.run("d in [\"2024-02-29\"]", frame) == ["false", "false", "", "true"])
        #expect(try Bench.run("d between \"2024-01-01\" and \"2024-02-01\"", frame) == ["true", "false", "", "false"])
    }

    @Test func textTests() throws {
        let frame = try Frame([("w", .text(["12 Elm Street", "Élm", nil, ""])), ("part", .text(["Elm", "lm", "x", ""]))])
        #expect(try Bench.run("w contains \"Elm\"", frame) == ["true", "false", "", "false"])
        #expect(try Bench.run("w not contains \"Elm\"", frame) == ["false", "true", "", "true"])
        #expect(try Bench.run("w starts with \"12\"", frame) == ["true", "false", "", "false"])
        #expect(try Bench.run("w ends with \"Street\"", frame) == ["true", "false", "", "false"])
        #expect(try Bench.run("w contains part", frame) == ["true", "true", "", "true"])
        #expect(try Bench.run("\"an Elm\" ends with part", frame) == ["true", "true", "false", "true"])
        #expect(try Bench.run("w matches \"^[0-9]+ \"", frame) == ["true", "false", "", "false"])
        #expect(try Bench.run("w not matches \"lm\"", frame) == ["false", "false", "", "true"])
    }

    @Test func conditionalsNeedAKnownCondition() throws {
        let frame = try Bench.mixed()
        #expect(try Bench.run("if t then 1 else 2", frame) == ["1", "2", "", "1"])
        #expect(try Bench.run("if t then i else n", frame) == ["3", "-2", "", "10"])
        #expect(try Bench.run("if i > 0 then i else missing", frame) == ["3", "", "", "10"])
        #expect(try Bench.run("if t then w else \"none\"", frame) == ["oak", "none", "", "Oak"])
        #expect(try Bench.run("if t then c else w", frame) == ["b", "", "", "b"])
        #expect(try Bench.run("if t then d else 2000-01-01", frame) == ["2024-01-31", "2000-01-01", "", "2024-02-29"])
        #expect(try Bench.run("if n > 2 then \"high\" else if n > 0 then \"low\" else \"none\"", frame) == ["low", "none", "", "high"])
        #expect(try Bench.value("if missing then 1 else 2") == "")
        #expect(try Bench.value("if 1 < 2 then \"yes\" else \"no\"") == "yes")
    }

    @Test func conditionsCountAllRows() throws {
        let frame = try Bench.mixed()
        let condition = try Bench.compile("n > 1", frame, expects: .truth)
        let result = try condition.select(on: frame, aggregates: .none, context: .quiet)
        #expect(result.rows == [0, 3])
        #expect(result.falseCount == 1)
        #expect(result.missingCount == 1)
        let column = try Bench.compile("t", frame, expects: .truth).select(on: frame, aggregates: .none, context: .quiet)
        #expect(column.rows == [0, 3])
        let all = try Bench.compile("true", frame, expects: .truth).select(on: frame, aggregates: .none, context: .quiet)
        #expect(all.rows == [0, 1, 2, 3])
        let empty = try Bench.compile("n > 1", frame).select(on: frame.gathering([]), aggregates: .none, context: .quiet)
        #expect(empty.rows.isEmpty && empty.falseCount == 0 && empty.missingCount == 0)
    }

    @Test func runawayPatternIsRefused() throws {
        let frame = try Frame([("w", .text([String(repeating: "a", count: 40) + "b"]))])
        do {
            _ = try Bench.run("w matches \"^(a+)+$\"", frame)
            Issue.record("the search was not stopped")
        } catch let fault as RondoKernels.Fault {
            #expect(fault.code == "R0341")
            #expect(fault.message.contains("^(a+)+$"))
        }
        #expect(
            try Bench.faults("w matches \"(a\"", frame).first?.hasPrefix(
                "R0216: the pattern \"(a\" cannot be read: missing closing parenthesis") == true)
    }
}
