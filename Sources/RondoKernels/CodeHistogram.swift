import CSystemLibraries

/// Sums of packed numbers by code: the inner loop of every tree.
///
/// Codes of a row lie side by side, and a register takes eight at once; every feature has 256 cells. All sums are of whole numbers and wrap,
/// so that neither their order nor a subtraction changes a bit.
public enum CodeHistogram {
    /// Cells of one feature.
    public static let cellsPerFeature = 256
    /// Most features of a row: their cells fit the nearest cache.
    public static let widest = 14

    /// What may be read behind the codes of the last row.
    public static let room = 8

    /// Bytes from row to row with which no row lies across the lines of a cache: scattered rows are read faster than without gaps.
    public static func stride(width: Int) -> Int { width <= 8 ? 8 : 16 }

    /// Adds the value of each listed row to the cells of its codes.
    ///
    /// - Parameters:
    ///   - codes: `stride` bytes a row, of which the first `width` are codes, and `room` more.
    ///   - rows: places of rows in `codes` and `values`, increasing.
    ///   - cells: `width * 256` sums.
    public static func add(
        codes: UnsafePointer<UInt8>, stride: Int, width: Int, rows: UnsafeBufferPointer<Int32>, values: UnsafePointer<UInt64>,
        to cells: UnsafeMutablePointer<UInt64>
    ) {
        let codes = CodeColumn(codes, stride: stride)
        switch width {
        case 1: CodeRows<1>.add(codes, rows, values, cells)
        case 2: CodeRows<2>.add(codes, rows, values, cells)
        case 3: CodeRows<3>.add(codes, rows, values, cells)
        case 4: CodeRows<4>.add(codes, rows, values, cells)
        case 5: CodeRows<5>.add(codes, rows, values, cells)
        case 6: CodeRows<6>.add(codes, rows, values, cells)
        case 7: CodeRows<7>.add(codes, rows, values, cells)
        case 8: CodeRows<8>.add(codes, rows, values, cells)
        case 9: CodeRows<9>.add(codes, rows, values, cells)
        case 10: CodeRows<10>.add(codes, rows, values, cells)
        case 11: CodeRows<11>.add(codes, rows, values, cells)
        case 12: CodeRows<12>.add(codes, rows, values, cells)
        case 13: CodeRows<13>.add(codes, rows, values, cells)
        default: CodeRows<14>.add(codes, rows, values, cells)
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

/// Rows of a fixed number of codes.
///
/// The number is part of the type, so that each has a loop of its own without a branch or a shift by a variable: a number that is merely
/// passed on to an inlined function is made a variable again where the calls are merged, and the loop takes twice as long.
private enum CodeRows<let width: Int> {
    /// So many rows before their turn, scattered ones are fetched.
    private static var ahead: Int { 20 }

    static func add(
        _ codes: CodeColumn, _ rows: UnsafeBufferPointer<Int32>, _ values: UnsafePointer<UInt64>,
        _ cells: UnsafeMutablePointer<UInt64>
    ) {
        guard let first = rows.baseAddress, rows.count > 0 else { return }
        let (low, high) = (Int(first[0]), Int(first[rows.count &- 1]))
        if high &- low == rows.count &- 1 {
            stretch(codes, low, high, values, cells)
        } else {
            scattered(codes, first, rows.count, values, cells)
        }
    }

    /// All rows from one to another: the processor fetches them by itself.
    private static func stretch(
        _ codes: CodeColumn, _ first: Int, _ last: Int, _ values: UnsafePointer<UInt64>, _ cells: UnsafeMutablePointer<UInt64>
    ) {
        var row = first
        while row <= last {
            addRow(row, codes, values, cells)
            row &+= 1
        }
    }

    private static func scattered(
        _ codes: CodeColumn, _ rows: UnsafePointer<Int32>, _ count: Int, _ values: UnsafePointer<UInt64>,
        _ cells: UnsafeMutablePointer<UInt64>
    ) {
        var place = 0
        while place &+ ahead < count {
            let next = Int(rows[place &+ ahead])
            rondo_prefetch(codes.start + next &* codes.stride)
            rondo_prefetch(values + next)
            addRow(Int(rows[place]), codes, values, cells)
            place &+= 1
        }
        while place < count {
            addRow(Int(rows[place]), codes, values, cells)
            place &+= 1
        }
    }

    @inline(__always)
    private static func addRow(
        _ row: Int, _ codes: CodeColumn, _ values: UnsafePointer<UInt64>, _ cells: UnsafeMutablePointer<UInt64>
    ) {
        let own = UnsafeRawPointer(codes.start + row &* codes.stride)
        let value = values[row]
        let low = UInt64(littleEndian: own.loadUnaligned(as: UInt64.self))
        let high = width > 8 ? UInt64(littleEndian: own.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) : 0
        var feature = 0
        while feature < width {
            let word = feature < 8 ? low : high
            let code = Int(truncatingIfNeeded: (word &>> UInt64(truncatingIfNeeded: (feature & 7) &<< 3)) & 0xFF)
            let cell = cells + (feature &<< 8 | code)
            cell.pointee = cell.pointee &+ value
            feature &+= 1
        }
    }
}
