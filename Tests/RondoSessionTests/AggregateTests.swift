import RondoFrame
import RondoKernels
import RondoLifecycle
import RondoReport
import RondoSession
import Testing

/// Events to one row for each customer, and what lies together in baskets.
@Suite struct AggregateTests {
    private static let events = """
        customer,at,kind,amount
        ann,2024-01-03,visit,
        ann,2024-02-10,order,25
        ann,2024-06-20,order,70
        bob,2024-03-01,order,10
        bob,2024-05-25,order,15
        bob,,order,15
        cid,2024-06-10,visit,
        dee,2024-04-30,order,99.5

        """

    private static let features = """
        n = count(), orders = count(where kind = "order"), total = sum(amount), recent = sum(amount where at >= $as_of - 90 days), \
        last_event = max(at), last_kind = last(kind over at), idle = days_between(max(at), $as_of), kinds = distinct(kind), share = \
        count(where kind = "order") / count()
        """

    private static func session(_ events: String = events, asOf: String = "2024-06-01") -> TestSession {
        var session = TestSession(["events.csv": events])
        session.accept("load \"events.csv\" as events\nparam as_of = \(asOf)")
        return session
    }

    private func rows(_ session: TestSession, _ table: String) throws -> [[Scalar]] {
        let frame = try session.prepared(table)
        return (0..<frame.rowCount).map { row in frame.columns.map { $0[row] } }
    }

    @Test("counted by hand from the eight events")
    func oneRowACustomer() throws {
        var session = Self.session()
        let report = session.accept("aggregate \(Self.features) by customer before $as_of as customers")
        #expect(session.workspace.currentTable == "customers")
        #expect(
            try rows(session, "customers") == [
                [
                    .text("ann"), .integer(2), .integer(1), .number(25), .missing, .date(19763), .text("order"), .integer(112), .integer(2),
                    .number(0.5),
                ],
                [
                    .text("bob"), .integer(2), .integer(2), .number(25), .number(15), .date(19868), .text("order"), .integer(7),
                    .integer(1),
                    .number(1),
                ],
                [
                    .text("dee"), .integer(1), .integer(1), .number(99.5), .number(99.5), .date(19843), .text("order"), .integer(32),
                    .integer(1), .number(1),
                ],
            ])
        #expect(report.number("used") == 5 && report.number("of") == 8 && report.number("lost_groups") == 1)
        #expect(report.words.contains("2 rows are not before 2024-06-01 in at"))
        #expect(report.words.contains("1 row does not count: the cut-off cannot be told for it"))
        #expect(session.accept("ledger").words.contains("adds up to 3 rows"))
    }

    @Test func theLabelFollowsTheParameter() throws {
        let script =
            "aggregate last_event = max(at) by customer before $as_of as customers\nderive churned = days_between(last_event, $as_of) > 30"
        var june = Self.session()
        june.accept(script)
        #expect(try rows(june, "customers").map(\.last) == [.truth(true), .truth(false), .truth(true)])
        var july = Self.session(asOf: "2024-07-01")
        july.accept(script)
        #expect(try rows(july, "customers").map(\.last) == [.truth(false), .truth(true), .truth(false), .truth(true)])
    }

    /// Events from the cut-off on are replaced by noise of every kind: no feature changes, not even the order of rows.
    @Test func nothingAfterTheCutOffCounts() throws {
        var stream = RandomStream(seed: 4, purpose: "events")
        var noise = RandomStream(seed: 9, purpose: "noise")
        let start = CivilCalendar.days(year: 2024, month: 1, day: 1) ?? 0
        func file(noisy: Bool) -> String {
            var copy = stream
            var text = "customer,at,kind,amount\n"
            for _ in 0..<2_000 {
                let day = Int32(copy.uniform(below: 300))
                var cells = [
                    "c\(copy.uniform(below: 150))", ["visit", "order", "call"][copy.uniform(below: 3)], "\(copy.uniform() * 100)",
                ]
                if noisy, day >= 152 {
                    cells = ["x\(noise.uniform(below: 400))", "noise\(noise.uniform(below: 9))", "\(noise.uniform() * 1e9)"]
                }
                text += "\(cells[0]),\(CivilCalendar.text(days: start + day)),\(cells[1]),\(cells[2])\n"
            }
            return text
        }
        var frames: [Frame] = []
        for noisy in [false, true] {
            var session = Self.session(file(noisy: noisy))
            session.accept(
                "aggregate \(Self.features), middle = median(amount), spread = sd(amount), dearest = max(amount), first_kind = first(kind over at) by customer before $as_of as customers"
            )
            frames.append(try session.prepared("customers"))
        }
        stream = RandomStream(seed: 4, purpose: "events")
        #expect(frames[0].rowCount > 140)
        #expect(frames[0].equals(frames[1]))
    }

    @Test func withoutAsItIsOnlyShown() throws {
        var session = Self.session()
        let before = WorkspaceDigest(session.workspace)
        let report = session.accept("aggregate count(), mean(amount) by kind where customer != \"dee\"")
        #expect(WorkspaceDigest(session.workspace) == before)
        #expect(report.tables.first?.rows == [[.text("visit"), .integer(2), .missing], [.text("order"), .integer(5), .number(27)]])
        session.accept("split 50/50 by at")
        #expect(session.accept("aggregate count()").words.contains("test rows are sealed and left out"))
        session.accept("aggregate count() by customer as all_customers")
    }

    @Test func namesThatCanBeTyped() throws {
        var session = Self.session()
        session.accept("aggregate sum(amount), max(amount) - min(amount), sum(amount where at >= $as_of - 90 days) by month(at) as months")
        #expect(try session.prepared("months").names == ["month_at", "sum_amount", "max_amount_min_amount", "sum_amount_2"])
        session.expectFault("aggregate n = count(), n = sum(amount) by customer from events", "R0310")
    }

    @Test func refusals() throws {
        var session = Self.session()
        session.expectFault("aggregate", "R0755")
        session.expectFault("aggregate count() pairs kind basket customer", "R0755")
        session.expectFault("aggregate pairs kind by customer", "R0755")
        session.expectFault("aggregate count() by customer least 5", "R0755")
        session.expectFault("aggregate sets kind", "R0757")
        session.expectFault("aggregate pairs kind basket customer least 0", "R0764")
        session.expectFault("aggregate amount by customer", "R0223")
        session.expectFault("aggregate count() by customer before 2020-01-01", "R0763")
        session.expectFault("aggregate count() by customer as events", "R0754")
        session.accept("derive other = at + 1 day")
        session.expectFault("aggregate count() by customer before 2024-06-01", "R0756")
        session.accept("drop other, at")
        session.expectFault("aggregate count() by customer before 2024-06-01", "R0756")
    }

    // MARK: the target

    /// A mean of the target made from all rows comes back by a join: never a feature, whatever it is called on the way.
    @Test(arguments: [
        ("aggregate m = mean(price) by zip as areas\nuse sales\njoin areas by zip", "m"),
        (
            "aggregate m = mean(price) by zip as areas\nderive k = m * 2\nrename k as innocent\nuse sales\njoin areas by zip take innocent",
            "innocent"
        ),
        ("derive p = price / sqft\naggregate m = median(p) by zip as areas\nuse sales\njoin areas by zip prefix \"a_\"", "a_m"),
        ("aggregate m = mean(price) by zip, type as fine\naggregate m = max(m) by zip as areas\nuse sales\njoin areas by zip", "m"),
        ("aggregate n = count() by zip where price > 100k as areas\nuse sales\njoin areas by zip", "n"),
    ]) func theTargetComesBackByNoJoin(_ cells: String, _ column: String) throws {
        var session = HouseFile.session()
        session.accept("goal predict price\n\(cells)\nsplit 60/20/20 by sold_on")
        session.expectFault("fit linear using sqft, \(column)", "R0404")
        session.accept("fit linear")
        #expect(session.workspace.model("linear")?.features.contains(column) == false)
    }

    @Test func whatHoldsNoTargetIsAFeature() throws {
        var session = HouseFile.session()
        session.accept("goal predict price\naggregate n = count(), typical = median(sqft) by zip as areas\nuse sales\njoin areas by zip")
        session.accept("split 60/20/20 by sold_on\nfit linear using sqft, n, typical")
    }

    // MARK: baskets

    private static let baskets =
        "order,item\n"
        + ["bread milk", "bread beer eggs", "milk beer cola", "bread milk beer", "bread milk cola"]
        .enumerated().flatMap { order, items in items.split(separator: " ").map { "\(order + 1),\($0)\n" } }.joined()

    @Test("support, confidence and lift by hand: bread in 4, milk in 4, both in 3 of 5 baskets")
    func pairs() throws {
        var session = TestSession(["b.csv": Self.baskets])
        session.accept("load \"b.csv\" as b\naggregate pairs item basket order as bought")
        let found = try rows(session, "bought")
        #expect(found.count == 8, "bread milk, beer bread, beer milk, cola milk, each way")
        #expect(found.first.map { Array($0.prefix(3)) } == [.text("bread"), .text("milk"), .integer(3)])
        let row = try #require(found.first { $0[0] == .text("cola") && $0[1] == .text("milk") })
        #expect(row[2] == .integer(2) && row[3] == .number(0.4) && row[4] == .number(1) && row[5] == .number(1.25))
        #expect(try session.prepared("bought").names == ["item", "with_item", "baskets", "support", "confidence", "lift"])
    }

    @Test func setsWithTheirBestRule() throws {
        var session = TestSession(["b.csv": Self.baskets])
        session.accept("load \"b.csv\" as b\naggregate sets item basket order least 40% as often")
        let found = try rows(session, "often")
        #expect(found.map { $0[0] }.contains(.text("cola + milk")))
        let row = try #require(found.first { $0[0] == .text("cola + milk") })
        #expect(Array(row[1...4]) == [.integer(2), .integer(2), .number(0.4), .text("milk")])
        #expect(row[5] == .number(1) && row[6] == .number(1.25))
        #expect(session.accept("aggregate sets item basket order least 100% from b").number("sets") == 0)
    }
}
