import RondoKernels

/// What a reader looks for in every piece of a text; it sees them while they are checked, and has to make sense of any bytes.
protocol TextSurvey: Sendable {
    associatedtype Piece
    func piece(_ bytes: Range<Int>) -> Piece
}

/// A text with what was found in it on the way.
struct SurveyedText<Survey: TextSurvey> {
    /// Bytes of a piece, but for the last one.
    static var pieceSize: Int { 1 << 20 }

    let bytes: TextBytes
    let survey: Survey
    /// In order.
    let pieces: [Survey.Piece]
}

/// The bytes of a source as checked UTF-8 text, whatever encoding they are in.
enum SourceText {
    private struct NoSurvey: TextSurvey {
        func piece(_ bytes: Range<Int>) {}
    }

    /// Calls `body` with the text and what was found about its encoding; the text is valid during the call.
    /// - Throws: R0602 empty, R0603 zero bytes, R0604 no text in the encoding, R0605 unknown encoding.
    static func withText<Result>(
        of source: ByteSource, _ options: ReadOptions, _ context: ComputeContext, _ body: (TextBytes, [Finding]) throws -> Result
    ) throws -> Result {
        try withText(of: source, options, context, survey: { _ in NoSurvey() }, { try body($0.bytes, $1) })
    }

    /// Looks at the text by a survey as well, while its bytes are in the cache.
    static func withText<Survey: TextSurvey, Result>(
        of source: ByteSource, _ options: ReadOptions, _ context: ComputeContext, survey: (TextBytes) -> Survey,
        _ body: (SurveyedText<Survey>, [Finding]) throws -> Result
    ) throws -> Result {
        try source.withBytes { raw in
            guard raw.count > 0, let start = raw.bindMemory(to: UInt8.self).baseAddress else { throw ReadFault.empty(source.name) }
            if let (text, finding) = try TextEncoding.decoded(raw, encoding: options.encoding, name: source.name) {
                return try decoded(text, [finding], source.name, context, survey, body)
            }
            let skipped = TextEncoding.mark(raw) == .utf8 ? 3 : 0
            let bytes = TextBytes(base: start + skipped, count: raw.count - skipped, skipped: skipped)
            guard bytes.count > 0 else { throw ReadFault.empty(source.name) }
            let (text, found) = try checked(bytes, survey(bytes), context)
            guard let flaw = found else { return try body(text, []) }
            if options.encoding == nil, let guess = CodePageGuess(bytes) {
                let text = TextEncoding.oneByte(UnsafeRawBufferPointer(start: bytes.base, count: bytes.count), high: guess.table)
                return try decoded(text, [guess.finding], source.name, context, survey, body)
            }
            throw fault(bytes, flaw, source.name)
        }
    }

    private static func decoded<Survey: TextSurvey, Result>(
        _ text: [UInt8], _ findings: [Finding], _ name: String, _ context: ComputeContext, _ survey: (TextBytes) -> Survey,
        _ body: (SurveyedText<Survey>, [Finding]) throws -> Result
    ) throws -> Result {
        try text.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress, buffer.count > 0 else { throw ReadFault.empty(name) }
            let bytes = TextBytes(base: base, count: buffer.count, skipped: 0)
            let (text, flaw) = try checked(bytes, survey(bytes), context)
            if let flaw { throw fault(bytes, flaw, name) }
            return try body(text, findings)
        }
    }

    private static func fault(_ bytes: TextBytes, _ flaw: Int, _ name: String) -> Fault {
        let place = LineIndex(bytes: bytes, newline: ASCII.lineFeed).place(flaw)
        return bytes.base[flaw] == 0
            ? ReadFault.notText(name, place: place)
            : ReadFault.encoding(name, place: place, value: bytes.base[flaw], suggestion: EncodingSuggestion.name(for: bytes))
    }

    /// Surveys a text, and finds the first byte that is no part of UTF-8 text, or zero.
    private static func checked<Survey: TextSurvey>(
        _ bytes: TextBytes, _ survey: Survey, _ context: ComputeContext
    ) throws -> (text: SurveyedText<Survey>, flaw: Int?) {
        let size = SurveyedText<Survey>.pieceSize
        let found = try Parallel.mapChunks(count: bytes.count, chunkSize: size, context: context) { _, range in
            // A sequence that the boundary cuts belongs to the chunk in which it begins.
            var start = range.lowerBound
            while start > 0, start < range.upperBound, start - range.lowerBound < 3, bytes.base[start] & 0xC0 == 0x80 { start += 1 }
            var end = range.upperBound
            while end < bytes.count, end - range.upperBound < 3, bytes.base[end] & 0xC0 == 0x80 { end += 1 }
            LargePages.makeReady(bytes.base + range.lowerBound, range.count)
            let flaw = TextEncoding.firstFlaw(bytes.base, start..<max(start, end))
            return (flaw: flaw, piece: survey.piece(range))
        }
        return (SurveyedText(bytes: bytes, survey: survey, pieces: found.map(\.piece)), found.lazy.compactMap(\.flaw).first)
    }
}
