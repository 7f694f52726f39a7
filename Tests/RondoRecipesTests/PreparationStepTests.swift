import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoReport
import Testing

@testable import RondoRecipes

/// The learned steps of preparation on tables small enough to compute by hand.
@Suite struct PreparationStepTests {
    private func column(_ name: String, after step: any RecipeStep, on frame: Frame, rows: [Int32]? = nil) throws -> [Scalar] {
        let column = try #require(try step.learned(from: frame, rows: rows).applied(to: frame)[name])
        return (0..<column.count).map { column[$0] }
    }

    private func numbers(_ values: [Double], _ name: String = "x") throws -> Frame { try Frame([(name, .numbers(values))]) }

    // MARK: impute

    @Test func nearestTakesTheMedianOfTheMostAlike() throws {
        let frame = try Frame([
            ("lot", .numbers([100, 110, 120, 900, 910, 105, 905])), ("type", .text(["a", "a", "a", "b", "b", "a", nil])),
            ("sqft", .numbers([10, 20, 60, 500, 700, .nan, .nan])),
        ])
        let step = ImputeStep(["sqft"], .nearest(neighbours: 3), by: try groups("lot", "type"))
        // Lot 105 and type a: 10, 20, 60. Lot 905 of unknown type: 500, 700 are nearest, then 60.
        #expect(try column("sqft", after: step, on: frame).suffix(2) == [.number(20), .number(500)])
        let one = ImputeStep(["sqft"], .nearest(neighbours: 2), by: try groups("lot"))
        #expect(try column("sqft", after: one, on: frame).suffix(2) == [.number(15), .number(600)])
        let fault = #expect(throws: Fault.self) {
            try ImputeStep(["sqft"], .nearest(neighbours: 2), by: try groups("sqft")).learned(from: frame)
        }
        #expect(fault?.code == "R0710" && fault?.subject == "sqft")
    }

    @Test func nearestKeepsTypes() throws {
        let frame = try Frame([
            ("x", .numbers([1, 2, 3, 10, 11, 2])),
            ("rooms", .scalars([.integer(4), .integer(6), .integer(9), .integer(1), .integer(1), .missing], type: .integer)),
            ("kind", .text(["p", "q", "q", "p", "p", nil])),
            ("day", .scalars([.date(5), .date(8), .date(9), .date(1), .date(1), .missing], type: .date)),
        ])
        let step = ImputeStep(["rooms", "kind", "day"], .nearest(neighbours: 2), by: try groups("x"))
        // The nearest of 2 are rows 1 and 0: the lower of two medians; of two different words that of the nearest.
        #expect(try column("rooms", after: step, on: frame)[5] == .integer(4))
        #expect(try column("kind", after: step, on: frame)[5] == .text("q"))
        #expect(try column("day", after: step, on: frame)[5] == .date(5))
    }

    @Test func marksGapsAndFillsNothing() throws {
        let frame = try Frame([("sqft", .numbers([1, .nan])), ("school", .text(["A", nil]))])
        let step = ImputeStep(["sqft", "school"], .mark(levels: ["school"]))
        let fitted = try step.learned(from: frame)
        let result = try fitted.applied(to: frame)
        #expect(result.names == ["sqft", "school", "sqft_missing"] && !step.learns)
        #expect(result["sqft_missing"]?[1] == .truth(true) && result["sqft_missing"]?[0] == .truth(false))
        #expect(result["sqft"]?[1] == .missing && result["school"]?[1] == .text("missing"))
    }

    @Test func smallGroupsSayWhatTheyUse() throws {
        // Type a has seven values, one zip of them five; type b has one.
        let frame = try Frame([
            ("type", .text(["a", "a", "a", "a", "a", "a", "b"])), ("zip", .text(["1", "1", "1", "1", "1", "2", "1"])),
            ("sqft", .numbers([10, 20, 30, 40, 90, 1000, 5])),
        ])
        let fitted = try ImputeStep(["sqft"], .median, by: try groups("type", "zip")).learned(from: frame)
        #expect(fitted.summary == "1 median; 1 small group uses type alone, 1 uses all rows")
        let rows = try #require(fitted.learned).rows
        #expect(rows.contains([.text("sqft"), .text("type, zip"), .text("a, 1"), .missing, .missing, .missing, .number(30)]))
        #expect(rows.contains([.text("sqft"), .text("type"), .text("a"), .missing, .missing, .missing, .number(35)]))
    }

    // MARK: outliers

    @Test func quantilesFencesAndRobustScores() throws {
        let values = (0...100).map(Double.init)
        #expect(OutlierMethod.quantile(low: 0.05, high: 0.9).limits(values) == (5, 90))
        // Quartiles 25 and 75.
        #expect(OutlierMethod.fences(1.5).limits(values) == (-50, 150))
        // Median 50, median distance 25: one z is 25 / 0.6745.
        let robust = OutlierMethod.robust(low: -3.5, high: 1).limits(values)
        #expect((robust.low - (50 - 3.5 * 25 / 0.6745)).magnitude < 1e-9 && (robust.high - (50 + 25 / 0.6745)).magnitude < 1e-9)
        // More than half alike: the mean distance, 1.253314 times 8 / 8.
        let crowded = OutlierMethod.robust(low: -1, high: 1).limits([5, 5, 5, 5, 5, 5, 5, 13])
        #expect((crowded.high - (5 + 1.253314)).magnitude < 1e-9)
        #expect(OutlierMethod.robust(low: -1, high: 1).limits([2, 2, .nan]) == (-.infinity, .infinity))
    }

    @Test func capsMarksAndKeepsWholeNumbers() throws {
        let frame = try Frame([
            ("x", .numbers([0, 1, 2, 3, 100, .nan])), ("n", .scalars([0, 1, 2, 3, 100, 7].map { .integer($0) }, type: .integer)),
        ])
        let rows: [Int32] = [0, 1, 2, 3]
        let cap = OutliersStep(["x", "n"], .quantile(low: 0.1, high: 0.9), .cap)
        let capped = try cap.learned(from: frame, rows: rows).applied(to: frame)
        // The limits are 0.3 and 2.7; whole numbers stay inside them.
        let expected: [Double?] = [0.3, 1, 2, 2.7, 2.7, nil]
        #expect(
            zip((0..<6).map { capped["x"]?[$0].number }, expected).allSatisfy { pair in
                pair.0 == pair.1 || ((pair.0 ?? 0) - (pair.1 ?? 9)).magnitude < 1e-12
            })
        #expect((0..<6).map { capped["n"]?[$0] } == [1, 1, 2, 2, 2, 2].map { .integer($0) })
        let marked = try column("x_outlier", after: OutliersStep(["x"], .quantile(low: 0, high: 1), .mark), on: frame, rows: rows)
        #expect(marked == [.truth(false), .truth(false), .truth(false), .truth(false), .truth(true), .missing])
    }

    @Test func smallGroupsTakeTheLimitsOfAllRows() throws {
        let values = (0..<40).map { Double($0 % 20) } + [500, 3]
        let kinds = (0..<40).map { $0 < 20 ? "a" : "b" } + ["c", "c"]
        let frame = try Frame([("x", .numbers(values.enumerated().map { $0 < 20 ? $1 : $1 * 10 })), ("kind", .text(kinds.map { $0 }))])
        let limits = try OutlierLimits(
            learning: .quantile(low: 0, high: 1), columns: ["x"], by: try groups("kind"), from: frame, rows: nil, context: .quiet)
        #expect(limits.summary == "2 pairs of limits; 1 small group uses all rows")
        var other = frame
        try other.set("x", .numbers(Array(repeating: 100, count: 42)))
        // 100 is beyond group a (19), inside group b (190), inside all rows (5,000).
        let sides = try limits.sides(of: other, context: .quiet)[0]
        #expect(sides[0] == .above && sides[20] == .inside && sides[41] == .inside)
    }

    @Test func droppedOutliersAreRemarkedOnNewRows() throws {
        let frame = try numbers((0...100).map(Double.init))
        let limits = try OutlierLimits(
            learning: .quantile(low: 0.1, high: 0.9), columns: ["x"], by: [], from: frame, rows: nil, context: .quiet)
        let remarks = try DropOutliersStep(limits).remarks(on: try numbers([5, 50, 95, .nan]))
        #expect(remarks.all == [.init(kind: .unlike, column: "x between 10 and 90", rows: [0, 2])])
    }

    // MARK: bin

    @Test func bandsAreCutWhereTheySay() throws {
        let frame = try numbers([0, 1, 2, 3, 4, 5, 6, 7, 8, .nan])
        let edges = BinStep(["x"], .edges(try edges("[3, 6]")), labels: ["low", "middle", "high"])
        #expect(
            try column("x", after: edges, on: frame).map(\.plainText) == [
                "low", "low", "low", "middle", "middle", "middle", "high", "high", "high", "",
            ])
        #expect(!edges.learns && edges.effect == .makes)
        #expect(BandLearner.quantileEdges([0, 1, 2, 3, 4, 5, 6, 7, 8], bands: 3) == [3, 6])
        #expect(BandLearner.equalEdges([0, 10, 3, 100], bands: 4) == [25, 50, 75])
        #expect(BandLearner.roundest(above: 1433.3, upTo: 1433.9) == 1433.9 && BandLearner.roundest(above: 0.12345, upTo: 0.125) == 0.125)
        // Outcome 0 up to 39, 1 to 69, then 0 again.
        let values = (0..<100).map(Double.init)
        let outcome = values.map { $0 >= 40 && $0 < 70 ? 1.0 : 0.0 }
        #expect(BandLearner.treeEdges(values, outcomes: [outcome], bands: 3) == [40, 70])
        #expect(BandLearner.treeEdges(values, outcomes: [outcome], bands: 9) == [40, 70])
    }

    @Test func valuesAllAlikeMakeFewerBands() throws {
        let frame = try numbers(Array(repeating: 1, count: 90) + (0..<10).map { 2 + Double($0) })
        let step = BinStep(["x"], .count(4, .quantile), labels: ["a", "b", "c", "d"])
        let fitted = try step.learned(from: frame)
        let result = try fitted.applied(to: frame)
        // All three edges are 1, the least value: everything lies in the last band.
        #expect(result["x"]?[0] == .text("d") && result["x"]?[99] == .text("d"))
        let unnamed = try BinStep(["x"], .count(4, .quantile)).learned(from: frame).applied(to: frame)
        #expect(unnamed["x"]?[0] == .text("all"))
    }

    /// The same values whatever the number of threads, by two keys with gaps, for each way to fill.
    @Test func imputesTheSameOnOneThreadAndTwo() throws {
        var stream = RandomStream(seed: 11, purpose: "impute")
        let count = 30_000
        let x = (0..<count).map { _ -> Double in stream.next() % 10 == 0 ? .nan : Double(stream.next() % 5_000) / 8 }
        let kind = (0..<count).map { _ -> String? in stream.next() % 30 == 0 ? nil : "k\(stream.next() % 6)" }
        let place = (0..<count).map { _ -> Double in stream.next() % 40 == 0 ? .nan : Double(stream.next() % 500) / 2 }
        let frame = try Frame([("x", .numbers(x)), ("kind", .text(kind)), ("place", .numbers(place))])
        for method in [ImputeStep.Method.median, .mean, .mode] {
            let step = ImputeStep(["x"], method, by: try groups("kind", "place"))
            let results = try [1, 2].map { threads -> [UInt64] in
                let context = ComputeContext(threads: ThreadCount(threads))
                var remarks = StepRemarks(collects: false)
                let fitted = try step.learn(from: frame, rows: nil, context: context)
                return try fitted.apply(to: frame, remarks: &remarks, context: context)["x"]?.numbers().map(\.bitPattern) ?? []
            }
            #expect(results[0] == results[1] && results[0].count == count)
        }
    }

    // MARK: sparse columns

    private func sparse(_ rows: [Int32], _ values: [Double], count: Int = 10) -> Column {
        Column(.sparse(SparseNumbers(count: count, rows: rows, values: values)))
    }

    /// Divided and not moved: zeros stay zero, the column stays sparse, and values are those of the same rows written out.
    @Test func scaleKeepsSparseColumnsSparse() throws {
        let column = sparse([1, 4, 7], [2, 4, 4])
        let frame = try Frame([("w", column), ("none", sparse([], [])), ("dense", .numbers([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))])
        let dense = try Frame([("w", .numbers(column.numbers())), ("none", .numbers(Array(repeating: 0, count: 10)))])
        for (method, width) in [(ScaleStep.Method.standard, 1.6124515496597098), (.robust, 1.5), (.minmax, 4)] {
            let fitted = try ScaleStep(["w", "none"], method).learned(from: frame)
            let scaled = try fitted.applied(to: frame)
            #expect(scaled["w"]?.isSparse == true && scaled["none"]?.isSparse == true)
            let expected = column.numbers().map { $0 / width }
            #expect(zip(try #require(scaled["w"]).numbers(), expected).allSatisfy { abs($0 - $1) < 1e-15 })
            #expect(try fitted.applied(to: dense)["w"]?.numbers() == scaled["w"]?.numbers())
            #expect(scaled["none"]?.numbers() == Array(repeating: 0, count: 10))
        }
        let note = try ScaleStep(["w"], .standard).learned(from: frame).learned?.rows[0][3]
        #expect(note == .text("sparse: divided, zeros stay zero"))
        // A range that begins elsewhere moves zeros, and is asked for by name.
        let moved = try ScaleStep(["w"], .minmax(range: nil, to: 1...2)).learned(from: frame).applied(to: frame)
        #expect(moved["w"]?.isSparse == false && moved["w"]?[0] == .number(1) && moved["w"]?[4] == .number(2))
    }

    @Test func imputeKeepsSparseColumnsSparse() throws {
        let frame = try Frame([("w", sparse([1, 4, 7], [2, 4, 4])), ("g", .text((0..<10).map { $0 < 5 ? "a" : "b" }))])
        for (method, value) in [(ImputeStep.Method.median, 0), (.mean, 1), (.mode, 0)] {
            let fitted = try ImputeStep(["w"], method).learned(from: frame)
            #expect(try fitted.applied(to: frame)["w"]?.isSparse == true)
            // New rows may have gaps where the learning rows had none.
            let filled = try fitted.applied(to: Frame([("w", .numbers([.nan, 7])), ("g", .text(["a", "b"]))]))
            #expect(filled["w"]?.numbers() == [Double(value), 7])
        }
        let grouped = try ImputeStep(["w"], .mean, by: try groups("g")).learned(from: frame)
        #expect(try grouped.applied(to: frame)["w"]?.isSparse == true)
        #expect(try grouped.applied(to: Frame([("w", .numbers([.nan, .nan])), ("g", .text(["a", "b"]))]))["w"]?.numbers() == [1.2, 0.8])
    }

    // MARK: scale

    @Test func robustScaleTakesMedianAndQuartiles() throws {
        let frame = try numbers([1, 2, 3, 4, 5, 1_000_000, .nan])
        // Quartiles 2.25 and 4.75 of the six, median 3.5.
        #expect(try column("x", after: ScaleStep(["x"], .robust), on: frame)[0] == .number((1 - 3.5) / 2.5))
        let crowded = try ScaleStep(["x"], .robust).learned(from: try numbers([5, 5, 5, 5, 9]))
        let scaled = try #require(try crowded.applied(to: try numbers([9]))["x"]?[0].number)
        #expect((scaled - 2.5).magnitude < 1e-12)
    }

    // MARK: select

    @Test func correlationFindsWhatGoesWithTheTarget() throws {
        var stream = RandomStream(seed: 3, purpose: "select test")
        let signal = (0..<300).map { _ in stream.normal() }
        let frame = try Frame([
            ("noise", .numbers((0..<300).map { _ in stream.normal() })), ("signal", .numbers(signal)),
            ("twin", .numbers(signal.map { $0 * 2 + 0.01 * stream.normal() })),
            ("kind", .text(signal.map { $0 > 0 ? "up" : "down" })), ("same", .numbers(Array(repeating: 1, count: 300))),
            ("y", .numbers(signal.map { $0 + 0.2 * stream.normal() })),
        ])
        let columns = ["noise", "signal", "twin", "kind", "same"]
        func learned(_ method: SelectStep.Method, top: Int? = nil, above: Double? = nil, keep: [String] = []) throws -> FittedSelect {
            let target = method == .variance ? nil : LearningTarget(column: "y")
            let step = SelectStep(method, of: columns, top: top, above: above, keeping: keep, target: target)
            return try #require(try step.learned(from: frame) as? FittedSelect)
        }
        let correlation = try learned(.correlation, above: 0.3)
        #expect(Set(correlation.stays).intersection(["signal", "twin"]).count == 1 && correlation.stays.contains("kind"))
        let reasons = Dictionary(correlation.leftOut.map { ($0.column, $0.reason) }) { first, _ in first }
        #expect(reasons["noise"]?.contains("not above 0.3") == true && reasons["same"]?.contains("always 1") == true)
        #expect((reasons["signal"] ?? reasons["twin"])?.contains("correlates") == true)
        #expect(try learned(.lasso, top: 1).stays.allSatisfy { $0 == "signal" || $0 == "twin" })
        #expect(try learned(.importance, top: 1).stays.allSatisfy { $0 == "signal" || $0 == "twin" })
        #expect(try learned(.importance, top: 1, keep: ["noise"]).stays.contains("noise"))
        #expect(try Set(learned(.variance).stays) == ["noise", "signal", "twin", "kind"])
        // A goal with a value: the same column as two classes.
        #expect(
            try ColumnStrength.relation(
                #require(frame["kind"]), name: "kind", with: .classes(signal.map { $0 > 0 ? 1 : 0 }, names: ["n", "y"])) == 1)
    }

    @Test func whatIsLeftOutStaysLeftOutWhenItIsRewritten() throws {
        let frame = try Sales.frame()
        let recipe = Recipe([
            .init(SelectStep(.variance, of: ["sqft", "type", "lot"], top: 1, above: nil, keeping: ["lot"], target: nil), text: "select"),
            .init(ScaleStep(["sqft"], .standard), text: "scale"), .init(EncodeOneHotStep(["type"]), text: "encode"),
            .init(DeriveStep(try [("twice", "sqft * 2")].map(assignment)), text: "derive"),
            .init(RenameStep([.init(old: "sqft", new: "area")]), text: "rename"),
        ])
        let (fitted, after) = try recipe.fit(frame, rows: nil, context: .quiet)
        let out = Set(fitted.deselected(columns: frame.names).keys)
        #expect(after["area"] != nil, "the table keeps its columns")
        let select = try #require(fitted.entries[0].step as? FittedSelect)
        #expect(select.stays.contains("lot") && select.leftOut.count == 1)
        #expect(out == (select.leftOut[0].column == "sqft" ? ["area"] : ["type_condo", "type_flat", "type_house", "type_missing"]))
        #expect(recipe.learns && !Recipe([]).learns)
    }

    // MARK: balance

    @Test func balanceWeighsDropsAndRepeats() throws {
        let codes = (0..<100).map { Int32($0 % 10 == 0 ? 1 : 0) }
        let frame = try Frame([("left", .text(codes.map { $0 == 1 ? "yes" : "no" }))])
        func balanced(_ method: BalanceStep.Method, _ ratio: Double) throws -> (counts: [Int], weights: [Double]?, places: [Int32]) {
            let step = BalanceStep(method, ratio: ratio, seed: 1, target: LearningTarget(column: "left", positive: "yes"))
            let fitted = try #require(try step.learned(from: frame) as? FittedBalance)
            let (places, weights) = try fitted.balanced(.classes(codes, names: ["no", "yes"]), weights: nil)
            let counts = places.reduce(into: [0, 0]) { $0[Int(codes[Int($1)])] += 1 }
            return (counts, weights, places)
        }
        let weighted = try balanced(.weights, 1)
        // 90 no and 10 yes: 90 each, divided so that the mean is 1.
        #expect(
            weighted.counts == [90, 10] && (weighted.weights?[0] ?? 0) == 5 && ((weighted.weights?[1] ?? 0) - 5.0 / 9).magnitude < 1e-12)
        #expect(try balanced(.under, 1).counts == [10, 10] && balanced(.under, 0.5).counts == [20, 10])
        let over = try balanced(.over, 1)
        #expect(over.counts == [90, 90])
        // Each rare row nine times.
        #expect(over.places.filter { $0 == 10 }.count == 9)
        #expect(try balanced(.over, 0.25).counts == [90, 23])
        let twice = (try balanced(.under, 1).places, try balanced(.under, 1).places)
        #expect(twice.0 == twice.1)
        let fault = #expect(throws: Fault.self) {
            try BalanceStep(.weights, ratio: 1, seed: 1, target: LearningTarget(column: "x")).learned(from: try numbers([1, 2]))
        }
        #expect(fault?.code == "R0719")
    }
}
