import RondoKernels
import RondoReport
import RondoSession
import Testing

@Suite("Looking at tables")
struct ExploreTests {
    private static let homes = "load demo \"house_sales\" as sales rows 1500"

    private static func column(_ table: TableBlock?, _ name: String) -> [Scalar] {
        guard let table, let place = table.columns.firstIndex(where: { $0.name == name }) else { return [] }
        return table.rows.map { $0[place] }
    }

    private static func charts(_ blocks: [Block]) -> [ChartBlock] {
        blocks.compactMap { if case .chart(let chart) = $0 { chart } else { nil } }
    }

    // MARK: describe

    @Test func rolesAndYears() throws {
        var session = TestSession()
        session.accept(Self.homes)
        let report = session.accept("describe")
        let table = try #require(report.tables.first)
        let names = Self.column(table, "column").map(\.plainText)
        let roles = Dictionary(uniqueKeysWithValues: zip(names, Self.column(table, "role").map(\.plainText)))
        #expect(roles["address"] == "identifier" && roles["type"] == "category" && roles["price"] == "number" && roles["sold_on"] == "date")
        let year = try #require(names.firstIndex(of: "year_built"))
        #expect(table.yearRows == [year])
        var text = ""
        TerminalRenderer(width: 300).render(report, into: &text)
        #expect(!text.contains("1,9") || !text.split(separator: "\n").filter { $0.contains("year_built") }.joined().contains("1,9"))
        #expect(report.words.contains("sold_on runs from"))
        let head = try #require(session.accept("head 3 year_built, price").tables.first)
        #expect(head.columns.map(\.style) == [.plain, .number])
    }

    /// What is wrong with a made-up table is named, each thing once.
    @Test func warnings() {
        let rows = (0..<400).map { row -> String in
            let type = row % 100 == 7 ? "castle" : ["flat", "house"][row % 2]
            let gap = row % 2 == 0 && row % 3 != 0
            return [
                "k\(row)", type, gap ? "" : "\(row % 13)", gap ? "" : "\(row % 11 + 1)", "\(row % 9)", "\(row % 9)", type.uppercased(), "7",
            ].joined(separator: ",")
        }
        var session = TestSession(["t.csv": "key,type,garage,garage_size,x,x_again,kind,one\n" + rows.joined(separator: "\n") + "\n"])
        session.accept("load \"t.csv\" as t\nflag tall where x > 7 and garage > 11")
        let report = session.accept("describe")
        #expect(report.words.contains("missing together: garage, garage_size"))
        #expect(report.warnings.contains("one value everywhere: one"))
        #expect(report.warnings.contains("the same values in every row: x_again as x"))
        #expect(report.warnings.contains("one tells the other, value by value: kind and type"))
        #expect(report.warnings.contains("values of fewer than 10 rows: type castle (4), kind CASTLE (4)"))
        #expect(report.warnings.contains("segments of fewer than 30 rows: tall ("))
        #expect(report.words.contains("garage is missing mostly where type is flat: 100 % of its gaps"))
    }

    /// With a goal: rows a feature, positives, and the relation to the target, all from training rows.
    @Test func relationToTheGoal() throws {
        var session = HouseFile.session()
        session.accept("goal predict price at sold_on\nsplit 60/20/20 by sold_on")
        let report = session.accept("describe")
        #expect(report.number("train_rows") == 360 && report.number("features") == 6 && report.number("rows_per_feature") == 60)
        let table = try #require(report.tables.first)
        let names = Self.column(table, "column").map(\.plainText)
        let relation = Dictionary(uniqueKeysWithValues: zip(names, Self.column(table, "relation")))
        #expect(relation["id"] == .missing, "what names rows goes with anything")
        #expect(relation["price"] == .missing && (relation["sqft"]?.number ?? 0) > 0.9 && (relation["rooms"]?.number ?? 1) < 0.2)
        let role = Dictionary(uniqueKeysWithValues: zip(names, Self.column(table, "role")))
        #expect(role["price"] == .text("target") && role["id"] == .text("identifier"))
        // The same figures from the training rows alone, and no matter what the other rows hold.
        let train = try #require(session.accept("correlate sqft with price on train").tables.first)
        let same = try #require(train.rows[0][1].number)
        #expect(((relation["sqft"]?.number ?? 0) - same).magnitude < 1e-12)
        var noisy = TestSession(["sales.csv": HouseFile.csv(noiseFrom: 480)])
        noisy.accept("load \"sales.csv\" as sales\ngoal predict price at sold_on\nsplit 60/20/20 by sold_on")
        let other = Self.column(noisy.accept("describe").tables.first, "relation")
        #expect(zip(other, Self.column(table, "relation")).allSatisfy { $0 == $1 })
        #expect(session.session.effects.effects.isEmpty, "no seal was opened")
    }

    @Test func positivesAndSuspicions() {
        let csv = HouseFile.csv(extra: [("left", { $0 % 5 == 0 ? "yes" : "no" }), ("leaving_fee", { $0 % 5 == 0 ? "30" : "0" })])
        var session = TestSession(["sales.csv": csv])
        session.accept("load \"sales.csv\" as sales\ngoal predict left = \"yes\"\nsplit 60/20/20 stratify left")
        let report = session.accept("describe")
        #expect(report.number("positives") == 72 && report.number("positive_share") == 0.2)
        #expect(report.words.contains("72 of them are yes (20 %)"))
        #expect(report.warnings.contains("leaving_fee alone explains 100"))
        #expect(!session.accept("describe sqft").words.contains("features"))
    }

    @Test func describeWith() throws {
        var session = HouseFile.session()
        let table = try #require(session.accept("describe sqft, type with price method spearman").tables.first)
        #expect(Self.column(table, "relation").count == 2 && table.columns.last?.name == "relation")
        let grouped = try #require(session.accept("describe sqft with price by type").tables.first)
        #expect(grouped.rows.count == 3 && Self.column(grouped, "relation").allSatisfy { ($0.number ?? 0) > 0.9 })
        session.expectFault("describe with prise", "R0203")
    }

    // MARK: correlate

    @Test func correlateMatrix() throws {
        var session = HouseFile.session()
        let report = session.accept("correlate price, sqft, type, school")
        let table = try #require(report.tables.first)
        #expect(table.columns.map(\.name) == ["column", "price", "sqft", "type", "school"])
        for row in table.rows.indices {
            #expect(table.rows[row][row + 1] == .number(1))
            for column in table.rows.indices { #expect(table.rows[row][column + 1] == table.rows[column][row + 1]) }
        }
        #expect(Self.column(report.tables[1], "measure").map(\.plainText).contains("cramer_v"))
        #expect(Self.charts(report.blocks).map(\.chart) == ["heatmap"])
        #expect(report.words.contains("0 to 1, without a sign"))
        let all = session.accept("correlate")
        #expect(all.words.contains("left out: id (600 different values)") && all.tables.first?.columns.count == 8)
    }

    @Test func correlateWith() throws {
        var session = HouseFile.session()
        let table = try #require(session.accept("correlate with price").tables.first)
        #expect(table.columns.map(\.name) == ["column", "price", "measure", "rows"])
        let strengths = table.rows.map { ($0[1].number ?? 0).magnitude }
        #expect(table.rows[0][0] == .text("sqft") && strengths == strengths.sorted(by: >))
        let gaps = session.accept("count where sqft is missing").number("rows") ?? 0
        #expect(table.rows[0][3].number == 600 - gaps, "pairs of rows that have both")
        let grouped = session.accept("correlate sqft, rooms with price by type")
        #expect(grouped.tables.first?.rows.count == 6 && Self.charts(grouped.blocks).count == 1)
        #expect(session.accept("correlate sqft, rooms by type").tables.first?.rows.count == 6)
    }

    @Test func correlateFaults() {
        var session = HouseFile.session()
        session.expectFault("correlate price", "R0770")
        session.expectFault("correlate price with price", "R0770")
        session.expectFault("correlate price, prise", "R0203")
        let wide = (1...501).map { "c\($0)" }
        let rows = (1...3).map { row in wide.map { _ in "\(row)" }.joined(separator: ",") }
        var many = TestSession(["w.csv": wide.joined(separator: ",") + "\n" + rows.joined(separator: "\n") + "\n"])
        many.accept("load \"w.csv\" as w")
        many.expectFault("correlate", "R0771")
    }

    @Test func correlateLeavesTheTestRowsOut() {
        var session = HouseFile.session()
        session.accept("split 60/20/20 by sold_on")
        let report = session.accept("correlate price, rooms")
        #expect(report.words.contains("120 test rows are sealed") && report.tables.first?.caption == "Pearson, 480 rows of sales")
        #expect(session.session.effects.effects.isEmpty)
        #expect(session.accept("correlate price, rooms on all").tables.first?.caption == "Pearson, 600 rows of sales")
        #expect(!session.session.effects.effects.isEmpty)
    }

    // MARK: plot

    @Test(arguments: [
        ("plot price", "histogram"), ("plot type", "bars"), ("plot sqft, price", "scatter"), ("plot type, price", "box"),
        ("plot price, type", "box"), ("plot type, school", "heatmap"), ("plot price by zip", "box"), ("plot price by type", "histogram"),
        ("plot price over sold_on", "line"), ("plot price over type", "bars"), ("plot price by type kind box", "box"),
        ("plot price over type kind box", "box"), ("plot price kind box", "box"), ("plot type by school kind heatmap", "heatmap"),
        ("plot price over sold_on by type kind heatmap", "heatmap"), ("plot price, sqft, rooms kind heatmap", "heatmap"),
        ("plot sqft, price kind heatmap", "heatmap"), ("plot type by school kind bars", "bars"),
        ("plot price by zip kind histogram", "histogram"),
    ])
    func kinds(cell: String, kind: String) throws {
        var session = HouseFile.session()
        let report = session.accept(cell)
        let charts = Self.charts(report.blocks)
        #expect(charts.map(\.chart) == [kind])
        for chart in charts {
            var output = ""
            MarkdownRenderer().render(report, into: &output)
            #expect(output.contains("| ---"), "the numbers behind \(chart.chart)")
        }
    }

    /// R 4.2, `boxplot.stats(c(1:9, 30))`: whiskers 1 and 9, middle half 3.25 to 7.75 by type 7, 30 outside.
    @Test func boxOfKnownNumbers() throws {
        var session = TestSession([
            "t.csv": "g,x\n" + ((1...9).map(String.init) + ["30", ""]).map { "a,\($0)" }.joined(separator: "\n") + "\nb,4\n"
        ])
        session.accept("load \"t.csv\" as t")
        let report = session.accept("plot x by g kind box")
        guard case .box(let boxes)? = Self.charts(report.blocks).first?.marks else {
            Issue.record("no box")
            return
        }
        #expect(boxes.map(\.name) == ["a", "b"])
        #expect(boxes[0].bounds == [1, 1, 3.25, 5.5, 7.75, 9, 30] && boxes[0].outliers == [30] && boxes[0].count == 10)
        #expect(boxes[1].bounds == [4, 4, 4, 4, 4, 4, 4] && boxes[1].outlierCount == 0)
        #expect(report.number("missing") == 1)
    }

    @Test func heatmapCountsRows() throws {
        var session = TestSession(["t.csv": "a,b,x\nu,p,1\nu,p,3\nu,q,5\nv,q,7\nv,,9\n"])
        session.accept("load \"t.csv\" as t")
        let report = session.accept("plot a, b")
        guard case .heatmap(let rows, let columns, let values, false)? = Self.charts(report.blocks).first?.marks else {
            Issue.record("no heat map")
            return
        }
        #expect(rows == ["p", "q"] && columns == ["u", "v"] && values == [[2, 0], [1, 1]] && report.number("not_drawn") == 1)
        guard case .heatmap(_, _, let means, false)? = Self.charts(session.accept("plot x over a by b kind heatmap").blocks).first?.marks
        else {
            Issue.record("no heat map of means")
            return
        }
        #expect(means[0][0] == 2 && means[0][1].isNaN && means[1] == [5, 7])
    }

    @Test func plotFaults() {
        var session = HouseFile.session()
        session.expectFault("plot type kind box", "R0773")
        session.expectFault("plot price kind heatmap", "R0335")
        session.expectFault("plot price by id kind box", "R0333")
        session.expectFault("plot type by zip, sqft bands 10 kind bars", "R0333")
    }

    // MARK: head, count

    @Test func headByGroups() throws {
        var session = HouseFile.session()
        let table = try #require(session.accept("head 2 price, sqft by type sort price descending").tables.first)
        #expect(table.columns.map(\.name) == ["type", "price", "sqft"] && table.rows.count == 6)
        #expect(table.rows.map { $0[0].plainText } == ["condo", "condo", "house", "house", "loft", "loft"])
        let greatest = try #require(session.accept("describe price by type").tables.first)
        #expect(Self.column(table, "price")[0] == Self.column(greatest, "max")[0])
        #expect((table.rows[0][1].number ?? 0) >= (table.rows[1][1].number ?? 1e18) || table.rows[1][1].number == nil)
        #expect(table.caption == "6 of 600 rows of sales, 2 by type")
    }

    @Test func countSorted() throws {
        var session = HouseFile.session()
        let table = try #require(session.accept("count by zip, type sort rows descending").tables.first)
        let rows = Self.column(table, "rows").compactMap(\.number)
        #expect(rows == rows.sorted(by: >) && rows.reduce(0, +) == 600)
        let named = try #require(session.accept("count by type sort type descending").tables.first)
        #expect(named.rows.map { $0[0].plainText } == ["loft", "house", "condo"])
        session.expectFault("count sort rows descending", "R0772")
        session.expectFault("count by type sort share descending, prise", "R0203")
    }
}
