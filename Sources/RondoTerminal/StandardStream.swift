import Glibc

/// Standard output and standard error, without a buffer: what is written is out.
package enum StandardStream: Int32, Sendable {
    case output = 1
    case error = 2

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
