package import RondoFrame
package import RondoKernels
import RondoLanguage
package import RondoLearning

/// What users liked in rows that a recommender has not learned from: the answers that its rankings are held against.
package struct RankingTruth: Sendable {
    /// Names of the users who liked something, in order of their values.
    package let users: [String]
    /// The first judged row of each user, as an index into the rows of the table.
    package let firstRows: [Int32]
    /// What each user liked, ascending codes of the catalogue.
    package let relevant: [[Int32]]
    /// A judged row of each of `relevant`.
    package let rows: [[Int32]]
    /// Every item of the table, in order of its values.
    package let catalogue: [String]
    /// Rows that say nothing: user, item or rating missing.
    package let unknown: Int

    /// - Parameters:
    ///   - rows: indices into the rows of the table.
    ///   - learning: the rows that aggregates in the condition of the goal learn from.
    /// - Throws: `Diagnostic` when nobody liked anything in these rows.
    package init(_ wish: Recommendation, table: Table, known: Frame, rows: [Int32], learning: [Int32]?, context: ComputeContext) throws {
        let resolved = try ResolvedRecommendation(wish, known: known, table: table.name, learning: learning, context: context)
        let told = rows.filter { resolved.isKnown(Int($0)) }
        let liked = told.filter { resolved.strengths[Int($0)] > 0 }
        guard !liked.isEmpty else {
            throw Diagnostic(
                "R0441", "nobody liked anything in these rows", span: nil, note: resolved.why,
                remedy: "count by \(NameText.written(wish.user.value)) on all")
        }
        // A user's items in order, each with the first row that tells of it.
        let order = liked.sorted { left, right in
            let (one, other) = (Int(left), Int(right))
            return (resolved.users.codes[one], resolved.items.codes[one], left)
                < (resolved.users.codes[other], resolved.items.codes[other], right)
        }
        let names = resolved.users.words
        var users: [String] = []
        var relevant: [[Int32]] = []
        var rowsOf: [[Int32]] = []
        var last: Int32 = -1
        for row in order {
            let (user, item) = (resolved.users.codes[Int(row)], resolved.items.codes[Int(row)])
            if user != last {
                users.append(names[Int(user)])
                relevant.append([])
                rowsOf.append([])
                last = user
            }
            guard relevant[relevant.count - 1].last != item else { continue }
            relevant[relevant.count - 1].append(item)
            rowsOf[rowsOf.count - 1].append(row)
        }
        self.users = users
        self.relevant = relevant
        self.rows = rowsOf
        firstRows = rowsOf.map { $0.min() ?? 0 }
        catalogue = resolved.items.words
        unknown = rows.count - told.count
    }

    /// What a recommender offers each of these users, in codes of the catalogue; what the user had in training is left out.
    package func lists(of model: any RankingModel, context: ComputeContext) throws -> [[Int32]] {
        let places = places(of: model.interactions.items)
        let known = users.map { model.interactions.userIndex($0).map { Int32(truncatingIfNeeded: $0) } ?? -1 }
        return try model.ranked(
            known, count: RankedLists.longest, leavingOut: model.interactions.seen, context: context
        ).map { list in list.map { places[Int($0)] } }
    }

    /// The lists of a recommender beside what the users liked and what is popular with everybody.
    package func input(_ lists: [[Int32]], of model: any RankingModel, context: ComputeContext) throws -> MetricInput {
        let places = places(of: model.interactions.items)
        var shares = [Double](repeating: 0, count: catalogue.count + 1)
        let users = Double(max(1, model.interactions.users.count))
        for (item, size) in model.interactions.seen.columnSizes.enumerated() { shares[Int(places[item])] = Double(size) / users }
        let likers = model.interactions.liked.transposed().gathering(catalogue.map { model.interactions.itemIndex($0) ?? -1 })
        let ranking = RankedLists(
            recommended: lists, popular: try self.lists(of: PopularityModel(model.interactions), context: context), relevant: relevant,
            itemCount: catalogue.count, popularity: shares, likeness: likers)
        return MetricInput(
            truth: .numbers(relevant.map { Double($0.count) }), predictions: .numbers(ranking.found(10)), ranking: ranking)
    }

    /// The code in the catalogue of each item of a model.
    private func places(of items: [String]) -> [Int32] {
        let codes = Dictionary(catalogue.enumerated().map { ($0.element, Int32($0.offset)) }, uniquingKeysWith: { first, _ in first })
        // Items that the table no longer has are right for nobody.
        return items.map { codes[$0] ?? Int32(catalogue.count) }
    }
}
