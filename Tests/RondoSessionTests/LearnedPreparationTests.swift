import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession
import Testing

/// The learned steps of preparation as people type them.
@Suite struct LearnedPreparationTests {
    // MARK: What teaches

    /// Every learned verb, before and after the split.
    static let pipeline = """
        load "sales.csv" as sales
        derive dear = if price > 230000 then "yes" else "no"
        goal predict dear = "yes"
        drop id
        derive sqft_of_zip = mean(sqft by zip)
        outliers rooms quantile limits 5%..95% action mark by zip
        outliers sqft, rooms forest
        impute sqft nearest by rooms, type, zip indicator yes
        bin sold_on bands 4
        split 60/20/20
        outliers sqft robust limits 1.5 action cap by type
        impute school mode by zip, type
        bin sqft_of_zip bands 3 method tree
        bin rooms bands 3 method equal labels ["few", "some", "many"]
        scale sqft robust
        select importance top 6 keep zip
        balance over ratio 0.8
        fit logistic
        fit forest trees 10 depth 6
        """

    /// Validation and test rows are noise of the same type: nothing that was learned may move.
    @Test func noiseInOtherPartsTeachesNothing() throws {
        let script = Self.pipeline.replacing("split 60/20/20\n", with: "split 60/20/20 by day\n")
        let day: [(String, (Int) -> String)] = [("day", { "\($0)" })]
        var clean = TestSession(["sales.csv": HouseFile.csv(rows: 500, extra: day)])
        var noisy = TestSession(["sales.csv": HouseFile.csv(rows: 500, noiseFrom: 300, extra: day)])
        clean.accept(script)
        noisy.accept(script)
        #expect(clean.workspace.models.count == 2)
        for model in clean.workspace.models {
            let other = try #require(noisy.workspace.model(model.name))
            #expect(model.features == other.features && model.leftOut == other.leftOut)
            #expect(WorkspaceDigest.hash(model.predictor.archive()) == WorkspaceDigest.hash(other.predictor.archive()), "\(model.name)")
        }
        #expect(CellDigest(clean.accept("recipe")) == CellDigest(noisy.accept("recipe")))
        #expect(clean.accept("score forest").number("accuracy") != noisy.accept("score forest").number("accuracy"), "the noise is there")
    }

    @Test func groupMeansAreLearnedFromTrainingRows() throws {
        var clean = TestSession(["sales.csv": HouseFile.csv(rows: 300)])
        var noisy = TestSession(["sales.csv": HouseFile.csv(rows: 300, noiseFrom: 180)])
        let script = """
            load "sales.csv" as sales
            derive of_zip = mean(sqft by zip), share = rooms / max(rooms), above = sqft - of_zip
            split 60/20/20 by sold_on
            recipe
            """
        let (one, other) = (clean.accept(script), noisy.accept(script))
        #expect(CellDigest(one) == CellDigest(other), "validation and test rows moved what was learned")
        let table = try #require(one.tables.last)
        #expect(
            table.caption == "learned from rows" && table.rows.contains { $0[1] == .text("mean(sqft by zip)") && $0[2] == .text("10001") })
        #expect(table.rows.contains { $0[1] == .text("max(rooms)") && $0[2] == .text("all rows") })
    }

    @Test func everyLearnedTableStandsInTheRecipe() throws {
        var session = HouseFile.session()
        session.accept("goal predict price\nsplit 60/20/20 by sold_on")
        for (cell, caption) in [
            ("impute sqft median by type, zip", "median learned"), ("outliers sqft robust action cap", "limits learned"),
            ("bin rooms bands 3", "bands learned"), ("scale sqft robust", "scale learned"),
            ("select correlation above 0.1", "select correlation learned"),
        ] {
            session.accept(cell)
            #expect(session.accept("recipe").tables.contains { $0.caption == caption }, "\(cell)")
        }
    }

    /// What a release answers is what the model answers, to the bit.
    @Test func releasesCarryTheSteps() throws {
        var session = HouseFile.session()
        session.accept(
            """
            goal predict price at sold_on
            drop id
            impute sqft nearest by rooms, type, zip indicator yes
            outliers rooms quantile action mark
            outliers sqft, rooms forest limits 0.7
            bin rooms bands 3
            split 60/20/20 by sold_on
            select correlation above 0.01 keep type
            fit lasso
            deploy lasso as house_price
            """)
        let model = try #require(session.workspace.model("lasso"))
        let back = try Predictor(archive: try model.predictor.archive().encoded().withUnsafeBytes { try Archive(decoding: $0) })
        let rows = try #require(session.workspace.table("sales")).rows
        guard case .numbers(let first) = try model.predictor.predict(rows, context: .quiet),
            case .numbers(let second) = try back.predict(rows, context: .quiet)
        else {
            Issue.record("no numbers")
            return
        }
        #expect(first.map(\.bitPattern) == second.map(\.bitPattern) && first.allSatisfy(\.isFinite))
        let answer = session.accept("predict house_price rooms = 3, type = \"condo\", zip = \"10002\"")
        #expect(answer.number("prediction") ?? 0 > 50_000)
    }

    // MARK: impute

    @Test func imputeSaysWhatFillsTheGaps() {
        var session = HouseFile.session()
        let words = session.accept("impute sqft median by type, zip").words
        #expect(words.contains("gaps in sqft filled from 12 medians") && words.contains("shown from all rows"))
        session.accept("undo")
        let nearest = session.accept("impute sqft nearest")
        // Identifiers are no neighbours; the moment is.
        #expect(nearest.words.contains("the 5 nearest of") && nearest.words.contains("by sold_on, type, zip, rooms, school, price"))
        session.accept("undo")
        session.accept("goal predict price")
        #expect(session.accept("impute sqft nearest").words.contains("by sold_on, type, zip, rooms, school\n"))
    }

    @Test func imputeMarksAndRefusesKindly() throws {
        var session = HouseFile.session()
        let marked = session.accept("impute sqft, school mark")
        #expect(marked.words.contains("marked, nothing filled") && marked.words.contains("sqft_missing: true where a gap is"))
        #expect(try session.prepared("sales")["sqft_missing"] != nil)
        session.expectFault("impute sqft mark", "R0311")
        session.expectFault("impute rooms nearest neighbors 0", "R0711")
        session.expectFault("impute rooms median neighbors 3", "R0237")
        session.expectFault("impute rooms with 3 by zip", "R0237")
        session.expectFault("impute rooms nearest by zip bands 3", "R0237")
        session.expectFault("impute rooms nearest by rooms", "R0710")
        session.expectFault("impute school median", "R0351")
        session.accept("goal predict price")
        session.expectFault("impute rooms nearest by price", "R0332")
        var bare = TestSession(["a.csv": "id,x\n1,5\n2,\n3,4\n"])
        bare.accept("load \"a.csv\" as a\ndrop id")
        bare.expectFault("impute x nearest", "R0712")
    }

    // MARK: outliers

    @Test func outliersAreCountedWithLimitsAndExamples() throws {
        let extra: [(String, (Int) -> String)] = [("lot", { $0 == 7 ? "99999" : $0 == 9 ? "-5000" : "\(1000 + $0 % 50)" })]
        var session = TestSession(["sales.csv": HouseFile.csv(extra: extra)])
        session.accept("load \"sales.csv\" as sales")
        let report = session.accept("outliers lot robust")
        #expect(report.words.contains("2 outliers in lot marked: 1 below") && report.words.contains("for example -5,000, 99,999"))
        #expect(report.number("below") == 1 && report.number("above") == 1 && (report.number("high") ?? 0) < 2_000)
        let marks = try #require(try session.prepared("sales")["lot_outlier"])
        #expect(marks[7] == .truth(true) && marks[8] == .truth(false))
        session.accept("outliers lot robust action cap")
        #expect(try #require(session.prepared("sales")["lot"]?[7].number) < 2_000)
        let forest = session.accept("outliers sqft, lot, rooms forest")
        #expect(forest.words.contains("rows stand apart in sqft, lot, rooms"))
        let several = session.accept("outliers sqft, rooms quantile action cap")
        #expect(several.tables.first?.rows.count == 2)
    }

    @Test func droppedOutliersAddUpAndWarnOnNewRows() throws {
        let extra: [(String, (Int) -> String)] = [("lot", { $0 % 100 == 7 ? "99999" : "\(1000 + $0 % 50)" })]
        var session = TestSession(["sales.csv": HouseFile.csv(extra: extra)])
        session.accept("load \"sales.csv\" as sales")
        let report = session.accept("outliers lot robust limits 5 action drop")
        #expect(report.words.contains("6 outliers in lot dropped with their rows") && report.words.contains("594 of 600 rows kept"))
        session.accept("goal predict price at sold_on\nsplit 60/20/20 by sold_on")
        #expect(session.expectFault("outliers sqft quantile action drop", "R0434")?.remedy.contains("on train") == true)
        session.expectFault("outliers sqft quantile on train", "R0237")
        let train = session.workspace.table("sales")?.split?.trainRows.count ?? 0
        let others = 594 - train
        session.accept("outliers sqft quantile limits 10%..90% action drop on train")
        let table = try #require(session.workspace.table("sales"))
        #expect(try #require(table.split).trainRows.count < train && table.rows.rowCount == others + table.split!.trainRows.count)
        let ledger = session.accept("ledger")
        #expect(ledger.number("unexplained") == 0)
        for entry in table.ledger.entries where entry.kind == .filtered {
            #expect(entry.reasons.map(\.rows).reduce(0, +) == entry.before - entry.after)
        }
        session.accept("fit linear\ndeploy linear as house_price")
        let answer = session.accept(
            "predict house_price sqft = 1500, rooms = 2, zip = \"10001\", type = \"loft\", school = \"A\", lot = 99999")
        #expect(answer.words.contains("outside what the model was trained on"), "\(answer.words)")
    }

    /// The columns that rare levels make differ from rows to rows: select chooses among those that there are.
    @Test func selectAmongLevelsThatChange() {
        var session = TestSession()
        session.accept(
            "load demo \"house_sales\" as sales rows 900\ngoal predict price\nencode zip onehot rare 3%\nsplit 60/20/20 by sold_on")
        session.accept("select variance\nsample 50% where price > 300k on train\nfit linear without address")
        session.accept("tune ridge penalty [1, 10] folds 3 without address as t")
    }

    @Test func outliersRefusesKindly() {
        var session = HouseFile.session()
        session.accept("goal predict price")
        session.expectFault("outliers price robust action cap", "R0331")
        session.expectFault("outliers type robust", "R0351")
        session.expectFault("outliers sqft forest action cap", "R0237")
        session.expectFault("outliers sqft forest by zip", "R0237")
        session.expectFault("outliers sqft quantile limits 90%..10%", "R0714")
        session.expectFault("outliers sqft forest limits 3", "R0714")
        // A share alone is one of both ends, and shares are no z scores.
        #expect(session.expectFault("outliers sqft quantile limits 1%", "R0105")?.remedy == "outliers sqft quantile limits 1%..99%")
        #expect(session.expectFault("outliers sqft quantile limits 1%%..99%", "R0115")?.remedy == "outliers sqft quantile limits 1%..99%")
        #expect(
            session.expectFault("outliers sqft robust limits 2.5%..97.5%", "R0714")?.remedy == "outliers sqft quantile limits 2.5%..97.5%")
        session.expectFault("outliers sqft robust limits 0", "R0714")
        session.expectFault("outliers sqft robust by price", "R0332")
        // Marking the target changes nothing of it, and the mark is no feature.
        #expect(session.accept("outliers price robust").warnings.contains("price_outlier contains the target"))
        #expect(session.accept("outliers price quantile action drop").number("rows") ?? 600 < 600)
    }

    // MARK: bin, select, balance

    @Test func binMakesBandsAndRefusesKindly() throws {
        var session = HouseFile.session()
        session.accept("bin sqft bands [1000, 2000] labels [\"small\", \"middle\", \"large\"]")
        let column = try #require(try session.prepared("sales")["sqft"])
        #expect(column.type == .category && column.missingCount > 0)
        // Bands that were written are known values: conditions read them.
        #expect(session.accept("count where sqft = \"small\"").number("rows") ?? 0 > 100)
        session.expectFault("bin rooms bands 3 method tree", "R0717")
        session.expectFault("bin rooms bands 1", "R0716")
        session.expectFault("bin rooms bands [2, 4] labels [\"a\", \"b\"]", "R0715")
        session.expectFault("bin rooms bands 2 labels [\"a\", \"a\"]", "R0715")
        session.expectFault("bin rooms bands 2 labels [1, 2]", "R0239")
        session.expectFault("bin rooms bands [2, 4] method equal", "R0237")
        #expect(session.expectFault("bin rooms bands [4, 2]", "R0716")?.remedy == "bin rooms bands [2, 4]")
        session.expectFault("bin type bands 3", "R0351")
        session.accept("goal predict price")
        session.expectFault("bin price bands 3", "R0331")
        #expect(session.accept("bin rooms bands 3 method tree").words.contains("bands of rooms"))
    }

    @Test func selectLeavesColumnsOutOfModelsByName() throws {
        var session = HouseFile.session()
        session.accept("goal predict price at sold_on\nsplit 60/20/20 by sold_on")
        let report = session.accept("select correlation top 2")
        #expect(
            report.words.contains("2 of 7 columns stay features: ")
                && report.words.contains("5 left out of models, not of the table: "))
        session.accept("scale rooms standard\nfit forest trees 5")
        let model = try #require(session.workspace.model("forest"))
        #expect(model.features.count == 2 && model.features.contains("sqft"))
        #expect(model.leftOut.contains { $0.column == "rooms" && $0.reason.hasPrefix("not selected: correlation ") })
        // What is asked for outright is taken.
        session.accept("fit forest using rooms, sqft trees 5 as other")
        #expect(
            session.workspace.model("other")?.features == ["rooms", "sqft"]
                || session.workspace.model("other")?.features == ["sqft", "rooms"])
        session.expectFault("select correlation above 0.999", "R0718")
        session.expectFault("select importance top 0", "R0720")
        session.expectFault("select variance above 2", "R0720")
        session.expectFault("select variance keep price", "R0404")
        var bare = HouseFile.session()
        bare.expectFault("select lasso", "R0717")
    }

    /// Models learn from balanced rows; what judges them are the rows as they are.
    @Test func balanceTouchesTrainingRowsOnly() throws {
        var session = HouseFile.session()
        session.expectFault("balance weights", "R0717")
        session.accept("goal predict price")
        session.expectFault("balance weights", "R0719")
        session.accept(
            "derive dear = if price > 290000 then \"yes\" else \"no\"\ndrop price\ngoal predict dear = \"yes\"\nsplit 60/20/20 by sold_on")
        session.accept("fit logistic as plain")
        let rows = session.accept("count").number("rows")
        let report = session.accept("balance under")
        #expect(report.tables.first?.rows.count == 2)
        #expect(session.accept("count").number("rows") == rows)
        let fitted = session.accept("fit logistic as even")
        #expect(fitted.words.contains("learned from balanced rows: under, "))
        let (plain, even) = (try #require(session.workspace.model("plain")), try #require(session.workspace.model("even")))
        #expect(plain.trainingRows == even.trainingRows)
        // The same validation rows judge both, and the balanced one finds more of the rare class.
        let (first, second) = (session.accept("score plain"), session.accept("score even"))
        #expect(first.number("baseline_accuracy") == second.number("baseline_accuracy"))
        #expect((second.number("recall") ?? 0) > (first.number("recall") ?? 1))
        session.expectFault("balance over ratio 1.5", "R0720")
        #expect(session.accept("balance weights").words.contains("this balance holds"))
        // Folds balance their own training rows.
        session.accept("split 80/20 stratify dear folds 3\nfit logistic as folded\nscore folded")
        // A new goal: the balance is about another column, and said to be.
        session.accept("goal predict rooms")
        #expect(session.accept("fit linear").words.contains("the balance evens out dear, which is not predicted now"))
    }
}
