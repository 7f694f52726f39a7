import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession
import Testing

/// What people do wrong: one clear fault each, with a remedy, and the session before it as it was.
@Suite struct BadInputTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        /// Cells that are accepted before.
        let before: String
        let cell: String
        let code: String
        let exitCode: Int32
        var testDescription: String { name }

        init(_ name: String, after before: String = "", _ cell: String, _ code: String, exit exitCode: Int32 = 1) {
            self.name = name
            self.before = before
            self.cell = cell
            self.code = code
            self.exitCode = exitCode
        }
    }

    static let files: [String: [UInt8]] = [
        "sales.csv": Array(HouseFile.csv(rows: 100).utf8),
        "empty.csv": [],
        "header.csv": Array("a,b,price\n".utf8),
        "ragged.csv": Array("a,b\n1,2\n3\n4,5,6\n".utf8),
        "bytes.csv": [0xFF, 0xFE, 0x00, 0x01, 0x80, 0x81, 0x00, 0x00, 0xC3, 0x28, 0x0A, 0x99],
        "picture.csv": [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52],
        "gap.csv": Array(("price,a,gap\n" + (0..<40).map { "\($0 * 3),\($0 % 7).5,\n" }.joined()).utf8),
        "same.csv": Array(("price,a\n" + (0..<40).map { "5,\($0 % 7).5\n" }.joined()).utf8),
        "nothing.csv": Array(("price,a\n" + (0..<40).map { ",\($0 % 7).5\n" }.joined()).utf8),
        "two.csv": Array("price,a\n1,2\n3,4\n".utf8),
        "huge.csv": Array("n,price\n9223372036854775807,1\n5,2\n".utf8),
        "newer.rondo": Array("rondo 99\ncount\n".utf8),
        "damaged.rondo": Array("rondo 1\nload load \"x\n".utf8),
        "damaged.html": Array("<!doctype html><html><body>cut</bo".utf8),
    ]

    static let goal = "load \"sales.csv\" as sales\ngoal predict price"
    static let fitted = goal + "\nsplit 60/20/20 by sold_on\nfit linear"

    static let cases: [Case] = [
        Case("unknown verb", "lood \"sales.csv\" as sales", "?", exit: 2),
        Case("unknown clause", after: goal, "describe orderby price", "?", exit: 2),
        Case("other tongue", after: goal, "mutate x = 1", "?", exit: 2),
        Case("open quote", "load \"sales.csv", "?", exit: 2),
        Case("unknown file", "load \"sale.csv\" as sales", "?"),
        Case("a directory", "load \"/\" as sales", "?"),
        Case("empty file", "load \"empty.csv\" as sales", "?"),
        Case("not text", "load \"bytes.csv\" as sales", "?"),
        Case("a picture", "load \"picture.csv\" as sales", "?"),
        Case("no table", "describe", "?"),
        Case("unknown table", after: goal, "use sale", "?"),
        Case("unknown column", after: goal, "drop sqtf", "?"),
        Case("unknown columns", after: goal, "drop sqtf, prize", "?"),
        Case("unknown column in an expression", after: goal, "derive a = sqtf + prize", "?"),
        Case("unknown function", after: goal, "derive a = squareroot(sqft)", "?"),
        Case("unknown metric", after: goal, "goal predict price succeed when maep < 10%", "?"),
        Case("unknown model", after: fitted, "score liner", "?"),
        Case("unknown release", after: fitted, "predict house_prize sqft = 5", "?"),
        Case("unknown family", after: goal, "fit forrest", "?", exit: 2),
        Case("unknown parameter", after: goal, "filter price > $low", "?"),
        Case("wrong type in a comparison", after: goal, "filter type > 5", "?"),
        Case("wrong type in a sum", after: goal, "derive a = type + 1", "?"),
        Case("no condition", after: goal, "filter sqft + 1", "?"),
        Case("a mean of words", after: goal, "impute type median", "?"),
        Case("no row passes", after: goal, "filter price < 0", "?"),
        Case("integer overflow", after: "load \"huge.csv\" as huge", "derive m = n + 1", "?"),
        Case("column all missing", after: "load \"gap.csv\" as gaps", "impute gap median", "?"),
        Case("target all missing", after: "load \"nothing.csv\" as t\ngoal predict price\nsplit 80/20", "fit linear", "?"),
        Case("target constant", after: "load \"same.csv\" as t\ncast price category\ngoal predict price\nsplit 80/20", "fit logistic", "?"),
        Case("target unknown", after: "load \"sales.csv\" as sales\ngoal predict prize\nsplit 60/20/20 by sold_on", "fit linear", "?"),
        Case("fit without goal", after: "load \"sales.csv\" as sales\nsplit 60/20/20 by sold_on", "fit linear", "?"),
        Case("fit without split", after: goal, "fit linear", "?"),
        Case("fit of another task", after: goal + "\nsplit 60/20/20 by sold_on", "fit logistic", "?"),
        Case("fewer rows than parts", after: "load \"two.csv\" as t", "split 60/20/20", "?"),
        Case("header only", after: "load \"header.csv\" as t", "split 60/20/20", "?"),
        Case("split by words", after: goal, "split 60/20/20 by type", "?"),
        Case("contradictory split", after: goal, "split 60/20/20 by sold_on stratify type", "?"),
        Case("contradictory impute", after: goal, "impute sqft median with 5", "?"),
        Case("clause twice", after: goal, "split 60/20/20 seed 1 seed 2", "?", exit: 2),
        Case("nesting", after: goal, "derive a = " + String(repeating: "(", count: 5_000) + "1" + String(repeating: ")", count: 5_000), "?", exit: 2),
        Case("open brackets", after: goal, "derive a = " + String(repeating: "(", count: 5_000), "?", exit: 2),
        Case("bad regular expression", after: goal, "filter type matches \"(\"", "?"),
        Case("runaway regular expression", after: "load \"long.csv\" as t", "filter a matches \"(x+x+)+y\"", "?"),
        Case("join that is many to many", after: "load \"sales.csv\" as other\nload \"sales.csv\" as sales", "join other by zip", "?"),
        Case("join with itself", after: goal, "join sales by zip", "?"),
        Case("file as a step's table", after: goal, "filter price > 1 from \"sales.csv\"", "?"),
        Case("newer session", "open \"newer.rondo\"", "?"),
        Case("damaged session", "open \"damaged.rondo\"", "?"),
        Case("damaged report", "replay \"damaged.html\"", "?"),
        Case("values and rows", after: fitted + "\ndeploy linear as p", "predict p sqft = 5 from sales", "?"),
        Case("unknown input", after: fitted + "\ndeploy linear as p", "predict p sqtf = 5", "?"),
        Case("input of another type", after: fitted + "\ndeploy linear as p", "predict p sqft = \"wide\"", "?"),
        Case("export to an unknown format", after: goal, "export sales to \"sales.xyz\"", "?"),
    ]

    static func session() -> TestSession {
        var session = TestSession(["long.csv": "a,b\n" + String(repeating: "x", count: 20_000) + ",1\n"])
        for (name, bytes) in files { try? session.session.world.files.write(name, bytes) }
        return session
    }

    @Test(arguments: cases) func oneClearFault(_ one: Case) throws {
        var session = Self.session()
        session.accept(one.before)
        let before = WorkspaceDigest(session.workspace)
        let count = session.session.runs.count
        let (reports, exitCode) = session.script(one.cell)
        #expect(reports.count == 1, "one fault: \(reports.compactMap(\.error?.message))")
        let error = try #require(reports.first?.error)
        #expect(error.code == one.code)
        #expect(exitCode == one.exitCode)
        #expect(!error.message.isEmpty && !error.remedy.isEmpty)
        #expect(error.start >= 0 && error.end >= error.start && error.end <= one.cell.unicodeScalars.count, "the caret lies in the cell")
        #expect(!error.message.contains("fault inside Rondo"))
        #expect(WorkspaceDigest(session.workspace) == before)
        #expect(session.session.runs.count == count)
    }

    /// Known mistakes that are no faults: they are read as well as they can be, and said.
    @Test func raggedRowsAndBareHeadersAreSaid() {
        var session = Self.session()
        #expect(session.accept("load \"ragged.csv\" as ragged").words.contains("row"))
        #expect(session.accept("load \"header.csv\" as bare").warnings.contains("a header and no rows"))
    }

    /// The words themselves, as a terminal shows them.
    @Test func wording() {
        var text = ""
        for one in Self.cases {
            var session = Self.session()
            session.accept(one.before)
            text += "## \(one.name)\n" + (one.cell.count < 200 ? one.cell + "\n" : "")
            for report in session.script(one.cell).reports {
                var shown = report
                if one.cell.count >= 200 { shown.source = "" }
                if let error = shown.error, one.cell.count >= 200 { text += "\(error.code): \(error.message)\n\(error.remedy)\n" } else {
                    text += TerminalRenderer(width: 100, colour: false, unicode: true).text(shown)
                }
            }
            text += "\n"
        }
        Golden.check(text, "errors.txt")
    }

    @Test func twoUnknownNamesAreReportedAtOnce() throws {
        var session = Self.session()
        session.accept(Self.goal)
        let cell = try #require(CellParser.parse("drop sqtf, prize", grammar: session.session.registry.grammar).syntax)
        #expect(session.session.enter(cell).error != nil)
    }

    @Test func damagedBundlesAreRefusedByName() throws {
        var session = Self.session()
        session.accept(Self.fitted + "\ndeploy linear as p")
        let bytes = try session.releases.store.read("p", nil).1
        var damaged = bytes
        damaged[bytes.count / 2] ^= 1
        for (content, code) in [(damaged, "R0591"), (Array(bytes.dropLast()), "R0591"), (Array("hello".utf8), "R0593"), ([], "R0593")] {
            #expect(code == fault { try content.withUnsafeBytes { try Bundle(bytes: $0) } }?.code)
        }
        var newer = bytes
        newer[12] = 9
        #expect(fault { try newer.withUnsafeBytes { try Bundle(bytes: $0) } }?.code == "R0594")
    }

    private func fault(_ body: () throws -> Bundle) -> Fault? {
        do {
            _ = try body()
            return nil
        } catch { return error as? Fault }
    }
}
