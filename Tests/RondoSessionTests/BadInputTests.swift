import RondoFrame
import RondoGoldens
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
        Case("unknown verb", "lood \"sales.csv\" as sales", "R0101", exit: 2),
        Case("unknown clause", after: goal, "describe orderby price", "R0110", exit: 2),
        Case("other tongue", after: goal, "mutate x = 1", "R0126", exit: 2),
        Case("a metric of another task", after: goal, "goal predict price succeed when f1 > 60%", "R0447"),
        Case("a metric of another task", after: goal, "goal predict type succeed when mape < 10%", "R0447"),
        Case("open quote", "load \"sales.csv", "R0112", exit: 2),
        Case("unknown file", "load \"sale.csv\" as sales", "R0620"),
        Case("ragged rows", "load \"ragged.csv\" as ragged", "R0606"),
        Case("empty file", "load \"empty.csv\" as sales", "R0602"),
        Case("not text", "load \"bytes.csv\" as sales", "R0603"),
        Case("a picture", "load \"picture.csv\" as sales", "R0604"),
        Case("no table", "describe", "R0202"),
        Case("unknown table", after: goal, "use sale", "R0201"),
        Case("unknown column", after: goal, "drop sqtf", "R0203"),
        Case("unknown columns", after: goal, "drop sqtf, prize", "R0203"),
        Case("unknown column in an expression", after: goal, "derive a = sqtf + prize", "R0203"),
        Case("unknown function", after: goal, "derive a = squareroot(sqft)", "R0206"),
        Case("unknown metric", after: goal, "goal predict price succeed when maep < 10%", "R0207"),
        Case("unknown model", after: fitted, "score liner", "R0204"),
        Case("unknown release", after: fitted, "predict house_prize sqft = 5", "R0205"),
        Case("unknown family", after: goal, "fit forrest", "R0104", exit: 2),
        Case("unknown parameter", after: goal, "filter price > $low", "R0210"),
        Case("wrong type in a comparison", after: goal, "filter type > 5", "R0211"),
        Case("wrong type in a sum", after: goal, "derive a = type + 1", "R0211"),
        Case("no condition", after: goal, "filter sqft + 1", "R0212"),
        Case("a mean of words", after: goal, "impute type median", "R0351"),
        Case("no row passes", after: goal, "filter price < 0", "R0325"),
        Case("integer overflow", after: "load \"huge.csv\" as huge", "derive m = n + 1", "R0340"),
        Case("target all missing", after: "load \"nothing.csv\" as t\ngoal predict price\nsplit 80/20", "fit linear", "R0407"),
        Case(
            "target constant", after: "load \"same.csv\" as t\ncast price category\ngoal predict price\nsplit 80/20", "fit logistic",
            "R0408"),
        Case("target unknown", after: "load \"sales.csv\" as sales\ngoal predict prize\nsplit 60/20/20 by sold_on", "fit linear", "R0203"),
        Case("fit without goal", after: "load \"sales.csv\" as sales\nsplit 60/20/20 by sold_on", "fit linear", "R0401"),
        Case("fit without split", after: goal, "fit linear", "R0414"),
        Case("fit of another task", after: goal + "\nsplit 60/20/20 by sold_on", "fit logistic", "R0406"),
        Case("fewer rows than parts", after: "load \"two.csv\" as t", "split 60/20/20", "R0422"),
        Case("header only", after: "load \"header.csv\" as t", "split 60/20/20", "R0422"),
        Case("split by words", after: goal, "split 60/20/20 by type", "R0433"),
        Case("contradictory split", after: goal, "split 60/20/20 by sold_on stratify type", "R0428"),
        Case("contradictory impute", after: goal, "impute sqft median with 5", "R0237"),
        Case("clause twice", after: goal, "split 60/20/20 seed 1 seed 2", "R0120", exit: 2),
        Case(
            "nesting", after: goal, "derive a = " + String(repeating: "(", count: 5_000) + "1" + String(repeating: ")", count: 5_000),
            "R0118", exit: 2),
        Case("open brackets", after: goal, "derive a = " + String(repeating: "(", count: 5_000), "R0118", exit: 2),
        Case("bad regular expression", after: goal, "filter type matches \"(\"", "R0216"),
        Case("runaway regular expression", after: "load \"long.csv\" as t", "filter a matches \"(x+x+)+[yz]$\"", "R0341"),
        Case("join that is many to many", after: "load \"sales.csv\" as other\nload \"sales.csv\" as sales", "join other by zip", "R0320"),
        Case("join with itself", after: goal, "join sales by zip", "R0326"),
        Case("file as a step's table", after: goal, "filter price > 1 from \"sales.csv\"", "R0226"),
        Case("newer session", "replay \"newer.rondo\"", "R0190"),
        Case("damaged session", "replay \"damaged.rondo\"", "R0108"),
        Case("damaged report", "replay \"damaged.html\"", "R0922"),
        Case("values and rows", after: fitted + "\ndeploy linear as p", "predict p sqft = 5 from sales", "R0237"),
        Case("unknown input", after: fitted + "\ndeploy linear as p", "predict p sqtf = 5", "R0527"),
        Case("input of another type", after: fitted + "\ndeploy linear as p", "predict p sqft = \"wide\"", "R0528"),
        Case("export to an unknown format", after: goal, "export sales to \"sales.xyz\"", "R0635"),
    ]

    static func session() -> TestSession {
        let session = TestSession(["long.csv": "a,b\n" + String(repeating: "x", count: 20_000) + ",1\n"])
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
        if let verb = error.remedy.split(separator: " ").first, session.session.registry[String(verb)] != nil {
            let parsed = CellParser.parse(error.remedy, grammar: session.session.registry.grammar)
            #expect(parsed.diagnostics.isEmpty, "the remedy works: \(error.remedy)")
        }
        #expect(error.start >= 0 && error.end >= error.start && error.end <= one.cell.unicodeScalars.count, "the caret lies in the cell")
        #expect(!error.message.contains("fault inside Rondo"))
        #expect(WorkspaceDigest(session.workspace) == before)
        #expect(session.session.runs.count == count)
    }

    /// Known mistakes that are no faults: they are read as well as they can be, and said.
    @Test func emptyTablesAndColumnsAreSaid() {
        var session = Self.session()
        session.accept("load \"gap.csv\" as gaps")
        #expect(session.accept("impute gap median").words.contains("no value to learn from; 40 left"))
        #expect(session.accept("describe gap").warnings.contains("no value at all: gap"))
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
                if let error = shown.error, one.cell.count >= 200 {
                    text += "\(error.code): \(error.message)\n\(error.remedy)\n"
                } else {
                    text += TerminalRenderer(width: 100, colour: false, unicode: true).text(shown)
                }
            }
            text += "\n"
        }
        #expect(Golden.difference(text, "errors.txt") == nil)
    }

    @Test func foldersAreNoFiles() {
        do {
            _ = try DiskFiles.read("/")
            Issue.record("a folder was read")
        } catch {
            #expect((error as? Fault)?.code == "R0621")
        }
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
