import RondoKernels

/// Lines of the common form, one column after the other: what a column holds is decided once for many fields.
extension ChunkParser {
    /// Reads lines that have as many fields as there are columns.
    mutating func parse(_ rows: FieldWindow.Rows) {
        for column in 0..<columnCount {
            switch sinks[column].active {
            case .skip: break
            case .text: texts(rows, column)
            case .integer: integers(rows, column)
            case .number: numbers(rows, column)
            case .isoDate: dates(rows, column)
            case .time: moments(rows, column)
            case .truth: truths(rows, column)
            case .unknown, .numericDate: fields(rows, column, of: UInt8.self) { _, _ in nil }
            }
        }
        outcome.rows += rows.count
    }

    @inline(never)
    private mutating func integers(_ rows: FieldWindow.Rows, _ column: Int) {
        var isNegative = false
        fields(rows, column, of: Int64.self) { field, length in
            guard let value = FieldKernels.integer(field, length) else { return nil }
            if value < 0 { isNegative = true }
            return value
        }
        if isNegative { sinks[column].flags.insert(.minus) }
    }

    @inline(never)
    private mutating func numbers(_ rows: FieldWindow.Rows, _ column: Int) {
        fields(rows, column, of: Double.self) { FieldKernels.number($0, $1) }
    }

    @inline(never)
    private mutating func dates(_ rows: FieldWindow.Rows, _ column: Int) {
        fields(rows, column, of: Int32.self) { WrittenMoment.isoDate($0, $1) }
    }

    @inline(never)
    private mutating func moments(_ rows: FieldWindow.Rows, _ column: Int) {
        var isFound = false
        fields(rows, column, of: Int64.self) { field, length in
            guard let moment = FieldKernels.moment(field, length) else { return nil }
            isFound = true
            return moment
        }
        if isFound { sinks[column].flags.insert(.unzoned) }
    }

    @inline(never)
    private mutating func truths(_ rows: FieldWindow.Rows, _ column: Int) {
        var styles: UInt16 = 0
        fields(rows, column, of: UInt8.self) { field, length in
            guard let truth = FieldKind.truth(field, length) else { return nil }
            styles |= truth.style
            return truth.value ? 1 : 0
        }
        sinks[column].flags.formUnion(FieldFlags(rawValue: styles))
    }

    /// Puts the values that `value` makes of the fields of a column, without quotes around them; what it makes none of goes the general way.
    @inline(__always)
    private mutating func fields<Value: BitwiseCopyable>(
        _ rows: FieldWindow.Rows, _ column: Int, of: Value.Type, _ value: (_ field: UnsafePointer<UInt8>, _ length: Int) -> Value?
    ) {
        let sink = sinks + column
        let values = sink.pointee.values.assumingMemoryBound(to: Value.self)
        let first = outcome.rows
        // Words that a user named may be any value.
        let takes = marks.automatic
        var reach = FieldReach(rows, column, scanner)
        var (others, end) = (0, first &+ rows.count)
        for row in first..<end {
            let (start, length) = reach.next()
            if length > 0, takes, let value = value(start, length) {
                (values + row).initialize(to: value)
            } else if length > 2, takes, start[0] == scanner.quote, let value = value(start + 1, length &- 2) {
                (values + row).initialize(to: value)
            } else {
                others &+= 1
                if length == 0 {
                    sink.pointee.marks[MissingMarks.empty] += 1
                    sink.pointee.putMissing(row)
                } else {
                    putAgain(start, sink, row)
                    if sink.pointee.active == .skip {
                        end = row + 1
                        break
                    }
                }
            }
        }
        sink.pointee.present += end - first - others
    }

    /// Reads a field the general way.
    @inline(never)
    private mutating func putAgain(_ start: UnsafePointer<UInt8>, _ sink: UnsafeMutablePointer<ColumnSink>, _ row: Int) {
        scanner.position = start - base
        put(scanner.next(), sink, row)
    }

    @inline(never)
    private mutating func texts(_ rows: FieldWindow.Rows, _ column: Int) {
        let sink = sinks + column
        guard var words = sink.pointee.dictionary else { return }
        sink.pointee.dictionary = nil
        let codes = sink.pointee.values.assumingMemoryBound(to: Int32.self)
        let first = outcome.rows
        let (takesMarks, quote) = (marks.automatic, scanner.quote)
        var reach = FieldReach(rows, column, scanner, mayReturn: true)
        var (plain, quoted) = (0, 0)
        for row in first..<first &+ rows.count {
            let (start, length) = reach.next()
            if length == 0 {
                sink.pointee.marks[MissingMarks.empty] += 1
                (codes + row).initialize(to: -1)
            } else if start[0] != quote {
                (codes + row).initialize(to: words.code(field: start, length))
                plain &+= 1
            } else if length > 2, scanner.isQuoteless(start + 1, length &- 2) {
                let isMark = takesMarks && isMark(start + 1, length &- 2)
                (codes + row).initialize(to: words.code(start + 1, length &- 2, quotedMark: isMark))
                quoted &+= 1
            } else {
                sink.pointee.dictionary = words
                putAgain(start, sink, row)
                guard let changed = sink.pointee.dictionary else { return }
                words = changed
                sink.pointee.dictionary = nil
            }
        }
        sink.pointee.dictionary = words
        if plain > 0 { sink.pointee.flags.insert(.unquoted) }
        sink.pointee.present += plain + quoted
    }
}

/// Walks over the fields of one column.
struct FieldReach {
    private let text: UnsafePointer<UInt8>
    private var end: UnsafePointer<UInt32>
    private let width: Int
    /// Whether carriage returns before line ends are looked for.
    private let returns: Bool

    /// - Parameter mayReturn: whether a carriage return is looked for although none stands in the first row.
    @inline(__always)
    init(_ rows: FieldWindow.Rows, _ column: Int, _ scanner: CSVScanner, mayReturn: Bool = false) {
        text = rows.text
        end = rows.ends + column
        width = rows.width
        let isLast = column == rows.width - 1 && scanner.newline == ASCII.lineFeed
        returns = isLast && (mayReturn || (end[1] > 0 && text[Int(end[1]) - 1] == ASCII.carriageReturn))
    }

    /// The next field with quotes around it.
    @inline(__always)
    mutating func next() -> (start: UnsafePointer<UInt8>, length: Int) {
        let from = Int(end[0] &+ 1)
        var length = Int(end[1]) &- from
        end += width
        let start = text + from
        if returns, length > 0, start[length &- 1] == ASCII.carriageReturn { length &-= 1 }
        return (start, length)
    }
}
