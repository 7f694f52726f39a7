/// Fills the slots of a text template with the figures of its cell: `{train} rows to {until}`.
///
/// A slot is a figure's name in braces; `{{` and `}}` are braces. A slot that no figure fills stays as it is, so that it can be seen.
package enum SlotFilling {
    package enum Piece: Sendable, Hashable {
        case words(String)
        case slot(String)
    }

    /// The template cut into words and slots.
    package static func pieces(of template: String) -> [Piece] {
        var pieces: [Piece] = []
        var words = String.UnicodeScalarView()
        let scalars = Array(template.unicodeScalars)
        var index = 0
        func flush() {
            if !words.isEmpty { pieces.append(.words(String(words))) }
            words = String.UnicodeScalarView()
        }
        while index < scalars.count {
            let scalar = scalars[index]
            if scalar == "{" || scalar == "}", index + 1 < scalars.count, scalars[index + 1] == scalar {
                words.append(scalar)
                index += 2
                continue
            }
            if scalar == "{", let close = scalars[index...].firstIndex(of: "}"), close > index + 1,
                !scalars[(index + 1)..<close].contains("{")
            {
                flush()
                var name = String.UnicodeScalarView()
                name.append(contentsOf: scalars[(index + 1)..<close])
                pieces.append(.slot(String(name)))
                index = close + 1
                continue
            }
            words.append(scalar)
            index += 1
        }
        flush()
        return pieces
    }

    /// The names of the figures a template mentions, in order, each once.
    package static func names(in template: String) -> [String] {
        var seen: Set<String> = []
        return pieces(of: template).compactMap { piece in
            if case .slot(let name) = piece, seen.insert(name).inserted { name } else { nil }
        }
    }

    /// The names of the figures that any text block of the cell mentions.
    package static func names(in cell: CellReport) -> Set<String> {
        var result: Set<String> = []
        for case .text(let text) in cell.blocks { result.formUnion(names(in: text.template)) }
        return result
    }

    /// The template with its slots filled from the figures of the cell.
    package static func fill(_ template: String, from cell: CellReport, numbers: NumberText = NumberText()) -> String {
        fill(template) { name in cell.figure(name).map(numbers.text) }
    }

    /// The template with its slots filled by a function from names to words.
    package static func fill(_ template: String, with words: (String) -> String?) -> String {
        filled(template, with: words).map(\.text).joined()
    }

    /// The pieces of a template with what is read in their place; `isFigure` where a figure fills the slot.
    package static func filled(_ template: String, with words: (String) -> String?) -> [(text: String, isFigure: Bool)] {
        var isOne = false
        return pieces(of: template).map { piece in
            switch piece {
            case .words(let text):
                defer { isOne = false }
                return (isOne ? singular(text) : text, false)
            case .slot(let name):
                let figure = words(name)
                isOne = figure == "1"
                return (figure ?? "{\(name)}", figure != nil)
            }
        }
    }

    /// The words behind a one, their first noun in the singular: templates are written for many.
    private static func singular(_ words: String) -> String {
        let noun = words.dropFirst().prefix { $0.isLowercase }
        guard words.first == " ", noun.count > 3, noun.hasSuffix("s"), !noun.hasSuffix("ss") else { return words }
        return " " + noun.dropLast() + words.dropFirst(noun.count + 1)
    }

    /// Text of users and data made safe to stand in a template: braces doubled.
    package static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            result.unicodeScalars.append(scalar)
            if scalar == "{" || scalar == "}" { result.unicodeScalars.append(scalar) }
        }
        return result
    }
}
