import RondoKernels

/// Where the chunks of a text begin: every chunk begins with a record.
struct ChunkPlan {
    static let size = SurveyedText<LineSurvey>.pieceSize

    /// First bytes of the chunks, and the end of the text.
    let starts: [Int]
    /// Line ends before each of these, where they were counted on the way.
    var lineEnds: [Int]?
    var count: Int { starts.count - 1 }

    /// Guesses the beginnings from the parity of quotes; right unless a quote stands inside an unquoted field.
    static func byParity(_ bytes: TextBytes, _ dialect: CSVDialect, from start: Int, _ pieces: [LineSurvey.Piece]) -> ChunkPlan? {
        // A quote in a comment is no quote.
        guard dialect.comment == 0 else { return nil }
        guard bytes.count - start > size else { return ChunkPlan(starts: [start, bytes.count]) }
        let above = FieldEnds.counts(dialect.quote, dialect.newline, bytes.base, start)
        var (starts, lineEnds) = ([start], [0])
        var (quotesBefore, linesBefore) = (-above.first, -above.second)
        var boundary = 0
        for piece in pieces.prefix((bytes.count - 1) / size) {
            boundary += size
            quotesBefore += piece.quotes
            linesBefore += piece.lineEnds
            guard boundary > start else { continue }
            let isInside = dialect.quote != 0 && quotesBefore & 1 == 1
            guard let next = recordEnd(bytes, dialect, from: boundary, inside: isInside) else { return nil }
            if next > starts[starts.count - 1], next < bytes.count {
                starts.append(next)
                lineEnds.append(linesBefore + count(dialect.newline, bytes.base + boundary, next - boundary))
            }
        }
        starts.append(bytes.count)
        lineEnds.append(linesBefore + count(dialect.newline, bytes.base + boundary, bytes.count - boundary))
        return ChunkPlan(starts: starts, lineEnds: lineEnds)
    }

    /// Walks over all records: always right.
    static func byScanning(_ bytes: TextBytes, _ dialect: CSVDialect, from start: Int, context: ComputeContext) throws -> ChunkPlan {
        var starts = [start]
        var scanner = CSVScanner(bytes, dialect, position: start)
        while scanner.position < bytes.count {
            if scanner.position - starts[starts.count - 1] >= size {
                starts.append(scanner.position)
                try context.cancellation.check()
            }
            if !scanner.skipComment() { _ = scanner.skipRecord() }
        }
        return ChunkPlan(starts: starts + [bytes.count])
    }

    /// Most records that begin in each chunk: its line ends, and one more where the last record has none.
    func capacities(_ bytes: TextBytes, _ dialect: CSVDialect, context: ComputeContext) throws -> [Int] {
        try Parallel.map(count, context: context) { chunk in
            let (start, end) = (starts[chunk], starts[chunk + 1])
            let isOpen = end == start || bytes.base[end - 1] != dialect.newline
            if let lineEnds { return lineEnds[chunk + 1] - lineEnds[chunk] + (isOpen ? 1 : 0) }
            return ChunkPlan.count(dialect.newline, bytes.base + start, end - start) + (isOpen ? 1 : 0)
        }
    }

    /// Behind the first line end outside quotes; nil when none comes for so long that the guess must be wrong.
    private static func recordEnd(_ bytes: TextBytes, _ dialect: CSVDialect, from boundary: Int, inside: Bool) -> Int? {
        var inside = inside
        // A record that begins exactly here was ended by the byte before.
        var place = boundary - 1
        if dialect.quote != 0, bytes.base[place] == dialect.quote { inside.toggle() }
        let limit = min(bytes.count, boundary + 4 * size)
        while place < limit {
            let byte = bytes.base[place]
            if dialect.quote != 0, byte == dialect.quote {
                inside.toggle()
            } else if byte == dialect.newline, !inside {
                return place + 1
            }
            place += 1
        }
        return limit == bytes.count ? limit : nil
    }

    /// How often a byte occurs.
    static func count(_ wanted: UInt8, _ base: UnsafePointer<UInt8>, _ length: Int) -> Int {
        FieldEnds.counts(wanted, wanted, base, length).first
    }
}
