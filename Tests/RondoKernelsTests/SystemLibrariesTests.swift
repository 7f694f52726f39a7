import RondoKernels
import Testing

@Suite struct SystemLibrariesTests {
    @Test func aMissingLibraryNamesItsPackage() {
        #expect(SystemLibraryMissing.openBLAS.description.contains("apt-get install libopenblas0"))
    }

    @Test func patternsMatchWithGroupsAndByteOffsets() throws {
        let pattern = try RegularExpression("(\\d+)-(x)?(\\w+)")
        #expect(pattern.groupCount == 3)
        let match = try #require(try pattern.firstMatch(in: "ä 12-yz"))
        #expect(match == [3..<8, 3..<5, nil, 6..<8])
        #expect(try pattern.firstMatch(in: "nothing") == nil)
        #expect(try RegularExpression("^$").matches(""))
        #expect(try RegularExpression("straße", ignoringCase: true).matches("STRAßE"))
    }

    @Test func anInvalidPatternTellsWhere() {
        #expect(throws: RegularExpressionError.invalid(message: "missing closing parenthesis", offset: 3)) { try RegularExpression("(ab") }
    }

    @Test func aRunawayPatternIsRefused() throws {
        let pattern = try RegularExpression("^(a+)+$")
        #expect(throws: RegularExpressionError.refused) { try pattern.matches(String(repeating: "a", count: 40) + "b") }
    }
}
