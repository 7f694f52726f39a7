import RondoKernels

/// Joins the words of the chunks of a text column, and decides which of them mean missing.
struct TextAssembly {
    let assembly: ColumnAssembly
    let column: Int
    let sinks: [ColumnSink]
    private var name: String { assembly.names[column] }

    init(_ assembly: ColumnAssembly, _ column: Int, _ parts: [ColumnPart]) {
        self.assembly = assembly
        self.column = column
        sinks = parts.map(\.sink)
    }

    func assembled(_ context: ComputeContext) throws -> (column: Column, findings: [Finding]) {
        let joined = try JoinedWords(sinks, context: context)
        let counts = try occurrences(joined, context)
        var markCounts = [Int](repeating: 0, count: assembly.marks.count)
        for sink in sinks { markCounts[MissingMarks.empty] += sink.marks[MissingMarks.empty] }
        let isGiven = !assembly.marks.automatic
        let marked = try Parallel.mapChunks(count: joined.count, chunkSize: TextAssembly.wordsAtOnce, context: context) { _, places in
            places.filter { (isGiven || joined.firsts[$0].isMarkLike) && mark(joined.firsts[$0]) != nil }
        }
        let (final, words, findings) = levels(joined.firsts, marked.flatMap { $0 }, counts, &markCounts)
        let codes = try finalCodes(joined, final, context)
        var given = assembly.reasons[column]
        if given == nil, !assembly.staysText(column) {
            let styles = WordStyles(
                name: name, words: words, codes: codes, wish: assembly.wish, dateOrder: assembly.dateOrder,
                onlyMoments: assembly.onlyMoments, takesSigns: assembly.marks.automatic)
            switch styles.outcome() {
            case .column(let column, let said): return (column, assembly.missingFindings(self.column, markCounts) + findings + said)
            case .reason(let reason): given = reason
            case .none: break
            }
        }
        let reason = TypeReason(
            name: name, words: words, counts: perLevel(final, counts, words.count), codes: codes, given: given,
            families: assembly.onlyMoments ? [.isoDate, .time] : TypeReason.allFamilies)
        var said = assembly.missingFindings(column, markCounts) + findings
        if let text = try reason.text(line: assembly.lineOfRow, context: context) {
            said.append(Finding("type", text, column: name))
        }
        return (Column(.text(codes, Levels(try TextAssembly.packed(words, context)))), said)
    }

    private static let wordsAtOnce = 1 << 16

    /// The words one behind the other.
    private static func packed(_ words: [ByteDictionary.Entry], _ context: ComputeContext) throws -> PackedWords {
        var starts = try Parallel.mapChunks(count: words.count, chunkSize: wordsAtOnce, context: context) { _, places in
            places.reduce(0) { $0 + words[$1].length }
        }
        var size = 0
        for block in starts.indices { (starts[block], size) = (size, size + starts[block]) }
        var ends: [Int] = []
        let bytes = try [UInt8](large: size) { bytes in
            ends = try [Int](large: words.count) { ends in
                try Parallel.chunks(count: words.count, chunkSize: wordsAtOnce, context: context) { block, places in
                    var end = starts[block]
                    for place in places {
                        let length = words[place].length
                        if length > 0, let base = bytes.baseAddress { (base + end).initialize(from: words[place].bytes, count: length) }
                        end += length
                        ends.initializeElement(at: place, to: end)
                    }
                }
            }
        }
        return PackedWords(bytes: bytes, ends: ends)
    }

    /// How often each joined word occurs.
    private func occurrences(_ joined: JoinedWords, _ context: ComputeContext) throws -> [Int] {
        let rowCounts = assembly.rowCounts
        let sinks = sinks
        let locals = try Parallel.map(sinks.count, context: context) { chunk in
            var local = [Int32](repeating: 0, count: joined.starts[chunk + 1] - joined.starts[chunk])
            let codes = UnsafeBufferPointer(start: sinks[chunk].values.assumingMemoryBound(to: Int32.self), count: rowCounts[chunk])
            for code in codes where code >= 0 { local[Int(code)] &+= 1 }
            return local
        }
        var counts = [Int](large: joined.count, repeating: 0)
        for (chunk, local) in locals.enumerated() {
            let start = joined.starts[chunk]
            for (code, count) in local.enumerated() { counts[Int(joined.codes[start + code])] += Int(count) }
        }
        return counts
    }

    /// The final code of each word (-1 missing; nil when all stay as they are), the words that stay, and what to say about words that look like marks.
    /// - Parameter marked: the words that look like marks.
    private func levels(_ all: [ByteDictionary.Entry], _ marked: [Int], _ counts: [Int], _ markCounts: inout [Int]) -> (
        final: [Int32]?, words: [ByteDictionary.Entry], findings: [Finding]
    ) {
        guard !marked.isEmpty else { return (nil, all, []) }
        let markPlaces = Set(marked)
        let values = all.indices.lazy.filter { !markPlaces.contains($0) }.map { all[$0] }
        let quotesTell = sinks.contains { $0.flags.contains(.unquoted) } || hasOnlyNeededQuotes(values)
        var kept: [Int: Bool] = [:]
        var findings: [Finding] = []
        var final = [Int32](repeating: -1, count: all.count)
        var words: [ByteDictionary.Entry] = []
        words.reserveCapacity(all.count)
        var markCodes: [[UInt8]: Int32] = [:]
        for code in all.indices {
            guard markPlaces.contains(code), let mark = mark(all[code]) else {
                final[code] = Int32(truncatingIfNeeded: words.count)
                words.append(all[code])
                continue
            }
            let isCode = kept[mark] ?? assembly.marks.isCode(mark, among: values)
            kept[mark] = isCode
            let quoted = all[code].quotedMark && quotesTell
            guard isCode || quoted else {
                markCounts[mark] += counts[code]
                continue
            }
            // The same word in quotes and without is one.
            let own = Array(UnsafeBufferPointer(start: all[code].bytes, count: all[code].length))
            if markCodes[own] == nil {
                markCodes[own] = Int32(truncatingIfNeeded: words.count)
                words.append(all[code])
            }
            final[code] = markCodes[own] ?? -1
            let why = isCode ? "the other values are codes of the same shape" : "it is in quotes"
            let word = assembly.marks.description(mark)
            findings.append(
                Finding("kept", "\(grouped(counts[code])) \(word) in \(name) kept as a value: \(why)", count: counts[code], column: name))
        }
        return (final, words, findings)
    }

    /// Whether the file leaves quotes away where it can, and every value needs them: then a mark in quotes is a value too.
    private func hasOnlyNeededQuotes(_ values: some Sequence<ByteDictionary.Entry>) -> Bool {
        guard let delimiter = assembly.sparingDelimiter else { return false }
        let signs = [delimiter, ASCII.quote, ASCII.lineFeed, ASCII.carriageReturn]
        return values.allSatisfy { word in
            let bytes = UnsafeBufferPointer(start: word.bytes, count: word.length)
            guard let first = bytes.first, let last = bytes.last else { return true }
            return first == ASCII.apostrophe || first == ASCII.blank || last == ASCII.blank || bytes.contains(where: signs.contains)
        }
    }

    /// The mark that a word is; nil when it is a value.
    @inline(__always)
    private func mark(_ entry: ByteDictionary.Entry) -> Int? {
        var (start, end) = (0, entry.length)
        while start < end, entry.bytes[start] == ASCII.blank || entry.bytes[start] == ASCII.tab { start += 1 }
        while end > start, entry.bytes[end - 1] == ASCII.blank || entry.bytes[end - 1] == ASCII.tab { end -= 1 }
        // Blanks that do not break, U+00A0, are blanks too.
        if start < end, entry.bytes[start] == 0xC2 {
            while start + 1 < end, entry.bytes[start] == 0xC2, entry.bytes[start + 1] == 0xA0 { start += 2 }
        }
        if start == end { return assembly.marks.blanksAreMissing ? MissingMarks.blanks : nil }
        return assembly.marks.match(entry.bytes + start, end - start)
    }

    /// The code of each row among all words that stay.
    private func finalCodes(_ joined: JoinedWords, _ final: [Int32]?, _ context: ComputeContext) throws -> [Int32] {
        var rowStarts = [0]
        for rows in assembly.rowCounts { rowStarts.append((rowStarts.last ?? 0) + rows) }
        let (sinks, starts) = (sinks, rowStarts)
        // Codes that lie in a column are renumbered where they are.
        let shared = assembly.parts.first?[column].buffer?.codes
        func renumber(into target: UnsafeMutablePointer<Int32>?) throws {
            try Parallel.indices(sinks.count, context: context) { chunk in
                let source = sinks[chunk].values.assumingMemoryBound(to: Int32.self)
                guard let target = target.map({ $0 + starts[chunk] }) ?? (shared == nil ? nil : source) else { return }
                let map = joined.codes[joined.starts[chunk]..<joined.starts[chunk + 1]].map { code in
                    final.map { $0[Int(code)] } ?? code
                }
                map.withUnsafeBufferPointer { map in
                    for row in 0..<(starts[chunk + 1] - starts[chunk]) {
                        let code = source[row]
                        (target + row).initialize(to: code < 0 ? -1 : map[Int(code)])
                    }
                }
            }
        }
        guard shared == nil else {
            try renumber(into: nil)
            return assembly.values(column, \.codes)
        }
        return try [Int32](large: rowStarts.last ?? 0) { try renumber(into: $0.baseAddress) }
    }

    private func perLevel(_ final: [Int32]?, _ counts: [Int], _ levels: Int) -> [Int] {
        guard let final, levels < final.count else { return counts }
        var result = [Int](repeating: 0, count: levels)
        for (code, level) in final.enumerated() where level >= 0 { result[Int(level)] += counts[code] }
        return result
    }
}
