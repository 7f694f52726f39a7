import RondoFrame
package import RondoKernels
import RondoLanguage
package import RondoLearning

/// How good a model gets with more and more of its training rows, judged on the same unseen rows.
package struct LearningCurve: Sendable {
    package struct Point: Sendable, Hashable {
        package let share: Double
        package let rows: Int
        /// On the rows it learned from.
        package let seen: Double
        /// On rows it has not seen.
        package let unseen: Double
    }
    package let points: [Point]
    package static let shares = [0.1, 0.2, 0.4, 0.8, 1.0]

    /// Shares with too few rows to fit are left out.
    /// - Parameter held: rows that judge, none of them a training row.
    package init(
        _ model: TrainedModel, table: Table, aim: Aim, held: [Int32], choice: MetricChoice, context: ComputeContext
    ) throws {
        var stream = RandomStream(seed: model.specification.seed, purpose: "learning curve")
        let order = stream.permutation(model.trainingRows.count)
        var points: [Point] = []
        for (place, share) in LearningCurve.shares.enumerated() {
            try context.cancellation.check()
            let count = Int((Double(order.count) * share).rounded())
            guard count >= 10 else { continue }
            let rows = order.prefix(count).sorted().map { model.trainingRows[$0] }
            do {
                let prepared = try PreparedTable(table, learningFrom: rows, context: context)
                var part = try Trainer.train(
                    model.specification, table: table, prepared: prepared, aim: aim, rows: rows, trainedOn: "part", context: context)
                part.predictor.decision = model.predictor.decision
                func value(_ judged: [Int32]) throws -> Double {
                    let outcome = try Scoring.outcome(
                        of: part, table: table, prepared: prepared, aim: aim, rows: judged, elapsed: { 0 }, context: context)
                    return try choice.value(outcome.input()).value
                }
                points.append(Point(share: share, rows: count, seen: try value(rows), unseen: try value(held)))
            } catch let interrupted as Interrupted {
                throw interrupted
            } catch  where share < 1 {
                // A small part may hold one class only, or too few rows for the family.
                continue
            }
            context.progress(Progress(done: place + 1, total: LearningCurve.shares.count, label: "parts of the training rows"))
        }
        self.points = points
    }

    /// Relative gain of the last doubling, from 40 % to 80 % of the rows; nil where a part is missing.
    package func lastGain(isBetterHigher: Bool) -> Double? {
        guard let early = points.first(where: { $0.share == 0.4 }), let late = points.first(where: { $0.share == 0.8 }),
            early.unseen.isFinite, late.unseen.isFinite, early.unseen != 0
        else { return nil }
        return (isBetterHigher ? late.unseen - early.unseen : early.unseen - late.unseen) / early.unseen.magnitude
    }
}
