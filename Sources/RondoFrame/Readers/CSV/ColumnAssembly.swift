import RondoKernels

/// Makes columns of the parts that the chunks read, and says what was decided about their values.
struct ColumnAssembly: Sendable {
    let names: [String]
    let kinds: [FieldKind]
    /// By chunk, then by column.
    let parts: [[ColumnPart]]
    let marks: MissingMarks
    let dayFirst: [Bool]
    let reasons: [String?]
    let rowCounts: [Int]
    /// The line of a row, for findings.
    let lineOfRow: @Sendable (Int) -> Int
    /// Whether the source has numbers of its own, so that a text of digits needs no reason.
    var onlyMoments = false
    /// Columns that stay text whatever they hold.
    var textColumns: Set<Int> = []
    var wish = NumberStyle.Wish()
    var dateOrder: ReadOptions.DateOrder?
    /// The delimiter of a file that leaves quotes away where it can; nil where everything may be in quotes.
    var sparingDelimiter: UInt8?

    func staysText(_ column: Int) -> Bool { textColumns.contains(column) }

    func columns(_ context: ComputeContext) throws -> (columns: [Column], findings: [Finding]) {
        // Columns of very many words take all threads one after the other, the rest a thread a column: loops inside loops get one thread.
        var built = [(column: Column, findings: [Finding])?](repeating: nil, count: names.count)
        for column in names.indices where wordCount(column) > ColumnAssembly.manyWords {
            built[column] = try self.column(column, context)
        }
        let rest = names.indices.filter { built[$0] == nil }
        let one = context.with(threads: .one)
        let others = try Parallel.map(rest.count, context: context) { try self.column(rest[$0], one) }
        for (column, result) in zip(rest, others) { built[column] = result }
        let all = built.compactMap { $0 }
        return (all.map(\.column), all.flatMap(\.findings))
    }

    private static let manyWords = 1 << 16

    private func wordCount(_ column: Int) -> Int { parts.reduce(0) { $0 + ($1[column].sink.dictionary?.count ?? 0) } }

    private func column(_ column: Int, _ context: ComputeContext) throws -> (column: Column, findings: [Finding]) {
        if kinds[column] == .text { return try TextAssembly(self, column, parts.map { $0[column] }).assembled(context) }
        let sinks = parts.map { $0[column].sink }
        var counts = [Int](repeating: 0, count: marks.count)
        for sink in sinks { for mark in counts.indices { counts[mark] += sink.marks[mark] } }
        var findings = missingFindings(column, counts)
        let flags = sinks.reduce(into: FieldFlags()) { $0.formUnion($1.flags) }
        let result: Column
        switch kinds[column] {
        case .integer:
            result = Column(.integer(values(column, \.integers), missing: flags.contains(.gap) ? gaps(column) : nil))
        case .number: result = Column(.number(values(column, \.numbers)))
        case .truth: result = Column(.truth(values(column, \.truths)))
        case .isoDate: result = Column(.date(values(column, \.days)))
        case .numericDate:
            let first = dayFirst[column]
            let packed = values(column, \.days)
            result = Column(
                .date(packed.map { $0 == Column.missingDate ? $0 : WrittenMoment.days(packed: $0, dayFirst: first) ?? Column.missingDate }))
            findings.append(
                Finding("dates", "\(names[column]) is read as \(first ? "day, month, year" : "month, day, year")", column: names[column]))
        case .time:
            result = Column(.time(values(column, \.integers)))
            if flags.contains(.zoned) {
                findings.append(Finding("times", "\(names[column]) names time zones: converted to UTC", column: names[column]))
            }
            if flags.contains(.dateOnly) {
                findings.append(
                    Finding("times", "\(names[column]) holds dates and times: dates are read as midnight", column: names[column]))
            }
        case .unknown, .skip, .text:
            result = Column(.number(Array(repeating: .nan, count: rowCounts.reduce(0, +))))
            if result.count > 0 { findings.append(Finding("no_values", "\(names[column]) holds no values", column: names[column])) }
        }
        return (result, findings)
    }

    /// The values of all chunks, moved together in the array they were written to.
    func values<Value: BitwiseCopyable>(_ column: Int, _ array: KeyPath<ColumnBuffer, SharedArray<Value>?>) -> [Value] {
        let pieces = zip(parts, rowCounts).map { (start: $0[column].start, count: $1) }
        return parts.first?[column].buffer?[keyPath: array]?.taken(pieces) ?? []
    }

    /// Which rows of an integer column are missing.
    private func gaps(_ column: Int) -> [Bool] {
        Array(large: rowCounts.reduce(0, +)) { buffer in
            var row = 0
            for (part, count) in zip(parts, rowCounts) {
                for place in row..<row + count { buffer.initializeElement(at: place, to: part[column].sink.gaps?[place - row] ?? false) }
                row += count
            }
        }
    }

    /// One finding for each mark of a column.
    func missingFindings(_ column: Int, _ counts: [Int]) -> [Finding] {
        counts.indices.compactMap { mark in
            guard counts[mark] > 0 else { return nil }
            let text = "\(grouped(counts[mark])) \(marks.description(mark)) in \(names[column]) read as missing"
            return Finding("missing", text, count: counts[mark], column: names[column], mark: marks.description(mark))
        }
    }
}
