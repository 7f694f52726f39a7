import RondoFrame
import RondoKernels
import Testing

/// Texts of several chunks: the cut never shows.
@Suite struct ChunkTests {
    /// About four megabytes with line ends, delimiters and doubled quotes inside quotes.
    private static let text: String = {
        var stream = RandomStream(seed: 5, purpose: "chunks")
        var text = "id,note,value,day\n"
        for row in 0..<70_000 {
            let length = Int(stream.next() % 60)
            let note = (0..<length).map { _ in ["a", "b", "\n", "\"\"", ",", " ", "é"][Int(stream.next() % 7)] }.joined()
            text += "\(row),\"\(note)\",\(row % 10 == 0 ? "" : "\(Double(row) / 8)"),2024-0\(1 + row % 9)-1\(row % 10)\n"
        }
        return text
    }()

    private func read(_ text: String, threads: Int) throws -> ReadResult {
        try CSVReader.read(
            ByteSource(name: "t", text: text), options: ReadOptions(), context: ComputeContext(threads: ThreadCount(threads)))
    }

    @Test func oneThreadEqualsTwo() throws {
        let one = try read(Self.text, threads: 1)
        let two = try read(Self.text, threads: 2)
        #expect(one.frame.rowCount == 70_000)
        #expect(one.frame.columns.map(\.type) == [.integer, .text, .number, .date])
        #expect(one.frame["id"]?[69_999] == .integer(69_999))
        #expect(one.frame["value"]?.missingCount == 7_000)
        #expect(one.frame.equals(two.frame))
        #expect(one.findings == two.findings)
        guard case .text(let codes, _)? = one.frame["note"]?.storage, case .text(let other, _)? = two.frame["note"]?.storage else { return }
        #expect(codes == other)
    }

    /// Nearly every row a word of its own, marks and quotes among them: read in pieces by one thread or two, no word changes.
    @Test func veryManyWords() throws {
        let words = (0..<150_000).map { row -> String? in
            if row % 1_000 == 7 { return nil }
            if row % 777 == 3 { return "again \(row % 5)" }
            return row % 9 == 0 ? "\(row)-\(row % 13)é" : "street \(row * 7 % 149_993)"
        }
        var text = "w,n\n"
        for (row, word) in words.enumerated() {
            let written = word.map { $0.hasPrefix("again") ? "\"\($0)\"" : $0 } ?? "NA"
            text += "\(written),\(row)\n"
        }
        let (one, two) = (try read(text, threads: 1), try read(text, threads: 2))
        #expect(one.frame.equals(two.frame) && one.findings == two.findings)
        #expect(one.findings.map(\.name) == ["missing"])
        guard case .text(let codes, let levels)? = one.frame["w"]?.storage else { Issue.record("no text"); return }
        let read = codes.map { $0 < 0 ? nil : levels.words[Int($0)] }
        #expect(read == words)
        #expect(Set(levels.words).count == levels.count)
    }

    /// A byte that is no text is found wherever it stands.
    @Test func noTextIsFoundAtEveryPlace() {
        var options = ReadOptions()
        options.encoding = "utf-8"
        for place in 6..<110 {
            for byte in [UInt8(0), 0xFF] {
                var bytes = Array("a,b\n1,\(String(repeating: "x", count: 120))\n".utf8)
                bytes[place] = byte
                let fault = #expect(throws: Fault.self) {
                    try CSVReader.read(ByteSource(name: "t", bytes: bytes), options: options, context: .quiet)
                }
                #expect(fault?.message.contains("byte \(place + 1)") == true, "\(place): \(fault?.message ?? "")")
            }
        }
    }

    @Test func writtenAndReadAgain() throws {
        let frame = try read(Self.text, threads: 2).frame
        let bytes = try CSVWriter.bytes(frame, context: ComputeContext(threads: ThreadCount(2)))
        let again = try CSVReader.read(ByteSource(name: "t", bytes: bytes), options: ReadOptions(), context: .quiet).frame
        for name in frame.names where name != "note" { #expect(again[name]?.equals(try #require(frame[name])) == true, "\(name)") }
        #expect(again["note"]?.missingCount == frame["note"]?.missingCount)
    }

    @Test func errorsInLaterChunksNameTheirLine() throws {
        let newlines = Self.text.utf8.reduce(0) { $1 == 10 ? $0 + 1 : $0 }
        #expect {
            try read(Self.text + "1,2,3,4,5\n", threads: 2)
        } throws: {
            ($0 as? Fault)?.code == "R0606" && ($0 as? Fault)?.message.contains("line \(thousands(newlines + 1)),") == true
        }
        let late = try read(Self.text + "x1,,1,2024-01-01\n", threads: 2)
        #expect(late.frame["id"]?.type == .text)
        #expect(late.findings.map(\.text).contains("id is text because line \(thousands(newlines + 1)) holds \"x1\""))
        #expect(late.frame["id"]?[0] == .text("0"))
        #expect(late.frame["id"]?[70_000] == .text("x1"))
    }

    @Test func anInterruptStopsReading() {
        let context = ComputeContext(threads: ThreadCount(2))
        context.cancellation.cancel()
        #expect(throws: Interrupted.self) {
            try CSVReader.read(ByteSource(name: "t", text: Self.text), options: ReadOptions(), context: context)
        }
    }

    @Test func anInterruptStopsDescribing() throws {
        let frame = try csv("a,b\n1,2\n").frame
        let context = ComputeContext()
        context.cancellation.cancel()
        #expect(throws: Interrupted.self) { try frame.descriptions(context: context) }
        #expect(throws: Interrupted.self) { try Groups(by: frame.columns, rowCount: 1, context: context) }
    }

    private func thousands(_ value: Int) -> String { "\(value / 1000),\(String(String(value % 1000 + 1000).dropFirst()))" }
}

@Suite struct DescriptionTests {
    @Test func handWrittenFigures() throws {
        let numbers = try ColumnDescription(Column.numbers([2, 4, 4, .nan, 10]))
        #expect(numbers.count == 4 && numbers.missing == 1 && numbers.distinct == 3)
        #expect(numbers.mean == 5)
        // Deviations -3, -1, -1, 5: 36 / 3.
        #expect(numbers.standardDeviation == 12.0.squareRoot())
        #expect(numbers.median == .number(4))
        #expect(numbers.top == .number(4) && numbers.topCount == 2)
        let dates = try ColumnDescription(Column(.date([10, 20, Column.missingDate, 13])))
        #expect(dates.minimum == .date(10) && dates.maximum == .date(20) && dates.median == .date(13) && dates.quantile25 == .date(11))
        #expect(dates.top == .date(10) && dates.mean.isNaN)
        // Numbers, counted whole numbers and sorted ones give the same quantiles however few there are.
        for count in 1...12 {
            let order = (0..<count).map { Int64(($0 * 7) % count) }
            let spread = order.map { $0 * 1_000_000_007 }
            for (whole, factor) in [(order, 1.0), (spread, 1_000_000_007.0)] {
                let counted = try ColumnDescription(Column(.integer(whole, missing: nil)))
                let sorted = try ColumnDescription(Column.numbers(whole.map { Double($0) }))
                #expect(counted.quantile05 == sorted.quantile05 && counted.quantile25 == sorted.quantile25)
                #expect(
                    counted.median == sorted.median && counted.quantile75 == sorted.quantile75 && counted.quantile95 == sorted.quantile95)
                #expect(counted.median.number == Quantiles.median(whole.map { Double($0) }) && counted.distinct == sorted.distinct)
                #expect(counted.maximum.number == Double(count - 1) * factor || count == 7)
            }
        }
        let words = try ColumnDescription(Column.text(["b", "a", "b", "a", nil]))
        #expect(words.top == .text("a") && words.topCount == 2 && words.minimum == .text("a") && words.maximum == .text("b"))
        let integers = try ColumnDescription(Column(.integer([.max, .min, 0], missing: [false, false, true])))
        #expect(integers.minimum == .integer(.min) && integers.maximum == .integer(.max))
    }

    @Test func fewAndNoValues() throws {
        for type in ColumnType.allCases {
            let none = try ColumnDescription(.missing(type, count: 0))
            #expect(none.count == 0 && none.distinct == 0 && none.top == .missing && none.minimum == .missing)
            let missing = try ColumnDescription(.missing(type, count: 3))
            #expect(missing.count == 0 && missing.missing == 3 && missing.topCount == 0 && missing.median == .missing)
        }
        let one = try ColumnDescription(Column.numbers([5]))
        #expect(one.mean == 5 && one.standardDeviation.isNaN && one.skewness.isNaN && one.median == .number(5))
        let constant = try ColumnDescription(Column.numbers([5, 5, 5, 5]))
        #expect(constant.standardDeviation == 0 && constant.skewness == 0 && constant.kurtosis == 0)
    }
}
