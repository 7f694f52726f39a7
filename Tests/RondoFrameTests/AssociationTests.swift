import Foundation
import RondoKernels
import Testing

@testable import RondoFrame

@Suite struct AssociationTests {
    /// Hair and eyes of 592 students (Snee 1974): Cramér's V 0.279, SciPy 1.17 gives 0.2790446233426584.
    @Test func hairAndEyes() throws {
        let counts = [[68, 20, 15, 5], [119, 84, 54, 29], [26, 17, 14, 14], [7, 94, 10, 16]]
        var (hair, eyes): ([String?], [String?]) = ([nil, "black"], ["blue", nil])
        for (row, cells) in counts.enumerated() {
            for (column, count) in cells.enumerated() {
                for _ in 0..<count {
                    hair.append(["black", "brown", "red", "blond"][row])
                    eyes.append(["brown", "blue", "hazel", "green"][column])
                }
            }
        }
        let association = try Association.between(.text(hair), .text(eyes))
        #expect((association.value - 0.2790446233426584).magnitude < 1e-14)
        #expect(association.measure == .cramersV && association.count == 592)
        #expect(try Association.between(.text(hair), .text(hair)).value == 1)
    }

    /// Scores in algebra, geometry and statistics, the textbook's example of the correlation ratio: 0.8386.
    @Test func correlationRatio() throws {
        let scores: [Double] = [45, 70, 29, 15, 21, 40, 20, 30, 42, 65, 95, 80, 70, 85, 73, .nan]
        let topics =
            Array(repeating: "algebra", count: 5) + Array(repeating: "geometry", count: 4) + Array(repeating: "statistics", count: 7)
        let both = [
            try Association.between(.numbers(scores), .text(topics)), try Association.between(.text(topics), .numbers(scores)),
        ]
        for association in both {
            #expect((association.value - 0.8386414621724166).magnitude < 1e-14)
            #expect(association.measure == .eta && association.count == 15)
        }
    }

    @Test func withoutVariation() throws {
        let constant = Column.text(["a", "a", "a"])
        #expect(try Association.between(constant, .text(["x", "y", "x"])).value.isNaN)
        #expect(try Association.between(constant, .numbers([1, 2, 3])).value.isNaN)
        #expect(try Association.between(.text(["a", "b", "a"]), .numbers([1, 1, 1])).value.isNaN)
        #expect(try Association.between(.text([]), .numbers([])).count == 0)
        // Each value of one beside each of the other: no link at all.
        let even = try Association.between(.text(["a", "a", "b", "b"]), .text(["x", "y", "x", "y"]))
        #expect(even.value == 0)
    }

    @Test func tableEqualsPairs() throws {
        var stream = RandomStream(seed: 4, purpose: "table")
        let count = 800
        let columns: [Column] = [
            .numbers((0..<count).map { _ in stream.uniform() < 0.1 ? .nan : stream.uniform() }),
            .text((0..<count).map { _ in stream.uniform() < 0.1 ? nil : "w\(stream.uniform(below: 5))" }),
            Column(.truth((0..<count).map { _ in UInt8(stream.uniform(below: 3)) })),
            Column(.date((0..<count).map { Int32($0) })),
            .text((0..<count).map { "v\($0 % 3)" }),
            Column(.sparse(SparseNumbers(count: count, rows: [3, 70, 500], values: [1, 2, 5]))),
        ]
        for method in [Correlations.Method.pearson, .spearman] {
            let one = try AssociationTable(columns, method: method)
            let two = try AssociationTable(columns, method: method, context: ComputeContext(threads: ThreadCount(2)))
            for first in columns.indices {
                for second in columns.indices {
                    let pair = try Association.between(columns[first], columns[second], method: method)
                    #expect((one[first, second].value - pair.value).magnitude < 1e-14, "\(first) \(second)")
                    #expect(one[first, second].measure == pair.measure && one[first, second].count == pair.count)
                    #expect(one[first, second].value.bitPattern == two[first, second].value.bitPattern)
                }
            }
        }
    }

    @Test func twins() throws {
        let frame = try Frame([
            ("a", .numbers([1, 2, 3, .nan, 2, 1])),
            ("b", Column(.integer([1, 2, 3, 0, 2, 1], missing: [false, false, false, true, false, false]))),
            ("c", .text(["x", "y", "z", nil, "y", "x"])), ("d", .text(["1", "2", "3", nil, "2", "1"])),
            ("e", .numbers([1, 1, 1, 1, 1, 1])),
            ("f", .numbers([6, 5, 4, 3, 2, 1])),
        ])
        let found = try ColumnTwins.find(frame.columns, try frame.descriptions())
        #expect(found.map { [$0.column, $0.of, $0.isEqual ? 1 : 0] } == [[1, 0, 1]], "half of the values must repeat: \(found)")
        let doubled = frame.gathering((0..<2).flatMap { _ in (0..<6).map { Int32($0) } })
        let pairs = try ColumnTwins.find(doubled.columns, try doubled.descriptions())
        #expect(pairs.map { [$0.column, $0.of, $0.isEqual ? 1 : 0] } == [[1, 0, 1], [2, 0, 0], [3, 0, 0]])
    }

    @Test func gapsTogether() throws {
        let gaps: (Int) -> Double = { $0 % 10 == 0 ? .nan : 1 }
        let other: (Int) -> Double = { $0 % 7 == 0 ? .nan : 1 }
        let columns: [Column] = [
            .numbers((0..<100).map(gaps)), .numbers((0..<100).map(other)), .numbers((0..<100).map { $0 == 50 ? 2 : gaps($0) }),
            .numbers((0..<100).map { _ in 1 }),
        ]
        #expect(try ColumnTwins.gapGroups(columns) == [[0, 2]])
    }
}

/// Correlations agree with pandas 3.1.1 on ten data sets to twelve decimals. pandas adds up in one pass, which costs it digits of columns
/// far from 0; the last test holds some of those against exact arithmetic.
@Suite(.enabled(if: SharedData.isPresent, "the folder ../shared/data is absent"))
struct CorrelationReferenceTests {
    @Test(arguments: [
        "iris", "wine", "diabetes", "breast_cancer", "titanic", "ames_housing", "telco_churn", "california_housing", "bike_sharing_hourly",
        "adult_income",
    ])
    func agrees(name: String) throws {
        let json = try JSONSerialization.jsonObject(
            with: try Data(contentsOf: SharedData.folder.appendingPathComponent("reference_visible.json")))
        let sets = try #require((json as? [String: Any])?["datasets"] as? [String: Any])
        let reference = try #require(sets[name] as? [String: Any])
        let names = try #require(reference["correlation_columns"] as? [String])
        let packed = name == "adult_income"
        let bytes = packed ? try DescriptionReferenceTests.unpacked(name + ".csv.gz") : try SharedData.bytes(name + ".csv")
        guard let bytes else { return }
        let context = ComputeContext(threads: ThreadCount(2))
        let frame = try CSVReader.read(ByteSource(name: name, bytes: bytes), options: ReadOptions(), context: context).frame
        let columns = try names.map { try #require(frame[$0], "\($0)") }
        for (method, key) in [(Correlations.Method.pearson, "pearson"), (.spearman, "spearman")] {
            let table = try AssociationTable(columns, method: method, context: context)
            let wanted = try #require(reference[key] as? [String: [Any]])
            for (row, first) in names.enumerated() {
                for (column, second) in names.enumerated() {
                    let known = ((wanted[first]?[column]) as? NSNumber)?.doubleValue ?? .nan
                    let value = table[row, column].value
                    let same = (value.isNaN && known.isNaN) || (value - known).magnitude <= 1e-12
                    #expect(same, "\(key) of \(first) and \(second): \(value), reference \(known)")
                }
            }
        }
    }

    /// By fractions of whole numbers, the root alone rounded (Python 3.11, `fractions` and `decimal`).
    @Test(arguments: [
        ("PID", "Yr Sold", 0.009579226708180219), ("Order", "Year Built", -0.05231935740510990),
        ("Lot Frontage", "Yr Sold", -0.007547224177048765), ("MS SubClass", "Yr Sold", -0.01790547724784694),
    ])
    func agreesWithExactArithmetic(first: String, second: String, known: Double) throws {
        let frame = try SharedData.table("ames_housing.csv").frame
        let columns = [try #require(frame[first]), try #require(frame[second])]
        let value = try AssociationTable(columns)[0, 1].value
        #expect((value - known).magnitude <= 1e-13 * known.magnitude, "\(value)")
    }
}
