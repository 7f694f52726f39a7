package import RondoKernels

extension Column {
    private static let rowsAtOnce = 1 << 14

    /// For each code from 0 a column of numbers: 1 in the rows that have the code, 0 in all others.
    /// - Parameters:
    ///   - codes: a code a row; rows with a code outside of 0..<count are 0 in all columns.
    /// - Throws: only when cancelled.
    package static func indicators(_ codes: [Int32], count: Int, context: ComputeContext) throws -> [Column] {
        let arrays = (0..<count).map { _ in SharedArray<Double>(count: codes.count) }
        try codes.withUnsafeBufferPointer { codes in
            let codes = codes
            try Parallel.chunks(count: codes.count, chunkSize: rowsAtOnce, context: context) { _, rows in
                guard let own = codes.baseAddress else { return }
                for (code, array) in arrays.enumerated() {
                    guard let target = array.base else { continue }
                    let wanted = Int32(truncatingIfNeeded: code)
                    for row in rows { target[row] = own[row] == wanted ? 1 : 0 }
                }
            }
        }
        return arrays.map { Column(.number($0.taken([(start: 0, count: codes.count)]))) }
    }
}
