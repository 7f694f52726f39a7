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

    static let ranked = ["precision@10", "recall@10", "ndcg@10", "hit_rate@10", "mrr@10"]

    /// Neighbours at equal distance are kept by the smaller item here, by chance in the reference: within 4 % of it, or better.
    @Test(arguments: ["cosine", "tfidf", "bm25"], [20, 100])
    func itemKNNIsAsTheReference(_ weighting: String, _ neighbours: Int) throws {
        for likedOnly in [false, true] {
            let options = FamilyOptions(["weighting": .word(weighting), "neighbors": .integer(Int64(neighbours))])
            let figures = try Self.figures(Self.model("item_knn", options, likedOnly: likedOnly), Self.ranked)
            let reference = try Ratings.reference("item_knn_\(weighting)_K\(neighbours)_\(likedOnly ? "liked" : "all")")
            for (name, value) in figures.sorted(by: { $0.key < $1.key }) {
                let known = reference[name] ?? .nan
                #expect(value >= 0.96 * known, "\(weighting) \(neighbours) \(likedOnly): \(name) \(value), reference \(known)")
            }
        }
    }

    /// The mean of three seeds, at or above the reference or within 2 %.
    @Test(arguments: [16, 64])
    func factorsAreAsGoodAsTheReference(_ factors: Int) throws {
        for likedOnly in [false, true] {
            let reference = try Ratings.reference("als_f\(factors)_reg0.05_alpha1.0_\(likedOnly ? "liked" : "all")")
            let runs = try [1, 2, 3].map { seed in
                try Self.figures(
                    Self.model("als", FamilyOptions(["factors": .integer(Int64(factors))]), likedOnly: likedOnly, seed: seed), Self.ranked)
            }
            for name in Self.ranked {
                let mean = runs.reduce(0) { $0 + ($1[name] ?? .nan) } / Double(runs.count)
                let known = reference[name] ?? .nan
                #expect(mean >= 0.98 * known, "als \(factors) \(likedOnly): \(name) \(mean), reference \(known)")
            }
        }
    }

    /// Better than the best method of the reference.
    @Test func easeIsBest() throws {
        let figures = try Self.figures(Self.model("ease"), Self.ranked)
        let reference = try Ratings.reference("als_f16_reg0.05_alpha1.0_liked")
        for name in Self.ranked { #expect(figures[name] ?? 0 >= 0.99 * (reference[name] ?? .nan), "\(name)") }
    }

    /// More than the most popular items for everybody.
    @Test func basketsSayMoreThanPopularity() throws {
        let figures = try Self.figures(Self.model("bought_together"), Self.ranked)
        let reference = try Ratings.reference("popularity_of_liked")
        for name in Self.ranked { #expect(figures[name] ?? 0 > 1.15 * (reference[name] ?? .nan), "\(name)") }
    }

    /// A blend is at least as good as the mean of what it blends.
    @Test func blendOfGoodModelsIsGood() throws {
        let models = try ["als", "ease", "item_knn"].map { try Self.model($0) }
        let blend = try Self.figures(BlendModel(models), Self.ranked)
        let single = try models.map { try Self.figures($0, Self.ranked) }
        for name in Self.ranked {
            let mean = single.reduce(0) { $0 + ($1[name] ?? .nan) } / Double(single.count)
            #expect(blend[name] ?? 0 >= mean, "\(name)")
        }
    }
}
