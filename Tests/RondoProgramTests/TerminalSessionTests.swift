import Foundation
import Testing

@Suite("The shell at a terminal", .serialized)
struct TerminalSessionTests {
    private let folder: TestFolder

    init() throws {
        folder = try TestFolder()
        try folder.writeHomes()
    }

    @Test("shows its prompt, answers a cell, shows the table on the right, and leaves with Ctrl-D")
    func conversation() throws {
        let terminal = try ProgramTerminal(in: folder)
        try terminal.expect("rondo[1]>")
        terminal.enter("load \"homes.csv\" as homes")
        try terminal.expect("300 rows")
        try terminal.expect("rondo[2]>")
        try terminal.expect("homes 300 × 4")
        terminal.type(ProgramTerminal.controlD)
        #expect(try terminal.end() == 0)
    }

    /// A Ctrl-D that comes before the terminal leaves line mode reaches the program as a zero byte; so does Ctrl-Space after it.
    @Test("leaves with a Ctrl-D typed while a cell runs, and with one after Ctrl-Space", arguments: [true, false])
    func controlD(early: Bool) throws {
        try folder.writeHomes(rows: 4000)
        let terminal = try ProgramTerminal(in: folder)
        try terminal.expect("rondo[1]>")
        for cell in ["load \"homes.csv\" as homes", "goal \"g\" predict price", "split 60/20/20"] { terminal.enter(cell) }
        try terminal.expect("rondo[4]>")
        terminal.enter("fit forest trees 100")
        if !early { try terminal.expect("rondo[5]>") }
        terminal.type(early ? ProgramTerminal.controlD : "\0" + ProgramTerminal.controlD)
        #expect(try terminal.end() == 0)
    }

    @Test("NO_COLOR keeps colour out")
    func noColour() throws {
        let terminal = try ProgramTerminal(in: folder, environment: ["NO_COLOR": "1"])
        try terminal.expect("rondo[1]>")
        terminal.enter("frobnicate")
        try terminal.expect("error R")
        try terminal.expect("rondo[1]>")
        #expect(!terminal.shown.contains("\u{1B}[1m") && !terminal.shown.contains("\u{1B}[31m") && !terminal.shown.contains("\u{1B}[1;31m"))
        terminal.enter("quit")
        #expect(try terminal.end() == 0)
    }

    @Test("colours otherwise")
    func colour() throws {
        let terminal = try ProgramTerminal(in: folder)
        try terminal.expect("rondo[1]>")
        terminal.enter("frobnicate")
        try terminal.expect("\u{1B}[1;31merror R")
    }

    @Test("Ctrl-C abandons the line")
    func abandon() throws {
        let terminal = try ProgramTerminal(in: folder)
        try terminal.expect("rondo[1]>")
        terminal.type("load \"nowhere")
        try terminal.expect("nowhere")
        terminal.type(ProgramTerminal.controlC)
        try terminal.expect("rondo[1]>")
        terminal.enter("load \"homes.csv\" as homes")
        try terminal.expect("300 rows")
    }

    @Test("Ctrl-C stops a running cell and leaves the session as before")
    func interrupt() throws {
        try folder.writeHomes(rows: 4000)
        let terminal = try ProgramTerminal(in: folder)
        try terminal.expect("rondo[1]>")
        for cell in ["load \"homes.csv\" as homes", "goal \"g\" predict price", "split 60/20/20"] { terminal.enter(cell) }
        try terminal.expect("rondo[4]>")
        terminal.enter("fit forest trees 10000")
        try terminal.expect("trees  ")
        terminal.type(ProgramTerminal.controlC)
        try terminal.expect("interrupted")
        try terminal.expect("rondo[4]>")
        terminal.enter("count")
        try terminal.expect("4,000 rows")
        try terminal.expect("rondo[5]>")
        terminal.type(ProgramTerminal.controlD)
        #expect(try terminal.end() == 0)
    }

    @Test("takes letters of any script in the C locale")
    func locale() throws {
        let terminal = try ProgramTerminal(in: folder, environment: ["LC_ALL": "C"])
        try terminal.expect("rondo[1]>")
        try folder.write("größe.csv", "länge\n1\n2\n")
        terminal.enter("load \"größe.csv\" as größe")
        try terminal.expect("2 rows")
    }

    @Test("completes verbs and columns")
    func completion() throws {
        let terminal = try ProgramTerminal(in: folder)
        try terminal.expect("rondo[1]>")
        terminal.type("desc\t")
        try terminal.expect("ribe")
        terminal.type(ProgramTerminal.controlC)
        try terminal.expect("rondo[1]>")
        terminal.enter("load \"homes.csv\" as homes")
        try terminal.expect("rondo[2]>")
        terminal.type("describe \t")
        try terminal.expect("6.0 % missing")
    }

    @Test("a pasted step runs cell by cell; after a failure the rest is dropped")
    func paste() throws {
        let terminal = try ProgramTerminal(in: folder)
        try terminal.expect("rondo[1]>")
        terminal.type("\u{1B}[200~load \"homes.csv\" as homes\ndescribe nothing\nexport homes to \"out.csv\"\n\u{1B}[201~\r")
        try terminal.expect("300 rows")
        try terminal.expect("error R")
        try terminal.expect("rondo[2]>")
        terminal.enter("count")
        try terminal.expect("300 rows")
        #expect(!folder.has("out.csv"))
    }

    @Test("reads the init file, unless told not to")
    func initFile() throws {
        try folder.write("config/rondo/init.rondo", "load \"homes.csv\" as mine\n")
        try ProgramTerminal(in: folder).expect("rondo[2]>")
        try ProgramTerminal(["--no-init"], in: folder).expect("rondo[1]>")
    }

    @Test("after kill -9 every accepted cell comes back with open last")
    func crash() throws {
        let terminal = try ProgramTerminal(in: folder)
        try terminal.expect("rondo[1]>")
        for (number, cell) in ["load \"homes.csv\" as homes", "filter price > 100k", "derive room = area / 2"].enumerated() {
            terminal.enter(cell)
            try terminal.expect("rondo[\(number + 2)]>")
        }
        terminal.enter("describe nothing")
        try terminal.expect("error R")
        try terminal.expect("rondo[4]>")
        terminal.killAtOnce()
        let second = try ProgramTerminal(in: folder)
        try second.expect("rondo[1]>")
        second.enter("open last")
        try second.expect("rondo[4]>")
        second.enter("history")
        try second.expect("filter price > 100k")
        try second.expect("derive room = area / 2")
        try second.expect("rondo[4]>")
        second.killAtOnce()
        let third = try ProgramTerminal(in: folder)
        try third.expect("rondo[1]>")
        third.enter("open last")
        try third.expect("rondo[4]>")
        let journals = try folder.list(".rondo/journal")
        #expect(journals.count == 3)
    }
}
