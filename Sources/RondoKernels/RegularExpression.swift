import CSystemLibraries

/// A regular expression that could not be compiled, or a search that took more work than is allowed.
public enum RegularExpressionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with the pattern, and at which byte of its UTF-8 text.
    case invalid(message: String, offset: Int)
    /// A search reached the limit of steps, depth or memory.
    case refused
    /// PCRE2 failed for another reason.
    case failed

    /// What is wrong and what helps, for people.
    public var description: String {
        switch self {
        case .invalid(let message, let offset): "the pattern is not valid at byte \(offset): \(message)"
        case .refused: "the search with this pattern takes too long; a pattern without nested repetition, such as (a+)+, is quicker"
        case .failed: "the search with this pattern failed"
        }
    }
}

/// A compiled regular expression (PCRE2, Unicode), with limits on the work of one search.
public final class RegularExpression: Sendable {
    // PCRE2's compiled patterns are immutable and may be used by several threads.
    private nonisolated(unsafe) let pattern: OpaquePointer
    /// How many groups the pattern has.
    public let groupCount: Int

    /// Compiles a pattern; throws `RegularExpressionError.invalid` or `SystemLibraryMissing`.
    public init(_ text: String, ignoringCase: Bool = false) throws {
        var code: Int32 = 0
        var offset = 0
        let bytes = Array(text.utf8)
        let flags = ignoringCase ? UInt32(RONDO_PATTERN_IGNORE_CASE) : 0
        guard let pattern = rondo_pattern_compile(bytes, bytes.count, flags, &code, &offset) else {
            if code == RONDO_LIBRARY_MISSING { throw SystemLibraryMissing.regularExpressions }
            throw RegularExpressionError.invalid(message: Self.message(code), offset: offset)
        }
        self.pattern = pattern
        groupCount = Int(rondo_pattern_group_count(pattern))
    }

    deinit { rondo_pattern_free(pattern) }

    private static func message(_ code: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = Int(rondo_pattern_message(code, &buffer, buffer.count))
        return String(decoding: buffer.prefix(count), as: UTF8.self)
    }

    /// Byte ranges of the first match at or after byte `start` (the whole match, then its groups, nil for a group that took no part); nil
    /// without a match. The bytes must be valid UTF-8.
    public func firstMatch(in text: UnsafeBufferPointer<UInt8>, from start: Int = 0) throws -> [Range<Int>?]? {
        guard start >= 0, start <= text.count else { return nil }
        var found = [Int](repeating: 0, count: 2 * (groupCount + 1))
        // PCRE2 wants an address even for no bytes.
        let empty: [UInt8] = [0]
        let result = empty.withUnsafeBufferPointer { empty in
            rondo_pattern_match(pattern, text.baseAddress ?? empty.baseAddress, text.count, start, &found, found.count / 2)
        }
        if result == RONDO_PATTERN_NO_MATCH { return nil }
        if result == RONDO_PATTERN_REFUSED { throw RegularExpressionError.refused }
        guard result > 0 else { throw RegularExpressionError.failed }
        return (0..<Int(result)).map { group in
            let (lower, upper) = (found[2 * group], found[2 * group + 1])
            return lower >= 0 && upper >= lower ? lower..<upper : nil
        }
    }

    /// Byte ranges of the first match in a string.
    public func firstMatch(in text: String) throws -> [Range<Int>?]? {
        var text = text
        return try text.withUTF8 { try firstMatch(in: $0) }
    }

    /// Whether the pattern matches anywhere in the text.
    public func matches(_ text: String) throws -> Bool { try firstMatch(in: text) != nil }
}
