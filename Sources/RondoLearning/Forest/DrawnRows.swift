/// How often each row was drawn, in a byte a row: hardly any is drawn very often.
struct DrawnRows: Sendable {
    private var counts: [UInt8]
    /// Those that do not fit a byte, by row.
    private var many: [Int: UInt32] = [:]

    private static let isMany: UInt8 = 255

    /// Rows that were not drawn yet.
    init(rowCount: Int) { counts = [UInt8](repeating: 0, count: rowCount) }

    init(_ list: some Sequence<UInt32>) {
        counts = []
        for (row, count) in list.enumerated() {
            if count >= UInt32(Self.isMany) { many[row] = count }
            counts.append(UInt8(clamping: count))
        }
    }

    var rowCount: Int { counts.count }

    /// How many different rows were drawn.
    var differentCount: Int { counts.reduce(0) { $1 > 0 ? $0 + 1 : $0 } }

    /// All counts together.
    var total: Int { counts.indices.reduce(0) { $0 + Int(self[$1]) } }

    @inline(__always)
    subscript(row: Int) -> UInt32 {
        let count = counts[row]
        return count < Self.isMany ? UInt32(count) : many[row] ?? UInt32(count)
    }

    @inline(__always)
    mutating func draw(_ row: Int) {
        if counts[row] < Self.isMany - 1 {
            counts[row] += 1
        } else {
            many[row] = self[row] + 1
            counts[row] = Self.isMany
        }
    }
}
