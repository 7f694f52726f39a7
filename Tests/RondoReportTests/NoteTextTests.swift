import RondoReport
import Testing

/// Paragraphs flow to the width; what is a line of its own stays one.
@Suite struct NoteTextTests {
    @Test func paragraphsFlow() {
        #expect(NoteText.lines("one two\nthree four\nfive", width: 40) == ["one two three four five"])
        #expect(NoteText.lines("one two three four five", width: 10) == ["one two", "three four", "five"])
        #expect(NoteText.lines("first\nline\n\nsecond", width: 40) == ["first line", "", "second"])
    }

    @Test func listsHeadingsAndCodeStay() {
        let note = "# Head\nsome\nwords\n- one\n  goes on\n- two\n12. twelve\n> said\n\n    code  as  is\n```\na\nb\n```\n| a | b |\n---"
        #expect(
            NoteText.lines(note, width: 40) == [
                "# Head", "some words", "- one goes on", "- two", "12. twelve", "> said", "", "    code  as  is", "```", "a", "b", "```",
                "| a | b |", "---",
            ])
        #expect(NoteText.lines("- one two three", width: 12) == ["- one two", "  three"])
    }

    @Test func nothingIsLost() {
        #expect(NoteText.lines("", width: 20) == [""])
        #expect(NoteText.lines("a\n", width: 20) == ["a", ""])
    }
}
