import CSystemLibraries
package import RondoKernels

/// A compiled search pattern (PCRE2 syntax); every search has a limit of work, so that none runs away.
package final class RegularExpression: Sendable {
    /// The pattern as written.
    package let pattern: String
    // Compiled once, freed with this object, read-only while matching.
    private nonisolated(unsafe) let handle: OpaquePointer

    /// What is wrong with a pattern, and the place in it (bytes from 0).
    package struct Defect: Error, Sendable {
        package let message: String
        package let offset: Int
    }

    /// Compiles the pattern.
    /// - Throws: `Defect` for a pattern that cannot be read, `Fault` R0342 when PCRE2 is not installed.
    package init(_ pattern: String) throws {
        self.pattern = pattern
        var code: Int32 = 0
        var offset = 0
        let bytes = Array(pattern.utf8)
        guard let handle = rondo_pattern_compile(bytes, bytes.count, 0, &code, &offset) else {
            if code == RONDO_LIBRARY_MISSING {
                throw Fault(
                    "R0342", "matches needs the library PCRE2, which is not installed",
                    remedy: "install it (on Debian and Ubuntu: apt-get install libpcre2-8-0), or use contains, starts with, ends with")
            }
            throw Defect(message: RegularExpression.message(code), offset: offset)
        }
        self.handle = handle
    }

    deinit { rondo_pattern_free(handle) }

    /// Whether the pattern is found anywhere in the text.
    /// - Throws: `Fault` R0341 when the search reached its limit.
    package func matches(_ text: String) throws -> Bool {
        var text = text
        let result = text.withUTF8 { bytes in
            var ranges: (Int, Int) = (0, 0)
            return withUnsafeMutableBytes(of: &ranges) { space in
                rondo_pattern_match(handle, bytes.baseAddress, bytes.count, 0, space.assumingMemoryBound(to: Int.self).baseAddress, 1)
            }
        }
        if result > 0 { return true }
        if result == RONDO_PATTERN_NO_MATCH { return false }
        let shown = text.count > 40 ? text.prefix(40) + "…" : text[...]
        throw Fault(
            "R0341", "matches \"\(pattern)\" was stopped: it takes too long on \"\(shown)\"",
            remedy: "avoid repetitions inside repetitions such as (a+)+, or use contains, starts with, ends with", subject: pattern)
    }

    private static func message(_ code: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = Int(rondo_pattern_message(code, &buffer, buffer.count))
        return String(decoding: buffer.prefix(max(0, min(count, buffer.count))), as: UTF8.self)
    }
}
