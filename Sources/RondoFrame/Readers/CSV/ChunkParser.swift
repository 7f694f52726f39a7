import RondoKernels

/// Reads the records of one chunk straight into typed buffers.
struct ChunkParser {
    /// What a chunk tells beside its values.
    struct Outcome {
        var rows = 0
        var blankLines = 0
        var comments = 0
        var shortRows = 0
        var firstShort: Int?
        /// Start of the first record with too many fields, and their number.
        var long: (offset: Int, fields: Int)?
        /// Place of the first broken quote.
        var flaw: (offset: Int, kind: FieldSpan.Flaw)?
        /// Where the last record ends.
        var end = 0
    }

    let marks: MissingMarks
    let base: UnsafePointer<UInt8>
    let columnCount: Int
    let sinks: UnsafeMutablePointer<ColumnSink>
    var scanner: CSVScanner
    var outcome = Outcome()

    init(bytes: TextBytes, dialect: CSVDialect, marks: MissingMarks, start: Int, sinks: UnsafeMutablePointer<ColumnSink>, columnCount: Int)
    {
        self.marks = marks
        self.sinks = sinks
        self.columnCount = columnCount
        base = bytes.base
        scanner = CSVScanner(bytes, dialect, position: start)
    }

    /// Reads all records that begin before `end`, lines of the common form many at a time.
    mutating func parse(until end: Int, in window: inout FieldWindow) {
        guard scanner.isPlain else {
            while scanner.position < end { parseLine() }
            outcome.end = scanner.position
            return
        }
        while scanner.position < end {
            window.fill(scanner, until: min(end + FieldWindow.step, scanner.limit))
            parseLines(of: window, until: end)
        }
        outcome.end = scanner.position
    }

    /// Reads the lines of a window, at least one record.
    private mutating func parseLines(of window: FieldWindow, until end: Int) {
        // Behind the last byte nothing may be loaded.
        let limit = scanner.limit - FieldKernels.overhang
        var line = 0
        repeat {
            let count = window.regularLines(from: line, width: columnCount, before: end, endingBy: limit)
            if count > 0 {
                parse(window.rows(of: scanner, from: line, count: count, width: columnCount))
                line += count
                scanner.position = window.begin(line)
            } else {
                parseLine()
                line += 1
            }
            // Where a record ends elsewhere than its line, what is known about fields is of no use.
        } while line < window.lineCount && scanner.position == window.begin(line) && scanner.position < end
    }

    /// Reads a record, or passes a line that is none.
    private mutating func parseLine() {
        let start = scanner.position
        let first = base[start]
        if first == scanner.comment, scanner.skipComment() {
            outcome.comments += 1
        } else if first == scanner.newline || first == ASCII.blank || first == ASCII.carriageReturn, columnCount > 1,
            scanner.skipBlankLine()
        {
            outcome.blankLines += 1
        } else {
            parseRecord(start)
            outcome.rows += 1
        }
    }

    /// Reads the records of these numbers among those that begin before `end`.
    mutating func parse(_ kept: [Int], until end: Int) {
        var record = 0
        var next = 0
        while scanner.position < end {
            let start = scanner.position
            if scanner.skipComment() {
                outcome.comments += 1
            } else if columnCount > 1, scanner.skipBlankLine() {
                outcome.blankLines += 1
            } else {
                if next < kept.count, kept[next] == record {
                    parseRecord(start)
                    outcome.rows += 1
                    next += 1
                } else {
                    _ = scanner.skipRecord()
                }
                record += 1
            }
        }
        outcome.end = scanner.position
    }

    private mutating func parseRecord(_ start: Int) {
        let row = outcome.rows
        for column in 0..<columnCount {
            let field = scanner.next()
            note(field)
            put(field, sinks + column, row)
            guard !field.last else {
                if column + 1 < columnCount { fill(from: column + 1, row, start) }
                return
            }
        }
        endLongRecord(start)
    }

    /// A record with too few fields: the rest is missing.
    @inline(never)
    private mutating func fill(from column: Int, _ row: Int, _ start: Int) {
        for column in column..<columnCount { sinks[column].putMissing(row) }
        outcome.shortRows += 1
        if outcome.firstShort == nil { outcome.firstShort = start }
    }

    /// Fields beyond the last column: allowed when all are empty.
    @inline(never)
    private mutating func endLongRecord(_ start: Int) {
        var fields = columnCount
        var filled = false
        while true {
            let field = scanner.next()
            note(field)
            fields += 1
            if field.end > field.start { filled = true }
            if field.last { break }
        }
        if filled, outcome.long == nil { outcome.long = (start, fields) }
    }

    @inline(__always)
    private mutating func note(_ field: FieldSpan) {
        if field.flaw != .none, outcome.flaw == nil { outcome.flaw = (field.start, field.flaw) }
    }

    /// Any field of any kind: finds missing marks, and whether it fits.
    @inline(never)
    mutating func put(_ field: FieldSpan, _ sink: UnsafeMutablePointer<ColumnSink>, _ row: Int) {
        if sink.pointee.active == .skip { return }
        if sink.pointee.active == .text { return text(sink, row, field) }
        var start = field.start
        var end = field.end
        while start < end, base[start] == ASCII.blank || (base[start] == ASCII.tab) { start += 1 }
        while end > start, base[end - 1] == ASCII.blank || (base[end - 1] == ASCII.tab) { end -= 1 }
        if start == end {
            if field.start < field.end, !marks.blanksAreMissing {
                sink.pointee.deviate(.text)
            } else {
                sink.pointee.marks[field.start == field.end ? MissingMarks.empty : MissingMarks.blanks] += 1
                sink.pointee.putMissing(row)
            }
            return
        }
        if let mark = marks.match(base + start, end - start) {
            if field.quoted { sink.pointee.flags.insert(.quotedMark) }
            sink.pointee.marks[mark] += 1
            sink.pointee.putMissing(row)
            return
        }
        value(sink, row, base + start, end - start)
    }
}
