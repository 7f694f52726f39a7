import RondoFrame
import RondoKernels
import RondoLifecycle
import RondoReport
import RondoSession
import Testing

/// Two tables side by side, and below each other.
@Suite struct JoinTests {
    private static let files = [
        "trips.csv": "place,n,country\nRome,1,IT\nrome,2,\nOslo,3,SE\nBonn,4,DE\n,5,FR\n",
        "places.csv": "place,country,size\nRome,IT,big\nOslo,NO,big\nLyon,FR,small\n",
        "rates.csv": "day,currency,rate\n2024-01-01,EUR,1.1\n2024-02-01,EUR,1.2\n2024-03-01,EUR,1.3\n2024-01-15,CHF,0.9\n",
        "sales.csv":
            "sold,currency,price\n2023-12-31,EUR,1\n2024-01-01,EUR,2\n2024-01-31,EUR,3\n2024-02-20,CHF,4\n2024-05-01,EUR,5\n,EUR,6\n",
    ]

    private func session(_ setup: String) -> TestSession {
        var session = TestSession(Self.files)
        session.accept(setup)
        return session
    }

    private let trips = "load \"places.csv\" as places\nload \"trips.csv\" as trips"
    private let sales = "load \"rates.csv\" as rates\nload \"sales.csv\" as sales"

    @Test func reportsBothSides() {
        var session = session(trips)
        let report = session.accept("join places by place take size")
        #expect(report.number("matched") == 2 && report.number("of") == 5)
        #expect(report.number("left_only") == 2 && report.number("missing_keys") == 1 && report.number("never_used") == 1)
        #expect(report.words.contains("one to one"))
        #expect(report.words.contains("\"rome\" and \"Bonn\""))
        #expect(report.words.contains("\"Lyon\""))
        #expect(session.accept("use trips\njoin places by standard(place) take size prefix \"p_\"").words.contains("many to one"))
    }

    @Test func conflictsAreCountedAndPreferDecides() throws {
        var left = session(trips)
        let report = left.accept("join places by place")
        #expect(report.number("conflicts") == 1)
        #expect(report.warnings.contains("country stands in both tables and differs in 1 of 2 rows"))
        #expect(report.warnings.contains("\"SE\" here and \"NO\" in places"))
        #expect(try left.prepared("trips")["country"]?[2] == .text("SE"))
        var right = session(trips)
        right.accept("join places by place prefer right")
        #expect(try right.prepared("trips")["country"]?[2] == .text("NO"))
        #expect(try right.prepared("trips")["country"]?[3] == .text("DE"), "a row without a record keeps its value")
    }

    @Test func whatAddsNothingIsNamed() {
        var session = session(trips)
        #expect(session.accept("join places by place take country").number("conflicts") == 1)
        session.accept("load here as same\n  place,country\n  Bonn,DE\nuse trips")
        #expect(session.accept("join same by place").warnings.contains("same adds nothing: country stands here already"))
        session.accept("load here as nowhere\n  place,mayor\n  Ulm,X\nuse trips")
        #expect(session.accept("join nowhere by place").warnings.contains("nowhere adds nothing: no row found a record"))
        session.accept("load here as keys\n  place\n  Rome\nuse trips")
        #expect(session.accept("join keys by place").warnings.contains("keys adds nothing: it has no column beside its keys"))
        session.accept(
            "load here as fixed\n  place,planet\n  Rome,Earth\n  rome,Earth\n  Oslo,Earth\n  Bonn,Earth\nfilter place is not missing from trips\nuse trips"
        )
        #expect(session.accept("join fixed by place").warnings.contains("fixed adds nothing: planet is empty, constant or here already"))
    }

    @Test func manyToManyIsRefusedWithExamples() {
        var session = session(trips + "\nuse places")
        session.accept("load here as mayors\n  place,mayor\n  Rome,A\n  Rome,B\nuse trips")
        let error = session.expectFault("join mayors by place", "R0320")
        #expect(error?.message.contains("\"Rome\"") == true)
    }

    @Test(arguments: [
        ("before", [nil, 1.1, 1.1, 0.9, 1.3, nil]), ("after", [1.1, 1.1, 1.2, nil, nil, nil]), ("around", [1.1, 1.1, 1.2, 0.9, 1.3, nil]),
    ]) func nearestInTime(_ direction: String, _ expected: [Double?]) throws {
        var session = session(sales)
        let report = session.accept("join rates by currency nearest sold = day \(direction)")
        #expect(report.number("missing_keys") == 1)
        let rates = try #require(try session.prepared("sales")["rate"])
        #expect((0..<6).map { rates[$0].number } == expected)
    }

    @Test func nearestWithinCalendarTime() throws {
        var session = session(sales)
        session.accept("join rates by currency nearest sold = day within 1 month")
        let rates = try #require(try session.prepared("sales")["rate"])
        #expect((0..<6).map { rates[$0].number } == [nil, 1.1, 1.1, nil, nil, nil])
        session.expectFault("join rates by currency nearest sold = day within 5", "R0752")
        session.expectFault("join rates nearest price = day", "R0751")
        session.expectFault("join rates nearest currency", "R0751")
        session.expectFault("join rates by currency within 5 days", "R0752")
        session.expectFault("join rates", "R0753")
    }

    @Test func nearestWithoutKeysRefusesDoubles() {
        var session = session(sales)
        session.accept("load here as twice\n  day,x\n  2024-01-01,1\n  2024-01-01,2\nuse sales")
        session.expectFault("join twice nearest sold = day", "R0320")
    }

    /// A release looks up the nearest record for a request that brings only key and moment.
    @Test func nearestIsLookedUpForNewRows() throws {
        let rates =
            "day,rate\n"
            + (0..<24).map { "20\(21 + $0 / 12)-\($0 % 12 < 9 ? "0" : "")\($0 % 12 + 1)-01,\(Double($0 * $0 % 7) + 0.5)\n" }.joined()
        var session = HouseFile.session(more: ["rates.csv": rates])
        session.accept("load \"rates.csv\" as rates\nuse sales\ngoal predict price at sold_on")
        session.accept(
            "join rates nearest sold_on = day before within 60 days\nsplit 60/20/20 by sold_on\nfit tree using rate, rooms depth 6")
        session.accept("deploy tree as house_price")
        func answer(_ inputs: String) -> Double? { session.accept("predict house_price \(inputs)").number("prediction") }
        // The rate of July is that of February, and that of April another.
        let july = answer("rooms = 3, sold_on = 2021-07-15")
        #expect(july != nil && answer("rooms = 3, sold_on = 2021-02-01") == july)
        #expect(Set((1...4).map { answer("rooms = 3, sold_on = 2021-0\($0)-20") }).count > 1)
        #expect(answer("rooms = 3, sold_on = 2031-01-01") != nil, "without a record the value is missing")
    }

    @Test func matchedRowsAloneAddUp() {
        var session = session(trips)
        let report = session.accept("join places by place keep matched take size")
        #expect(report.number("rows") == 2)
        #expect(session.accept("ledger").words.contains("adds up to 2 rows"))
        session.accept("use trips\nload \"trips.csv\" as trips\nsplit 40/60")
        session.expectFault("join places by place keep matched", "R0434")
        session.accept("join places by place")
    }

    @Test func onIsByHere() {
        var session = session(trips)
        let error = session.run("join places on place").last?.error
        #expect(error?.code == "R0126" && error?.remedy == "join places by place")
    }

    // MARK: append

    @Test func appendMatchesByName() throws {
        var session = TestSession(["a.csv": "id,x,n\n1,a,5\n2,b,6\n", "b.csv": "n,id,y\n1.5,3,z\n", "c.csv": "id\n4\n5\n"])
        session.accept("load \"c.csv\" as c\nload \"b.csv\" as b\nload \"a.csv\" as a\nderive twice = id * 2")
        let report = session.accept("append b, c origin source")
        #expect(report.number("rows") == 5 && report.number("appended") == 3)
        // x: 1 + 2 rows, n: 2, y: 2 + 2.
        #expect(report.number("filled") == 9)
        #expect(report.words.contains("types differ: n (integer, now number)"))
        let frame = try session.prepared("a")
        #expect((0..<5).map { frame["source"]?[$0] } == ["a", "a", "b", "c", "c"].map { .text($0) })
        #expect((0..<5).map { frame["twice"]?[$0] } == [2, 4, 6, 8, 10].map { .integer($0) })
        #expect(frame["n"]?[2] == .number(1.5) && frame["y"]?[0] == .missing && frame["x"]?[4] == .missing)
        #expect(session.accept("ledger").words.contains("adds up to 5 rows"))
        #expect(session.accept("append c origin source").number("rows") == 7)
    }

    @Test func appendFollowsRenames() throws {
        var session = TestSession(["a.csv": "id,area\n1,5\n", "b.csv": "id,size\n2,6\n"])
        session.accept("load \"b.csv\" as b\nload \"a.csv\" as a\nrename area as size\nappend b")
        #expect(try session.prepared("a").names == ["id", "size"])
        #expect(try session.prepared("a")["size"]?[1] == .integer(6))
    }

    @Test func appendRefusals() throws {
        var session = TestSession(["a.csv": "id,x,d\n1,a,2024-01-01\n2,b,2024-01-02\n", "b.csv": "id,x,d\nn,7,8\n"])
        session.accept("load \"b.csv\" as b\nload \"a.csv\" as a")
        session.expectFault("append a", "R0750")
        let reports = session.run("append b")
        let error = try #require(reports.last?.error)
        #expect(error.code == "R0323" && reports.last?.moreErrors.count == 2, "every column that differs is named")
        session.accept(error.remedy)
        session.accept("split 50/50")
        session.expectFault("append b", "R0434")
    }
}
