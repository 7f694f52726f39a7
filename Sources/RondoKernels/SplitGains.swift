import CSystemLibraries

/// Gains of cuts from sums of packed derivatives by code: the first in the upper, the second in the lower 32 bits.
public enum SplitGains {
    /// Writes the gain of the cut after each code, -1 where a side has less than `least` second derivatives.
    ///
    /// With sums G and H of first and second derivatives it is G_l²/(H_l + extra) + G_r²/(H_r + extra).
    ///
    /// - Parameters:
    ///   - count: codes, at most 256.
    ///   - first: what lies left of the first code.
    public static func write(
        _ cells: UnsafePointer<UInt64>, count: Int, first: UInt64, total: UInt64, least: Double, extra: Double,
        to gains: UnsafeMutablePointer<Double>
    ) {
        rondo_split_gains(cells, Int32(truncatingIfNeeded: count), first, total, least, extra, gains)
    }

    /// The first of the cuts that gain most, and what lies left of it; nil when none gains more than `floor`.
    ///
    /// The other parameters are those of `write`.
    public static func best(
        _ cells: UnsafePointer<UInt64>, count: Int, first: UInt64, total: UInt64, least: Double, extra: Double, above floor: Double
    ) -> (place: Int, gain: Double, left: UInt64)? {
        var (gain, left) = (floor, first)
        let place = rondo_best_cut(cells, Int32(truncatingIfNeeded: count), first, total, least, extra, &gain, &left)
        return place < 0 ? nil : (Int(place), gain, left)
    }
}
