import RondoGoldens
import RondoKernels
import Testing

@testable import RondoReport

@Suite struct JSONTests {
    @Test(arguments: SampleCells.all)
    func linesAreValidJSON(cell: CellReport) throws {
        let line = JSONRenderer().text(cell)
        #expect(line.hasSuffix("\n") && !line.dropLast().contains("\n"))
        let tree = try JSONReader.read(line)
        #expect(tree["line"]?.integer == Int64(cell.line))
        #expect(tree["source"]?.text == cell.source)
        #expect(tree["status"]?.text == cell.status.rawValue)
        if let error = cell.error {
            #expect(tree["error"]?["span"]?.elements?.compactMap(\.integer) == [Int64(error.start), Int64(error.end)])
            #expect(tree["seconds"] == nil && tree["blocks"] == nil)
        } else {
            #expect(tree["blocks"]?.elements?.count == cell.blocks.count)
            #expect(tree["seconds"]?.double == cell.seconds)
        }
    }

    @Test func golden() {
        #expect(Golden.difference(SampleCells.all.map { JSONRenderer().text($0) }.joined(), "cells.jsonl") == nil)
    }

    @Test func contractOfValues() throws {
        let values: [(Scalar, String)] = [
            (.missing, "null"), (.number(1741.2), "1741.2"), (.number(3), "3"), (.number(1e300), "1e+300"), (.number(.nan), "null"),
            (.number(.infinity), "null"), (.integer(1 << 53), "9007199254740992"), (.integer(1 << 53 + 1), "\"9007199254740993\""),
            (.integer(.min), "\"-9223372036854775808\""), (.truth(true), "true"), (.text("a\"b\\\n\u{1}é"), "\"a\\\"b\\\\\\n\\u0001é\""),
            (.date(19_783), "\"2024-03-01\""), (.time(0), "\"1970-01-01T00:00:00\""), (.duration(1_500_000), "1.5"),
        ]
        for (value, expected) in values {
            var writer = JSONWriter()
            JSONRenderer.write(value, to: &writer)
            #expect(writer.text == expected)
            _ = try JSONReader.read(writer.text)
        }
    }

    @Test(arguments: SampleCells.all)
    func blocksReadBackWithoutLoss(cell: CellReport) throws {
        var writer = JSONWriter()
        BlockCoding.write(cell, to: &writer)
        let back = try BlockCoding.cell(JSONReader.read(writer.text))
        if cell == SampleCells.charts {
            #expect(CellDigest(back) == CellDigest(cell))  // NaN is not equal to itself
        } else {
            #expect(back == cell)
        }
    }

    @Test(arguments: [
        Scalar.missing, .number(0.1), .number(-0.0), .number(.leastNonzeroMagnitude), .number(.greatestFiniteMagnitude), .number(3),
        .integer(3), .integer(.max),
        .integer(.min), .truth(false), .text(""), .text("{\"date\":1}"), .date(.max), .date(.min), .time(.max), .duration(-1),
    ])
    func valuesKeepTypeAndBits(value: Scalar) throws {
        var writer = JSONWriter()
        BlockCoding.write(value, to: &writer)
        let back = try BlockCoding.value(JSONReader.read(writer.text))
        #expect(back == value)
        if case .number(let first) = value, case .number(let second) = back { #expect(first.bitPattern == second.bitPattern) }
    }

    @Test(arguments: [
        "", " ", "{", "[1,]", "{\"a\":1,}", "01", "1.", ".5", "+1", "1e", "nul", "\"a", "\"\\x\"", "\"\\ud800\"", "\"\\udc00 \"",
        "\"\\u12g4\"", "'a'", "[1 2]",
        "{1:2}", "{\"a\" 1}", "NaN", "1 2", "\"\n\"", "// c", "-", "tru", "[\"\\ud83d\\u0041\"]", "\u{FEFF}1",
    ])
    func damagedTextIsAFault(text: String) {
        #expect(throws: Fault.self) { try JSONReader.read(text) }
    }

    @Test func readsWhatTheStandardAllows() throws {
        #expect(try JSONReader.read(" [ ] ") == .array([]))
        #expect(try JSONReader.read("{ }") == .object([]))
        #expect(try JSONReader.read("\"\\ud83d\\ude00\\/\\b\\f\"").text == "😀/\u{8}\u{C}")
        #expect(try JSONReader.read("-0.5E+2").double == -50)
        #expect(try JSONReader.read("1e400").double == nil)
        #expect(try JSONReader.read("{\"a\":1,\"a\":2}")["a"]?.integer == 2)
    }

    @Test func deepNestingIsRefusedNotTrapped() {
        #expect(throws: Fault.self) { try JSONReader.read(String(repeating: "[", count: 100_000)) }
        #expect(throws: Fault.self) { try JSONReader.read(String(repeating: "{\"a\":", count: 100_000)) }
    }

    /// Every text cut short and every byte changed reads to something or to a fault, never to a trap.
    @Test func mutilatedReportsNeverTrap() {
        var writer = JSONWriter()
        BlockCoding.write(SampleCells.compare, to: &writer)
        let bytes = writer.bytes
        for index in bytes.indices {
            for change in [UInt8(ascii: "\""), UInt8(ascii: "9"), UInt8(ascii: "{"), 0xFF] {
                var damaged = bytes
                damaged[index] = change
                _ = try? BlockCoding.cell(JSONReader.read(String(decoding: damaged, as: UTF8.self)))
            }
            #expect(throws: Fault.self) { try BlockCoding.cell(JSONReader.read(String(decoding: bytes[..<index], as: UTF8.self))) }
        }
    }
}
