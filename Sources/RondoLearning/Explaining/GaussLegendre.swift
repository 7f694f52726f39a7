import RondoKernels

/// Points and weights on 0 to 1 with which n values give the integral of every polynomial below degree 2n.
///
/// Source: Press, Teukolsky, Vetterling and Flannery 2007, Numerical Recipes, 3rd edition, section 4.6.1.
struct GaussLegendre: Sendable {
    let points: [Double]
    let weights: [Double]

    init(count: Int) {
        var points: [Double] = []
        var weights: [Double] = []
        let degree = max(1, count)
        for index in 0..<degree {
            // Newton's method from a point near the root.
            var root = Elementary.sineAndCosine(turns: (Double(index) + 0.75) / (2 * Double(degree) + 1)).cosine
            var slope = 1.0
            for _ in 0..<16 {
                let (value, derivative) = Self.legendre(degree, root)
                slope = derivative
                let step = value / derivative
                root -= step
                if step.magnitude < 1e-16 { break }
            }
            slope = Self.legendre(degree, root).derivative
            points.append((1 - root) / 2)
            weights.append(1 / ((1 - root * root) * slope * slope))
        }
        self.points = points
        self.weights = weights
    }

    /// Legendre's polynomial of a degree and its derivative, inside -1 to 1.
    private static func legendre(_ degree: Int, _ x: Double) -> (value: Double, derivative: Double) {
        var (last, value) = (1.0, x)
        for order in Swift.stride(from: 2, through: degree, by: 1) {
            (last, value) = (value, (Double(2 * order - 1) * x * value - Double(order - 1) * last) / Double(order))
        }
        return (value, Double(degree) * (x * value - last) / (x * x - 1))
    }
}
