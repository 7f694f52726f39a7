import RondoExpressions
import RondoFrame
import RondoKernels
import RondoLanguage
import Testing

@Suite struct GroupTests {
    private func columns(_ text: String, _ frame: Frame) throws -> [(name: String, column: Column)] {
        guard case .call(let call) = try ExpressionParser.parse("count(by \(text))").node else { return [] }
        return try GroupExpressions.columns(call.groups, schema: Schema(frame, tableName: "sales"), frame: frame, context: .quiet)
    }

    private func words(_ column: Column) -> [String] { (0..<column.count).map { column[$0].plainText } }

    @Test func lowerEdgeCounts() throws {
        let frame = try Frame([
            ("price", .numbers([199_999.99, 200_000, 499_999, 500_000, 1e6, 2.5e6, .nan])),
            ("type", .text(["a", "b", "a", "a", "b", "a", nil])),
        ])
        let found = try columns("price bands [200k, 500k, 1M], type", frame)
        #expect(found.map(\.name) == ["price", "type"])
        #expect(found[0].column.type == .category)
        #expect(
            words(found[0].column) == [
                "under 200k", "200k to 500k", "200k to 500k", "500k to 1M", "1M and more", "1M and more", "",
            ])
        guard case .category(_, let levels) = found[0].column.storage else { return }
        #expect(levels.words == ["under 200k", "200k to 500k", "500k to 1M", "1M and more"])
    }

    @Test func wordsOfEdges() throws {
        let frame = try Frame([
            ("year", Bench.integers([1940, 1950, 2001])), ("d", Bench.dates(["2023-12-31", "2024-01-01", "2025-06-01"])),
            ("p", .scalars([.duration(0), .duration(86_400_000_000), .duration(900_000_000_000)], type: .duration)),
            ("x", .numbers([0.05, 12_345, 1.5e6])),
        ])
        #expect(words(try columns("year bands [1950, 1980, 2000]", frame)[0].column) == ["under 1950", "1950 to 1980", "2000 and more"])
        #expect(
            words(try columns("d bands [2024-01-01, \"2025-01-01\"]", frame)[0].column) == [
                "before 2024-01-01", "2024-01-01 to 2025-01-01", "2025-01-01 and later",
            ])
        #expect(words(try columns("p bands [1 day, 1 week]", frame)[0].column) == ["under 1 days", "1 days to 7 days", "7 days and more"])
        #expect(words(try columns("x bands [10%, 12345, 1.25M]", frame)[0].column) == ["under 0.1", "12345 to 1.25M", "1.25M and more"])
        #expect(
            words(try columns("year bands [1900..2000 step 50]", frame)[0].column) == ["1900 to 1950", "1950 to 2000", "2000 and more"])
    }

    @Test func equalCounts() throws {
        let frame = try Frame([
            ("x", .numbers((0..<100).map { Double(($0 * 37) % 100) } + [.nan])), ("same", .numbers(Array(repeating: 3, count: 101))),
        ])
        let bands = try columns("x bands 4", frame)[0].column
        guard case .category(let codes, let levels) = bands.storage else { return }
        #expect(levels.words == ["under 25", "25 to 50", "50 to 75", "75 and more"])
        #expect((0..<4).map { band in codes.count { $0 == band } } == [25, 25, 25, 25])
        #expect(codes[100] == -1)
        #expect(words(try columns("same bands 4", frame)[0].column).allSatisfy { $0 == "all" })
        #expect(words(try columns("x bands 4", frame.gathering([]))[0].column).isEmpty)
        let tied = try Frame([("x", Bench.integers([1, 1, 1, 1, 2, 3]))])
        #expect(
            words(try columns("x bands 3", tied)[0].column) == ["under 2", "under 2", "under 2", "under 2", "2 and more", "2 and more"])
    }

    @Test func expressionsAsGroups() throws {
        let frame = try Bench.mixed()
        let found = try columns("year(d), (n > mean(n))", frame)
        #expect(found.map(\.name) == ["year(d)", "n > mean(n)"])
        #expect(words(found[0].column) == ["2024", "2023", "", "2024"])
        #expect(words(found[1].column) == ["true", "false", "", "true"])
        guard case .call(let call) = try ExpressionParser.parse("count(by year(d), w)").node else { return }
        #expect(try GroupExpressions.columnsRead(call.groups, schema: Schema(frame)) == ["d", "w"])
    }

    @Test func faults() throws {
        let frame = try Bench.mixed()
        for (text, wanted) in [
            ("w bands [1, 2]", "R0215: bands need numbers or dates, w is text | leave bands out"),
            ("n bands [2, 1]", "R0215: band edges must rise | write n bands [10, 20, 50]"),
            ("n bands [\"a\"]", "R0215: the band edge a does not fit n, which is a number | give edges of the same type, in rising order"),
            ("3 + 4", "R0236: 3 + 4 is the same for all rows: it makes no groups | write a column after by"),
            ("n bands 1", "R0215: 1 bands are not possible | write n bands 4"),
            ("nn", "R0203: table sales has no column nn (did you mean n?) | count(by n)"),
        ] {
            #expect(try Bench.faults("count(by \(text))", frame) == [wanted])
        }
    }
}

@Suite struct GroupedTableTests {
    private func table(_ aggregates: String, by groups: String?, _ frame: Frame) throws -> [String] {
        let items = try aggregates.split(separator: ";").map { part -> Aggregate in
            let sides = part.split(separator: ":").map { $0.trimmingPrefix(" ") }
            let tree = try ExpressionParser.parse(String(sides[sides.count - 1]))
            return Aggregate(sides.count > 1 ? Name(String(sides[0]), Span(0, 0)) : nil, tree)
        }
        var by: [Group] = []
        if let groups, case .call(let call) = try ExpressionParser.parse("count(by \(groups))").node { by = call.groups }
        do {
            let found = try GroupedExpressions.table(
                items, by: by, schema: Schema(frame, tableName: "sales"), frame: frame, context: .quiet)
            return zip(found.names, found.columns).map { name, column in
                "\(name): " + (0..<column.count).map { column[$0].plainText }.joined(separator: " ")
            }
        } catch let found as Diagnostics {
            return found.all.map { "\($0.code): \($0.message) | \($0.remedy)" }
        }
    }

    @Test func aggregatesOfGroups() throws {
        let frame = try Frame([
            ("zip", .text(["a", "b", "a", nil])), ("price", Bench.integers([10, 20, 30, 40])),
            ("late", Bench.truths([true, false, false, true])),
            ("d", Bench.dates(["2024-01-01", "2023-01-01", "2023-05-01", "2024-02-01"])),
        ])
        #expect(
            try table("mean(price); share: count(where late) / count(); count()", by: "zip", frame) == [
                "zip: a b ", "mean_price: 20 20 40", "share: 0.5 0 1", "count: 2 1 1",
            ])
        #expect(
            try table("sum(price); year(d) - 2000", by: "year(d)", frame) == [
                "year(d): 2024 2023", "sum_price: 50 50", "year(d) - 2000: 24 23",
            ])
        #expect(
            try table("sum(price)", by: "price bands [20], late", frame) == [
                "price: under 20 20 and more 20 and more", "late: true false true", "sum_price: 10 50 40",
            ])
        #expect(try table("sum(price); all: count()", by: nil, frame) == ["sum_price: 100", "all: 4"])
        #expect(try table("sum(price); all: count()", by: nil, frame.gathering([])) == ["sum_price: ", "all: 0"])
        #expect(try table("sum(price)", by: "zip", frame.gathering([])) == ["zip: ", "sum_price: "])
        #expect(
            try table("price + 1; sum(pric)", by: "zip", frame) == [
                "R0203: table sales has no column pric | write price", "R0223: price has many values in a group | write mean(price)",
            ])
    }
}

@Suite struct ConstantTests {
    private func list(_ text: String) throws -> [String] {
        guard case .member(_, let items, _) = try ExpressionParser.parse("x in \(text)").node else { return [] }
        return try ConstantEvaluation.list(items).map(\.plainText)
    }

    private func fault(_ text: String) -> String {
        do {
            return try list(text).description
        } catch let found as Diagnostics {
            return found.all.map { "\($0.code): \($0.message) | \($0.remedy)" }.joined(separator: "; ")
        } catch {
            return "\(error)"
        }
    }

    @Test func lists() throws {
        #expect(try list("[50, 100, 200]") == ["50", "100", "200"])
        #expect(try list("[1..5]") == ["1", "2", "3", "4", "5"])
        #expect(try list("[10..30 step 10, 99]") == ["10", "20", "30", "99"])
        #expect(try list("[0..1 step 0.25]") == ["0", "0.25", "0.5", "0.75", "1"])
        #expect(try list("[0.1..0.3 step 0.1]").count == 3)
        #expect(try list("[1..4 step 2]") == ["1", "3"])
        #expect(try list("[\"a\", true, 10%, missing]") == ["a", "true", "0.1", ""])
        #expect(try list("[2024-02-28..2024-03-01]") == ["2024-02-28", "2024-02-29", "2024-03-01"])
        #expect(fault("[5..1]") == "R0217: the range ends before it begins | write 1..5")
        #expect(fault("[1..10000000]") == "R0217: the list is too long: more than 100000 values | give a larger step")
        #expect(fault("[0..9e18 step 1e-300]").hasPrefix("R0217: the list is too long"))
        #expect(fault("[\"a\"..\"c\"]") == "R0217: a range needs two numbers or two dates | write 1..10, or 2024-01-01..2024-12-31")
    }

    @Test func scalars() throws {
        for (text, value) in [
            ("1 + 2 * 3", "7"), ("-5", "-5"), ("2 days", "172800 s"), ("1 month", "2629746 s"), ("\"a\"", "a"), ("number(\"3\")", "3"),
            ("missing", ""),
        ] {
            #expect(try ConstantEvaluation.scalar(ExpressionParser.parse(text)).plainText == value, "\(text)")
        }
        #expect(throws: Diagnostics.self) { try ConstantEvaluation.scalar(ExpressionParser.parse("price")) }
        #expect(throws: Diagnostics.self) { try ConstantEvaluation.scalar(ExpressionParser.parse("count()")) }
        #expect(throws: Diagnostics.self) { try ConstantEvaluation.scalar(ExpressionParser.parse("1 + \"a\"")) }
    }
}
