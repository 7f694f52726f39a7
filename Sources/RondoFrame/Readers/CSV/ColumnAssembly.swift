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

    func columns(_ context: ComputeContext) throws -> (columns: [Column], findings: [Finding]) {
        let built = try Parallel.map(names.count, context: context) { column in try self.column(column) }
        return (built.map(\.column), built.flatMap(\.findings))
    }

    private func column(_ column: Int) throws -> (column: Column, findings: [Finding]) {
        let sinks = parts.map { $0[column].sink }
        if kinds[column] == .text { return TextAssembly(self, column, sinks).assembled() }
        var counts = [Int](repeating: 0, count: marks.count)
        for sink in sinks { for mark in counts.indices { counts[mark] += sink.marks[mark] } }
        var findings = missingFindings(column, counts)
        let flags = sinks.reduce(into: FieldFlags()) { $0.formUnion($1.flags) }
        let result: Column
        switch kinds[column] {
        case .integer:
            let mask = flags.contains(.gap) ? joined(sinks) { sink in sink.gaps ?? UnsafeMutablePointer(bitPattern: 1) } : nil
            result = Column(.integer(values(sinks, Int64.self), missing: mask))
        case .number: result = Column(.number(values(sinks, Double.self)))
        case .truth: result = Column(.truth(values(sinks, UInt8.self)))
        case .isoDate: result = Column(.date(values(sinks, Int32.self)))
        case .numericDate:
            let first = dayFirst[column]
            let packed = values(sinks, Int32.self)
            result = Column(
                .date(packed.map { $0 == Column.missingDate ? $0 : WrittenMoment.days(packed: $0, dayFirst: first) ?? Column.missingDate }))
            findings.append(
                Finding("dates", "\(names[column]) is read as \(first ? "day, month, year" : "month, day, year")", column: names[column]))
        case .time:
            result = Column(.time(values(sinks, Int64.self)))
            if flags.contains(.zoned) {
                findings.append(Finding("times", "\(names[column]) names time zones: converted to UTC", column: names[column]))
            }
            if flags.contains(.dateOnly) {
                findings.append(
                    Finding("times", "\(names[column]) holds dates and times: dates are read as midnight", column: names[column]))
            }
        case .unknown, .skip, .text:
            result = Column(.number(Array(repeating: .nan, count: rowCounts.reduce(0, +))))
            if result.count > 0 { findings.append(Finding("type", "\(names[column]) holds no values", column: names[column])) }
        }
        return (result, findings)
    }

    private func values<Value>(_ sinks: [ColumnSink], _: Value.Type) -> [Value] {
        joined(sinks) { $0.values.assumingMemoryBound(to: Value.self) }
    }

    /// The values of all chunks in one array.
    private func joined<Value>(_ sinks: [ColumnSink], _ pointer: (ColumnSink) -> UnsafeMutablePointer<Value>?) -> [Value] {
        let total = rowCounts.reduce(0, +)
        return [Value](unsafeUninitializedCapacity: total) { buffer, count in
            for (sink, rows) in zip(sinks, rowCounts) where rows > 0 {
                guard let source = pointer(sink), let target = buffer.baseAddress else { continue }
                (target + count).initialize(from: source, count: rows)
                count += rows
            }
        }
    }

    /// One finding for each mark of a column.
    func missingFindings(_ column: Int, _ counts: [Int]) -> [Finding] {
        counts.indices.compactMap { mark in
            guard counts[mark] > 0 else { return nil }
            let text = "\(grouped(counts[mark])) \(marks.description(mark)) in \(names[column]) read as missing"
            return Finding("missing", text, count: counts[mark], column: names[column])
        }
    }
}
