import CSystemLibraries

/// First and second derivatives of rows as whole numbers in one word: the first in the upper, the second in the lower 32 bits.
///
/// Sums of such words are exact in any order as long as neither half overflows.
public enum PackedDerivatives {
    /// What one unit of a derivative is in the words: powers of two, or 0 for derivatives that are all 0.
    public struct Scales: Hashable, Sendable {
        public var gradient: Double
        public var hessian: Double

        public init(gradient: Double = 0, hessian: Double = 0) {
            self.gradient = gradient
            self.hessian = hessian
        }

        /// The greatest scales with which no sum of words overflows.
        public init(_ sums: Sums) {
            gradient = Scales.scale(sums.gradient, bits: 30)
            hessian = Scales.scale(sums.hessian, bits: 31)
        }

        /// The power of two that brings a sum below 2^bits; 0 for 0.
        private static func scale(_ sum: Double, bits: Int) -> Double {
            guard sum > 0, sum.isFinite else { return 0 }
            let exponent = min(max(bits - 1 - Int(sum.exponent), -1000), 1000)
            return Double(sign: .plus, exponent: exponent, significand: 1)
        }
    }

    /// Sums over rows.
    public struct Sums: Hashable, Sendable {
        /// Of the first derivatives without their signs.
        public var gradient = 0.0
        public var hessian = 0.0
        /// The greatest second derivative of a row.
        public var most = 0.0
        /// Of the words; wraps.
        public var packed: UInt64 = 0

        public init() {}

        /// Those of two parts of the rows.
        public static func + (first: Sums, second: Sums) -> Sums {
            var sums = first
            sums.gradient += second.gradient
            sums.hessian += second.hessian
            sums.most = max(sums.most, second.most)
            sums.packed &+= second.packed
            return sums
        }
    }

    /// Writes the words of some rows and returns their sums, the same on every processor.
    public static func write(
        _ gradients: UnsafePointer<Double>, _ hessians: UnsafePointer<Double>, count: Int, scales: Scales,
        to packed: UnsafeMutablePointer<UInt64>
    ) -> Sums {
        var own = rondo_derivative_sums()
        rondo_pack_derivatives(gradients, hessians, Int64(count), scales.gradient, scales.hessian, packed, &own)
        var sums = Sums()
        (sums.gradient, sums.hessian, sums.most, sums.packed) = (own.gradient, own.hessian, own.most, own.packed)
        return sums
    }

    /// The same for rows with weights, of which 0 leaves a row out.
    ///
    /// - Parameter areCopies: whether each weight is a whole number that stands for so many copies of the row, rounded one by one.
    public static func write(
        _ gradients: UnsafePointer<Double>, _ hessians: UnsafePointer<Double>, weights: UnsafeBufferPointer<Double>, areCopies: Bool,
        scales: Scales, to packed: UnsafeMutablePointer<UInt64>
    ) -> Sums {
        var sums = Sums()
        for (row, weight) in weights.enumerated() {
            guard weight > 0 else {
                packed[row] = 0
                continue
            }
            let (unit, rest) = areCopies ? (weight, 1) : (1, weight)
            let upper = (gradients[row] * rest * scales.gradient + rounder).bitPattern &* UInt64(unit)
            let lower = ((hessians[row] * rest * scales.hessian + rounder).bitPattern & 0xFFFF_FFFF) &* UInt64(unit)
            packed[row] = upper << 32 &+ lower
            sums.packed &+= packed[row]
            sums.gradient += gradients[row].magnitude * weight
            sums.hessian += hessians[row] * weight
            sums.most = max(sums.most, hessians[row])
        }
        return sums
    }

    /// Adding 1.5 * 2^52 rounds; the lower bits then hold the whole number.
    private static let rounder = 0x1.8p+52

    /// The sums of derivatives that a sum of words stands for.
    @inlinable
    public static func sums(_ packed: UInt64) -> (gradient: Double, hessian: Double) {
        (Double(Int64(bitPattern: packed) >> 32), Double(packed & 0xFFFF_FFFF))
    }
}
