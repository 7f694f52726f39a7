import CSystemLibraries

/// Text in another encoding brought into UTF-8 (iconv).
public enum ConvertedText {
    case text([UInt8])
    /// There is no such encoding.
    case unknown
    /// The byte at this offset belongs to no character.
    case broken(offset: Int)

    /// The bytes in UTF-8; `encoding` by its usual name, `windows-1251`.
    public static func convert(_ bytes: UnsafeRawBufferPointer, encoding: String) throws -> ConvertedText {
        var result: UnsafeMutablePointer<UInt8>?
        var count = 0
        var offset = 0
        let code = rondo_text_decode(encoding, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, &result, &count, &offset)
        defer { rondo_text_free(result) }
        switch code {
        case 0: return .text(Array(UnsafeBufferPointer(start: result, count: count)))
        case RONDO_ENCODING_BROKEN: return .broken(offset: offset)
        case RONDO_ENCODING_MEMORY:
            throw Fault("R0619", "there is not enough memory for the text", remedy: "convert the file into UTF-8 first")
        default: return .unknown
        }
    }
}
