/// What the cells of a growing column hold.
package enum CellKind: UInt8, Sendable {
    /// Nothing but missing cells so far.
    case unknown
    case integer, number, truth, text

    /// One value of this kind in words.
    package var words: String {
        switch self {
        case .unknown: "no value"
        case .integer, .number: "a number"
        case .truth: "true or false"
        case .text: "a text"
        }
    }
}

/// A column that grows by one cell at a time and takes the type its cells have: whole numbers may become numbers, any other mixture
/// stops the column, and it is read again as text.
package final class CellColumn: @unchecked Sendable {
    // Written by the one task that reads, handed over when that has ended; no access overlaps another, so none is watched at run time.
    package let name: String
    /// Whether every cell is taken as it is written.
    let isForcedText: Bool
    @exclusivity(unchecked) package private(set) var kind: CellKind
    /// Cells so far; missing ones up to the row that is read are filled in when the next value comes.
    @exclusivity(unchecked) private(set) var count = 0
    /// The first rows of two kinds that do not go together, once that happened.
    @exclusivity(unchecked) package private(set) var mixture: (row: Int, kind: CellKind, earlier: CellKind)?
    /// How many cells were given twice in one record.
    @exclusivity(unchecked) private(set) var repeated = 0
    @exclusivity(unchecked) private(set) var firstRepeated: Int?
    /// How many cells hold a list or record as JSON text.
    @exclusivity(unchecked) var listCount = 0
    @exclusivity(unchecked) private(set) var integers: [Int64] = []
    @exclusivity(unchecked) private(set) var numbers: [Double] = []
    @exclusivity(unchecked) private(set) var truths: [UInt8] = []
    @exclusivity(unchecked) private(set) var codes: [Int32] = []
    @exclusivity(unchecked) private(set) var gaps: [Bool] = []
    @exclusivity(unchecked) private(set) var dictionary = ByteDictionary()
    @exclusivity(unchecked) private var widest: UInt64 = 0

    package init(name: String, isForcedText: Bool = false) {
        self.name = name
        self.isForcedText = isForcedText
        kind = isForcedText ? .text : .unknown
    }

    deinit { dictionary.deallocate() }

    /// Whether cells are still taken.
    package var isOpen: Bool { mixture == nil }

    /// A whole number.
    @inline(__always)
    package func put(_ value: Int64, row: Int) {
        guard prepare(.integer, row) else { return }
        if kind == .number {
            guard value.magnitude <= 1 << 53 else { return stop(.integer, row) }
            numbers.append(Double(value))
        } else {
            widest = max(widest, value.magnitude)
            integers.append(value)
            gaps.append(false)
        }
        count += 1
    }

    /// A number that is finite.
    @inline(__always)
    package func put(_ value: Double, row: Int) {
        guard prepare(.number, row) else { return }
        numbers.append(value)
        count += 1
    }

    /// True or false.
    package func put(_ value: Bool, row: Int) {
        guard prepare(.truth, row) else { return }
        truths.append(value ? 1 : 0)
        count += 1
    }

    /// A text; `copying` when the bytes do not outlive the reading.
    @inline(__always)
    package func put(_ bytes: UnsafePointer<UInt8>, _ length: Int, copying: Bool, row: Int) {
        guard prepare(.text, row) else { return }
        codes.append(copying ? dictionary.code(copying: bytes, length) : dictionary.code(bytes, length))
        count += 1
    }

    /// A missing cell; it also makes the column known.
    package func putMissing(row: Int) {
        if count > row { removeLast(row) }
        fill(to: row + 1)
    }

    /// A value that no type of the column holds: it is read again as text.
    package func stop(_ other: CellKind, _ row: Int) {
        if mixture == nil { mixture = (row, other, kind) }
    }

    /// Fills with missing cells.
    package func fill(to rows: Int) {
        guard count < rows, isOpen else { return }
        let more = rows - count
        switch kind {
        case .unknown: break
        case .integer:
            integers.append(contentsOf: repeatElement(0, count: more))
            gaps.append(contentsOf: repeatElement(true, count: more))
        case .number: numbers.append(contentsOf: repeatElement(.nan, count: more))
        case .truth: truths.append(contentsOf: repeatElement(Column.missingTruth, count: more))
        case .text: codes.append(contentsOf: repeatElement(-1, count: more))
        }
        count = rows
    }

    /// Makes ready for a value of a kind in a row; false when the column takes no more.
    @inline(__always)
    private func prepare(_ wanted: CellKind, _ row: Int) -> Bool {
        guard isOpen else { return false }
        if count != row { align(row) }
        if kind == wanted { return true }
        return change(wanted, row)
    }

    @inline(never)
    private func align(_ row: Int) {
        if count > row { removeLast(row) }
        fill(to: row)
    }

    @inline(never)
    private func change(_ wanted: CellKind, _ row: Int) -> Bool {
        switch (kind, wanted) {
        case (.unknown, _):
            kind = wanted
            let rows = count
            count = 0
            fill(to: rows)
        case (.number, .integer): break
        case (.integer, .number):
            guard widest <= 1 << 53 else {
                stop(wanted, row)
                return false
            }
            numbers = integers.indices.map { gaps[$0] ? .nan : Double(integers[$0]) }
            integers = []
            gaps = []
            kind = .number
        default:
            stop(wanted, row)
            return false
        }
        return true
    }

    /// Takes back the cell of a row that is given again.
    private func removeLast(_ row: Int) {
        repeated += 1
        if firstRepeated == nil { firstRepeated = row }
        switch kind {
        case .unknown: break
        case .integer:
            integers.removeLast()
            gaps.removeLast()
        case .number: numbers.removeLast()
        case .truth: truths.removeLast()
        case .text: codes.removeLast()
        }
        count -= 1
    }
}
