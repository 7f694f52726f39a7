import RondoLanguage
import Testing

@Suite struct ExpressionTests {
    private func node(_ text: String) throws -> Expression.Node { try ExpressionParser.parse(text).node }

    @Test(arguments: [
        ("a + b * c", "a + (b * c)"), ("a - b - c", "(a - b) - c"), ("-2 ^ 2", "-(2 ^ 2)"), ("2 ^ 3 ^ 2", "2 ^ (3 ^ 2)"),
        ("2 ^ -1", "2 ^ (-1)"),
        ("not a and b", "(not a) and b"), ("a or b and c", "a or (b and c)"), ("not a = b", "not (a = b)"),
        ("a mod 2 = 0", "(a mod 2) = 0"),
        ("a between 1 and 2 and b", "(a between 1 and 2) and b"), ("a + 1 is missing", "(a + 1) is missing"),
        ("a contains b + c", "a contains (b + c)"), ("if a then b else c + 1", "if a then b else (c + 1)"),
        ("if a then b else if c then d else e", "if a then b else (if c then d else e)"), ("a = b or c = d", "(a = b) or (c = d)"),
        ("- a * b", "(-a) * b"), ("a / b / c", "(a / b) / c"), ("a == b", "a = b"),
    ]) func precedence(text: String, bracketed: String) throws {
        #expect(try ExpressionParser.parse(text) == ExpressionParser.parse(bracketed))
    }

    @Test func minusBelongsToANumber() throws {
        #expect(try node("-5") == .literal(.integer(-5)))
        #expect(try node("-2 ^ 2") == .negate(ExpressionParser.parse("2 ^ 2")))
        #expect(try node("(-2) ^ 2") != node("-2 ^ 2"))
        #expect(try ExpressionParser.parse("(-2) ^ 2").text == "(-2) ^ 2")
        #expect(try node("-9223372036854775808") == .literal(.integer(Int64.min)))
        #expect(throws: Diagnostics.self) { try node("9223372036854775808") }
        #expect(throws: Diagnostics.self) { try node("5 -9223372036854775808") }
    }

    @Test func callsHaveWhereByOver() throws {
        let tree = try ExpressionParser.parse("mean(price, 2 where sold > 1 by zip, price bands [1, 2] over sold_on)")
        guard case .call(let call) = tree.node else {
            Issue.record("no call")
            return
        }
        #expect(call.arguments.count == 2 && call.condition != nil && call.groups.count == 2 && call.over != nil)
        guard case .call(let ranked) = try node("average@10(rating)") else {
            Issue.record("no call")
            return
        }
        #expect(ranked.at == 10)
        #expect(try node("precision@10") == .reference(name: "precision", version: "10"))
    }

    @Test func operatorWordsCountOnlyAfterAnOperand() throws {
        #expect(try ExpressionParser.parse("contains > 5").text == "contains > 5")
        #expect(try ExpressionParser.parse("between between between and between").text == "between between between and between")
    }

    @Test func listsHaveRangesAndSteps() throws {
        guard case .list(let items) = try node("[1, 5..10 step 2, -3..-1, $x]") else {
            Issue.record("no list")
            return
        }
        #expect(items.count == 4 && items[1].step == 2 && items[2].high != nil)
        for text in ["[]", "[a]", "[1,]", "[1..]", "[1 2]", "[1"] { #expect(throws: Diagnostics.self) { try ExpressionParser.parse(text) } }
    }

    @Test(arguments: [
        "a < b < c", "a = b = c", "a is missing = true", "1 +", "and", "a b", "a between 1", "a in 5", "a matches b", "if a then b", "f(a",
        "(a", "a)", "",
        "a drops 5%", "`f`(x)", "a is", "x not 5",
    ]) func refused(text: String) {
        #expect(throws: Diagnostics.self) { try ExpressionParser.parse(text) }
    }

    @Test func alertsMayMove() throws {
        #expect(try ExpressionParser.parse("volume drops 50%", alerts: true).text == "volume drops 50%")
    }

    @Test func faultsThatNeedNoData() throws {
        let source = "filter x = missing or type = \"a\" or \"b\" and y != missing"
        guard let cell = CellParser.parse(source, grammar: TestGrammar.registry).syntax,
            case .expression(let tree)? = cell.operands["condition"]
        else {
            Issue.record("not read")
            return
        }
        let found = ExpressionFaults.find(in: tree, source: source)
        #expect(found.map(\.code) == ["R0221", "R0221"])
        #expect(found.first?.remedy == "filter x is missing or type = \"a\" or \"b\" and y != missing")
        let loose = "filter type = \"a\" or \"b\""
        guard let cell = CellParser.parse(loose, grammar: TestGrammar.registry).syntax,
            case .expression(let tree)? = cell.operands["condition"]
        else {
            Issue.record("not read")
            return
        }
        #expect(ExpressionFaults.find(in: tree, source: loose).map(\.remedy) == ["filter type in [\"a\", \"b\"]"])
    }
}
