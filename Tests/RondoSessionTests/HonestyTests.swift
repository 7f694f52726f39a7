import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession
import Testing

/// What Rondo notices unasked, and what it never does.
@Suite struct HonestyTests {
    // MARK: Traps of the story

    /// Trap 2: rows vanish without a step; the ledger says which steps there were.
    @Test func trap2CountAgainstTheLedger() {
        var session = HouseFile.session()
        session.accept("filter price > 1")
        let report = session.accept("check count() = 450")
        #expect(report.warnings.contains("does not hold: 600 against 450"), "\(report.warnings)")
        let table = report.tables.first
        #expect(table?.caption == "row ledger of sales")
        #expect(table?.rows.count == 2)
        session.expectFault("check count() = 450 expect 100%", "R0324")
        #expect(session.accept("check count() = 600").words.contains("holds"))
    }

    /// Trap 3: shares that do not add up to the rows there are.
    @Test func trap3SharesOfAnotherTable() {
        var session = HouseFile.session(rows: 450)
        let error = session.expectFault("split 300/100/100", "R0420")
        #expect(error?.message.contains("500") == true && error?.message.contains("450 rows") == true)
        session.accept("split 300/100/50")
    }

    /// Trap 4: a random split over time.
    @Test func trap4RandomSplitOverTime() {
        var session = HouseFile.session()
        #expect(session.accept("split 60/20/20").warnings.contains("split … by sold_on"))
        #expect(session.accept("split 60/20/20 stratify type").warnings.contains("puts the future into training"))
        #expect(!session.accept("split 60/20/20 by sold_on").warnings.contains("random"))
        var undated = HouseFile.session()
        undated.accept("drop sold_on")
        #expect(undated.accept("split 60/20/20").warnings.isEmpty)
    }

    /// Trap 10: one segment under two names with other bounds.
    @Test func trap10OverlappingFlags() {
        var session = HouseFile.session()
        session.accept("flag luxury where price > 200k")
        #expect(session.accept("flag dear where price > 190k").warnings.contains("dear overlaps luxury"))
        #expect(session.accept("flag roomy where rooms > 5").warnings.isEmpty)
    }

    /// Trap 11: a derived column that is missing or constant everywhere, with the reason.
    @Test func trap11ColumnsThatSayNothing() {
        let csv = HouseFile.csv(rows: 60, extra: [("renovated", { _ in "" })])
        var session = TestSession(["sales.csv": csv])
        session.accept("load \"sales.csv\" as sales")
        #expect(session.accept("derive fresh = renovated is not missing").warnings.contains("fresh is false in every row"))
        #expect(
            session.accept("derive since = number(renovated) - 5").warnings.contains(
                "since is missing in every row: so is renovated"))
        #expect(session.accept("derive age = rooms + 1").warnings.isEmpty)
    }

    // MARK: Ledger

    @Test func ledgerAddsUpThroughEveryRowStep() throws {
        let doubled = HouseFile.csv(rows: 300) + HouseFile.csv(rows: 40).split(separator: "\n").dropFirst().joined(separator: "\n") + "\n"
        var session = TestSession(["sales.csv": doubled, "zips.csv": "zip,income\n10001,5\n10002,6\n10003,7\n"])
        session.accept(
            """
            load "zips.csv" as zips
            load "sales.csv" as sales
            filter sqft > 600
            dedupe by id
            join zips by zip keep matched
            goal predict price
            split 60/20/20 by sold_on
            filter price > 60k on train
            """)
        let report = session.accept("ledger")
        #expect(report.number("unexplained") == 0 && report.words.contains("adds up"))
        let entries = try #require(session.workspace.table("sales")?.ledger.entries)
        #expect(entries.map(\.kind) == [.loaded, .filtered, .deduplicated, .joined, .split, .filtered])
        #expect(entries.first?.after == 340)
        var rows = 340
        for entry in entries.dropFirst() {
            #expect(entry.before == rows)
            rows = entry.after
            if entry.kind == .filtered || entry.kind == .deduplicated {
                #expect(entry.reasons.map(\.rows).reduce(0, +) >= entry.before - entry.after)
            }
        }
        #expect(rows == session.workspace.table("sales")?.rows.rowCount)
    }

    // MARK: Rows that do not teach

    static let pipeline = """
        load "sales.csv" as sales
        goal predict price at sold_on
        derive sqft_of_zip = mean(sqft by zip)
        impute sqft median by type, zip
        encode school ordinal ["A", "B", "C"]
        encode type onehot
        scale rooms minmax
        split 60/20/20 by sold_on
        fit linear
        fit tree depth 5
        fit forest trees 10 depth 6
        fit ridge penalty 2
        """

    /// Validation and test rows are overwritten with noise of the same type: nothing that was learned may move.
    @Test func noiseInOtherPartsTeachesNothing() throws {
        var clean = TestSession(["sales.csv": HouseFile.csv(rows: 500)])
        var noisy = TestSession(["sales.csv": HouseFile.csv(rows: 500, noiseFrom: 300)])
        clean.accept(Self.pipeline)
        noisy.accept(Self.pipeline)
        #expect(clean.workspace.models.count == 4)
        for model in clean.workspace.models {
            let other = try #require(noisy.workspace.model(model.name))
            #expect(model.trainingRows == other.trainingRows)
            #expect(model.features == other.features)
            #expect(
                model.predictor.fitted.archive().encoded() == other.predictor.fitted.archive().encoded(),
                "\(model.name) learned from rows it must not see")
            #expect(
                WorkspaceDigest.hash(model.predictor.archive()) == WorkspaceDigest.hash(other.predictor.archive()), "\(model.name): recipe")
            for cell in ["score \(model.name) on train including seen", "recipe model \(model.name)"] {
                #expect(CellDigest(clean.accept(cell)) == CellDigest(noisy.accept(cell)), "\(cell)")
            }
        }
        let train = ["describe on train", "recipe"]
        for cell in train { #expect(CellDigest(clean.accept(cell)) == CellDigest(noisy.accept(cell)), "\(cell)") }
        #expect(clean.accept("score linear").number("rmse") != noisy.accept("score linear").number("rmse"), "the noise is there")
    }

    @Test func stepsTypedBeforeTheSplitAreLearnedAgain() throws {
        var session = HouseFile.session()
        #expect(session.accept("impute sqft median").words.contains("shown from all rows; will be learned from training rows"))
        let before = session.accept("recipe")
        #expect(session.accept("split 60/20/20 by sold_on").words.contains("learned steps now learn from train"))
        let after = session.accept("recipe")
        #expect(CellDigest(before) != CellDigest(after), "the median of the training rows is another one")
    }

    // MARK: Goal and baseline

    @Test(arguments: [("price", "mape < 10%"), ("type", "accuracy > 90%")]) func adviceFitsTheTask(_ target: String, _ example: String) {
        var session = HouseFile.session()
        #expect(session.accept("goal predict \(target)").words.contains("succeed when \(example) would say"))
    }

    @Test func everyScoreStandsBesideGoalAndBaseline() {
        var session = HouseFile.session()
        session.accept("goal predict price at sold_on succeed when mape < 90%\nsplit 60/20/20 by sold_on")
        for cell in ["fit linear", "score", "score on test"] {
            let report = session.accept(cell)
            #expect(report.words.contains("goal < 90% met"), "\(cell): \(report.words)")
            #expect(report.number("baseline_mape") ?? 0 > report.number("mape") ?? 1, "\(cell)")
            #expect(report.words.contains("baseline"))
        }
        let table = session.accept("compare").tables.first
        #expect(table?.rows.contains { $0.contains(.text("baseline")) } == true)
        #expect(table?.rows.first?.contains(.text("met")) == true)
    }

    @Test func missedGoalsAreSaidAndNotReleasedUnasked() {
        var session = HouseFile.session()
        session.accept("goal predict price at sold_on succeed when mape < 0.01%\nsplit 60/20/20 by sold_on")
        #expect(session.accept("fit linear").warnings.contains("points short"))
        let error = session.expectFault("deploy linear as house_price", "R0449")
        #expect(error?.message.contains("misses the goal on validation") == true)
        #expect(session.workspace.releases.isEmpty)
        #expect(session.accept("deploy linear as house_price despite \"a pilot\"").warnings.contains("released despite the goal: a pilot"))
        #expect(session.workspace.releases.first?.bundle.card.contains("released despite missing the goal: a pilot") == true)
    }

    @Test func withoutCriterionTheReleaseSaysThatNothingJudgesIt() {
        var session = HouseFile.session()
        session.accept("goal predict price at sold_on\nsplit 60/20/20 by sold_on\nfit linear")
        #expect(session.accept("deploy linear as house_price").warnings.contains("no success criterion"))
    }
}
