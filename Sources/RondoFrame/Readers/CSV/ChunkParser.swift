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

    /// Reads all records that begin before `end`.
    mutating func parse(until end: Int) {
        while scanner.position < end {
            let start = scanner.position
            let first = base[start]
            if first == scanner.comment, scanner.skipComment() {
                outcome.comments += 1
                continue
            }
            if first == scanner.newline || first == ASCII.blank || first == ASCII.carriageReturn, columnCount > 1, scanner.skipBlankLine() {
                outcome.blankLines += 1
                continue
            }
            parseRecord(start)
            outcome.rows += 1
        }
        outcome.end = scanner.position
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

    @inline(__always)
    private mutating func parseRecord(_ start: Int) {
        let row = outcome.rows
        var column = 0
        while column < columnCount {
            let sink = sinks + column
            let last: Bool
            switch sink.pointee.active {
            case .integer: last = integer(sink, row)
            case .number: last = number(sink, row)
            case .isoDate: last = isoDate(sink, row)
            case .text: last = plainText(sink, row)
            case .time: last = moment(sink, row)
            case .truth: last = truth(sink, row)
            case .skip:
                let field = scanner.next()
                note(field)
                last = field.last
            default: last = general(sink, row)
            }
            column += 1
            if last {
                if column < columnCount { fill(from: column, row, start) }
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

    /// Moves behind the end of a field whose value ends at `place`; nil when something else follows.
    @inline(__always)
    private mutating func endField(_ place: Int) -> Bool? {
        guard place < scanner.limit else { return nil }
        let byte = base[place]
        if byte == scanner.delimiter {
            scanner.position = place + 1
            return false
        }
        if byte == scanner.newline {
            scanner.position = place + 1
            return true
        }
        if byte == ASCII.carriageReturn, place + 1 < scanner.limit, base[place + 1] == scanner.newline {
            scanner.position = place + 2
            return true
        }
        return nil
    }

    /// Whole numbers of up to eight digits; everything else goes the general way.
    @inline(__always)
    private mutating func integer(_ sink: UnsafeMutablePointer<ColumnSink>, _ row: Int) -> Bool {
        var start = scanner.position
        guard start + 9 < scanner.limit else { return general(sink, row) }
        let negative = base[start] == ASCII.minus
        if negative { start += 1 }
        let word = EightBytes.load(base + start)
        let digits = EightBytes.digitCount(word)
        guard digits > 0, base[start] != ASCII.zero || (digits == 1 && !negative), marks.automatic else { return general(sink, row) }
        var value = Int64(bitPattern: EightBytes.number(word, digits))
        var place = start + digits
        while place < scanner.limit, place - start < 18, DecimalNumber.isDigit(base[place]) {
            value = value &* 10 &+ Int64(base[place] &- ASCII.zero)
            place += 1
        }
        guard let last = endField(place) else { return general(sink, row) }
        (sink.pointee.values.assumingMemoryBound(to: Int64.self) + row).initialize(to: negative ? 0 &- value : value)
        if negative { sink.pointee.flags.insert(.minus) }
        sink.pointee.present += 1
        return last
    }

    /// Numbers of up to eight digits before the point and eight behind it; everything else goes the general way.
    @inline(__always)
    private mutating func number(_ sink: UnsafeMutablePointer<ColumnSink>, _ row: Int) -> Bool {
        var start = scanner.position
        guard start + 20 < scanner.limit, marks.automatic else { return general(sink, row) }
        let negative = base[start] == ASCII.minus
        if negative { start += 1 }
        let word = EightBytes.load(base + start)
        let whole = EightBytes.digitCount(word)
        guard whole > 0, base[start] != ASCII.zero || whole == 1 else { return general(sink, row) }
        var mantissa = EightBytes.number(word, whole)
        var place = start + whole
        var fraction = 0
        if base[place] == ASCII.point {
            let rest = EightBytes.load(base + place + 1)
            fraction = EightBytes.digitCount(rest)
            place += 1 + fraction
            if fraction > 0 { mantissa = mantissa &* EightBytes.power(fraction) &+ EightBytes.number(rest, fraction) }
            if DecimalNumber.isDigit(base[place]) { return longNumber(sink, row, start, negative) }
        }
        guard let value = DecimalNumber.fast(mantissa, -fraction), let last = endField(place) else { return general(sink, row) }
        (sink.pointee.values.assumingMemoryBound(to: Double.self) + row).initialize(to: negative ? -value : value)
        sink.pointee.present += 1
        return last
    }

    /// Numbers of up to 19 digits.
    @inline(never)
    private mutating func longNumber(_ sink: UnsafeMutablePointer<ColumnSink>, _ row: Int, _ start: Int, _ negative: Bool) -> Bool {
        var place = start
        var mantissa: UInt64 = 0
        var point = -1
        while place < scanner.limit, place - start <= 20 {
            if DecimalNumber.isDigit(base[place]) {
                mantissa = mantissa &* 10 &+ UInt64(base[place] &- ASCII.zero)
            } else if base[place] == ASCII.point, point < 0 {
                point = place
            } else {
                break
            }
            place += 1
        }
        guard point > start, place - start <= 20, let value = DecimalNumber.fast(mantissa, point + 1 - place), let last = endField(place)
        else {
            return general(sink, row)
        }
        (sink.pointee.values.assumingMemoryBound(to: Double.self) + row).initialize(to: negative ? -value : value)
        sink.pointee.present += 1
        return last
    }

    @inline(__always)
    private mutating func isoDate(_ sink: UnsafeMutablePointer<ColumnSink>, _ row: Int) -> Bool {
        let start = scanner.position
        guard start + 10 < scanner.limit, let days = WrittenMoment.isoDate(base + start, 10), let last = endField(start + 10) else {
            return general(sink, row)
        }
        (sink.pointee.values.assumingMemoryBound(to: Int32.self) + row).initialize(to: days)
        sink.pointee.present += 1
        return last
    }

    /// `2024-03-01T14:05:00` without fraction and zone; everything else goes the general way.
    @inline(__always)
    private mutating func moment(_ sink: UnsafeMutablePointer<ColumnSink>, _ row: Int) -> Bool {
        let start = scanner.position
        guard start + 19 < scanner.limit, let time = WrittenMoment.time(base + start, 19), let last = endField(start + 19) else {
            return general(sink, row)
        }
        (sink.pointee.values.assumingMemoryBound(to: Int64.self) + row).initialize(to: time.microseconds)
        sink.pointee.flags.insert(.unzoned)
        sink.pointee.present += 1
        return last
    }

    @inline(__always)
    private mutating func truth(_ sink: UnsafeMutablePointer<ColumnSink>, _ row: Int) -> Bool {
        let start = scanner.position
        guard start + 5 < scanner.limit, marks.automatic else { return general(sink, row) }
        let length = base[start] | 0x20 == 0x74 ? 4 : 5
        guard let truth = FieldKind.truth(base + start, length), let last = endField(start + length) else { return general(sink, row) }
        (sink.pointee.values.assumingMemoryBound(to: UInt8.self) + row).initialize(to: truth.value ? 1 : 0)
        sink.pointee.flags.insert(FieldFlags(rawValue: truth.style))
        sink.pointee.present += 1
        return last
    }

    /// A text that neither is in quotes nor begins with a blank.
    @inline(__always)
    private mutating func plainText(_ sink: UnsafeMutablePointer<ColumnSink>, _ row: Int) -> Bool {
        let start = scanner.position
        guard start < scanner.limit, base[start] != scanner.quote, base[start] != ASCII.blank, scanner.escape == 0 else {
            return general(sink, row)
        }
        let end = scanner.fieldEnd(from: start)
        guard end < scanner.limit, end > start else { return general(sink, row) }
        let last = base[end] != scanner.delimiter
        let returns = last && scanner.newline == ASCII.lineFeed && base[end - 1] == ASCII.carriageReturn
        let length = returns ? end - start - 1 : end - start
        guard length > 0, let code = sink.pointee.dictionary?.code(base + start, length) else { return general(sink, row) }
        scanner.position = end + 1
        (sink.pointee.values.assumingMemoryBound(to: Int32.self) + row).initialize(to: code)
        sink.pointee.flags.insert(.unquoted)
        sink.pointee.present += 1
        return last
    }

    /// Any field of any kind: finds its ends, missing marks, and whether it fits.
    @inline(never)
    private mutating func general(_ sink: UnsafeMutablePointer<ColumnSink>, _ row: Int) -> Bool {
        let field = scanner.next()
        note(field)
        if sink.pointee.active == .text {
            text(sink, row, field)
            return field.last
        }
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
            return field.last
        }
        if let mark = marks.match(base + start, end - start) {
            if field.quoted { sink.pointee.flags.insert(.quotedMark) }
            sink.pointee.marks[mark] += 1
            sink.pointee.putMissing(row)
            return field.last
        }
        value(sink, row, base + start, end - start)
        return field.last
    }
}
