public import RondoKernels

/// Reads logs a line a row: Apache and nginx access and error logs, system logs and OpenSSH are found; others by `pattern`.
///
/// Lines that are not of the log's kind are left out, counted, and the first is named.
public enum LogReader: TableReader {
    public static let name = "log"
    public static let fileExtensions = ["log"]
    public static let summary = "logs of web servers and systems, others by pattern"

    public static func read(_ source: ByteSource, options: ReadOptions, context: ComputeContext) throws -> ReadResult {
        try SourceText.withText(of: source, options, context) { bytes, findings in
            try LogReading(bytes: bytes, name: source.name, options: options, context: context).read(findings)
        }
    }
}

/// What reading a log needs.
struct LogReading {
    let bytes: TextBytes
    let name: String
    let options: ReadOptions
    let context: ComputeContext

    /// Lines that are looked at to find the kind.
    private static let sampleSize = 200

    func read(_ found: [Finding]) throws -> ReadResult {
        if let pattern = options.pattern { return try byPattern(pattern, found) }
        guard let format = format() else { throw RecordFault.unknownLog(name) }
        var findings = found + [Finding("format", "read as \(format.name)")]
        if let note = format.note { findings.append(Finding("times", note)) }
        return try table(findings, columns: format.columns) { line, _ in format.read(line) }
    }

    /// The kind that reads the most of the first lines, at least half of them.
    private func format() -> LogFormat? {
        var counts = [Int](repeating: 0, count: LogFormats.all.count)
        var lines = 0
        var start = 0
        while start < bytes.count, lines < LogReading.sampleSize {
            let range = lineRange(from: start)
            start = range.next
            guard !range.line.isEmpty else { continue }
            lines += 1
            for (index, format) in LogFormats.all.enumerated() where format.read(LogLine(bytes.base, range.line)) != nil {
                counts[index] += 1
            }
        }
        guard let most = counts.max(), most * 2 >= lines, most > 0, let best = counts.firstIndex(of: most) else { return nil }
        return LogFormats.all[best]
    }

    private func lineRange(from start: Int) -> (line: Range<Int>, next: Int) {
        var end = start
        while end < bytes.count, bytes.base[end] != ASCII.lineFeed { end += 1 }
        let next = min(end + 1, bytes.count)
        var last = end
        while last > start, bytes.base[last - 1] == ASCII.carriageReturn || bytes.base[last - 1] == ASCII.blank { last -= 1 }
        return (start..<last, next)
    }

    private func byPattern(_ text: String, _ found: [Finding]) throws -> ReadResult {
        let pattern: LogPattern
        do { pattern = try LogPattern(text) } catch let error as RegularExpressionError {
            throw RecordFault.pattern(text, "\(error)")
        } catch let missing as SystemLibraryMissing { throw ReadFault.missingLibrary(name, missing) }
        guard !pattern.columns.isEmpty else { throw RecordFault.pattern(text, "the pattern names no groups") }
        return try table(found, columns: pattern.columns) { line, number in
            do { return try pattern.read(line) } catch let error as RegularExpressionError {
                throw RecordFault.pattern(text, "\(error) (line \(grouped(number)))")
            }
        }
    }

    private func table(
        _ found: [Finding], columns: [String], _ read: (LogLine, Int) throws -> [LogValue]?
    ) throws -> ReadResult {
        var records = RecordColumns()
        let positions = columns.map { records.position(of: $0) }
        var lines: [Int32] = []
        var others = (count: 0, first: 0, blank: 0)
        var times = Set<Int>()
        var dashes = 0
        var (start, number) = (0, 0)
        while start < bytes.count {
            let range = lineRange(from: start)
            start = range.next
            number += 1
            if number & 1023 == 0 {
                try context.cancellation.check()
                context.progress(Progress(done: start, total: bytes.count, label: "reading"))
                if lines.count > Int(Int32.max) - 1024 { throw ReadFault.tooManyRows(name) }
            }
            guard !range.line.isEmpty else {
                others.blank += 1
                continue
            }
            guard let values = try read(LogLine(bytes.base, range.line), number) else {
                if others.count == 0 { others.first = number }
                others.count += 1
                continue
            }
            for (index, value) in values.enumerated() {
                if case .time = value { times.insert(index) }
                if case .missing = value { dashes += 1 }
                put(value, records.columns[positions[index]], records.rowCount)
            }
            lines.append(Int32(clamping: number))
            records.rowCount += 1
        }
        if records.rowCount == 0 { throw RecordFault.noLogLines(name) }
        records.fill()
        let said = dashes == 0 ? [] : [Finding("missing", "\(grouped(dashes)) fields that are - or absent read as missing", count: dashes)]
        return try finished(found + said, records, times, lines, others)
    }

    private func put(_ value: LogValue, _ column: CellColumn, _ row: Int) {
        switch value {
        case .text(let range): column.put(bytes.base + range.lowerBound, range.count, copying: false, row: row)
        case .integer(let number), .time(let number): column.put(number, row: row)
        case .missing: column.putMissing(row: row)
        }
    }

    private func finished(
        _ found: [Finding], _ records: RecordColumns, _ times: Set<Int>, _ lines: [Int32], _ others: (count: Int, first: Int, blank: Int)
    ) throws -> ReadResult {
        var findings = found
        if others.count > 0 {
            let text =
                others.count == 1
                ? "line \(grouped(others.first)) is of another form: left out"
                : "\(grouped(others.count)) lines are of another form: left out, the first is line \(grouped(others.first))"
            findings.append(Finding("other_lines", text, count: others.count))
        }
        if others.blank > 0 {
            let text = "\(grouped(others.blank)) blank \(others.blank == 1 ? "line" : "lines") left out"
            findings.append(Finding("blank_lines", text, count: others.blank))
        }
        // Only a pattern's texts may be numbers: the known kinds say what is one.
        let assembly = RecordAssembly(
            name: name, options: options, typing: options.pattern == nil ? .moments : .all, runs: [records], reasons: [:],
            line: { lines.indices.contains($0) ? Int(lines[$0]) : 1 })
        let result = try assembly.result(findings, context: context)
        guard !times.isEmpty else { return result }
        var frame = result.frame
        for index in times {
            let name = frame.names[index]
            if let column = frame[name], case .integer(let values, let missing) = column.storage {
                try frame.set(name, Column(.time(values.indices.map { missing?[$0] == true ? Column.missingTime : values[$0] })))
            }
        }
        return ReadResult(frame: frame, findings: result.findings)
    }
}

/// A regular expression whose named groups are columns.
struct LogPattern {
    let columns: [String]
    private let expression: RegularExpression
    /// The group of each column.
    private let groups: [Int]

    init(_ text: String) throws {
        expression = try RegularExpression(text)
        (columns, groups) = LogPattern.names(text)
    }

    /// Values of the groups where the pattern matches; nil where it does not.
    func read(_ line: LogLine) throws -> [LogValue]? {
        let text = UnsafeBufferPointer(start: line.base + line.place, count: line.end - line.place)
        guard let match = try expression.firstMatch(in: text) else { return nil }
        return groups.map { group in
            guard group < match.count, let range = match[group] else { return .missing }
            return .text(range.lowerBound + line.place..<range.upperBound + line.place)
        }
    }

    /// Names and numbers of the groups `(?<name>…)` and `(?P<name>…)`.
    private static func names(_ text: String) -> (names: [String], groups: [Int]) {
        let bytes = Array(text.utf8)
        var (names, groups): ([String], [Int]) = ([], [])
        var (place, group, inClass) = (0, 0, false)
        while place < bytes.count {
            switch bytes[place] {
            case 0x5C: place += 1
            case UInt8(ascii: "["): inClass = true
            case UInt8(ascii: "]"): inClass = false
            case UInt8(ascii: "(") where !inClass:
                let isSpecial = place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "?")
                var start = place + 2
                if isSpecial, start < bytes.count, bytes[start] == UInt8(ascii: "P") { start += 1 }
                let isNamed =
                    isSpecial && start + 1 < bytes.count && bytes[start] == UInt8(ascii: "<")
                    && bytes[start + 1] != UInt8(ascii: "=") && bytes[start + 1] != UInt8(ascii: "!")
                if isNamed, let end = bytes[start...].firstIndex(of: UInt8(ascii: ">")) {
                    group += 1
                    names.append(String(decoding: bytes[start + 1..<end], as: UTF8.self))
                    groups.append(group)
                } else if !isSpecial, !(place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "*")) {
                    group += 1
                }
            default: break
            }
            place += 1
        }
        return (names, groups)
    }
}
