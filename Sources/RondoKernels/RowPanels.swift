import CSystemLibraries

/// Rows in single precision that are held against centres: for most rows that tells for certain which centre is the nearest.
///
/// The sum |c|^2 - 2 x'c orders the centres c of a row x by distance. In single precision it is wrong by less than half of
/// `room (C^2 + 2 |x| C)`, where C is the greatest length of a centre, and a squared distance in double precision by less than `curve`
/// times the squared lengths. A gap between the nearest two centres that is wider than both together is no matter of rounding.
///
/// Source of the bounds: Higham 2002, Accuracy and Stability of Numerical Algorithms, section 3.1.
package struct RowPanels: Sendable {
    /// Rows of a panel.
    package static let panelRows = 32
    private static let chunkPanels = 128
    /// Centres whose sums are taken together at most.
    private static let mostTogether = 6
    /// Lengths whose squares, and the products with such, are far from both ends of single precision.
    private static let safeLengths = 1e-12...1e12

    package let panelCount: Int
    private let width: Int
    /// `width` times 32 coordinates of each panel, then 32 lengths.
    private let values: [Float]
    /// A power of two that all coordinates are multiplied by.
    private let scale: Double
    /// Taken off the coordinates after that.
    private let origin: [Double]

    /// - Parameters:
    ///   - rows: `width` coordinates for each of `rowCount` rows, one row after the other.
    ///   - middle: about the mean of the rows.
    /// - Throws: only when cancelled.
    package init(_ rows: [Double], rowCount: Int, width: Int, middle: [Double], context: ComputeContext) throws {
        precondition(rows.count >= rowCount * width && middle.count == width)
        var scale = 1.0
        var origin = middle.map { $0.isFinite ? $0 : 0 }
        var (values, longest) = try Self.panels(rows, rowCount, scale: scale, origin: origin, context)
        if !Self.safeLengths.contains(longest), case let reach = rows.reduce(0, { max($0, $1.magnitude) }), reach > 0 {
            scale = Double(sign: .plus, exponent: min(max(-Int(reach.exponent), -1000), 1000), significand: 0.5)
            origin = origin.map { $0 * scale }
            (values, _) = try Self.panels(rows, rowCount, scale: scale, origin: origin, context)
        }
        panelCount = (rowCount + Self.panelRows - 1) / Self.panelRows
        (self.width, self.values, self.scale, self.origin) = (width, values, scale, origin)
    }

    /// The panels, and the greatest length.
    private static func panels(
        _ rows: [Double], _ rowCount: Int, scale: Double, origin: [Double], _ context: ComputeContext
    ) throws -> ([Float], Double) {
        let stride = (origin.count + 1) * panelRows
        let panelCount = (rowCount + panelRows - 1) / panelRows
        var longest = 0.0
        let values = try [Float](unsafeUninitializedCapacity: panelCount * stride) { panels, count in
            LargePages.advise(panels)
            // Every call writes to its own panels.
            nonisolated(unsafe) let panels = panels
            let lengths = try Parallel.mapChunks(count: panelCount, chunkSize: chunkPanels, context: context) { _, items in
                rows.withUnsafeBufferPointer { rows in
                    origin.withUnsafeBufferPointer { origin in
                        items.reduce(0.0) { longest, panel in
                            let target = UnsafeMutableBufferPointer(rebasing: panels[panel * stride..<(panel + 1) * stride])
                            return max(longest, fill(target, from: rows, panel * panelRows..<rowCount, scale: scale, origin: origin))
                        }
                    }
                }
            }
            longest = lengths.reduce(0, max)
            count = panelCount * stride
        }
        return (values, longest)
    }

    /// Writes one panel from the first 32 of some rows, and zeros where there are fewer; returns the greatest length.
    private static func fill(
        _ panel: UnsafeMutableBufferPointer<Float>, from rows: UnsafeBufferPointer<Double>, _ range: Range<Int>, scale: Double,
        origin: UnsafeBufferPointer<Double>
    ) -> Double {
        let width = origin.count
        var longest = 0.0
        if range.count < panelRows { panel.initialize(repeating: 0) }
        for (lane, row) in range.prefix(panelRows).enumerated() {
            var squares = 0.0
            for axis in 0..<width {
                let value = rows[row &* width &+ axis] * scale - origin[axis]
                panel[axis &* panelRows &+ lane] = Float(value)
                squares += value * value
            }
            let length = squares.squareRoot()
            panel[width * panelRows + lane] = Float(length).nextUp
            longest = max(longest, length)
        }
        return longest
    }

    /// Centres, and how far a second one must lie behind the nearest.
    package struct Centres: Sendable {
        fileprivate let count: Int
        fileprivate let values: [Float]
        fileprivate let margins: [Float]
    }

    /// Makes ready `count` centres of `width` coordinates in the units of the rows, one after the other.
    package func centres(_ centres: [Double], count: Int) -> Centres {
        precondition(centres.count >= count * width)
        var values: [Float] = []
        var longest = 0.0
        let groups = (count + Self.mostTogether - 1) / Self.mostTogether
        var first = 0
        for left in stride(from: groups, to: 0, by: -1) {
            let group = first..<first + (count - first + left - 1) / left
            var squares = [Double](repeating: 0, count: group.count)
            for axis in 0..<width {
                for centre in group {
                    let value = centres[centre * width + axis] * scale - origin[axis]
                    squares[centre - first] += value * value
                    values.append(Float(-2 * value))
                }
            }
            values += squares.map { Float($0) }
            longest = squares.reduce(longest, max)
            first = group.upperBound
        }
        let room = 4 * Double(width + 8) * 0x1p-24
        let underflow = Double(width + 1) * 0x1p-140
        let margins = [room * longest + underflow, room * 2 * longest.squareRoot(), Double(width + 8) * 0x1p-50]
        return Centres(count: count, values: values, margins: margins.map { Float($0 * (1 + 0x1p-20)) })
    }

    /// Calls `visit`, row after row, for the rows of some panels whose nearest centre is not that of before.
    ///
    /// - Parameters:
    ///   - clusters: the numbers of before of all rows, 32 for each panel.
    ///   - visit: the row, which may be beyond the last one of the last panel, and the number of its nearest centre, nil where only a
    ///     look at the distances themselves can tell.
    package func look(
        at panels: Range<Int>, _ centres: Centres, clusters: UnsafeMutableBufferPointer<Int32>,
        visit: (_ row: Int, _ nearest: Int32?) -> Void
    ) {
        precondition(panels.lowerBound >= 0 && panels.upperBound <= panelCount && clusters.count >= panelCount * Self.panelRows)
        let (stride, start) = ((width + 1) * Self.panelRows, panels.lowerBound * Self.panelRows)
        withUnsafeTemporaryAllocation(of: rondo_row_look.self, capacity: panels.count * Self.panelRows) { found in
            guard let target = found.baseAddress, let before = clusters.baseAddress else { return }
            let count = values.withUnsafeBufferPointer { values -> Int64 in
                guard let base = values.baseAddress else { return 0 }
                return rondo_near_centres(
                    base + panels.lowerBound * stride, Int64(panels.count), Int64(width), centres.values, Int64(centres.count),
                    centres.margins, before + start, target)
            }
            for look in found.prefix(Int(count)) { visit(start + Int(look.row), look.nearest < 0 ? nil : look.nearest) }
        }
    }
}
