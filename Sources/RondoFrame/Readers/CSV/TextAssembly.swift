import RondoKernels

/// Joins the words of the chunks of a text column, and decides which of them mean missing.
struct TextAssembly {
    let assembly: ColumnAssembly
    let column: Int
    let sinks: [ColumnSink]
    private var name: String { assembly.names[column] }

    init(_ assembly: ColumnAssembly, _ column: Int, _ sinks: [ColumnSink]) {
        self.assembly = assembly
        self.column = column
        self.sinks = sinks
    }

    func assembled(_ context: ComputeContext) throws -> (column: Column, findings: [Finding]) {
        let joined = try JoinedWords(sinks, context: context)
        let counts = try occurrences(joined, context)
        var markCounts = [Int](repeating: 0, count: assembly.marks.count)
        for sink in sinks { markCounts[MissingMarks.empty] += sink.marks[MissingMarks.empty] }
        let marked = try Parallel.mapChunks(count: joined.count, chunkSize: TextAssembly.wordsAtOnce, context: context) { _, places in
            places.filter { mark(joined.firsts[$0]) != nil }
        }
        let (final, words, findings) = levels(joined.firsts, marked.flatMap { $0 }, counts, &markCounts)
        let codes = try finalCodes(joined, final, context)
        var given = assembly.reasons[column]
        if given == nil, !assembly.staysText(column) {
            let styles = WordStyles(
                name: name, words: words, codes: codes, wish: assembly.wish, dateOrder: assembly.dateOrder,
                onlyMoments: assembly.onlyMoments)
            switch styles.outcome() {
            case .column(let column, let finding): return (column, assembly.missingFindings(self.column, markCounts) + findings + [finding])
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
        var end = 0
        let ends = words.map { word in
            end += word.length
            return end
        }
        let bytes = try [UInt8](unsafeUninitializedCapacity: end) { buffer, count in
            let target = buffer
            try Parallel.chunks(count: words.count, chunkSize: wordsAtOnce, context: context) { _, places in
                for place in places {
                    let length = words[place].length
                    guard length > 0, let base = target.baseAddress else { continue }
                    (base + ends[place] - length).initialize(from: words[place].bytes, count: length)
                }
            }
            count = end
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
        var counts = [Int](repeating: 0, count: joined.count)
        for (chunk, local) in locals.enumerated() {
            let start = joined.starts[chunk]
            for (code, count) in local.enumerated() { counts[Int(joined.codes[start + code])] += Int(count) }
        }
        return counts
    }

    /// The final code of each word (-1 missing), the words that stay, and what to say about words that look like marks.
    /// - Parameter marked: the words that look like marks.
    private func levels(_ all: [ByteDictionary.Entry], _ marked: [Int], _ counts: [Int], _ markCounts: inout [Int]) -> (
        final: [Int32], words: [ByteDictionary.Entry], findings: [Finding]
    ) {
        guard !marked.isEmpty else { return (all.indices.map { Int32(truncatingIfNeeded: $0) }, all, []) }
        let markPlaces = Set(marked)
        let values = all.indices.lazy.filter { !markPlaces.contains($0) }.map { all[$0] }
        let hasUnquoted = sinks.contains { $0.flags.contains(.unquoted) }
        var kept: [Int: Bool] = [:]
        var findings: [Finding] = []
        var final = [Int32](repeating: -1, count: all.count)
        var words: [ByteDictionary.Entry] = []
        words.reserveCapacity(all.count)
        var markCodes: [Int: Int32] = [:]
        for code in all.indices {
            guard markPlaces.contains(code), let mark = mark(all[code]) else {
                final[code] = Int32(truncatingIfNeeded: words.count)
                words.append(all[code])
                continue
            }
            let isCode = kept[mark] ?? assembly.marks.isCode(mark, among: values)
            kept[mark] = isCode
            let quoted = all[code].quotedMark && hasUnquoted
            guard isCode || quoted else {
                markCounts[mark] += counts[code]
                continue
            }
            if markCodes[mark] == nil {
                markCodes[mark] = Int32(truncatingIfNeeded: words.count)
                words.append(all[code])
            }
            final[code] = markCodes[mark] ?? -1
            let why = isCode ? "the other values are codes of the same shape" : "it is in quotes"
            let word = assembly.marks.description(mark)
            findings.append(
                Finding("kept", "\(grouped(counts[code])) \(word) in \(name) kept as a value: \(why)", count: counts[code], column: name))
        }
        return (final, words, findings)
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

    private func finalCodes(_ joined: JoinedWords, _ final: [Int32], _ context: ComputeContext) throws -> [Int32] {
        var starts = [0]
        for rows in assembly.rowCounts { starts.append((starts.last ?? 0) + rows) }
        let (sinks, rowStarts) = (sinks, starts)
        return try [Int32](unsafeUninitializedCapacity: starts.last ?? 0) { buffer, count in
            let target = buffer
            try Parallel.indices(sinks.count, context: context) { chunk in
                let map = (joined.starts[chunk]..<joined.starts[chunk + 1]).map { final[Int(joined.codes[$0])] }
                let codes = sinks[chunk].values.assumingMemoryBound(to: Int32.self)
                map.withUnsafeBufferPointer { map in
                    for row in 0..<(rowStarts[chunk + 1] - rowStarts[chunk]) {
                        target.initializeElement(at: rowStarts[chunk] + row, to: codes[row] < 0 ? -1 : map[Int(codes[row])])
                    }
                }
            }
            count = rowStarts[sinks.count]
        }
    }

    private func perLevel(_ final: [Int32], _ counts: [Int], _ levels: Int) -> [Int] {
        guard levels < final.count else { return counts }
        var result = [Int](repeating: 0, count: levels)
        for (code, level) in final.enumerated() where level >= 0 { result[Int(level)] += counts[code] }
        return result
    }
}
