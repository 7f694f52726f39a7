import RondoFrame
import RondoKernels
import Testing

/// Whatever the bytes are, a reader answers with a table or a fault: never a trap, never another error.
@Suite struct ReaderRobustnessTests {
    private static let samples: [(name: String, text: String)] = [
        ("t.csv", "a,b;c\n1,\"x\"\"y\",2024-01-02\n\"q\nr\",3,\n"),
        ("t.json", "[{\"a\": [1, {\"b\": null}], \"c\": {\"d\": -1.5e3, \"é\": \"\\ud83d\\ude00\\n\"}}, {\"a\": true}]"),
        ("t.jsonl", "{\"a\": 1, \"b\": \"x\"}\n{\"b\": {\"c\": [] }}\n{\"a\": 12345678901234567890}\n"),
        ("t.xml", "<?xml version=\"1.0\"?><!-- c --><r a='1'><p x=\"2\">t<q/></p><p>&lt;<![CDATA[z]]></p></r>"),
        (
            "t.log",
            "1.2.3.4 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"x\"\nDec 10 06:55:46 h sshd[1]: Invalid user a from 1.1.1.1\n"
        ),
    ]

    private func outcome(_ name: String, _ bytes: [UInt8]) -> String {
        do {
            let result = try TableReaders.read(ByteSource(name: name, bytes: bytes), options: ReadOptions(), context: .quiet)
            return result.frame.columns.allSatisfy { $0.count == result.frame.rowCount } ? "table" : "ragged"
        } catch is Fault { return "fault" } catch { return "\(error)" }
    }

    @Test(arguments: 0..<5)
    func prefixes(sample: Int) {
        let (name, text) = Self.samples[sample]
        let bytes = Array(text.utf8)
        for length in 0...bytes.count { #expect(["table", "fault"].contains(outcome(name, Array(bytes.prefix(length))))) }
    }

    @Test(arguments: 0..<5)
    func changedBytes(sample: Int) {
        let (name, text) = Self.samples[sample]
        var state: UInt64 = 42 &+ UInt64(sample)
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let signs = Array("{}[]\",:\\<>&/=-0.eE \n\r\t".utf8) + [0, 0xFF, 0xC3, 0x80, 0xEF]
        for _ in 0..<2000 {
            var bytes = Array(text.utf8)
            for _ in 0...next(4) {
                let place = next(bytes.count)
                switch next(3) {
                case 0: bytes[place] = signs[next(signs.count)]
                case 1: bytes.insert(signs[next(signs.count)], at: place)
                default: if bytes.count > 1 { bytes.remove(at: place) }
                }
            }
            #expect(["table", "fault"].contains(outcome(name, bytes)), "\(name): \(bytes)")
        }
    }

    @Test func cancellationStopsEveryReader() {
        let stopped = ComputeContext()
        stopped.cancellation.cancel()
        var lines = ""
        for row in 0..<5000 { lines += "{\"a\": \(row)}\n" }
        #expect(throws: Interrupted.self) {
            try TableReaders.read(ByteSource(name: "t.jsonl", text: lines), options: ReadOptions(), context: stopped)
        }
        let markup = "<r>" + String(repeating: "<a>1</a>", count: 5000) + "</r>"
        #expect(throws: Interrupted.self) {
            try TableReaders.read(ByteSource(name: "t.xml", text: markup), options: ReadOptions(), context: stopped)
        }
    }
}
