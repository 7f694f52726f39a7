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
