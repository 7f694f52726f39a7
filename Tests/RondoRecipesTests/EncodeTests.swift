import RondoFrame
import RondoKernels
import Testing

@testable import RondoRecipes

/// What each way of encoding makes, by hand.
@Suite struct EncodeTests {
    private func numbers(_ step: any RecipeStep, _ frame: Frame, on fresh: Frame? = nil) throws -> [String: [Double]] {
        let result = try step.learned(from: frame).applied(to: fresh ?? frame)
        return Dictionary(uniqueKeysWithValues: zip(result.names, result.columns.map { $0.numbers() }))
    }

    private var colours: Frame {
        get throws { try Frame([("c", .text(["red", "red", "red", "blue", "blue", "green", "pink", nil]))]) }
    }

    @Test func rareLevelsShareAColumn() throws {
        // 7 rows with a value: green and pink hold 14 % each.
        let step = EncodeOneHotStep(["c"], limits: LevelLimits(rare: 0.2))
        let fitted = try step.learned(from: colours)
        #expect(try fitted.applied(to: colours).names == ["c_blue", "c_red", "c_other", "c_missing"])
        #expect(try numbers(step, colours)["c_other"] == [0, 0, 0, 0, 0, 1, 1, 0])
        // A level that was never seen joins the others, and is remarked; a pooled one is not.
        let fresh = try Frame([("c", .text(["pink", "gold"]))])
        #expect(try numbers(step, colours, on: fresh)["c_other"] == [1, 1])
        #expect(try fitted.remarks(on: fresh).all == [.init(kind: .unseenLevel, column: "c", rows: [1])])
    }

    @Test func mostFrequentLevelsAreKept() throws {
        let step = EncodeOneHotStep(["c"], limits: LevelLimits(most: 1))
        #expect(try step.learned(from: colours).applied(to: colours).names == ["c_red", "c_other", "c_missing"])
        // Of equally frequent ones the first of the alphabet.
        let three = EncodeOneHotStep(["c"], limits: LevelLimits(most: 3))
        #expect(try three.learned(from: colours).applied(to: colours).names == ["c_blue", "c_green", "c_red", "c_other", "c_missing"])
    }

    @Test func labelsAreNumbered() throws {
        let gap = Double.nan
        let fresh = try Frame([("c", .text(["red", "gold", nil, "blue"]))])
        func codes(_ step: EncodeLabelStep) throws -> [Scalar] {
            let result = try step.learned(from: colours).applied(to: fresh)
            return (0..<4).map { result.columns[0][$0] }
        }
        #expect(try numbers(EncodeLabelStep(["c"]), colours)["c"]?.prefix(7) == [3, 3, 3, 0, 0, 1, 2])
        #expect(try numbers(EncodeLabelStep(["c"]), colours)["c"]?.last?.isNaN == gap.isNaN)
        #expect(try codes(EncodeLabelStep(["c"])) == [.integer(3), .missing, .missing, .integer(0)])
        #expect(try codes(EncodeLabelStep(["c"], otherwise: .code(-1))) == [.integer(3), .integer(-1), .missing, .integer(0)])
        #expect(try codes(EncodeLabelStep(["c"], otherwise: .level("green"))) == [.integer(3), .integer(1), .missing, .integer(0)])
        // With limits the others have the last number, unseen ones too.
        #expect(
            try codes(EncodeLabelStep(["c"], limits: LevelLimits(most: 2))) == [.integer(1), .integer(2), .missing, .integer(0)])
    }

    @Test func frequenciesAreShares() throws {
        let values = try #require(try numbers(EncodeFrequencyStep(["c"]), colours)["c"])
        #expect(values.prefix(7).map { ($0 * 7).rounded() } == [3, 3, 3, 2, 2, 1, 1] && values[7].isNaN)
        let fresh = try Frame([("c", .text(["gold"]))])
        #expect(try numbers(EncodeFrequencyStep(["c"]), colours, on: fresh)["c"] == [0])
    }

    @Test func ordinalNamesUnlistedLevelsWithTheirRows() throws {
        let fault = #expect(throws: Fault.self) { try EncodeOrdinalStep(["c"], order: ["blue", "green"]).learned(from: colours) }
        #expect(fault?.code == "R0452")
        #expect(fault?.message == "c has levels that the list lacks: \"red\" (3 rows), \"pink\" (1 row)")
        let step = try EncodeOrdinalStep(["c"], order: ["blue", "green"], otherwise: .level("green"))
        #expect(try numbers(step, colours)["c"]?.prefix(7) == [1, 1, 1, 0, 0, 1, 1])
        #expect(throws: Fault.self) { try EncodeOrdinalStep(["c"], order: ["blue"], otherwise: .level("grey")) }
    }

    /// The hash is part of the format: a value keeps its place for ever.
    @Test func hashingIsStable() throws {
        let places = ["10001", "10002", "condo", "", "Zürich"].map { EncodeHashingStep.place(of: $0, buckets: 64) }
        #expect(places.map(\.bucket) == Self.buckets)
        #expect(places.map(\.sign) == Self.signs)
        let result = try EncodeHashingStep(["c"], buckets: 4).learned(from: colours).applied(to: colours)
        #expect(result.names == ["c_hash_1", "c_hash_2", "c_hash_3", "c_hash_4"])
        let rows = values(result).map { $0.compactMap(\.number) }
        #expect(rows.prefix(7).allSatisfy { $0.filter { $0 != 0 }.count == 1 && $0.allSatisfy { abs($0) <= 1 } })
        #expect(rows[7] == [0, 0, 0, 0])
    }
    private static let buckets = [62, 21, 56, 18, 30]
    private static let signs = [-1.0, 1, 1, -1, 1]

    @Test func datesHaveParts() throws {
        // 2024-02-29 was a Thursday in week 9, 2023-12-31 a Sunday in week 52.
        let days = [CivilCalendar.days(year: 2024, month: 2, day: 29), CivilCalendar.days(year: 2023, month: 12, day: 31)].map { $0 ?? 0 }
        let frame = try Frame([("d", Column(.date(days + [Column.missingDate])))])
        let all: [EncodeDatesStep.Part] = [.year, .quarter, .month, .week, .day, .weekday]
        let result = try numbers(EncodeDatesStep([.init(column: "d", parts: all)], cycle: false), frame)
        #expect(all.map { result["d_\($0.rawValue)"]?.first ?? -1 } == [2024, 1, 2, 9, 29, 4])
        #expect(all.map { result["d_\($0.rawValue)"]?[1] ?? -1 } == [2023, 4, 12, 52, 31, 7])
        #expect(result["d_year"]?[2].isNaN == true && result["d"]?.count == 3)
        let hour = #expect(throws: Fault.self) {
            try EncodeDatesStep([.init(column: "d", parts: [.hour])], cycle: false).learned(from: frame)
        }
        #expect(hour?.code == "R0351" && hour?.message.contains("no hour") == true)
    }

    @Test func cyclesAreRound() throws {
        let noon = Int64(20_000) * CivilCalendar.microsecondsPerDay + 6 * 3_600_000_000
        let frame = try Frame([("t", Column(.time([noon, noon + 12 * 3_600_000_000])))])
        let result = try numbers(EncodeDatesStep([.init(column: "t", parts: [.hour])], cycle: true), frame)
        // 06:00 is a quarter of the way round, 18:00 three quarters.
        #expect(result["t_hour_sin"] == [1, -1])
        #expect(result["t_hour_cos"]?.allSatisfy { abs($0) < 1e-300 } == true)
        let months = (1...12).map { CivilCalendar.days(year: 2023, month: $0, day: 15) ?? 0 }
        let year = try Frame([("d", Column(.date(months)))])
        let cycle = try numbers(EncodeDatesStep([.init(column: "d", parts: [.month])], cycle: true), year)
        let (sine, cosine) = (try #require(cycle["d_month_sin"]), try #require(cycle["d_month_cos"]))
        #expect(sine[0] == 0 && cosine[0] == 1 && sine[3] == 1 && cosine[6] == -1)
        #expect(abs(sine[1] - 0.5) < 1e-15 && abs(cosine[1] - 0.75.squareRoot()) < 1e-15)
        // December lies as near to January as February does.
        #expect(abs(cosine[11] - cosine[1]) < 1e-15 && abs(sine[11] + sine[1]) < 1e-15)
    }

    @Test func wordsAreCounted() throws {
        let texts = ["The garden, the GARDEN and a pool.", "No pool; 2 garages (2012)", nil, "Übergröße, pool-side"]
        let frame = try Frame([("note", .text(texts)), ("n", .numbers([1, 2, 3, 4]))])
        let result = try numbers(EncodeWordsStep(["note"]), frame)
        #expect(result["note_the"] == [2, 0, 0, 0] && result["note_garden"] == [2, 0, 0, 0])
        #expect(result["note_pool"] == [1, 1, 0, 1] && result["note_2012"] == [0, 1, 0, 0])
        #expect(result["note_übergröße"] == [0, 0, 0, 1] && result["note_missing"] == [0, 0, 1, 0])
        #expect(result["note_a"] == nil && result["note_2"] == nil && result["note"] == nil)
        // Rows count, not repetitions: pool stands in three rows, every other word in one.
        let limited = try EncodeWordsStep(["note"], limits: LevelLimits(most: 1)).learned(from: frame)
        #expect(try limited.applied(to: frame).names == ["n", "note_pool", "note_missing"])
        let rare = try EncodeWordsStep(["note"], limits: LevelLimits(rare: 0.5)).learned(from: frame)
        #expect(try rare.applied(to: frame).names == ["n", "note_pool", "note_missing"])
        // A text without a known word is remarked, one without any word is not.
        let fresh = try Frame([("note", .text(["castle", "!", "pool castle"])), ("n", .numbers([1, 2, 3]))])
        #expect(try limited.remarks(on: fresh).all == [.init(kind: .unseenLevel, column: "note", rows: [0])])
        let fault = #expect(throws: Fault.self) { try EncodeWordsStep(["n"]).learned(from: frame) }
        #expect(fault?.code == "R0351")
    }
}
