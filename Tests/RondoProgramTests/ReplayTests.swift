import Foundation
import Testing

@Suite("Replay and report")
struct ReplayTests {
    private let folder: TestFolder
    private let script = "rondo 1\n## # Homes\nload \"homes.csv\" as homes\nfilter price > 80k\n# a comment\ncount\n"

    init() throws {
        folder = try TestFolder()
        try folder.writeHomes()
        try folder.write("homes.rondo", script)
    }

    private func rondo(_ arguments: String...) throws -> BuiltProgram.Outcome { try BuiltProgram.run(arguments, in: folder) }

    @Test("accepting puts a record under every cell and leaves all other lines; a replay then says same")
    func accepting() throws {
        #expect(try rondo("replay", "homes.rondo").output.contains("3 not recorded"))
        #expect(try rondo("replay", "homes.rondo", "--accept").code == 0)
        let text = try folder.read("homes.rondo")
        #expect(text.split(separator: "\n").filter { !$0.hasPrefix("#=") && !$0.hasPrefix("#@") }.joined(separator: "\n") + "\n" == script)
        #expect(text.contains("\n#@ homes.csv "))
        let again = try rondo("replay", "homes.rondo")
        #expect(again.code == 0)
        #expect(again.output.contains("homes.rondo: 3 same"))
        #expect(try rondo("replay", "homes.rondo", "--accept").code == 0)
        #expect(try folder.read("homes.rondo") == text)
    }

    @Test("a figure that moved, and data that changed, leave with 3")
    func moved() throws {
        _ = try rondo("replay", "homes.rondo", "--accept")
        let accepted = try folder.read("homes.rondo")
        try folder.write("homes.rondo", accepted.replacing("80k", with: "90k"))
        let moved = try rondo("replay", "homes.rondo", "--format", "jsonl")
        #expect(moved.code == 3)
        #expect(try moved.objects().map { $0["verdict"] as? String } == ["same", "moved", "moved"])
        try folder.write("homes.rondo", accepted)
        try folder.writeHomes(rows: 301)
        let changed = try rondo("replay", "homes.rondo")
        #expect(changed.code == 3)
        #expect(changed.output.contains("data changed  [1]"))
    }

    @Test("a cell that fails leaves with 1, bad syntax and a damaged page with 2")
    func failed() throws {
        try folder.write("bad.rondo", script + "describe nothing\n")
        #expect(try rondo("replay", "bad.rondo").code == 1)
        try folder.write("bad.rondo", script + "frobnicate\n")
        #expect(try rondo("replay", "bad.rondo").code == 2)
        try folder.write("bad.html", "<!doctype html><p>no session</p>")
        #expect(try rondo("replay", "bad.html").code == 2)
    }

    @Test("two sessions are held against each other")
    func comparing() throws {
        try folder.write("other.rondo", script.replacing("price > 80k", with: "price > 90k"))
        #expect(try rondo("replay", "homes.rondo", "homes.rondo").code == 0)
        let outcome = try rondo("replay", "homes.rondo", "other.rondo")
        #expect(outcome.code == 3)
        #expect(outcome.output.contains("moved         [3] count"))
    }

    @Test("a report is one page that replays, and writes nothing else")
    func report() throws {
        try folder.write("homes.rondo", script + "export homes to \"out.csv\"\n")
        let outcome = try rondo("report", "homes.rondo", "page.html")
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(try folder.list(".") == ["homes.csv", "homes.rondo", "page.html"])
        let page = try folder.read("page.html")
        #expect(page.hasPrefix("<!doctype html>") && !page.contains("http://") && !page.contains("https://"))
        let again = try rondo("replay", "page.html")
        #expect(again.code == 0, "\(again.output)")
        #expect(again.output.contains("4 same"))
        #expect(try rondo("report", "homes.rondo", "second.html").code == 0)
        #expect(try folder.read("second.html") == page)
    }

    @Test("a page in another folder replays with the files of its session")
    func pageElsewhere() throws {
        try folder.write("pages/keep", "")
        #expect(try rondo("report", "homes.rondo", "pages/page.html").code == 0)
        let again = try rondo("replay", "pages/page.html")
        #expect(again.code == 0, "\(again.output)\(again.errors)")
        #expect(again.output.contains(" same"))
    }

    @Test("run --report draws the same session")
    func runReport() throws {
        #expect(try rondo("run", "homes.rondo", "--report", "page.html").code == 0)
        #expect(folder.has("page.html"))
    }

    @Test("Ctrl-C during run leaves with 130")
    func interrupted() throws {
        try folder.writeHomes(rows: 4000)
        let cells = ["rondo 1", "load \"homes.csv\" as homes", "goal \"g\" predict price", "split 60/20/20", "fit forest trees 10000"]
        try folder.write("long.rondo", cells.joined(separator: "\n"))
        let terminal = try ProgramTerminal(["run", "long.rondo"], in: folder)
        try terminal.expect("trees  ")
        terminal.type(ProgramTerminal.controlC)
        #expect(try terminal.end() == 130)
        #expect(terminal.shown.contains("error R0501"))
    }
}
