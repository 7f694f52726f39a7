import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession
import Testing

/// `target log`: learned on the log scale, answered, judged and released in units of the target.
@Suite struct LogTargetTests {
    /// y = exp(2 + x / 2 + e) with normal errors of deviation 0.8: the mean lies 38 % above the median.
    private static func csv(rows: Int = 4000) -> String {
        var stream = RandomStream(seed: 21, purpose: "log target test")
        var text = "x,z,kind,y\n"
        for _ in 0..<rows {
            let x = stream.normal()
            let kind = stream.uniform(below: 3)
            let y = Elementary.exp(2 + 0.5 * x + 0.3 * Double(kind) + 0.8 * stream.normal())
            text += "\(x),\(stream.uniform() * 0.5),\(["a", "b", "c"][kind]),\(y)\n"
        }
        return text
    }

    private static func session(_ more: String = "") -> TestSession {
        var session = TestSession(["y.csv": csv(), "zero.csv": "x,y\n" + (0..<40).map { "\($0).5,\($0)\n" }.joined()])
        session.accept("load \"y.csv\" as t\ngoal predict y succeed when rmse < 1000\nsplit 50/50\n" + more)
        return session
    }

    private static func ratio(_ session: TestSession, _ name: String) throws -> (predicted: Double, seen: Double, error: Double) {
        let model = try #require(session.workspace.model(name))
        let table = try #require(session.workspace.table("t"))
        let split = try #require(table.split)
        let rows = table.rows.gathering(split.testRows)
        guard case .numbers(let answers) = try model.predictor.predict(rows, context: .quiet) else { return (0, 1, 0) }
        let truth = try #require(rows["y"]).numbers()
        let moments = Moments(truth)
        return (
            Moments(answers).mean, moments.mean, moments.standardDeviation / Double(truth.count).squareRoot()
        )
    }

    @Test(arguments: ["linear", "ridge", "lasso", "forest trees 40 leaf 20", "boost trees 40", "tree leaf 50", "knn neighbors 50"])
    func meansAreUnbiased(_ family: String) throws {
        let session = Self.session("fit \(family) target log as m")
        let (predicted, seen, error) = try Self.ratio(session, "m")
        // Two sampling errors of the mean of the test part, and as many of the factor learned.
        #expect((predicted - seen).magnitude < 4 * error, "\(family): \(predicted) predicted, \(seen) seen, error \(error)")
        let factor = try #require(session.workspace.model("m")?.predictor.logTarget?.factor)
        #expect(factor > 1.3 && factor < 1.55, "\(family): \(factor) beside exp(0.32) = 1.377")
    }

    /// Moves add up on the log scale, which is named, and lead to the answer.
    @Test(arguments: ["forest trees 10", "linear"]) func movesNameTheirScale(_ family: String) throws {
        var session = Self.session("fit \(family) target log as m")
        let report = session.accept("explain m row 3")
        #expect(report.words.contains("log of y is ") && report.words.contains("as y: from "))
        let (answer, prediction) = (try #require(report.number("answer")), try #require(report.number("prediction")))
        #expect((answer - prediction).magnitude < 1e-9 * prediction)
        #expect(session.accept("explain m method shap").words.contains("of their moves of the log of y"))
    }

    @Test func mediansStayMedians() throws {
        let session = Self.session("fit boost trees 40 loss absolute target log as m")
        let model = try #require(session.workspace.model("m"))
        #expect(model.predictor.logTarget == LogTarget(factor: 1, statistic: "median"))
        let table = try #require(session.workspace.table("t"))
        let rows = table.rows.gathering(try #require(table.split).testRows)
        guard case .numbers(let answers) = try model.predictor.predict(rows, context: .quiet) else { return }
        let truth = try #require(rows["y"]).numbers()
        let below = zip(truth, answers).filter { $0 < $1 }.count
        #expect((Double(below) / Double(truth.count) - 0.5).magnitude < 0.05)
    }

    @Test func itSaysWhatItAnswersAndOnWhichScaleItCanBeRead() {
        var session = Self.session()
        let fit = session.accept("fit linear target log")
        #expect(fit.words.contains("answers are means: exp of the predicted log, times 1."), "\(fit.words)")
        #expect(fit.words.contains("equation of the log"))
        let explained = session.accept("explain linear")
        #expect(explained.tables.first?.caption.contains("on the log scale of y") == true)
        let slope = explained.tables.first?.rows.first { $0.first == .text("x") }?[1].number ?? 0
        #expect((slope - 0.5).magnitude < 0.06)
        #expect(session.accept("check linear").tables.first?.caption.contains("log scale") == true)
        let compared = session.accept("fit linear as plain\ncompare linear, plain")
        #expect(compared.tables.first?.rows.contains { $0.contains(.text("equation of the log")) } == true)
        session.accept("explain linear of x")
        session.accept("explain linear method permutation on train")
    }

    /// A price with the wrong unit in one row of 250 raises every answer; wide errors alone do not raise the question.
    @Test func grossErrorsOfTheTargetAreNoticed() {
        let lines = Self.csv().split(separator: "\n")
        let gross = lines.enumerated().map { place, line in place > 0 && place % 250 == 0 ? "\(line)e6" : String(line) }
        var session = TestSession(["y.csv": Self.csv(), "gross.csv": gross.joined(separator: "\n")])
        for name in ["y", "gross"] {
            session.accept("load \"\(name).csv\" as \(name)\ngoal predict y succeed when rmse < 1000\nsplit 50/50")
            let words = session.accept("fit ridge target log as m_\(name)").words
            #expect(words.contains("of that factor comes from 1") == (name == "gross"), "\(words)")
        }
    }

    @Test func itSurvivesReleaseAndSearch() throws {
        var session = Self.session("fit linear target log\ndeploy linear as r despite \"a test\"")
        let model = try #require(session.workspace.model("linear"))
        let release = try #require(session.workspace.releases.last)
        let rows = try #require(session.workspace.table("t")).rows
        guard case .numbers(let direct) = try model.predictor.predict(rows, context: .quiet) else { return }
        let kept = try session.releases.store.read("r", nil)
        let reopened = try kept.1.withUnsafeBytes { try Bundle(bytes: $0) }
        let answers = try reopened.answers(for: rows, context: .quiet).prediction.numbers()
        #expect(answers.map(\.bitPattern) == direct.map(\.bitPattern))
        #expect(release.bundle.predictor.logTarget == reopened.predictor.logTarget)
        session.accept("predict r x = 1, z = 0.1, kind = \"b\"")
        let tuned = session.accept("tune ridge penalty [0.1, 10] folds 3 target log as best")
        #expect(tuned.number("trials") == 2)
        #expect(session.workspace.model("best")?.predictor.logTarget != nil)
        let plain = session.accept("tune ridge penalty [0.1, 10] folds 3 as other")
        #expect(plain.number("rmse") != tuned.number("rmse"))
    }

    @Test func whatHasNoLogarithmIsRefused() {
        var session = TestSession(["zero.csv": "x,y,k\n" + (0..<40).map { "\($0).5,\($0 % 8),\($0 % 2 == 0 ? "a" : "b")\n" }.joined()])
        session.accept("load \"zero.csv\" as z\ngoal predict y\nsplit 80/20")
        let report = session.expectFault("fit linear target log", "R0460")
        #expect(report?.message.contains("y is 0 in row") == true, "\(report?.message ?? "")")
        session.accept("fit linear where y > 0 target log")
        session.accept("goal predict k")
        session.expectFault("fit tree target log", "R0459")
    }
}
