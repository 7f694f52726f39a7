import RondoKernels
import Testing

@testable import RondoFrame

/// Every file of ../shared/data/messy: what a person would want of it, written by hand from looking at the file, and that the findings
/// add up: lines of the file = rows + names + what the findings say was left out.
@Suite(.enabled(if: SharedData.isPresent, "the folder ../shared/data is absent"))
struct MessyFileTests {
    /// What a file must give.
    struct Expected: Sendable, CustomTestStringConvertible {
        let file: String
        let rows: Int
        let columns: Int
        /// Lines of the file, as `awk 'END {print NR}'` counts them (of the decoded text).
        let lines: Int
        /// Lines of names.
        let nameLines: Int
        var types: [String: ColumnType] = [:]
        /// Line breaks inside quotes.
        var brokenLines = 0
        /// Findings that must be there, by name.
        var findings: [String] = []

        var testDescription: String { file }
    }

    static let all: [Expected] = [
        Expected(
            file: "complex.csv", rows: 3, columns: 4, lines: 4, nameLines: 1,
            types: ["date": .date, "another date": .date, "temperature": .integer, "place": .text],
            findings: ["dates", "numbers", "missing"]),
        Expected(
            file: "excel_pasting.csv", rows: 17, columns: 9, lines: 24, nameLines: 1, types: ["Year": .text, "2000": .integer],
            brokenLines: 3,
            findings: ["title", "numbers", "missing"]),
        Expected(
            file: "null.csv", rows: 10, columns: 4, lines: 10, nameLines: 0, types: ["column_2": .integer], findings: ["header", "missing"]),
        Expected(file: "skip_initials.csv", rows: 2, columns: 2, lines: 3, nameLines: 1),
        Expected(file: "utf8bom.csv", rows: 0, columns: 2, lines: 1, nameLines: 1, findings: ["empty"]),
        Expected(file: "long.csv", rows: 4000, columns: 1, lines: 4000, nameLines: 0, findings: ["header"]),
        Expected(
            file: "spendover25kdownloadSep.csv", rows: 189, columns: 8, lines: 190, nameLines: 1,
            types: ["Date of Payment": .date, "Amount in Sterling": .number, "Transaction No": .text],
            findings: ["dates", "numbers", "type"]),
        Expected(
            file: "mixedGLB.csv", rows: 133, columns: 19, lines: 137, nameLines: 1,
            types: ["Year": .integer, "Jan": .integer, "Jun": .text],
            findings: ["title", "type"]),
        Expected(
            file: "imdb.csv", rows: 100, columns: 44, lines: 101, nameLines: 1, types: ["title": .text, "imdbRating": .number],
            findings: ["escape"]),
        Expected(
            file: "utf-16le_encoded.csv", rows: 327, columns: 19, lines: 328, nameLines: 1, types: ["Part_II_patients": .integer],
            findings: ["encoding", "numbers"]),
        Expected(
            file: "Inpatients_MHA_Machine_readable_dataset_1011.csv", rows: 327, columns: 19, lines: 328, nameLines: 1,
            types: ["Total_informal_admissions": .integer], findings: ["encoding", "numbers"]),
    ]

    @Test(arguments: all) func rowsTypesAndFindings(expected: Expected) throws {
        let result = try SharedData.table("messy/" + expected.file)
        #expect(result.frame.rowCount == expected.rows)
        #expect(result.frame.columnCount == expected.columns)
        for (name, type) in expected.types { #expect(result.frame[name]?.type == type, "\(name)") }
        let names = Set(result.findings.map(\.name))
        for finding in expected.findings { #expect(names.contains(finding), "\(finding) in \(names.sorted())") }
        let left = result.findings.filter { ["title", "blank_lines", "comments"].contains($0.name) }.reduce(0) { $0 + ($1.count ?? 0) }
        #expect(expected.rows + expected.nameLines + expected.brokenLines + left == expected.lines)
    }

    @Test(arguments: all) func everyGapIsSaid(expected: Expected) throws {
        let result = try SharedData.table("messy/" + expected.file)
        for (name, column) in zip(result.frame.names, result.frame.columns) {
            let said = result.findings.filter { $0.name == "missing" && $0.column == name }.reduce(0) { $0 + ($1.count ?? 0) }
            let short = result.findings.filter { $0.name == "short_rows" }.reduce(0) { $0 + ($1.count ?? 0) }
            #expect(column.missingCount - said <= short && column.missingCount >= said, "\(name)")
        }
    }

    @Test func valuesAsAPersonReadsThem() throws {
        let complex = try SharedData.table("messy/complex.csv").frame
        #expect(plain(complex["temperature"]) == ["0", "-1", "6000000"])
        #expect(plain(complex["another date"]).prefix(2) == ["2011-10-24", "2012-10-24"])
        let spending = try SharedData.table("messy/spendover25kdownloadSep.csv").frame
        #expect(spending["Amount in Sterling"]?[0] == .number(27275.25))
        #expect(spending["Amount in Sterling"]?[188] == .number(194918))
        #expect(spending["Date of Payment"]?[0].plainText == "2011-09-23")
        let carbon = try SharedData.table("messy/excel_pasting.csv").frame
        #expect(carbon.names == ["Year", "2000", "2001", "2002", "2003", "2004", "2005", "2006", "2007"])
        #expect(carbon["2000"]?[0] == .integer(2666))
        #expect(carbon["2000"]?[1] == .integer(498))
        let films = try SharedData.table("messy/imdb.csv").frame
        #expect(plain(films["title"]).contains("Dr. Seltsam, oder wie ich lernte, die Bombe zu lieben (1964)"))
        let patients = try SharedData.table("messy/utf-16le_encoded.csv").frame
        #expect(patients["Part_II_patients"]?[76] == .integer(1338))
    }

    @Test func namesOfSeveralLines() throws {
        let result = try SharedData.table("messy/begrotingsanalyse-2011.csv")
        #expect(result.frame.names.prefix(4) == ["NR.", "Cluster", "provincie A Groningen", "provincie B Friesland"])
        #expect(result.findings.contains { $0.name == "title" && $0.count == 3 })
        #expect(result.findings.contains { $0.name == "header" && $0.count == 4 })
        #expect(result.frame.rowCount == 36)
    }

    @Test func encodingsByAsking() throws {
        var options = ReadOptions()
        options.encoding = "big5"
        let characters = try SharedData.table("messy/characters.csv", options: options).frame
        #expect(characters.names.first == "id")
        #expect(throws: Fault.self) { try SharedData.table("messy/characters.csv") }
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
