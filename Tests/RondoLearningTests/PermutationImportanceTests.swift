import RondoKernels
import RondoReport
import RondoSignature
import Testing

@testable import RondoLearning

@Suite struct PermutationImportanceTests {
    private static func data() -> (features: Features, target: TargetValues) {
        var stream = RandomStream(seed: 1, purpose: "importance test")
        let strong = (0..<400).map { _ in stream.normal() }
        let weak = (0..<400).map { _ in stream.normal() }
        let noise = (0..<400).map { _ in stream.normal() }
        let features = Features(
            [.init("strong", .numbers(strong)), .init("weak", .numbers(weak)), .init("noise", .numbers(noise))], rowCount: 400)
        return (features, .numbers(zip(strong, weak).map { 3 * $0 + $1 }))
    }

    @Test func findsWhatMattersWhateverTheThreads() throws {
        let (features, target) = Self.data()
        let model = try LinearFamily.learner(FamilyOptions()).fit(
            TrainingData(features: features, target: target), seed: 1, context: .quiet)
        let groups = FeatureGroup.each(features)
        let one = try PermutationImportance(
            of: model, features: features, truth: target, groups: groups, choice: MetricChoice("mse"), seed: 1, context: .quiet)
        let two = try PermutationImportance(
            of: model, features: features, truth: target, groups: groups, choice: MetricChoice("mse"), seed: 1,
            context: ComputeContext(threads: ThreadCount(2)))
        #expect(one == two)
        // Shuffling a column with coefficient b and variance v raises the squared error by 2 b² v.
        #expect((one.columns[0].importance - 18).magnitude < 3)
        #expect((one.columns[1].importance - 2).magnitude < 0.5)
        #expect(one.columns[2].importance.magnitude < 1e-12)
        #expect((one.columns.reduce(0) { $0 + $1.share } - 1).magnitude < 1e-12)
        #expect(one.table.columns.map(\.name) == ["column", "importance", "sd", "share"])
        #expect(one.table.rows.first?.first == .text("strong"))
    }

    @Test func groupsAreShuffledTogetherAndIndependently() throws {
        let (features, target) = Self.data()
        let model = try LinearFamily.learner(FamilyOptions()).fit(
            TrainingData(features: features, target: target), seed: 1, context: .quiet)
        let all = try PermutationImportance(
            of: model, features: features, truth: target, groups: [FeatureGroup("all", features: [0, 1, 2])], choice: MetricChoice("r2"),
            repeats: 3, seed: 1, context: .quiet)
        #expect(all.columns[0].importance > 1.5)
        let token = CancellationToken()
        token.cancel()
        #expect(throws: Interrupted.self) {
            try PermutationImportance(
                of: model, features: features, truth: target, groups: FeatureGroup.each(features), choice: MetricChoice("r2"), seed: 1,
                context: ComputeContext(cancellation: token))
        }
    }
}
