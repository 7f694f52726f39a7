package import RondoKernels
import RondoLearning

/// What is known about a model's errors from rows it has not seen: the half-width of its range, and how often it is close, by size
/// of the prediction.
///
/// The range is split conformal: the (n+1)(level)-th smallest absolute residual of n rows covers new rows of the same kind with at
/// least this level (Vovk, Gammerman, Shafer, Algorithmic Learning in a Random World, chapter 2).
package struct ErrorProfile: Sendable, Hashable {
    package let level: Double
    /// Half-width of the range, in units of the target; nil with fewer rows than the level needs.
    package let halfWidth: Double?
    /// Rows of the calibration whose true value lay inside the range.
    package let coverage: Double?
    /// Relative error that counts as close.
    package let tolerance: Double
    /// Upper edges of bands of predicted values, one fewer than `closeShares`.
    package let edges: [Double]
    /// Share of calibration rows in each band that were close.
    package let closeShares: [Double]
    package let rowCount: Int

    /// - Parameters:
    ///   - tolerance: as in the goal's `within(p)`.
    package init(truth: [Double], predictions: [Double], level: Double, tolerance: Double) {
        self.level = level
        self.tolerance = tolerance
        rowCount = truth.count
        let residuals = zip(truth, predictions).map { abs($0 - $1) }.sorted()
        let rank = Int((Double(truth.count + 1) * level).rounded(.up))
        if rank >= 1, rank <= residuals.count {
            let width = residuals[rank - 1]
            halfWidth = width
            coverage = Double(residuals.filter { $0 <= width }.count) / Double(residuals.count)
        } else {
            halfWidth = nil
            coverage = nil
        }
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
        self.edges = edges
        closeShares = shares
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
        return archive
    }

    package init(archive: Archive) throws {
        level = try archive.number("level")
        halfWidth = try archive.numbers("half_width").first
        coverage = try archive.numbers("coverage").first
        tolerance = try archive.number("tolerance")
        edges = try archive.numbers("edges")
        closeShares = try archive.numbers("close_shares")
        rowCount = try archive.integer("rows")
    }
}
