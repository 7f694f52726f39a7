import RondoKernels
import Testing

@testable import RondoReport

@Suite struct SlotFillingTests {
    @Test func fillsFromFigures() {
        #expect(
            SlotFilling.fill("sales: {rows} rows until {until}", from: SampleCells.load) == "sales: 50,512 rows until 2024-12-30")
    }

    @Test func namesOfFiguresWithSigns() {
        #expect(SlotFilling.fill("{within(10%)} of rows", from: SampleCells.fit) == "71 % of rows")
        #expect(SlotFilling.names(in: "{a} {b} {a} {{c}}") == ["a", "b"])
    }

    @Test(arguments: [
        ("{nothing} here", "{nothing} here"), ("{{rows}}", "{rows}"), ("}} {{", "} {"), ("{", "{"), ("a } b", "a } b"), ("{}", "{}"),
        ("", ""),
        ("{{{rows}}}", "{50,512}"), ("{a{rows}", "{a50,512"), ("{rows", "{rows"),
    ])
    func bracesAndUnknownSlots(template: String, expected: String) {
        #expect(SlotFilling.fill(template, from: SampleCells.load) == expected)
    }

    @Test func escapedTextSurvives() {
        let text = "a {rows} }} { b"
        #expect(SlotFilling.fill(SlotFilling.escaped(text), from: SampleCells.load) == text)
    }
}
