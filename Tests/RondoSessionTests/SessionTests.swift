import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession
import Testing

/// A session as a value: undo, edit, records, replay.
@Suite struct SessionTests {
    static let script = """
        param low = 60k about "least price"
        load "sales.csv" as sales
        ## # Houses
        goal predict price at sold_on succeed when mape < 90%
        filter price > $low
        # a remark
        impute sqft median by type
        split 60/20/20 by sold_on
        fit linear
        score
        describe price
        """

    // MARK: Undo

    @Test func undoAndRedoRestoreEverything() {
        var session = TestSession(["sales.csv": HouseFile.csv(rows: 200)])
        var digests = [WorkspaceDigest(session.workspace)]
        let cells = Self.script.split(separator: "\n").map(String.init)
        for cell in cells {
            let count = session.session.runs.count
            session.accept(cell)
            if session.session.runs.count > count { digests.append(WorkspaceDigest(session.workspace)) }
        }
        for digest in digests.reversed().dropFirst() {
            #expect(session.session.undo(1).count == 1)
            #expect(WorkspaceDigest(session.workspace) == digest)
        }
        #expect(session.session.undo(1).isEmpty)
        for digest in digests.dropFirst() {
            #expect(session.session.redo(1).count == 1)
            #expect(WorkspaceDigest(session.workspace) == digest)
        }
        #expect(session.session.redo(1).isEmpty)
    }

    @Test func describeIsTheSameAfterUndo() {
        var session = HouseFile.session()
        let before = CellDigest(session.accept("describe"))
        session.accept("impute sqft median\nscale rooms minmax\nfilter price > 100k\ndrop school")
        #expect(CellDigest(session.accept("describe")) != before)
        _ = session.session.undo(5)
        #expect(CellDigest(session.accept("describe")) == before)
    }

    @Test func undoSaysWhatItCannotTakeBack() throws {
        var session = HouseFile.session()
        session.accept("export sales to \"copy.csv\"")
        let run = try #require(session.session.undo(1).first)
        #expect(session.session.lastingEffects(of: run) == ["copy.csv was written"])
        #expect(session.files.files["copy.csv"] != nil)
        #expect(SessionFile.text(of: session.session).contains("#@ undone export sales to \"copy.csv\""))
    }

    @Test func aMillionRowsShareTheirUnchangedColumns() throws {
        var text = "a,b\n"
        for row in 0..<1_000_000 { text += "\(row).5,\(row % 7)\n" }
        var session = TestSession(["big.csv": text])
        session.accept("load \"big.csv\" as big")
        let address = try #require(self.address(session, "a"))
        session.accept("derive c = a * 2\nscale b minmax")
        #expect(try session.prepared("big")["a"].flatMap(baseAddress) == address)
        #expect(self.address(session, "a") == address)
        _ = session.session.undo(2)
        #expect(self.address(session, "a") == address)
    }

    private func address(_ session: TestSession, _ column: String) -> UnsafePointer<Double>? {
        session.workspace.tables.last?.rows[column].flatMap(baseAddress)
    }
    private func baseAddress(_ column: Column) -> UnsafePointer<Double>? {
        guard case .number(let values) = column.storage else { return nil }
        return values.withUnsafeBufferPointer { $0.baseAddress }
    }

    // MARK: Edit and rerun

    @Test func editMarksExactlyWhatDependsOnIt() throws {
        var session = TestSession(["sales.csv": HouseFile.csv(rows: 200), "other.csv": "x,y\n1,2\n3,4\n"])
        session.accept(
            """
            load "other.csv" as other
            load "sales.csv" as sales
            filter price > 60k
            describe from other
            goal predict price
            split 60/20/20 by sold_on
            fit linear
            score
            note "kept"
            """
        )
        let cell = try #require(CellParser.parse("filter price > 100k", grammar: session.session.registry.grammar).syntax)
        let stale = try session.session.edit(3, to: cell)
        #expect(stale == [3, 5, 6, 7, 8])
        #expect(session.session.runs.filter(\.isStale).map(\.number) == stale)
        let reports = session.session.rerun()
        #expect(reports.compactMap(\.number) == stale)
        #expect(reports.allSatisfy { $0.status == .ok })
        #expect(session.session.runs.allSatisfy { !$0.isStale })

        var fresh = TestSession(["sales.csv": HouseFile.csv(rows: 200), "other.csv": "x,y\n1,2\n3,4\n"])
        fresh.accept(SessionFile.text(of: session.session, withRecords: false))
        #expect(WorkspaceDigest(fresh.workspace) == WorkspaceDigest(session.workspace), "rerun equals a fresh run")
        #expect(fresh.session.runs.map(\.digest) == session.session.runs.map(\.digest))
    }

    /// The last cell reads nothing that the edited one writes, only what a cell between them does.
    @Test func editMarksWhatDependsOnItThroughOthers() throws {
        var session = TestSession(["sales.csv": HouseFile.csv(rows: 200)])
        session.accept(
            """
            param least = 60k
            load "sales.csv" as sales
            filter price > $least
            describe
            """
        )
        let cell = try #require(CellParser.parse("param least = 100k", grammar: session.session.registry.grammar).syntax)
        #expect(try session.session.edit(1, to: cell) == [1, 3, 4])
    }

    @Test func aFailedRerunLeavesTheSession() throws {
        var session = HouseFile.session(rows: 100)
        session.accept("derive a = rooms + 1\nderive b = a + 1")
        let before = WorkspaceDigest(session.workspace)
        _ = try session.session.edit(
            2, to: try #require(CellParser.parse("derive q = rooms + 1", grammar: session.session.registry.grammar).syntax))
        #expect(session.session.rerun().last?.status == .error)
        #expect(WorkspaceDigest(session.workspace) == before)
        #expect(throws: Diagnostic.self) { try session.session.edit(99, to: session.session.runs[0].syntax) }
    }

    // MARK: Replay

    private func recorded() -> (text: String, session: TestSession) {
        var session = TestSession(["sales.csv": HouseFile.csv(rows: 200)])
        session.accept(Self.script)
        return (SessionFile.text(of: session.session), session)
    }

    private func replay(
        _ text: String, csv: String = HouseFile.csv(rows: 200), tolerance: Double? = nil, threads: Int = 1, expected: [Int: [Block]] = [:]
    ) -> Replay {
        let session = TestSession(["sales.csv": csv], threads: threads, stride: 0.11)
        let parsed = ScriptParser.parse(text, grammar: session.session.registry.grammar)
        #expect(parsed.isWhole)
        return Replay(SessionFile.items(of: parsed.syntax), in: session.session, tolerance: tolerance, expected: expected)
    }

    @Test(arguments: [1, 2]) func aSavedSessionReplaysTheSame(_ threads: Int) {
        let (text, session) = recorded()
        let outcome = replay(text, threads: threads)
        #expect(outcome.cells.count == session.session.runs.count)
        for cell in outcome.cells { #expect(cell.verdict == .same, "\(cell.source): \(cell.details)") }
        #expect(outcome.verdict == .same && outcome.verdict.exitCode == 0)
        #expect(SessionFile.text(of: outcome.session) == text, "saving it again changes nothing")
    }

    @Test func theTextRunsWithoutItsRecords() {
        let (_, session) = recorded()
        var again = TestSession(["sales.csv": HouseFile.csv(rows: 200)])
        again.accept(SessionFile.text(of: session.session, withRecords: false))
        #expect(again.session.runs.map(\.digest) == session.session.runs.map(\.digest))
        #expect(replay(SessionFile.text(of: session.session, withRecords: false)).verdict == .unrecorded)
    }

    @Test func aChangedFigureSaysFromAndTo() throws {
        let (text, _) = recorded()
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("#= rows ") && $0.contains("dropped") })
        let figure = try #require(line.split(separator: " ").dropFirst(2).first?.split(separator: ",").first)
        let wrong = "#= rows 1" + line.dropFirst("#= rows ".count + figure.count).replacing("·", with: "· 00000000 00000000 ·")
        let changed = text.replacing(String(line), with: wrong.split(separator: "·").prefix(2).joined(separator: "·"))
        let outcome = replay(changed)
        let moved = try #require(outcome.cells.first { $0.verdict == .moved })
        #expect(moved.details.contains("rows: from 1 to \(figure)"), "\(moved.details)")
        #expect(outcome.verdict == .moved && outcome.verdict.exitCode == 3)
    }

    @Test func changedDataIsSaidAsSuch() {
        let (text, _) = recorded()
        let outcome = replay(text, csv: HouseFile.csv(rows: 200).replacing("condo", with: "cabin"))
        #expect(outcome.cells.first { $0.source.hasPrefix("load") }?.verdict == .dataChanged)
        #expect(outcome.verdict == .dataChanged && outcome.verdict.exitCode == 3)
    }

    @Test func figuresWithinToleranceAreClose() throws {
        let (text, _) = recorded()
        let score = try #require(
            text.split(separator: "\n").first { $0.hasPrefix("#= ") && $0.contains("baseline_rmse") && $0.contains("r2 ") })
        let rmse = try #require(score.split(separator: ", ").first { $0.contains("rmse ") && !$0.contains("baseline") })
        let value = try #require(Double(rmse.split(separator: " ").last ?? ""))
        let bare = score.split(separator: "·").first ?? ""
        let changed = text.replacing(
            String(score),
            with: bare.replacing(String(rmse), with: rmse.replacing(rmse.split(separator: " ").last ?? "", with: "\(value * 1.0005)")))
        #expect(replay(changed, tolerance: 0.001).cells.first { $0.source == "score" }?.verdict == .close)
        #expect(replay(changed, tolerance: 0.0001).cells.first { $0.source == "score" }?.verdict == .moved)
    }

    @Test func replayStopsAtTheFirstFailure() {
        let outcome = replay("rondo 1\nload \"sales.csv\" as sales\ndrop nothing_here\ncount\n")
        #expect(outcome.cells.map(\.verdict) == [.unrecorded, .failed])
        #expect(outcome.verdict.exitCode == 1)
    }

    @Test func theTableCellThatMovedIsNamed() throws {
        let (text, session) = recorded()
        var blocks = Dictionary(session.session.runs.map { ($0.number, $0.blocks) }, uniquingKeysWith: { $1 })
        let run = try #require(session.session.runs.first { $0.source == "describe price" })
        blocks[run.number] = run.blocks.map { block in
            guard case .table(var table) = block else { return block }
            table.rows[0][5] = .number(1)
            return .table(table)
        }
        let changed = text.replacing(run.digest.text, with: "00000000 00000000")
        let moved = replay(changed, expected: blocks).cells.first { $0.source == "describe price" }
        #expect(moved?.verdict == .moved)
        #expect(moved?.details.contains { $0.contains("row price, mean: from 1") } == true, "\(moved?.details ?? [])")
    }
}
