import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession
import RondoSignature
import Testing

/// Searching for parameters: what is tried, kept, told, and never seen.
@Suite struct TuneTests {
    private func session(_ more: String = "split 60/20/20 by sold_on") -> TestSession {
        var session = HouseFile.session(rows: 300)
        session.accept("drop id\ngoal predict price succeed when mape < 20%\n" + more)
        return session
    }

    @Test func everyCombinationIsTriedAndKept() throws {
        var session = session()
        let report = session.accept("tune tree depth [2, 4, 6] leaf [1, 10] as best_tree")
        #expect(report.number("trials") == 6)
        #expect(session.workspace.runs.count == 6 && session.workspace.runs.allSatisfy { $0.kind == .trial && $0.metrics.count == 1 })
        let values = session.workspace.runs.compactMap { $0.metrics.first?.value }
        #expect(report.number("mape") == values.min())
        let model = try #require(session.workspace.model("best_tree"))
        let score = session.accept("score best_tree")
        #expect(score.number("mape") == values.min(), "the fitted model is the trial that was judged")
        #expect(model.specification.options.values.count == 2)
        #expect(report.tables.first?.rows.contains { $0.last == .text("taken") } == true)
        #expect(session.accept("runs").tables.first?.rows.count == 6)
    }

    /// Trials that share trees are judged as if each had been fitted alone.
    @Test(arguments: ["forest", "extra_trees", "boost"]) func treesSharedByTrialsChangeNothing(_ family: String) {
        var together = session()
        together.accept("tune \(family) trees [12, 4, 8] leaf [3, 9]")
        let shared = together.workspace.runs.compactMap { $0.metrics.first?.value }
        var alone: [Double] = []
        for trees in [12, 4, 8] {
            for leaf in [3, 9] {
                var session = session()
                session.accept("tune \(family) trees [\(trees)] leaf [\(leaf)]")
                alone += session.workspace.runs.compactMap { $0.metrics.first?.value }
            }
        }
        #expect(shared.count == 6 && shared == alone)
    }

    @Test func foldsAgreeWithTheScoreOfFolds() {
        var session = session("split 80/20 by sold_on folds 4")
        let report = session.accept("tune ridge penalty [0.1, 10]")
        #expect(report.words.contains("on 4 folds"), "\(report.words)")
        #expect(session.accept("score ridge").number("mape") == report.number("mape"))
    }

    @Test func looksAtValidationAreCounted() {
        var session = session()
        session.accept("tune tree depth [2, 4, 6]")
        #expect(session.accept("compare").number("looks") == 4)
        session.accept("tune tree depth [2, 4] folds 3")
        #expect(session.accept("compare").number("looks") == 5, "folds are no look at validation")
    }

    @Test func randomDrawsLieInTheirRangesAndRepeat() {
        var one = session()
        var two = session()
        let cell = "tune tree depth 2..20 leaf 1..50 random 12"
        #expect(one.accept(cell).blocks.isEmpty == false)
        two.accept(cell)
        let options = one.workspace.runs.map(\.options)
        #expect(options == two.workspace.runs.map(\.options))
        #expect(Set(options).count == 12)
        for option in options {
            guard case .integer(let depth)? = option.values["depth"], case .integer(let leaf)? = option.values["leaf"] else {
                Issue.record("no whole number")
                continue
            }
            #expect((2...20).contains(depth) && (1...50).contains(leaf))
        }
        one.accept("tune ridge penalty 0.001..1000 random 8")
        let penalties = one.workspace.runs.suffix(8).compactMap { run -> Double? in
            if case .number(let value)? = run.options.values["penalty"] { value } else { nil }
        }
        #expect(penalties.count == 8 && penalties.allSatisfy { $0 >= 0.001 && $0 <= 1000 })
        #expect(penalties.filter { $0 < 1 }.count >= 2, "drawn over the logarithm: \(penalties)")
    }

    @Test func impossibleSearchesAreRefused() {
        var session = session()
        session.expectFault("tune tree depth 3..8", "R0801")
        session.expectFault("tune forest trees [1..100] depth [1..100] leaf [1..100]", "R0802")
        session.expectFault("tune tree depth 8..3 random 5", "R0804")
        session.expectFault("tune tree depth []", "R0124")
        session.expectFault("tune tree depth [3, 0]", "R0502")
        session.expectFault("tune tree depth [3] folds 1", "R0805")
        session.expectFault("tune tree depth [3] random 0", "R0805")
        session.expectFault("tune tree depth [3] metric roc_auc", "R0447")
        session.expectFault("tune tree depth [3] metric mapee", "R0207")
        session.expectFault("tune logistic penalty [1]", "R0406")
    }

    @Test func aFailingTrialSaysWhyAndTheOthersGoOn() throws {
        let session = session()
        let tuner = try tuner(session, "tree")
        let trials = try tuner.trials(
            [0, 3].map { FamilyOptions(["depth": .integer($0)]) }, context: session.session.world.compute)
        #expect(trials[0].failure?.contains("depth") == true && trials[1].isComplete)
        #expect(TuningPick.best.choice(of: trials, isBetterHigher: false, within: 0)?.number == 2)
    }

    @Test func aSearchCanBeStopped() throws {
        let session = session()
        let tuner = try tuner(session, "tree")
        let token = CancellationToken()
        let context = ComputeContext(threads: .one, cancellation: token, progress: { _ in token.cancel() })
        let points = (1...20).map { FamilyOptions(["depth": .integer($0)]) }
        #expect(throws: Interrupted.self) { try tuner.trials(points, context: context) }
    }

    @Test func patienceEndsThePlateau() {
        var session = session()
        let report = session.accept("tune tree depth [6, 6, 2, 1, 3] patience 2")
        #expect(report.number("trials") == 3, "\(report.words)")
        #expect(report.words.contains("no progress"))
    }

    @Test func halvingStopsTheWorseHalfEarly() {
        var session = HouseFile.session(rows: 1_500)
        session.accept("drop id\ngoal predict price\nsplit 60/20/20 by sold_on")
        let report = session.accept("tune tree depth [1, 2, 3, 4, 5, 6, 8, 10, 12] halving yes")
        let stopped = session.workspace.runs.filter { $0.remark.hasPrefix("stopped") }
        #expect(stopped.count == 6, "\(session.workspace.runs.map(\.remark))")
        #expect(report.number("rmse") == session.accept("score tree").number("rmse"))
    }

    @Test func pickTakesTheSmallestThatIsAboutAsGood() {
        func trial(_ number: Int, _ value: Double, _ bytes: Int, trees: Int64 = 10) -> TuningTrial {
            var trial = TuningTrial(number: number, options: FamilyOptions(["trees": .integer(trees)]))
            (trial.value, trial.bytes) = (value, bytes)
            return trial
        }
        var trials = [
            trial(1, 10, 900, trees: 5), trial(2, 10.05, 100, trees: 50), trial(3, 10.2, 10, trees: 1), trial(4, 10.04, 100, trees: 20),
        ]
        var failed = trial(5, .nan, 1)
        failed.failure = "no"
        trials.append(failed)
        #expect(TuningPick.best.choice(of: trials, isBetterHigher: false, within: 0.01)?.number == 1)
        #expect(TuningPick.smallest.choice(of: trials, isBetterHigher: false, within: 0.01)?.number == 2)
        #expect(TuningPick.smallest.choice(of: trials, isBetterHigher: false, within: 0.05)?.number == 3)
        #expect(TuningPick.fastest.choice(of: trials, isBetterHigher: false, within: 0.01)?.number == 1)
        #expect(TuningPick.best.choice(of: trials, isBetterHigher: true, within: 0)?.number == 3)
        #expect(TuningPick.best.choice(of: [failed], isBetterHigher: true, within: 0) == nil)
    }

    // MARK: What is never seen

    /// Rows held out by a fold are replaced by noise: nothing that the fold has learned moves, recipe and model.
    @Test func heldRowsTeachNothing() throws {
        let steps = """
            goal predict price
            impute sqft median by type, zip
            derive dear = sqft - mean(sqft by zip)
            encode school ordinal ["A", "B", "C", "unknown"]
            scale rooms standard
            """
        // The last 60 rows are the last fold.
        func learned(noise: UInt64?) throws -> [[UInt8]] {
            let csv = HouseFile.csv(rows: 300, noiseFrom: noise == nil ? nil : 240, noiseSeed: noise ?? 0)
            var session = TestSession(["sales.csv": csv])
            session.accept("load \"sales.csv\" as sales\ndrop id\n" + steps)
            let tuner = try tuner(session, "linear")
            let fold = Tuner.Fold(learning: (0..<240).map { Int32($0) }, held: (240..<300).map { Int32($0) })
            let context = session.session.world.compute
            let material = try tuner.material(of: fold, number: 0, share: 1, context: context)
            let model = try Trainer.train(tuner.specification, on: material.training, context: context)
            return [material.training.recipe.archive(), material.training.design.archive(), model.fitted.archive()].map { $0.encoded() }
        }
        let plain = try learned(noise: nil)
        for seed: UInt64 in [1, 2, 3] {
            for (name, (one, other)) in zip(["recipe", "design", "model"], zip(try learned(noise: seed), plain)) {
                #expect(one == other, "\(name)")
            }
        }
    }

    private func tuner(_ session: TestSession, _ family: String) throws -> Tuner {
        let table = try #require(session.workspace.table("sales"))
        let target = try #require(session.workspace.goal?.target)
        let signature = try #require(ModelFamilies.named(family)?.signature)
        let rows = table.split?.trainRows ?? (0..<Int32(table.rows.rowCount)).map { $0 }
        return Tuner(
            table: table, aim: .prediction(target), specification: FitSpecification(name: family, family: signature, seed: 1),
            folds: try TuningFolds.folds(of: rows, table: table, count: 3, seed: 1), choice: try MetricChoice("rmse"), elapsed: { 0 })
    }

    // MARK: Trap 5 and the record

    /// What a fit says about its columns, a search says too: traps 1 and the guard of the target stay in sight.
    @Test func suspiciousColumnsAreTold() {
        var session = HouseFile.session(rows: 300)
        session.accept("drop id\nderive twin = sqft * 2 + rooms\ngoal predict sqft\nsplit 60/20/20 by sold_on")
        let report = session.accept("tune tree depth [2, 4] using price, rooms, zip, type")
        #expect(report.words.contains("on validation"))
        let told = session.accept("tune tree depth [2, 4]")
        #expect(told.words.contains("left out: twin (contains the target, sqft)"), "\(told.words)")
    }

    @Test func trap5AFitOutsideTheTunedGrid() {
        var session = session()
        #expect(session.accept("fit tree depth 9").warnings.contains("not tried") == false)
        session.accept("tune tree depth [2, 4] leaf [1, 5]")
        #expect(session.accept("fit tree depth 4 leaf 5 as known").warnings.contains("not tried in tune") == false)
        #expect(session.accept("fit tree depth 30 leaf 1 as deep").warnings.contains("not tried in tune: depth 30 (tried 2, 4)"))
        #expect(session.accept("compare").warnings.contains("deep: not tried in tune"))
        #expect(session.accept("fit linear").warnings.contains("not tried") == false)
        session.accept("tune tree depth [6] leaf [20] as other")
        #expect(session.accept("fit tree depth 6 leaf 5 as mixed").warnings.contains("these parameters together"))
    }

    @Test func runsAreFilteredSortedAndUndone() throws {
        var session = session()
        session.accept("fit linear\ntune tree depth [2, 4, 6]")
        let sorted = try #require(session.accept("runs sort mape descending").tables.first)
        let place = try #require(sorted.columns.firstIndex { $0.name == "mape" })
        let values = sorted.rows.compactMap { $0[place].number }
        #expect(values.count == 4 && values == values.sorted(by: >))
        let top = try #require(session.accept("runs where kind = \"trial\" top 2").tables.first)
        #expect(top.rows.count == 2 && top.rows.compactMap { $0[place - 1].number ?? $0[place].number }.count == 2)
        session.accept("undo 3")
        let report = session.accept("runs")
        #expect(report.number("runs") == 1 && report.words.contains("3 more undone"), "\(report.words)")
        // What was undone is no part of the answer that replay compares.
        var plain = self.session()
        plain.accept("fit linear")
        #expect(CellDigest(plain.accept("runs")) == CellDigest(report))
        session.expectFault("runs where mapee < 3", "R0203")
    }
}
