import Testing

@Suite("Cells through a pipe")
struct PipeTests {
    private let folder: TestFolder

    init() throws {
        folder = try TestFolder()
        try folder.writeHomes()
    }

    @Test("are answered without a prompt")
    func answers() throws {
        let outcome = try BuiltProgram.run([], input: "rondo 1\nload \"homes.csv\" as homes\ncount", in: folder)
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("300"))
        #expect(!outcome.output.contains("rondo["))
        #expect(!outcome.output.contains("\u{1B}"))
        #expect(outcome.errors.isEmpty)
    }

    @Test("stop at the first fault")
    func stops() throws {
        let (load, export) = ("load \"homes.csv\" as homes\n", "export homes to \"out.csv\"\n")
        let failed = try BuiltProgram.run([], input: load + "describe nothing\n" + export, in: folder)
        #expect(failed.code == 1)
        #expect(!folder.has("out.csv"))
        let unread = try BuiltProgram.run([], input: load + "frobnicate\n" + export, in: folder)
        #expect(unread.code == 2)
        #expect(!folder.has("out.csv"))
    }

    @Test("may have several lines, notes, comments and old records")
    func forms() throws {
        let input = """
            ## # Homes
            load "homes.csv"
              as homes
            #= rows 1, columns 1 · 00000000 00000000
            # a comment

            count
            """
        let outcome = try BuiltProgram.run([], input: input, in: folder)
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("300"))
    }

    @Test("an empty pipe is no error")
    func empty() throws {
        let outcome = try BuiltProgram.run([], in: folder)
        #expect(outcome.code == 0)
        #expect(outcome.output.isEmpty && outcome.errors.isEmpty)
        #expect(try folder.list(".") == ["homes.csv"])
    }

    @Test("quit ends it")
    func quit() throws {
        let outcome = try BuiltProgram.run([], input: "quit\nfrobnicate\n", in: folder)
        #expect(outcome.code == 0, "\(outcome.errors)")
    }
}
