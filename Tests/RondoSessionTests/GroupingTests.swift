import RondoKernels
import RondoReport
import RondoSession
import Testing

/// Sessions that predict nothing: groups and directions of rows.
@Suite struct GroupingTests {
    private static let start = """
        goal "Which kinds of homes are there"
        load demo "house_sales" as sales rows 600
        keep sqft, lot_size, bedrooms, type
        split 60/20/20
        """

    @Test func groupsAreFoundJudgedAndRead() throws {
        var session = TestSession()
        session.accept(Self.start)
        let fitted = session.accept("fit kmeans clusters 3 as kinds")
        #expect((fitted.number("training_rows") ?? 0) > 350)
        #expect((fitted.number("inertia") ?? 0) > 0)
        let scored = session.accept("score kinds")
        #expect((100...130).contains(scored.number("rows") ?? 0))
        #expect((scored.number("silhouette") ?? -2).magnitude <= 1)
        let centres = try #require(session.accept("explain kinds").tables.first)
        #expect(centres.rows.count == 3)
        #expect(Array(centres.columns.map(\.name).prefix(3)) == ["cluster", "rows", "share"])
        // Centres stand in square feet, not in standard deviations.
        let place = try #require(centres.columns.firstIndex { $0.name == "sqft" })
        #expect(centres.rows.allSatisfy { ($0[place].number ?? 0) > 300 })
        #expect(session.accept("fit pca components 2\nexplain pca").tables.first?.rows.count == 2)
        let odd = session.accept("fit isolation_forest trees 20\nscore isolation_forest")
        #expect((0...0.2).contains(odd.number("apart") ?? -1) && (0.3...0.6).contains(odd.number("mean_score") ?? 0))
        #expect(session.accept("explain isolation_forest").tables.first?.rows.first == [.text("trees"), .integer(20)])
    }

    @Test func everyFamilyKnowsItsTask() {
        var session = TestSession()
        session.accept(Self.start)
        session.expectFault("fit linear", "R0443")
        session.accept("fit kmeans clusters 2")
        session.expectFault("errors", "R0443")
        session.accept("goal predict sqft\nfit linear")
        session.expectFault("fit kmeans clusters 2", "R0406")
    }
}
