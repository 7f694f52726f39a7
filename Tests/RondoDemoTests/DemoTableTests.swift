import RondoDemo
import RondoFrame
import RondoKernels
import Testing

@Suite("Demo tables")
struct DemoTableTests {
    /// Bytes of the tables at seed 1, in CSV: a change here changes every figure that was ever told about the town.
    static let digests = [
        ("house_sales", "1aeb0e437c5dc18e1d0ed71fc8d8f6905a7ee610bfd629ef9d019dc77ec9b1c8"),
        ("tax_records", "63d9ddeb715e764498403d541af7db5025c4feedb0f643af6b1ea66399defd06"),
        ("neighborhoods", "07333ae0acb8efa06d641759cf1d04a28743a85b57bd3449ee829add7ac7747f"),
    ]

    @Test("The same bytes everywhere, with one thread and with two", arguments: digests)
    func digest(name: String, expected: String) throws {
        #expect(try Town.digest(Town.table(name, threads: 1)) == expected)
        #expect(try Town.digest(Town.table(name, threads: 2)) == expected)
    }

    @Test("Another seed is another town", arguments: digests.map(\.0))
    func seeds(name: String) throws {
        #expect(try Town.digest(Town.table(name, rows: 30, seed: 2)) != Town.digest(Town.table(name, rows: 30, seed: 1)))
    }

    @Test("As many rows as asked for", arguments: digests.map(\.0), [0, 1, 10, 99, 100, 500, 2_000, 60_000])
    func sizes(name: String, rows: Int) throws {
        let frame = try Town.table(name, rows: rows)
        #expect(frame.rowCount == rows)
        #expect(frame.columnCount == (name == "house_sales" ? 14 : 7))
    }

    @Test("Fewer sales have the same shares of faults", arguments: [(10, 0, 0), (99, 1, 0), (100, 1, 1), (500, 5, 1), (2_000, 20, 1)])
    func shares(rows: Int, duplicates: Int, impossible: Int) throws {
        let sales = try Town.table("house_sales", rows: rows)
        #expect(Set(Town.keys(sales)).count == rows - duplicates)
        let wrong = zip(Town.numbers(sales, "price"), Town.numbers(sales, "sqft")).filter { $0 <= 1 || $1 <= 0 }.count
        #expect(wrong == impossible)
        #expect(sales["sqft"]?.missingCount == (rows + 10) / 20)
    }

    @Test("A smaller tax roll is the beginning of the larger one")
    func beginnings() throws {
        let all = try Town.words(Town.table("tax_records"), "address")
        #expect(try Town.words(Town.table("tax_records", rows: 700), "address") == Array(all.prefix(700)))
    }

    @Test("Rows below none or beyond the most are refused", arguments: digests.map(\.0), [-1, Int.min, Int.max, 5_000_001])
    func refused(name: String, rows: Int) throws {
        let fault = #expect(throws: Fault.self) { try Town.table(name, rows: rows) }
        #expect(fault?.code == "R0637")
        #expect(fault?.remedy.contains("load demo \"\(name)\" rows") == true)
    }

    @Test("A stopped context stops the making")
    func cancellation() {
        let context = ComputeContext()
        context.cancellation.cancel()
        #expect(throws: (any Error).self) { try DemoTables.named("house_sales")?.make(rows: nil, seed: 1, context: context) }
    }

    @Test("Tables and worlds are found by name")
    func names() {
        #expect(DemoTables.all.map { $0.name } == ["house_sales", "tax_records", "neighborhoods"])
        #expect(DemoTables.all.allSatisfy { DemoTables.named($0.name)?.summary == $0.summary && !$0.summary.isEmpty })
        #expect(DemoTables.named("houses") == nil)
        #expect(DemoWorlds.named("town")?.tables.count == 3)
        #expect(DemoWorlds.named("city") == nil)
    }

    @Test("A world is written as one CSV file a table")
    func files() throws {
        let world = try #require(DemoWorlds.named("town"))
        let files = try DemoFiles.csv(world)
        #expect(files.map(\.fileName) == ["house_sales.csv", "tax_records.csv", "neighborhoods.csv"])
        #expect(try files.map { try SHA256Digest.hex(of: $0.bytes) } == DemoTableTests.digests.map(\.1))
    }
}
