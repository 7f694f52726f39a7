import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoRecipes
import RondoReport
import RondoSession
import Testing

/// Releases of models on public data sets answer as the session judged them.
@Suite(.enabled(if: SharedData.isPresent, "the folder of data sets is not there"))
struct DataSetPredictionTests {
    struct Story: Sendable, CustomTestStringConvertible {
        let file: String
        let target: String
        let steps: String
        let families: [String]
        var testDescription: String { file }
    }

    static let stories: [Story] = [
        Story(
            file: "ames_housing.csv", target: "SalePrice",
            steps: "impute `Lot Frontage` median by Neighborhood\nscale `Gr Liv Area` standard\nencode `Central Air` onehot",
            families: ["linear", "ridge penalty 10", "forest trees 8"]),
        Story(
            file: "bike_sharing_hourly.csv", target: "cnt", steps: "encode season onehot\nscale temp minmax",
            families: ["linear", "tree depth 8"]),
        Story(
            file: "telco_churn.csv", target: "Churn = \"Yes\"",
            steps: "encode Contract ordinal [\"Month-to-month\", \"One year\", \"Two year\"]\nscale tenure standard",
            families: ["logistic", "forest trees 8"]),
        Story(file: "wine.csv", target: "target", steps: "scale alcohol standard", families: ["tree depth 4"]),
        Story(
            file: "titanic.csv", target: "Survived = 1", steps: "impute Age median by Sex\nencode Sex onehot",
            families: ["logistic", "tree depth 4"]),
    ]

    @Test(arguments: stories) func releasesAnswerAsTheSessionJudged(_ story: Story) throws {
        var session = TestSession()
        session.accept("load \"data/\(story.file)\" as rows\ngoal predict \(story.target)\n\(story.steps)\nsplit 60/20/20")
        for family in story.families {
            session.accept("fit \(family) as model\ndeploy model as answers")
            let model = try #require(session.workspace.model("model"))
            let table = try #require(session.workspace.table("rows"))
            let rows = try #require(table.split?.validationRows)
            let judged = try model.predictor.predict(table.rows.gathering(rows), context: .quiet)
            let bytes = try session.releases.store.read("answers", nil).1
            let bundle = try bytes.withUnsafeBytes { try Bundle(bytes: $0) }
            // New rows come without the target, in another order, and with columns nobody asked for.
            let order = Array(rows.reversed())
            var fresh = table.rows.gathering(order).dropping(model.predictor.targetInputs)
            try fresh.set("unasked", .text(order.map { "row \($0)" }))
            let answers = try bundle.answers(for: fresh, context: ComputeContext(threads: ThreadCount(2)))
            switch judged {
            case .numbers(let values):
                #expect(answers.prediction.numbers() == Array(values.reversed()), "\(family)")
                #expect(answers.prediction.missingCount == 0)
            case .probabilities(let columns, _):
                for (column, answered) in zip(columns, answers.probabilities) { #expect(answered.values == Array(column.reversed())) }
            }
            #expect(answers.fallbackReasons.allSatisfy { $0 == nil })
        }
    }
}
