import RondoKernels
import Testing

@testable import RondoFrame

/// Files that are no tables: one clear fault each, with the place where there is one.
@Suite struct BadFileTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let file: String
        let bytes: [UInt8]
        let code: String
        /// Words that the message must hold.
        let words: String
        var testDescription: String { name }

        init(_ name: String, _ file: String, _ bytes: [UInt8], _ code: String, _ words: String) {
            (self.name, self.file, self.bytes, self.code, self.words) = (name, file, bytes, code, words)
        }

        init(_ name: String, _ file: String, _ text: String, _ code: String, _ words: String) {
            self.init(name, file, Array(text.utf8), code, words)
        }
    }

    static let cases: [Case] = [
        Case("empty", "t.csv", "", "R0602", "empty"),
        Case("line ends alone", "t.csv", "\n\n\n", "R0602", "empty"),
        Case("zero bytes", "t.csv", "a,b\n1,\u{0}\n", "R0603", "line 2, column 3, byte 7"),
        Case("no UTF-8", "t.csv", Array("a,b\n1,".utf8) + [0xC3, 0x28, 0x0A], "R0604", "line 2, column 3, byte 7"),
        Case(
            "mixed encodings", "t.csv", Array("a,b\nü,1\n".utf8) + [0x47, 0xFC, 0x6E, 0x0A], "R0604", "line 3, column 2"),
        Case("quote never closed", "t.csv", "a,b\n1,\"2\n3,4\n", "R0607", "line 2, column 3, byte 7"),
        Case("too many fields", "t.csv", "a,b\n1,2\n1,2,3\n", "R0606", "line 3"),
        Case(
            "100,000 columns", "t.csv", String(repeating: "x,", count: 100_000) + "x\n" + String(repeating: "1,", count: 100_000) + "1\n",
            "R0668", "100,001 fields"),
        Case("one long line", "t.csv", String(repeating: "abcdefgh", count: 3 << 20), "R0668", "25,165,824 bytes"),
        Case("a picture", "t.csv", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D], "R0604", "byte 1"),
        Case("truncated gzip", "t.csv.gz", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B, 0xD2], "R0612", ""),
        Case("a script of SQL", "shop.sql", "create table t (a int);\n", "R0616", "script of SQL"),
        Case("deep JSON", "t.json", String(repeating: "[", count: 100_000), "R0641", ""),
        Case("cut JSON", "t.json", "[{\"a\": 1}, {\"a\": ", "R0640", ""),
        Case(
            "entity bomb", "t.xml", "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]><r><p>&b;</p></r>",
            "R0645",
            ""),
    ]

    @Test(arguments: cases) func oneClearFault(item: Case) {
        let source = ByteSource(name: item.file, bytes: item.bytes)
        #expect {
            try TableReaders.read(source, options: ReadOptions(), context: .quiet)
        } throws: { error in
            guard let fault = error as? Fault else { return false }
            if fault.code != item.code || !fault.message.contains(item.words) { Issue.record("\(fault.code) \(fault.message)") }
            return fault.code == item.code && !fault.remedy.isEmpty
        }
    }

    /// What is odd but readable is read, and said.
    @Test func oddButReadable() throws {
        let names = try csv("a,a,,b\n1,2,3,4\n")
        #expect(names.frame.names == ["a", "a_2", "column_3", "b"])
        #expect(names.findings.filter { $0.name == "names" }.count == 2)
        #expect(plain(try csv("n\n99999999999999999999\n1\n").frame["n"]) == ["99999999999999999999", "1"])
        #expect(plain(try csv("n\n1e999\n1\n").frame["n"]) == ["1e999", "1"])
        let date = try csv("d,x\n2023-02-28,1\n2023-02-30,2\n2023-03-01,3\n")
        #expect(date.frame["d"]?.type == .text)
        #expect(date.findings.contains { $0.text == "d is text because line 3 holds \"2023-02-30\"" })
    }

    /// The one value that deviates is in the last of many rows.
    @Test(arguments: [
        ("12x", "line 200,002 holds \"12x\""), ("007", "line 200,002 holds \"007\": its leading zeros would be lost in a number"),
    ])
    func theLastRowDecides(last: (word: String, reason: String)) throws {
        var text = "id,v\n"
        for row in 0..<200_000 { text += "\(row),\(row % 1000)\n" }
        text += "200000,\(last.word)\n"
        let result = try csv(text)
        #expect(result.frame["v"]?.type == .text)
        #expect(result.findings.contains { $0.text == "v is text because \(last.reason)" })
        #expect(result.frame["v"]?[199_999].plainText == "999")
    }
}
