import RondoKernels
import RondoLearning
import RondoSignature

/// Trials that differ in the number of trees only: the models with fewer trees are the beginnings of the one with most.
struct TrialSeries: Sendable {
    /// Places in the list of trials, increasing.
    private(set) var trials: [Int]
    /// How many trees each of them has; empty for a trial on its own.
    private(set) var counts: [Int] = []
    /// Grows the most trees; nil for a trial on its own.
    let learner: (any GrowingLearner)?

    /// The trials in series, in the order of their first members.
    static func list(_ trials: [TuningTrial], of specification: FitSpecification) -> [TrialSeries] {
        var list: [TrialSeries] = []
        var places: [FamilyOptions: Int] = [:]
        for (index, trial) in trials.enumerated() {
            // A learner that cannot be made says so when the trial is judged.
            // The way back from a logarithm is learned for each model.
            guard !specification.learnsLog, let learner = learner(trial.options, family: specification.family.name), learner.growsInOrder,
                let count = learner.treeCount
            else {
                list.append(TrialSeries(trials: [index], learner: nil))
                continue
            }
            let key = FamilyOptions(trial.options.values.filter { $0.key != "trees" })
            if let place = places[key] {
                list[place].trials.append(index)
                list[place].counts.append(count)
            } else {
                places[key] = list.count
                list.append(TrialSeries(trials: [index], counts: [count], learner: learner))
            }
        }
        return list
    }

    private static func learner(_ options: FamilyOptions, family name: String) -> (any GrowingLearner)? {
        guard let family = ModelFamilies.named(name), let learner = try? family.learner(options) else { return nil }
        return learner as? any GrowingLearner
    }
}
