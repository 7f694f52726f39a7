/// Reads records of a JSON text into growing columns: records inside records become names joined by points, lists stay JSON text.
struct JSONRecords {
    var scanner: JSONScanner
    var columns: RecordColumns
    /// Where each row begins.
    var offsets: [Int] = []
    /// Lone surrogates that became U+FFFD, and where the first one stands.
    private(set) var lone: (count: Int, first: Int) = (0, 0)
    /// Records without keys.
    private(set) var emptyRecords = 0
    /// Columns whose kinds do not go together and where it showed: name, earlier kind, later kind, offset.
    private(set) var mixtures: [(name: String, kind: CellKind, earlier: CellKind, offset: Int)] = []
    private var keys = RecordKeys()
    private var scratch: [UInt8] = []

    init(_ scanner: JSONScanner, forcedText: Set<String>) {
        self.scanner = scanner
        columns = RecordColumns(forcedText: forcedText)
    }

    private var row: Int { columns.rowCount }

    /// Reads the value that begins here as one row.
    mutating func readRow(depth: Int, also parents: [ParentValue] = []) throws(JSONFlaw) {
        _ = try scanner.token()
        offsets.append(scanner.position)
        switch scanner.base[scanner.position] {
        case 0x7B: try record(0, depth)
        case 0x5B: try listRow(depth)
        default: try value(key("value"), depth)
        }
        let end = scanner.position
        for parent in parents {
            scanner.position = parent.offset
            try value(key(parent.name), depth)
        }
        scanner.position = end
        columns.rowCount += 1
        // Every path is a column: keys made of data must not fill the memory.
        guard columns.isWithinLimit else { throw JSONFlaw(.tooManyColumns, at: end) }
    }

    /// A value of the record that a list of rows belongs to.
    struct ParentValue {
        let name: String
        let offset: Int
    }

    /// Puts a whole number into a column of its own: the row of a parent.
    mutating func putParentRow(_ number: Int, name: String) {
        let position = columns.position(of: name)
        columns.columns[position].put(Int64(number), row: row - 1)
    }

    private mutating func key(_ name: String) -> Int {
        let bytes = Array(name.utf8)
        return bytes.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { keys.find($0, buffer.count, parent: 0, expected: -1) } ?? 0
        }
    }

    /// A row that is a list: its items are columns by position.
    private mutating func listRow(_ depth: Int) throws(JSONFlaw) {
        scanner.position += 1
        var number = 1
        if try scanner.token() == 0x5D {
            scanner.position += 1
            emptyRecords += 1
            return
        }
        while true {
            try value(key("column_\(number)"), depth + 1)
            number += 1
            let byte = try scanner.token()
            scanner.position += 1
            if byte == 0x5D { return }
            guard byte == ASCII.comma else { throw JSONFlaw(.unexpected("a comma or ]"), at: scanner.position - 1) }
        }
    }

    /// The members of the record that begins here.
    private mutating func record(_ parent: Int, _ depth: Int) throws(JSONFlaw) {
        guard depth < JSONScanner.depthLimit else { throw JSONFlaw(.tooDeep, at: scanner.position) }
        scanner.position += 1
        if try scanner.token() == 0x7D {
            scanner.position += 1
            emptyRecords += 1
            return
        }
        var expected = keys.keys[parent].firstChild
        while true {
            guard try scanner.token() == ASCII.quote else { throw JSONFlaw(.unexpected("a key in double quotes"), at: scanner.position) }
            let text = try scanner.text()
            let found: Int
            if text.isEscaped {
                unescape(text)
                found = scratch.withUnsafeBufferPointer { buffer in
                    buffer.baseAddress.map { keys.find($0, buffer.count, parent: parent, expected: expected) } ?? 0
                }
            } else {
                found = keys.find(scanner.base + text.start, text.end - text.start, parent: parent, expected: expected)
            }
            try scanner.take(ASCII.colon, "a colon")
            try value(found, depth)
            expected = keys.keys[found].next
            let byte = try scanner.token()
            scanner.position += 1
            if byte == 0x7D { return }
            guard byte == ASCII.comma else { throw JSONFlaw(.unexpected("a comma or }"), at: scanner.position - 1) }
        }
    }

    /// The value of a key.
    @inline(__always)
    private mutating func value(_ key: Int, _ depth: Int) throws(JSONFlaw) {
        let first = try scanner.token()
        let start = scanner.position
        switch first {
        case ASCII.quote:
            let text = try scanner.text()
            let cells = column(key)
            if text.isEscaped {
                unescape(text)
                scratch.withUnsafeBufferPointer { buffer in
                    // An array without elements may have no address; any address will do for no bytes.
                    cells.put(buffer.baseAddress ?? scanner.base, buffer.count, copying: true, row: row)
                }
            } else {
                cells.put(scanner.base + text.start, text.end - text.start, copying: false, row: row)
            }
            note(cells, start)
        case 0x7B: try record(key, depth + 1)
        case 0x5B: try list(key, depth)
        case 0x6E:
            try scanner.word("null")
            column(key).putMissing(row: row)
        case 0x74, 0x66:
            try scanner.word(first == 0x74 ? "true" : "false")
            let cells = column(key)
            if cells.isForcedText { putRaw(cells, start) } else { cells.put(first == 0x74, row: row) }
            note(cells, start)
        case ASCII.minus, ASCII.zero...ASCII.nine:
            let isWhole = try scanner.number()
            number(column(key), start, isWhole)
        default: throw JSONFlaw(.unexpected("a value"), at: start)
        }
    }

    @inline(__always)
    private mutating func number(_ cells: CellColumn, _ start: Int, _ isWhole: Bool) {
        let count = scanner.position - start
        if cells.isForcedText {
            putRaw(cells, start)
        } else if isWhole, count <= 18, scanner.base[start] != ASCII.minus {
            var value: Int64 = 0
            for place in start..<scanner.position { value = value &* 10 &+ Int64(scanner.base[place] &- ASCII.zero) }
            cells.put(value, row: row)
        } else {
            let parsed = DecimalNumber.parse(scanner.base + start, count)
            switch parsed.form {
            case .integer: cells.put(parsed.integer, row: row)
            case .number: cells.put(parsed.number, row: row)
            case .code, .none: cells.stop(.number, row)
            }
        }
        note(cells, start)
    }

    private func putRaw(_ cells: CellColumn, _ start: Int) {
        cells.put(scanner.base + start, scanner.position - start, copying: false, row: row)
    }

    /// A list is kept as JSON text without blanks.
    private mutating func list(_ key: Int, _ depth: Int) throws(JSONFlaw) {
        let start = scanner.position
        try scanner.skipValue(depth: depth + 1)
        let cells = column(key)
        JSONText.compact(scanner.base + start, scanner.position - start, into: &scratch)
        let isCompact = scratch.count == scanner.position - start
        if isCompact {
            putRaw(cells, start)
        } else {
            scratch.withUnsafeBufferPointer { buffer in
                if let bytes = buffer.baseAddress { cells.put(bytes, buffer.count, copying: true, row: row) }
            }
        }
        cells.listCount += 1
        note(cells, start)
    }

    @inline(__always)
    private mutating func column(_ key: Int) -> CellColumn {
        let position = keys.keys[key].column
        if position >= 0 { return columns.columns[position] }
        return newColumn(key)
    }

    @inline(never)
    private mutating func newColumn(_ key: Int) -> CellColumn {
        let position = columns.position(of: keys.keys[key].path)
        keys.setColumn(position, of: key)
        return columns.columns[position]
    }

    /// Remembers the first value that does not go with the earlier ones of its column.
    @inline(__always)
    private mutating func note(_ cells: CellColumn, _ offset: Int) {
        if let mixture = cells.mixture, mixture.row == row { addMixture(cells, mixture.kind, mixture.earlier, offset) }
    }

    @inline(never)
    private mutating func addMixture(_ cells: CellColumn, _ kind: CellKind, _ earlier: CellKind, _ offset: Int) {
        guard !mixtures.contains(where: { $0.name == cells.name }) else { return }
        mixtures.append((cells.name, kind, earlier, offset))
    }

    private mutating func unescape(_ text: JSONScanner.Text) {
        let found = JSONText.unescape(scanner.base + text.start, text.end - text.start, into: &scratch)
        guard found > 0 else { return }
        if lone.count == 0 { lone.first = text.start }
        lone.count += found
    }
}
