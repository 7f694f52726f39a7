import Glibc

/// Standard output and standard error, without a buffer: what is written is out.
package enum StandardStream: Int32, Sendable {
    case output = 1
    case error = 2

    /// Ends the program at once. What it holds is not given back piece by piece, which takes a while for large tables: the system takes it all.
    package static func leave(_ code: Int32, holding held: some Any) -> Never {
        withExtendedLifetime(held) { _exit(code) }
    }

    /// Writes a text whole; a stream that nobody reads any more is no error.
    package func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var start = 0
            while start < bytes.count {
                let count = Glibc.write(rawValue, bytes.baseAddress.map { $0 + start }, bytes.count - start)
                if count < 0 && errno == EINTR { continue }
                if count <= 0 { return }
                start += count
            }
        }
    }
}
