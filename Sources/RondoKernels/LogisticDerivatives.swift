import CSystemLibraries

/// First and second derivatives of the logistic loss by the score.
public enum LogisticDerivatives {
    /// Writes the chance of class 1 less the class, and the chance times that of class 0; the same bits on every processor.
    ///
    /// Relative error of the chance below 2e-11. Scores are cut off at 40 either way.
    ///
    /// - Parameter classes: 0 or 1.
    public static func write(
        _ scores: UnsafePointer<Double>, _ classes: UnsafePointer<Int32>, count: Int, gradients: UnsafeMutablePointer<Double>,
        hessians: UnsafeMutablePointer<Double>
    ) {
        rondo_logistic_derivatives(scores, classes, Int64(count), gradients, hessians)
    }
}
