import RondoKernels

/// A strict reader of JSON (RFC 8259): no comments, no trailing commas, no lone surrogates, limited depth. It never traps.
package struct JSONReader {
    /// Deepest nesting of arrays and objects that is read.
    package static let depthLimit = 64

    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The one value of a JSON text; throws a `Fault` R0920 that names the byte.
    package static func read(_ text: String) throws -> JSONTree {
        var reader = JSONReader(Array(text.utf8))
        reader.skipBlanks()
        let value = try reader.value(depth: 0)
        reader.skipBlanks()
        guard reader.position == reader.bytes.count else { throw reader.fault("something follows the value") }
        return value
    }

    private func fault(_ what: String) -> Fault {
        Fault("R0920", "the JSON text is damaged at byte \(position): \(what)", remedy: "write the file again; it was changed or cut off")
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws -> JSONTree {
        guard depth < JSONReader.depthLimit else { throw fault("nested deeper than \(JSONReader.depthLimit) levels") }
        switch current {
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "["): return try array(depth)
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "t"): return try word("true", .truth(true))
        case UInt8(ascii: "f"): return try word("false", .truth(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw fault("the text ends too early")
        default: return try number()
        }
    }

    private mutating func word(_ text: String, _ value: JSONTree) throws -> JSONTree {
        guard bytes[position...].starts(with: text.utf8) else { throw fault("no value begins here") }
        position += text.utf8.count
        return value
    }

    private mutating func object(_ depth: Int) throws -> JSONTree {
        position += 1
        var members: [JSONTree.Member] = []
        skipBlanks()
        if take(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipBlanks()
            guard current == UInt8(ascii: "\"") else { throw fault("a member's name is expected") }
            let name = try string()
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw fault("':' is expected") }
            skipBlanks()
            members.append(JSONTree.Member(name: name, value: try value(depth: depth + 1)))
            skipBlanks()
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "}")) else { throw fault("',' or '}' is expected") }
            return .object(members)
        }
    }

    private mutating func array(_ depth: Int) throws -> JSONTree {
        position += 1
        var elements: [JSONTree] = []
        skipBlanks()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            skipBlanks()
            elements.append(try value(depth: depth + 1))
            skipBlanks()
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "]")) else { throw fault("',' or ']' is expected") }
            return .array(elements)
        }
    }

    private mutating func digits() -> Int {
        let start = position
        while let byte = current, (48...57).contains(byte) { position += 1 }
        return position - start
    }

    private mutating func number() throws -> JSONTree {
        let start = position
        _ = take(UInt8(ascii: "-"))
        let leadsWithZero = current == UInt8(ascii: "0")
        let whole = digits()
        guard whole > 0 else { throw fault("no value begins here") }
        if leadsWithZero, whole > 1 { throw fault("a number begins with a needless zero") }
        if take(UInt8(ascii: ".")) { guard digits() > 0 else { throw fault("digits are expected after the point") } }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            position += 1
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard digits() > 0 else { throw fault("digits are expected in the exponent") }
        }
        return .number(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func string() throws -> String {
        position += 1
        var content: [UInt8] = []
        while let byte = current {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: content, as: UTF8.self) else { throw fault("the text is not valid UTF-8") }
                return text
            case UInt8(ascii: "\\"): try escape(into: &content)
            case 0..<0x20: throw fault("a control character stands in a text")
            default: content.append(byte)
            }
        }
        throw fault("a text is not closed")
    }

    private mutating func escape(into content: inout [UInt8]) throws {
        guard let byte = current else { throw fault("the text ends too early") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            if (0xD800..<0xDC00).contains(code) {
                guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw fault("half a surrogate pair") }
                let low = try hexadecimal()
                guard (0xDC00..<0xE000).contains(low) else { throw fault("half a surrogate pair") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw fault("half a surrogate pair") }
            content.append(contentsOf: Character(scalar).utf8)
        default: throw fault("unknown escape in a text")
        }
    }

    private mutating func hexadecimal() throws -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw fault("four hexadecimal digits are expected")
            }
            code = code << 4 | UInt32(digit)
            position += 1
        }
        return code
    }
}
