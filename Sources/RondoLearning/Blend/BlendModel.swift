package import RondoKernels
package import RondoReport

/// Several recommenders as one, and with them a value of the items that is wanted besides.
///
/// For each person the scores of every model are brought to 0 for the least and 1 for the best item, so that no model rules by the unit of
/// its scores alone, while an item far ahead of the others stays ahead: ranks would lose that. The blend is the mean by the weights.
package struct BlendModel: RankingModel {
    package static let familyName = "blend"

    /// A second objective: one number an item, such as how sustainable it is.
    package struct Favor: Sendable {
        /// In the order of `interactions.items`; NaN counts as the least.
        package let values: [Double]
        /// How much the values count beside the models, whose weights add up to 1.
        package let weight: Double

        package init(values: [Double], weight: Double) {
            self.values = values
            self.weight = weight
        }
    }

    package let models: [any RankingModel]
    /// Of the models, adding up to 1.
    package let weights: [Double]
    package let favor: Favor?
    /// The favoured values from 0 to 1, times their weight.
    private let favored: [Double]?

    /// - Parameters:
    ///   - models: fitted on the same rows.
    ///   - weights: one a model, of at least 0; nil counts all alike.
    /// - Throws: R0466 without models, for weights that do not fit, for models of different items, and for values that do not fit.
    package init(_ models: [any RankingModel], weights: [Double]? = nil, favor: Favor? = nil) throws {
        let given = weights ?? [Double](repeating: 1, count: models.count)
        let total = given.reduce(0, +)
        guard let first = models.first else { throw Self.unfit("a blend needs models", "fit blend models item_knn, popularity") }
        guard given.count == models.count, given.allSatisfy({ $0 >= 0 && $0.isFinite }), total > 0, total.isFinite else {
            throw Self.unfit(
                "\(given.count) weights for \(models.count) models: each model needs one of at least 0, not all of them 0",
                "leave weight out: all models then count alike")
        }
        guard models.allSatisfy({ $0.interactions.items == first.interactions.items }) else {
            throw Self.unfit("the models know different items", "fit them on the same rows, then blend them")
        }
        if let favor,
            favor.values.count != first.interactions.items.count || favor.values.contains(where: \.isInfinite) || !favor.weight.isFinite
        {
            throw Self.unfit("the favored values do not fit the items", "take a column of numbers that describes the items")
        }
        self.models = models
        self.weights = given.map { $0 / total }
        // Kept without gaps: saved and read back, a blend is equal to the last bit.
        self.favor = favor.map { favor in
            let least = favor.values.filter { !$0.isNaN }.min() ?? 0
            return Favor(values: favor.values.map { $0.isNaN ? least : $0 }, weight: favor.weight)
        }
        favored = self.favor.map { favor in Self.scaled(favor.values).map { $0 * favor.weight } }
    }

    package var interactions: Interactions { models[0].interactions }

    private static func unfit(_ message: String, _ remedy: String) -> Fault { Fault("R0466", message, remedy: remedy, subject: "blend") }

    /// From 0 for the least to 1 for the greatest; 0 for all where they are equal.
    private static func scaled(_ scores: [Double]) -> [Double] {
        guard let least = scores.min(), let greatest = scores.max(), greatest > least, (greatest - least).isFinite else {
            return [Double](repeating: 0, count: scores.count)
        }
        return scores.map { ($0 - least) / (greatest - least) }
    }

    package func scores(of history: History) throws -> [Double] {
        var sums = favored ?? [Double](repeating: 0, count: interactions.items.count)
        for (model, weight) in zip(models, weights) where weight > 0 {
            for (item, score) in Self.scaled(try model.scores(of: history)).enumerated() { sums[item] += weight * score }
        }
        return sums
    }

    /// The mean by the weights over the models that know a likeness, each brought to a common scale.
    package func likeness(to item: Int) throws -> [Double]? {
        var sums: [Double]?
        for (model, weight) in zip(models, weights) where weight > 0 {
            guard let own = try model.likeness(to: item) else { continue }
            let scaled = Self.scaled(own).map { weight * $0 }
            sums = sums.map { zip($0, scaled).map { $0 + $1 } } ?? scaled
        }
        return sums
    }

    /// What the model of the greatest weight that can say gives.
    package func reason(for item: Int, in history: History) throws -> Int? {
        for place in Sorting.order(weights, .descending) where weights[place] > 0 {
            if let reason = try models[place].reason(for: item, in: history) { return reason }
        }
        return nil
    }

    package var readable: String { models.map { type(of: $0).familyName }.joined(separator: " and ") }

    package var learned: [TableBlock] {
        let rows = zip(models, weights).map { model, weight -> [Scalar] in
            [.text(type(of: model).familyName), Scalar(weight), .text(model.readable)]
        }
        let second = favor.map { [[.text("favored values"), Scalar($0.weight), .text("")]] as [[Scalar]] } ?? []
        return [
            TableBlock(
                caption: "what is blended",
                columns: [.init("model", "text", .plain), .init("weight", "number"), .init("to read", "text", .plain)], rows: rows + second)
        ] + models.flatMap(\.learned)
    }

    package func archive() -> Archive {
        var archive = Archive()
        archive["families"] = .words(models.map { type(of: $0).familyName })
        archive["models"] = .archives(models.map { $0.archive() })
        archive["weights"] = .numbers(weights)
        archive["favored"] = .numbers(favor.map(\.values) ?? [])
        archive["favor"] = .numbers(favor.map { [$0.weight] } ?? [])
        return archive
    }

    /// - Throws: R0590 for damaged data.
    package init(from archive: Archive) throws {
        let families = try archive.words("families")
        let archives = try archive.archives("models")
        try archive.require(!families.isEmpty && families.count == archives.count, "models")
        let models = try zip(families, archives).map { name, own -> any RankingModel in
            guard let model = try ModelFamilies.named(name)?.model(from: own) as? any RankingModel else {
                throw Archive.damaged("families")
            }
            return model
        }
        let values = try archive.numbers("favored")
        let weight = try archive.numbers("favor")
        try archive.require(values.allSatisfy(\.isFinite) && values.isEmpty == weight.isEmpty, "favored")
        let weights = try archive.numbers("weights", count: models.count)
        // Weights that add up to 1 are kept to the bit.
        try archive.require((weights.reduce(0, +) - 1).magnitude < 1e-9, "weights")
        do {
            try self.init(models, weights: weights, favor: weight.first.map { Favor(values: values, weight: $0) })
        } catch {
            throw Archive.damaged("weights")
        }
    }
}
