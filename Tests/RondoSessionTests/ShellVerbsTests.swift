import RondoKernels
import RondoLanguage
import RondoReport
import RondoSession
import RondoSignature
import RondoVerbs
import Testing

/// A session over files in memory, entered line by line.
private struct Bench {
    let files: MemoryFiles
    var session: Session

    init(files: MemoryFiles = MemoryFiles(), releases: MemoryReleases = MemoryReleases()) {
        self.files = files
        let world = World(now: { 1_700_000_000_000_000 }, elapsed: { 0 }, environment: [:], files: files.access, releases: releases.store)
        session = Session(registry: StandardVerbs.registry, world: world)
    }

    /// Enters a cell; a cell that cannot be read is a failed report too.
    @discardableResult
    mutating func enter(_ text: String) -> CellReport {
        let parsed = CellParser.parse(text, grammar: session.registry.grammar)
        guard let cell = parsed.syntax else {
            let words = parsed.diagnostics.map(\.message).joined(separator: "; ")
            return CellReport(
                number: nil, line: 1, source: text, status: .error,
                error: ErrorReport(code: "syntax", message: words, start: 0, end: 0, remedy: ""))
        }
        return session.enter(cell)
    }
}

extension CellReport {
    fileprivate var text: String { TerminalRenderer(width: 200, colour: false, unicode: true).text(self) }
}

private let loaded = "load demo \"house_sales\" as sales rows 500"

@Suite("Verbs of the shell")
struct ShellVerbsTests {
    @Test("every shell verb's examples run")
    func examples() {
        for verb in StandardVerbs.registry.grammar.verbs where verb.cellClass == .shell {
            #expect(verb.examples.count >= 2, "\(verb.name)")
            for example in verb.examples {
                var bench = Bench()
                for cell in example.setup {
                    let report = bench.enter(cell)
                    #expect(report.error == nil, "\(verb.name), before \(example.cell): \(cell): \(report.error?.message ?? "")")
                }
                let report = bench.enter(example.cell)
                #expect(report.error == nil, "\(example.cell): \(report.error?.message ?? "")")
            }
        }
    }

    @Test("help has a page for every verb, family, function and metric, and finds verbs by what they do")
    func help() {
        var bench = Bench()
        let grammar = bench.session.registry.grammar
        for name in grammar.verbs.map(\.name) + grammar.families.map(\.name) + [
            "mean", "mape", "functions", "metrics", "families", "standard", "R0203",
        ] {
            #expect(bench.enter("help \(name)").error == nil, "\(name)")
        }
        #expect(bench.enter("help fit forest").text.contains("trees"))
        #expect(
            bench.enter("help \"remove duplicates\"").blocks.contains { block in
                if case .table(let table) = block { table.rows.first?.first { $0 == .text("dedupe") } != nil } else { false }
            })
        #expect(bench.enter("impute?").text.contains("impute COLUMNS"))
        let unknown = bench.enter("help imptue")
        #expect(unknown.error?.code == "R0566")
        #expect(unknown.error?.note == "did you mean impute?")
        #expect(bench.session.runs.isEmpty)
    }

    @Test("undo says what it cannot take back, redo returns")
    func undo() {
        var bench = Bench()
        #expect(bench.enter("undo").error?.code == "R0561")
        bench.enter(loaded)
        bench.enter("export sales to \"out.csv\"")
        let undone = bench.enter("undo")
        #expect(undone.text.contains("cell 2 taken back"))
        #expect(undone.text.contains("this stays: out.csv was written"))
        #expect(bench.session.runs.count == 1)
        #expect(bench.enter("redo").error == nil)
        #expect(bench.session.runs.count == 2)
        #expect(bench.enter("redo").error?.code == "R0561")
    }

    @Test("edit marks dependents, rerun runs exactly those")
    func edit() {
        var bench = Bench()
        for cell in [loaded, "filter price > 1", "count", "note \"x\" kind finding"] { bench.enter(cell) }
        #expect(bench.enter("edit 2").text.contains("filter price > 1"))
        #expect(bench.enter("edit 2 filter price > 300k").error == nil)
        #expect(bench.session.runs.map(\.isStale) == [false, true, true, false])
        #expect(bench.enter("edit 2 undo").error?.code == "R0562")
        #expect(bench.enter("edit 9 count").error?.code == "R0510")
        #expect(bench.enter("edit 2 filtr price > 1").error?.start == 7)
        #expect(bench.enter("rerun").figure("cells")?.value == .integer(2))
        #expect(bench.session.runs.map(\.isStale) == [false, false, false, false])
        var other = Bench()
        for cell in [loaded, "filter price > 300k", "count"] { other.enter(cell) }
        #expect(bench.session.runs[2].digest == other.session.runs[2].digest)
    }

    @Test("a rerun that fails leaves the session as it was")
    func failedRerun() {
        var bench = Bench()
        for cell in [loaded, "filter price > 1"] { bench.enter(cell) }
        bench.enter("edit 2 filter nonsense > 1")
        #expect(bench.enter("rerun").error != nil)
        #expect(bench.session.runs[1].isStale)
    }

    @Test("save, open and replay agree")
    func files() {
        var bench = Bench()
        for cell in [loaded, "filter price > 1", "describe price"] { bench.enter(cell) }
        #expect(bench.enter("save").error?.code == "R0563")
        #expect(bench.enter("save \"page.html\"").error?.code == "R0568")
        #expect(bench.enter("save \"s.rondo\"").error == nil)
        #expect(bench.enter("save").error == nil)
        #expect(bench.enter("replay \"s.rondo\"").figure("same")?.value == .integer(3))
        #expect(bench.enter("replay").figure("same")?.value == .integer(3))
        var other = Bench(files: bench.files)
        other.enter("note \"gone after open\"")
        #expect(other.enter("open \"s.rondo\"").error == nil)
        #expect(other.session.runs.map(\.digest) == bench.session.runs.map(\.digest))
        #expect(other.session.workspace.notes.isEmpty)
        #expect(other.enter("open \"none.rondo\"").error?.code == "R0620")
        #expect(other.session.runs.count == 3)
    }

    @Test("the journal brings back the same session, effects not repeated")
    func journal() throws {
        let files = MemoryFiles()
        let path = ".rondo/journal/2026-01-01.jsonl"
        var first = Bench(files: files)
        first.session.journal = Journal(path: path, world: first.session.world)
        for cell in [
            loaded, "filter price > 1", "filter nonsense > 1", "count", "export sales to \"out.csv\"", "undo", "edit 2 filter price > 300k",
            "rerun", "help",
        ] {
            first.enter(cell)
        }
        let entries = Journal.entries(in: String(decoding: files.files[path] ?? [], as: UTF8.self))
        #expect(entries.map(\.kind) == ["cell", "cell", "cell", "cell", "cell", "shell", "shell", "shell"])
        #expect(entries.map(\.verdict).filter { $0 != "ok" } == ["R0203"])
        let written = files.files["out.csv"]
        try files.access.write("out.csv", [1])

        var second = Bench(files: files)
        second.session.journal = Journal(path: ".rondo/journal/2026-01-02.jsonl", world: second.session.world)
        let opened = second.enter("open last")
        #expect(opened.error == nil, "\(opened.error?.message ?? "")")
        #expect(opened.text.contains("1 refused cell left out"))
        #expect(written != nil)
        #expect(files.files["out.csv"] == [1])
        #expect(second.session.runs.map(\.source) == first.session.runs.map(\.source))
        #expect(second.session.runs.map(\.digest) == first.session.runs.map(\.digest))
        second.enter("describe price")

        var third = Bench(files: files)
        #expect(third.enter("open last").error == nil)
        #expect(third.session.runs.map(\.source) == second.session.runs.map(\.source))
    }

    @Test("only verbs that look or write run in a script")
    func script() {
        let bench = Bench()
        func run(_ text: String) -> Int32 { ScriptRun(text, in: bench.session) { _, _ in }.exitCode }
        #expect(run("rondo 1\n\(loaded)\nhelp\nhistory\nstatus\nsave \"a.rondo\"\nreplay \"a.rondo\"\nreport \"a.html\"\n") == 0)
        for verb in ["undo", "redo", "edit 1", "rerun", "open last", "more", "quit"] {
            #expect(run("rondo 1\n\(loaded)\n\(verb)\n") == 1, "\(verb)")
        }
        #expect(!ScriptRun("rondo 1\ncount\n", in: bench.session) { _, _ in }.session.isScript)
    }

    @Test("a report is the same bytes twice and carries its session")
    func report() throws {
        var bench = Bench()
        _ = bench.session.enter(note: "# House prices\n\nA try.", line: 1)
        for cell in [
            loaded, "goal \"Suggest a price\" predict price succeed when mape < 90%", "split 60/20/20 by sold_on", "fit linear", "score",
            "note \"no renovations\" kind limitation",
        ] {
            let report = bench.enter(cell)
            #expect(report.error == nil, "\(cell): \(report.error?.message ?? "")")
        }
        #expect(bench.enter("report \"a.html\"").error == nil)
        let first = bench.files.files["a.html"]
        #expect(bench.enter("report \"a.html\"").error == nil)
        #expect(first == bench.files.files["a.html"])
        let document = ReportBuilder.document(of: bench.session)
        #expect(document.title == "House prices")
        #expect(document.goal?.lines.first?.isMet != nil)
        #expect(document.models?.rows.count == 1)
        #expect(document.register.count == 1)
        #expect(bench.enter("replay \"a.html\"").figure("same")?.value == .integer(6))
        #expect(bench.enter("report \"a.md\"").error == nil)
        #expect(String(decoding: bench.files.files["a.md"] ?? [], as: UTF8.self).hasPrefix("# House prices\n"))
        #expect(bench.enter("report \"a.pdf\"").error?.code == "R0565")
    }

    @Test("status names what comes next")
    func status() {
        var bench = Bench()
        #expect(bench.enter("status").text.contains("next: load"))
        bench.enter(loaded)
        #expect(bench.enter("status").text.contains("next: goal"))
        bench.enter("goal predict price succeed when mape < 20%")
        #expect(bench.enter("status").text.contains("next: split 60/20/20 by sold_on"))
        bench.enter("split 60/20/20 by sold_on")
        #expect(bench.enter("status").text.contains("next: fit linear"))
        bench.enter("fit linear")
        #expect(bench.enter("status").text.contains("fitted as it was loaded"))
        bench.enter("note \"late\" kind issue until 2020-01-01")
        #expect(bench.enter("status").text.contains("was due 2020-01-01"))
    }

    @Test("more shows the last answer, again and again")
    func more() {
        var bench = Bench()
        #expect(bench.enter("more").error?.code == "R0561")
        bench.enter(loaded)
        let shown = bench.enter("head 30")
        #expect(bench.enter("more").blocks == shown.blocks)
        #expect(bench.enter("more").blocks == shown.blocks)
    }
}
