import RondoKernels

/// The bytes of a source as checked UTF-8 text, whatever encoding they are in.
enum SourceText {
    /// Calls `body` with the text and what was found about its encoding; the text is valid during the call.
    /// - Throws: R0602 empty, R0603 zero bytes, R0604 no text in the encoding, R0605 unknown encoding.
    static func withText<Result>(
        of source: ByteSource, _ options: ReadOptions, _ context: ComputeContext, _ body: (TextBytes, [Finding]) throws -> Result
    ) throws -> Result {
        try source.withBytes { raw in
            guard raw.count > 0, let start = raw.bindMemory(to: UInt8.self).baseAddress else { throw ReadFault.empty(source.name) }
            if let (text, finding) = try TextEncoding.decoded(raw, encoding: options.encoding, name: source.name) {
                return try decoded(text, [finding], source.name, context, body)
            }
            let skipped = TextEncoding.mark(raw) == .utf8 ? 3 : 0
            let bytes = TextBytes(base: start + skipped, count: raw.count - skipped, skipped: skipped)
            guard bytes.count > 0 else { throw ReadFault.empty(source.name) }
            guard let flaw = try firstFlaw(bytes, context) else { return try body(bytes, []) }
            if options.encoding == nil, let guess = CodePageGuess(bytes) {
                let text = TextEncoding.oneByte(UnsafeRawBufferPointer(start: bytes.base, count: bytes.count), high: guess.table)
                return try decoded(text, [guess.finding], source.name, context, body)
            }
            throw fault(bytes, flaw, source.name)
        }
    }

    private static func decoded<Result>(
        _ text: [UInt8], _ findings: [Finding], _ name: String, _ context: ComputeContext,
        _ body: (TextBytes, [Finding]) throws -> Result
    ) throws -> Result {
        try text.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress, buffer.count > 0 else { throw ReadFault.empty(name) }
            let bytes = TextBytes(base: base, count: buffer.count, skipped: 0)
            if let flaw = try firstFlaw(bytes, context) { throw fault(bytes, flaw, name) }
            return try body(bytes, findings)
        }
    }

    private static func fault(_ bytes: TextBytes, _ flaw: Int, _ name: String) -> Fault {
        let place = LineIndex(bytes: bytes, newline: ASCII.lineFeed).place(flaw)
        return bytes.base[flaw] == 0
            ? ReadFault.notText(name, place: place)
            : ReadFault.encoding(name, place: place, value: bytes.base[flaw], suggestion: EncodingSuggestion.name(for: bytes))
    }

    /// The first byte that is no part of UTF-8 text, or zero.
    private static func firstFlaw(_ bytes: TextBytes, _ context: ComputeContext) throws -> Int? {
        let flaws = try Parallel.mapChunks(count: bytes.count, chunkSize: ChunkPlan.size, context: context) { _, range -> Int? in
            // A sequence that the boundary cuts belongs to the chunk in which it begins.
            var start = range.lowerBound
            while start > 0, start < range.upperBound, start - range.lowerBound < 3, bytes.base[start] & 0xC0 == 0x80 { start += 1 }
            var end = range.upperBound
            while end < bytes.count, end - range.upperBound < 3, bytes.base[end] & 0xC0 == 0x80 { end += 1 }
            LargePages.makeReady(bytes.base + range.lowerBound, range.count)
            return TextEncoding.firstFlaw(bytes.base, start..<max(start, end))
        }
        return flaws.compactMap { $0 }.first
    }
}
