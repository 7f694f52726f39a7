package import RondoKernels
package import RondoLearning

/// How the probabilities of a model become its answer: calibrated first, then held against a threshold.
package struct Decision: Sendable, Hashable {
    package var calibration: ProbabilityCalibration?
    /// Least probability of the positive class that is answered with it; nil answers the more probable class.
    package var threshold: Double?
    /// Where both come from, in words: `threshold 0.31 (best f1), calibrated by platt, both on validation`.
    package var words: String

    package init(calibration: ProbabilityCalibration? = nil, threshold: Double? = nil, words: String) {
        self.calibration = calibration
        self.threshold = threshold
        self.words = words
    }

    package func applied(to predictions: Predictions) -> Predictions {
        guard let calibration, case .probabilities(let columns, let names) = predictions else { return predictions }
        return .probabilities(calibration.applied(to: columns), names: names)
    }

    package func archive() -> Archive {
        var archive = Archive()
        archive.set("words", words)
        archive["threshold"] = .numbers(threshold.map { [$0] } ?? [])
        archive["calibration"] = .archives(calibration.map { [$0.archive()] } ?? [])
        return archive
    }

    /// - Throws: R0590 for damaged data.
    package init(archive: Archive) throws {
        words = try archive.word("words")
        threshold = try archive.numbers("threshold").first
        calibration = try archive.archives("calibration").first.map { try ProbabilityCalibration(archive: $0) }
    }
}
