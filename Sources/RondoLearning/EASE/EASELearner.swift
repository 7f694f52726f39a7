import RondoKernels
import RondoReport

/// Inverts the products of people or of items, whichever are fewer.
struct EASELearner: Learner {
    let penalty: Double

    /// The largest matrix that is inverted: a gigabyte.
    static let orderLimit = 12_000

    func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        try context.cancellation.check()
        let interactions = try Interactions(data)
        let side = EASESide(interactions)
        guard side.order <= Self.orderLimit else {
            throw Fault(
                "R0463",
                "ease solves for \(NumberText.count(side.order)) \(side.isOfItems ? "items" : "people") at once, and takes at most "
                    + NumberText.count(Self.orderLimit),
                remedy: "fit als", subject: "ease")
        }
        let products = try side.products(penalty: penalty, context: context)
        try context.cancellation.check()
        guard let factor = Cholesky(products) else {
            throw Fault(
                "R0521", "a penalty of \(Scalar(penalty).plainText) is too small beside the number of events to solve with",
                remedy: "write penalty 250", subject: "penalty")
        }
        try context.cancellation.check()
        return EASEModel(interactions: interactions, penalty: penalty, side: side, inverse: try factor.inverse(context: context))
    }
}
