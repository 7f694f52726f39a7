/// Tells line and column of a byte.
struct LineIndex {
    let bytes: TextBytes
    let newline: UInt8

    /// The place of a byte of the text in the file.
    func place(_ offset: Int) -> BytePlace {
        var lineStart = offset
        while lineStart > 0, bytes.base[lineStart - 1] != newline { lineStart -= 1 }
        return BytePlace(line: line(offset), column: offset - lineStart + 1, byte: offset + bytes.skipped + 1)
    }

    /// The line of a byte, counted from 1.
    func line(_ offset: Int) -> Int { ChunkPlan.count(newline, bytes.base, offset) + 1 }
}
