import RondoKernels
import RondoReport
import Testing

/// Row steps and the faults of a cell, on small tables.
@Suite struct RowStepTests {
    private static let people = ["people.csv": "id,phone,age\n1,55,30\n2,,31\n3,,32\n4,55,33\n5,66,\n"]

    @Test("rows with a missing key are never duplicates of each other")
    func missingKeysAreNoDuplicates() {
        var test = TestSession(Self.people)
        let report = test.accept("load \"people.csv\" as people\ndedupe by phone")
        #expect(report.figure("rows")?.value == .integer(4))
        #expect(report.figure("dropped")?.value == .integer(1))
    }

    @Test("without by, rows are equal when all columns are, gaps included")
    func wholeRows() {
        var test = TestSession(["a.csv": "x,y\n1,\n1,\n2,5\n"])
        #expect(test.accept("load \"a.csv\" as a\ndedupe").figure("rows")?.value == .integer(2))
    }

    @Test("a cell reports all its unknown columns")
    func allFaults() throws {
        var test = TestSession(Self.people)
        let report = try #require(test.run("load \"people.csv\" as people\nimpute foo, bar median").last)
        #expect(report.error?.message.contains("foo") == true)
        #expect(report.moreErrors.map(\.message).contains { $0.contains("bar") })
    }
}
