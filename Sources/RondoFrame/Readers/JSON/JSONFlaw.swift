/// What is wrong with a JSON text, and at which byte.
struct JSONFlaw: Error {
    enum Kind {
        case unexpected(String)
        case openText, controlCharacter, escape
        case number
        case tooDeep
        case end
        case tooManyColumns
    }

    let offset: Int
    let kind: Kind

    init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }

    /// What is wrong, and what to do.
    var words: (what: String, remedy: String) {
        switch kind {
        case .unexpected(let wanted): ("\(wanted) is expected here", "correct the file here; JSON is read strictly, RFC 8259")
        case .openText: ("a text is opened and never closed", "close the text with a double quote")
        case .controlCharacter: ("a text holds a line break or another control character", "write it as \\n, \\t or \\u0000")
        case .escape: ("a backslash is followed by no escape of JSON", "write \\\\ for a backslash")
        case .number: ("this is no number of JSON", "write 0.5 and not .5, 7 and not 007, null and not NaN")
        case .tooDeep, .tooManyColumns: ("nested too deep", "make the file flatter")
        case .end: ("the text ends in the middle of a value", "the file may be cut off: copy it again")
        }
    }
}
