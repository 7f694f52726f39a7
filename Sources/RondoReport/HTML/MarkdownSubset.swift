/// The part of Markdown that notes need, written as HTML: headings, paragraphs, emphasis, code, lists, quotes, rules; links appear
/// as text with their address. Everything else is plain text, and all of it is escaped.
struct MarkdownSubset {
    /// A heading met on the way, for the contents.
    struct Heading: Sendable, Hashable {
        var level: Int
        var text: String
        var anchor: String
    }

    private(set) var headings: [Heading] = []
    /// Level of `#`: notes stand inside a section with its own heading.
    private let topLevel: Int
    private let anchorPrefix: String
    private static let deepest = 6

    init(topLevel: Int = 3, anchorPrefix: String) {
        self.topLevel = topLevel
        self.anchorPrefix = anchorPrefix
    }

    mutating func render(_ markdown: String, into builder: inout HTMLBuilder) {
        let lines = markdown.split(omittingEmptySubsequences: false) { $0.isNewline }.map { line in
            line.map { $0 == "\t" ? "    " : String($0) }.joined()
        }
        render(lines[...], depth: 0, into: &builder)
    }

    // MARK: blocks

    private mutating func render(_ source: ArraySlice<String>, depth: Int, into builder: inout HTMLBuilder) {
        var lines = source
        var paragraph: [String] = []
        func flush(_ builder: inout HTMLBuilder) {
            if paragraph.isEmpty { return }
            let text = paragraph.joined(separator: "\n")
            builder.element("p") { MarkdownInline.render(text, into: &$0) }
            paragraph = []
        }
        while let line = lines.first {
            let trimmed = MarkdownSubset.trimmed(line)
            if trimmed.isEmpty {
                flush(&builder)
                lines.removeFirst()
            } else if let fence = MarkdownSubset.fence(trimmed) {
                flush(&builder)
                lines.removeFirst()
                let end = lines.firstIndex { MarkdownSubset.trimmed($0).hasPrefix(fence) } ?? lines.endIndex
                let code = lines[lines.startIndex..<end].joined(separator: "\n")
                builder.element("pre") { $0.element("code", text: code) }
                lines = lines[min(lines.endIndex, end + 1)...]
            } else if let (level, text) = MarkdownSubset.heading(trimmed) {
                flush(&builder)
                heading(level, text, into: &builder)
                lines.removeFirst()
            } else if MarkdownSubset.isRule(trimmed) {
                flush(&builder)
                builder.void("hr")
                lines.removeFirst()
            } else if trimmed.hasPrefix(">"), depth < MarkdownSubset.deepest {
                flush(&builder)
                let end = lines.firstIndex { !MarkdownSubset.trimmed($0).hasPrefix(">") } ?? lines.endIndex
                let inner = lines[lines.startIndex..<end].map { MarkdownSubset.trimmed(String(MarkdownSubset.trimmed($0).dropFirst())) }
                builder.element("blockquote") { self.render(inner[...], depth: depth + 1, into: &$0) }
                lines = lines[end...]
            } else if MarkdownSubset.item(line) != nil, depth < MarkdownSubset.deepest {
                flush(&builder)
                lines = list(lines, depth: depth, into: &builder)
            } else {
                paragraph.append(trimmed)
                lines.removeFirst()
            }
        }
        flush(&builder)
    }

    private mutating func heading(_ level: Int, _ text: String, into builder: inout HTMLBuilder) {
        let heading = Heading(level: level, text: MarkdownInline.plain(text), anchor: "\(anchorPrefix)-\(headings.count + 1)")
        headings.append(heading)
        builder.element("h\(min(6, level + topLevel - 1))", [.id(heading.anchor)]) { MarkdownInline.render(text, into: &$0) }
        builder.line()
    }

    private mutating func list(_ source: ArraySlice<String>, depth: Int, into builder: inout HTMLBuilder) -> ArraySlice<String> {
        guard let first = source.first.flatMap({ MarkdownSubset.item($0) }) else { return source.dropFirst() }
        var rest = source
        builder.element(first.isOrdered ? "ol" : "ul") { builder in
            while let line = rest.first, let item = MarkdownSubset.item(line), item.isOrdered == first.isOrdered,
                item.indent < first.indent + 2
            {
                rest.removeFirst()
                var inner = [item.text]
                while let next = rest.first {
                    let indent = next.prefix { $0 == " " }.count
                    let isBlank = MarkdownSubset.trimmed(next).isEmpty
                    if isBlank, let after = rest.dropFirst().first, after.prefix(while: { $0 == " " }).count > item.indent,
                        !MarkdownSubset.trimmed(after).isEmpty
                    {
                        inner.append("")
                    } else if !isBlank, indent > item.indent {
                        inner.append(String(next.dropFirst(min(indent, item.indent + 2))))
                    } else {
                        break
                    }
                    rest.removeFirst()
                }
                let isSimple = inner.count == 1
                builder.element("li") { builder in
                    if isSimple {
                        MarkdownInline.render(inner[0], into: &builder)
                    } else {
                        self.render(inner[...], depth: depth + 1, into: &builder)
                    }
                }
            }
        }
        return rest
    }

    // MARK: lines

    private static func trimmed(_ line: String) -> String {
        var part = line.drop { $0 == " " }
        while part.last == " " { part.removeLast() }
        return String(part)
    }

    private static func fence(_ line: String) -> String? { line.hasPrefix("```") ? "```" : line.hasPrefix("~~~") ? "~~~" : nil }

    private static func heading(_ line: String) -> (Int, String)? {
        let level = line.prefix { $0 == "#" }.count
        guard (1...6).contains(level), line.dropFirst(level).first == " " else { return nil }
        var text = trimmed(String(line.dropFirst(level)))
        while text.last == "#" { text.removeLast() }
        return (level, trimmed(text))
    }

    private static func isRule(_ line: String) -> Bool {
        let marks = line.filter { $0 != " " }
        return marks.count >= 3 && (marks.allSatisfy { $0 == "-" } || marks.allSatisfy { $0 == "*" } || marks.allSatisfy { $0 == "_" })
    }

    private static func item(_ line: String) -> (indent: Int, isOrdered: Bool, text: String)? {
        let indent = line.prefix { $0 == " " }.count
        let rest = line.dropFirst(indent)
        if let mark = rest.first, "-*+".contains(mark), rest.dropFirst().first == " " {
            return (indent, false, trimmed(String(rest.dropFirst(2))))
        }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        let after = rest.dropFirst(digits.count)
        guard (1...9).contains(digits.count), let mark = after.first, ".)".contains(mark), after.dropFirst().first == " " else {
            return nil
        }
        return (indent, true, trimmed(String(after.dropFirst(2))))
    }
}
