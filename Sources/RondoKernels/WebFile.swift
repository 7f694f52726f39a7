import CSystemLibraries

/// What can go wrong while a file is fetched.
public enum WebFailure: Error, Hashable, Sendable {
    /// No answer, in libcurl's words.
    case failed(String)
    /// An answer that is no file: its status.
    case status(Int)
    /// More than this many bytes would come.
    case tooLarge(limit: Int)
}

/// Files of the web by libcurl, which is opened on first use.
public enum WebFile {
    /// Most bytes and seconds that a file may take.
    public static let (sizeLimit, secondLimit) = (1 << 31, 600)

    /// Whether a name is an address of the web written out.
    public static func isAddress(_ name: String) -> Bool {
        let lower = name.lowercased()
        return lower.hasPrefix("http://") || lower.hasPrefix("https://")
    }

    private final class Receiver {
        var bytes: [UInt8] = []
        let cancellation: CancellationToken
        init(_ cancellation: CancellationToken) { self.cancellation = cancellation }
    }

    /// The bytes at an http or https address; redirections to anything else are refused.
    /// - Throws: `WebFailure`, `SystemLibraryMissing`, `Interrupted`.
    public static func bytes(
        at address: String, sizeLimit: Int = sizeLimit, seconds: Int = secondLimit, cancellation: CancellationToken
    ) throws -> [UInt8] {
        let receiver = Receiver(cancellation)
        var message = [CChar](repeating: 0, count: 256)
        let code = withExtendedLifetime(receiver) {
            rondo_web_get(
                address, Int64(sizeLimit), Int64(seconds), Unmanaged.passUnretained(receiver).toOpaque(),
                { owner, bytes, count in
                    guard let owner else { return 1 }
                    let receiver = Unmanaged<Receiver>.fromOpaque(owner).takeUnretainedValue()
                    receiver.bytes.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
                    return 0
                },
                { owner in
                    guard let owner else { return 1 }
                    return Unmanaged<Receiver>.fromOpaque(owner).takeUnretainedValue().cancellation.isCancelled ? 1 : 0
                }, &message, message.count)
        }
        switch code {
        case 200..<300: return receiver.bytes
        case Int32(RONDO_LIBRARY_MISSING): throw SystemLibraryMissing.web
        case Int32(RONDO_WEB_TOO_LARGE): throw WebFailure.tooLarge(limit: sizeLimit)
        case Int32(RONDO_WEB_STOPPED): throw Interrupted()
        case 1...: throw WebFailure.status(Int(code))
        default:
            let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw WebFailure.failed(String(decoding: text, as: UTF8.self))
        }
    }
}
