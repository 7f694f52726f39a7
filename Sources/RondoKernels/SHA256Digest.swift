import CSystemLibraries

/// A SHA-256 digest of bytes that arrive in pieces (libcrypto, opened on first use).
public final class SHA256Digest {
    private let state: OpaquePointer

    /// Begins a digest; throws `SystemLibraryMissing` without libcrypto.
    public init() throws {
        guard let state = rondo_sha256_new() else { throw SystemLibraryMissing.crypto }
        self.state = state
    }

    deinit { rondo_sha256_free(state) }

    /// Takes the next bytes.
    public func update(_ bytes: UnsafeRawBufferPointer) throws {
        guard rondo_sha256_update(state, bytes.baseAddress, bytes.count) == 0 else { throw SystemLibraryMissing.crypto }
    }

    /// Takes the next bytes.
    public func update(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try update($0) } }

    /// The 32 bytes of the digest; the object takes no bytes afterwards.
    public func finish() throws -> [UInt8] {
        var result = [UInt8](repeating: 0, count: 32)
        guard rondo_sha256_final(state, &result) == 0 else { throw SystemLibraryMissing.crypto }
        return result
    }

    /// The digest as 64 lower-case hexadecimal digits; the object takes no bytes afterwards.
    public func finishHex() throws -> String { Hexadecimal.text(try finish()) }

    /// The 32 bytes of the digest of these bytes.
    public static func raw(of bytes: UnsafeRawBufferPointer) throws -> [UInt8] {
        let digest = try SHA256Digest()
        try digest.update(bytes)
        return try digest.finish()
    }

    /// Hexadecimal digest of these bytes.
    public static func hex(of bytes: UnsafeRawBufferPointer) throws -> String { Hexadecimal.text(try raw(of: bytes)) }

    /// The digest of bytes at hand as 64 hexadecimal digits.
    public static func hex(of bytes: [UInt8]) throws -> String { try bytes.withUnsafeBytes { try hex(of: $0) } }
}

/// Lower-case hexadecimal text.
public enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    /// Two digits a byte.
    public static func text(_ bytes: [UInt8]) -> String {
        var result = [UInt8]()
        result.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            result.append(digits[Int(byte >> 4)])
            result.append(digits[Int(byte & 15)])
        }
        return String(decoding: result, as: UTF8.self)
    }
}
