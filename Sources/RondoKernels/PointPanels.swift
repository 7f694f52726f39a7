import CSystemLibraries

/// Points in single precision that tell fast which of them may lie near a query: none that does is ever left out.
///
/// A sum in single precision is wrong by less than `room` times the squared lengths (or the sums of magnitudes) of both points, and
/// that much is taken off before it is held against the distance asked for. What is found is a superset, to be looked at exactly.
///
/// Source of the bounds: Higham 2002, Accuracy and Stability of Numerical Algorithms, section 3.1.
public struct PointPanels: Sendable {
    /// How the distance of two points adds up over the coordinates.
    public enum Measure: Sendable {
        /// Sum of squared differences.
        case squares
        /// Sum of absolute differences.
        case absolutes
    }
    /// Queries that are answered together.
    public static let queriesTogether = 4
    /// Points of a panel.
    public static let panelPoints = 32

    public let panelCount: Int
    private let width: Int
    private let measure: Measure
    private let centre: [Double]
    private let values: [Float]
    private let room: Double

    /// - Parameters:
    ///   - points: `width` finite coordinates for each of `count` points, of magnitude 2 at most.
    public init(_ points: UnsafeBufferPointer<Double>, count: Int, width: Int, measure: Measure) {
        precondition(points.count >= count * width)
        panelCount = (count + Self.panelPoints - 1) / Self.panelPoints
        self.width = width
        self.measure = measure
        room = 3 * Double(width + 8) * 0x1p-24
        var centre = [Double](repeating: 0, count: width)
        for point in 0..<count { for axis in 0..<width { centre[axis] += points[point * width + axis] } }
        for axis in 0..<width { centre[axis] /= Double(max(count, 1)) }
        self.centre = centre
        let stride = (width + 1) * Self.panelPoints
        // The start of a point that only fills up a panel is beyond every limit.
        var values = [Float](repeating: 0, count: panelCount * stride)
        for panel in 0..<panelCount {
            let base = panel * stride
            for lane in 0..<Self.panelPoints {
                let point = panel * Self.panelPoints + lane
                guard point < count else {
                    values[base + width * Self.panelPoints + lane] = .infinity
                    continue
                }
                var length = 0.0
                for axis in 0..<width {
                    let value = points[point * width + axis] - centre[axis]
                    values[base + axis * Self.panelPoints + lane] = Float(value)
                    length += measure == .squares ? value * value : value.magnitude
                }
                let start = measure == .squares ? length * (1 - room) : -length * room
                values[base + width * Self.panelPoints + lane] = Float(start).nextDown
            }
        }
        self.values = values
    }

    /// Up to four queries side by side.
    public struct Queries: Sendable {
        public let count: Int
        fileprivate let values: [Float]
        /// Squared length or sum of magnitudes of each.
        fileprivate let lengths: [Double]
        /// What coordinates too small for single precision may add up to.
        fileprivate let slack: Double
    }

    /// Queries from one on, `width` coordinates each, at most four.
    public func queries(_ all: UnsafeBufferPointer<Double>, first: Int, count: Int) -> Queries {
        var values = [Float](repeating: 0, count: width * Self.queriesTogether)
        var lengths = [Double](repeating: 0, count: Self.queriesTogether)
        var largest = 1.0
        for query in 0..<min(count, Self.queriesTogether) {
            for axis in 0..<width {
                let value = all[(first + query) * width + axis] - centre[axis]
                values[axis * Self.queriesTogether + query] = Float(measure == .squares ? -2 * value : value)
                lengths[query] += measure == .squares ? value * value : value.magnitude
                largest = max(largest, value.magnitude)
            }
        }
        return Queries(count: count, values: values, lengths: lengths, slack: 0x1p-140 * Double(width + 1) * largest)
    }

    /// Finds the points of some panels that may lie within a distance of each query, infinity for all.
    ///
    /// - Parameters:
    ///   - distances: sums of squares or magnitudes, one a query.
    ///   - found: room for 4 x 32 places a panel; those of query i stand from i x 32 x panels on, counted from the first panel. Places
    ///     beyond the last point may be among them.
    ///   - counts: how many were found for each of the four queries.
    public func near(
        _ queries: Queries, panels: Range<Int>, within distances: [Double], found: inout [Int32], counts: inout [Int64]
    ) {
        var limits = [Float](repeating: -.infinity, count: Self.queriesTogether)
        for query in 0..<min(queries.count, distances.count) { limits[query] = limit(queries, query, distances[query]) }
        let stride = (width + 1) * Self.panelPoints
        let each = panels.count * Self.panelPoints
        precondition(found.count >= Self.queriesTogether * each && counts.count >= Self.queriesTogether && panels.upperBound <= panelCount)
        values.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return }
            rondo_near_points(
                base + panels.lowerBound * stride, Int64(panels.count), Int64(width), queries.values, limits, measure == .absolutes ? 1 : 0,
                &found, Int64(each), &counts)
        }
    }

    private func limit(_ queries: Queries, _ query: Int, _ distance: Double) -> Float {
        let length = queries.lengths[query]
        guard distance.isFinite, length < 1e30 else { return .infinity }
        let exact = measure == .squares ? distance - length * (1 - room) : distance + length * room
        return Float(exact + queries.slack).nextUp
    }
}
