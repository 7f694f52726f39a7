import RondoFrame
import RondoKernels
import RondoLearning
import RondoLifecycle
import RondoReport
import RondoSession
import RondoVerbs
import Testing

/// Sessions that recommend: lists for users, judged by what the users liked later.
@Suite struct RecommendTests {
    /// Users with an even number like items of even number, the others odd ones; item 1 is liked by everybody. Three stars are given to the
    /// wrong kind now and then.
    private static let events: String = {
        var text = "customer,product,stars,day,kind,green\n"
        for user in 0..<60 {
            for step in 0..<14 {
                let isWrong = step % 7 == 3
                let item = step == 0 ? 1 : 2 + ((user * 5 + step * 3) % 19) * 2 + (isWrong ? user + 1 : user) % 2
                let stars = isWrong ? 2 : 4 + (user + step) % 2
                let green = item % 3 == 0 ? 1 : 0
                let month = step % 12 + 1
                text += "c\(user),p\(item),\(stars),\(2023 + step / 12)-\(month < 10 ? "0" : "")\(month)-0\(user % 9 + 1),"
                text += "\(item % 2 == 0 ? "even" : "odd"),\(green)\n"
            }
        }
        return text
    }()

    private static let start = """
        load "events.csv" as events
        goal "What to offer next" recommend product to customer rated stars liked when stars >= 4 succeed when recall@10 > 20%
        split 70/30 by day within customer
        """

    private func session(_ more: String = "") -> TestSession {
        var session = TestSession(["events.csv": Self.events])
        session.accept(Self.start + (more.isEmpty ? "" : "\n" + more))
        return session
    }

    // MARK: From goal to lists

    @Test func tasteIsFoundWherePopularityIsBlind() throws {
        var session = session("fit popularity\nfit item_knn")
        let popular = try #require(session.accept("score popularity on test").number("recall@10"))
        let report = session.accept("score item_knn on test")
        let personal = try #require(report.number("recall@10"))
        #expect(personal > popular * 1.3, "\(personal) against \(popular)")
        // The baseline is the most popular for each user.
        #expect(report.number("baseline_recall@10") == popular)
        #expect(report.words.contains("goal > 20% met"))
        let compared = try #require(session.accept("compare on test").tables.first)
        #expect(compared.rows.map { $0.first?.plainText } == ["item_knn", "popularity", "most popular"])
    }

    @Test func listsHoldNothingSeenAndFollowTaste() throws {
        var session = session("fit item_knn")
        let table = try #require(session.accept("recommend for \"c4\" top 5").tables.first)
        #expect(table.columns.map(\.name) == ["user", "rank", "item", "kind", "score", "because"])
        #expect(table.rows.count == 5)
        let items = table.rows.map { $0[2].plainText }
        let known = try session.prepared("events")
        let split = try #require(session.workspace.table("events")?.split)
        let seen = Set(
            split.trainRows.filter { known["customer"]?[Int($0)] == .text("c4") }.map { known["product"]?[Int($0)].plainText ?? "" })
        #expect(seen.count > 3 && seen.isDisjoint(with: items))
        #expect(table.rows.filter { $0[3] == .text("even") }.count >= 4, "\(items)")
        // What speaks for an item is something the user had.
        #expect(table.rows.allSatisfy { !$0[5].isMissing })
        let again = try #require(session.accept("recommend for \"c4\" top 40 including seen").tables.first)
        #expect(!seen.isDisjoint(with: again.rows.map { $0[2].plainText }))
        #expect(Set(again.rows.map { $0[2].plainText }).count == again.rows.count)
    }

    @Test func likeFindsItemsOfOneKind() throws {
        var session = session("fit item_knn")
        let rows = try #require(session.accept("recommend like \"p10\" top 5").tables.first).rows
        #expect(rows.count == 5 && rows.allSatisfy { $0[1] != .text("p10") })
        #expect(rows.filter { $0[2] == .text("even") }.count >= 4)
        session.expectFault("recommend like \"p1000\"", "R0410")
        session.accept("fit popularity")
        session.expectFault("recommend popularity like \"p10\"", "R0406")
    }

    @Test func strangersGetWhatIsPopular() throws {
        var session = session("fit popularity\nfit item_knn")
        let report = session.accept("recommend item_knn for \"nobody\" top 3")
        #expect(report.warnings.contains("nobody is not known"))
        let popular = session.accept("recommend popularity for \"nobody\" top 3")
        #expect(report.tables.first?.rows.map { $0[2] } == popular.tables.first?.rows.map { $0[2] })
        #expect(report.tables.first?.rows.first?[2] == .text("p1"))
    }

    @Test func conditionsFavourAndDiversityChangeLists() throws {
        var session = session("fit item_knn")
        let odd = try #require(session.accept("recommend for \"c4\" where kind = \"odd\" top 4").tables.first).rows
        #expect(odd.count == 4 && odd.allSatisfy { $0[3] == .text("odd") })
        let green = try #require(session.accept("recommend for \"c4\" favor green weight 1 top 4").tables.first).rows
        #expect(green.allSatisfy { (Int($0[2].plainText.dropFirst()) ?? 1) % 3 == 0 }, "\(green)")
        let plain = try #require(session.accept("recommend for \"c4\" favor green weight 0 top 4").tables.first).rows
        let scores = try #require(session.accept("recommend for \"c4\" top 4").tables.first).rows
        #expect(plain.map { $0[2] } == scores.map { $0[2] })
        let spread = try #require(session.accept("recommend for \"c4\" diverse 0.9 top 6").tables.first).rows
        #expect(spread.first?[2] == scores.first?[2] && spread.filter { $0[3] == .text("odd") }.count > 0, "\(spread)")
        session.expectFault("recommend where kind = \"none\"", "R0446")
        session.expectFault("recommend favor kind weight 0.5", "R0409")
    }

    @Test func listsOfEveryUserAreWritten() throws {
        var session = session("fit item_knn")
        let report = session.accept("recommend to \"lists.csv\" top 3")
        #expect(report.number("users") == 60 && report.number("rows") == 180)
        let rows = session.accept("load \"lists.csv\" as lists\ncount").number("rows")
        #expect(rows == 180)
        let first = session.accept("recommend for \"c0\" top 3").tables.first?.rows.map { $0[2] }
        let written = try session.prepared("lists")
        #expect((0..<180).filter { written["user"]?[$0] == .text("c0") }.compactMap { written["item"]?[$0] } == first)
    }

    // MARK: Judging

    @Test func failuresAreSortedByWhatTrainingKnew() throws {
        var session = session("fit item_knn")
        let report = session.accept("errors on test")
        #expect(report.tables.count == 3)
        let liked = try #require(report.number("liked"))
        // Bands of items add up to all that was liked, and errors to all that was not found.
        let bands = report.tables[1].rows
        #expect(bands.reduce(0) { $0 + ($1[1].number ?? 0) } == liked)
        let missed = bands.reduce(0) { $0 + ($1[1].number ?? 0) * ($1[2].number ?? 0) }
        #expect((missed - (liked - (report.number("found") ?? 0))).magnitude < 1e-6)
        // What is found is what the metric counts: precision over ten places of sixty users.
        let precision = try #require(session.accept("score item_knn on test").number("precision@10"))
        #expect((precision * 600 - (report.number("found") ?? 0)).magnitude < 1e-6)
        let kinds = try #require(session.accept("errors on test by kind").tables.first)
        #expect(kinds.rows.map { $0[0].plainText } == ["even", "odd"])
        #expect(kinds.rows.reduce(0) { $0 + ($1[1].number ?? 0) } == liked)
        #expect(report.tables[2].rows.count == 10)
    }

    @Test func withoutValidationFoldsJudge() throws {
        var session = session()
        let report = session.accept("fit item_knn\nscore item_knn")
        #expect(report.words.contains("folds of the training rows"))
        #expect((report.number("recall@10") ?? -1) > (report.number("baseline_recall@10") ?? 2))
        session.expectFault("errors", "R0431")
    }

    @Test func searchTriesRecommenders() throws {
        var session = TestSession(["events.csv": Self.events])
        session.accept(Self.start.replacing("70/30", with: "60/20/20"))
        let report = session.accept("tune item_knn neighbors [1, 5, 20] metric ndcg@10")
        #expect(report.tables.first?.rows.count == 3)
        #expect(session.workspace.models.map(\.name) == ["item_knn"])
        session.accept("tune item_knn neighbors [1, 20] folds 3 as folded")
        session.expectFault("tune item_knn neighbors [1, 5] metric rmse", "R0447")
    }

    @Test func confidenceAndDifferencesAreOverUsers() throws {
        var session = session("fit popularity\nfit item_knn")
        let report = session.accept("score popularity on test confidence 90%")
        let value = try #require(report.number("recall@10"))
        #expect((report.number("lower") ?? 2) < value && (report.number("upper") ?? -1) > value)
        #expect(report.number("rows") == 60)
        #expect(session.accept("compare on test").words.contains("item_knn differs from popularity (paired t"))
    }

    /// What the sealed rows say changes no recommender.
    @Test func sealedRowsTeachNothing() throws {
        func models(_ noise: Bool) throws -> [[UInt8]] {
            var lines = Self.events.split(separator: "\n").map(String.init)
            if noise {
                // The last four months of each customer are the test part.
                for line in lines.indices.dropFirst() {
                    let cells = lines[line].split(separator: ",").map(String.init)
                    guard cells[3] >= "2023-11" else { continue }
                    lines[line] = "\(cells[0]),p\(line % 40),\(line % 5 + 1),\(cells[3]),\(cells[4]),\(cells[5])"
                }
            }
            var session = TestSession(["events.csv": lines.joined(separator: "\n")])
            session.accept(Self.start + "\nfit popularity\nfit item_knn\nfit als\nfit ease\nfit bought_together")
            return session.workspace.models.map { $0.fitted.archive().encoded() }
        }
        let (plain, noisy) = (try models(false), try models(true))
        #expect(plain.count == 5 && plain == noisy)
    }

    // MARK: What does not fit

    @Test func everyVerbKnowsItsTask() {
        var session = session()
        session.expectFault("fit linear", "R0406")
        session.expectFault("fit item_knn using kind", "R0404")
        session.accept("fit item_knn")
        for cell in ["fairness by kind", "stress", "plot residuals of item_knn", "plot learning of item_knn", "explain item_knn row 3"] {
            session.expectFault(cell, "R0440")
        }
        session.expectFault("deploy item_knn as shop despite \"a try\"", "R0834")
        session.expectFault("choose item_knn threshold 0.5", "R0810")
        session.accept("explain item_knn\nchoose item_knn because \"it knows tastes\"\nrecipe model item_knn\nstatus")
        session.accept("goal predict stars\nfit linear using kind, green")
        session.expectFault("recommend linear", "R0406")
        session.expectFault("fit popularity", "R0406")
        session.expectFault("score item_knn on test", "R0440")
    }

    @Test func goalsThatCannotBeMeant() {
        var session = TestSession(["events.csv": Self.events])
        session.accept("load \"events.csv\" as events")
        session.expectFault("goal recommend produkt to customer", "R0203")
        session.expectFault("goal recommend product to customer predict stars", "R0237")
        session.expectFault("goal predict stars liked when stars > 3", "R0225")
        session.expectFault("goal recommend product to customer rated kind", "R0411")
        session.expectFault("goal recommend product to customer succeed when mape < 10%", "R0447")
        session.expectFault("goal recommend product to customer succeed when precision@ten > 10%", "R0207")
        session.expectFault("goal recommend product to customer succeed when precision@101 > 10%", "R0531")
        session.expectFault("recommend", "R0402")
        session.accept("goal recommend product to customer liked when stars > 9\nsplit 80/20")
        session.expectFault("fit popularity", "R0407")
    }

    @Test func oldEventsCountLess() throws {
        var session = TestSession([
            "events.csv":
                "user,item,day\na,old,2020-01-01\nb,old,2020-01-01\nc,old,2020-01-02\na,new,2024-01-01\nb,new,2024-01-02\nd,x,2023-12-30"
        ])
        session.accept("load \"events.csv\" as events\ngoal recommend item to user at day\nfit popularity on all as ever")
        session.accept("fit popularity decay 30 on all as lately")
        #expect(session.accept("recommend ever for \"z\" top 1").tables.first?.rows.first?[2] == .text("old"))
        #expect(session.accept("recommend lately for \"z\" top 1").tables.first?.rows.first?[2] == .text("new"))
        session.accept("goal recommend item to user")
        session.expectFault("fit popularity decay 30 on all", "R0465")
    }

    @Test func privateNamesStayPrivate() {
        var session = session("source events private customer\nfit item_knn")
        session.expectFault("recommend", "R0670")
        session.expectFault("recommend to \"lists.csv\"", "R0670")
        #expect(session.accept("recommend for \"c4\"").error == nil)
        let errors = session.accept("errors on test")
        #expect(errors.tables.last?.rows.allSatisfy { !$0[0].plainText.hasPrefix("c") } == true)
        session.accept("source events private product\nfit item_knn")
        session.expectFault("recommend for \"c4\"", "R0670")
        session.expectFault("explain item_knn", "R0670")
    }
}
