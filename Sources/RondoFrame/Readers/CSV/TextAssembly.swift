/// Joins the dictionaries of the chunks of a text column, and decides which of its words mean missing.
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

    /// What a word of the dictionary is.
    private enum Sense { case value, mark(Int) }

    func assembled() -> (column: Column, findings: [Finding]) {
        let largest = sinks.reduce(0) { max($0, $1.dictionary?.count ?? 0) }
        let all = sinks.reduce(0) { $0 + ($1.dictionary?.count ?? 0) }
        // Many words a chunk means that most chunks bring new ones.
        var dictionary = ByteDictionary(expecting: largest > 2048 ? all : largest)
        defer { dictionary.deallocate() }
        let maps = sinks.map { sink -> [Int32] in
            guard let local = sink.dictionary else { return [] }
            return (0..<local.count).map { code in
                let entry = local.entries[code]
                return dictionary.code(entry.bytes, Int(entry.length), hash: entry.hash, quotedMark: entry.quotedMark)
            }
        }
        let counts = occurrences(maps, dictionary.count)
        var markCounts = [Int](repeating: 0, count: assembly.marks.count)
        for sink in sinks { markCounts[MissingMarks.empty] += sink.marks[MissingMarks.empty] }
        let (final, words, findings) = levels(dictionary, counts, &markCounts)
        let codes = finalCodes(maps, final)
        let wordCounts = perLevel(final, counts, words.count)
        var reason = TypeReason(name: name, words: words, counts: wordCounts, codes: codes, given: assembly.reasons[column])
        if assembly.onlyMoments { reason.families = [.isoDate, .time] }
        var said = assembly.missingFindings(column, markCounts) + findings
        if let text = reason.text(line: assembly.lineOfRow) {
            said.append(Finding("type", text, column: name))
        }
        return (Column(.text(codes, Levels(words))), said)
    }

    /// How often each word of the joined dictionary occurs.
    private func occurrences(_ maps: [[Int32]], _ size: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: size)
        for (chunk, sink) in sinks.enumerated() {
            var local = [Int](repeating: 0, count: maps[chunk].count)
            let codes = UnsafeBufferPointer(start: sink.values.assumingMemoryBound(to: Int32.self), count: assembly.rowCounts[chunk])
            for code in codes where code >= 0 { local[Int(code)] += 1 }
            for (code, count) in local.enumerated() { counts[Int(maps[chunk][code])] += count }
        }
        return counts
    }

    /// The final code of each word (-1 missing), the words that stay, and what to say about words that look like marks.
    private func levels(_ dictionary: ByteDictionary, _ counts: [Int], _ markCounts: inout [Int]) -> (
        final: [Int32], words: [String], findings: [Finding]
    ) {
        let senses = (0..<dictionary.count).map { sense(dictionary, $0) }
        let hasUnquoted = sinks.contains { $0.flags.contains(.unquoted) }
        var all: [String] = []
        for code in 0..<dictionary.count { if case .value = senses[code] { all.append(dictionary.text(code)) } }
        var kept: [Int: Bool] = [:]
        var findings: [Finding] = []
        var final = [Int32](repeating: -1, count: dictionary.count)
        var words: [String] = []
        words.reserveCapacity(dictionary.count)
        var markCodes: [Int: Int32] = [:]
        var values = all.makeIterator()
        for code in 0..<dictionary.count {
            guard case .mark(let mark) = senses[code] else {
                final[code] = Int32(words.count)
                words.append(values.next() ?? "")
                continue
            }
            let isCode = kept[mark] ?? assembly.marks.isCode(mark, among: all)
            kept[mark] = isCode
            let quoted = dictionary.entries[code].quotedMark && hasUnquoted
            guard isCode || quoted else {
                markCounts[mark] += counts[code]
                continue
            }
            if markCodes[mark] == nil {
                markCodes[mark] = Int32(words.count)
                words.append(dictionary.text(code))
            }
            final[code] = markCodes[mark] ?? -1
            let why = isCode ? "the other values are codes of the same shape" : "it is in quotes"
            let word = assembly.marks.description(mark)
            findings.append(
                Finding("kept", "\(grouped(counts[code])) \(word) in \(name) kept as a value: \(why)", count: counts[code], column: name))
        }
        return (final, words, findings)
    }

    private func sense(_ dictionary: ByteDictionary, _ code: Int) -> Sense {
        let entry = dictionary.entries[code]
        var (start, end) = (0, Int(entry.length))
        while start < end, entry.bytes[start] == ASCII.blank || entry.bytes[start] == ASCII.tab { start += 1 }
        while end > start, entry.bytes[end - 1] == ASCII.blank || entry.bytes[end - 1] == ASCII.tab { end -= 1 }
        if start == end { return assembly.marks.blanksAreMissing ? .mark(MissingMarks.blanks) : .value }
        return assembly.marks.match(entry.bytes + start, end - start).map { .mark($0) } ?? .value
    }

    private func finalCodes(_ maps: [[Int32]], _ final: [Int32]) -> [Int32] {
        let total = assembly.rowCounts.reduce(0, +)
        return [Int32](unsafeUninitializedCapacity: total) { buffer, count in
            for (chunk, sink) in sinks.enumerated() {
                let map = maps[chunk].map { final[Int($0)] }
                let codes = sink.values.assumingMemoryBound(to: Int32.self)
                for row in 0..<assembly.rowCounts[chunk] {
                    buffer.initializeElement(at: count, to: codes[row] < 0 ? -1 : map[Int(codes[row])])
                    count += 1
                }
            }
        }
    }

    private func perLevel(_ final: [Int32], _ counts: [Int], _ levels: Int) -> [Int] {
        var result = [Int](repeating: 0, count: levels)
        for (code, level) in final.enumerated() where level >= 0 { result[Int(level)] += counts[code] }
        return result
    }
}
