import RondoKernels

/// What a page carries of its session.
package struct CarriedSession: Sendable, Hashable {
    /// The session file.
    package var script: String
    package var cells: [CellReport]
    /// The way from the page's folder to the one that relative paths start from.
    package var base: String
}

/// The session as JSON inside a page: `{"format":"rondo-report","version":1,"title":…,"base":…,"script":…,"cells":[…]}`.
///
/// Every `<` is written `\u003c`, so that nothing in it can end the element; cells are in the form of `BlockCoding`.
enum SessionPayload {
    static let identifier = "rondo-session"
    static let version = 1
    private static let start = "<script type=\"application/json\" id=\"rondo-session\">"
    private static let end = "</script>"

    static func write(_ document: ReportDocument) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("format", "rondo-report")
            writer.member("version", version)
            writer.member("title", document.title)
            if !document.base.isEmpty { writer.member("base", document.base) }
            writer.member("script", document.script)
            writer.key("cells")
            writer.array { writer in for cell in document.cells { BlockCoding.write(cell, to: &writer) } }
        }
        var result: [UInt8] = []
        result.reserveCapacity(writer.bytes.count)
        for byte in writer.bytes {
            if byte == UInt8(ascii: "<") { result.append(contentsOf: "\\u003c".utf8) } else { result.append(byte) }
        }
        return String(decoding: result, as: UTF8.self)
    }

    static func read(_ html: String) throws -> CarriedSession {
        let bytes = Array(html.utf8)
        guard let begin = index(of: Array(start.utf8), in: bytes, from: 0) else {
            throw Fault("R0922", "this page carries no Rondo session", remedy: "give a page that report wrote, or a session file")
        }
        let first = begin + start.utf8.count
        guard let last = index(of: Array(end.utf8), in: bytes, from: first) else { throw BlockCoding.damaged("the page is cut off") }
        let tree = try JSONReader.read(String(decoding: bytes[first..<last], as: UTF8.self))
        guard tree["format"]?.text == "rondo-report" else { throw BlockCoding.damaged("it is no session of a report") }
        guard try BlockCoding.int("version", of: tree) <= version else {
            throw Fault("R0923", "this report was written by a newer Rondo", remedy: "read it with the version its head names")
        }
        return CarriedSession(
            script: try BlockCoding.text("script", of: tree), cells: try BlockCoding.elements("cells", of: tree).map(BlockCoding.cell),
            base: tree["base"]?.text ?? "")
    }

    private static func index(of pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = pattern.first, bytes.count >= pattern.count else { return nil }
        var index = start
        while index <= bytes.count - pattern.count {
            if bytes[index] == first, bytes[index..<(index + pattern.count)].elementsEqual(pattern) { return index }
            index += 1
        }
        return nil
    }
}
