/// Writes JSON with keys in the order given; no value tree in between.
///
///     var writer = JSONWriter()
///     writer.object { $0.key("cell"); $0.integer(3) }
package struct JSONWriter: Sendable {
    /// The UTF-8 bytes written so far.
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    package init() {}

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package mutating func object(_ members: (inout JSONWriter) -> Void) { nest(UInt8(ascii: "{"), UInt8(ascii: "}"), members) }

    package mutating func array(_ elements: (inout JSONWriter) -> Void) { nest(UInt8(ascii: "["), UInt8(ascii: "]"), elements) }

    /// The name of the member that the next call writes.
    package mutating func key(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    package mutating func member(_ name: String, _ value: String) { key(name); string(value) }
    package mutating func member(_ name: String, _ value: Int) { key(name); integer(Int64(value)) }
    package mutating func member(_ name: String, _ value: Bool) { key(name); truth(value) }

    package mutating func null() { raw("null") }

    package mutating func truth(_ value: Bool) { raw(value ? "true" : "false") }

    /// A whole number; as text beyond 2^53, where readers that keep doubles would change it.
    package mutating func integer(_ value: Int64) {
        value.magnitude <= 1 << 53 ? raw(String(value)) : string(String(value))
    }

    /// Shortest digits that read back to the same bits, always with a point or an exponent; null when not finite.
    package mutating func number(_ value: Double) { value.isFinite ? raw(value.description) : null() }

    /// As `number`, but a whole number below 1e15 without a point.
    package mutating func shortNumber(_ value: Double) {
        guard value.isFinite else { return null() }
        let isNegativeZero = value == 0 && value.sign == .minus
        value == value.rounded() && value.magnitude < 1e15 && !isNegativeZero ? raw(String(Int64(value))) : raw(value.description)
    }

    package mutating func string(_ value: String) {
        comma()
        bytes.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
            case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0x0D: bytes.append(contentsOf: "\\r".utf8)
            case 0x09: bytes.append(contentsOf: "\\t".utf8)
            case 0..<0x20, 0x7F:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(JSONWriter.hex(byte >> 4))
                bytes.append(JSONWriter.hex(byte & 15))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    private mutating func raw(_ text: String) {
        comma()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    private mutating func nest(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
        comma()
        bytes.append(open)
        needsComma = false
        body(&self)
        bytes.append(close)
        needsComma = true
    }

    private mutating func comma() { if needsComma { bytes.append(UInt8(ascii: ",")) } }

    private static func hex(_ value: UInt8) -> UInt8 { value < 10 ? 48 &+ value : 87 &+ value }
}
