package import RondoLearning
import RondoRecipes
package import RondoReport

extension TrainedModel {
    /// Features grouped by the column they were made from: all levels of a one-hot column are one group.
    package var featureGroups: [FeatureGroup] {
        let sources = predictor.recipe.entries.reduce(into: [String: Set<String>]()) { $0.merge($1.step.expanded) { $0.union($1) } }
        var order: [String] = []
        var members: [String: [Int]] = [:]
        for (index, name) in predictor.design.names.enumerated() {
            let group = sources[name].flatMap { $0.count == 1 ? $0.first : nil } ?? name
            if members[group] == nil { order.append(group) }
            members[group, default: []].append(index)
        }
        return order.map { FeatureGroup($0, features: members[$0] ?? []) }
    }

    /// How each feature was scaled on its way to the model, all scale steps together.
    package var featureScaling: FeatureScaling {
        var scales: [String: (mean: Double, deviation: Double)] = [:]
        for entry in predictor.recipe.entries {
            guard let scale = entry.step as? FittedScale else { continue }
            for line in scale.scales {
                let old = scales[line.column] ?? (0, 1)
                scales[line.column] = (old.mean + line.mean * old.deviation, old.deviation * line.deviation)
            }
        }
        let lines = predictor.design.names.map { scales[$0] ?? (0, 1) }
        return FeatureScaling(means: lines.map(\.mean), deviations: lines.map(\.deviation))
    }

    /// Tables of what the model learned, coefficients in the units before scaling.
    package var readableTables: [TableBlock] {
        if let linear = fitted as? any CoefficientModel { return linear.originalUnits(featureScaling) }
        if let groups = fitted as? any GroupingModel { return groups.originalUnits(featureScaling) }
        return fitted.learned
    }
}
