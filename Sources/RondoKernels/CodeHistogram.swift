import CSystemLibraries

/// Sums of packed numbers by code: the inner loop of every tree.
///
/// Rows of codes lie side by side, `width` bytes each; every feature has 256 cells. All sums are of whole numbers and wrap, so that
/// neither their order nor a subtraction changes a bit.
public enum CodeHistogram {
    /// Cells of one feature.
    public static let cellsPerFeature = 256
    /// Widest row for which the loop over its features is unrolled.
    public static let widest = 14

    /// Adds the value of each listed row to the cells of its codes.
    ///
    /// - Parameters:
    ///   - codes: `width` codes a row.
    ///   - rows: places of rows in `codes` and `values`.
    ///   - cells: `width * 256` sums.
    public static func add(
        codes: UnsafePointer<UInt8>, width: Int, rows: UnsafeBufferPointer<Int32>, values: UnsafePointer<UInt64>,
        to cells: UnsafeMutablePointer<UInt64>
    ) {
        switch width {
        case 1: fixed(1, codes, rows, values, cells)
        case 2: fixed(2, codes, rows, values, cells)
        case 3: fixed(3, codes, rows, values, cells)
        case 4: fixed(4, codes, rows, values, cells)
        case 5: fixed(5, codes, rows, values, cells)
        case 6: fixed(6, codes, rows, values, cells)
        case 7: fixed(7, codes, rows, values, cells)
        case 8: fixed(8, codes, rows, values, cells)
        case 9: fixed(9, codes, rows, values, cells)
        case 10: fixed(10, codes, rows, values, cells)
        case 11: fixed(11, codes, rows, values, cells)
        case 12: fixed(12, codes, rows, values, cells)
        case 13: fixed(13, codes, rows, values, cells)
        case 14: fixed(14, codes, rows, values, cells)
        default: fixed(width, codes, rows, values, cells)
        }
    }

    @inline(__always)
    private static func fixed(
        _ width: Int, _ codes: UnsafePointer<UInt8>, _ rows: UnsafeBufferPointer<Int32>, _ values: UnsafePointer<UInt64>,
        _ cells: UnsafeMutablePointer<UInt64>
    ) {
        guard let first = rows.baseAddress else { return }
        let count = rows.count
        let ahead = 12
        var place = 0
        let safe = max(0, count - ahead)
        while place < safe {
            let next = Int(first[place &+ ahead])
            rondo_prefetch(codes + next &* width)
            rondo_prefetch(values + next)
            addRow(width, codes, Int(first[place]), values, cells)
            place &+= 1
        }
        while place < count {
            addRow(width, codes, Int(first[place]), values, cells)
            place &+= 1
        }
    }

    @inline(__always)
    private static func addRow(
        _ width: Int, _ codes: UnsafePointer<UInt8>, _ row: Int, _ values: UnsafePointer<UInt64>, _ cells: UnsafeMutablePointer<UInt64>
    ) {
        let value = values[row]
        let own = codes + row &* width
        var feature = 0
        while feature < width {
            let cell = cells + (feature &<< 8 | Int(own[feature]))
            cell.pointee = cell.pointee &+ value
            feature &+= 1
        }
    }

    /// Takes the cells of one part away from those of the whole.
    public static func subtract(_ part: UnsafePointer<UInt64>, from whole: UnsafeMutablePointer<UInt64>, count: Int) {
        var index = 0
        while index < count {
            whole[index] = whole[index] &- part[index]
            index &+= 1
        }
    }
}
