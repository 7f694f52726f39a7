import Foundation
import RondoKernels
import RondoReport

@testable import RondoLearning

/// Films that people rated, in a train and a test part, read from beside the package when they are there.
struct Ratings: Sendable {
    let people: [String]
    let things: [String]
    let ratings: [Double]
    let isTrain: [Bool]

    static let isPresent = ReferenceTable.isPresent

    /// Read once for all tests.
    static let films = try? Ratings()

    init() throws {
        let table = try ReferenceTable("movielens_small")
        people = table.column("userId")
        things = table.column("movieId")
        ratings = table.numbers("rating") ?? []
        isTrain = table.isTrain
    }

    /// Events of the train part: all of strength 1, or those at or above 4, the others seen and not liked.
    func training(likedOnly: Bool) -> TrainingData {
        let rows = isTrain.indices.filter { isTrain[$0] }
        return Ratings.events(
            rows.map { (people[$0], things[$0], likedOnly && ratings[$0] < 4 ? 0 : 1) })
    }

    static func events(_ rows: [(String, String, Double)], weights: [Double]? = nil, ages: [Double]? = nil) -> TrainingData {
        TrainingData(
            features: Features([feature("person", rows.map(\.0)), feature("thing", rows.map(\.1))], rowCount: rows.count),
            target: .numbers(rows.map(\.2)), weights: weights, ages: ages)
    }

    static func feature(_ name: String, _ cells: [String]) -> Features.Feature {
        let levels = Set(cells).sorted()
        let places = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($1, Int32($0)) })
        return Features.Feature(name, .categories(cells.map { places[$0] ?? -1 }, levels: levels))
    }

    /// Everything a model recommends to the people with a relevant test item, over all films of the table.
    func judged(_ model: any RankingModel, first: Int = 10) throws -> RankedLists {
        let interactions = model.interactions
        let films = Set(things)
        var likes: [String: Set<String>] = [:]
        for row in isTrain.indices where !isTrain[row] && ratings[row] >= 4 { likes[people[row], default: []].insert(things[row]) }
        let judged = interactions.users.indices.filter { likes[interactions.users[$0]] != nil }
        let lists = try model.ranked(
            judged.map { Int32($0) }, count: first, leavingOut: interactions.seen, context: ComputeContext(threads: ThreadCount(2)))
        // Films that only the test part has are numbered behind those of the model.
        let unknown = films.filter { interactions.itemIndex($0) == nil }.sorted()
        let numbers = Dictionary(uniqueKeysWithValues: unknown.enumerated().map { ($1, interactions.items.count + $0) })
        let relevant = judged.map { user in
            (likes[interactions.users[user]] ?? []).map { Int32(interactions.itemIndex($0) ?? numbers[$0] ?? 0) }.sorted()
        }
        let shares = interactions.seen.columnSizes.map { Double($0) / Double(interactions.users.count) }
        return RankedLists(
            recommended: lists, relevant: relevant, itemCount: films.count,
            popularity: shares + [Double](repeating: 0, count: unknown.count), likeness: interactions.liked.transposed())
    }

    /// The reference's figures of a method.
    static func reference(_ method: String) throws -> [String: Double] {
        let data = try Data(contentsOf: ReferenceTable.folder.appendingPathComponent("reference_visible.json"))
        let root = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        let films = (root?["ratings"] as? [String: Any])?["movielens_small"] as? [String: Any]
        return (films?["methods"] as? [String: Any])?[method] as? [String: Double] ?? [:]
    }
}
