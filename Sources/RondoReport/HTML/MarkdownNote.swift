import RondoKernels

/// Markdown of notes as HTML, parsed by cmark-gfm with tables and written by the page's own builder, which escapes everything.
///
/// Raw HTML is shown as text. Links and pictures appear as their words with the address, so that a page points nowhere. Without the
/// library a note is shown as it was typed.
struct MarkdownNote {
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

    init(topLevel: Int = 3, anchorPrefix: String) {
        self.topLevel = topLevel
        self.anchorPrefix = anchorPrefix
    }

    mutating func render(_ markdown: String, into builder: inout HTMLBuilder) {
        var writer = MarkdownWriter(topLevel: topLevel, anchor: anchorPrefix, headings: headings)
        guard MarkdownWalk.walk(markdown, { writer.take($0) }) else {
            if !markdown.isEmpty { builder.element("pre", [.class("plain")], text: markdown) }
            return
        }
        headings = writer.headings
        builder.trusted(writer.html)
    }
}

/// Writes the pieces of a Markdown text as they come.
private struct MarkdownWriter {
    private(set) var headings: [MarkdownNote.Heading] = []
    private var builder = HTMLBuilder()
    /// What is open, from the outside in; an empty tag where a piece has none of its own.
    private var open: [(kind: String, tag: String, isTight: Bool)] = []
    private var address: [String] = []
    private var isHeader = false
    private var bodyHasBegun = false
    private let topLevel: Int
    private let anchor: String
    /// Pieces nested deeper than this lose their tags; their words stay.
    private static let deepest = 40

    init(topLevel: Int, anchor: String, headings: [MarkdownNote.Heading]) {
        self.headings = headings
        self.topLevel = topLevel
        self.anchor = anchor
    }

    var html: String { builder.html }

    mutating func take(_ event: MarkdownWalk.Event) {
        switch event.kind {
        case "text", "html_inline", "code", "softbreak", "linebreak": inline(event)
        case "code_block": code(event)
        case "html_block": builder.element("p", text: MarkdownWriter.withoutEnd(event.text))
        case "thematic_break": builder.void("hr")
        case "document": break
        default: if event.enters { enter(event) } else { exit(event) }
        }
    }

    private mutating func inline(_ event: MarkdownWalk.Event) {
        switch event.kind {
        case "softbreak": builder.text("\n")
        case "linebreak": builder.void("br")
        case "code": builder.element("code", text: event.text)
        default: builder.text(event.text)
        }
        if open.contains(where: { $0.kind == "heading" }), let last = headings.indices.last {
            headings[last].text += event.kind.hasSuffix("break") ? " " : event.text
        }
    }

    private mutating func code(_ event: MarkdownWalk.Event) {
        let text = MarkdownWriter.withoutEnd(event.text)
        builder.element("pre") { builder in
            builder.element("code") { if event.fence == "rondo" { CodeMarkup.render(text, into: &$0) } else { $0.text(text) } }
        }
    }

    private mutating func enter(_ event: MarkdownWalk.Event) {
        var attributes: [HTMLBuilder.Attribute] = []
        var tag = ""
        switch event.kind {
        case "paragraph": tag = open.last?.kind == "item" && open.dropLast().last?.isTight == true ? "" : "p"
        case "block_quote": tag = "blockquote"
        case "list":
            tag = event.start == nil ? "ul" : "ol"
            if let start = event.start, start != 1 { attributes = [.init("start", String(start))] }
        case "item": tag = "li"
        case "emph": tag = "em"
        case "strong": tag = "strong"
        case "heading":
            let heading = MarkdownNote.Heading(level: event.level, text: "", anchor: "\(anchor)-\(headings.count + 1)")
            headings.append(heading)
            tag = "h\(min(6, event.level + topLevel - 1))"
            attributes = [.id(heading.anchor)]
        case "link", "image": address.append(event.address)
        case "table":
            builder.trusted("<div class=\"scroll\" role=\"region\" aria-label=\"table of a note\" tabindex=\"0\">")
            tag = "table"
            bodyHasBegun = false
        case "table_header":
            builder.trusted("<thead>")
            (tag, isHeader) = ("tr", true)
        case "table_row":
            if !bodyHasBegun { builder.trusted("<tbody>") }
            (tag, isHeader, bodyHasBegun) = ("tr", false, true)
        case "table_cell":
            tag = isHeader ? "th" : "td"
            if isHeader { attributes = [.init("scope", "col")] }
        default: break
        }
        if open.count >= MarkdownWriter.deepest, !event.kind.hasPrefix("table") { tag = "" }
        if !tag.isEmpty { builder.void(tag, attributes) }
        open.append((event.kind, tag, event.isTight))
    }

    private mutating func exit(_ event: MarkdownWalk.Event) {
        guard let last = open.popLast() else { return }
        if event.kind == "link" || event.kind == "image", let address = address.popLast(), !address.isEmpty {
            builder.element("span", [.class("address")], text: " (\(address))")
        }
        if event.kind == "table", bodyHasBegun { builder.trusted("</tbody>") }
        if !last.tag.isEmpty { builder.trusted("</\(last.tag)>") }
        switch event.kind {
        case "heading": builder.line()
        case "table_header": builder.trusted("</thead>")
        case "table": builder.trusted("</div>")
        default: break
        }
    }

    private static func withoutEnd(_ text: String) -> String { text.hasSuffix("\n") ? String(text.dropLast()) : text }
}
