import RondoFrame
import RondoKernels
import RondoLearning
import RondoReport
import Testing

/// `explain`: moves that add up to the answer, importances of the user's columns, and what is refused.
@Suite struct ExplainTests {
    private static let start = "drop id\ngoal predict price unit \"$\"\nsplit 60/20/20 by sold_on"

    private func houses(_ fits: String) -> TestSession {
        var session = HouseFile.session(rows: 500)
        session.accept(Self.start)
        session.accept(fits)
        return session
    }

    /// The moves of a table from the average to the answer, in its order.
    private func moves(_ table: TableBlock) -> [(column: String, size: Double)] {
        table.rows.dropFirst().map { ($0[0].plainText, $0[2].number ?? .nan) }
    }

    @Test(arguments: [
        "fit linear", "fit ridge", "fit lasso", "fit tree depth 5", "fit forest trees 12", "fit extra_trees trees 12",
        "fit boost trees 20",
    ]) func movesAddUpToTheAnswer(_ fit: String) throws {
        var session = houses(fit)
        for row in [1, 17, 350] {
            let report = session.accept("explain row \(row)")
            let table = try #require(report.tables.first)
            let (base, sum, prediction) = (report.number("base") ?? 0, report.number("sum") ?? 1, report.number("prediction") ?? 2)
            let total = moves(table).reduce(base) { $0 + $1.size }
            #expect(abs(total - sum) <= 1e-9 * abs(sum), "\(fit): \(total), \(sum)")
            #expect(abs(sum - prediction) <= 1e-9 * abs(sum), "\(fit): \(sum), \(prediction)")
            // One line for a column of the user, whatever it was encoded into.
            let columns: Set = ["type", "zip", "sqft", "rooms", "school"]
            #expect(Set(moves(table).map(\.column)).subtracting(["sold_on"]) == columns)
            #expect(report.words.contains("on average"), "\(report.words)")
        }
    }

    @Test func theLargestHouseIsMovedUpByItsSize() throws {
        var session = houses("fit forest trees 30")
        let frame = try session.prepared("sales")
        let sizes = try #require(frame["sqft"]).numbers()
        let largest = (0..<400).max { (sizes[$0].isNaN ? 0 : sizes[$0]) < (sizes[$1].isNaN ? 0 : sizes[$1]) } ?? 0
        let report = session.accept("explain forest row \(largest + 1)")
        let table = try #require(report.tables.first)
        #expect(table.rows[1][0] == .text("sqft") && (table.rows[1][2].number ?? 0) > 40_000, "\(table.rows)")
        #expect(report.words.contains("up: sqft"), "\(report.words)")
        #expect(report.words.contains("the true value is"))
        // Named columns alone, the others together: the same sum.
        let named = session.accept("explain forest row \(largest + 1) of zip, type")
        #expect(named.tables.first?.rows.map { $0[0].plainText }.contains("(4 others)") == true)
        #expect(named.number("sum") == report.number("sum"))
    }

    @Test(arguments: ["logistic", "tree depth 4", "forest trees 10", "boost trees 15", "naive_bayes"]) func classesNameTheirScale(
        _ family: String
    ) throws {
        var session = TestSession(["people.csv": ChooseTests.csv()])
        session.accept("load \"people.csv\" as people\ngoal predict left = \"yes\"\nsplit 60/20/20 by day\nfit \(family) as m")
        let report = session.accept("explain m row 30")
        let (sum, probability) = (report.number("sum") ?? .nan, report.number("probability") ?? .nan)
        let isScore = family == "logistic" || family.hasPrefix("boost")
        let positive = isScore ? Elementary.logistic(sum) : sum
        #expect(min(abs(positive - probability), abs(1 - positive - probability)) < 1e-9, "\(family): \(sum), \(probability)")
        #expect(report.words.contains(isScore ? "log odds of left = yes" : "probability of left = yes"), "\(report.words)")
        if isScore { #expect(abs((report.number("answer") ?? 0) - positive) < 1e-12) }
    }

    @Test func severalClassesExplainTheAnswer() throws {
        var session = houses("goal predict type\nfit forest trees 12 as f\nfit logistic as l")
        for model in ["f", "l"] {
            let report = session.accept("explain \(model) row 3")
            #expect(report.words.contains(model == "f" ? "probability of type" : "score of type"), "\(report.words)")
            if model == "f" { #expect(abs((report.number("sum") ?? 0) - (report.number("probability") ?? 1)) < 1e-9) }
            #expect((session.accept("explain \(model) method shap").tables.first?.rows.count ?? 0) > 3)
        }
    }

    @Test func calibratedAnswersSayWhatIsExplained() throws {
        var session = TestSession(["people.csv": ChooseTests.csv()])
        session.accept("load \"people.csv\" as people\ngoal predict left = \"yes\"\nsplit 60/20/20 by day\nfit forest trees 10")
        session.accept("choose forest calibrate platt")
        #expect(session.accept("explain forest row 5").words.contains("before calibration"))
    }

    // MARK: Seal and faults

    @Test func sealedRowsStaySealed() {
        var session = houses("fit tree depth 4")
        let error = session.expectFault("explain tree row 480", "R0831")
        #expect(error?.remedy == "explain tree row 400")
        session.accept("explain tree row 400")
        #expect(session.accept("explain tree row 480 on test").words.contains("the seal of the test part is broken"))
        #expect(session.accept("explain tree row 481").words.contains("opened before"))
        #expect(session.accept("score tree on test").words.contains("more than once"))
    }

    @Test func whatCannotBeExplainedIsRefused() {
        var session = houses("fit linear\nfit tree depth 3")
        for row in ["0", "501"] { session.expectFault("explain tree row \(row)", "R0830") }
        session.expectFault("explain tree row 3 method permutation", "R0237")
        session.expectFault("explain tree row 3 of price", "R0815")
        session.expectFault("explain linear method impurity", "R0832")
        session.accept("goal \"groups\"\nfit kmeans clusters 2")
        session.expectFault("explain kmeans row 3", "R0443")
    }

    // MARK: Importances

    @Test(arguments: ["linear", "forest trees 12"]) func shapRanksColumnsAndTellsTheirDirection(_ family: String) throws {
        var session = houses("fit \(family) as m")
        let report = session.accept("explain m method shap")
        let table = try #require(report.tables.first)
        #expect(table.columns.map(\.name) == ["column", "mean_move", "share", "direction"])
        #expect(table.rows[0][0] == .text("sqft") && table.rows[0][3] == .text("up"), "\(table.rows)")
        let shares = table.rows.compactMap { $0[2].number }
        #expect(abs(shares.reduce(0, +) - 1) < 1e-9 && shares == shares.sorted(by: >))
        #expect(report.blocks.contains { if case .chart = $0 { true } else { false } })
        #expect(table.rows.first { $0[0] == .text("type") }?[3] == .text("loft up, condo down"))
        let one = session.accept("explain m method shap of sqft")
        #expect(one.tables.first?.rows.count == 1)
    }

    @Test(arguments: ["tree depth 5", "forest trees 12", "extra_trees trees 12", "boost trees 20"]) func impurityAddsUpToOne(
        _ family: String
    ) throws {
        var session = houses("fit \(family) as m")
        let table = try #require(session.accept("explain m method impurity").tables.first)
        #expect(table.rows[0][0] == .text("sqft"))
        #expect(abs(table.rows.compactMap { $0[1].number }.reduce(0, +) - 1) < 1e-9)
    }
}
