import CSystemLibraries

/// Sums of packed numbers by code: the inner loop of every tree.
///
/// Codes of a row lie side by side in eight or sixteen bytes, of which a register takes eight at once; every feature has 256 cells. All
/// sums are of whole numbers and wrap, so that neither their order nor a subtraction changes a bit.
public enum CodeHistogram {
    /// Cells of one feature.
    public static let cellsPerFeature = 256
    /// Most features of a row: their cells fit the nearest cache.
    public static let widest = 14

    /// Bytes from row to row for so many features.
    public static func stride(width: Int) -> Int { width <= 8 ? 8 : 16 }

    /// Adds the value of each listed row to the cells of its codes.
    ///
    /// - Parameters:
    ///   - codes: `stride(width:)` bytes a row, of which the first `width` are codes.
    ///   - rows: places of rows in `codes` and `values`, increasing.
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
        default: fixed(14, codes, rows, values, cells)
        }
    }

    @inline(__always)
    private static func fixed(
        _ width: Int, _ codes: UnsafePointer<UInt8>, _ rows: UnsafeBufferPointer<Int32>, _ values: UnsafePointer<UInt64>,
        _ cells: UnsafeMutablePointer<UInt64>
    ) {
        guard let first = rows.baseAddress, rows.count > 0 else { return }
        let stride = width <= 8 ? 8 : 16
        let count = rows.count
        var place = 0
        if Int(first[count &- 1]) &- Int(first[0]) == count &- 1 {
            // All rows of a stretch: the processor fetches them by itself.
            var row = Int(first[0])
            let end = row &+ count
            while row < end {
                addRow(width, UnsafeRawPointer(codes + row &* stride), values[row], cells)
                row &+= 1
            }
            return
        }
        let ahead = 12
        let safe = max(0, count - ahead)
        while place < safe {
            let next = Int(first[place &+ ahead])
            rondo_prefetch(codes + next &* stride)
            rondo_prefetch(values + next)
            let row = Int(first[place])
            addRow(width, UnsafeRawPointer(codes + row &* stride), values[row], cells)
            place &+= 1
        }
        while place < count {
            let row = Int(first[place])
            addRow(width, UnsafeRawPointer(codes + row &* stride), values[row], cells)
            place &+= 1
        }
    }

    @inline(__always)
    private static func addRow(_ width: Int, _ codes: UnsafeRawPointer, _ value: UInt64, _ cells: UnsafeMutablePointer<UInt64>) {
        let low = UInt64(littleEndian: codes.loadUnaligned(as: UInt64.self))
        let high = width > 8 ? UInt64(littleEndian: codes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) : 0
        var feature = 0
        while feature < width {
            let word = feature < 8 ? low : high
            let code = Int(truncatingIfNeeded: (word &>> UInt64(truncatingIfNeeded: (feature & 7) &<< 3)) & 0xFF)
            let cell = cells + (feature &<< 8 | code)
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
