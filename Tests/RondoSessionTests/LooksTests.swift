import RondoKernels
import RondoReport
import RondoSession
import Testing

@Suite("How answers look")
struct LooksTests {
    private static let homes = """
        load demo "house_sales" as sales rows 1500
        """

    @Test("a group's column never has the name of a figure")
    func namesOfGroupsAndFigures() throws {
        var session = TestSession()
        session.accept(Self.homes)
        let table = try #require(session.accept("describe price, sqft by type").tables.first)
        let names = table.columns.map(\.name)
        #expect(Set(names).count == names.count, "\(names)")
        #expect(names.prefix(3) == ["column", "by_type", "type"])
        #expect(session.accept("describe price by zip").tables.first?.columns.map(\.name).prefix(3) == ["column", "zip", "type"])
    }

    @Test("numbers in captions are written as in tables")
    func captions() {
        var session = TestSession()
        session.accept(Self.homes)
        #expect(session.accept("describe").tables.first?.caption == "1,500 rows of sales")
        #expect(session.accept("head 2").tables.first?.caption == "2 of 1,500 rows of sales")
        let charts = session.accept("plot price").blocks.compactMap { if case .chart(let chart) = $0 { chart.title } else { nil } }
        #expect(charts == ["price, 1,500 rows"])
    }

    @Test("explain of a family without standard errors has no empty columns")
    func coefficientsWithoutErrors() throws {
        var session = TestSession()
        session.accept(Self.homes + "\nderive dear = price > 400k\ncast dear category\ngoal predict dear = true\nsplit 60/20/20 by sold_on")
        session.accept("fit logistic using sqft, bedrooms, type")
        let table = try #require(session.accept("explain logistic").tables.first)
        #expect(table.columns.first?.name == "term" && table.columns.map(\.name).contains("estimate"))
        for index in table.columns.indices { #expect(table.rows.contains { !$0[index].isMissing }, "\(table.columns[index].name)") }
    }

    @Test("long lists of columns are capped")
    func cappedLists() {
        let columns = (1...40).map { "c\($0)" }
        let rows = (1...5).map { row in columns.map { _ in "7" }.joined(separator: ",") + ",\(row)" }
        var session = TestSession(["wide.csv": (columns + ["y"]).joined(separator: ",") + "\n" + rows.joined(separator: "\n") + "\n"])
        session.accept("load \"wide.csv\" as wide")
        let warnings = session.accept("describe").warnings
        #expect(warnings.contains("one value everywhere: c1, c2, c3, c4, c5, c6 and 34 others"), "\(warnings)")
    }

    @Test(
        "the way from one folder to another",
        arguments: [
            ("out", "sessions", "../sessions"), ("", "", ""), ("a/b", "a/b/", ""), ("", "sessions", "sessions"), ("out", "", ".."),
            ("/w/out", "sessions", "../sessions"), ("/tmp/x", "s", "../../w/s"), ("../v", "s", "../w/s"), ("a/../b", "./b", ""),
        ])
    func ways(from: String, to: String, expected: String) {
        #expect(FolderPath.way(from: from, to: to, working: "/w") == expected)
    }

    @Test("a folder as seen from another one")
    func folders() {
        #expect(FolderPath.folder("out", "../sessions") == "sessions" && FolderPath.folder("out", "..").isEmpty)
        #expect(FolderPath.folder("/a/b", "../c") == "/a/c" && FolderPath.folder("", "../c") == "../c")
    }

    @Test("a report replays from the folder its session had, and beside its files once it has been moved")
    func baseOfAReport() throws {
        var session = TestSession(["data.csv": "a,b\n1,2\n3,4\n"])
        session.accept("load \"data.csv\" as t\ncount\nreport \"out/page.html\"\nreport \"page.html\"")
        #expect(session.accept("replay \"out/page.html\"").number("same") == 2)
        #expect(session.accept("replay \"page.html\"").number("same") == 2)
        let page = try #require(session.files.files["out/page.html"])
        var moved = TestSession(["mail/data.csv": "a,b\n1,2\n3,4\n", "mail/page.html": String(decoding: page, as: UTF8.self)])
        // Here `..` exists too, as a folder of no files; the way that the page names leads nowhere.
        #expect(moved.accept("replay \"mail/page.html\"").number("same") == 2)
        #expect(moved.session.world.files.exists("mail/page.html"))
    }

    @Test("a report as a notebook")
    func notebook() {
        var session = TestSession()
        session.accept("## # Homes\n" + Self.homes + "\nplot price\nreport \"a.ipynb\"")
        let text = String(decoding: session.files.files["a.ipynb"] ?? [], as: UTF8.self)
        #expect(text.hasPrefix("{\"cells\":[{\"cell_type\":\"markdown\",\"id\":\"opening\"") && text.contains("\"nbformat_minor\":5"))
        let refused = session.expectFault("report \"a.pdf\"", "R0565")
        #expect(refused?.message.contains(".html, .md or .ipynb") == true)
    }
}
