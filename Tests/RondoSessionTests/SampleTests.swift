import RondoFrame
import RondoKernels
import RondoLifecycle
import RondoReport
import RondoSession
import Testing

/// Rows drawn at random, and rows that stand twice.
@Suite struct SampleTests {
    private static func table(_ rows: Int = 100) -> TestSession {
        let text = "id,kind,word\n" + (0..<rows).map { "\($0),\($0 % 10 < 7 ? "a" : $0 % 10 < 9 ? "b" : "c"),w\($0)\n" }.joined()
        var session = TestSession(["t.csv": text])
        session.accept("load \"t.csv\" as t")
        return session
    }

    private static func ids(_ session: TestSession) throws -> [Int64] {
        let column = try #require(try session.prepared("t")["id"])
        return (0..<column.count).compactMap { if case .integer(let id) = column[$0] { id } else { nil } }
    }

    @Test func exactCountsInOrder() throws {
        var session = Self.table()
        #expect(session.accept("sample 10%").number("rows") == 10)
        let ids = try Self.ids(session)
        #expect(ids == ids.sorted() && Set(ids).count == 10)
        #expect(session.accept("ledger").words.contains("adds up to 10 rows"))
        var again = Self.table()
        again.accept("describe\nsample 10%")
        #expect(try Self.ids(again) == ids, "an added cell moves nothing")
        var other = Self.table()
        other.accept("sample 10% seed 2")
        #expect(try Self.ids(other) != ids)
    }

    @Test func eachGroupAndCondition() throws {
        var session = Self.table()
        let report = session.accept("sample 15 by kind")
        #expect(report.number("rows") == 40, "15 of a, 15 of b, all 10 of c")
        #expect(report.words.contains("1 group has fewer rows than that"))
        var part = Self.table()
        let drawn = part.accept("sample 20% where kind = \"a\"")
        #expect(drawn.number("drawn") == 14 && drawn.number("rows") == 44)
        #expect(part.accept("count where kind = \"b\"").number("rows") == 20)
    }

    @Test func afterASplitOnTrainOnly() throws {
        var session = Self.table()
        session.accept("split 60/20/20")
        session.expectFault("sample 10", "R0434")
        session.accept("sample 10 on train")
        let split = try #require(session.workspace.table("t")?.split)
        #expect(split.trainRows.count == 10 && split.validationRows.count == 20 && split.testRows.count == 20)
        #expect(session.accept("ledger").words.contains("adds up to 50 rows"))
    }

    @Test(arguments: ["sample 0", "sample 0%", "sample 101%", "sample 5 where id > 1000"]) func nothingToDraw(_ cell: String) {
        var session = Self.table()
        session.expectFault(cell, "R0761")
    }

    // MARK: dedupe

    @Test func keepFullestAndLast() throws {
        let file = ["t.csv": "id,key,x,y\n1,a,,\n2,a,5,6\n3,a,5,\n4,b,,\n"]
        for (word, kept) in [("first", [1, 4]), ("last", [3, 4]), ("fullest", [2, 4])] as [(String, [Int64])] {
            var session = TestSession(file)
            session.accept("load \"t.csv\" as t")
            let report = session.accept("dedupe by key keep \(word)")
            #expect(try Self.ids(session) == kept)
            #expect(report.number("dropped") == 2 && report.words.contains("a stood 3 times"))
        }
    }

    @Test("on train only training rows are compared, with each other")
    func dedupeOnTrain() throws {
        var session = TestSession(["t.csv": "id,key,part\n1,a,test\n2,a,train\n3,a,train\n4,b,train\n5,a,validation\n"])
        session.accept("load \"t.csv\" as t\nsplit using part")
        session.expectFault("dedupe by key", "R0434")
        session.accept("dedupe by key on train")
        #expect(try Self.ids(session) == [1, 2, 4, 5])
        #expect(session.accept("ledger").words.contains("adds up to 4 rows"))
    }

    @Test func nearDuplicatesAreShownAndStay() throws {
        var session = TestSession([
            "t.csv":
                "id,name,born\n1,Margarethe Sanders,1970-01-01\n2,Margarete Sanders,1970-01-01\n3,Margarethe Sandres,1971-05-05\n4,MARGARETHE SANDERS,1970-01-01\n5,Peter Long,1970-01-01\n"
        ])
        session.accept("load \"t.csv\" as t")
        let report = session.accept("dedupe by name, born")
        #expect(report.number("dropped") == 0 && report.number("near") == 2, "another birthday is another person")
        #expect(try Self.ids(session).count == 5)
        #expect(session.accept("dedupe by name").words.contains("dedupe by standard(name)"))
        #expect(session.accept("dedupe by standard(name)").number("dropped") == 1)
    }
}
