public import RondoKernels

/// Reads JSON, strictly as RFC 8259 has it: a list of records, one record that holds such a list, or records one after the other.
///
/// Records inside records become columns named `a.b`; lists stay JSON text, unless `records` makes rows of them. Types come from all
/// records; a column whose values are of several types is text, and said.
public enum JSONReader: TableReader {
    public static let name = "json"
    public static let fileExtensions = ["json", "geojson"]
    public static let summary = "records in JSON, flattened"

    public static func read(_ source: ByteSource, options: ReadOptions, context: ComputeContext) throws -> ReadResult {
        try JSONReading.read(source, isLines: false, options, context)
    }
}

/// Reads JSON lines: a record a line.
public enum JSONLinesReader: TableReader {
    public static let name = "jsonl"
    public static let fileExtensions = ["jsonl", "ndjson", "ldjson"]
    public static let summary = "a JSON record a line, flattened"

    public static func read(_ source: ByteSource, options: ReadOptions, context: ComputeContext) throws -> ReadResult {
        try JSONReading.read(source, isLines: true, options, context)
    }
}

/// What both readers of JSON do.
struct JSONReading {
    let bytes: TextBytes
    let name: String
    let options: ReadOptions
    let context: ComputeContext

    static func read(_ source: ByteSource, isLines: Bool, _ options: ReadOptions, _ context: ComputeContext) throws -> ReadResult {
        try SourceText.withText(of: source, options, context) { bytes, findings in
            let reading = JSONReading(bytes: bytes, name: source.name, options: options, context: context)
            return try reading.read(isLines: isLines, findings)
        }
    }

    private func read(isLines: Bool, _ found: [Finding]) throws -> ReadResult {
        var probe = JSONScanner(bytes)
        guard probe.skipBlanks() else { throw ReadFault.empty(name) }
        do {
            if let path = options.records { return try child(path, isLines: isLines, found) }
            switch try JSONLayout.find(bytes, isLines: isLines) {
            case .sequence: return try settled(found) { forced in try sequence(forced) }
            case .record:
                return try settled(found) { forced in try [run(0, bytes.count, forced)] }
            case .list(let offset, let path, let others):
                var findings = found
                if !path.isEmpty {
                    let beside = others.isEmpty ? "" : "; left out beside it: " + others.prefix(8).joined(separator: ", ")
                    findings.append(Finding("records", "rows are the items of \(path)\(beside)", count: others.count))
                }
                return try settled(findings) { forced in try [items(offset, forced, isWhole: path.isEmpty)] }
            }
        } catch let flaw as JSONFlaw { throw fault(flaw) }
    }

    private func fault(_ flaw: JSONFlaw) -> Fault {
        let place = place(flaw.offset)
        switch flaw.kind {
        case .tooDeep: return RecordFault.tooDeep(name, place: place, limit: JSONScanner.depthLimit)
        case .tooManyColumns: return RecordFault.tooManyColumns(name, RecordColumns.columnLimit + 1)
        default:
            let (what, remedy) = flaw.words
            return RecordFault.json(name, place: place, what: what, remedy: remedy)
        }
    }

    private func place(_ offset: Int) -> BytePlace {
        LineIndex(bytes: bytes, newline: ASCII.lineFeed).place(min(offset, max(bytes.count - 1, 0)))
    }

    private func line(_ offset: Int) -> Int { LineIndex(bytes: bytes, newline: ASCII.lineFeed).line(offset) }

    // MARK: Reading the rows

    /// Values one after the other between two places.
    private func run(_ start: Int, _ end: Int, _ forced: Set<String>) throws -> JSONRecords {
        var records = JSONRecords(JSONScanner(bytes, position: start, limit: end), forcedText: forced)
        while records.scanner.skipBlanks() {
            try records.readRow(depth: 0)
            try tick(records)
        }
        return records
    }

    /// The values of a text with a record a line in chunks; where a record runs over lines, all of them from the beginning.
    private func sequence(_ forced: Set<String>) throws -> [JSONRecords] {
        var starts = [0]
        while let last = starts.last, last < bytes.count {
            var next = min(last + ChunkPlan.size, bytes.count)
            while next < bytes.count, bytes.base[next - 1] != ASCII.lineFeed { next += 1 }
            starts.append(next)
        }
        let bounds = starts
        do {
            return try Parallel.map(bounds.count - 1, context: context) { chunk in try run(bounds[chunk], bounds[chunk + 1], forced) }
        } catch is JSONFlaw {
            // The flaw may be a record cut by a chunk; read as a whole it shows where it really is.
            return [try run(0, bytes.count, forced)]
        }
    }

    /// The items of a list; `isWhole` when nothing may follow it.
    private func items(_ offset: Int, _ forced: Set<String>, isWhole: Bool) throws -> JSONRecords {
        var records = JSONRecords(JSONScanner(bytes, position: offset + 1), forcedText: forced)
        if try records.scanner.token() == 0x5D {
            records.scanner.position += 1
        } else {
            while true {
                try records.readRow(depth: 1)
                try tick(records)
                let byte = try records.scanner.token()
                records.scanner.position += 1
                if byte == 0x5D { break }
                guard byte == ASCII.comma else { throw JSONFlaw(.unexpected("a comma or ]"), at: records.scanner.position - 1) }
            }
        }
        if isWhole, records.scanner.skipBlanks() { throw JSONFlaw(.unexpected("the end of the file"), at: records.scanner.position) }
        return records
    }

    private func tick(_ records: JSONRecords) throws {
        guard records.columns.rowCount & 1023 == 0 else { return }
        try context.cancellation.check()
        context.progress(Progress(done: records.scanner.position, total: bytes.count, label: "reading"))
        if records.columns.rowCount > Int(Int32.max) - 1024 { throw ReadFault.tooManyRows(name) }
    }

    /// The items of the list that each record has under a path, with the plain values of the records above them.
    private func child(_ path: String, isLines: Bool, _ found: [Finding]) throws -> ReadResult {
        let parts = path.split(separator: ".").map(String.init)
        var known: [String] = []
        let result = try settled(found) { forced -> [JSONRecords] in
            var records = JSONRecords(JSONScanner(bytes), forcedText: forced)
            var parent = JSONScanner(bytes)
            let isList = try parent.token() == 0x5B && !isLines
            if isList { parent.position += 1 }
            var number = 0
            var without = 0
            while parent.skipBlanks() {
                if isList, try parent.token() == 0x5D { break }
                number += 1
                let start = parent.position
                guard let place = try JSONLayout.follow(parts, &parent, prefix: "parent.") else {
                    without += 1
                    if known.isEmpty {
                        var again = JSONScanner(bytes, position: start)
                        if try again.token() == 0x7B { known = try JSONLayout.members(of: &again).filter { !$0.isPlain }.map(\.name) }
                    }
                    try next(&parent, isList)
                    continue
                }
                try rows(&records, at: place.offset, place.parents, number)
                try next(&parent, isList)
                try tick(records)
            }
            if number > 0, without == number { throw RecordFault.noRecords(name, path: path, known: known) }
            return [records]
        }
        let single = result.frame["parent.row"].map { $0.count > 0 && $0.numbers().allSatisfy { $0 == 1 } } ?? false
        // One record at the top: its own values would stand in every row.
        guard single else { return result }
        let kept = result.frame.keeping { !$0.hasPrefix("parent.") }
        return ReadResult(frame: kept, findings: result.findings.filter { $0.column?.hasPrefix("parent.") != true })
    }

    private func next(_ parent: inout JSONScanner, _ isList: Bool) throws(JSONFlaw) {
        guard isList, parent.skipBlanks(), parent.base[parent.position] == ASCII.comma else { return }
        parent.position += 1
    }

    private func rows(_ records: inout JSONRecords, at offset: Int, _ parents: [JSONRecords.ParentValue], _ number: Int) throws {
        records.scanner.position = offset
        guard try records.scanner.token() == 0x5B else {
            if records.scanner.base[offset] == 0x6E { return }
            try records.readRow(depth: 1, also: parents)
            records.putParentRow(number, name: "parent.row")
            return
        }
        records.scanner.position += 1
        if try records.scanner.token() == 0x5D { return }
        while true {
            try records.readRow(depth: 1, also: parents)
            records.putParentRow(number, name: "parent.row")
            try tick(records)
            let byte = try records.scanner.token()
            records.scanner.position += 1
            if byte != ASCII.comma { return }
        }
    }

    // MARK: The table

    /// Reads until every column has one type: columns of several types are read again as text.
    private func settled(_ found: [Finding], _ read: (Set<String>) throws -> [JSONRecords]) throws -> ReadResult {
        var forced = options.textColumns
        var reasons: [String: String] = [:]
        while true {
            let runs = try read(forced)
            let mixed = mixtures(runs)
            guard !mixed.isEmpty else { return try assembled(runs, found, reasons) }
            for (name, reason) in mixed {
                forced.insert(name)
                reasons[name] = reason
            }
        }
    }

    /// Names of the columns whose values do not go together, with the reason.
    private func mixtures(_ runs: [JSONRecords]) -> [String: String] {
        var result: [String: String] = [:]
        for run in runs {
            for mixture in run.mixtures where result[mixture.name] == nil {
                let place = grouped(line(mixture.offset))
                result[mixture.name] =
                    mixture.kind == mixture.earlier || (mixture.kind == .number && [.integer, .unknown, .number].contains(mixture.earlier))
                    ? "a number in line \(place) would not keep all its digits"
                    : "line \(place) holds \(mixture.kind.words) where others hold \(mixture.earlier.words)"
            }
        }
        guard runs.count > 1 else { return result }
        var names: [String: Int] = [:]
        var order: [String] = []
        for run in runs {
            for column in run.columns.columns where names.updateValue(1, forKey: column.name) == nil { order.append(column.name) }
        }
        for name in order where result[name] == nil {
            let parts = runs.map { run in run.columns.position(known: name).map { run.columns.columns[$0] } }
            let present = parts.indices.filter { parts[$0] != nil }
            guard let mixture = RecordAssembly.commonKind(parts.compactMap { $0 }).mixture else { continue }
            let run = runs[present[mixture.part]]
            let place = grouped(line(run.offsets.first ?? 0))
            result[name] = "from line \(place) on it holds \(mixture.kind.words) where others hold \(mixture.earlier.words)"
        }
        return result
    }

    private func assembled(_ runs: [JSONRecords], _ found: [Finding], _ reasons: [String: String]) throws -> ReadResult {
        for run in runs { run.columns.fill() }
        var findings = found
        let lone = runs.reduce(0) { $0 + $1.lone.count }
        if lone > 0, let first = runs.first(where: { $0.lone.count > 0 })?.lone.first {
            let text = "\(grouped(lone)) halves of a character (lone surrogates) became U+FFFD, the first in line \(grouped(line(first)))"
            findings.append(Finding("surrogates", text, count: lone))
        }
        let empty = runs.reduce(0) { $0 + $1.emptyRecords }
        if empty > 0 {
            findings.append(
                Finding(
                    "empty_records", "\(grouped(empty)) \(empty == 1 ? "record without keys is" : "records without keys are") missing",
                    count: empty))
        }
        for run in runs {
            for column in run.columns.columns where column.repeated > 0 {
                let place = run.offsets.indices.contains(column.firstRepeated ?? -1) ? run.offsets[column.firstRepeated ?? 0] : 0
                let text =
                    "\(column.name) is given twice in \(grouped(column.repeated)) \(column.repeated == 1 ? "record" : "records"), "
                    + "the first in line \(grouped(line(place))): the last value counts"
                findings.append(Finding("repeated", text, count: column.repeated, column: column.name))
            }
        }
        let offsets = runs.flatMap(\.offsets)
        let index = LineIndex(bytes: bytes, newline: ASCII.lineFeed)
        let assembly = RecordAssembly(
            name: name, options: options, typing: .moments, runs: runs.map(\.columns), reasons: reasons,
            line: { offsets.indices.contains($0) ? index.line(offsets[$0]) : 1 })
        return try assembly.result(findings, context: context)
    }
}
