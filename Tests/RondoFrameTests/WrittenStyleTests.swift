import Foundation
import RondoKernels
import Testing

@testable import RondoFrame

/// Encodings that are named when nothing tells them.
struct EncodingSuggestionTests {
    private func suggestion(_ text: String, _ encoding: String.Encoding) throws -> String {
        suggestion(Array(try #require(text.data(using: encoding))))
    }

    private func suggestion(_ bytes: [UInt8]) -> String {
        bytes.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { EncodingSuggestion.name(for: TextBytes(base: $0, count: buffer.count, skipped: 0)) } ?? ""
        }
    }

    @Test func common() throws {
        #expect(try suggestion("город,число\nМосква,1\nСанкт-Петербург,2\nНовосибирск,3\n", .windowsCP1251) == "windows-1251")
        #expect(try suggestion("都市,人口\nとうきょうのまち,1\nおおさかのまち,2\nカタカナのことば,3\n", .shiftJIS) == "shift_jis")
        // The same in EUC-JP: pairs of two high bytes, those of syllables begin with A4.
        let city: [UInt8] = [
            0xC5, 0xD4, 0xBB, 0xD4, 0x2C, 0x6E, 0x0A, 0xA4, 0xC8, 0xA4, 0xA6, 0xA4, 0xAD, 0xA4, 0xE7, 0xA4, 0xA6, 0x2C, 0x31, 0x0A,
        ]
        #expect(suggestion(city) == "euc-jp")
        #expect(try suggestion("name,x\n5 \u{20AC} caf\u{E9},1\n", .windowsCP1252) == "windows-1252")
    }
}

/// Numbers and dates in the styles that people write.
struct WrittenStyleTests {
    private func column(_ words: [String], _ change: (inout ReadOptions) -> Void = { _ in }, separator: String = ",") throws -> Column {
        var options = ReadOptions()
        change(&options)
        let lines = words.map { "x\(separator)\"\($0)\"" }
        let text = "k\(separator)v\n" + lines.joined(separator: "\n") + "\n"
        return try #require(try CSVReader.read(ByteSource(name: "t.csv", text: text), options: options, context: .quiet).frame["v"])
    }

    @Test func moneyPercentAndBrackets() throws {
        #expect(plain(try column(["$1,200.50", "$3.00"])) == ["1200.5", "3"])
        #expect(plain(try column(["€ 12", "€ 1,300"])) == ["12", "1300"])
        #expect(plain(try column(["12.5 %", "7 %"])) == ["0.125", "0.07"])
        #expect(plain(try column(["(1,250)", "30"])) == ["-1250", "30"])
        // One of them is no money: text, and nothing is changed.
        #expect(plain(try column(["$5", "€6"])) == ["$5", "€6"])
    }

    @Test func decimalComma() throws {
        #expect(plain(try column(["1,5", "12,25"], separator: ";")) == ["1.5", "12.25"])
        // Three digits behind every comma: in doubt, so text until somebody says.
        #expect(plain(try column(["1,500", "2,250"], separator: ";")) == ["1,500", "2,250"])
        #expect(plain(try column(["1,500", "2,250"], { $0.decimal = 0x2C }, separator: ";")) == ["1.5", "2.25"])
        #expect(plain(try column(["1.613", "579"], { $0.thousands = 0x2E }, separator: ";")) == ["1613", "579"])
        #expect(plain(try column(["1.613,5", "2,25"], separator: ";")) == ["1613.5", "2.25"])
    }

    /// Between semicolons a point before three digits is a thousands mark where nothing else explains the numbers.
    @Test func pointsBetweenThousands() throws {
        #expect(plain(try column(["1.613", "579", "2.003"], separator: ";")) == ["1613", "579", "2003"])
        #expect(plain(try column(["1.613", "579"], separator: ";")) == ["1613", "579"])
        // One such number beside small ones, other lengths behind the point, or commas between fields: decimals.
        #expect(plain(try column(["1.613", "5"], separator: ";")) == ["1.613", "5"])
        #expect(plain(try column(["1.613", "579", "2.5"], separator: ";")) == ["1.613", "579", "2.5"])
        #expect(plain(try column(["1.613", "579", "2500"], separator: ";")) == ["1.613", "579", "2500"])
        #expect(plain(try column(["0.613", "579", "2.003"], separator: ";")) == ["0.613", "579", "2.003"])
        #expect(plain(try column(["1.613", "579", "1e2"], separator: ";")) == ["1.613", "579", "100"])
        #expect(plain(try column(["1.613", "579", "2.003"])) == ["1.613", "579", "2.003"])
        #expect(plain(try column(["1.613", "579", "2.003"], { $0.decimal = 0x2E }, separator: ";")) == ["1.613", "579", "2.003"])
    }

    /// A spreadsheet put together from several: some thousands are marked by commas, some by blanks, some not.
    @Test func marksOfSeveralHands() throws {
        #expect(plain(try column(["566,216", "-1 414", "1176", "22", "- 1"])) == ["566216", "-1414", "1176", "22", "-1"])
        #expect(plain(try column(["566,216", "1176"])) == ["566216", "1176"])
        // Blanks alone may be parts of a code, and so may other groups.
        #expect(plain(try column(["12 414", "1176"])) == ["12 414", "1176"])
        #expect(plain(try column(["566,216", "0012"])) == ["566,216", "0012"])
        #expect(plain(try column(["566,216", "11 76"])) == ["566,216", "11 76"])
    }

    /// Signs for nothing are missing among numbers and dates, and only there.
    @Test func signsAmongNumbers() throws {
        #expect(plain(try column(["12", "-", "3"])) == ["12", "-", "3"])
        #expect(try column(["12", "-", "3"]).type == .integer)
        #expect(try column(["12", "..", "3.5", "–", "*****"]).missingCount == 3)
        #expect(try column(["2024-01-02", "-", "2024-01-03"]).type == .date)
        #expect(try column(["1,200", "-", "3"]).type == .integer)
        #expect(try column([".", ".", "."]).missingCount == 3)
        // Words, and signs that are told apart, are values.
        #expect(plain(try column(["yes", "-", "no"])) == ["yes", "-", "no"])
        #expect(try column(["*", "**", "***"]).missingCount == 0)
        #expect(try column(["12", "-", "x"]).missingCount == 0)
        #expect(try column(["12", "-"], { $0.missing = ["?"] }).type == .text)
        #expect(try column(["12", "-"], { $0.textColumns = ["v"] }).missingCount == 0)
    }

    @Test func datesOfTwoHands() throws {
        #expect(plain(try column(["31/12/2024 10:15", "2024-12-30 11:00"])) == ["2024-12-31T10:15:00", "2024-12-30T11:00:00"])
        #expect(plain(try column(["31/12/2024", "2024-12-30"])) == ["2024-12-31", "2024-12-30"])
        #expect(plain(try column(["7/7/2024", "2024-12-30"])) == ["2024-07-07", "2024-12-30"])
        #expect(plain(try column(["7/7/2024", "8/8/2024"])) == ["2024-07-07", "2024-08-08"])
        // Day or month first is open.
        #expect(try column(["1/12/2024", "2024-12-30"]).type == .text)
        #expect(plain(try column(["1 Dec 2024", "2024-12-30"])) == ["2024-12-01", "2024-12-30"])
        #expect(try column(["1 Dec 2024", "30/12/2024"]).type == .text)
    }

    @Test func codesStayText() throws {
        #expect(plain(try column(["555 100 554", "552 100 554"])) == ["555 100 554", "552 100 554"])
        // A zero before the comma: nobody writes thousands so.
        #expect(plain(try column(["0,123", "1,234"])) == ["0.123", "1.234"])
        #expect(plain(try column(["1,23,456", "1,234"])) == ["1,23,456", "1,234"])
        #expect(plain(try column(["1,200", "300"], { $0.textColumns = ["v"] })) == ["1,200", "300"])
    }

    @Test func dates() throws {
        #expect(plain(try column(["23-Sep-11", "06-Sep-11"])) == ["2011-09-23", "2011-09-06"])
        #expect(plain(try column(["Sep 3, 2011", "October 12, 2012"])) == ["2011-09-03", "2012-10-12"])
        #expect(plain(try column(["31/12/2024 10:15", "1/2/2024 23:05:09"])).first?.hasPrefix("2024-12-31T10:15") == true)
        // The order is open, and nobody says: text.
        #expect(try column(["1/2/2024 10:15", "3/4/2024 11:00"]).type == .text)
        #expect(try column(["1/2/2024 10:15", "3/4/2024 11:00"], { $0.dateOrder = .day }).type == .time)
        // There is no 30 February.
        #expect(try column(["30 Feb 2023", "1 Mar 2023"]).type == .text)
    }

    @Test func comments() throws {
        var options = ReadOptions()
        options.comment = 0x23
        let text = "# made \"today\ncity,size\n# first\nRome,1\nOslo,2\n"
        let result = try CSVReader.read(ByteSource(name: "t.csv", text: text), options: options, context: .quiet)
        #expect(result.frame.names == ["city", "size"])
        #expect(plain(result.frame["size"]) == ["1", "2"])
        #expect(result.findings.contains { $0.name == "comments" && $0.count == 1 })
    }
}

/// What stands below and beside a table.
struct TableEdgeTests {
    private static let table = "a,b,c,d\n1,2,3,4\n5,6,7,8\n9,10,11,12\n"

    @Test func notesBelow() throws {
        let result = try csv(Self.table + "\nSource: the office\n\"1.\",\"to 1992, old\"\n")
        #expect(result.frame.rowCount == 3)
        #expect(result.findings.map(\.text) == ["3 lines below the table left out, \"Source: the office\""])
        #expect(try csv(Self.table + "\n\nSource").findings.first?.count == 3)
        // Said otherwise: the line of the header given, nothing is left out.
        var options = ReadOptions()
        options.headerLine = 1
        #expect(try csv(Self.table + "\nSource\n", options).frame.rowCount == 4)
    }

    @Test func rowsThatAreNoNotes() throws {
        // No blank line before it, more fields than half of the columns, or a row behind it.
        #expect(try csv(Self.table + "13\n").frame.rowCount == 4)
        #expect(try csv(Self.table + "\n13,14,15\n").frame.rowCount == 4)
        #expect(try csv(Self.table + "\nSource\n13,14,15,16\n").frame.rowCount == 5)
        // A blank line inside quotes.
        let quoted = try csv("a,b,c,d\n1,2,3,\"x\n\nword\"\n")
        #expect(plain(quoted.frame["d"]) == ["x\n\nword"])
        // Numbers alone are no note.
        #expect(try csv(Self.table + "\n13\n").frame.rowCount == 4)
    }

    /// Far behind the beginning the place is found by the quotes that follow.
    @Test func notesBelowManyRows() throws {
        var text = "a,b,c,d\n"
        for row in 0..<20_000 { text += "\(row),\"x, \n\ny\",3,\"4\"\n" }
        let result = try csv(text + "\nSource: \"the office\"\n")
        #expect(result.frame.rowCount == 20_000)
        #expect(result.findings.contains { $0.name == "footer" && $0.count == 2 })
    }

    @Test func columnsThatASpreadsheetLeft() throws {
        let result = try csv("a,b,,\n1,2,,\n3,4\n5,,,\n")
        #expect(result.frame.names == ["a", "b"])
        #expect(result.findings.contains { $0.text == "2 columns at the end without name and values left out" })
        #expect(!result.findings.contains { $0.name == "short_rows" })
        // A value below no name: a column after all.
        let filled = try csv("a,b,,\n1,2,,\n3,4,,x\n")
        #expect(filled.frame.names == ["a", "b", "column_3", "column_4"])
        #expect(plain(filled.frame["column_4"]) == ["-", "x"])
        #expect(try csv("a,,b\n1,2,3\n").frame.names == ["a", "column_2", "b"])
    }
}

/// Samples that are drawn while a file goes by.
struct SampleWhileReadingTests {
    private static let text: String = {
        var text = "id,word\n"
        for row in 0..<60_000 { text += "\(row),\"w\(row % 7)\nx\"\n\(row % 1000 == 0 ? "\n" : "")" }
        return text
    }()

    private func sample(_ size: RowSample.Size, seed: UInt64, threads: Int = 1) throws -> Frame {
        var options = ReadOptions()
        options.sample = RowSample(size, seed: seed)
        return try CSVReader.read(
            ByteSource(name: "t.csv", text: Self.text), options: options, context: ComputeContext(threads: ThreadCount(threads))
        ).frame
    }

    @Test func exactlySoManyWholeRowsInOrder() throws {
        let frame = try sample(.count(500), seed: 3)
        #expect(frame.rowCount == 500)
        let ids = plain(frame["id"]).compactMap { Int($0) }
        #expect(ids == ids.sorted() && Set(ids).count == 500)
        #expect(zip(ids, plain(frame["word"])).allSatisfy { $1 == "w\($0 % 7)\nx" })
        #expect(try sample(.share(0.1), seed: 3).rowCount == 6000)
        #expect(try sample(.count(1_000_000), seed: 3).rowCount == 60_000)
    }

    @Test func sameSeedSameRows() throws {
        let one = try #require(try sample(.count(400), seed: 9)["id"])
        let two = try #require(try sample(.count(400), seed: 9, threads: 2)["id"])
        let other = try #require(try sample(.count(400), seed: 10)["id"])
        #expect(one.equals(two))
        #expect(!one.equals(other))
    }
}
