import RondoKernels

/// Reads the rows of a document into growing columns.
struct XMLRows {
    private let element: String
    /// How deep rows are; nil for elements of that name wherever they stand (an inner one belongs to its row).
    private let depth: Int?
    private(set) var columns = RecordColumns()
    private(set) var lines: [Int32] = []
    /// Paths outside rows that hold values.
    private(set) var outside: [String] = []
    /// Values that are lists, because an element is repeated in its row.
    private(set) var lists = 0
    private var keys = RecordKeys()
    private var outer = RecordKeys()
    /// Values of the row, their bytes one after the other.
    private var cells: [(key: Int, range: Range<Int>)] = []
    private var bytes: [UInt8] = []
    private var open: [Open] = []
    /// By key: the last row that had it, and its place among the cells.
    private var last: [Int: (row: Int, cell: Int)] = [:]
    private var rowDepth = -1

    /// An element that has begun and not ended.
    private struct Open {
        let key: Int
        var text: [UInt8] = []
        var hasParts = false
    }

    init(element: String, depth: Int?) {
        self.element = element
        self.depth = depth
    }

    mutating func read(_ text: TextBytes, name: String, _ context: ComputeContext) throws {
        let reader = try MarkupReader(text.base, text.count)
        var seen = 0
        while let node = try reader.next() {
            seen += 1
            if seen & 4095 == 0 {
                try context.cancellation.check()
                if lines.count > Int(Int32.max) - 4096 { throw ReadFault.tooManyRows(name) }
                guard columns.isWithinLimit else { throw RecordFault.tooManyColumns(name, columns.columns.count) }
            }
            switch node {
            case .element(let depth, let isEmpty): begin(reader, depth, isEmpty)
            case .text: if !open.isEmpty { open[open.count - 1].text.append(contentsOf: reader.value) }
            case .end(let depth): end(depth)
            case .entity: throw RecordFault.entityUse(name, line: reader.line, entity: String(decoding: reader.name, as: UTF8.self))
            case .other: break
            }
        }
    }

    private mutating func begin(_ reader: MarkupReader, _ depth: Int, _ isEmpty: Bool) {
        let isRow = rowDepth < 0 && isRow(reader, depth)
        if isRow {
            rowDepth = depth
            lines.append(Int32(clamping: reader.line))
            open.append(Open(key: 0))
        } else {
            if !open.isEmpty { open[open.count - 1].hasParts = true }
            let name = reader.name
            guard let base = name.baseAddress else { return }
            let parent = open.last?.key ?? 0
            let key =
                rowDepth < 0
                ? outer.find(base, name.count, parent: parent, expected: -1) : keys.find(base, name.count, parent: parent, expected: -1)
            open.append(Open(key: key))
        }
        reader.attributes {
            let name = reader.name
            guard let base = name.baseAddress, !isDeclaration(name) else { return }
            let parent = open[open.count - 1].key
            open[open.count - 1].hasParts = true
            guard rowDepth >= 0 else { return note(outer.find(base, name.count, parent: parent, expected: -1)) }
            let key = keys.find(base, name.count, parent: parent, expected: -1)
            let start = bytes.count
            bytes.append(contentsOf: reader.value)
            cells.append((key, start..<bytes.count))
        }
        if isEmpty { end(depth) }
    }

    private func isRow(_ reader: MarkupReader, _ depth: Int) -> Bool {
        if let wanted = self.depth, wanted != depth { return false }
        return reader.name.elementsEqual(element.utf8)
    }

    /// Names of namespaces are no values.
    private func isDeclaration(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        name.starts(with: "xmlns".utf8) && (name.count == 5 || name[5] == ASCII.colon)
    }

    private mutating func note(_ key: Int) {
        let path = outer.keys[key].path
        if !outside.contains(path), outside.count < 1000 { outside.append(path) }
    }

    private mutating func end(_ depth: Int) {
        guard let element = open.popLast() else { return }
        let isBlank = element.text.allSatisfy { [ASCII.blank, ASCII.tab, ASCII.lineFeed, ASCII.carriageReturn].contains($0) }
        guard rowDepth >= 0 else {
            if !isBlank { note(element.key) }
            return
        }
        let isRow = depth == rowDepth
        if !isBlank || (!element.hasParts && !isRow) {
            let key = isRow ? textKey() : element.key
            let start = bytes.count
            if !isBlank { bytes.append(contentsOf: XMLRows.trimmed(element.text)) }
            cells.append((key, start..<bytes.count))
        }
        if isRow { endRow() }
    }

    /// Without the blanks and line breaks of a tidy layout around the text.
    private static func trimmed(_ text: [UInt8]) -> ArraySlice<UInt8> {
        var slice = text[...]
        while let first = slice.first, first <= ASCII.blank { slice = slice.dropFirst() }
        while let last = slice.last, last <= ASCII.blank { slice = slice.dropLast() }
        return slice
    }

    /// The text of the row's own element.
    private mutating func textKey() -> Int {
        let name = Array("text".utf8)
        return name.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { keys.find($0, buffer.count, parent: 0, expected: -1) } ?? 0
        }
    }

    private mutating func endRow() {
        let row = columns.rowCount
        var repeats: [Int: [Int]] = [:]
        for (index, cell) in cells.enumerated() {
            if let known = last[cell.key], known.row == row {
                repeats[known.cell, default: []].append(index)
            } else {
                last[cell.key] = (row, index)
            }
        }
        for (index, cell) in cells.enumerated() where last[cell.key]?.cell == index {
            let column = self.column(cell.key)
            guard let more = repeats[index] else {
                put(bytes[cell.range], column, row)
                continue
            }
            lists += 1
            var list: [UInt8] = [0x5B]
            for (position, item) in ([index] + more).enumerated() {
                if position > 0 { list.append(ASCII.comma) }
                XMLRows.quote(bytes[cells[item].range], into: &list)
            }
            list.append(0x5D)
            put(list[...], column, row)
        }
        cells.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        columns.rowCount += 1
        rowDepth = -1
    }

    private func put(_ value: ArraySlice<UInt8>, _ column: CellColumn, _ row: Int) {
        let none: UInt8 = 0
        value.withUnsafeBufferPointer { buffer in
            if let base = buffer.baseAddress {
                column.put(base, buffer.count, copying: true, row: row)
            } else {
                withUnsafePointer(to: none) { column.put($0, 0, copying: true, row: row) }
            }
        }
    }

    private mutating func column(_ key: Int) -> CellColumn {
        if keys.keys[key].column < 0 { keys.setColumn(columns.position(of: keys.keys[key].path), of: key) }
        return columns.columns[keys.keys[key].column]
    }

    /// A text of JSON.
    private static func quote(_ text: ArraySlice<UInt8>, into result: inout [UInt8]) {
        result.append(ASCII.quote)
        for byte in text {
            switch byte {
            case ASCII.quote, 0x5C: result += [0x5C, byte]
            case ASCII.lineFeed: result += [0x5C, 0x6E]
            case ASCII.tab: result += [0x5C, 0x74]
            case 0..<ASCII.blank: result += Array("\\u00".utf8) + Array(Hexadecimal.text([byte]).utf8)
            default: result.append(byte)
            }
        }
        result.append(ASCII.quote)
    }
}
