import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession
import Testing

/// What learning is given that nothing can be learned from: a clear fault, or a repair that is told; never NaN as a result.
@Suite struct LearningInputTests {
    private static func rows(_ count: Int, _ header: String, _ row: (Int) -> String) -> String {
        header + "\n" + (0..<count).map { row($0) + "\n" }.joined()
    }

    static let files: [String: String] = [
        "gaps.csv": rows(40, "a,b,y") { "\(Double($0 % 7) + 0.5),\($0 % 5).25," },
        "some.csv": rows(60, "a,b,y") { "\(Double($0 % 7) + 0.5),\($0 % 5).25,\($0 % 3 == 0 ? "" : "\($0).5")" },
        "same.csv": rows(40, "a,y") { "\($0 % 7).5,5" },
        "text.csv": rows(40, "a,y") { "\($0 % 7).5,\(["low", "high", "middle"][$0 % 3])" },
        "one.csv": rows(40, "a,y") { "\($0 % 7).5,yes\($0 == -1 ? "" : "")" },
        "many.csv": rows(30, "a,b,y") { "\($0 % 7).5,\($0).25,class \($0)" },
        "few.csv": rows(6, "a,y") { "\($0).5,\($0 * 3).25" },
        "empty_column.csv": rows(60, "a,e,y") { "\(Double($0 % 11) + 0.5),,\(Double(($0 * 7) % 13) + 0.25)" },
        "infinite.csv": rows(60, "a,b,y") { "\($0 % 9 == 4 ? "inf" : "\($0 % 11).5"),\($0 % 7).25,\(Double(($0 * 7) % 13) + 0.25)" },
        "separated.csv": rows(60, "a,b,y") { "\($0).5,\($0 % 7).25,\($0 < 30 ? "no" : "yes")" },
        "collinear.csv": rows(60, "a,b,c,y") {
            "\(Double($0 % 11) + 0.5),\(2 * Double($0 % 11) + 4),\(Double($0 % 7) + 0.25),\(Double(($0 * 7) % 13) + 0.25)"
        },
        "plain.csv": rows(90, "a,b,kind,y") {
            "\(Double(($0 * 5) % 31) + 0.5),\(Double($0 % 7) + 0.25),\(["u", "v"][$0 % 2]),\(Double(($0 * 7) % 13) + 0.25)"
        },
        "short.csv": rows(5, "b,kind") { "\($0).25,u" },
    ]

    private static func session(_ file: String, _ more: String = "goal predict y\nsplit 60/20/20") -> TestSession {
        var session = TestSession(files)
        session.accept("load \"\(file).csv\" as t\n\(more)")
        return session
    }

    /// No block of a report shows NaN or infinity.
    private static func isClean(_ report: CellReport) -> Bool {
        let figures = report.blocks.allSatisfy { block in
            switch block {
            case .figures(let figures): figures.allSatisfy { $0.value.number?.isFinite ?? true }
            case .table(let table): table.rows.joined().allSatisfy { $0.number?.isFinite ?? true }
            default: true
            }
        }
        let words = report.words.lowercased()
        return figures && !words.contains("nan") && !words.contains(" inf")
    }

    @Test func aTargetAllMissing() { var session = Self.session("gaps"); session.expectFault("fit linear", "R0407") }

    @Test func aTargetMissingInSomeRowsIsLeftOutAndSaid() {
        var session = Self.session("some")
        let report = session.accept("fit linear")
        #expect(report.words.contains("training rows without a target are left out"), "\(report.words)")
        #expect(Self.isClean(report))
    }

    @Test func aConstantTarget() { var session = Self.session("same"); session.expectFault("fit linear", "R0408") }

    @Test func aTextTargetForAFamilyOfNumbers() {
        var session = Self.session("text")
        let fault = session.expectFault("fit linear", "R0406")
        #expect(fault?.message.contains("classes") == true)
        session.expectFault("fit ridge target log", "R0406")
    }

    @Test func oneClass() { var session = Self.session("one"); session.expectFault("fit tree", "R0408") }

    @Test func moreClassesThanTrainingRows() {
        var session = Self.session("many")
        for family in ["tree", "forest trees 5", "boost trees 5", "naive_bayes", "logistic", "knn"] {
            let report = session.run("fit \(family)").last
            if let error = report?.error {
                #expect(!error.remedy.isEmpty, "\(family): \(error.message)")
            } else {
                #expect(report.map(Self.isClean) == true, "\(family)")
            }
        }
    }

    @Test func fewerRowsThanFolds() {
        var session = Self.session("few", "goal predict y\nsplit 80/20")
        session.expectFault("tune ridge penalty [1, 2] folds 20", "R0424")
        session.expectFault("split 80/20 folds 50", "R0424")
    }

    @Test func noFeaturesLeft() {
        var session = Self.session("few", "goal predict y\nsplit 80/20")
        session.expectFault("fit linear without a", "R0403")
    }

    @Test func aFeatureAllMissingIsLeftOutByName() {
        var session = Self.session("empty_column")
        for family in ["linear", "tree", "knn", "boost trees 5", "forest trees 5"] {
            let report = session.accept("fit \(family)")
            #expect(report.words.contains("left out: e"), "\(family): \(report.words)")
            #expect(Self.isClean(report))
        }
    }

    @Test func infinitiesAreNamedOrTaken() {
        var session = Self.session("infinite")
        for family in ["linear", "knn", "ridge", "tree", "boost trees 5", "forest trees 5", "extra_trees trees 5"] {
            let report = session.run("fit \(family)").last
            if let error = report?.error {
                #expect(error.message.contains("a ") && !error.remedy.isEmpty, "\(family): \(error.message)")
            } else {
                #expect(report.map(Self.isClean) == true, "\(family)")
            }
        }
    }

    @Test func perfectSeparation() {
        var session = Self.session("separated")
        let fault = session.expectFault("fit logistic penalty 0", "R0522")
        #expect(fault?.remedy.contains("penalty") == true)
        let report = session.accept("fit logistic")
        #expect(Self.isClean(report))
        #expect(Self.isClean(session.accept("score")))
    }

    @Test func perfectCollinearityIsNamed() {
        var session = Self.session("collinear")
        #expect(Self.isClean(session.accept("fit linear")))
        let report = session.accept("explain linear")
        #expect(report.warnings.contains("no coefficient: b"), "\(report.warnings)")
        #expect(Self.isClean(report))
    }

    @Test func aGridOfAMillionPoints() {
        var session = Self.session("plain")
        session.expectFault("tune forest trees [1..100] depth [1..100] leaf [1..100]", "R0802")
    }

    @Test func moreNeighborsThanRows() {
        var session = Self.session("few", "goal predict y\nsplit 80/20")
        let fault = session.expectFault("fit knn neighbors 50", "R0458")
        #expect(fault?.remedy.contains("neighbors") == true)
        let report = session.accept("tune knn neighbors [1, 2, 500] folds 2")
        #expect(report.words.contains("1 of 3") || report.words.contains("fail"), "\(report.words)")
    }

    @Test func moreClustersThanRows() {
        var session = Self.session("few", "goal \"find groups\"\nsplit 80/20")
        session.expectFault("fit kmeans clusters 500", "R0456")
    }

    @Test(arguments: ["ridge penalty -1", "lasso penalty -0.1", "logistic penalty -2", "elastic_net penalty -1"])
    func aPenaltyBelowZero(_ words: String) {
        var session = Self.session("plain")
        let fault = session.expectFault("fit \(words)", "R0502")
        #expect(fault?.message.contains("penalty") == true)
    }

    @Test func rowsToScoreThatLackAColumn() throws {
        var session = Self.session("plain")
        session.accept("fit linear\ndeploy linear as r despite \"a test\"")
        let report = session.accept("predict r from \"short.csv\" to \"out.csv\"")
        #expect(report.number("rows") == 5)
        let written = String(decoding: try #require(session.files.files["out.csv"]), as: UTF8.self)
        #expect(written.contains("missing: a"), "\(written)")
        #expect(!written.lowercased().contains("nan"))
    }
}
