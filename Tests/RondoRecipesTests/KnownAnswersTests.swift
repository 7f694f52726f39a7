import RondoFrame
import RondoKernels
import RondoLanguage
import RondoReport
import Testing

@testable import RondoRecipes

/// Each step on tables small enough to compute by hand.
@Suite struct KnownAnswersTests {
    /// The values of one column after learning from these rows and applying to all.
    private func column(_ name: String, after step: any RecipeStep, on frame: Frame, rows: [Int32]? = nil) throws -> [Scalar] {
        let column = try #require(try step.learned(from: frame, rows: rows).applied(to: frame)[name])
        return (0..<column.count).map { column[$0] }
    }

    // MARK: rename, drop, keep, cast

    @Test func renameKeepsPlaces() throws {
        let frame = try Frame([("a", .numbers([1])), ("b", .numbers([2])), ("c", .numbers([3]))])
        let result = try RenameStep([.init(old: "a", new: "c"), .init(old: "c", new: "a")]).applied(to: frame)
        #expect(result.names == ["c", "b", "a"] && result["c"]?[0] == .number(1))
        let fault = #expect(throws: Fault.self) { try RenameStep([.init(old: "a", new: "b")]).learned(from: frame) }
        #expect(fault?.code == "R0310")
        #expect(throws: Fault.self) { try DropStep(["d"]).learned(from: frame) }
        #expect(try KeepStep(["c", "a"]).applied(to: frame).names == ["a", "c"])
    }

    @Test func castCountsWhatDoesNotFit() throws {
        let frame = try Frame([("code", .text(["12", "x", nil, "3.5"])), ("day", .text(["31/12/2020", "1/2/2021", "2021-02-01", nil]))])
        let step = CastStep(["code"], to: .number)
        #expect(try column("code", after: step, on: frame) == [.number(12), .missing, .missing, .number(3.5)])
        let remarks = try step.remarks(on: frame)
        #expect(remarks.all == [.init(kind: .conversionFailed, column: "code", rows: [1])])
        let days = try column("day", after: CastStep(["day"], to: .date, format: "%d/%m/%Y"), on: frame)
        #expect(days.map(\.plainText) == ["2020-12-31", "2021-02-01", "", ""])
        #expect(throws: Fault.self) { try CastStep(["day"], to: .date, format: "%Q").learned(from: frame) }
    }

    // MARK: derive, flag

    @Test func deriveLearnsGroupMeansFromLearningRows() throws {
        let frame = try Frame([("zip", .text(["a", "a", "b", "b", "c"])), ("price", .numbers([10, 20, 40, 1000, 7]))])
        let step = DeriveStep(try [("typical", "mean(price by zip)"), ("ratio", "price / typical")].map(assignment))
        #expect(step.learns)
        #expect(
            try column("typical", after: step, on: frame, rows: [0, 1, 2]) == [
                .number(15), .number(15), .number(40), .number(40), .missing,
            ])
        #expect(try column("ratio", after: step, on: frame, rows: [0, 1, 2])[3] == .number(25))
        let table = try #require(try step.learned(from: frame, rows: [0, 1, 2]).learned)
        #expect(table.rows.map { Array($0.suffix(2)) } == [[.text("a"), .number(15)], [.text("b"), .number(40)]])
    }

    @Test func deriveMayReplaceAColumnItReads() throws {
        let frame = try Frame([("price", .numbers([10, .nan]))])
        let step = DeriveStep(try [("price", "price * 2"), ("more", "price + 1")].map(assignment))
        #expect(try column("more", after: step, on: frame) == [.number(21), .missing])
        #expect(step.dependencies(in: ["price"]) == ["price": ["price"], "more": ["price"]])
    }

    @Test func flagIsMissingWhereItsConditionIs() throws {
        let frame = try Frame([("sqft", .numbers([1, 3, .nan]))])
        #expect(
            try column("large", after: FlagStep("large", try expression("sqft > 2")), on: frame) == [.truth(false), .truth(true), .missing])
        #expect(throws: (any Error).self) { try FlagStep("sum", try expression("sqft + 2")).learned(from: frame) }
    }

    // MARK: impute

    @Test func medianByGroupFallsBackAlongTheChain() throws {
        // Type a and zip 1 has five values, type a and zip 2 only one: it takes the median of type a. Type b has one value: all rows.
        let type: [String?] = ["a", "a", "a", "a", "a", "a", "b", "a", "a", "b", "c", nil]
        let zip: [String?] = ["1", "1", "1", "1", "1", "2", "1", "1", "2", "1", "1", "1"]
        let sqft = [10, 20, 30, 40, 90, 1000, 5, .nan, .nan, .nan, .nan, .nan]
        let frame = try Frame([("type", .text(type)), ("zip", .text(zip)), ("sqft", .numbers(sqft))])
        let step = ImputeStep(["sqft"], .median, by: try groups("type", "zip"))
        let filled = try column("sqft", after: step, on: frame)
        // Of type a: 10 20 30 40 90 1000, median 35; of all: 5 10 20 30 40 90 1000, median 30.
        #expect(filled.suffix(5) == [.number(30), .number(35), .number(30), .number(30), .number(30)])
        let fitted = try #require(try step.learned(from: frame) as? FittedImpute)
        #expect(fitted.lines[0].gaps == [3, 1, 1] && fitted.lines[0].groups == [1, 1] && fitted.lines[0].small == [3, 4])
        #expect(fitted.lines[0].overall == .number(30))
        #expect(try fitted.remarks(on: frame).all == [.init(kind: .imputed, column: "sqft", rows: [7, 8, 9, 10, 11])])
    }

    @Test func medianOfWholeNumbersMayMakeThemNumbers() throws {
        let even = try Frame([("rooms", .scalars([.integer(2), .integer(3), .missing], type: .integer))])
        #expect(try column("rooms", after: ImputeStep(["rooms"], .median), on: even) == [.number(2), .number(3), .number(2.5)])
        let odd = try Frame([("rooms", .scalars([.integer(2), .integer(3), .integer(9), .missing], type: .integer))])
        #expect(
            try column("rooms", after: ImputeStep(["rooms"], .median), on: odd) == [.integer(2), .integer(3), .integer(9), .integer(3)])
        #expect(try column("rooms", after: ImputeStep(["rooms"], .mean), on: even).last == .number(2.5))
    }

    @Test func modeTakesTheLeastOfEquallyFrequent() throws {
        let frame = try Frame([
            ("type", .text(["b", "a", "b", "a", "c", nil])),
            ("rooms", .scalars([.integer(7), .integer(3), .integer(3), .integer(7), .integer(1), .missing], type: .integer)),
            ("pool", .scalars([.truth(true), .truth(true), .truth(false), .missing, .missing, .missing], type: .truth)),
        ])
        let step = ImputeStep(["type", "rooms", "pool"], .mode)
        #expect(try column("type", after: step, on: frame)[5] == .text("a"))
        #expect(try column("rooms", after: step, on: frame)[5] == .integer(3))
        #expect(try column("pool", after: step, on: frame)[5] == .truth(true))
    }

    @Test func constantsMustFitTheColumn() throws {
        let frame = try Frame([
            ("grade", Column(.category([0, -1], Levels(["A", "B"])))), ("sqft", .numbers([1, .nan])),
            ("rooms", .scalars([.integer(1), .missing], type: .integer)),
        ])
        #expect(
            try column("grade", after: ImputeStep(["grade"], .constant(.text("unknown"))), on: frame) == [.text("A"), .text("unknown")])
        #expect(try column("rooms", after: ImputeStep(["rooms"], .constant(.number(0.5))), on: frame) == [.number(1), .number(0.5)])
        #expect(try column("sqft", after: ImputeStep(["sqft"], .constant(.integer(0))), on: frame) == [.number(1), .number(0)])
        let fault = #expect(throws: Fault.self) { try ImputeStep(["sqft"], .constant(.text("unknown"))).learned(from: frame) }
        #expect(fault?.code == "R0454" && fault?.subject == "sqft")
        #expect(throws: Fault.self) { try ImputeStep(["grade"], .median).learned(from: frame) }
    }

    @Test func indicatorRemembersTheGaps() throws {
        let frame = try Frame([("sqft", .numbers([1, .nan, 5]))])
        let step = ImputeStep(["sqft"], .median, indicator: true)
        #expect(try column("sqft_missing", after: step, on: frame) == [.truth(false), .truth(true), .truth(false)])
        #expect(try column("sqft", after: step, on: frame)[1] == .number(3))
        #expect(try step.learned(from: frame).remarks(on: frame).all == [.init(kind: .imputed, column: "sqft", rows: [1])])
    }

    @Test func bandsOfACountAreLearned() throws {
        let sizes = (0..<20).map { Double($0) }
        let frame = try Frame([("size", .numbers(sizes)), ("price", .numbers(sizes.map { $0 == 0 || $0 == 19 ? .nan : $0 * 10 }))])
        let step = ImputeStep(["price"], .mean, by: [Group(try expression("size"), bands: .count(2))])
        let fitted = try step.learned(from: frame)
        // Bands under 10 and from 10: means of 10…90 and of 100…180.
        let result = try fitted.applied(to: frame.gathering([19, 0]))
        #expect(result["price"]?[0] == .number(140) && result["price"]?[1] == .number(50))
        #expect(throws: Fault.self) { try ImputeStep(["price"], .mean, by: try groups("mean(size)")).learned(from: frame) }
    }

    // MARK: encode

    @Test func onehotMakesOneColumnALevel() throws {
        let frame = try Frame([("type", .text(["condo", "St. John's", nil, "condo"])), ("type_condo", .numbers([1, 2, 3, 4]))])
        let fitted = try EncodeOneHotStep(["type"]).learned(from: frame)
        let result = try fitted.applied(to: frame)
        #expect(result.names == ["type_condo", "type_St_John_s", "type_condo_2", "type_missing"])
        #expect(
            values(result.selecting(["type_St_John_s", "type_condo_2", "type_missing"])).map { $0.map(\.number) } == [
                [0, 1, 0], [1, 0, 0], [0, 0, 1], [0, 1, 0],
            ])
        let fresh = try Frame([("type", .text(["castle", nil]))])
        #expect(values(try fitted.applied(to: fresh)).map { $0.map(\.number) } == [[0, 0, 0], [0, 0, 1]])
        #expect(try fitted.remarks(on: fresh).all == [.init(kind: .unseenLevel, column: "type", rows: [0])])
        // Without gaps in learning a gap is nought everywhere.
        let complete = try EncodeOneHotStep(["type"]).learned(from: frame, rows: [0, 1])
        #expect(values(try complete.applied(to: fresh)).map { $0.map(\.number) } == [[0, 0], [0, 0]])
    }

    @Test func wholeNumbersAreLevels() throws {
        let frame = try Frame([("stars", .numbers([3, 10, .nan, 3]))])
        let fitted = try EncodeOneHotStep(["stars", "stars"]).learned(from: frame)
        #expect(try fitted.applied(to: frame).names == ["stars_3", "stars_10", "stars_missing"])
        let whole = try Frame([("stars", .scalars([.integer(10)], type: .integer))])
        #expect(values(try fitted.applied(to: whole)).map { $0.map(\.number) } == [[0, 1, 0]])
        let fault = #expect(throws: Fault.self) { try fitted.applied(to: Frame([("stars", .numbers([3.5]))])) }
        #expect(fault?.code == "R0351" && fault?.subject == "stars")
    }

    @Test func manyLevelsAreSparseAndTooManyRefused() throws {
        let words = (0..<100).map { "level \($0)" }
        let result = try EncodeOneHotStep(["w"]).learned(from: Frame([("w", .text(words))])).applied(to: Frame([("w", .text(words))]))
        #expect(result.columnCount == 100)
        guard case .sparse(let sparse)? = result["w_level_42"]?.storage else { Issue.record("not sparse"); return }
        #expect(sparse.rows == [42] && sparse.values == [1] && sparse.count == 100)
        let fault = #expect(throws: Fault.self) {
            try EncodeOneHotStep(["w"]).learned(from: Frame([("w", .text((0..<100_001).map { "\($0)" }))]))
        }
        #expect(fault?.code == "R0450" && fault?.message.contains("100,001") == true)
    }

    @Test func ordinalFollowsTheList() throws {
        let frame = try Frame([("grade", .text(["A", "F", nil, "C"]))])
        let step = try EncodeOrdinalStep(["grade"], order: ["F", "C", "A"])
        #expect(try column("grade", after: step, on: frame) == [.integer(2), .integer(0), .missing, .integer(1)])
        let unseen = try Frame([("grade", .text(["B", "A"]))])
        let fault = #expect(throws: Fault.self) { try step.learned(from: unseen) }
        #expect(fault?.code == "R0452" && fault?.message.contains("\"B\"") == true)
        #expect(try column("grade", after: step, on: unseen, rows: [1]) == [.missing, .integer(2)])
        #expect(try step.learned(from: frame).remarks(on: unseen).count(.unseenLevel, column: "grade") == 1)
        #expect(throws: Fault.self) { try EncodeOrdinalStep(["grade"], order: ["A", "A"]) }
        let stars = try Frame([("stars", .scalars([.integer(3), .integer(1)], type: .integer))])
        #expect(try column("stars", after: EncodeOrdinalStep(["stars"], order: ["1", "2", "3"]), on: stars) == [.integer(2), .integer(0)])
    }

    // MARK: scale

    @Test func standardDividesByTheDeviationWithN() throws {
        // 2 4 4 4 5 5 7 9: mean 5, deviation with n exactly 2.
        let frame = try Frame([("x", .numbers([2, 4, 4, 4, 5, 5, 7, 9, .nan])), ("c", .numbers(Array(repeating: 3, count: 9)))])
        let step = ScaleStep(["x", "c"], .standard)
        #expect(try column("x", after: step, on: frame).map(\.number) == [-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2, nil])
        #expect(try column("c", after: step, on: frame).allSatisfy { $0 == .number(0) })
        let table = try #require(try step.learned(from: frame).learned)
        #expect(table.rows[0] == [.text("x"), .number(5), .number(2), .missing])
        #expect(table.rows[1][3] == .text("always the same: becomes 0"))
        #expect(throws: Fault.self) { try ScaleStep(["t"], .standard).learned(from: Frame([("t", .text(["a"]))])) }
    }

    @Test func minmaxUsesTheLearnedOrGivenRange() throws {
        let frame = try Frame([("x", .numbers([10, 20, 30, 50]))])
        #expect(try column("x", after: ScaleStep(["x"], .minmax), on: frame, rows: [0, 1, 2]).map(\.number) == [0, 0.5, 1, 2])
        let given = ScaleStep(["x"], .minmax(range: 0...100, to: -1...1))
        #expect(try column("x", after: given, on: frame).map(\.number) == [-0.8, -0.6, -0.4, 0])
        #expect(!given.learns && ScaleStep(["x"], .minmax).learns)
        #expect(throws: Fault.self) { try ScaleStep(["x"], .minmax(range: 5...5, to: 0...1)).learned(from: frame) }
    }

    @Test func hugeAndTinyValuesStayFinite() throws {
        let frame = try Frame([
            ("x", .numbers([1e308, -1e308, 1e308])), ("y", .numbers([.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude])),
        ])
        let result = try ScaleStep(["x", "y"], .standard).learned(from: frame).applied(to: frame)
        #expect(values(result).allSatisfy { row in row.allSatisfy { $0.isMissing || $0.number?.isFinite == true } })
    }

    // MARK: join

    @Test func joinLooksUpAndRemarks() throws {
        let frame = try Frame([("zip", .text(["10001", "10003", "77777", nil]))])
        let step = try JoinStep(
            by: [try expression("zip")], with: try Sales.areas(), keys: [try expression("area")],
            taking: [("income", "income"), ("name", "name")], context: .quiet)
        let result = try step.applied(to: frame)
        #expect(
            values(result.selecting(["income", "name"])) == [
                [.number(52_000.5), .text("Old Town")], [.number(61_000), .text("Riverside")], [.missing, .missing], [.missing, .missing],
            ])
        #expect(try step.remarks(on: frame).all == [.init(kind: .noMatch, column: "zip", rows: [2])])
        #expect(try step.match(frame, context: .quiet).rows.count { $0 >= 0 } == 2)
        // A request that brings the values keeps them, with or without the key.
        let brought = try Frame([("zip", .text(["10001", "10003"])), ("income", .numbers([1, .nan])), ("name", .text(["Mine", nil]))])
        #expect(
            values(try step.applied(to: brought).selecting(["income", "name"])) == [
                [.number(1), .text("Mine")], [.number(61_000), .text("Riverside")],
            ])
        #expect(try step.applied(to: brought.dropping(["zip"])).rowCount == 2)
    }

    @Test func joinRefusesSeveralRecords() throws {
        let right = try Frame([("zip", .text(["1", "1"])), ("x", .numbers([1, 2]))])
        #expect(throws: Fault.self) {
            try JoinStep(by: [try expression("zip")], with: right, keys: [try expression("zip")], taking: [("x", "x")], context: .quiet)
        }
    }
}
