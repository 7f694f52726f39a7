import RondoKernels
import RondoSignature
import Testing

@testable import RondoLearning

/// Recommenders on held-out ratings of films beside the reference on exactly these rows.
@Suite(.enabled(if: Ratings.isPresent, "the reference data is not beside the package"))
struct RankingQualityTests {
    static func model(_ family: String, _ options: FamilyOptions = FamilyOptions(), likedOnly: Bool = true, seed: UInt64 = 1) throws
        -> any RankingModel
    {
        let films = try #require(Ratings.films)
        let learner = try #require(ModelFamilies.named(family)).learner(options)
        let context = ComputeContext(threads: ThreadCount(2))
        return try #require(try learner.fit(films.training(likedOnly: likedOnly), seed: seed, context: context) as? any RankingModel)
    }

    static func figures(_ model: any RankingModel, _ names: some Sequence<String>) throws -> [String: Double] {
        let lists = try #require(Ratings.films).judged(model)
        return Dictionary(
            uniqueKeysWithValues: try names.map { ($0, try MetricChoice($0).value(MetricInput(ranking: lists)).value) })
    }

    /// Where the lists are determined, every figure is that of the reference.
    @Test(arguments: [("popularity", false), ("popularity_of_liked", true)])
    func popularityIsExact(_ method: String, _ likedOnly: Bool) throws {
        let reference = try Ratings.reference(method)
        #expect(reference.count == 6)
        let known = reference.filter { (try? MetricChoice($0.key)) != nil }
        let figures = try Self.figures(Self.model("popularity", likedOnly: likedOnly), known.keys)
        for (name, value) in known {
            #expect(((figures[name] ?? .nan) - value).magnitude < 1e-12, "\(name): \(figures[name] ?? .nan), reference \(value)")
        }
    }
}
