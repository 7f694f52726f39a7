import Foundation
import RondoFrame
import RondoKernels
import Testing

/// The real data sets load whole, with the types and gaps that their sources state.
@Suite(.enabled(if: SharedData.isPresent, "the folder ../shared/data is absent"))
struct DataSetTests {
    @Test(arguments: [
        ("ames_housing.csv", 2930, 82), ("california_housing.csv", 20640, 10), ("telco_churn.csv", 7043, 21), ("titanic.csv", 891, 12),
        ("breast_cancer.csv", 569, 31), ("diabetes.csv", 442, 11), ("wine.csv", 178, 14), ("iris.csv", 150, 5),
        ("bike_sharing_hourly.csv", 17379, 15), ("movielens_small/ratings.csv", 100_836, 4), ("movielens_small/movies.csv", 9742, 3),
        ("movielens_small/tags.csv", 3683, 4), ("formats/unemployment.tsv", 3218, 2), ("formats/seattle-weather.csv", 1461, 6),
        ("formats/countries.csv", 250, 76),
    ])
    func shape(path: String, rows: Int, columns: Int) throws {
        let frame = try SharedData.table(path).frame
        #expect(frame.rowCount == rows)
        #expect(frame.columnCount == columns)
    }

    @Test func gapsAndTypes() throws {
        let ames = try SharedData.table("ames_housing.csv")
        #expect(ames.findings.reduce(0) { $1.name == "missing" && $1.text.contains(" empty in ") ? $0 + ($1.count ?? 0) : $0 } == 13_997)
        #expect(ames.frame["Mas Vnr Type"]?.missingCount == 1775)
        #expect(ames.frame["Sale Type"]?.missingCount == 0)
        let telco = try SharedData.table("telco_churn.csv")
        #expect(telco.frame["TotalCharges"]?.type == .number)
        #expect(telco.frame["TotalCharges"]?.missingCount == 11)
        #expect(
            telco.findings.contains(
                Finding("missing", "11 blanks in TotalCharges read as missing", count: 11, column: "TotalCharges", mark: "blanks")))
        let bike = try SharedData.table("bike_sharing_hourly.csv").frame
        #expect(bike["dteday"]?.type == .date)
        #expect(bike["dteday"]?[0].plainText == "2011-01-01")
        #expect(bike["dteday"]?[17378].plainText == "2012-12-31")
        #expect(try SharedData.table("formats/seattle-weather.csv").frame["date"]?.type == .date)
        let countries = try SharedData.table("formats/countries.csv")
        #expect(countries.frame["cca2"]?.missingCount == 0)
        #expect(countries.frame["ccn3"]?.type == .text)
        #expect(countries.frame["idd.root"]?.type == .text)
    }

    @Test func messyFiles() throws {
        #expect(try SharedData.table("messy/utf8bom.csv").frame.names == ["kitten", "win"])
        #expect(plain(try SharedData.table("messy/skip_initials.csv").frame["field2"]) == ["    goodbye", "goodbye2"])
        #expect(try SharedData.table("messy/long.csv").frame.rowCount == 4000)
        let null = try SharedData.table("messy/null.csv")
        #expect(null.frame.columnCount == 4)
        // The word null stands among numbers: it is missing there.
        #expect(null.frame["column_2"]?.type == .integer)
        #expect(null.frame["column_2"]?.missingCount == 5)
        let complex = try SharedData.table("messy/complex.csv").frame
        #expect(complex.names == ["date", "another date", "temperature", "place"])
        #expect(complex["date"]?.type == .date)
        let utf16 = try SharedData.table("messy/utf-16le_encoded.csv")
        #expect(utf16.frame.names.first == "Organisation_code")
        #expect(utf16.findings.contains { $0.name == "encoding" })
        #expect(try SharedData.table("messy/adur-public-toilets.csv").frame.columnCount == 32)
        #expect(try SharedData.table("messy/spendover25kdownloadSep.csv").frame.names.first == "Department")
        #expect(throws: Fault.self) { try SharedData.table("messy/characters.csv") }
        var options = ReadOptions()
        options.encoding = "windows-1252"
        let boston = try SharedData.table("messy/boston311-100-with-nonascii.csv", options: options).frame
        #expect(boston.rowCount == 100)
        #expect(boston["open_dt"]?.type == .time)
    }

    @Test(arguments: ["ames_housing", "telco_churn", "movielens_small/ratings", "bike_sharing_hourly"])
    func oneThreadEqualsTwo(name: String) throws {
        let bytes = try SharedData.bytes(name + ".csv")
        let one = try CSVReader.read(ByteSource(name: name, bytes: bytes), options: ReadOptions(), context: .quiet)
        let two = try CSVReader.read(
            ByteSource(name: name, bytes: bytes), options: ReadOptions(), context: ComputeContext(threads: ThreadCount(2)))
        #expect(one.findings == two.findings)
        for (a, b) in zip(one.frame.columns, two.frame.columns) { #expect(a.equals(b)) }
    }
}

/// Descriptions agree with pandas 3.1.1 on ten data sets to twelve significant digits.
@Suite(.enabled(if: SharedData.isPresent, "the folder ../shared/data is absent"))
struct DescriptionReferenceTests {
    private static let figures = ["mean", "std", "min", "q05", "q25", "median", "q75", "q95", "max", "skew", "kurtosis"]

    @Test(arguments: [
        "iris", "wine", "diabetes", "breast_cancer", "titanic", "ames_housing", "telco_churn", "california_housing", "bike_sharing_hourly",
        "adult_income",
    ])
    func agrees(name: String) throws {
        let json = try JSONSerialization.jsonObject(
            with: try Data(contentsOf: SharedData.folder.appendingPathComponent("reference_visible.json")))
        let sets = try #require((json as? [String: Any])?["datasets"] as? [String: Any])
        let reference = try #require((sets[name] as? [String: Any])?["describe"] as? [String: [String: Any]])
        let packed = name == "adult_income"
        let bytes = packed ? try DescriptionReferenceTests.unpacked(name + ".csv.gz") : try SharedData.bytes(name + ".csv")
        guard let bytes else { return }
        let frame = try CSVReader.read(
            ByteSource(name: name, bytes: bytes), options: ReadOptions(), context: ComputeContext(threads: ThreadCount(2))
        ).frame
        let descriptions = try frame.descriptions(context: ComputeContext(threads: ThreadCount(2)))
        #expect(frame.columnCount == reference.count)
        for (column, description) in zip(frame.names, descriptions) {
            let wanted = try #require(reference[column], "\(column)")
            #expect(description.missing == wanted["missing"] as? Int, "\(column) missing")
            #expect(description.count + description.missing == frame.rowCount)
            #expect(description.distinct == wanted["unique"] as? Int, "\(column) distinct")
            if wanted["type"] as? String == "number" {
                for (figure, value) in zip(Self.figures, numbers(description)) { check(value, wanted[figure], "\(column) \(figure)") }
            } else {
                #expect(description.topCount == wanted["top_count"] as? Int, "\(column) top_count")
                let tops = wanted["top"] as? [String] ?? []
                if description.type.isText { #expect(tops.first == description.top.plainText, "\(column) top") }
            }
        }
    }

    private func numbers(_ description: ColumnDescription) -> [Double] {
        let order = [
            description.minimum, description.quantile05, description.quantile25, description.median, description.quantile75,
            description.quantile95, description.maximum,
        ]
        return [description.mean, description.standardDeviation] + order.map { $0.number ?? .nan } + [
            description.skewness, description.kurtosis,
        ]
    }

    private func check(_ value: Double, _ wanted: Any?, _ comment: String) {
        let reference = (wanted as? NSNumber)?.doubleValue ?? .nan
        // Figures that are zero up to rounding in both are compared absolutely.
        let same = (value.isNaN && reference.isNaN) || abs(value - reference) <= 5e-13 * max(abs(reference), 1e-3)
        #expect(same, "\(comment): \(value), reference \(reference)")
    }

    /// A gzip file through the system's own program; nil where that is absent.
    static func unpacked(_ path: String) throws -> [UInt8]? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/gzip")
        process.arguments = ["-dc", SharedData.folder.appendingPathComponent(path).path]
        let pipe = Pipe()
        process.standardOutput = pipe
        guard FileManager.default.isExecutableFile(atPath: "/bin/gzip") else { return nil }
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Array(data)
    }
}
