import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession
import Testing

/// Conditions and groups read the values that the user knows; filters hold on new rows at their place of the recipe.
@Suite struct KnownValuesTests {
    private func session(_ steps: String, goal: String = "goal predict price at sold_on", split: String = "split 60/20/20 by sold_on")
        -> TestSession
    {
        var session = HouseFile.session()
        session.accept("\(goal)\n\(steps)\n\(split)\nfit linear")
        return session
    }

    private static let coded = """
        impute sqft median
        scale sqft, rooms standard
        encode type onehot
        encode school ordinal ["A", "B", "C"]
        """

    @Test(arguments: ["errors linear", "describe price", "count"]) func bandsAreInTheUnitsOfTheUser(_ verb: String) throws {
        var plain = session("")
        var coded = session(Self.coded)
        let cell = "\(verb) by sqft bands [1000, 2000]"
        let (before, after) = (plain.accept(cell), coded.accept(cell))
        let column = verb == "describe price" ? 1 : 0
        let bands = before.tables.first?.rows.map { $0[column].plainText }
        #expect(bands?.count == 4, "three bands and the gaps")
        #expect(after.tables.first?.rows.map { $0[column].plainText } == bands)
        #expect(after.words.contains("sqft is read in its own values, as before: impute sqft median"))
        #expect(!before.words.contains("own values"))
    }

    @Test(arguments: ["type", "school"]) func codedWordsStillGroup(_ column: String) throws {
        var session = session(Self.coded)
        let words = column == "type" ? HouseFile.types : ["A", "B", "C"]
        #expect(session.accept("errors by \(column)").tables.first?.rows.map { $0[0].plainText } == words)
        #expect(session.accept("count by \(column)").tables.first?.rows.map { $0[0].plainText } == words)
        #expect(session.accept("describe price by \(column)").tables.first?.rows.map { $0[1].plainText } == words)
    }

    /// The same rows are judged, coded or not.
    @Test(arguments: [
        "score where type = \"loft\"", "score where sqft > 1500 and school != \"B\"", "errors by zip where rooms >= 3",
        "compare where type in [\"loft\", \"condo\"]", "explain method permutation where sqft > 1000",
        "check sqft > 700 and type = \"loft\"",
        "count where sqft is missing", "head 5 price where type = \"house\"", "fit tree depth 2 where type = \"house\"",
    ]) func conditionsReadKnownValues(_ cell: String) throws {
        var plain = session("")
        var coded = session(Self.coded)
        let (before, after) = (plain.accept(cell), coded.accept(cell))
        for name in ["rows", "holds", "missing", "training_rows"] { #expect(after.number(name) == before.number(name), "\(name)") }
        if cell.hasPrefix("errors") {
            #expect(after.tables.first?.rows.map { $0[1] } == before.tables.first?.rows.map { $0[1] })
        }
    }

    @Test func theScopeOfAGoalReadsKnownValues() throws {
        let goal = "goal predict price at sold_on scope type != \"loft\" and sqft < 2000"
        let (plain, coded) = (session("", goal: goal), session(Self.coded, goal: goal))
        let rows = try #require(plain.workspace.model("linear")?.trainingRows)
        #expect(rows.count < 360 && coded.workspace.model("linear")?.trainingRows == rows)
    }

    /// Columns may still be derived; a word that is none is said at once, and what can never hold is refused.
    @Test func unknownColumnsOfAGoalAreNamed() {
        var session = HouseFile.session()
        let words = session.accept("goal predict price at sold_onn scope sqftt > 100 and new = 1").words
        #expect(words.contains("at sold_onn: table sales has no such column; did you mean sold_on?"))
        #expect(words.contains("has no column sqftt; did you mean sqft?") && words.contains("has no column new yet"))
        #expect(!session.accept("goal predict price at sold_on scope sqft > 100").words.contains("no column"))
        session.expectFault("goal predict price scope sqft + 1", "R0212")
    }

    @Test func worstRowsShowKnownValues() throws {
        var session = session(Self.coded)
        let table = try #require(session.accept("errors worst 5").tables.first)
        let place = try #require(table.columns.firstIndex { $0.name == "sqft" })
        #expect(table.rows.allSatisfy { $0[place].isMissing || ($0[place].number ?? 0) > 400 })
        #expect(table.columns.contains { $0.name == "type" } && !table.columns.contains { $0.name.hasPrefix("type_") })
    }

    @Test func splitsReadKnownValues() throws {
        let parts = session("", split: "split 60/20/20 stratify type folds 3").workspace.table("sales")?.split
        let coded = session(Self.coded, split: "split 60/20/20 stratify type folds 3").workspace.table("sales")?.split
        #expect(coded?.parts == parts?.parts && coded?.folds == parts?.folds)
    }

    /// Without a validation part the folds are judged on the rows asked for.
    @Test func foldsAreJudgedOnTheRowsAskedFor() {
        var session = session(Self.coded, split: "split 80/20 by sold_on")
        let all = session.accept("score").number("rows") ?? 0
        let some = session.accept("score where type = \"loft\"").number("rows") ?? 0
        #expect(all == 480 && some > 0 && some < 240)
    }

    /// Rows of one group never teach about each other, in folds made by the way neither.
    @Test func foldsKeepGroupsTogether() throws {
        let csv = HouseFile.csv(rows: 300, extra: [("owner", { "o\($0 / 6)" }), ("luck", { "\(($0 / 6 * 7919) % 101)" })])
        var session = TestSession(["sales.csv": csv])
        session.accept("load \"sales.csv\" as sales\ngoal predict luck\nsplit 80/20 group owner\nfit tree using owner leaf 1")
        let report = session.accept("score")
        #expect(report.words.contains("5 folds of the training rows"))
        #expect((report.number("r2") ?? 1) < 0.2, "owners that are judged were never seen")
        session.accept("split 80/20\nfit tree using owner leaf 1")
        #expect((session.accept("score").number("r2") ?? 0) > 0.9, "at random each owner is in every fold")
    }

    /// A model of more rows than the training part is judged on all of them.
    @Test func foldsCoverTheRowsOfTheModel() {
        var session = session("", split: "split 60/20/20 by sold_on folds 3")
        session.accept("fit linear on all as everything")
        let report = session.accept("score everything")
        #expect(report.number("rows") == 600 && report.words.contains("5 folds of the training rows"))
    }

    // MARK: Releases

    /// New rows are held against a filter as the rows of the table were.
    @Test(arguments: [
        ("scale rooms minmax", "filter rooms < 6", "rooms = 5", "rooms = 6"),
        ("scale rooms standard\nencode type onehot", "filter type != \"loft\"", "type = \"condo\"", "type = \"loft\""),
        ("encode school ordinal [\"A\", \"B\", \"C\"]", "filter school != \"C\"", "school = \"B\"", "school = \"C\""),
        ("impute sqft with 100.5", "filter sqft > 100 and sqft < 2300", "rooms = 2", "sqft = 9000"),
        ("derive area = sqft / rooms", "filter area < 1500", "sqft = 1000, rooms = 1", "sqft = 2000, rooms = 1"),
        ("rename rooms as chambers", "filter chambers < 6", "rooms = 2", "rooms = 6"),
    ]) func filtersHoldAtTheirPlace(_ step: String, _ filter: String, _ like: String, _ unlike: String) throws {
        var session = session("\(step)\n\(filter)")
        session.accept("deploy linear as house_price")
        let words = "outside what the model was trained on: \(filter.dropFirst(7))"
        #expect(!session.accept("predict house_price \(like)").warnings.contains(words))
        #expect(session.accept("predict house_price \(unlike)").warnings.contains(words))
        #expect(session.accept("recipe").tables.first?.rows.contains { $0.contains(.text(filter)) } == true)
    }

    @Test func filtersOnTheTargetAreSkippedOnNewRows() throws {
        var session = session("derive each = price / sqft\nfilter price > 100k\nfilter each < 1000")
        session.accept("deploy linear as house_price")
        #expect(!session.accept("predict house_price sqft = 1").warnings.contains("outside what"))
    }

    @Test func theAggregatesOfAFilterStayWhatTheyWere() throws {
        var session = session("filter rooms < mean(rooms)")
        session.accept("deploy linear as house_price")
        #expect(!session.accept("predict house_price rooms = 3").warnings.contains("outside what"))
        #expect(session.accept("predict house_price rooms = 4").warnings.contains("outside what"))
    }

    /// A scope over coded columns answers in a release as in the session.
    @Test func scopesOfReleasesReadKnownValues() throws {
        var session = session(Self.coded, goal: "goal predict price at sold_on scope type != \"loft\" and sqft < 2000")
        session.accept("deploy linear as house_price fallback \"please ask\"")
        #expect(session.accept("predict house_price type = \"loft\", sqft = 1000").words.contains("please ask (outside scope"))
        #expect(session.accept("predict house_price type = \"condo\", sqft = 2500").words.contains("please ask (outside scope"))
        #expect(!session.accept("predict house_price type = \"condo\", sqft = 1000").words.contains("please ask"))
    }

    /// A flag and the condition that it names hold for the same rows, and so does a filter.
    @Test func flagsFiltersAndCountsAgree() throws {
        for condition in ["sqft is missing", "sqft > 1500", "type = \"loft\" and rooms < 4"] {
            var session = session(Self.coded, split: "split 60/20/20")
            let counted = session.accept("count where \(condition)").number("rows")
            #expect(session.accept("flag chosen where \(condition)").number("flagged") == counted)
            #expect(session.accept("count where chosen").number("rows") == counted)
            _ = session.session.undo(5)
            session.accept("load \"sales.csv\" as sales\n\(Self.coded)")
            #expect(session.accept("filter \(condition)").number("rows") == counted, "\(condition)")
        }
    }

    /// A flag over a column that the model does not use asks nothing of new rows.
    @Test func unusedColumnsAreNotAskedFor() {
        var session = session("flag large where rooms > 4\nderive doubled = rooms * 2\nfilter rooms < 6")
        session.accept("fit linear using sqft as small\ndeploy small as house_price")
        #expect(session.accept("predict house_price sqft = 900").number("prediction") != nil)
    }

    @Test func aFlagIsAScopeToo() throws {
        var session = session("scale rooms minmax\nflag large where rooms > 4\nencode type onehot")
        session.accept("deploy linear as house_price scope not large fallback \"please ask\"")
        #expect(session.accept("predict house_price rooms = 6").words.contains("please ask"))
        #expect(!session.accept("predict house_price rooms = 2").words.contains("please ask"))
    }

    @Test func aScopeOverAColumnThatTheModelDoesNotUse() throws {
        var session = session("", goal: "goal predict price at sold_on")
        session.accept("fit linear using sqft, rooms as small\ndeploy small as house_price scope type = \"loft\" fallback \"please ask\"")
        #expect(session.accept("predict house_price sqft = 900, rooms = 2, type = \"condo\"").words.contains("please ask"))
        #expect(session.accept("predict house_price sqft = 900, rooms = 2").warnings.contains("missing: type"))
    }

    @Test func aScopeThatOneRowCannotTellIsRefused() throws {
        var session = session("")
        session.expectFault("deploy linear as house_price scope sqft < 2 * mean(sqft)", "R0529")
    }

    /// Checks without `expect 100%` are warnings on new rows.
    @Test func checksAreWarningsOnNewRows() throws {
        var session = session("check rooms < 7\ncheck sqft > 400 expect 10%\ncheck price > 1")
        session.accept("deploy linear as house_price")
        #expect(session.accept("predict house_price rooms = 8, sqft = 1000").warnings.contains("fails the check rooms < 7"))
        #expect(session.accept("predict house_price rooms = 2, sqft = 100").warnings.contains("fails the check sqft > 400"))
        #expect(!session.accept("predict house_price rooms = 2, sqft = 1000").warnings.contains("fails the check"))
    }

    // MARK: Words about answers

    @Test func aGapIsSaidOnce() throws {
        let csv = HouseFile.csv(rows: 600)
        var session = TestSession(["sales.csv": csv])
        session.accept(
            """
            load "sales.csv" as sales
            goal predict price at sold_on
            impute type with "unknown"
            split 60/20/20 by sold_on
            fit tree depth 4
            deploy tree as house_price
            """)
        let said = session.accept("predict house_price sqft = 900").warnings
        #expect(said.contains("missing: ") && said.contains("type") && !said.contains("type has a value that training did not have"))
        #expect(session.accept("predict house_price type = \"tent\"").warnings.contains("type has a value that training did not have"))
    }

    @Test func aMissingKeyIsNoKeyWithoutARecord() {
        var session = HouseFile.session(more: ["zips.csv": "zip,income\n10001,5\n10002,6\n10003,7\n10004,8\n"])
        session.accept(
            """
            load "zips.csv" as zips
            use sales
            join zips by zip
            goal predict price at sold_on
            split 60/20/20 by sold_on
            fit linear
            deploy linear as house_price
            """)
        #expect(!session.accept("predict house_price sqft = 900").warnings.contains("no match"))
        #expect(session.accept("predict house_price zip = 99999").warnings.contains("zip has no match in the joined table"))
    }

    @Test func manyAnswersAreWarnedOfInSum() throws {
        var session = session("")
        session.accept("deploy linear as house_price")
        let report = session.accept("predict house_price from sales")
        let gaps = try #require(session.workspace.table("sales")?.rows["sqft"]?.missingCount)
        #expect(report.number("with_gaps") == Double(gaps) && report.number("rows") == 600)
        #expect((report.number("warned") ?? 0) < 60, "a filled gap alone is no warning")
        #expect(report.words.contains("missing: sqft \(gaps) rows"))
    }

    @Test func datesInTreesAreSaid() {
        var session = session("")
        #expect(session.accept("fit tree depth 3").words.contains("sold_on counts as a point in time"))
        #expect(!session.accept("fit linear").words.contains("counts as a point in time"))
        #expect(!session.accept("fit tree using sqft as small").words.contains("point in time"))
    }

    @Test func segmentsWithoutRowsAreSaidSo() {
        var session = session("flag none where sqft > 1M\nflag large where sqft > 1000")
        let report = session.accept("score")
        #expect(report.words.contains("no rows of none") && !report.words.contains("few rows: none"))
        #expect(report.tables.last?.rows.map { $0[0].plainText } == ["large"])
    }
}
