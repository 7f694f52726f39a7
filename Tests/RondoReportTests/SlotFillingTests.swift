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

    @Test(arguments: [
        ("{n} rows, {m} columns", "1 row, 2 columns"), ("{n} class", "1 class"), ("{n} is left", "1 is left"), ("{n}rows", "1rows"),
        ("rows {n}", "rows 1"), ("{m} rows {n} gaps filled", "2 rows 1 gap filled"),
    ])
    func oneTakesTheSingular(template: String, expected: String) {
        #expect(SlotFilling.fill(template) { ["n": "1", "m": "2"][$0] } == expected)
    }
}
