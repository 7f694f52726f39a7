import Testing

@testable import RondoTerminal

@Suite("Pasted text")
struct PastedTextTests {
    @Test("is un-indented as a whole, line breaks of any kind become one")
    func unindents() {
        #expect(PastedText.cleaned("    load x\r\n      as y\r    describe x\n\n") == "load x\n  as y\ndescribe x")
        #expect(PastedText.cleaned("\t\tload x\n\t\t\tas y") == "load x\n\tas y")
        #expect(PastedText.cleaned("load x\n    as y") == "load x\n    as y")
        #expect(PastedText.cleaned("  a\n\n   b\n  c") == "a\n\n b\nc")
    }

    @Test("of a transcript keeps only what follows prompts")
    func transcript() {
        let transcript = """
              rondo[1]> load "é 日本.csv" as sales
              sales: 48,988 rows
              rondo[12]> fit price
                   ...>     with forest
                   ...> on sales
              forest  0.91
              rondo[13]> ## a note
            """
        #expect(PastedText.cleaned(transcript) == "load \"é 日本.csv\" as sales\nfit price\n    with forest\n    on sales\n## a note")
    }

    @Test("that only looks like a transcript stays as it is")
    func noTranscript() {
        #expect(PastedText.cleaned("note rondo[1]> x\nrondo[2]> y") == "note rondo[1]> x\nrondo[2]> y")
        #expect(PastedText.cleaned("rondo[]>x") == "rondo[]>x")
        #expect(PastedText.cleaned("rondo[1") == "rondo[1")
        #expect(PastedText.cleaned("rondo[1]>x") == "rondo[1]>x")
        #expect(PastedText.cleaned("rondo[1]>") == "")
    }

    @Test("loses control characters, so that it cannot steer the terminal")
    func controls() {
        #expect(PastedText.cleaned("a\u{1B}[31mb\u{7}\u{0}c\u{85}d") == "a[31mbcd")
        #expect(PastedText.cleaned("\u{FEFF}load\u{A0}x\ty") == "load x\ty")
        #expect(PastedText.withoutControls("  a\u{3}b ") == "  ab ")
    }

    @Test("without content is empty", arguments: ["", "\n\n", "   \n\t\n", "\r\n"])
    func empty(text: String) {
        #expect(PastedText.cleaned(text) == "")
    }
}

@Suite("Cells of a text")
struct CellAssemblerTests {
    @Test("are continued by indentation only")
    func indentation() {
        #expect(CellAssembler.cells(of: "load x\n    as y\nfit z\n\tby w") == ["load x\n    as y", "fit z\n\tby w"])
    }

    @Test("end at a blank line, a note and a comment")
    func ends() {
        let text = "a\n  b\n\n  stray\n## one\n## two\n##\n# c\n# d\ne\n  # inside\n#= 12"
        #expect(CellAssembler.cells(of: text) == ["a\n  b", "  stray", "## one\n## two\n##", "# c\n# d", "e\n  # inside", "#= 12"])
    }

    @Test("come as soon as the next line shows that they are complete")
    func early() {
        var assembler = CellAssembler()
        let complete = ["fit x", "  by y", "fit z", "", " \t"].map { assembler.take($0) }
        #expect(complete == [nil, nil, "fit x\n  by y", "fit z", nil])
        let rest = assembler.finish()
        #expect(rest == nil)
    }

    @Test("of an empty text are none")
    func none() {
        #expect(CellAssembler.cells(of: "").isEmpty)
        #expect(CellAssembler.cells(of: "\n \n\n").isEmpty)
    }
}
