/// Count, mean and central moments of the values that are not NaN.
///
/// Two passes: the mean in twice the working precision, then deviations from it, so that noise on a large constant keeps its digits.
public struct Moments: Hashable, Sendable {
    /// How many values were not NaN.
    public let count: Int
    /// How many values were NaN.
    public let missing: Int
    /// The arithmetic mean; NaN without values.
    public let mean: Double
    /// The sum of second powers of deviations from the mean; 0 without values.
    public let sum2: Double
    /// The sum of third powers of deviations from the mean.
    public let sum3: Double
    /// The sum of fourth powers of deviations from the mean.
    public let sum4: Double
    /// The least value; NaN without values.
    public let minimum: Double
    /// The greatest value; NaN without values.
    public let maximum: Double

    /// Variance with divisor n - 1; NaN for fewer than two values.
    public var variance: Double { count > 1 ? sum2 / Double(count - 1) : .nan }
    /// Variance with divisor n; NaN without values.
    public var populationVariance: Double { count > 0 ? sum2 / Double(count) : .nan }
    /// Standard deviation with divisor n - 1; NaN for fewer than two values.
    public var standardDeviation: Double { variance.squareRoot() }

    /// g1, the third standardised moment; NaN when constant or empty.
    public var populationSkewness: Double {
        let n = Double(count)
        return sum2 > 0 ? (sum3 / n) / ((sum2 / n) * (sum2 / n).squareRoot()) : .nan
    }

    /// g2, the fourth standardised moment minus 3; NaN when constant or empty.
    public var populationKurtosis: Double {
        let n = Double(count)
        return sum2 > 0 ? (sum4 / n) / ((sum2 / n) * (sum2 / n)) - 3 : .nan
    }

    /// G1, skewness corrected for small samples (Joanes and Gill 1998); NaN for fewer than three values or when constant.
    public var skewness: Double {
        guard count > 2 else { return .nan }
        let n = Double(count)
        return populationSkewness * (n * (n - 1)).squareRoot() / (n - 2)
    }

    /// G2, excess kurtosis corrected for small samples (Joanes and Gill 1998); NaN for fewer than four values or when constant.
    public var kurtosis: Double {
        guard count > 3 else { return .nan }
        let n = Double(count)
        return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * populationKurtosis + 6)
    }

    /// The moments of an array.
    public init(_ values: [Double]) { self = values.withUnsafeBufferPointer { Moments($0) } }

    /// The moments of a buffer.
    public init(_ values: UnsafeBufferPointer<Double>) {
        var minimum = Double.infinity
        var maximum = -Double.infinity
        for value in values {
            minimum = value < minimum ? value : minimum
            maximum = value > maximum ? value : maximum
        }
        let (total, absent) = values.baseAddress.map { Columns.extendedSum($0, values.count, skipping: true) } ?? (DoubleDouble(0), 0)
        let count = values.count - absent
        self.count = count
        missing = values.count - count
        self.minimum = count == 0 ? .nan : minimum
        self.maximum = count == 0 ? .nan : maximum
        guard count > 0 else {
            (mean, sum2, sum3, sum4) = (.nan, 0, 0, 0)
            return
        }
        let center = total / DoubleDouble(Double(count))
        mean = center.value
        guard minimum < maximum, minimum > -.infinity, maximum < .infinity else {
            let spread: Double = minimum.isFinite && maximum.isFinite ? 0 : .nan
            (sum2, sum3, sum4) = (spread, spread, spread)
            return
        }
        (sum2, sum3, sum4) = Moments.centralSums(values, around: center)
    }

    private static func centralSums(_ values: UnsafeBufferPointer<Double>, around center: DoubleDouble) -> (Double, Double, Double) {
        guard let base = values.baseAddress else { return (0, 0, 0) }
        var (second, third, fourth) = (DoubleDouble(0), DoubleDouble(0), DoubleDouble(0))
        for start in stride(from: 0, to: values.count, by: 128) {
            let end = min(start + 128, values.count)
            var (square4, cube4, fourth4) = (SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero)
            var index = start
            while index < end {
                var value = SIMD4<Double>(repeating: .nan)
                if index + 4 <= end {
                    value = Columns.lanes(base, index)
                } else {
                    for lane in 0..<(end - index) { value[lane] = base[index + lane] }
                }
                var deviation = (value - center.high) - center.low
                deviation.replace(with: 0, where: deviation .!= deviation)
                let square = deviation * deviation
                square4 += square
                cube4 += square * deviation
                fourth4 += square * square
                index += 4
            }
            second += Columns.total(square4)
            third += Columns.total(cube4)
            fourth += Columns.total(fourth4)
        }
        return (second.value, third.value, fourth.value)
    }

    /// Pearson's correlation of two arrays over the positions where neither is NaN; NaN for fewer than two such or when one is constant.
    public static func correlation(_ x: [Double], _ y: [Double]) -> Double {
        let count = min(x.count, y.count)
        var (sumX, sumY, used) = (DoubleDouble(0), DoubleDouble(0), 0)
        for index in 0..<count where !x[index].isNaN && !y[index].isNaN {
            sumX += x[index]
            sumY += y[index]
            used += 1
        }
        guard used > 1 else { return .nan }
        let meanX = sumX / DoubleDouble(Double(used))
        let meanY = sumY / DoubleDouble(Double(used))
        var (xx, yy, xy) = (DoubleDouble(0), DoubleDouble(0), DoubleDouble(0))
        for index in 0..<count where !x[index].isNaN && !y[index].isNaN {
            let dx = DoubleDouble.sum(x[index], -meanX.high) + (-meanX.low)
            let dy = DoubleDouble.sum(y[index], -meanY.high) + (-meanY.low)
            xx += dx * dx
            yy += dy * dy
            xy += dx * dy
        }
        guard xx.value > 0, yy.value > 0 else { return .nan }
        let product = (xx * yy).value
        let scale = product.isNormal ? product.squareRoot() : xx.value.squareRoot() * yy.value.squareRoot()
        return min(max(xy.value / scale, -1), 1)
    }
}

extension Moments {
    /// The moments of sparse numbers; the zeros count, at the cost of one.
    public init(_ sparse: SparseNumbers) {
        let zeros = Double(sparse.count - sparse.values.count)
        count = sparse.count
        missing = 0
        var (minimum, maximum) = zeros > 0 ? (0.0, 0.0) : (Double.infinity, -Double.infinity)
        var total = DoubleDouble(0)
        for value in sparse.values {
            minimum = min(minimum, value)
            maximum = max(maximum, value)
            total += value
        }
        self.minimum = count == 0 ? .nan : minimum
        self.maximum = count == 0 ? .nan : maximum
        guard count > 0 else {
            (mean, sum2, sum3, sum4) = (.nan, 0, 0, 0)
            return
        }
        let center = total / DoubleDouble(Double(count))
        mean = center.value
        guard minimum < maximum else {
            (sum2, sum3, sum4) = (0, 0, 0)
            return
        }
        var (second, third, fourth) = (DoubleDouble(0), DoubleDouble(0), DoubleDouble(0))
        func add(_ value: Double, _ times: Double) {
            let deviation = (value - center.high) - center.low
            let square = deviation * deviation
            second += times * square
            third += times * (square * deviation)
            fourth += times * (square * square)
        }
        if zeros > 0 { add(0, zeros) }
        for value in sparse.values { add(value, 1) }
        (sum2, sum3, sum4) = (second.value, third.value, fourth.value)
    }
}
