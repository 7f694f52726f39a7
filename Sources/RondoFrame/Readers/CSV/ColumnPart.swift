/// Facts about the values of a column part that decide its type in the end.
struct FieldFlags: OptionSet, Sendable {
    let rawValue: UInt16

    static let lowerTruth = FieldFlags(rawValue: 1)
    static let upperTruth = FieldFlags(rawValue: 2)
    static let capitalTruth = FieldFlags(rawValue: 4)
    static let plus = FieldFlags(rawValue: 8)
    static let minus = FieldFlags(rawValue: 16)
    static let zoned = FieldFlags(rawValue: 32)
    static let unzoned = FieldFlags(rawValue: 64)
    /// A date without time among times.
    static let dateOnly = FieldFlags(rawValue: 128)
    /// A text that is not in quotes.
    static let unquoted = FieldFlags(rawValue: 256)
    static let gap = FieldFlags(rawValue: 512)
    /// First or second number of a date above 12.
    static let firstIsDay = FieldFlags(rawValue: 1024)
    static let secondIsDay = FieldFlags(rawValue: 2048)
    /// A mark for missing that is in quotes.
    static let quotedMark = FieldFlags(rawValue: 4096)
}

/// Where a chunk writes the values of one column; plain memory, owned by a `ColumnPart`.
struct ColumnSink {
    let kind: FieldKind
    /// `kind`, or `skip` once a value did not fit.
    var active: FieldKind
    let values: UnsafeMutableRawPointer
    /// Rows that there is room for.
    let capacity: Int
    /// Gaps of an integer column; nil as long as there are none.
    private(set) var gaps: UnsafeMutablePointer<Bool>?
    let marks: UnsafeMutablePointer<Int>
    /// How many values were neither missing nor unfit.
    var present = 0
    var flags: FieldFlags = []
    /// The kind of the first value that did not fit.
    var target: FieldKind?
    var dictionary: ByteDictionary?

    init(
        kind: FieldKind, active: FieldKind, values: UnsafeMutableRawPointer, capacity: Int, marks: UnsafeMutablePointer<Int>,
        dictionary: ByteDictionary?
    ) {
        self.kind = kind
        self.active = active
        self.values = values
        self.capacity = capacity
        self.marks = marks
        self.dictionary = dictionary
    }

    /// Puts a missing value at `row`.
    @inline(__always)
    mutating func putMissing(_ row: Int) {
        switch active {
        case .skip, .unknown: return
        case .integer:
            (values.assumingMemoryBound(to: Int64.self) + row).initialize(to: 0)
            if gaps == nil { beginGaps() }
            gaps?[row] = true
        case .number: (values.assumingMemoryBound(to: Double.self) + row).initialize(to: .nan)
        case .truth: (values.assumingMemoryBound(to: UInt8.self) + row).initialize(to: Column.missingTruth)
        case .isoDate, .numericDate: (values.assumingMemoryBound(to: Int32.self) + row).initialize(to: Column.missingDate)
        case .time: (values.assumingMemoryBound(to: Int64.self) + row).initialize(to: Column.missingTime)
        case .text: (values.assumingMemoryBound(to: Int32.self) + row).initialize(to: -1)
        }
    }

    @inline(never)
    private mutating func beginGaps() {
        let gaps = UnsafeMutablePointer<Bool>.allocate(capacity: capacity)
        gaps.initialize(repeating: false, count: capacity)
        self.gaps = gaps
        flags.insert(.gap)
    }

    /// Stops reading this column: a value is of another kind.
    @inline(never)
    mutating func deviate(_ target: FieldKind) {
        self.target = target
        active = .skip
    }
}

/// The values of one column in one chunk.
final class ColumnPart: @unchecked Sendable {
    // Written by the one task that reads the chunk, read after all have ended.
    var sink: ColumnSink
    /// The column that the values are part of; nil when they lie in memory of the part.
    let buffer: ColumnBuffer?
    /// The first row of the part in the buffer.
    let start: Int
    /// What holds the words of a text part.
    private var store: WordStore?

    /// A part of texts with memory of its own, still without words.
    init(texts capacity: Int, marks: Int) {
        buffer = nil
        start = 0
        sink = ColumnSink(
            kind: .text, active: .text, values: .allocate(byteCount: max(4 * capacity, 8), alignment: 8), capacity: capacity,
            marks: ColumnPart.counts(marks), dictionary: nil)
    }

    /// A part of a column's buffer.
    init(kind: FieldKind, in buffer: ColumnBuffer, start: Int, capacity: Int, marks: Int, dictionary: ByteDictionary?) {
        self.buffer = buffer
        self.start = start
        sink = ColumnSink(
            kind: kind, active: kind, values: buffer.values(from: start) ?? UnsafeMutableRawPointer.allocate(byteCount: 8, alignment: 8),
            capacity: capacity, marks: ColumnPart.counts(marks), dictionary: dictionary)
    }

    private static func counts(_ marks: Int) -> UnsafeMutablePointer<Int> {
        let counts = UnsafeMutablePointer<Int>.allocate(capacity: marks)
        counts.initialize(repeating: 0, count: marks)
        return counts
    }

    /// Moves the words to a store and gives the dictionary back, empty.
    func keepWords(in store: WordStore) -> ByteDictionary? {
        guard var dictionary = sink.dictionary else { return nil }
        sink.dictionary = dictionary.moved(to: store)
        self.store = store
        return dictionary
    }

    deinit {
        if buffer?.values(from: 0) == nil { sink.values.deallocate() }
        sink.marks.deallocate()
        sink.gaps?.deallocate()
        sink.dictionary?.deallocate()
    }
}
