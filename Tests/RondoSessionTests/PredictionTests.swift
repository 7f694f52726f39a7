import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession
import Testing

/// One release, three ways to ask it, the same bits.
@Suite struct PredictionTests {
    static let script = """
        load "sales.csv" as sales
        goal predict price at sold_on unit "$" succeed when mape < 90% and within(20%) > 1%
        check sqft > 0 expect 1%
        filter rooms < 7
        derive area_per_room = sqft / rooms
        impute sqft, area_per_room median by type
        encode school ordinal ["A", "B", "C"]
        scale rooms standard
        split 60/20/20 by sold_on
        fit linear
        fit tree depth 6
        fit forest trees 12 depth 6
        """

    /// New rows with gaps, words never seen and values out of range.
    static let fresh = HouseFile.csv(rows: 10_000, seed: 7, noiseFrom: 5_000)

    private func deployed(_ model: String, threads: Int = 1) -> TestSession {
        var session = TestSession(["sales.csv": HouseFile.csv(), "new.csv": Self.fresh], threads: threads)
        session.accept(Self.script + "\ndeploy \(model) as house_price interval 90% requires zip fallback \"please ask\"")
        return session
    }

    @Test(arguments: ["linear", "tree", "forest"]) func shellFileAndReopenedBundleAgree(_ model: String) throws {
        var session = deployed(model)
        let report = session.accept("predict house_price from \"new.csv\" to \"out.csv\"")
        #expect(report.number("rows") == 10_000)
        let release = try #require(session.workspace.releases.last)
        let written = try #require(session.files.files["out.csv"])
        let rows = try CSVReader.read(ByteSource(name: "new.csv", bytes: Array(Self.fresh.utf8)), options: ReadOptions(), context: .quiet).frame

        let kept = try session.releases.store.read("house_price", nil)
        let reopened = try kept.1.withUnsafeBytes { try Bundle(bytes: $0) }
        #expect(try reopened.bytes() == kept.1, "reading and writing again changes nothing")
        for threads in [1, 2] {
            let context = ComputeContext(threads: ThreadCount(threads))
            let (table, _) = try ReleaseTable.scored(rows, by: reopened, release: "house_price@1", context: context)
            #expect(try CSVWriter.bytes(table) == written, "\(threads) threads")
        }
        let direct = try release.bundle.answers(for: rows, context: .quiet)
        let again = try reopened.answers(for: rows, context: ComputeContext(threads: ThreadCount(2)))
        #expect(bits(direct.prediction) == bits(again.prediction) && bits(direct.lower) == bits(again.lower))
        #expect(bits(direct.confidence) == bits(again.confidence))
        #expect(direct.warnings == again.warnings && direct.fallbackReasons == again.fallbackReasons)
        #expect(direct.warnings.contains { $0.contains("training did not have") })
        #expect(direct.warnings.contains { $0.contains("outside the training range") })
        #expect(direct.warnings.contains { $0.contains("missing: ") })
        #expect(direct.prediction.missingCount == direct.fallbackReasons.filter { $0 != nil }.count)
    }

    /// A row asked alone gets the answer it gets among ten thousand.
    @Test func oneRowAloneAndAmongMany() throws {
        var session = deployed("forest")
        session.accept("predict house_price from \"new.csv\" to \"out.csv\"")
        let bundle = try #require(session.workspace.releases.last).bundle
        let rows = try CSVReader.read(ByteSource(name: "new.csv", bytes: Array(Self.fresh.utf8)), options: ReadOptions(), context: .quiet).frame
        let all = try bundle.answers(for: rows, context: .quiet)
        for row in stride(from: Int32(0), to: 10_000, by: 397) {
            let one = try bundle.answers(for: rows.gathering([row]), context: .quiet)
            #expect(bits(one.prediction) == [bits(all.prediction)[Int(row)]])
            #expect(one.warnings == [all.warnings[Int(row)]])
        }
    }

    @Test func identicalInputGivesIdenticalBytes() throws {
        let (one, two) = (deployed("forest"), deployed("forest", threads: 2))
        let bytes = try one.releases.store.read("house_price", nil).1
        #expect(try two.releases.store.read("house_price", nil).1 == bytes)
        var again = one
        #expect(again.accept("deploy forest as house_price interval 90% requires zip fallback \"please ask\"").words.contains("already"))
        #expect(try again.releases.store.list("house_price").count == 1)
    }

    @Test func damagedBundlesAreFaults() throws {
        let bytes = try deployed("tree").releases.store.read("house_price", nil).1
        var stream = RandomStream(seed: 1, purpose: "damage")
        for _ in 0..<200 {
            var flipped = bytes
            flipped[stream.uniform(below: bytes.count)] ^= UInt8(1 << stream.uniform(below: 8))
            #expect(fault(of: flipped) != nil)
            #expect(fault(of: Array(bytes[..<stream.uniform(below: bytes.count)])) != nil)
        }
    }

    /// A bundle whose checksum was made to fit its damage: still a fault or an answer, never a trap.
    @Test(arguments: ["linear", "tree"]) func forgedBundlesNeverTrap(_ model: String) throws {
        let bytes = try deployed(model).releases.store.read("house_price", nil).1
        let rows = try CSVReader.read(ByteSource(name: "new.csv", bytes: Array(HouseFile.csv(rows: 20, seed: 3).utf8)), options: ReadOptions(), context: .quiet).frame
        var stream = RandomStream(seed: 2, purpose: "forgery")
        for _ in 0..<2_000 {
            var forged = Array(bytes.dropLast(32))
            forged[24 + stream.uniform(below: forged.count - 24)] = UInt8(truncatingIfNeeded: stream.nextUInt32())
            forged += try forged.withUnsafeBytes { try SHA256Digest.raw(of: $0) }
            guard let bundle = try? forged.withUnsafeBytes({ try Bundle(bytes: $0) }) else { continue }
            _ = try? bundle.answers(for: rows, context: .quiet)
        }
    }

    @Test func typedValuesAnswerAsARowOfAFileDoes() throws {
        var session = deployed("linear")
        session.accept("predict house_price from \"new.csv\" to \"out.csv\"")
        let report = session.accept("predict house_price type = \"condo\", zip = 10002, sqft = 900.5, rooms = 3, school = \"B\", sold_on = 2022-01-01, id = \"x\"")
        let row = "id,sold_on,type,zip,sqft,rooms,school\nx,2022-01-01,condo,10002,900.5,3,B\n"
        let frame = try CSVReader.read(ByteSource(name: "r.csv", bytes: Array(row.utf8)), options: ReadOptions(), context: .quiet).frame
        let bundle = try #require(session.workspace.releases.last).bundle
        #expect(report.number("prediction")?.bitPattern == (try bundle.answers(for: frame, context: .quiet)).prediction[0].number?.bitPattern)
        #expect(session.accept("predict house_price sqft = 900.5").warnings.contains("please ask (zip is missing)"))
    }

    private func bits(_ column: Column) -> [UInt64] { column.numbers().map(\.bitPattern) }

    private func fault(of bytes: [UInt8]) -> Fault? {
        do {
            _ = try bytes.withUnsafeBytes { try Bundle(bytes: $0) }
            return nil
        } catch { return error as? Fault }
    }
}
