import RondoFrame
import RondoKernels
import RondoLearning
import RondoLifecycle
import RondoReport
import RondoSession
import Testing

/// Ranges of releases in sessions: what they promise, what they keep, and what is said where they do not.
@Suite struct RangeTests {
    /// Rows of `day,x,kind,y`: the error of y has this size for a row and its x.
    private static func csv(_ rows: Int, seed: UInt64, size: (Int, Double) -> Double) -> String {
        var stream = RandomStream(seed: seed, purpose: "ranges")
        let start = CivilCalendar.days(year: 2023, month: 1, day: 1) ?? 0
        var text = "day,x,kind,y\n"
        for row in 0..<rows {
            let x = 10 + 90 * stream.uniform()
            let kind = ["a", "b"][stream.uniform(below: 2)]
            text += "\(CivilCalendar.text(days: start &+ Int32(row))),\(x),\(kind),\(5 * x + size(row, x) * stream.normal())\n"
        }
        return text
    }

    private static func session(_ rows: Int, seed: UInt64 = 1, split: String = "split 50/30/20 by day", size: (Int, Double) -> Double)
        -> TestSession
    {
        var session = TestSession(["points.csv": csv(rows, seed: seed, size: size)])
        session.accept("load \"points.csv\" as points\ngoal predict y\n\(split)\nfit linear using x, kind")
        return session
    }

    // MARK: Coverage

    /// Cross-conformal, the real way through a release: 200 worlds without a validation part, fresh rows beside them.
    @Test func foldsCoverNewRowsAsPromised() throws {
        var inside = 0
        var total = 0
        for seed in 1...200 {
            var session = TestSession([
                "points.csv": Self.csv(60, seed: UInt64(seed)) { _, _ in 20 },
                "fresh.csv": Self.csv(100, seed: UInt64(10_000 + seed)) { _, _ in 20 },
            ])
            session.accept("load \"points.csv\" as points\ngoal predict y\nsplit 99/1 by day\nfit linear using x, kind")
            let report = session.accept("deploy linear as line interval 80%")
            if seed == 1 { #expect(report.words.contains("cross-conformal"), "\(report.words)") }
            session.accept("load \"fresh.csv\" as fresh\npredict line from fresh to \"out.csv\"\nload \"out.csv\" as out")
            let out = try session.prepared("out")
            let (lower, upper, truth) = (try #require(out["lower"]), try #require(out["upper"]), try #require(out["y"]))
            for row in 0..<out.rowCount {
                guard let low = lower[row].number, let high = upper[row].number, let value = truth[row].number else { continue }
                total += 1
                if low <= value, value <= high { inside += 1 }
            }
        }
        #expect(total == 20_000)
        #expect(abs(Double(inside) / Double(total) - 0.8) < 0.02, "\(inside) of \(total)")
    }

    // MARK: What deploy says

    @Test func coverageIsPrintedByBand() throws {
        var session = Self.session(1_500) { _, x in x / 4 }
        let report = session.accept("deploy linear as line")
        let table = try #require(report.tables.first)
        #expect(table.columns.map(\.name) == ["from", "to", "rows", "half_width", "coverage"] && table.rows.count == 5)
        let widths = table.rows.compactMap { $0[3].number }
        #expect(widths == widths.sorted() && (widths.last ?? 0) > 2 * (widths.first ?? 1), "\(widths)")
        #expect(report.words.contains("wider where its errors are larger"), "\(report.words)")
        #expect(report.number("calibration_rows") == 450)
        // A typed row has the width of its size.
        func width(_ x: Int) -> Double {
            let answer = session.accept("predict line x = \(x), kind = \"a\"")
            return (answer.number("upper") ?? 0) - (answer.number("lower") ?? 0)
        }
        #expect(width(95) > 2 * width(15))
    }

    @Test func tooFewRowsForALevelAreRefused() {
        var session = Self.session(200) { _, _ in 10 }
        let error = session.expectFault("deploy linear as line interval 99%", "R0833")
        #expect(error?.remedy == "write interval 98%")
        #expect(session.accept("deploy linear as line interval 98%").number("half_width") != nil)
        var few = Self.session(24) { _, _ in 10 }
        #expect(few.accept("deploy linear as line").words.contains("no range"))
        few.expectFault("deploy linear as line interval 90%", "R0833")
    }

    @Test func aNarrowPromiseIsSaid() {
        var session = Self.session(300) { _, _ in 10 }
        #expect(session.accept("deploy linear as line interval 40%").warnings.contains("a narrow promise"))
        #expect(!session.accept("deploy linear as line").warnings.contains("narrow"))
    }

    // MARK: Trap 7

    @Test func trap7ARangeTooNarrowIsNoticedUnasked() {
        // The newest rows err three times as much as those that set the range.
        var session = Self.session(1_000) { row, _ in row >= 800 ? 60 : 20 }
        session.accept("deploy linear as line")
        #expect(!session.accept("score linear").warnings.contains("too narrow"))
        let report = session.accept("score linear on test")
        #expect(report.warnings.contains("the range of line is too narrow for these rows"), "\(report.words)")
        #expect((report.number("inside_range") ?? 1) < 0.6 && report.number("promised") == 0.9)
        // Another model under the name has promised nothing.
        #expect(!session.accept("fit linear using x\nscore linear on test").words.contains("the range of"))
    }

    @Test func honestRangesAreLeftAlone() {
        var alarms = 0
        for seed in 1...40 {
            var session = Self.session(600, seed: UInt64(seed)) { _, _ in 20 }
            session.accept("deploy linear as line")
            if session.accept("score linear on test").warnings.contains("too narrow") { alarms += 1 }
        }
        // The range itself is estimated: a little more than one in twenty.
        #expect(alarms <= 8, "\(alarms) of 40")
    }

    @Test func aFlagWithAWiderSpreadIsNamed() {
        var text = "day,x,kind,y\n"
        var stream = RandomStream(seed: 2, purpose: "flag")
        let start = CivilCalendar.days(year: 2023, month: 1, day: 1) ?? 0
        for row in 0..<1_500 {
            let (x, isOdd) = (10 + 90 * stream.uniform(), row % 10 == 0)
            text +=
                "\(CivilCalendar.text(days: start &+ Int32(row))),\(x),\(isOdd ? "odd" : "even"),\(5 * x + (isOdd ? 80 : 10) * stream.normal())\n"
        }
        var session = TestSession(["points.csv": text])
        session.accept(
            "load \"points.csv\" as points\ngoal predict y\nflag strange where kind = \"odd\"\nsplit 50/30/20 by day\nfit linear using x")
        session.accept("deploy linear as line")
        let report = session.accept("score linear")
        #expect(report.warnings.contains("too narrow for strange"), "\(report.words)")
    }

    // MARK: Classes and groups

    @Test func uncertainClassesAreNamed() throws {
        var session = TestSession(["people.csv": ChooseTests.csv()])
        session.accept("load \"people.csv\" as people\ngoal predict left = \"yes\"\nsplit 60/20/20 by day\nfit logistic")
        let plain = session.accept("deploy logistic as leaving")
        #expect(plain.number("level") == nil)
        let report = session.accept("deploy logistic as leaving interval 90%")
        #expect((report.number("coverage") ?? 0) >= 0.9 && (0.1...0.95).contains(report.number("single") ?? 0))
        #expect(session.accept("predict leaving x = 0.7, z = 0").warnings.contains("unsure: "))
        let sure = session.accept("predict leaving x = -2, z = 0")
        #expect(!sure.warnings.contains("unsure") && sure.number("confidence") ?? 0 > 0.9, "\(sure.words)")
        #expect(session.accept("predict leaving x = 40, z = 0").warnings.contains("outside the training range"))
        session.expectFault("deploy logistic as leaving interval 99.9%", "R0833")
    }

    @Test func groupsAreReleased() throws {
        var session = TestSession()
        session.accept(
            "goal \"kinds of homes\"\nload demo \"house_sales\" as sales rows 600\nkeep sqft, lot_size, bedrooms, type\nsplit 60/20/20")
        session.accept("fit kmeans clusters 3 as kinds\ndeploy kinds as home_kind")
        session.accept("predict home_kind from sales to \"kinds.csv\"\nload \"kinds.csv\" as answered")
        let clusters = try #require(session.prepared("answered")["prediction"]).numbers()
        #expect(Set(clusters) == [1, 2, 3] && clusters.count == 600)
        let answer = session.accept("predict home_kind sqft = 1800, lot_size = 4000, bedrooms = 3, type = \"condo\"")
        #expect([1, 2, 3].contains(answer.number("prediction") ?? 0) && answer.words.contains("cluster"))
        session.accept("use sales\nfit isolation_forest trees 50 as odd\ndeploy odd as oddity")
        let usual = session.accept("predict oddity sqft = 1800, lot_size = 4000, bedrooms = 3, type = \"condo\"")
        let strange = session.accept("predict oddity sqft = 90000, lot_size = 9000000, bedrooms = 90, type = \"condo\"")
        #expect((strange.number("prediction") ?? 0) > (usual.number("prediction") ?? 1))
        #expect(strange.warnings.contains("stands apart") && !usual.warnings.contains("stands apart"))
        session.accept("fit pca components 2")
        session.expectFault("deploy pca as parts", "R0834")
        session.expectFault("deploy kinds as home_kind interval 90%", "R0834")
        let compared = try #require(session.accept("fit kmeans clusters 5\ncompare kinds, kmeans").tables.first)
        #expect(compared.rows.count == 2 && compared.columns.map(\.name).contains("inertia"))
        session.expectFault("compare kinds, kmeans metric rmse", "R0443")
    }

    // MARK: compare

    @Test func compareAddsUpOutcomes() throws {
        var stream = RandomStream(seed: 12, purpose: "outcomes")
        var text = "x,noise,bought,revenue,shop\n"
        var rows: [(x: Double, revenue: Double)] = []
        for _ in 0..<2_000 {
            let x = stream.normal()
            let bought = stream.bernoulli(Elementary.logistic(2 * x))
            let revenue = bought ? 20 + 10 * stream.uniform() : 0
            rows.append((x, revenue))
            text += "\(x),\(stream.normal()),\(bought ? "yes" : "no"),\(revenue),north\n"
        }
        var session = TestSession(["people.csv": text])
        session.accept("load \"people.csv\" as people\ngoal predict bought = \"yes\"\nsplit 40/40/20")
        session.accept("fit logistic using x as good\nfit tree using noise depth 2 leaf 20 as blind")
        let report = session.accept("compare outcomes revenue")
        let table = try #require(report.tables.first { $0.caption.contains("revenue") })
        #expect(table.columns.map(\.name) == ["model", "says", "rows", "share", "mean_revenue", "sum_revenue"])
        let good = table.rows.filter { $0[0] == .text("good") }
        #expect(good.map { $0[1] } == [.text("yes"), .text("no")])
        #expect((good[0][4].number ?? 0) > 2 * (good[1][4].number ?? 1))
        // Every row is on one side: the sums are those of the part.
        let sums = ["good", "blind"].map { name in table.rows.filter { $0[0] == .text(name) }.compactMap { $0[5].number }.reduce(0, +) }
        #expect(abs(sums[0] - sums[1]) < 1e-6 && sums[0] > 0)
        #expect(report.words.contains("good picks the rows with most revenue each"), "\(report.words)")
        session.expectFault("compare outcomes shop", "R0835")
        session.expectFault("compare outcomes reveneu", "R0203")
        // Numbers to predict: the fifth with the highest estimates.
        session.accept("goal predict revenue\nfit linear using x as line\nfit linear using noise as flat")
        let ranked = session.accept("compare line, flat outcomes revenue")
        let fifth = try #require(ranked.tables.first { $0.caption.contains("revenue of") })
        #expect(fifth.rows[0][1] == .text("highest fifth") && fifth.rows[0][2].number == 160)
    }

    @Test func compareShowsNoEmptyGoal() throws {
        var session = Self.session(300) { _, _ in 10 }
        session.accept("fit tree depth 3")
        let without = try #require(session.accept("compare").tables.first)
        #expect(!without.columns.map(\.name).contains("goal"))
        session.accept("goal predict y succeed when rmse < 1")
        let table = try #require(session.accept("compare").tables.first)
        let names = table.columns.map(\.name)
        #expect(names.contains("goal"))
        let (differs, margin) = (try #require(names.firstIndex(of: "differs")), try #require(names.firstIndex(of: "margin")))
        let gap = (table.rows[1][1].number ?? 0) - (table.rows[0][1].number ?? 0)
        #expect(table.rows[0][margin].isMissing && (table.rows[1][margin].number ?? 0) > 0)
        // The interval leaves out 0 just where the models are said to differ.
        #expect(table.rows[1][differs] == .text(gap > (table.rows[1][margin].number ?? 0) ? "yes" : "no"))
    }
}
