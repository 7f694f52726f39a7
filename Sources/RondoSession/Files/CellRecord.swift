import RondoKernels
import RondoLifecycle
package import RondoReport

/// The record under a cell in a session file: its figures in six digits, two digests, the files it read and wrote.
package struct CellRecord: Sendable, Hashable {
    /// Non-volatile figures by name, as text of six significant digits.
    package let figures: [Figure]
    package let digest: CellDigest?
    package let files: [FileRecord]

    package struct Figure: Sendable, Hashable {
        package let name: String
        package let text: String
    }
    package struct FileRecord: Sendable, Hashable {
        package let name: String
        package let byteCount: Int
        package let sha256: String
        /// Whether the cell wrote it (else it read it).
        package let isWritten: Bool
    }

    package init(figures: [Figure], digest: CellDigest?, files: [FileRecord]) {
        self.figures = figures
        self.digest = digest
        self.files = files
    }

    /// The record of a run.
    package init(_ run: CellRun) {
        var figures: [Figure] = []
        for case .figures(let block) in run.blocks {
            for figure in block where !figure.isVolatile { figures.append(Figure(name: figure.name, text: CellRecord.text(figure.value))) }
        }
        func record(_ file: Table.SourceFile, _ isWritten: Bool) -> FileRecord {
            FileRecord(name: file.name, byteCount: file.byteCount, sha256: file.sha256, isWritten: isWritten)
        }
        self.init(
            figures: figures, digest: run.digest,
            files: run.filesRead.map { record($0, false) } + run.filesWritten.map { record($0, true) })
    }

    /// Six significant digits of a number, other values as they are.
    static func text(_ value: Scalar) -> String {
        switch value {
        case .number(let number): Scalar.plain(CellDigest.rounded(number))
        case .missing: "missing"
        default: value.plainText
        }
    }

    /// `#= train 29393, validation 9798 · 5e1f09aa 77c0d1b2`, then a line a file.
    package var lines: [String] {
        let words = figures.map { "\($0.name) \(CellRecord.escaped($0.text))" }.joined(separator: ", ")
        let digests = digest.map { "· \($0.text)" } ?? ""
        return ["#= " + [words, digests].filter { !$0.isEmpty }.joined(separator: " ")]
            + files.map { "#@ \($0.isWritten ? "wrote " : "")\($0.name) \($0.byteCount) bytes sha256 \($0.sha256)" }
    }

    /// A comma, line break or middle dot inside a figure's text would end it early; a quote inside quotes is doubled.
    private static func escaped(_ text: String) -> String {
        let isPlain = !text.isEmpty && text == text.trimmingBlanks && !text.contains { ",·\"".contains($0) || $0.isNewline }
        if isPlain { return text }
        return "\"" + String(text.map { $0.isNewline ? " " : $0 }).replacing("\"", with: "\"\"") + "\""
    }

    /// Reads the record lines under a cell; nil when there is no `#=` line.
    package init?(lines: [String]) {
        var figures: [Figure] = []
        var digest: CellDigest?
        var files: [FileRecord] = []
        var found = false
        for line in lines {
            if line.hasPrefix("#= ") || line == "#=" {
                found = true
                let body = line.dropFirst(2).trimmingPrefix(" ")
                let parts = body.split(separator: "·", omittingEmptySubsequences: false)
                if parts.count > 1, let last = parts.last { digest = CellDigest(text: last.trimmingBlanks) }
                let words = parts.count > 1 ? parts.dropLast().joined(separator: "·") : String(body)
                figures = CellRecord.figures(in: words)
            } else if line.hasPrefix("#@ "), let file = CellRecord.file(line.dropFirst(3)) {
                files.append(file)
            }
        }
        guard found else { return nil }
        self.init(figures: figures, digest: digest, files: files)
    }

    private static func figures(in words: String) -> [Figure] {
        var pieces: [String] = [""]
        var isQuoted = false
        for character in words {
            if character == "\"" { isQuoted.toggle() }
            if character == ",", !isQuoted { pieces.append("") } else { pieces[pieces.count - 1].append(character) }
        }
        return pieces.compactMap { piece in
            let trimmed = piece.trimmingBlanks
            guard let blank = trimmed.firstIndex(of: " ") else { return nil }
            return Figure(name: String(trimmed[..<blank]), text: unescaped(trimmed[trimmed.index(after: blank)...]))
        }
    }

    private static func unescaped(_ text: Substring) -> String {
        guard text.count >= 2, text.first == "\"", text.last == "\"" else { return String(text) }
        return String(text.dropFirst().dropLast()).replacing("\"\"", with: "\"")
    }

    private static func file(_ body: Substring) -> FileRecord? {
        let isWritten = body.hasPrefix("wrote ")
        let words = (isWritten ? body.dropFirst(6) : body).split(separator: " ")
        guard words.count >= 5, words[words.count - 2] == "sha256", words[words.count - 3] == "bytes",
            let size = Int(words[words.count - 4])
        else { return nil }
        let name = words.dropLast(4).joined(separator: " ")
        return FileRecord(name: name, byteCount: size, sha256: String(words[words.count - 1]), isWritten: isWritten)
    }
}

extension StringProtocol {
    /// Without blanks and tabs at both ends.
    var trimmingBlanks: String {
        var view = self[...]
        while let first = view.first, first == " " || first == "\t" { view = view.dropFirst() }
        while let last = view.last, last == " " || last == "\t" { view = view.dropLast() }
        return String(view)
    }
}
