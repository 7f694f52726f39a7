import CSystemLibraries

/// Where the fields of delimited text end, found many bytes at a time.
public enum FieldEnds {
    /// What was found from the beginning of a text on.
    public struct Found: Sendable {
        /// How many bytes were looked at: up to where a quote stands that neither begins nor ends a field, at most the last 63 are left.
        public var bytes: Int
        /// How many lines end there.
        public var lines: Int
    }

    /// How much longer than the text `ends` has to be.
    public static let slack = 16

    /// Writes where fields end, and for each line how many fields end up to its end.
    ///
    /// The text begins with a record. Delimiters and line ends inside quotes are no ends; doubled quotes stay inside.
    /// - Parameters:
    ///   - quote: 0 when nothing quotes.
    ///   - ends: room for `slack` more than there are bytes.
    ///   - lines: room for as many as there are bytes.
    public static func find(
        _ text: UnsafePointer<UInt8>, _ count: Int, delimiter: UInt8, newline: UInt8, quote: UInt8, ends: UnsafeMutablePointer<UInt32>,
        lines: UnsafeMutablePointer<UInt32>
    ) -> Found {
        var lineCount = 0
        let bytes = rondo_field_ends(text, count, delimiter, newline, quote, ends, lines, &lineCount)
        return Found(bytes: bytes, lines: lineCount)
    }

    /// How often each of two bytes occurs.
    public static func counts(_ first: UInt8, _ second: UInt8, _ text: UnsafePointer<UInt8>, _ count: Int) -> (first: Int, second: Int) {
        var counts = (first: 0, second: 0)
        withUnsafeMutablePointer(to: &counts) { pair in
            pair.withMemoryRebound(to: Int.self, capacity: 2) { rondo_count_bytes(text, max(count, 0), first, second, $0) }
        }
        return counts
    }

    /// How many bytes from the beginning on are plain: neither zero nor with a high bit; up to 63 less than there are.
    public static func plainLength(_ text: UnsafePointer<UInt8>, _ count: Int) -> Int { rondo_plain_length(text, max(count, 0)) }
}
