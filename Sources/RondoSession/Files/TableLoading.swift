package import RondoFrame
package import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoReport

/// Reads files into tables by the reader that fits.
package enum TableLoading {
    /// - Parameters:
    ///   - format: the reader by name; nil goes by the file's ending and first bytes, else CSV.
    ///   - missing: words that mean a missing value; nil lets the reader decide and say.
    ///   - tidiesNames: whether column names are made into plain names.
    /// - Throws: `Fault` with the file, line, column and byte of what could not be read.
    package static func load(
        _ name: String, format: String? = nil, missing: [String]?, tidiesNames: Bool, in context: inout Context
    ) throws -> ReadResult {
        try load([name], format: format, options: ReadOptions(missing: missing, namesTidy: tidiesNames), origin: nil, in: &context)
    }

    /// Reads files, or what patterns such as `sales_*.csv` stand for, below each other; `-` is standard input.
    ///
    /// Columns are matched by name. A column that is text in one file and something else in another is read as text in all of them.
    /// - Parameter origin: the name of a column that says which file a row comes from.
    package static func load(
        _ names: [String], format: String?, options: ReadOptions, origin: String?, in context: inout Context
    ) throws -> ReadResult {
        var files: [String] = []
        for name in names {
            let isPattern = !WebFile.isAddress(name) && FilePattern.isPattern(name) && !context.world.files.exists(context.path(name))
            let list = context.world.files.list
            files += isPattern ? try FilePattern.files(name) { list(context.path($0)) } : [name]
        }
        let contents = try files.map { file in
            try checkClosed(file, context)
            return (name: file, content: try context.openFile(file == "-" ? "/dev/stdin" : file))
        }
        if options.sample == nil { try checkRoom(contents.map { ($0.name, $0.content.bytes.count) }, context) }
        let compute = context.compute
        let others = context.world.readers
        func read(_ options: ReadOptions) throws -> [ReadResult] {
            try contents.map { file in
                let source = ByteSource(name: shownName(file.name)) { body in try body(file.content.bytes) }
                return try TableReaders.read(source, format: format, others: others, options: options, context: compute)
            }
        }
        var results = try read(options)
        // Without the library nothing is loaded whose bytes could not be told again.
        _ = try SHA256Digest()
        for file in contents {
            let (name, content) = (file.name == "-" ? "/dev/stdin" : file.name, file.content)
            // Not beside the reading, which needs every processor: the session goes on meanwhile.
            let digest = try FileDigest(context: compute) { try SHA256Digest.hex(of: content.bytes) }
            context.recordRead(Table.SourceFile(name: name, byteCount: content.bytes.count, digest: digest))
        }
        let mixed = mixedColumns(results.map(\.frame))
        if !mixed.isEmpty {
            var options = options
            options.textColumns.formUnion(mixed)
            results = try read(options)
        }
        return try joined(results, files, mixed: mixed, origin: origin)
    }

    /// A table typed below `load here`.
    package static func load(here rows: [String], options: ReadOptions, context: ComputeContext) throws -> ReadResult {
        let source = ByteSource(name: "here", text: rows.joined(separator: "\n"))
        return try TableReaders.read(source, format: CSVReader.name, options: options, context: context)
    }

    /// What errors and endings go by: an address without its question.
    private static func shownName(_ name: String) -> String {
        if name == "-" { return "standard input" }
        return WebFile.isAddress(name) ? String(name.prefix { $0 != "?" && $0 != "#" }) : name
    }

    /// Refuses files whose tables would not fit in memory, before anything is read.
    private static func checkRoom(_ files: [(name: String, bytes: Int)], _ context: Context) throws {
        let size = files.reduce(0) { $0 + $1.bytes }
        // A table takes up to one and a half times its text, and reading a little more for a while.
        guard size > smallSize, let available = context.world.availableMemory(), size * 2 > available else { return }
        let share = max(1, Int(Double(available) / Double(size) * 40))
        let name = files.count == 1 ? files[0].name : "\(files[0].name) and \(files.count - 1) more"
        throw Fault(
            "R0664",
            "\(name) would need about \(NumberText.count((size * 2) >> 20)) MiB of memory, \(NumberText.count(available >> 20)) MiB are free",
            remedy: "read a part of the rows: load \"\(files[0].name)\" sample \(min(share, 50))%", subject: files[0].name)
    }

    private static let smallSize = 1 << 26

    /// A database with a journal beside it is being written, or was left in the middle of it.
    private static func checkClosed(_ name: String, _ context: Context) throws {
        if WebFile.isAddress(name) { return }
        for ending in ["-wal", "-journal"] {
            let beside = context.path(name) + ending
            guard context.world.files.exists(beside), let content = try? context.world.files.read(beside), !content.bytes.isEmpty else {
                continue
            }
            throw Fault(
                "R0659", "\(name) is in use, or was not closed: \(name)\(ending) holds changes that are not in it",
                remedy: "close the program that writes to it, then repeat the cell", subject: name)
        }
    }

    /// Names of columns that have types in the files which do not go together.
    private static func mixedColumns(_ frames: [Frame]) -> Set<String> {
        guard frames.count > 1 else { return [] }
        var mixed: Set<String> = []
        for name in Set(frames.flatMap(\.names)) {
            let filled = frames.compactMap { $0[name] }.filter { $0.missingCount < $0.count }
            let types = Set(filled.map(\.type))
            if types.count > 1, !types.allSatisfy(\.isNumeric), !types.allSatisfy(\.isText) { mixed.insert(name) }
        }
        return mixed
    }

    private static func joined(_ results: [ReadResult], _ files: [String], mixed: Set<String>, origin: String?) throws -> ReadResult {
        guard files.count > 1 || origin != nil else { return results.first ?? ReadResult(frame: Frame(), findings: []) }
        var findings: [Finding] = []
        if files.count > 1 {
            let rows = zip(files, results).prefix(8).map { "\($0) \($1.frame.rowCount)" }.joined(separator: ", ")
            let more = files.count > 8 ? " …" : ""
            findings.append(Finding("files", "\(files.count) files below each other, rows: \(rows)\(more)", count: files.count))
        }
        var frame = try Frame.concatenated(results.map(\.frame))
        for name in frame.names {
            let without = zip(files, results).filter { $1.frame[name] == nil }
            if let first = without.first {
                let rows = without.reduce(0) { $0 + $1.1.frame.rowCount }
                let text = "\(name) is missing in \(rows) rows: \(first.0)\(without.count > 1 ? " and others" : "") has no such column"
                findings.append(Finding("columns", text, count: rows, column: name))
            }
            if mixed.contains(name) {
                findings.append(Finding("type", "\(name) is text: its type differs between the files", column: name))
            }
        }
        for (file, result) in zip(files, results) {
            for finding in result.findings where finding.column.map({ !mixed.contains($0) || finding.name != "type" }) ?? true {
                let text = files.count > 1 ? "\(file): \(finding.text)" : finding.text
                findings.append(Finding(finding.name, text, count: finding.count, column: finding.column, mark: finding.mark))
            }
        }
        if let origin {
            guard frame[origin] == nil else {
                throw Fault(
                    "R0638", "the files have a column \(origin) of their own", remedy: "give it another name: origin source_file",
                    subject: origin)
            }
            let codes = results.enumerated().flatMap { index, result in repeatElement(Int32(index), count: result.frame.rowCount) }
            try frame.set(origin, Column(.text(codes, Levels(files))))
        }
        return ReadResult(frame: frame, findings: findings)
    }
}
