import Foundation
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
        /// The encoding that is asked for.
        var encoding: String?
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
            types: ["Year": .integer, "Jan": .integer, "Jun": .integer, "D-N": .integer, "DJF": .integer],
            findings: ["title", "missing"]),
        Expected(
            file: "imdb.csv", rows: 100, columns: 44, lines: 101, nameLines: 1, types: ["title": .text, "imdbRating": .number],
            findings: ["escape"]),
        Expected(
            file: "utf-16le_encoded.csv", rows: 327, columns: 19, lines: 328, nameLines: 1, types: ["Part_II_patients": .integer],
            findings: ["encoding", "numbers"]),
        Expected(
            file: "Inpatients_MHA_Machine_readable_dataset_1011.csv", rows: 327, columns: 19, lines: 328, nameLines: 1,
            types: ["Total_informal_admissions": .integer], findings: ["encoding", "numbers"]),
        // Three titles, names of four lines, six columns that a spreadsheet left behind, thousands marked by commas and by blanks.
        Expected(
            file: "begrotingsanalyse-2011.csv", rows: 36, columns: 14, lines: 43, nameLines: 4,
            types: ["NR.": .integer, "Cluster": .text, "provincie A Groningen": .integer, "provincie L Flevoland": .integer],
            findings: ["title", "header", "columns", "numbers", "missing"]),
        // A page of a statistical office: what it is about above the table, footnotes below it, points between thousands.
        Expected(
            file: "weird_head_padding.csv", rows: 60, columns: 10, lines: 94, nameLines: 1,
            types: ["column_1": .text, "1985": .number, "1993": .integer, "2000": .integer, "2010": .integer],
            findings: ["delimiter", "blank_lines", "title", "footer", "columns", "numbers", "missing", "no_values"]),
        Expected(
            file: "boston311-100-with-nonascii.csv", rows: 100, columns: 29, lines: 101, nameLines: 1,
            types: [
                "case_enquiry_id": .integer, "open_dt": .time, "target_dt": .time, "closed_dt": .time, "case_status": .text,
                "closure_reason": .text, "city_council_district": .integer, "precinct": .text, "location_zipcode": .text,
                "latitude": .number, "longitude": .number,
            ], findings: ["type", "missing", "no_values"]),
        Expected(
            file: "adur-public-toilets.csv", rows: 15, columns: 32, lines: 16, nameLines: 1,
            types: [
                "ExtractDate": .time, "OrganisationLabel": .text, "GeoX": .integer, "GeoY": .integer, "Category": .text,
                "ReportTel": .text, "UPRN": .integer, "StreetAddress": .text,
            ], findings: ["dates", "missing", "no_values"]),
        Expected(
            file: "characters.csv", encoding: "big5", rows: 382, columns: 18, lines: 865, nameLines: 1,
            types: ["id": .text, "X坐標": .number, "Y坐標": .number], brokenLines: 482, findings: ["encoding", "missing"]),
    ]

    private func table(_ expected: Expected) throws -> ReadResult {
        var options = ReadOptions()
        options.encoding = expected.encoding
        return try SharedData.table("messy/" + expected.file, options: options)
    }

    /// Every file of the folder has its expectation.
    @Test func allFilesAreHere() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: SharedData.folder.appendingPathComponent("messy").path)
        #expect(Set(files) == Set(Self.all.map(\.file)))
    }

    @Test(arguments: all) func rowsTypesAndFindings(expected: Expected) throws {
        let result = try table(expected)
        #expect(result.frame.rowCount == expected.rows)
        #expect(result.frame.columnCount == expected.columns)
        for (name, type) in expected.types { #expect(result.frame[name]?.type == type, "\(name)") }
        let names = Set(result.findings.map(\.name))
        for finding in expected.findings { #expect(names.contains(finding), "\(finding) in \(names.sorted())") }
        let left = result.findings.filter { ["title", "footer", "blank_lines", "comments"].contains($0.name) }.reduce(0) {
            $0 + ($1.count ?? 0)
        }
        #expect(expected.rows + expected.nameLines + expected.brokenLines + left == expected.lines)
    }

    @Test(arguments: all) func everyGapIsSaid(expected: Expected) throws {
        let result = try table(expected)
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
        #expect(result.frame.names.last == "provincie L Flevoland")
        #expect(result.findings.contains { $0.name == "title" && $0.count == 3 })
        #expect(result.findings.contains { $0.name == "header" && $0.count == 4 })
        #expect(result.findings.contains { $0.name == "columns" && $0.count == 6 })
        let groningen = plain(result.frame["provincie A Groningen"])
        #expect(Array(groningen[0..<6]) == ["-", "208", "7", "23", "1176", "1414"])
        #expect(Array(groningen[30..<36]) == ["-1414", "-", "0", "-", "566216", "22"])
        #expect(plain(result.frame["provincie C Drenthe"])[32] == "-1")
        #expect(plain(result.frame["Cluster"])[30] == "Totaal")
    }

    @Test func pageOfAStatisticalOffice() throws {
        let result = try SharedData.table("messy/weird_head_padding.csv")
        let frame = result.frame
        #expect(frame.names == ["column_1", "1985", "1993", "2000", "2005", "2006", "2007", "2008", "2009", "2010"])
        #expect(frame["1985"]?.missingCount == 60)
        #expect(plain(frame["column_1"]).first == "   Chirurgie (ohne Orthopädie) ...")
        #expect(plain(frame["column_1"]).last == "      Strahlentherapie")
        // Unfallchirurgie: 1.613 of 1993 are more than the 379 of another line.
        #expect(frame.names.dropFirst(2).map { plain(frame[$0])[7] } == ["1613", "2003", "2221", "2279", "2369", "2466", "2535", "2590"])
        #expect(plain(frame["1993"]).prefix(3) == ["-", "379", "1"])
        let said = Dictionary(grouping: result.findings, by: \.name)
        #expect(said["footer"]?.first?.count == 22)
        #expect(said["footer"]?.first?.text == "22 lines below the table left out, \"Fußnoten\"")
        #expect(said["missing"]?.contains { $0.column == "1985" && $0.mark == "\".\"" && $0.count == 50 } == true)
    }

    @Test func signsForNothing() throws {
        let result = try SharedData.table("messy/mixedGLB.csv")
        #expect(result.frame["Jun"]?[132].isMissing == true)
        #expect(result.frame["Jun"]?[131] == .integer(50))
        #expect(result.frame["D-N"]?[0].isMissing == true)
        #expect(result.frame["May"]?[132] == .integer(61))
        #expect(result.findings.contains { $0.text == "1 \"*****\" in Jun read as missing" })
    }

    @Test func oneDateInTwoStyles() throws {
        let result = try SharedData.table("messy/adur-public-toilets.csv")
        let dates = plain(result.frame["ExtractDate"])
        #expect(dates.first == "-" && Set(dates.dropFirst()) == ["2014-07-07T00:00:00"])
        #expect(plain(result.frame["ReportTel"]).first == "01903 221471")
        #expect(result.frame["GeoX"]?[0] == .integer(518072))
        // The category None is read as missing, and that is said.
        #expect(result.findings.contains { $0.text == "4 \"None\" in AccessibleCategory read as missing" })
    }

    @Test func servicesOfATown() throws {
        let frame = try SharedData.table("messy/boston311-100-with-nonascii.csv").frame
        #expect(plain(frame["closure_reason"])[45].hasSuffix("Resolved Dëad rat picked up  "))
        #expect(frame["open_dt"]?[1].plainText == "2022-01-19T11:18:00")
        #expect(plain(frame["location_zipcode"])[1] == "02113")
        #expect(plain(frame["precinct"])[1] == "0303")
        #expect(frame["latitude"]?[1] == .number(42.3634))
        #expect(frame["closure_reason"]?[0].isMissing == true)
    }

    /// An encoding that nothing tells is asked for, and the one to try is named.
    @Test func encodingsByAsking() throws {
        var options = ReadOptions()
        options.encoding = "big5"
        let sights = try SharedData.table("messy/characters.csv", options: options).frame
        #expect(sights.names.prefix(3) == ["id", "景點編號", "景點中文名稱"])
        #expect(plain(sights["景點中文名稱"]).first == "雲嘉南濱海國家風景區管理處")
        #expect(plain(sights["id"]).last == "v_382")
        #expect {
            try SharedData.table("messy/characters.csv")
        } throws: { error in
            let fault = error as? Fault
            return fault?.code == "R0604" && fault?.message.contains("line 1, column 4, byte 4") == true
                && fault?.remedy.hasSuffix("encoding \"big5\"") == true
        }
    }
}

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
