import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession
import Testing

/// Trap 1 of the story: the target never gets into a feature, by whatever road.
@Suite struct TargetGuardTests {
    static let bands = "band,label\n0,zero\n1,one\n2,two\n3,three\n4,four\n"

    /// Each way of making a column that contains the target, and the column.
    static let roads: [(cells: String, column: String)] = [
        ("derive price_per_sqft = price / sqft", "price_per_sqft"),
        ("derive doubled = price * 2, quietly = doubled + 1", "quietly"),
        ("derive doubled = price * 2\nrename doubled as innocent", "innocent"),
        ("derive m = mean(price by zip)", "m"),
        ("derive m = mean(sqft where price > 100k by zip)", "m"),
        ("derive m = median(sqft by round(price / 100000))", "m"),
        ("derive dear = if price > 200k then 1 else 0", "dear"),
        ("derive dear = price > 200k or rooms > 2", "dear"),
        ("derive words = text(price)", "words"),
        ("derive r = lag(price over sold_on)", "r"),
        ("load \"bands.csv\" as bands\nuse sales\njoin bands by floor(price / 100000) = band", "label"),
    ]

    private func session() -> TestSession {
        var session = HouseFile.session(more: ["bands.csv": Self.bands])
        session.accept("goal predict price")
        return session
    }

    @Test(arguments: roads.indices) func tainted(_ index: Int) throws {
        let road = Self.roads[index]
        var session = session()
        let last = session.accept(road.cells)
        if !road.cells.hasPrefix("derive doubled = price * 2\n") {
            #expect(last.warnings.contains("the target, price: kept for looking, never a feature"), "\(last.words)")
        }
        session.accept("split 60/20/20 by sold_on")
        session.expectFault("fit linear using sqft, \(road.column)", "R0404")
        session.accept("fit linear")
        let model = try #require(session.workspace.model("linear"))
        #expect(!model.features.contains(road.column))
        #expect(!model.features.contains("price"))
        #expect(model.leftOut.contains { $0.column == road.column })
    }

    @Test func theTargetItselfIsNoFeature() throws {
        var session = session()
        session.accept("split 60/20/20 by sold_on")
        session.expectFault("fit linear using sqft, price", "R0404")
        session.accept("fit linear using every number")
        let model = try #require(session.workspace.model("linear"))
        #expect(Set(model.features) == ["sqft", "rooms", "zip"], "every number takes all numbers but the target")
        session.accept("fit linear using sqft..price as span")
        #expect(session.workspace.model("span")?.features.contains("price") == false)
    }

    /// Sets of columns never take the target, nor what contains it, whatever pattern names them.
    @Test(arguments: [
        "every column", "every number", "every column like \"*\"", "every column like \"p*\", sqft", "every number like \"*r*\"",
        "every column like \"?????\"", "sqft..price", "price..sqft, every truth", "every column but id, sold_on",
    ]) func setsOfColumnsLeaveTheTargetOut(_ columns: String) throws {
        var session = session()
        session.accept("derive per_sqft = price / sqft, profit = rooms * 2\nderive pricey = price > 200k\nsplit 60/20/20 by sold_on")
        let report = try #require(session.run("fit linear using \(columns)").last)
        if let error = report.error {
            // What contains the target is named by the pattern: an error that says so, never a feature.
            #expect(error.code == "R0404" && error.message.contains("contains the target"), "\(error.message)")
            return
        }
        let features = try #require(session.workspace.model("linear")?.features)
        #expect(Set(features).isDisjoint(with: ["price", "per_sqft", "pricey"]), "\(features)")
    }

    @Test(arguments: ["scale every number standard", "impute every number median", "scale every column like \"*r*\" minmax"])
    func stepsOnSetsLeaveTheTargetAsItIs(_ cell: String) throws {
        var session = session()
        let before = try session.prepared("sales")["price"]?.numbers()
        if session.run(cell).last?.error != nil { session.accept("scale every number like \"*r*\" minmax") }
        #expect(try session.prepared("sales")["price"]?.numbers() == before)
    }

    @Test func withoutTakesSetsToo() throws {
        var session = session()
        session.accept("split 60/20/20 by sold_on\nfit linear without every column like \"s*\"")
        let features = try #require(session.workspace.model("linear")?.features)
        #expect(features.allSatisfy { !$0.hasPrefix("s") } && features.contains("rooms"))
    }

    @Test func aTargetWithOneValueIsRefused() {
        let csv = HouseFile.csv(rows: 60, extra: [("flat", { _ in "5" }), ("word", { _ in "yes" })])
        var session = TestSession(["sales.csv": csv])
        session.accept("load \"sales.csv\" as sales\ngoal predict flat\nsplit 60/20/20 by sold_on")
        for family in ["linear", "tree", "forest trees 3", "ridge"] {
            let error = session.expectFault("fit \(family)", "R0408")
            #expect(error?.message.contains("flat is 5 in every training row") == true, "\(error?.message ?? "")")
        }
        session.accept("goal predict word")
        session.expectFault("fit tree", "R0408")
    }

    /// One value in training and others later is refused as well: there is nothing to learn.
    @Test func aTargetThatIsConstantInTrainingOnly() {
        let csv = HouseFile.csv(rows: 60, extra: [("late", { $0 < 40 ? "0.5" : "\($0).5" })])
        var session = TestSession(["sales.csv": csv])
        session.accept("load \"sales.csv\" as sales\ngoal predict late\nsplit 60/20/20 by sold_on")
        session.expectFault("fit linear", "R0408")
    }

    @Test func theRenamedTargetStaysTheTarget() throws {
        var session = HouseFile.session()
        session.accept("derive ppsf = price / sqft\nrename price as cost\ngoal predict cost\nsplit 60/20/20 by sold_on\nfit linear")
        let model = try #require(session.workspace.model("linear"))
        #expect(!model.features.contains("ppsf") && !model.features.contains("cost"))
    }

    @Test func flagsAreNeverFeatures() throws {
        var session = session()
        session.accept("flag luxury where price > 200k\nflag small where sqft < 700\nsplit 60/20/20 by sold_on\nfit linear")
        let model = try #require(session.workspace.model("linear"))
        #expect(!model.features.contains("luxury") && !model.features.contains("small"))
        session.expectFault("fit linear using luxury", "R0404")
    }

    @Test func learnedStepsNeitherGroupByNorWorkOnTheTarget() {
        var session = session()
        session.accept("derive dear = price > 200k")
        session.expectFault("impute sqft median by price", "R0332")
        session.expectFault("impute sqft median by dear", "R0332")
        session.expectFault("impute price median", "R0331")
        session.expectFault("scale price minmax", "R0331")
        session.accept("scale every number standard")
    }

    @Test func aSingleColumnThatKnowsTooMuchIsPointedOut() {
        var stream = 0
        let csv = HouseFile.csv(rows: 200)
        let lines = csv.split(separator: "\n").map(String.init)
        var text = lines[0] + ",fee\n"
        for line in lines.dropFirst() {
            stream += 1
            text += line + ",\((Double(line.split(separator: ",", omittingEmptySubsequences: false).last ?? "0") ?? 0) * 0.03)\n"
        }
        var session = TestSession(["sales.csv": text])
        session.accept("load \"sales.csv\" as sales\ngoal predict price\nsplit 60/20/20 by sold_on")
        #expect(session.accept("fit linear").warnings.contains("fee alone explains"))
        #expect(!session.accept("fit linear without fee").warnings.contains("alone explains"))
    }
}
