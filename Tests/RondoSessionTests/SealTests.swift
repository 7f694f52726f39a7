import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession
import Testing

/// The test part is sealed until it is asked for, and the opening is on the record.
@Suite struct SealTests {
    static let seen = "chosen after the test part was seen"

    private func session(_ more: String = "") -> TestSession {
        var session = HouseFile.session()
        session.accept("goal predict price at sold_on\nsplit 60/20/20 by sold_on\n" + more)
        return session
    }

    @Test(arguments: [
        "describe", "describe sqft by type", "head 3", "plot sqft", "plot price over sold_on kind line", "check price > 1",
    ]) func looksLeaveTestRowsOutAndSaySo(_ cell: String) {
        var session = session()
        #expect(session.accept(cell).words.contains("sealed"), "\(cell)")
        #expect(session.session.effects.effects.isEmpty, "nothing was opened")
    }

    @Test func looksAreAboutTheOtherRowsOnly() {
        var session = session()
        #expect(session.accept("describe price").tables.first?.caption == "480 rows of sales")
        #expect(session.accept("head 1000 id").tables.first?.rows.count == 480)
        #expect(session.accept("check price > 1").number("rows") == 480)
        #expect(session.accept("describe price where sqft > 0").tables.first?.rows.first?[2].number ?? 600 < 480)
        var counts = 0
        for case .chart(let chart) in session.accept("plot price").blocks {
            if case .histogram(_, _, let series) = chart.marks { counts = series.joined().reduce(0, +) }
        }
        #expect(counts == 480)
    }

    @Test func countAndLedgerTakeAll() {
        var session = session()
        #expect(session.accept("count").number("rows") == 600)
        #expect(session.accept("check count() = 600").words.contains("holds"))
        #expect(session.accept("ledger").number("rows") == 600)
        #expect(session.session.effects.effects.isEmpty)
    }

    @Test func learnedFiguresDoNotSeeTheSealedRows() throws {
        var whole = HouseFile.session()
        whole.accept("split 60/20/20 by sold_on")
        let train = whole.accept("describe sqft on train").tables.first?.rows.first
        let looked = whole.accept("describe sqft").tables.first?.rows.first
        #expect(train?[2].number ?? 0 < looked?[2].number ?? 0)
    }

    @Test(arguments: [
        "describe on test", "describe on all", "head 3 on test", "plot price on all", "count on test", "score on test",
        "fit linear on all as everything", "describe on last 1 month", "score on last 1 month", "head 2 on 2022-06-01..2022-12-31",
        "fit tree depth 2 on last 1 year as recent", "errors by type on last 1 month", "plot price on last 1 month",
    ])
    func askingOpensTheSealOnTheRecord(_ cell: String) {
        var session = session("fit linear")
        session.accept(cell)
        #expect(session.session.effects.effects.contains { $0.kind == .sealOpened }, "\(cell)")
        #expect(session.accept("fit tree depth 2 as later").warnings.contains(Self.seen), "\(cell)")
    }

    /// A window that ends before the test part opens nothing.
    @Test(arguments: [
        "describe on 2021-01-01..2021-06-30", "score on 2022-01-01..2022-03-31", "fit tree depth 2 on 2021-01-01..2021-06-30",
    ])
    func windowsBesideTheTestPartOpenNothing(_ cell: String) {
        var session = session("fit linear")
        session.accept(cell)
        #expect(session.session.effects.effects.isEmpty, "\(cell)")
    }

    @Test func firstScoreIsCleanTheSecondIsNot() {
        var session = session("fit linear")
        let first = session.accept("score on test")
        #expect(first.words.contains("the seal of the test part is broken by this cell"))
        #expect(session.session.effects.effects.map(\.source) == ["score on test"])
        #expect(session.accept("score on test").warnings.contains("no longer clean"))
    }

    /// Trap 6: whatever is fitted or chosen afterwards says so, in every later answer.
    @Test func trap6LaterModelsCarryTheMark() {
        var session = session("fit linear\nfit tree depth 3\nscore linear on test")
        #expect(session.accept("fit forest trees 5").warnings.contains(Self.seen))
        #expect(session.accept("choose tree").warnings.contains(Self.seen))
        let compared = session.accept("compare")
        #expect(compared.warnings.contains("forest: \(Self.seen)") && compared.warnings.contains("tree: \(Self.seen)"))
        #expect(!compared.warnings.contains("linear: \(Self.seen)"), "it was there before")
        #expect(session.accept("score forest").warnings.contains(Self.seen))
        #expect(session.accept("deploy forest as house_price").warnings.contains(Self.seen))
        #expect(session.workspace.releases.last?.bundle.card.contains(Self.seen) == true)
    }

    @Test func noOtherSplitAfterTheOpening() {
        var session = session("fit linear")
        session.accept("split 80/10/10 by sold_on\nsplit 60/20/20 by sold_on\nfit linear\nscore on test")
        session.expectFault("split 80/20", "R0427")
    }

    /// Undo takes the split back, not what has been seen.
    @Test func undoDoesNotRestoreTheSeal() {
        var session = session("fit linear\nscore on test")
        _ = session.session.undo(3)
        #expect(session.workspace.table("sales")?.split == nil)
        session.accept("split 60/20/20 by sold_on")
        #expect(session.accept("fit linear").warnings.contains(Self.seen))
        #expect(session.accept("score on test").warnings.contains("no longer clean"))
        session.expectFault("split 80/20", "R0427")
        session.accept("load \"sales.csv\" as sales\nsplit 60/20/20 by sold_on")
        #expect(!session.accept("fit linear").words.contains(Self.seen), "loaded again: a fresh start")
    }

    /// What was undone is written down where it happened, so that a replay marks the same models.
    @Test func undoneOpeningsAreReplayed() {
        var session = session("fit linear\nscore on test")
        _ = session.session.undo(1)
        #expect(session.accept("fit tree depth 3").warnings.contains(Self.seen))
        let text = SessionFile.text(of: session.session)
        #expect(text.contains("#@ undone score on test\nfit tree depth 3\n"))
        let fresh = TestSession(["sales.csv": HouseFile.csv()])
        let items = SessionFile.items(of: ScriptParser.parse(text, grammar: fresh.session.registry.grammar).syntax)
        let replay = Replay(items, in: fresh.session)
        for cell in replay.cells { #expect(cell.verdict == .same, "\(cell.source): \(cell.details)") }
    }

    @Test func rowStepsAreRefusedExceptOnTrain() throws {
        var session = session()
        session.expectFault("filter price > 100k", "R0434")
        session.expectFault("dedupe by id", "R0434")
        session.expectFault("filter price > 100k on validation", "R0436")
        let before = try #require(session.workspace.table("sales")?.split)
        session.accept("filter price > 150k on train")
        let after = try #require(session.workspace.table("sales")?.split)
        #expect(after.trainRows.count < before.trainRows.count)
        #expect(after.validationRows.count == before.validationRows.count && after.testRows.count == before.testRows.count)
        session.accept("sort price\nledger")
        #expect(session.accept("ledger").number("unexplained") == 0)
    }

    @Test func aModelIsNotJudgedOnRowsItHasSeen() {
        var session = session("fit linear")
        session.expectFault("score on train", "R0444")
        #expect(session.accept("score on train including seen").words.contains("on train, 360 rows"))
        session.accept("fit linear on all as everything")
        #expect(
            session.accept("score everything").words.contains("it has learned from validation rows: judged by 5 folds of the training rows")
        )
        session.expectFault("score everything on validation", "R0444")
        session.expectFault("score everything on test", "R0444")
        session.accept("score everything on test including seen")
    }

    /// Another split deals rows of the old training part into validation: the old model knows them.
    @Test func anotherSplitDoesNotMakeSeenRowsNew() {
        var session = session("fit linear")
        session.accept("split 40/40/20 by sold_on")
        session.expectFault("score linear on validation", "R0444")
        #expect(session.accept("fit linear").words.contains("on validation"))
    }

    @Test func withoutValidationFoldsAreUsedAndSaid() {
        var session = HouseFile.session()
        session.accept("goal predict price\nsplit 80/20 by sold_on\nfit linear")
        #expect(session.accept("score").words.contains("5 folds of the training rows"))
        #expect(session.accept("compare").tables.first?.caption.contains("5 folds") == true)
        #expect(session.session.effects.effects.isEmpty)
    }
}

/// Effects that outlive the cells that had them.
@Suite struct LastingEffectsTests {
    static let seen = SealTests.seen

    private func undone() -> TestSession {
        var session = HouseFile.session()
        session.accept("goal predict price at sold_on\nsplit 60/20/20 by sold_on\nfit linear\nscore on test")
        _ = session.session.undo(3)
        return session
    }

    /// The split was undone too: the saved file holds what the opening stood on.
    @Test func anOpeningOutlivesItsSplitInTheFile() {
        var session = undone()
        session.accept("split 60/20/20 by sold_on")
        #expect(session.accept("fit tree depth 3").warnings.contains(Self.seen))
        let text = SessionFile.text(of: session.session)
        let expected = "#@ undone split 60/20/20 by sold_on\n#@ undone fit linear\n#@ undone score on test\nsplit 60/20/20 by sold_on\n"
        #expect(text.contains(expected), "\(text)")
        let fresh = TestSession(["sales.csv": HouseFile.csv()])
        let items = SessionFile.items(of: ScriptParser.parse(text, grammar: fresh.session.registry.grammar).syntax)
        var replay = Replay(items, in: fresh.session)
        for cell in replay.cells { #expect(cell.verdict == .same, "\(cell.source): \(cell.details)") }
        #expect(replay.cells.count == 4)
        #expect(SessionFile.text(of: replay.session) == text, "what was undone is still on the record")
        replay = Replay(SessionFile.items(of: ScriptParser.parse(text, grammar: fresh.session.registry.grammar).syntax), in: fresh.session)
        #expect(replay.verdict == .same)
    }

    @Test func redoTakesItOffTheRecordAgain() {
        var session = undone()
        _ = session.session.redo(2)
        #expect(SessionFile.text(of: session.session).contains("fit linear\n#= ") == true)
        #expect(SessionFile.text(of: session.session).hasSuffix("#@ undone score on test\n"))
        _ = session.session.redo(1)
        #expect(!SessionFile.text(of: session.session).contains("undone"))
    }

    @Test func openedSessionsRememberIt() throws {
        let text = SessionFile.text(of: undone().session)
        var session = TestSession(["sales.csv": HouseFile.csv()])
        _ = try session.session.open(
            Session.entries(of: RecordedScript(text, name: "s.rondo", registry: session.session.registry)), source: "open",
            isRecovery: false)
        session.accept("split 60/20/20 by sold_on")
        #expect(session.accept("fit linear").warnings.contains(Self.seen))
    }

    /// An undone cell that cannot be run again is no secret.
    @Test func aLostOpeningFailsTheReplay() {
        let text = "rondo 1\nload \"sales.csv\" as sales\n#@ undone score on test\n"
        let fresh = TestSession(["sales.csv": HouseFile.csv()])
        let replay = Replay(
            SessionFile.items(of: ScriptParser.parse(text, grammar: fresh.session.registry.grammar).syntax), in: fresh.session)
        #expect(replay.verdict == .failed)
        #expect(replay.cells.last?.details.joined().contains("undone, but its effect stayed") == true)
    }

    /// Releases of the folder are no part of an answer that a replay compares.
    @Test func plainReleasesDependOnTheSessionAlone() throws {
        let script =
            "load \"sales.csv\" as sales\ngoal predict price at sold_on\nsplit 60/20/20 by sold_on\nfit linear\ndeploy linear as house_price\n"
        var session = TestSession(["sales.csv": HouseFile.csv()])
        session.accept(script + "releases\nreleases house_price")
        let text = SessionFile.text(of: session.session)
        var full = TestSession(["sales.csv": HouseFile.csv()])
        full.accept(script + "fit tree depth 2\ndeploy tree as house_price\ndeploy linear as barn\ndeploy tree as shed")
        var scratch = TestSession(["sales.csv": HouseFile.csv()])
        scratch.session.world.releases = MemoryReleases(over: full.releases.store).store
        #expect(try scratch.session.world.releases.list(nil).isEmpty)
        #expect(try scratch.session.world.releases.list("barn").count == 1)
        let items = SessionFile.items(of: ScriptParser.parse(text, grammar: scratch.session.registry.grammar).syntax)
        for cell in Replay(items, in: scratch.session).cells { #expect(cell.verdict == .same, "\(cell.source): \(cell.details)") }
        scratch.session.world.releases = full.releases.store
        for cell in Replay(items, in: scratch.session).cells { #expect(cell.verdict == .same, "\(cell.source): \(cell.details)") }
        #expect(full.accept("releases barn").tables.first?.caption == "versions of barn")
    }

    /// The numbers of cells are shown and do not count: an added look moves no digest.
    @Test func insertedCellsDoNotMoveTheLedger() {
        var one = HouseFile.session()
        var two = HouseFile.session()
        two.accept("describe")
        for cell in ["filter rooms < 6", "split 60/20/20 by sold_on", "ledger", "check count() = 1"] {
            #expect(CellDigest(one.accept(cell)) == CellDigest(two.accept(cell)), "\(cell)")
        }
    }
}
