/// Builds HTML and SVG from elements; every text and attribute is escaped, so data can never become markup.
struct HTMLBuilder {
    /// An attribute with its value.
    struct Attribute {
        var name: String
        var value: String

        init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }

        static func `class`(_ value: String) -> Attribute { Attribute("class", value) }
        static func id(_ value: String) -> Attribute { Attribute("id", value) }
    }

    private(set) var html = ""

    /// `<tag …>body</tag>`
    mutating func element(_ tag: String, _ attributes: [Attribute] = [], _ body: (inout HTMLBuilder) -> Void) {
        open(tag, attributes)
        html += ">"
        body(&self)
        html += "</\(tag)>"
    }

    mutating func element(_ tag: String, _ attributes: [Attribute] = [], text: String) {
        element(tag, attributes) { $0.text(text) }
    }

    /// `<tag …>` without content (`meta`, `br`).
    mutating func void(_ tag: String, _ attributes: [Attribute] = []) {
        open(tag, attributes)
        html += ">"
    }

    /// `<tag …/>` of SVG.
    mutating func shape(_ tag: String, _ attributes: [Attribute]) {
        open(tag, attributes)
        html += "/>"
    }

    mutating func text(_ text: String) { HTMLBuilder.escape(text, into: &html) }

    mutating func line() { html += "\n" }

    /// Style, script and other content of this module's own making.
    mutating func trusted(_ markup: String) { html += markup }

    private mutating func open(_ tag: String, _ attributes: [Attribute]) {
        html += "<"
        html += tag
        for attribute in attributes {
            html += " "
            html += attribute.name
            html += "=\""
            HTMLBuilder.escape(attribute.value, into: &html)
            html += "\""
        }
    }

    /// Escapes markup; characters that HTML forbids and marks that reorder text become U+FFFD.
    private static func escape(_ text: String, into html: inout String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\"": html += "&quot;"
            case "'": html += "&#39;"
            case "\n", "\t": html.unicodeScalars.append(scalar)
            default:
                let value = scalar.value
                let isForbidden =
                    value < 0x20 || (0x7F..<0xA0).contains(value) || (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
                    || value & 0xFFFE == 0xFFFE
                html.unicodeScalars.append(isForbidden ? "\u{FFFD}" : scalar)
            }
        }
    }
}
