import RondoFrame
import RondoKernels

/// A function of one text that gives text, computed once for each distinct word.
protocol TextCurve: RowFunction {
    /// Nil for missing.
    static func value(_ word: String) -> String?
}

extension TextCurve {
    static var parameters: [FunctionParameter] { [FunctionParameter("text", .text)] }
    static func result(of types: [ValueType]) -> FunctionResult { .type(.text) }
    static func evaluate(_ arguments: [Vector], type: ValueType, _ scope: EvaluationScope) throws -> Vector {
        try scope.mapText(arguments[0]) { value($0) }
    }
}

/// Small letters.
enum Lower: TextCurve {
    static let name = "lower"
    static let signature = "lower(text)"
    static let summary = "The text in small letters."
    static let example = FunctionExample("lower(\"Main ST\")", "main st")
    static func value(_ word: String) -> String? { word.lowercased() }
}

/// Capital letters.
enum Upper: TextCurve {
    static let name = "upper"
    static let signature = "upper(text)"
    static let summary = "The text in capital letters."
    static let example = FunctionExample("upper(\"Main st\")", "MAIN ST")
    static func value(_ word: String) -> String? { word.uppercased() }
}

/// Without outer blanks.
enum Trim: TextCurve {
    static let name = "trim"
    static let signature = "trim(text)"
    static let summary = "The text without blanks, tabs and line breaks at its ends."
    static let example = FunctionExample("trim(\"  Main st \")", "Main st")
    static func value(_ word: String) -> String? {
        let scalars = word.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }
}

/// The canonical form of addresses and labels.
enum Standard: TextCurve {
    static let name = "standard"
    static let signature = "standard(text)"
    static let summary = "One form for the many ways to write an address or a label: case, blanks, signs, accents, \"St.\" and \"Street\"."
    static let example = FunctionExample("standard(\"12  N. Élm St., Apt 4\")", "12 north elm street apartment 4")
    static func value(_ word: String) -> String? { StandardForms.standard(word) }
}

/// The number of characters.
enum Length: RowFunction {
    static let name = "length"
    static let signature = "length(text)"
    static let summary = "How many characters the text has."
    static let example = FunctionExample("length(\"Élm\")", "3")
    static let parameters = [FunctionParameter("text", .text)]

    static func result(of types: [ValueType]) -> FunctionResult { .type(.integer) }

    static func evaluate(_ arguments: [Vector], type: ValueType, _ scope: EvaluationScope) throws -> Vector {
        .markedIntegers(try scope.mapWords(arguments[0], missing: .min) { Int64($0.count) })
    }
}

/// A function of a text and further texts, all given for each row.
protocol TextRule: RowFunction {
    /// Nil for missing.
    static func value(_ words: [String]) -> String?
}

extension TextRule {
    static func result(of types: [ValueType]) -> FunctionResult { .type(.text) }
    static func evaluate(_ arguments: [Vector], type: ValueType, _ scope: EvaluationScope) throws -> Vector {
        let fixed = arguments.dropFirst().compactMap { if case .text(let word)? = $0.constant { word } else { nil } }
        if fixed.count == arguments.count - 1 { return try scope.mapText(arguments[0]) { value([$0] + fixed) } }
        return scope.mapTextRows(arguments) { value($0) }
    }
}

/// Every occurrence exchanged.
enum Replace: TextRule {
    static let name = "replace"
    static let signature = "replace(text, old, new)"
    static let summary = "The text with every old replaced by new."
    static let example = FunctionExample("replace(\"a-b-c\", \"-\", \" + \")", "a + b + c")
    static let parameters = [FunctionParameter("text", .text), FunctionParameter("old", .text), FunctionParameter("new", .text)]

    static func value(_ words: [String]) -> String? {
        let old = Array(words[1].utf8)
        guard !old.isEmpty else { return words[0] }
        var text = words[0]
        return text.withUTF8 { bytes in
            var result: [UInt8] = []
            var start = 0
            while let place = TextMatching.position(of: old, in: bytes, from: start) {
                result += bytes[start..<place]
                result += words[2].utf8
                start = place + old.count
            }
            result += bytes[start...]
            return String(decoding: result, as: UTF8.self)
        }
    }
}

/// What stands before a mark.
enum Before: TextRule {
    static let name = "before"
    static let signature = "before(text, mark)"
    static let summary = "What stands before the first mark; missing where the mark is not found."
    static let example = FunctionExample("before(\"Braund, Mr. Owen\", \",\")", "Braund")
    static let parameters = [FunctionParameter("text", .text), FunctionParameter("mark", .text)]

    static func value(_ words: [String]) -> String? {
        let mark = Array(words[1].utf8)
        var text = words[0]
        return text.withUTF8 { bytes in
            TextMatching.position(of: mark, in: bytes, from: 0).map { String(decoding: bytes[..<$0], as: UTF8.self) }
        }
    }
}

/// What stands after a mark.
enum After: TextRule {
    static let name = "after"
    static let signature = "after(text, mark)"
    static let summary = "What stands after the first mark; missing where the mark is not found."
    static let example = FunctionExample("after(\"Braund, Mr. Owen\", \", \")", "Mr. Owen")
    static let parameters = [FunctionParameter("text", .text), FunctionParameter("mark", .text)]

    static func value(_ words: [String]) -> String? {
        let mark = Array(words[1].utf8)
        var text = words[0]
        return text.withUTF8 { bytes in
            TextMatching.position(of: mark, in: bytes, from: 0).map { String(decoding: bytes[($0 + mark.count)...], as: UTF8.self) }
        }
    }
}

/// Characters by position.
enum Slice: RowFunction {
    static let name = "slice"
    static let signature = "slice(text, first[, last])"
    static let summary = "The characters from the first to the last position, counted from 1, both included; below 0: counted from the end."
    static let example = FunctionExample("slice(\"11201-3311\", 1, 5)", "11201")
    static let parameters = [
        FunctionParameter("text", .text), FunctionParameter("first", .integer), FunctionParameter("last", .integer, optional: true),
    ]

    static func result(of types: [ValueType]) -> FunctionResult { .type(.text) }

    static func evaluate(_ arguments: [Vector], type: ValueType, _ scope: EvaluationScope) throws -> Vector {
        let places = arguments.dropFirst().map(\.numbers)
        let fixed = places.compactMap { if case .constant(let value) = $0 { value } else { nil } }
        if fixed.count == places.count { return try scope.mapText(arguments[0]) { sliced($0, fixed) } }
        let (codes, levels) = arguments[0].words
        return Vector(
            .text(
                (0..<scope.rows).map { row in
                    codes[row] < 0 ? nil : sliced(levels.words[Int(codes[row])], places.map { $0[row] })
                }), .text)
    }

    private static func sliced(_ word: String, _ places: [Double]) -> String? {
        guard places.allSatisfy({ !$0.isNaN }) else { return nil }
        let count = Double(word.count)
        func position(_ place: Double) -> Double { place < 0 ? count + place + 1 : place }
        let first = max(1, position(places[0]))
        let last = min(count, places.count > 1 ? position(places[1]) : count)
        guard first <= last else { return "" }
        return String(word.dropFirst(Int(first) - 1).prefix(Int(last) - Int(first) + 1))
    }
}
