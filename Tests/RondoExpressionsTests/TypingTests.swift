import RondoExpressions
import RondoFrame
import RondoKernels
import RondoLanguage
import Testing

@Suite struct TypingTests {
    private func sales() throws -> Frame {
        try Frame([
            ("price", .numbers([1])), ("sqft", Bench.integers([1])), ("type", .text(["condo"])), ("sold_on", Bench.dates(["2024-01-01"])),
            ("seen", .scalars([.time(0)], type: .time)), ("new", Bench.truths([true])), ("wait", .scalars([.duration(0)], type: .duration)),
        ])
    }

    /// The wording of each fault: code, message, note, remedy.
    @Test func wording() throws {
        let frame = try sales()
        for (text, wanted) in [
            ("sqtf > 1", "R0203: table sales has no column sqtf (did you mean sqft?) | sqft > 1"),
            ("type = loft", "R0208: table sales has no column loft (text stands in double quotes) | type = \"loft\""),
            ("avg(price)", "R0206: there is no function avg (here it is called mean) | mean(price)"),
            ("meann(price)", "R0206: there is no function meann (did you mean mean?) | mean(price)"),
            ("MEAN(price)", "R0206: there is no function MEAN (here it is called mean) | mean(price)"),
            ("ifelse(new, 1, 2)", "R0206: there is no function ifelse | (if new then 1 else 2)"),
            ("isnull(price)", "R0206: there is no function isnull | price is missing"),
            ("type + \"x\"", "R0211: + does not join text | name both where rows are grouped, matched or sorted: by type, \"x\""),
            ("type * 2", "R0211: * needs numbers, type is text | number(type) * 2"),
            ("new * 2", "R0211: * needs numbers, new is true or false | integer(new) * 2"),
            ("sold_on - 3", "R0211: a date - an integer has no meaning | sold_on - 3 days"),
            ("sold_on + sold_on", "R0211: a date + a date has no meaning | write date - date, date + 3 days or date - 6 months"),
            (
                "1 month + 1 day",
                "R0211: months have no fixed length, so they cannot be added to days | add one after the other: date + 1 month + 1 day"
            ),
            ("type > 3", "R0211: type is text, 3 is an integer: they cannot be compared | number(type) > 3"),
            ("price > \"3\"", "R0211: price is a number, \"3\" is text: they cannot be compared | price > 3"),
            (
                "\"price\" > 3",
                "R0211: \"price\" is text, 3 is an integer: they cannot be compared | price > 3"
            ),
            ("sold_on > 2020", "R0211: sold_on is a date, 2020 is an integer: they cannot be compared | year(sold_on) > 2020"),
            ("sold_on > \"soon\"", "R0211: sold_on is a date, \"soon\" is text: they cannot be compared | sold_on > 2024-03-01"),
            ("new = 1", "R0211: new is true or false, 1 is an integer: they cannot be compared | new = true"),
            ("new > true", "R0211: true and false have no order | new = true"),
            ("price = missing", "R0221: nothing is equal to missing, not even missing | price is missing"),
            ("price != missing", "R0221: nothing is equal to missing, not even missing | price is not missing"),
            (
                "price in [1, missing]",
                "R0221: nothing is equal to missing, not even missing | ask for it apart: price is missing or price in […]"
            ),
            ("type in [1]", "R0211: type is text, 1 in the list is not | put the items in double quotes: \"1\""),
            ("type = \"a\" or \"b\"", "R0212: or needs a condition on both sides, \"b\" is text | type in [\"a\", \"b\"]"),
            ("price and new", "R0212: and needs a condition, price is a number | price > 0 and new"),
            ("if type then 1 else 2", "R0212: if needs a condition, type is text | if type is not missing then 1 else 2"),
            (
                "if new then 1 else \"x\"",
                "R0211: then gives an integer, else gives text | let both give the same: text(…) around the value that is no text, or missing"
            ),
            ("round(type)", "R0211: round needs a number, type is text | round(number(type))"),
            ("round()", "R0228: round was given nothing | write round(number[, digits]), for example round(3.14159, 2)"),
            ("round(1, 2, 3)", "R0228: round was given 3 values | write round(number[, digits]), for example round(3.14159, 2)"),
            ("round(price by type)", "R0214: round works row by row and takes no by | write round(number[, digits])"),
            ("lower(price)", "R0211: lower needs text, price is a number | lower(text(price))"),
            ("year(type)", "R0211: year needs a date or a time, type is text | year(date(type))"),
            ("year(price)", "R0211: year needs a date or a time, price is a number | year(from_epoch(price))"),
            ("hour(sold_on)", "R0211: hour needs a time, sold_on is a date | take a column with times: a date has no time of day"),
            ("mean(type)", "R0211: mean has no meaning for text: type | mean(number(type))"),
            (
                "count(new)",
                "R0230: count(new) is ambiguous: rows where it is true, or rows where it is known (for known ones: count(where new is not missing)) | count(where new)"
            ),
            ("mean(price over sold_on)", "R0214: mean takes no over | write mean(column [where condition] [by groups])"),
            ("lag(price)", "R0213: lag needs over: along what | lag(price over sold_on)"),
            ("rank(price)", "R0213: rank needs over: along what | rank(over price)"),
            ("number(wait)", "R0211: number of a duration needs a unit | write duration / 1 day"),
            (
                "coalesce(price, type)",
                "R0211: coalesce needs values of one type, type is text, before it was a number | write coalesce(value, value, …), for example coalesce(missing, 3, 4)"
            ),
            ("price contains \"1\"", "R0211: contains looks into text, price is a number | text(price) contains \"1\""),
            (
                "precision@10 > 0.5",
                "R0218: precision@10 is a metric or a release, not a column | name a column here; metrics stand in goal, compare and alert"
            ),
            ("price > $limit", "R0210: the parameter $limit has no value here | param limit = 10"),
        ] {
            #expect(try Bench.faults(text, frame) == [wanted], "\(text)")
        }
    }

    @Test func allFaultsAtOnce() throws {
        let found = try Bench.faults("sqtf > 1 and pric < 2 or lower(price) = upper(wrong)", sales())
        #expect(found.map { String($0.prefix(5)) } == ["R0203", "R0203", "R0211", "R0203"])
    }

    @Test func spansPointAtTheGuiltyWord() throws {
        do {
            _ = try Bench.compile("price > 1 and sqtf < 2", sales())
            Issue.record("no fault")
        } catch let found as Diagnostics {
            #expect(found.all.map(\.span) == [Span(14, 18)])
        }
    }

    @Test func expectations() throws {
        let frame = try sales()
        #expect(try Bench.faults("price", frame, expects: .truth) == ["R0212: a condition is wanted, price is a number | price > 0"])
        #expect(
            try Bench.faults("type", frame, expects: .number) == [
                "R0211: a number is wanted, type is text | write a value that is a number"
            ])
        #expect(try Bench.compile("new", frame, expects: .truth).type == .truth)
        #expect(try Bench.compile("sqft", frame, expects: .number).type == .number)
        #expect(try Bench.compile("missing", frame, expects: .text).type == .text)
        #expect(try Bench.compile("sold_on", frame, expects: .time).type == .time)
    }

    @Test func textThatReadsAsADateIsOne() throws {
        let frame = try sales()
        let compiled = try Bench.compile("sold_on >= \"2024-01-01\"", frame)
        #expect(compiled.notes == ["\"2024-01-01\" is taken as the date 2024-01-01, because sold_on holds dates"])
        #expect(try Bench.run("sold_on >= \"2024-01-01\"", frame) == ["true"])
        #expect(try Bench.run("\"2023-12-31T10:00\" < sold_on", frame) == ["true"])
        #expect(try Bench.compile("sold_on >= 2024-01-01", frame).notes.isEmpty)
    }

    @Test func otherTablesThanTheOneChecked() throws {
        let compiled = try Bench.compile("price + sqft", sales())
        #expect(compiled.columns == ["price", "sqft"])
        let whole = try Frame([("price", Bench.integers([2])), ("sqft", Bench.integers([3]))])
        #expect(try compiled.evaluate(on: whole, context: .quiet).column[0] == .number(5))
        let words = try Frame([("price", .text(["2"])), ("sqft", Bench.integers([3]))])
        #expect(
            throws: RondoKernels.Fault(
                "R0344", "column price holds text here, a number when the expression was written", remedy: "cast price number",
                subject: "price")
        ) {
            try compiled.evaluate(on: words, context: .quiet)
        }
        let absent = try Frame([("sqft", Bench.integers([3]))])
        #expect(throws: RondoKernels.Fault("R0343", "the rows have no column price", remedy: "give price with the rows", subject: "price"))
        {
            try compiled.evaluate(on: absent, context: .quiet)
        }
        let empty = try Frame([("price", .text([nil])), ("sqft", Bench.integers([3]))])
        #expect(try compiled.evaluate(on: empty, context: .quiet).column[0] == .missing)
    }

    @Test func deepTreesAreRefused() throws {
        var tree = try ExpressionParser.parse("price")
        for _ in 0..<5000 { tree = Expression(.negate(tree), Span(0, 1)) }
        do {
            _ = try CompiledExpression(tree, schema: Schema(sales()))
            Issue.record("no fault")
        } catch let found as Diagnostics {
            #expect(found.all.map(\.code) == ["R0219"])
        }
        let sum = try ExpressionParser.parse((0..<1500).map { _ in "price" }.joined(separator: " + "))
        let compiled = try CompiledExpression(sum, schema: Schema(sales()))
        #expect(try compiled.evaluate(on: sales(), context: .quiet).column[0] == .number(1500))
    }
}
