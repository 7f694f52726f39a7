import RondoKernels
import Testing

@testable import RondoFrame

/// What is written reads back the same.
@Suite struct RoundTripTests {
    private static let words = [
        "", " ", "a", "A b", "x,y", "q\"q", "two\nlines", "NA", "None", "?", "ünïcode", "'s", "00501", " lead", "trail ", "1.5", "true",
        "\r\n",
    ]

    private func frame(_ stream: inout RandomStream, rows: Int) throws -> Frame {
        func random(_ bound: Int) -> Int { Int(stream.next() % UInt64(bound)) }
        func gaps<Value>(_ make: () -> Value) -> [Value?] { (0..<rows).map { _ in random(7) == 0 ? nil : make() } }
        let integers = gaps { Int64(bitPattern: stream.next()) >> Int64(random(64)) }
        let mask = integers.map { $0 == nil }
        let missingTime = Column.missingTime
        return try Frame([
            ("integer", Column(.integer(integers.map { $0 ?? 0 }, missing: mask.contains(true) ? mask : nil))),
            ("number", Column.numbers(gaps { Double(bitPattern: stream.next()) }.map { $0 ?? .nan })),
            ("whole", Column.numbers(gaps { Double(random(1000) - 500) * (random(9) == 0 ? 1e17 : 1) }.map { $0 ?? .nan })),
            ("truth", Column(.truth(gaps { UInt8(random(2)) }.map { $0 ?? Column.missingTruth }))),
            ("date", Column(.date(gaps { Int32(random(700_000)) - 600_000 }.map { $0 ?? Column.missingDate }))),
            ("time", Column(.time(gaps { Int64(random(4_000_000_000_000)) * (random(2) == 0 ? 1 : 1000) }.map { $0 ?? missingTime }))),
            ("text", Column.text(gaps { RoundTripTests.words[2 + random(RoundTripTests.words.count - 2)] })),
        ])
    }

    @Test func generatedFrames() throws {
        var stream = RandomStream(seed: 7, purpose: "round trip")
        for round in 0..<60 {
            let before = try frame(&stream, rows: 40 + round)
            let bytes = try CSVWriter.bytes(before)
            let after = try CSVReader.read(ByteSource(name: "t.csv", bytes: bytes), options: ReadOptions(), context: .quiet).frame
            for (name, column) in zip(before.names, before.columns) {
                #expect(after[name]?.equals(column) == true, "\(name) in round \(round)")
            }
            #expect(try CSVWriter.bytes(after) == bytes)
        }
    }

    /// Ten thousand small tables: any columns, any number of rows, any words and delimiters in them.
    @Test func tenThousandTables() throws {
        var stream = RandomStream(seed: 11, purpose: "ten thousand tables")
        for round in 0..<10_000 {
            let all = try frame(&stream, rows: Int(stream.next() % 12))
            let names = all.names.filter { _ in stream.next() % 2 == 0 }
            guard !names.isEmpty else { continue }
            let before = all.selecting(names)
            let bytes = try CSVWriter.bytes(before)
            // The types are told where the few values would not tell them.
            var options = ReadOptions()
            options.headerLine = 1
            options.delimiter = 0x2C
            options.quote = 0x22
            if names.contains("text") { options.textColumns = ["text"] }
            let after = try CSVReader.read(ByteSource(name: "t.csv", bytes: bytes), options: options, context: .quiet).frame
            #expect(after.names == before.names && after.rowCount == before.rowCount, "round \(round)")
            for (name, column) in zip(before.names, before.columns) where column.missingCount < column.count {
                guard after[name]?.equals(column) != true else { continue }
                Issue.record("\(name) in round \(round): \(String(decoding: bytes, as: UTF8.self))")
                return
            }
        }
    }

    /// Where quotes stand only around what needs them, a mark in quotes is a word, even beside no other or only such as need them too.
    @Test func marksAmongTextsThatNeedQuotes() throws {
        for words in [["x,y", "NA", " NA", "two\nlines"], ["NA"], ["None", "?", nil], ["'s", "n/a", nil]] {
            let before = try Frame([("text", Column.text(words)), ("n", Column.numbers(words.map { _ in 1.5 }))])
            let after = try csv(String(decoding: try CSVWriter.bytes(before), as: UTF8.self)).frame
            #expect(plain(after["text"]) == plain(before["text"]), "\(words)")
        }
        // Everything is in quotes: they tell nothing, and NA is what it is elsewhere.
        let all = try csv("\"name\",\"n\"\n\"x,y\",\"1\"\n\"NA\",\"2\"\n")
        #expect(plain(all.frame["name"]) == ["x,y", "-"])
        // Texts are in quotes whether they need it or not: so may be the mark.
        let texts = try csv("name,n\n\"x\",1\n\"NA\",2\n")
        #expect(plain(texts.frame["name"]) == ["x", "-"])
    }

    @Test func exactText() throws {
        let frame = try Frame([
            ("a,b", Column.numbers([1, .nan, 2])), ("t", Column.text(["x", nil, "NA"])), ("n", Column.numbers([0.1, 1e22, 3])),
        ])
        #expect(String(decoding: try CSVWriter.bytes(frame), as: UTF8.self) == "\"a,b\",t,n\n1.0,x,0.1\n,,1e+22\n2.0,\"NA\",3\n")
    }

    @Test func lossesAreNamed() throws {
        let frame = try Frame([
            ("c", Column.scalars([.text("x")], type: .category)), ("d", Column(.duration([1]))), ("e", Column.text([""])),
            ("f", Column.text(["12"])), ("g", Column.text(["w"])),
        ])
        let result = try CSVWriter.write(frame, to: { _ in }, context: .quiet)
        #expect(result.findings.map(\.column) == ["c", "d", "e", "f"])
    }

    @Test func oneColumnKeepsItsMissingRows() throws {
        let frame = try Frame([("x", Column.numbers([.nan, 1, .nan]))])
        let after = try CSVReader.read(ByteSource(name: "t", bytes: try CSVWriter.bytes(frame)), options: ReadOptions(), context: .quiet)
            .frame
        #expect(plain(after["x"]) == ["-", "1", "-"])
    }

    @Test func piecesDoNotDependOnThreads() throws {
        let column = Column.numbers((0..<50_000).map { Double($0) / 7 })
        let frame = try Frame([("x", column)])
        #expect(try CSVWriter.bytes(frame) == CSVWriter.bytes(frame, context: ComputeContext(threads: ThreadCount(2))))
    }
}
