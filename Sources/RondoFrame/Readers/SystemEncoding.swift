import RondoKernels

/// Encodings that the C library knows.
enum SystemEncoding {
    /// The text in UTF-8; throws R0605 for an unknown name, R0611 for bytes that are no text in the encoding.
    static func decoded(_ bytes: UnsafeRawBufferPointer, encoding: String, name: String) throws -> [UInt8] {
        // Options such as //IGNORE would drop characters without a word.
        guard encoding.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != ASCII.slash }) else { throw ReadFault.unknownEncoding(encoding) }
        switch try ConvertedText.convert(bytes, encoding: encoding) {
        case .text(let text): return text
        case .unknown: throw ReadFault.unknownEncoding(encoding)
        case .broken(let offset): throw ReadFault.brokenText(name, encoding: encoding, byte: offset + 1)
        }
    }
}
