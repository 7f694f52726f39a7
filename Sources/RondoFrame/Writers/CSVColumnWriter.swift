import RondoKernels

/// Writes the values of one column.
struct CSVColumnWriter: Sendable {
    private let column: Column
    /// The bytes of each level, quoted where needed.
    private let words: [[UInt8]]
    /// Whether numbers keep a point although all are whole.
    private let allWhole: Bool

    init(_ column: Column) {
        self.column = column
        switch column.storage {
        case .text(_, let levels), .category(_, let levels):
            let marks = MissingMarks(nil)
            words = levels.words.map { word in
                var bytes: [UInt8] = []
                CSVColumnWriter.append(word, quoted: CSVColumnWriter.needsQuotes(word) || CSVColumnWriter.isMark(word, marks), to: &bytes)
                return bytes
            }
            allWhole = false
        case .number(let values):
            words = []
            allWhole = values.allSatisfy { $0.isNaN || $0 == $0.rounded() }
        case .sparse(let sparse):
            words = []
            allWhole = sparse.values.allSatisfy { $0 == $0.rounded() }
        default:
            words = []
            allWhole = false
        }
    }

    func append(_ row: Int, to text: inout [UInt8]) {
        switch column.storage {
        case .number(let values):
            if !values[row].isNaN { text.append(contentsOf: number(values[row]).utf8) }
        case .integer(let values, let missing):
            if missing?[row] != true { CSVColumnWriter.append(values[row], to: &text) }
        case .text(let codes, _), .category(let codes, _):
            if codes[row] >= 0 { text.append(contentsOf: words[Int(codes[row])]) }
        case .sparse(let sparse): text.append(contentsOf: number(sparse[row]).utf8)
        case .truth, .date, .time, .duration:
            text.append(contentsOf: column[row].plainText.utf8)
        }
    }

    private func number(_ value: Double) -> String {
        if value == 0 { return value.sign == .minus ? "-0.0" : allWhole ? "0.0" : "0" }
        return allWhole || value.magnitude >= 1e15 ? value.description : Scalar.plain(value)
    }

    private static func append(_ value: Int64, to text: inout [UInt8]) {
        var digits = value.magnitude
        if value < 0 { text.append(ASCII.minus) }
        let start = text.count
        repeat {
            text.append(ASCII.zero + UInt8(truncatingIfNeeded: digits % 10))
            digits /= 10
        } while digits > 0
        text[start...].reverse()
    }

    static func append(_ word: String, quoted: Bool, to bytes: inout [UInt8]) {
        guard quoted else {
            bytes.append(contentsOf: word.utf8)
            return
        }
        bytes.append(ASCII.quote)
        for byte in word.utf8 {
            bytes.append(byte)
            if byte == ASCII.quote { bytes.append(byte) }
        }
        bytes.append(ASCII.quote)
    }

    /// Whether a word would not be one field, or would lose blanks at its ends in other programs.
    static func needsQuotes(_ word: String) -> Bool {
        word.utf8.contains { $0 == ASCII.comma || $0 == ASCII.quote || $0 == ASCII.lineFeed || $0 == ASCII.carriageReturn }
            || word.utf8.first == ASCII.apostrophe || word.utf8.first == ASCII.blank || word.utf8.last == ASCII.blank || word.isEmpty
    }

    private static func isMark(_ word: String, _ marks: MissingMarks) -> Bool {
        var word = word
        return word.withUTF8 { buffer in
            guard let base = buffer.baseAddress, buffer.count > 0 else { return false }
            return marks.match(base, buffer.count) != nil
        }
    }

    /// What reading the column back would change.
    func finding(name: String) -> Finding? {
        switch column.storage {
        case .category: return Finding("type", "\(name) is a category: it reads back as text", column: name)
        case .duration: return Finding("type", "\(name) is a duration: it reads back as text", column: name)
        case .text(let codes, let levels):
            let used = column.levelsUsed()
            guard !used.isEmpty else {
                return codes.isEmpty ? nil : Finding("type", "\(name) holds no values: it reads back as numbers", column: name)
            }
            let empty = used.contains { !levels.words[Int($0)].utf8.contains { $0 != ASCII.blank } }
            if empty { return Finding("missing", "\(name) holds empty texts: they read back as missing", column: name) }
            let kinds = used.lazy.map { CSVColumnWriter.kind(levels.words[Int($0)]) }
            let joined = kinds.reduce(FieldKind.unknown, FieldKind.join)
            return joined == .text || joined == .unknown
                ? nil : Finding("type", "\(name) is text that looks like another type: it may read back as that", column: name)
        default: return nil
        }
    }

    private static func kind(_ word: String) -> FieldKind {
        var word = word
        return word.withUTF8 { buffer in buffer.baseAddress.map { FieldKind.classify($0, buffer.count) } ?? .unknown }
    }
}
