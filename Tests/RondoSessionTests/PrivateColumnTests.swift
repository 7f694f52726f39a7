import RondoFrame
import RondoKernels
import RondoLifecycle
import RondoReport
import RondoSession
import RondoSignature
import RondoVerbs
import Testing

/// Values of private columns stand in no answer: every verb is tried on a table that holds a secret.
@Suite struct PrivateColumnTests {
    /// What is private: a word (and spellings of it), a number, a day. None of them occurs anywhere else.
    private static let secrets = ["zebra", "Zebra", "zebr", "987654", "987,654", "987_654", "1931-07"]

    private static let table: String = {
        // What `load` says before anybody calls a column private is about the first day, `sold_on`.
        var text = "id,sold_on,mail,salary,born,price,sqft,type\n"
        for row in 0..<240 {
            let mail = ["zebra-one", "zebra-two", "Zebra-one", "zebra-onee", "zebra-three"][row % 5]
            let salary = row % 6 == 0 ? "" : row % 40 == 1 ? "98765400" : "98765\(4 + row % 3)"
            let price = 1000 + row * 7 + (row % 5 == 2 ? 900 : 0)
            text += "\(row),2023-\(10 + row % 3)-\(10 + row % 15),\(mail),\(salary),1931-07-\(19 + row % 2),\(price),"
            text += "\(row % 40 + 10),\(["flat", "house"][row % 2])\n"
        }
        return text
    }()

    private static let other = "mail,name,salary\nzebra-one,Ann,9876541\nzebra-two,Bob,9876542\nzebra-none,Cy,9876543\n"

    private static let begin = """
        load "t.csv" as t
        load "other.csv" as o
        source o private mail, salary
        use t
        source t private mail, salary, born
        """
    private static let fitted =
        begin + "\ngoal predict price succeed when mape < 90%\nsplit 60/20/20 by sold_on\nfit linear using sqft, type"

    /// Cells to try after the table is there, those that are refused among them.
    private static let cells = [
        "head 5", "head 5 mail", "head 5 sort mail", "head 2 by mail", "head 3 where salary > 987654", "describe", "describe mail, salary",
        "describe by mail", "describe price by salary bands 3", "describe with salary", "describe born", "correlate",
        "correlate mail, price",
        "correlate with mail", "correlate price, sqft by mail", "correlate salary, price, born", "count by mail", "count by mail sort rows",
        "count where mail = \"x\"", "count by year(born)", "count by type", "plot mail", "plot salary", "plot price by mail",
        "plot price over mail", "plot born", "plot salary, price", "plot mail, type", "check max(salary) = 5", "check mail contains \"q\"",
        "check salary > 1", "check mean(salary) > 1 expect 100%", "derive s = salary * 2", "derive z = max(salary)",
        "derive b = first(mail)\nhead 3\ndescribe\nplot b", "derive up = upper(mail)\nhead 3\ncount by up",
        "rename mail as post\nhead 3\ncount by post", "derive k = \"\"\njoin o by mail\nhead 3\ndescribe",
        "join o by mail = mail expect 100%",
        "join o by mail take name, salary prefix \"o_\"\nhead 3\ndescribe", "append o\nhead 3\ndescribe", "dedupe by mail",
        "dedupe by standard(mail)",
        "dedupe by mail, salary", "dedupe by mail keep fullest", "clean mail upper", "clean mail spelling", "clean mail phone",
        "clean mail lower spelling", "cast mail number", "cast salary text", "cast born text", "impute salary median\nrecipe\nhead 3",
        "impute salary median by mail\nrecipe", "impute salary mean by born\nrecipe", "impute salary mode", "impute salary nearest\nrecipe",
        "outliers salary robust action mark\nrecipe\nhead 3", "outliers salary quantile action cap\nrecipe",
        "outliers salary, price robust action drop\nledger", "outliers price robust by mail\nrecipe",
        "outliers salary, price forest action mark",
        "bin salary bands 3\nrecipe\ncount by salary", "bin salary bands 3 method equal", "scale salary standard\nrecipe\nhead",
        "scale salary minmax\nrecipe", "encode mail onehot", "encode mail words", "encode mail label\nrecipe\nhead",
        "encode mail frequency\nrecipe",
        "encode mail hashing\nrecipe", "encode mail ordinal [\"a\"] otherwise 0", "encode born parts\nrecipe\nhead 2\ndescribe",
        "encode born cycle", "goal predict price\nencode mail target\nrecipe", "select variance",
        "goal predict price\nselect correlation top 2",
        "goal predict type\nbalance weights\nrecipe",
        "goal recommend type to mail\nfit popularity on all\nrecommend\nrecommend for \"x\"\nrecommend to \"l.csv\"\nerrors",
        "goal recommend type to mail\nsplit 60/40\nfit item_knn\nerrors on test\nexplain\nscore on test\nrecommend where salary > 1",
        "goal recommend mail to type\nfit popularity on all\nrecommend\nrecommend for \"flat\"\nrecommend like \"q\"\nexplain",
        "goal recommend id to type rated salary\nfit item_knn on all\nrecommend\nrecommend favor salary weight 1",
        "aggregate count() by mail", "aggregate max(salary), first(mail), count() by type",
        "aggregate max(salary) as big\nhead\ndescribe", "aggregate count() by mail as m\nhead\ncount by mail",
        "aggregate pairs mail basket type", "aggregate sets mail basket type", "aggregate pairs type basket mail",
        "aggregate mean(price) by type as p\nhead", "flag odd where salary > 987655\ncount by odd", "sample 10\nhead", "filter salary > 1",
        "sort mail\nhead 3", "drop mail\nhead 2\ndescribe", "keep mail, price\nhead 2", "split 60/20/20 within mail",
        "split 60/40 stratify mail",
        "split 60/40 group mail", "ledger", "recipe", "source t", "status", "note \"x\" about mail", "set digits 3",
        "use o\nhead\ndescribe",
        "export t to \"out.csv\"", "param low = 3", "goal predict salary", "settle n1", "help head", "history", "runs", "releases",
        "explain price", "predict p sqft = 1", "save \"s.rondo\"", "report \"r.html\"",
    ]

    /// Cells to try when a model is there.
    private static let judgements = [
        "errors linear", "errors linear by mail", "errors linear by type", "errors worst 5", "errors linear by salary bands 2",
        "explain linear", "explain linear of sqft", "explain linear of mail", "fairness linear by mail", "fairness linear by type", "score",
        "score linear", "stress linear", "compare", "choose linear because \"only one\"", "recipe model linear", "recipe linear",
        "plot residuals of linear", "plot calibration of linear", "plot dependence of linear over sqft",
        "plot dependence of linear over mail",
        "plot residuals of linear over salary", "plot learning of linear", "check linear", "runs", "status", "fit tree depth 3",
        "fit forest trees 5",
        "fit tree using mail as no", "tune tree depth [1, 2]",
        "deploy linear as p\npredict p from t\nreleases\npredict p from t to \"p.csv\"",
        "deploy linear as p\nexport p to \"p.rondo\"", "flag late where born > 1900-01-01\nscore linear", "ledger", "undo", "describe",
        "compare linear", "report \"r.html\"",
    ]

    /// Verbs that show nothing of tables, or only what their cell says; every other one is tried above.
    private static let exempt: Set = [
        "redo", "edit", "rerun", "open", "replay", "tutorial", "more", "quit", "settle", "promote", "rollback",
    ]

    private func check(_ begin: String, _ cell: String) {
        var session = TestSession(["t.csv": Self.table, "other.csv": Self.other])
        session.accept(begin)
        var cells: [CellReport] = []
        for line in cell.split(separator: "\n") { cells += session.run(String(line)) }
        for report in cells {
            // What the cell itself says was typed by somebody who knows it.
            let said = "\(report.blocks)" + (report.error.map { "\($0.message) \($0.note ?? "") \($0.remedy)" } ?? "")
            for secret in Self.secrets where !report.source.contains(secret) {
                #expect(!said.contains(secret), "\(report.source) shows \(secret): \(excerpt(said, secret))")
            }
        }
        for (name, bytes) in session.files.files where !["t.csv", "other.csv"].contains(name) && !cell.contains("including") {
            let text = String(decoding: bytes, as: UTF8.self)
            for secret in Self.secrets where !cell.contains(secret) && !text.hasPrefix("rondo") {
                #expect(!text.contains(secret), "\(cell): \(name) holds \(secret): \(excerpt(text, secret))")
            }
        }
    }

    private func excerpt(_ text: String, _ word: String) -> String {
        guard let range = text.firstRange(of: word) else { return "" }
        let start = text.index(range.lowerBound, offsetBy: -80, limitedBy: text.startIndex) ?? text.startIndex
        return String(text[start...].prefix(200))
    }

    @Test(arguments: cells) func looksAndSteps(cell: String) { check(Self.begin, cell) }

    @Test(arguments: judgements) func judgementsOfModels(cell: String) { check(Self.fitted, cell) }

    /// A verb that is new must be tried, or be said to show nothing.
    @Test func everyVerbIsTried() {
        let tried = Set(
            (Self.cells + Self.judgements).flatMap { $0.split(separator: "\n") }.compactMap {
                $0.split(separator: " ").first.map(String.init)
            })
        let verbs = Set(StandardVerbs.all.map { $0.signature.name })
        let begun: Set = ["load"]
        #expect(verbs.subtracting(tried).subtracting(Self.exempt).subtracting(begun) == [])
    }

    /// A dictionary makes columns private before anything is said about their values.
    @Test func loadTellsNothingOfThem() {
        var session = TestSession([
            "t.csv": "born,code,n\n1931-07-19,987654,1\n1931-07-20,zebra,2\n1931-07-21,987655,3\n1931-07-22,987656,4\n",
            "d.csv": "name,role\nborn,private\ncode,private\n",
        ])
        let report = session.accept("load \"t.csv\" as t dictionary \"d.csv\"")
        for secret in Self.secrets { #expect(!"\(report.blocks)".contains(secret)) }
    }

    /// A private key only finds records; what comes with them is as private as it was there, and can be a feature.
    @Test func privateKeysJoin() {
        var session = TestSession(["t.csv": Self.table, "other.csv": "mail,city,phone\nzebra-one,Rome,1\nzebra-two,Oslo,2\n"])
        session.accept("load \"t.csv\" as t\nload \"other.csv\" as o\nsource o private phone\nuse t\nsource t private mail\njoin o by mail")
        #expect(session.workspace.table("t")?.privateColumns == ["mail", "phone"])
        session.accept("derive twice = phone * 2, place = upper(city)\nrename mail as post")
        #expect(session.workspace.table("t")?.privateColumns == ["post", "phone", "twice"])
        session.accept("source t private place")
        #expect(session.workspace.table("t")?.privateColumns == ["post", "phone", "twice", "place"])
        session.accept("load \"t.csv\" as u\nencode type onehot")
        session.expectFault("source u private type", "R0671")
    }

    /// By a key that anybody may see, too.
    @Test func joinedColumnsStayPrivate() {
        var session = TestSession(["t.csv": "id,x\n1,2\n2,3\n", "other.csv": "id,name\n1,zebra\n2,zebra\n"])
        session.accept("load \"t.csv\" as t\nload \"other.csv\" as o\nsource o private name\nuse t\njoin o by id\nderive y = x + 1")
        #expect(session.workspace.table("t")?.privateColumns == ["name"])
        #expect(!"\(session.accept("head").blocks)".contains("zebra"))
    }

    /// The whole report of a session shows none either.
    @Test func reportOfASession() {
        var session = TestSession(["t.csv": Self.table, "other.csv": Self.other])
        session.accept(Self.fitted)
        for cell in ["describe", "head", "count by type", "errors linear", "recipe", "score linear"] { session.accept(cell) }
        session.accept("save \"s.rondo\"")
        let saved = String(decoding: session.files.files["s.rondo"] ?? [], as: UTF8.self)
        for secret in Self.secrets { #expect(!saved.contains(secret)) }
    }
}
