import RondoKernels

/// What makes a value or a row an outlier.
package enum OutlierMethod: Sendable, Hashable {
    /// Below or above these quantiles, shares from 0 to 1.
    case quantile(low: Double, high: Double)
    /// Farther than so many distances of the quartiles below the first or above the third (Tukey 1977, Exploratory data analysis).
    case fences(Double)
    /// A modified z score, 0.6745 (x - median) / MAD, outside of these (Iglewicz and Hoaglin 1993, How to detect and handle outliers).
    case robust(low: Double, high: Double)
    /// Rows with a score of the isolation forest of all columns above this.
    case forest(above: Double)

    package var word: String {
        switch self {
        case .quantile, .fences: "quantile"
        case .robust: "robust"
        case .forest: "forest"
        }
    }

    /// Values of a group needed for limits of its own.
    static let leastRows = 20

    /// The least and the greatest value that is no outlier; infinite where nothing can be told (too few values, all alike).
    func limits(_ values: [Double]) -> (low: Double, high: Double) {
        let known = values.filter { !$0.isNaN }
        let everything = (low: -Double.infinity, high: Double.infinity)
        guard !known.isEmpty else { return everything }
        switch self {
        case .quantile(let low, let high):
            let ends = Quantiles.of(known, [low, high])
            return (ends[0], ends[1])
        case .fences(let factor):
            let quartiles = Quantiles.of(known, [0.25, 0.75])
            let width = quartiles[1] - quartiles[0]
            guard width > 0, width.isFinite else { return everything }
            return (quartiles[0] - factor * width, quartiles[1] + factor * width)
        case .robust(let low, let high):
            let median = Quantiles.median(known)
            let distances = known.map { ($0 - median).magnitude }
            // With more than half of the values alike the mean distance stands in for their median.
            let deviation = Quantiles.median(distances) / 0.6745
            let unit = deviation > 0 ? deviation : 1.253_314 * Sums.mean(distances)
            guard unit > 0, unit.isFinite else { return everything }
            return (median + low * unit, median + high * unit)
        case .forest: return everything
        }
    }

    func archive() -> Archive {
        switch self {
        case .quantile(let low, let high): Archive(["method": .words(["quantile"]), "limits": .numbers([low, high])])
        case .fences(let factor): Archive(["method": .words(["fences"]), "limits": .numbers([factor])])
        case .robust(let low, let high): Archive(["method": .words(["robust"]), "limits": .numbers([low, high])])
        case .forest(let limit): Archive(["method": .words(["forest"]), "limits": .numbers([limit])])
        }
    }

    init(archive: Archive) throws {
        let limits = try archive.numbers("limits")
        switch (try archive.word("method"), limits.count) {
        case ("quantile", 2): self = .quantile(low: limits[0], high: limits[1])
        case ("fences", 1): self = .fences(limits[0])
        case ("robust", 2): self = .robust(low: limits[0], high: limits[1])
        case ("forest", 1): self = .forest(above: limits[0])
        default: throw StepArchive.damaged("outliers")
        }
    }
}
