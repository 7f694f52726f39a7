package import RondoKernels

/// The growing columns of a run of records, in order of first appearance.
package struct RecordColumns: Sendable {
    /// Most columns that records may have; a table is dense, so that keys made of data would fill the memory.
    static let columnLimit = 20_000

    /// Most cells of a table with more columns than people make by hand.
    private static let (manyColumns, cellLimit) = (1000, 1 << 28)

    /// Whether the table may grow so large.
    package var isWithinLimit: Bool { RecordColumns.allows(columns: columns.count, rows: rowCount) }

    static func allows(columns: Int, rows: Int) -> Bool {
        columns <= columnLimit && (columns <= manyColumns || columns.multipliedReportingOverflow(by: rows).partialValue <= cellLimit)
    }

    package private(set) var columns: [CellColumn] = []
    package var rowCount = 0
    private var positions: [String: Int] = [:]
    private let forcedText: Set<String>

    package init(forcedText: Set<String> = []) { self.forcedText = forcedText }

    /// The position of the column of this name, a new one when it is new.
    package mutating func position(of name: String) -> Int {
        if let known = positions[name] { return known }
        positions[name] = columns.count
        columns.append(CellColumn(name: name, isForcedText: forcedText.contains(name)))
        return columns.count - 1
    }

    package func position(known name: String) -> Int? { positions[name] }

    /// Fills all columns to the last row.
    package func fill() { for column in columns { column.fill(to: rowCount) } }
}

/// How records become a table once all of them are read.
package struct RecordAssembly: Sendable {
    /// What texts may become.
    package enum TextTyping: Sendable {
        /// Everything is text in the source: numbers, truth values, dates and times are found as in CSV.
        case all
        /// The source has numbers of its own: only dates and times are found in text.
        case moments
    }

    let name: String
    let options: ReadOptions
    let typing: TextTyping
    /// Runs of records in order.
    let runs: [RecordColumns]
    /// Why a column that is read as text does not have another type.
    let reasons: [String: String]
    /// The line of a row, for findings.
    let line: @Sendable (Int) -> Int

    package init(
        name: String, options: ReadOptions, typing: TextTyping, runs: [RecordColumns], reasons: [String: String],
        line: @escaping @Sendable (Int) -> Int
    ) {
        self.name = name
        self.options = options
        self.typing = typing
        self.runs = runs
        self.reasons = reasons
        self.line = line
    }

    private var rowCounts: [Int] { runs.map(\.rowCount) }

    /// Names of all columns in order of first appearance; a key that is null where it is no record has columns of its own.
    private var names: [String] {
        var seen: Set<String> = []
        var filled: Set<String> = []
        var above: Set<String> = []
        var all: [String] = []
        for column in runs.flatMap(\.columns) {
            if column.kind != .unknown { filled.insert(column.name) }
            guard seen.insert(column.name).inserted else { continue }
            all.append(column.name)
            var path = column.name[...]
            while let point = path.lastIndex(of: ".") {
                path = path[..<point]
                if !above.insert(String(path)).inserted { break }
            }
        }
        return all.filter { filled.contains($0) || !above.contains($0) }
    }

    /// The kind that holds the cells of all runs; nil when they do not go together.
    package static func commonKind(_ parts: [CellColumn]) -> (kind: CellKind, mixture: (part: Int, kind: CellKind, earlier: CellKind)?) {
        var kind = CellKind.unknown
        for (index, part) in parts.enumerated() where part.kind != .unknown && part.kind != kind {
            switch (kind, part.kind) {
            case (.unknown, _): kind = part.kind
            case (.integer, .number), (.number, .integer):
                let wide = parts.contains { $0.kind == .integer && $0.integers.contains { $0.magnitude > 1 << 53 } }
                if wide { return (.text, (index, part.kind, kind)) }
                kind = .number
            default: return (.text, (index, part.kind, kind))
            }
        }
        return (kind, nil)
    }

    /// The table; `mixed` columns must have been read again as text before.
    package func result(_ found: [Finding], context: ComputeContext) throws -> ReadResult {
        let wanted = names
        guard RecordColumns.allows(columns: wanted.count, rows: rowCounts.reduce(0, +)) else {
            throw RecordFault.tooManyColumns(name, wanted.count)
        }
        let (given, nameFindings) = HeaderDetection.names(wanted, tidy: options.namesTidy)
        let built = try Parallel.map(wanted.count, context: context) { index in try column(wanted[index], as: given[index]) }
        let frame = wanted.isEmpty ? Frame(rowCount: rowCounts.reduce(0, +)) : try Frame(Array(zip(given, built.map(\.column))))
        var findings = found + nameFindings
        if frame.rowCount == 0 { findings.append(Finding("empty", "no rows", count: 0)) }
        return ReadResult(frame: frame, findings: findings + built.flatMap(\.findings))
    }

    private func column(_ key: String, as name: String) throws -> (column: Column, findings: [Finding]) {
        let parts = runs.map { run in run.position(known: key).map { run.columns[$0] } }
        var findings: [Finding] = []
        let known = parts.compactMap { $0 }
        let lists = known.reduce(0) { $0 + $1.listCount }
        if lists > 0 {
            let text = "\(grouped(lists)) \(lists == 1 ? "list" : "lists") in \(name) kept as JSON text"
            findings.append(Finding("lists", text, count: lists, column: name))
        }
        switch RecordAssembly.commonKind(known).kind {
        case .unknown:
            let rows = rowCounts.reduce(0, +)
            if rows > 0 { findings.append(Finding("no_values", "\(name) holds no values", column: name)) }
            return (.missing(.number, count: rows), findings)
        case .integer:
            let mask = joined(parts, true) { $0.gaps }
            return (Column(.integer(joined(parts, 0) { $0.integers }, missing: mask.contains(true) ? mask : nil)), findings)
        case .number:
            let values = joined(parts, Double.nan) { part in
                part.kind == .integer ? part.integers.indices.map { part.gaps[$0] ? .nan : Double(part.integers[$0]) } : part.numbers
            }
            return (Column(.number(values)), findings)
        case .truth: return (Column(.truth(joined(parts, Column.missingTruth) { $0.truths })), findings)
        case .text:
            let (column, said) = try text(parts, key, name)
            return (column, findings + said)
        }
    }

    /// The values of all runs below each other; a run without the column, or without a value in it, gives gaps.
    private func joined<Value>(_ parts: [CellColumn?], _ gap: Value, _ values: (CellColumn) -> [Value]) -> [Value] {
        var result: [Value] = []
        result.reserveCapacity(rowCounts.reduce(0, +))
        for (part, rows) in zip(parts, rowCounts) {
            let own = part.map { $0.kind == .unknown ? [] : values($0) } ?? []
            result.append(contentsOf: own)
            if own.count < rows { result.append(contentsOf: repeatElement(gap, count: rows - own.count)) }
        }
        return result
    }

    private func text(_ parts: [CellColumn?], _ key: String, _ name: String) throws -> (column: Column, findings: [Finding]) {
        let size = parts.reduce(0) { max($0, $1?.dictionary.count ?? 0) }
        var dictionary = ByteDictionary(expecting: size)
        let part = ColumnPart(texts: rowCounts.reduce(0, +), marks: marks.count)
        let codes = part.sink.values.assumingMemoryBound(to: Int32.self)
        var row = 0
        for (cells, rows) in zip(parts, rowCounts) {
            let end = row + rows
            if let cells, cells.kind == .text {
                let map = (0..<cells.dictionary.count).map { code -> Int32 in
                    let entry = cells.dictionary.entries[code]
                    // An empty text is a missing value, and said.
                    if entry.length == 0 { return -1 }
                    return dictionary.code(entry.bytes, entry.length)
                }
                for code in cells.codes {
                    let word = code < 0 ? -1 : map[Int(code)]
                    if code >= 0, word < 0 { part.sink.marks[MissingMarks.empty] += 1 }
                    (codes + row).initialize(to: word)
                    row += 1
                }
            }
            while row < end {
                (codes + row).initialize(to: -1)
                row += 1
            }
        }
        part.sink.dictionary = dictionary
        let typing = WordTyping(
            name: name, part: part, rowCount: row, marks: marks, options: options,
            kinds: options.textColumns.contains(key) || options.textColumns.contains(name) ? nil : typing, reason: reasons[key], line: line)
        let result = try typing.typed()
        // The words have become strings and numbers by now; the runs own their bytes until here.
        return withExtendedLifetime(parts) { result }
    }

    /// In a source with types of its own only the empty text is missing, unless the user names words.
    private var marks: MissingMarks {
        typing == .moments && options.missing == nil ? MissingMarks([]) : MissingMarks(options.missing)
    }
}
