import RondoKernels

/// Reads all chunks, again for columns whose later values ask for another type, until every value fits.
struct ReadingPass {
    let bytes: TextBytes
    let dialect: CSVDialect
    let layout: TableLayout
    let options: ReadOptions
    let name: String
    let context: ComputeContext
    private let pieces: [LineSurvey.Piece]
    private let marks: MissingMarks
    private var plan = ChunkPlan(starts: [0, 0])
    private var kinds: [FieldKind] = []
    private var outcomes: [ChunkParser.Outcome] = []
    /// By chunk, then by column.
    private var parts: [[ColumnPart]] = []
    private var reasons: [String?] = []
    private var dayFirst: [Bool] = []
    /// The records of each chunk that are kept, ascending; nil keeps all.
    private var kept: [[Int]]?
    /// Records of the whole text where only some are kept.
    private var recordCount = 0

    /// - Parameter bytes: the text up to the end of the table.
    init(
        bytes: TextBytes, text: SurveyedText<LineSurvey>, layout: TableLayout, options: ReadOptions, name: String, context: ComputeContext
    ) {
        self.bytes = bytes
        dialect = text.survey.dialect
        pieces = text.pieces
        self.layout = layout
        self.options = options
        self.name = name
        self.context = context
        marks = MissingMarks(options.missing)
    }

    var rowCount: Int { outcomes.reduce(0) { $0 + $1.rows } }

    /// The columns of the table with all findings about rows and values.
    ///
    /// Nil when values stand in columns at the end that have no name and were left out.
    mutating func columns() throws -> (columns: [Column], findings: [Finding])? {
        reasons = Array(repeating: nil, count: layout.names.count)
        dayFirst = Array(repeating: true, count: layout.names.count)
        plan =
            try ChunkPlan.byParity(bytes, dialect, from: layout.dataStart, pieces)
            ?? ChunkPlan.byScanning(bytes, dialect, from: layout.dataStart, context: context)
        kinds = guess()
        try choose()
        try readAll()
        if !isContiguous {
            plan = try ChunkPlan.byScanning(bytes, dialect, from: layout.dataStart, context: context)
            try choose()
            try readAll()
        }
        if layout.unnamedAtEnd > 0, outcomes.contains(where: { $0.long != nil }) { return nil }
        try checkRows()
        try settleKinds()
        try settlePoints()
        let assembly = ColumnAssembly(
            names: layout.names, kinds: kinds, parts: parts, marks: marks, dayFirst: dayFirst, reasons: reasons,
            rowCounts: outcomes.map(\.rows), lineOfRow: line, textColumns: textColumns,
            wish: wish, dateOrder: options.dateOrder, sparingDelimiter: layout.quotesAreSparing ? dialect.delimiter : nil)
        let (columns, findings) = try assembly.columns(context)
        return (columns, rowFindings() + findings)
    }

    /// Whether every chunk ends where the next begins.
    private var isContiguous: Bool { outcomes.indices.allSatisfy { outcomes[$0].end == plan.starts[$0 + 1] } }

    /// Draws the records of a sample: all are counted first, none is kept.
    private mutating func choose() throws {
        guard let sample = options.sample else { return }
        let (plan, bytes, dialect, columns) = (plan, bytes, dialect, layout.names.count)
        let counts = try Parallel.map(plan.count, context: context) { chunk in
            var scanner = CSVScanner(bytes, dialect, position: plan.starts[chunk])
            var count = 0
            while scanner.position < plan.starts[chunk + 1] {
                if scanner.skipComment() || (columns > 1 && scanner.skipBlankLine()) { continue }
                _ = scanner.skipRecord()
                count += 1
            }
            return count
        }
        recordCount = counts.reduce(0, +)
        var chosen = [[Int]](repeating: [], count: counts.count)
        var (chunk, before) = (0, 0)
        for record in sample.rows(of: recordCount) {
            while chunk < counts.count, record >= before + counts[chunk] {
                before += counts[chunk]
                chunk += 1
            }
            if chunk < counts.count { chosen[chunk].append(record - before) }
        }
        kept = chosen
    }

    private mutating func readAll() throws {
        let all = try parse(kinds)
        outcomes = all.map(\.outcome)
        parts = all.map(\.parts)
    }

    /// Reads every chunk, each column as its kind says.
    private func parse(_ kinds: [FieldKind]) throws -> [(outcome: ChunkParser.Outcome, parts: [ColumnPart])] {
        let (plan, bytes, dialect, marks, context, kept) = (plan, bytes, dialect, marks, context, kept)
        let capacities = try kept?.map(\.count) ?? plan.capacities(bytes, dialect, context: context)
        let rowStarts = capacities.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
        let buffers = kinds.map { ColumnBuffer(kind: $0, count: rowStarts.last ?? 0) }
        let (scratches, store) = (ScratchPool { ChunkScratch(kinds) }, WordStore(bytes: bytes.count))
        return try Parallel.map(plan.count, context: context) { chunk in
            let (start, end) = (plan.starts[chunk], plan.starts[chunk + 1])
            let read = scratches.with { scratch in
                let parts = kinds.indices.map { column in
                    ColumnPart(
                        kind: kinds[column], in: buffers[column], start: rowStarts[chunk], capacity: capacities[chunk], marks: marks.count,
                        dictionary: scratch.dictionaries[column])
                }
                var sinks = parts.map(\.sink)
                let outcome = sinks.withUnsafeMutableBufferPointer { buffer -> ChunkParser.Outcome in
                    guard let base = buffer.baseAddress else { return ChunkParser.Outcome() }
                    var parser = ChunkParser(
                        bytes: bytes, dialect: dialect, marks: marks, start: start, sinks: base, columnCount: kinds.count)
                    if let kept { parser.parse(kept[chunk], until: end) } else { parser.parse(until: end, in: &scratch.window) }
                    return parser.outcome
                }
                for (column, part) in parts.enumerated() {
                    part.sink = sinks[column]
                    scratch.dictionaries[column] = part.keepWords(in: store)
                }
                return (outcome, parts)
            }
            context.progress(Progress(done: end, total: bytes.count, label: "reading"))
            return read
        }
    }

    /// The kinds that a few records from all over the text ask for.
    private func guess() -> [FieldKind] {
        var kinds = [FieldKind](repeating: .unknown, count: layout.names.count)
        let step = max(1, plan.count / 8)
        for chunk in stride(from: 0, to: plan.count, by: step) {
            var scanner = CSVScanner(bytes, dialect, position: plan.starts[chunk])
            var records = 0
            while scanner.position < plan.starts[chunk + 1], records < (chunk == 0 ? 200 : 50) {
                if scanner.skipComment() || (kinds.count > 1 && scanner.skipBlankLine()) { continue }
                guessRecord(&scanner, &kinds)
                records += 1
            }
        }
        for column in textColumns { kinds[column] = .text }
        return kinds.map(withoutPoint)
    }

    /// Columns that stay text whatever they hold.
    private var textColumns: Set<Int> {
        guard !options.textColumns.isEmpty else { return [] }
        return Set(
            layout.names.indices.filter {
                options.textColumns.contains(layout.names[$0]) || options.textColumns.contains(layout.rawNames[$0])
            })
    }

    /// Where a point is no decimal point, numbers with one are words until their style is known.
    private func withoutPoint(_ kind: FieldKind) -> FieldKind {
        let isPoint = (options.decimal ?? ASCII.point) == ASCII.point && options.thousands != ASCII.point
        return kind == .number && !isPoint ? .text : kind
    }

    private func guessRecord(_ scanner: inout CSVScanner, _ kinds: inout [FieldKind]) {
        var column = 0
        while true {
            let field = scanner.next()
            if column < kinds.count, kinds[column] != .text {
                var (start, end) = (field.start, field.end)
                while start < end, bytes.base[start] == ASCII.blank || bytes.base[start] == ASCII.tab { start += 1 }
                while end > start, bytes.base[end - 1] == ASCII.blank || bytes.base[end - 1] == ASCII.tab { end -= 1 }
                if start < end, marks.match(bytes.base + start, end - start) == nil {
                    kinds[column] = FieldKind.join(kinds[column], FieldKind.classify(bytes.base + start, end - start))
                }
            }
            column += 1
            if field.last { return }
        }
    }

    /// Broken quotes and rows with too many fields are errors, the first one counts.
    private func checkRows() throws {
        let index = LineIndex(bytes: bytes, newline: dialect.newline)
        for outcome in outcomes {
            if let flaw = outcome.flaw, flaw.offset < outcome.long?.offset ?? .max {
                let place = index.place(max(flaw.offset - 1, 0))
                throw flaw.kind == .openQuote ? ReadFault.openQuote(name, place: place) : ReadFault.textAfterQuote(name, place: place)
            }
            if let long = outcome.long {
                throw ReadFault.longRow(name, place: index.place(long.offset), fields: long.fields, expected: layout.names.count)
            }
        }
        guard rowCount <= Int(Int32.max) else { throw ReadFault.tooManyRows(name) }
    }

    /// Reads columns again whose values did not fit, until all do; kinds only become wider, so this ends.
    private mutating func settleKinds() throws {
        while true {
            var again = [FieldKind](repeating: .skip, count: kinds.count)
            for column in kinds.indices {
                let next = withoutPoint(nextKind(column))
                if next != kinds[column] { again[column] = next }
            }
            guard again.contains(where: { $0 != .skip }) else { return }
            let read = try parse(again)
            for column in again.indices where again[column] != .skip {
                kinds[column] = again[column]
                for chunk in read.indices { parts[chunk][column] = read[chunk].parts[column] }
            }
        }
    }

    private var wish: NumberStyle.Wish {
        var wish = NumberStyle.Wish(
            decimal: options.decimal, thousands: options.thousands, isCommaSeparated: dialect.delimiter == ASCII.comma)
        wish.pointsMayGroup = dialect.delimiter == ASCII.semicolon && options.decimal == nil && options.thousands == nil
        return wish
    }

    /// Between semicolons a point before three digits may be a mark of thousands: such columns are read again as words, all of which decide.
    private mutating func settlePoints() throws {
        guard wish.pointsMayGroup else { return }
        var again = [FieldKind](repeating: .skip, count: kinds.count)
        for column in kinds.indices where kinds[column] == .number && mayBeGrouped(column) { again[column] = .text }
        guard again.contains(.text) else { return }
        let read = try parse(again)
        for column in again.indices where again[column] == .text {
            kinds[column] = .text
            for chunk in read.indices { parts[chunk][column] = read[chunk].parts[column] }
        }
    }

    /// Whether all numbers are below a thousand with no more than three digits behind the point, some whole and some not.
    private func mayBeGrouped(_ column: Int) -> Bool {
        var (whole, broken) = (false, false)
        for (chunk, part) in parts.enumerated() {
            let sink = part[column].sink
            let values = UnsafeBufferPointer(start: sink.values.assumingMemoryBound(to: Double.self), count: outcomes[chunk].rows)
            for value in values where !value.isNaN {
                guard value.magnitude < 1000, (value * 1000).rounded() / 1000 == value else { return false }
                if value == value.rounded() { whole = true } else { broken = true }
            }
        }
        return whole && broken
    }

    /// The kind of a column as far as its chunks know it.
    private mutating func nextKind(_ column: Int) -> FieldKind {
        let kind = kinds[column]
        let sinks = parts.map { $0[column].sink }
        let targets = sinks.compactMap(\.target)
        guard targets.isEmpty else {
            let hasValues = sinks.contains { $0.present > 0 }
            return targets.reduce(hasValues ? kind : .unknown, FieldKind.join)
        }
        let flags = sinks.reduce(into: FieldFlags()) { $0.formUnion($1.flags) }
        let reason: String?
        switch kind {
        case .integer: reason = flags.contains(.plus) && !flags.contains(.minus) ? "its plus signs would be lost in numbers" : nil
        case .truth:
            let styles = flags.intersection([.lowerTruth, .upperTruth, .capitalTruth]).rawValue.nonzeroBitCount
            reason = styles > 1 ? "its words for true and false are written in different ways" : nil
        case .time:
            reason =
                flags.contains(.zoned) && !flags.isDisjoint(with: [.unzoned, .dateOnly])
                ? "some of its times name a zone and some do not" : nil
        case .numericDate: reason = dateOrder(column, flags, sinks)
        // Nothing but marks, in quotes that other fields do without: they are words.
        case .unknown where flags.contains(.quotedMark) && marks.automatic && layout.quotesAreSparing: return .text
        default: reason = nil
        }
        guard let reason else { return kind }
        reasons[column] = reason
        return .text
    }

    /// Decides which number is the day; a reason when that cannot be known or a date does not exist.
    private mutating func dateOrder(_ column: Int, _ flags: FieldFlags, _ sinks: [ColumnSink]) -> String? {
        if flags.contains([.firstIsDay, .secondIsDay]) { return "its dates begin with the day in some rows and with the month in others" }
        if flags.contains(.firstIsDay) {
            dayFirst[column] = true
        } else if flags.contains(.secondIsDay) {
            dayFirst[column] = false
        } else if let order = options.dateOrder, order != .year {
            dayFirst[column] = order == .day
        } else if hasOneReading(sinks) {
            dayFirst[column] = true
        } else {
            return "its dates could begin with the day or with the month: say dates day or dates month"
        }
        for (chunk, sink) in sinks.enumerated() {
            let values = UnsafeBufferPointer(start: sink.values.assumingMemoryBound(to: Int32.self), count: outcomes[chunk].rows)
            for packed in values where packed != Column.missingDate && WrittenMoment.days(packed: packed, dayFirst: dayFirst[column]) == nil
            {
                let (first, second) = (packed >> 5 & 31, packed & 31)
                return "\(first)/\(second)/\(packed >> 10) is no day"
            }
        }
        return nil
    }

    /// Whether day and month are the same number in every date.
    private func hasOneReading(_ sinks: [ColumnSink]) -> Bool {
        sinks.enumerated().allSatisfy { chunk, sink in
            UnsafeBufferPointer(start: sink.values.assumingMemoryBound(to: Int32.self), count: outcomes[chunk].rows).allSatisfy {
                $0 == Column.missingDate || $0 >> 5 & 31 == $0 & 31
            }
        }
    }

    /// The line of a row, for findings.
    private var line: @Sendable (Int) -> Int {
        let (index, offset) = (LineIndex(bytes: bytes, newline: dialect.newline), offset)
        return { index.line(offset($0)) }
    }

    /// Offset of the record of a row.
    private var offset: @Sendable (Int) -> Int {
        let (bytes, dialect, plan, columnCount, counts, kept) = (bytes, dialect, plan, layout.names.count, outcomes.map(\.rows), kept)
        return { row in
            var chunk = 0
            var rest = row
            while chunk < counts.count, rest >= counts[chunk] {
                rest -= counts[chunk]
                chunk += 1
            }
            guard chunk < counts.count else { return bytes.count }
            if let kept, rest < kept[chunk].count { rest = kept[chunk][rest] }
            var scanner = CSVScanner(bytes, dialect, position: plan.starts[chunk])
            while scanner.position < bytes.count {
                if scanner.skipComment() || (columnCount > 1 && scanner.skipBlankLine()) { continue }
                if rest == 0 { break }
                _ = scanner.skipRecord()
                rest -= 1
            }
            return scanner.position
        }
    }

    private func rowFindings() -> [Finding] {
        var findings: [Finding] = []
        if kept != nil {
            let text = "\(grouped(rowCount)) of \(grouped(recordCount)) rows, drawn at random; types are those of these rows"
            findings.append(Finding("sample", text, count: rowCount))
        }
        if rowCount == 0 { findings.append(Finding("empty", "only names, no rows", count: 0)) }
        let blank = outcomes.reduce(0) { $0 + $1.blankLines }
        if blank > 0 {
            findings.append(Finding("blank_lines", "\(grouped(blank)) blank \(blank == 1 ? "line" : "lines") left out", count: blank))
        }
        let comments = outcomes.reduce(0) { $0 + $1.comments }
        if comments > 0 {
            let text = "\(grouped(comments)) \(comments == 1 ? "line" : "lines") of comment left out"
            findings.append(Finding("comments", text, count: comments))
        }
        let short = outcomes.reduce(0) { $0 + $1.shortRows }
        if short > 0, let first = outcomes.compactMap(\.firstShort).first {
            let line = grouped(LineIndex(bytes: bytes, newline: dialect.newline).line(first))
            let text =
                short == 1
                ? "1 row is too short, line \(line): its last fields are missing"
                : "\(grouped(short)) rows are too short, the first in line \(line): their last fields are missing"
            findings.append(Finding("short_rows", text, count: short))
        }
        return findings
    }
}
