import RondoKernels
import RondoReport

/// The audit trail: every accepted and refused cell as it comes, one line of JSON each, synced before the prompt returns.
package struct Journal: Sendable {
    package let path: String
    private let append: @Sendable (String, String) throws -> Void
    private let now: @Sendable () -> Int64
    private let author: String?

    package init(path: String, world: World, author: String? = nil) {
        self.path = path
        append = world.files.append
        now = world.now
        self.author = author
    }

    /// A cell with its verdict: `ok` or the code of the error.
    package func cell(_ source: String, verdict: String) throws { try write(kind: "cell", text: source, verdict: verdict) }

    /// A cell of the shell that changed the session: `undo`, `redo`, `edit`, `rerun`.
    package func shell(_ source: String) throws { try write(kind: "shell", text: source, verdict: "ok") }

    /// The session was opened anew: what stands above belongs to another one.
    package func clear(_ source: String) throws { try write(kind: "clear", text: source, verdict: "ok") }

    /// An entry of another journal or file, as it was.
    package func keep(_ entry: Entry) throws { try write(kind: entry.kind, text: entry.text, verdict: entry.verdict) }

    package func note(_ markdown: String) { try? write(kind: "note", text: markdown, verdict: "ok") }

    /// The first line: the language version and the folder of relative paths.
    package func begin(baseFolder: String) throws { try write(kind: "begin", text: baseFolder, verdict: "rondo 1") }

    private func write(kind: String, text: String, verdict: String) throws {
        var line = JSONWriter()
        line.object { line in
            line.member("kind", kind)
            line.member("time", CivilCalendar.text(microseconds: now()))
            if let author { line.member("author", author) }
            line.member("text", text)
            line.member("verdict", verdict)
        }
        try append(path, line.text)
    }

    /// An entry as read back.
    package struct Entry: Sendable, Hashable {
        package let kind: String
        package let text: String
        package let verdict: String

        package init(kind: String, text: String, verdict: String = "ok") {
            self.kind = kind
            self.text = text
            self.verdict = verdict
        }
    }

    /// The whole entries of a journal; a last line cut off by a crash is left out, as is any damaged line.
    package static func entries(in text: String) -> [Entry] {
        text.split(separator: "\n", omittingEmptySubsequences: true).compactMap { line in
            guard let tree = try? JSONReader.read(String(line)), let kind = tree["kind"]?.text, let text = tree["text"]?.text,
                let verdict = tree["verdict"]?.text
            else { return nil }
            return Entry(kind: kind, text: text, verdict: verdict)
        }
    }
}
