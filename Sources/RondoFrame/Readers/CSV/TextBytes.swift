/// The bytes of a text file, UTF-8, without byte order mark; valid as long as the source lends them.
struct TextBytes: @unchecked Sendable {
    let base: UnsafePointer<UInt8>
    let count: Int
    /// How many bytes of the file come before `base` (a byte order mark); 0 when the text was decoded from another encoding.
    let skipped: Int
}
