import CSystemLibraries

/// Finds the bin of each of many values.
public enum BinSearch {
    /// Fewer values than this are looked up one by one.
    private static let fewest = 8

    /// Writes for each value how many cut points lie below it, 255 for NaN.
    ///
    /// - Parameters:
    ///   - cuts: increasing, at most 254.
    ///   - target: the code of value i goes to `target[i * stride]`.
    public static func codes(
        of values: UnsafeBufferPointer<Double>, cuts: [Double], to target: UnsafeMutablePointer<UInt8>, stride: Int
    ) {
        guard values.count >= fewest else {
            for (place, value) in values.enumerated() { target[place &* stride] = code(of: value, cuts: cuts) }
            return
        }
        // Filled up with infinity, a power of two less one has the same number of steps for every value.
        var half = 1
        while half * 2 <= cuts.count { half *= 2 }
        let padded = cuts + [Double](repeating: .infinity, count: 2 * half - cuts.count)
        padded.withUnsafeBufferPointer { padded in
            rondo_bin_codes(
                values.baseAddress, Int64(values.count), padded.baseAddress, Int32(truncatingIfNeeded: half), target, Int64(stride))
        }
    }

    private static func code(of value: Double, cuts: [Double]) -> UInt8 {
        guard !value.isNaN else { return 255 }
        var (low, count) = (0, cuts.count)
        while count > 0 {
            let half = count >> 1
            let isRight = cuts[low &+ half] < value
            low &+= isRight ? half &+ 1 : 0
            count = isRight ? count &- half &- 1 : half
        }
        return UInt8(truncatingIfNeeded: low)
    }
}
