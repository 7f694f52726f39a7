/// What one coordinate adds to the distance of two points; the parts are summed in the order of the coordinates.
protocol CoordinateDistance: Sendable {
    /// Grows with the magnitude of the difference; 0 for none.
    static func part(_ difference: Double) -> Double
}

/// min(1, |difference|)², 1 for a missing difference.
enum CappedSquare: CoordinateDistance {
    @inline(__always)
    static func part(_ difference: Double) -> Double {
        let size = difference.magnitude
        // NaN is not below 1 either.
        let part = size < 1 ? size : 1
        return part * part
    }
}

/// Squared difference: the squared Euclidean distance.
enum SquaredDifference: CoordinateDistance {
    @inline(__always)
    static func part(_ difference: Double) -> Double { difference * difference }
}

/// Absolute difference: the Manhattan distance.
enum AbsoluteDifference: CoordinateDistance {
    @inline(__always)
    static func part(_ difference: Double) -> Double { difference.magnitude }
}

extension CoordinateDistance {
    /// The distance of a query from the point that starts at a place.
    @inline(__always)
    static func between(_ query: UnsafeBufferPointer<Double>, _ points: UnsafeBufferPointer<Double>, _ start: Int) -> Double {
        var sum = 0.0
        for axis in 0..<query.count { sum += part(query[axis] - points[start + axis]) }
        return sum
    }

    /// The distance of the nearest place of a box: never more than that of a point in it, in the same order of sums.
    @inline(__always)
    static func bound(_ query: UnsafeBufferPointer<Double>, _ boxes: UnsafeBufferPointer<Double>, _ start: Int) -> Double {
        var sum = 0.0
        for axis in 0..<query.count {
            let value = query[axis]
            let below = boxes[start + 2 * axis] - value
            let above = value - boxes[start + 2 * axis + 1]
            var least = below > above ? below : above
            least = least < 0 ? 0 : least
            // A box without a known value, or a query without one, is as far as can be.
            sum += part(least)
        }
        return sum
    }
}
