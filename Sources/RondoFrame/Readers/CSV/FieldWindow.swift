import RondoKernels

/// A stretch of text whose field ends are known, beginning with a record.
struct FieldWindow {
    /// Lines that all have the same number of fields, one behind the other.
    struct Rows {
        /// The first byte of the window.
        let text: UnsafePointer<UInt8>
        /// The end of the field before the first one, then those of all fields.
        let ends: UnsafePointer<UInt32>
        let width: Int
        let count: Int
    }

    /// Ends are looked for in so many bytes at once.
    static let step = 64
    private static let (smallest, largest) = (1 << 15, 1 << 20)
    /// Fewer lines make the next window larger.
    private static let fewLines = 32

    private var size = FieldWindow.smallest
    // The first end stands before the text, so that every field begins behind an end.
    private var memory = FieldWindow.memory(FieldWindow.smallest)
    /// Where the first line begins in the whole text.
    private var start = 0
    private(set) var lineCount = 0
    private var isTooSmall = false

    private var ends: UnsafeMutablePointer<UInt32> { memory + 1 }
    private var lines: UnsafeMutablePointer<UInt32> { memory + 1 + size + FieldEnds.slack }

    init() {}

    private static func memory(_ size: Int) -> UnsafeMutablePointer<UInt32> {
        let memory = UnsafeMutablePointer<UInt32>.allocate(capacity: 1 + size + FieldEnds.slack + size)
        memory.initialize(to: .max)
        return memory
    }

    func deallocate() { memory.deallocate() }

    /// Looks for field ends from the scanner's position on, at most up to `end`.
    mutating func fill(_ scanner: CSVScanner, until end: Int) {
        if isTooSmall {
            memory.deallocate()
            size *= 2
            memory = FieldWindow.memory(size)
        }
        start = scanner.position
        let count = min(size, end - start)
        let found = FieldEnds.find(
            scanner.base + start, count, delimiter: scanner.delimiter, newline: scanner.newline, quote: scanner.quote, ends: ends,
            lines: lines)
        lineCount = found.lines
        isTooSmall = lineCount < FieldWindow.fewLines && found.bytes == size && size < FieldWindow.largest
    }

    /// Where a line begins in the whole text.
    @inline(__always)
    func begin(_ line: Int) -> Int { line == 0 ? start : start + Int(ends[Int(lines[line - 1]) - 1]) + 1 }

    /// How many lines from one on have so many fields, begin before `end` and end by `limit`.
    @inline(__always)
    func regularLines(from line: Int, width: Int, before end: Int, endingBy limit: Int) -> Int {
        var next = line
        var fields = line == 0 ? 0 : Int(lines[line - 1])
        while next < lineCount, Int(lines[next]) == fields + width, begin(next) < end, begin(next + 1) <= limit {
            fields += width
            next += 1
        }
        return next - line
    }

    /// Lines that have so many fields each.
    func rows(of scanner: CSVScanner, from line: Int, count: Int, width: Int) -> Rows {
        Rows(text: scanner.base + start, ends: memory + (line == 0 ? 0 : Int(lines[line - 1])), width: width, count: count)
    }
}
