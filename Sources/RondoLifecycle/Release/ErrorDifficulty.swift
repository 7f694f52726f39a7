import RondoKernels

/// How large errors usually are for predictions of a size: medians of absolute errors in bands of the prediction, joined by lines.
///
/// Ranges are errors in units of this size, so that they widen where the model errs more (locally weighted conformal prediction: Lei,
/// G'Sell, Rinaldo, Tibshirani and Wasserman 2018, section 5.2). It is learned from other rows than those that set the width.
package struct ErrorDifficulty: Sendable, Hashable {
    /// Mean prediction of each band, ascending.
    package let places: [Double]
    /// Typical absolute error there, above 0.
    package let sizes: [Double]

    static let leastRows = 120
    private static let bandRows = 60
    private static let mostBands = 8
    /// Errors that differ less between bands count as equal everywhere.
    private static let leastRatio = 1.6

    /// - Returns: nil for too few rows, and where errors are of about one size.
    init?(predictions: [Double], errors: [Double]) {
        guard predictions.count >= ErrorDifficulty.leastRows else { return nil }
        let order = predictions.indices.sorted { (predictions[$0], $0) < (predictions[$1], $1) }
        let bands = min(ErrorDifficulty.mostBands, order.count / ErrorDifficulty.bandRows)
        var places: [Double] = []
        var sizes: [Double] = []
        for band in 0..<bands {
            let members = order[band * order.count / bands..<(band + 1) * order.count / bands]
            let place = Sums.compensated(members.map { predictions[$0] }) / Double(members.count)
            let size = Quantiles.of(members.map { errors[$0] }, [0.5])[0]
            // Bands of one and the same prediction are one place.
            if let last = places.last, !(place > last) { continue }
            places.append(place)
            sizes.append(size)
        }
        guard let least = sizes.min(), let most = sizes.max(), most > 0, places.count > 1, most > ErrorDifficulty.leastRatio * least else {
            return nil
        }
        self.places = places
        self.sizes = sizes.map { max($0, most / 100) }
    }

    init(places: [Double], sizes: [Double]) {
        self.places = places
        self.sizes = sizes
    }

    /// Typical absolute error of a prediction; beyond the bands it goes on as between the outermost two, up to half or twice that of the
    /// outermost one.
    package func size(_ prediction: Double) -> Double {
        guard sizes.count > 1, !prediction.isNaN else { return sizes[0] }
        let next = places.firstIndex { prediction < $0 } ?? places.count
        let above = min(max(next, 1), places.count - 1)
        let share = (prediction - places[above - 1]) / (places[above] - places[above - 1])
        let size = sizes[above - 1] + share * (sizes[above] - sizes[above - 1])
        guard share < 0 || share > 1 else { return size }
        let outer = share < 0 ? sizes[0] : sizes[sizes.count - 1]
        return min(max(size, outer / 2), outer * 2)
    }
}
