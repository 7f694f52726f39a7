import RondoKernels

/// Whether a range holds as many true values as it promises, beyond what chance would take away.
package enum CoverageTest {
    /// Fewest rows that say anything.
    package static let leastRows = 20

    /// - Parameters:
    ///   - inside: rows whose true value lay inside.
    ///   - tests: how many groups of rows are asked about at once (Bonferroni).
    /// - Returns: whether so few would be inside by chance less often than once in twenty such looks.
    package static func isTooNarrow(inside: Int, rows: Int, level: Double, tests: Int = 1) -> Bool {
        guard rows >= leastRows, level > 0, level < 1 else { return false }
        let expected = Double(rows) * level
        // One-sided, with a continuity correction.
        let distance = expected - Double(inside) - 0.5
        guard distance > 0 else { return false }
        let probability = NormalDistribution.twoSided(distance / (expected * (1 - level)).squareRoot()) / 2
        return probability < 0.05 / Double(max(1, tests))
    }
}
