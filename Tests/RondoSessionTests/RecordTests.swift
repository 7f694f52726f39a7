import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import Testing

@testable import RondoSession

/// The lines under a cell, and the journal: read back as they were written, whatever happened to them.
@Suite struct RecordTests {
    private func record(_ figures: [(String, String)], files: [CellRecord.FileRecord] = []) -> CellRecord {
        CellRecord(
            figures: figures.map { CellRecord.Figure(name: $0.0, text: $0.1) }, digest: CellDigest(exact: 0x5e1f_09aa, rounded: 7),
            files: files)
    }

    @Test func recordsReadBack() {
        let all = [
            record([("train", "29393"), ("validation", "9798")]),
            record([]),
            record([("within(10%)", "0.71"), ("precision@10", "1e-07"), ("sold_on", "2024-03-01")]),
            record([("who", "Doe, Jane"), ("dot", "a · b"), ("break", "a b")]),
            record([("rows", "5")], files: [.init(name: "my sales 2024.csv", byteCount: 6_881_234, sha256: "ab12", isWritten: false)]),
            record([("rows", "5")], files: [.init(name: "out.csv", byteCount: 1, sha256: "00", isWritten: true)]),
        ]
        for one in all { #expect(CellRecord(lines: one.lines) == one, "\(one.lines)") }
    }

    @Test func quotesInsideAFigureSurvive() {
        for text in ["say \"no\", please", "\"", "\"quoted\"", "a \"b\" · c", "it's", "back\\slash, \\\"", " blank ", ""] {
            let one = record([("who", text), ("rows", "5")])
            #expect(CellRecord(lines: one.lines) == one, "\(one.lines)")
        }
    }

    @Test func figuresAreKeptInSixDigits() {
        var session = HouseFile.session(rows: 100)
        session.accept("goal predict price\nsplit 60/20/20 by sold_on\nfit linear\nscore")
        for run in session.session.runs {
            let record = CellRecord(run)
            #expect(CellRecord(lines: record.lines) == record, "\(run.source): \(record.lines)")
        }
    }

    @Test func withoutARecordLineThereIsNoRecord() {
        #expect(CellRecord(lines: []) == nil)
        #expect(CellRecord(lines: ["#@ a.csv 5 bytes sha256 00"]) == nil)
        #expect(CellRecord(lines: ["#="])?.figures == [])
    }

    /// Damaged records never trap; they read as something or nothing.
    @Test func damagedRecordsNeverTrap() {
        let line = Array(record([("who", "Doe, \"J\" · x"), ("rows", "5")]).lines[0].unicodeScalars)
        for cut in 0...line.count {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: line[..<cut])
            _ = CellRecord(lines: [String(view)])
        }
        var stream = RandomStream(seed: 1, purpose: "records")
        for _ in 0..<2000 {
            var text = line
            for _ in 0..<3 { text[stream.uniform(below: text.count)] = [",", "\"", "·", " ", "#", "="][stream.uniform(below: 6)] }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: text)
            _ = CellRecord(lines: [String(view)])
        }
    }

    // MARK: Journal

    @Test func journalCutAnywhereGivesExactlyTheWholeLines() throws {
        let files = MemoryFiles()
        var world = TestSession().session.world
        world.files = files.access
        let journal = Journal(path: "journal.jsonl", world: world, author: "ä, \"b\"")
        try journal.begin(baseFolder: "häuser")
        try journal.cell("load \"sales.csv\" as sales", verdict: "ok")
        try journal.cell("drop sqtf\n  but \"ü\"", verdict: "R0203")
        journal.note("# Häuser\nzweite Zeile")
        let bytes = try #require(files.files["journal.jsonl"])
        let whole = Journal.entries(in: String(decoding: bytes, as: UTF8.self))
        #expect(whole.map(\.kind) == ["begin", "cell", "cell", "note"])
        #expect(whole.map(\.verdict) == ["rondo 1", "ok", "R0203", "ok"])
        #expect(whole[2].text == "drop sqtf\n  but \"ü\"")
        for cut in 0...bytes.count {
            let lines = bytes[..<cut].split(separator: 10, omittingEmptySubsequences: false)
            // A line counts when it is complete; its line break may be missing.
            let complete = lines.dropLast().count + (isWhole(lines.last) ? 1 : 0)
            let entries = Journal.entries(in: String(decoding: bytes[..<cut], as: UTF8.self))
            #expect(entries == Array(whole.prefix(complete)), "cut at \(cut)")
        }
    }

    private func isWhole(_ line: ArraySlice<UInt8>?) -> Bool {
        guard let line, !line.isEmpty else { return false }
        return (try? JSONReader.read(String(decoding: line, as: UTF8.self))) != nil
    }

    @Test func rubbishInTheMiddleCostsOnlyItsLine() {
        let text = """
            {"kind":"cell","text":"count","verdict":"ok"}
            {"kind":"cell","text":5}
            \u{0}\u{0}
            [1,2
            {"kind":"cell","text":"head","verdict":"ok"}
            """
        #expect(Journal.entries(in: text).map(\.text) == ["count", "head"])
    }

    /// A fit shows the baseline of its first metric only; the goal is judged by all of them.
    @Test(arguments: [
        ("mape < 900% and within(10%) > 0%", "The goal is met."), ("mape < 900% and within(10%) > 99%", "The goal is not met."),
    ])
    func aFitIsJudgedByEveryMetricOfTheGoal(goal: String, words: String) {
        var session = HouseFile.session(rows: 300)
        session.accept("goal predict price succeed when \(goal)\nsplit 60/20/20 by sold_on\nfit linear\nreport \"r.html\"")
        #expect(String(decoding: session.files.files["r.html"] ?? [], as: UTF8.self).contains(words))
    }
}
