/// Finds the bin of each of many values.
public enum BinSearch {
    /// Writes for each value how many cut points lie below it, 255 for NaN.
    ///
    /// - Parameters:
    ///   - cuts: increasing, at most 254.
    ///   - target: the code of value i goes to `target[i * stride]`.
    public static func codes(
        of values: UnsafeBufferPointer<Double>, cuts: [Double], to target: UnsafeMutablePointer<UInt8>, stride: Int
    ) {
        guard !values.isEmpty else { return }
        // Filled up with infinity, a power of two less one has the same number of steps for every value.
        var half = 1
        while half * 2 <= cuts.count { half *= 2 }
        let padded = cuts + [Double](repeating: .infinity, count: 2 * half - cuts.count)
        padded.withUnsafeBufferPointer { padded in
            guard let cuts = padded.baseAddress else { return }
            var place = 0
            // Eight searches side by side wait for memory together.
            while place + 8 <= values.count {
                eight(values, place, cuts, half, target + place &* stride, stride)
                place &+= 8
            }
            while place < values.count {
                let value = values[place]
                var low = 0
                var step = half
                while step > 0 {
                    low &+= cuts[low &+ step &- 1] < value ? step : 0
                    step >>= 1
                }
                target[place &* stride] = value.isNaN ? 255 : UInt8(truncatingIfNeeded: low)
                place &+= 1
            }
        }
    }

    @inline(__always)
    private static func eight(
        _ values: UnsafeBufferPointer<Double>, _ place: Int, _ cuts: UnsafePointer<Double>, _ half: Int,
        _ target: UnsafeMutablePointer<UInt8>, _ stride: Int
    ) {
        let (v0, v1, v2, v3) = (values[place], values[place &+ 1], values[place &+ 2], values[place &+ 3])
        let (v4, v5, v6, v7) = (values[place &+ 4], values[place &+ 5], values[place &+ 6], values[place &+ 7])
        var (a, b, c, d, e, f, g, h) = (0, 0, 0, 0, 0, 0, 0, 0)
        var step = half
        while step > 0 {
            let at = cuts + (step &- 1)
            a &+= at[a] < v0 ? step : 0
            b &+= at[b] < v1 ? step : 0
            c &+= at[c] < v2 ? step : 0
            d &+= at[d] < v3 ? step : 0
            e &+= at[e] < v4 ? step : 0
            f &+= at[f] < v5 ? step : 0
            g &+= at[g] < v6 ? step : 0
            h &+= at[h] < v7 ? step : 0
            step >>= 1
        }
        target[0] = v0.isNaN ? 255 : UInt8(truncatingIfNeeded: a)
        target[stride] = v1.isNaN ? 255 : UInt8(truncatingIfNeeded: b)
        target[2 &* stride] = v2.isNaN ? 255 : UInt8(truncatingIfNeeded: c)
        target[3 &* stride] = v3.isNaN ? 255 : UInt8(truncatingIfNeeded: d)
        target[4 &* stride] = v4.isNaN ? 255 : UInt8(truncatingIfNeeded: e)
        target[5 &* stride] = v5.isNaN ? 255 : UInt8(truncatingIfNeeded: f)
        target[6 &* stride] = v6.isNaN ? 255 : UInt8(truncatingIfNeeded: g)
        target[7 &* stride] = v7.isNaN ? 255 : UInt8(truncatingIfNeeded: h)
    }
}
