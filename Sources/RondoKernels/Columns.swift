/// Inner loops over columns of doubles; every result is summed in four fixed lanes.
@usableFromInline
enum Columns {
    @inlinable @inline(__always)
    static func lanes(_ pointer: UnsafePointer<Double>, _ index: Int) -> SIMD4<Double> {
        UnsafeRawPointer(pointer + index).loadUnaligned(as: SIMD4<Double>.self)
    }

    @inlinable @inline(__always)
    static func store(_ value: SIMD4<Double>, _ pointer: UnsafeMutablePointer<Double>, _ index: Int) {
        UnsafeMutableRawPointer(pointer + index).storeBytes(of: value, as: SIMD4<Double>.self)
    }

    @inlinable @inline(__always)
    static func total(_ lanes: SIMD4<Double>) -> Double { (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]) }

    /// Sum of a[i] b[i] for i in 0..<count.
    @inlinable
    static func dot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double {
        var first = SIMD4<Double>.zero
        var second = SIMD4<Double>.zero
        var index = 0
        while index + 8 <= count {
            first += lanes(a, index) * lanes(b, index)
            second += lanes(a, index + 4) * lanes(b, index + 4)
            index += 8
        }
        var rest = 0.0
        while index < count {
            rest += a[index] * b[index]
            index += 1
        }
        return total(first + second) + rest
    }

    /// Four sums of products of `a` with columns that lie `stride` apart.
    @inlinable
    static func dot4(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ stride: Int, _ count: Int) -> SIMD4<Double> {
        let b1 = b + stride
        let b2 = b1 + stride
        let b3 = b2 + stride
        var s0 = SIMD4<Double>.zero
        var s1 = SIMD4<Double>.zero
        var s2 = SIMD4<Double>.zero
        var s3 = SIMD4<Double>.zero
        var index = 0
        while index + 4 <= count {
            let value = lanes(a, index)
            s0 += value * lanes(b, index)
            s1 += value * lanes(b1, index)
            s2 += value * lanes(b2, index)
            s3 += value * lanes(b3, index)
            index += 4
        }
        var result = SIMD4(total(s0), total(s1), total(s2), total(s3))
        while index < count {
            result += a[index] * SIMD4(b[index], b1[index], b2[index], b3[index])
            index += 1
        }
        return result
    }

    /// y[i] += factor x[i] for i in 0..<count.
    @inlinable
    static func add(_ factor: Double, _ x: UnsafePointer<Double>, to y: UnsafeMutablePointer<Double>, _ count: Int) {
        var index = 0
        while index + 4 <= count {
            store(lanes(y, index) + factor * lanes(x, index), y, index)
            index += 4
        }
        while index < count {
            y[index] += factor * x[index]
            index += 1
        }
    }

    /// Adds multiples of `x` to four columns that lie `stride` apart.
    @inlinable
    static func add4(_ factors: SIMD4<Double>, _ x: UnsafePointer<Double>, to y: UnsafeMutablePointer<Double>, _ stride: Int, _ count: Int)
    {
        let y1 = y + stride
        let y2 = y1 + stride
        let y3 = y2 + stride
        let (f0, f1, f2, f3) = (factors[0], factors[1], factors[2], factors[3])
        var index = 0
        while index + 4 <= count {
            let value = lanes(x, index)
            store(lanes(y, index) + f0 * value, y, index)
            store(lanes(y1, index) + f1 * value, y1, index)
            store(lanes(y2, index) + f2 * value, y2, index)
            store(lanes(y3, index) + f3 * value, y3, index)
            index += 4
        }
        while index < count {
            let value = x[index]
            y[index] += f0 * value
            y1[index] += f1 * value
            y2[index] += f2 * value
            y3[index] += f3 * value
            index += 1
        }
    }
}
