package import RondoKernels
import RondoLearning

/// What is known about a model's errors from rows it has not seen: the width of its range, and how often it is close, by size of the
/// prediction.
///
/// The range is split conformal: the (n+1)(level)-th smallest absolute residual of n rows covers new rows of the same kind with at
/// least this level (Vovk, Gammerman, Shafer, Algorithmic Learning in a Random World, chapter 2). Where errors grow with the
/// prediction, residuals count in units of their usual size, which one half of the rows teaches and the other half does not see.
/// Residuals of folds, each judged by a model that has not seen it, make it cross-conformal (Vovk 2015).
package struct ErrorProfile: Sendable, Hashable {
    /// Rows with predictions of about one size.
    package struct Band: Sendable, Hashable {
        /// Least and greatest prediction.
        package let low: Double
        package let high: Double
        package let rows: Int
        /// Mean half-width of the ranges.
        package let halfWidth: Double
        /// Share of the rows whose true value lay inside.
        package let coverage: Double
    }
    package let level: Double
    /// Half-width of the range in units of the target, the median one where it changes; nil with fewer rows than the level needs.
    package let halfWidth: Double?
    /// Rows that set the width whose true value lay inside the range.
    package let coverage: Double?
    /// Usual size of errors by size of the prediction; nil for one width everywhere.
    package let difficulty: ErrorDifficulty?
    /// Half-width in units of the difficulty; NaN without one.
    private let factor: Double
    /// Coverage by size of the prediction, on the rows that set the width.
    package let bands: [Band]
    /// Relative error that counts as close.
    package let tolerance: Double
    /// Upper edges of bands of predicted values, one fewer than `closeShares`.
    package let edges: [Double]
    /// Share of calibration rows in each band that were close.
    package let closeShares: [Double]
    package let rowCount: Int

    /// Fewest rows that a range of this level is made from.
    package static func leastRows(_ level: Double) -> Int { Int((1 / (1 - level) - 1e-9).rounded(.up)) }

    /// - Parameters:
    ///   - tolerance: as in the goal's `within(p)`.
    package init(truth: [Double], predictions: [Double], level: Double, tolerance: Double) {
        self.level = level
        self.tolerance = tolerance
        rowCount = truth.count
        let residuals = zip(truth, predictions).map { abs($0 - $1) }
        let teaching = residuals.indices.filter { $0 % 2 == 0 }
        let setting = residuals.indices.filter { $0 % 2 == 1 }
        var learned: ErrorDifficulty?
        if setting.count >= max(ErrorDifficulty.leastRows, ErrorProfile.leastRows(level)) {
            learned = ErrorDifficulty(predictions: teaching.map { predictions[$0] }, errors: teaching.map { residuals[$0] })
        }
        difficulty = learned
        let rows = learned == nil ? Array(residuals.indices) : setting
        let sizes = rows.map { learned?.size(predictions[$0]) ?? 1 }
        let scaled = zip(rows, sizes).map { residuals[$0] / $1 }
        let width = ErrorProfile.width(scaled, level: level)
        factor = learned == nil ? .nan : width ?? .nan
        halfWidth = width.map { learned == nil ? $0 : $0 * Quantiles.of(sizes, [0.5])[0] }
        coverage = width.map { width in Double(scaled.filter { $0 <= width }.count) / Double(scaled.count) }
        bands =
            width.map { width in
                ErrorProfile.bands(rows.map { predictions[$0] }, zip(scaled, sizes).map { ($0 <= width, width * $1) })
            } ?? []
        (edges, closeShares) = ErrorProfile.close(truth: truth, predictions: predictions, tolerance: tolerance)
    }

    /// The order statistic that covers with this level; nil for too few residuals.
    private static func width(_ residuals: [Double], level: Double) -> Double? {
        let rank = Int((Double(residuals.count + 1) * level - 1e-9).rounded(.up))
        guard residuals.count >= leastRows(level), rank >= 1, rank <= residuals.count else { return nil }
        return residuals.sorted()[rank - 1]
    }

    private static func bands(_ predictions: [Double], _ ranges: [(isInside: Bool, halfWidth: Double)]) -> [Band] {
        let order = predictions.indices.sorted { (predictions[$0], $0) < (predictions[$1], $1) }
        let count = max(1, min(5, predictions.count / 20))
        return (0..<count).compactMap { band in
            let members = order[band * order.count / count..<(band + 1) * order.count / count]
            guard let first = members.first, let last = members.last else { return nil }
            return Band(
                low: predictions[first], high: predictions[last], rows: members.count,
                halfWidth: Sums.compensated(members.map { ranges[$0].halfWidth }) / Double(members.count),
                coverage: Double(members.filter { ranges[$0].isInside }.count) / Double(members.count))
        }
    }

    private static func close(truth: [Double], predictions: [Double], tolerance: Double) -> (edges: [Double], shares: [Double]) {
        let order = predictions.indices.sorted { (predictions[$0], $0) < (predictions[$1], $1) }
        let bands = max(1, min(5, truth.count / 20))
        var edges: [Double] = []
        var shares: [Double] = []
        for band in 0..<bands {
            let range = (band * order.count / bands)..<((band + 1) * order.count / bands)
            let close = range.filter { abs(truth[order[$0]] - predictions[order[$0]]) <= tolerance * abs(truth[order[$0]]) }.count
            shares.append(range.isEmpty ? 0 : Double(close) / Double(range.count))
            if band < bands - 1, let last = range.last { edges.append(predictions[order[last]]) }
        }
        return (edges, shares)
    }

    /// Half-width of the range around a prediction; NaN when there is none.
    package func halfWidth(around prediction: Double) -> Double {
        guard let halfWidth else { return .nan }
        return difficulty.map { factor * $0.size(prediction) } ?? halfWidth
    }

    /// Share of calibration rows with predictions of about this size that were close.
    package func confidence(_ prediction: Double) -> Double {
        let band = edges.firstIndex { prediction <= $0 } ?? edges.count
        return closeShares.indices.contains(band) ? closeShares[band] : 0
    }

    package func archive() -> Archive {
        var archive = Archive()
        archive.set("level", level)
        archive["half_width"] = .numbers(halfWidth.map { [$0] } ?? [])
        archive["coverage"] = .numbers(coverage.map { [$0] } ?? [])
        archive.set("tolerance", tolerance)
        archive["edges"] = .numbers(edges)
        archive["close_shares"] = .numbers(closeShares)
        archive.set("rows", rowCount)
        if let difficulty {
            archive["difficulty"] = .numbers([factor] + difficulty.places + difficulty.sizes)
        }
        if !bands.isEmpty {
            archive["bands"] = .numbers(bands.flatMap { [$0.low, $0.high, Double($0.rows), $0.halfWidth, $0.coverage] })
        }
        return archive
    }

    /// - Throws: R0591 for damaged data. Difficulty and bands are absent from older bundles.
    package init(archive: Archive) throws {
        level = try archive.number("level")
        halfWidth = try archive.numbers("half_width").first
        coverage = try archive.numbers("coverage").first
        tolerance = try archive.number("tolerance")
        edges = try archive.numbers("edges")
        closeShares = try archive.numbers("close_shares")
        rowCount = try archive.integer("rows")
        let learned = archive["difficulty"] == nil ? [] : try archive.numbers("difficulty")
        let kept = archive["bands"] == nil ? [] : try archive.numbers("bands")
        let count = learned.count / 2
        guard learned.isEmpty || (learned.count % 2 == 1 && count > 0), kept.count % 5 == 0 else {
            throw Fault("R0591", "the saved ranges are damaged", remedy: "make the release again, with deploy")
        }
        factor = learned.first ?? .nan
        difficulty =
            learned.isEmpty ? nil : ErrorDifficulty(places: Array(learned[1...count]), sizes: Array(learned[(count + 1)...]))
        bands = stride(from: 0, to: kept.count, by: 5).map { place in
            Band(
                low: kept[place], high: kept[place + 1], rows: Int(kept[place + 2].magnitude.rounded().clamped), halfWidth: kept[place + 3],
                coverage: kept[place + 4])
        }
    }

    package static func == (left: Self, right: Self) -> Bool { left.archive() == right.archive() }
    package func hash(into hasher: inout Hasher) {
        hasher.combine(rowCount)
        hasher.combine(halfWidth)
    }
}

extension Double {
    /// Within what an integer holds; 0 for what is no number.
    fileprivate var clamped: Double { isNaN ? 0 : Swift.min(self, 1e15) }
}
