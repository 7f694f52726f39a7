import Foundation
import Testing

@Suite("The command line")
struct CommandLineTests {
    private let folder: TestFolder

    init() throws {
        folder = try TestFolder()
        try folder.writeHomes()
    }

    private func run(_ script: String, _ arguments: String..., environment: [String: String] = [:]) throws -> BuiltProgram.Outcome {
        try folder.write("test.rondo", "rondo 1\n" + script)
        return try BuiltProgram.run(["run", "test.rondo"] + arguments, in: folder, environment: environment)
    }

    @Test("says its version in one line, with the libraries it uses")
    func version() throws {
        let outcome = try BuiltProgram.run(["--version"], in: folder)
        #expect(outcome.code == 0)
        #expect(outcome.output.hasPrefix("rondo "))
        #expect(outcome.output.split(separator: "\n").count == 1)
        for library in ["libedit", "libsqlite3", "libopenblas", "libcrypto", "libpcre2", "libcmark-gfm"] {
            #expect(outcome.output.contains(library))
        }
    }

    @Test("has help")
    func help() throws {
        let outcome = try BuiltProgram.run(["--help"], in: folder)
        #expect(outcome.code == 0)
        for command in ["run", "replay", "report", "predict", "demo"] { #expect(outcome.output.contains("  \(command) ")) }
    }

    @Test(
        "answers wrong use with 2 and words on standard error",
        arguments: [
            ["--nonsense"], ["run"], ["run", "nowhere.rondo"], ["run", "homes.csv", "--format", "xml"], ["run", "homes.csv", "--set", "a"],
            ["replay", "nowhere.rondo"], ["run", "."], ["fly"],
        ])
    func wrongUse(arguments: [String]) throws {
        let outcome = try BuiltProgram.run(arguments, in: folder)
        #expect(outcome.code == 2, "\(arguments): \(outcome.output)\(outcome.errors)")
        #expect(!outcome.errors.isEmpty)
        #expect(outcome.output.isEmpty)
    }

    @Test("runs a session and leaves with 0")
    func runs() throws {
        let outcome = try run("## # Homes\nload \"homes.csv\" as homes\n# a comment\ncount\n")
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.errors.isEmpty)
        #expect(outcome.output.contains("[1] load \"homes.csv\" as homes\n"))
        #expect(outcome.output.contains("300"))
    }

    @Test("stops at the first cell that fails and leaves with 1")
    func stops() throws {
        let outcome = try run("load \"homes.csv\" as homes\ndescribe nothing\ncount\n")
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("error R"))
        #expect(outcome.errors.contains("line 3"))
        #expect(!outcome.output.contains("[3]"))
    }

    @Test("a missing file fails the cell and names what is there")
    func missingFile() throws {
        let outcome = try run("load \"home.csv\" as homes\n")
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("error R0620"))
        #expect(outcome.errors.contains("did you mean \"homes.csv\"?"))
    }

    @Test("with bad syntax anywhere nothing runs, and it leaves with 2")
    func badSyntax() throws {
        let outcome = try run("load \"homes.csv\" as homes\nexport homes to \"out.csv\"\nfrobnicate\n", "--format", "jsonl")
        #expect(outcome.code == 2)
        #expect(!folder.has("out.csv"))
        let objects = try outcome.objects()
        #expect(objects.count == 1)
        #expect(objects.first?["status"] as? String == "error")
        #expect(objects.first?["line"] as? Int == 4)
    }

    @Test("a session of a newer version is refused with 2")
    func newer() throws {
        try folder.write("new.rondo", "rondo 99\ncount\n")
        let outcome = try BuiltProgram.run(["run", "new.rondo"], in: folder)
        #expect(outcome.code == 2)
        #expect(outcome.errors.contains("newer"))
    }

    @Test("writes one JSON object a cell, errors too")
    func jsonl() throws {
        let outcome = try run("load \"homes.csv\" as homes\n## A note\ndescribe nothing\n", "--format", "jsonl")
        #expect(outcome.code == 1)
        let objects = try outcome.objects()
        #expect(objects.count == 3)
        #expect(objects[0]["cell"] as? Int == 1)
        #expect(objects[0]["line"] as? Int == 2)
        #expect(objects[0]["status"] as? String == "ok")
        #expect(objects[0]["seconds"] is NSNumber)
        #expect(objects[1]["cell"] is NSNull)
        let error = try #require(objects[2]["error"] as? [String: Any])
        for key in ["code", "message", "remedy"] { #expect((error[key] as? String)?.isEmpty == false) }
        #expect((error["span"] as? [Int])?.count == 2)
        #expect(outcome.errors.contains("error R"))
    }

    @Test("paths start from the folder of the session")
    func baseFolder() throws {
        try folder.write("inner/data.csv", "a\n1\n2\n")
        try folder.write("inner/test.rondo", "rondo 1\nload \"data.csv\" as data\ncount\n")
        let outcome = try BuiltProgram.run(["run", "inner/test.rondo"], in: folder)
        #expect(outcome.code == 0, "\(outcome.errors)")
    }

    @Test("--set gives another value for a parameter, and knows which there are")
    func setting() throws {
        let script = "param least = 0\nload \"homes.csv\" as homes\nfilter price > $least\ncount\n"
        let all = try run(script, "--format", "jsonl")
        let some = try run(script, "--set", "least=100000", "--format", "jsonl")
        #expect(all.code == 0 && some.code == 0, "\(all.errors)\(some.errors)")
        #expect(try rows(all) == 300)
        #expect(try rows(some) < 300)
        #expect(try run(script, "--set", "most=5").code == 2)
    }

    private func rows(_ outcome: BuiltProgram.Outcome) throws -> Int {
        let last = try #require(try outcome.objects().last)
        let blocks = try #require(last["blocks"] as? [[String: Any]])
        let figures = blocks.compactMap { $0["figures"] as? [[String: Any]] }.joined()
        return try #require(figures.first { $0["name"] as? String == "rows" }?["value"] as? Int)
    }

    @Test(
        "never colours a pipe, unless told so", arguments: [[:], ["TERM": "dumb"], ["NO_COLOR": "1"], ["CLICOLOR": "0"], ["LC_ALL": "C"]])
    func noColour(environment: [String: String]) throws {
        let outcome = try run("load \"homes.csv\" as homes\ndescribe\ndescribe nothing\n", environment: environment)
        #expect(!outcome.output.contains("\u{1B}"))
        #expect(!outcome.errors.contains("\u{1B}"))
    }

    @Test("FORCE_COLOR colours a pipe, and --color never has the last word")
    func forcedColour() throws {
        #expect(try run("load \"homes.csv\" as homes\n", environment: ["FORCE_COLOR": "1"]).output.contains("\u{1B}["))
        #expect(try !run("load \"homes.csv\" as homes\n", "--color", "never", environment: ["FORCE_COLOR": "1"]).output.contains("\u{1B}["))
    }

    @Test("the init file is not read by run")
    func initFile() throws {
        try folder.write("config/rondo/init.rondo", "frobnicate\n")
        #expect(try run("load \"homes.csv\" as homes\n").code == 0)
    }

    @Test("run leaves nothing behind in the folder")
    func tidy() throws {
        let outcome = try run("load \"homes.csv\" as homes\ncount\n")
        #expect(outcome.code == 0)
        #expect(try folder.list(".") == ["homes.csv", "test.rondo"])
    }

    @Test("demo writes the tables of a world")
    func demo() throws {
        let outcome = try BuiltProgram.run(["demo", "nowhere", "."], in: folder)
        #expect(outcome.code == 2)
        #expect(outcome.errors.contains("town"))
    }
}
