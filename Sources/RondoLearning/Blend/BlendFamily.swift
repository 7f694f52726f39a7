package import RondoKernels
package import RondoSignature

/// Several recommenders as one, and a second wish beside them.
package enum BlendFamily: ModelFamily {
    package static let signature = FamilySignature(
        "blend",
        summary: "the lists of several recommenders as one, with a second wish if there is one",
        details: """
            Each of the `models` is fitted again on the same rows, as it was asked for. For each user the scores of every model are brought to
            0 for the least and 1 for the best item, and averaged. `favor COLUMN weight W` adds a second wish: the column, brought to 0 to 1
            over the items, counts W and the models the rest. Without `models` it takes item_knn and als with their defaults.

            Source: Burke 2002, Hybrid recommender systems: survey and experiments, User Modeling and User-Adapted Interaction 12 (the
            weighted hybrid).
            """,
        searchWords: ["hybrid", "ensemble", "combine", "mix", "second objective", "sustainability"],
        tasks: [.ranking],
        parameters: [
            ParameterShape("models", .models, default: "item_knn, als", summary: "the fitted recommenders that are put together"),
            ParameterShape(
                "favor", .column, default: nil, summary: "a column of numbers that describes items, more of which is wanted; none"),
            ParameterShape(
                "weight", .number(lower: 0, upper: 1, includesLower: true), default: "0.3",
                summary: "how much the column counts, from 0, the models alone, to 1"),
        ],
        needsNumbers: false, content: .named, readable: "what each of its models gives")

    private static let usualParts = ["item_knn", "als"].map {
        FamilyOptions.Part(name: $0, family: $0, options: FamilyOptions(), columns: [])
    }

    package static func learner(_ options: FamilyOptions) throws -> any Learner {
        let checked = try CheckedOptions(options, for: signature)
        let parts = try (options.parts.isEmpty ? usualParts : options.parts).map { part in
            guard let family = ModelFamilies.named(part.family), family.signature.tasks.contains(.ranking),
                part.family != signature.name
            else {
                throw Fault(
                    "R0466", "\(part.name) is no recommender that could be blended", remedy: "fit blend models item_knn, popularity",
                    subject: part.name)
            }
            return BlendLearner.Part(learner: try family.learner(part.options), columns: Set(part.columns))
        }
        return BlendLearner(
            parts: parts, favor: options.values["favor"].flatMap { if case .word(let name) = $0 { name } else { nil } },
            weight: checked.number("weight") ?? 0.3)
    }

    package static func model(from archive: Archive) throws -> any FittedModel { try BlendModel(from: archive) }
}

/// Fits every part on the same rows, each with the columns it reads.
struct BlendLearner: Learner {
    struct Part: Sendable {
        let learner: any Learner
        let columns: Set<String>
    }
    let parts: [Part]
    /// The column more of which is wanted.
    let favor: String?
    let weight: Double

    func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        let models = try parts.enumerated().compactMap { place, part in
            context.progress(Progress(done: place, total: parts.count, label: "models"))
            return try part.learner.fit(narrowed(data, to: part), seed: seed, context: context) as? any RankingModel
        }
        guard let favor else { return try BlendModel(models) }
        let values = try values(of: favor, in: data)
        // The model adds the favoured values to the mean of its models.
        return try BlendModel(models, favor: BlendModel.Favor(values: values, weight: weight < 1 ? weight / (1 - weight) : 1e9))
    }

    /// The users and items with the columns that this part reads.
    private func narrowed(_ data: TrainingData, to part: Part) -> TrainingData {
        let kept = data.features.features.enumerated().filter { $0.offset < 2 || part.columns.contains($0.element.name) }.map(\.element)
        return TrainingData(
            features: Features(kept, rowCount: data.features.rowCount), target: data.target, weights: data.weights, ages: data.ages)
    }

    /// The mean of the column over the rows of each item, in the order of the items; NaN where no row has one.
    private func values(of name: String, in data: TrainingData) throws -> [Double] {
        guard let feature = data.features.features.dropFirst(2).first(where: { $0.name == name }),
            case .numbers(let numbers) = feature.dense.values
        else {
            throw Fault(
                "R0466", "\(name) holds no numbers: it cannot be favored", remedy: "favor a column of numbers, more of which is better",
                subject: name)
        }
        let events = try Events(data)
        var sums = [Double](repeating: 0, count: events.items.count)
        var counts = sums
        for (place, item) in events.item.enumerated() where !numbers[events.row[place]].isNaN {
            sums[Int(item)] += numbers[events.row[place]]
            counts[Int(item)] += 1
        }
        return zip(sums, counts).map { $1 > 0 ? $0 / $1 : .nan }
    }
}
