import CSystemLibraries

/// First and second derivatives of the logistic loss by the score.
public enum LogisticDerivatives {
    public struct Sums: Hashable, Sendable {
        /// Of the first derivatives without their signs.
        public let gradient: Double
        public let hessian: Double
        /// The greatest second derivative.
        public let most: Double
    }

    /// Writes the chance of class 1 less the target, and the chance times that of class 0; the same bits on every processor.
    ///
    /// Relative error of the chance below 2e-11. Scores are cut off at 40 either way.
    ///
    /// - Parameter targets: 0 or 1.
    public static func write(
        _ scores: UnsafePointer<Double>, _ targets: UnsafePointer<Double>, count: Int, gradients: UnsafeMutablePointer<Double>,
        hessians: UnsafeMutablePointer<Double>
    ) -> Sums {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 3) { sums in
            rondo_logistic_derivatives(scores, targets, Int64(count), gradients, hessians, sums.baseAddress)
            return Sums(gradient: sums[0], hessian: sums[1], most: sums[2])
        }
    }
}
