package import RondoFrame
package import RondoKernels
package import RondoReport

/// Word counts with the vocabulary that was learned.
package struct FittedEncodeWords: FittedStep {
    struct Source: Sendable, Hashable {
        let column: String
        let words: [String]
        /// Learning rows that hold each word.
        let documents: [Int]
        /// One column name a word.
        let names: [String]
        let missingName: String?

        var made: [String] { names + (missingName.map { [$0] } ?? []) }
    }
    let sources: [Source]
    /// For each source the place of each word.
    private let places: [[String: Int]]

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        try frame.require(sources.map(\.column))
        var result = frame.dropping(Set(sources.map(\.column)))
        for (source, places) in zip(sources, places) {
            try context.cancellation.check()
            let column = try frame.required(source.column)
            guard let (codes, levels) = column.levelled else {
                guard column.missingCount == column.count else {
                    throw typeFault(source.column, column.type, needs: "in training it was text", remedy: "cast \(source.column) text")
                }
                try set(source, of: Array(repeating: -1, count: column.count), WordCounts(), in: &result)
                continue
            }
            let counts = try WordCounts(levels, used: codes, places: places, context: context)
            remarks.note(
                .unseenLevel, column: source.column,
                rows: Column.places(codes) { $0 >= 0 && counts.starts[Int($0)] == counts.starts[Int($0) + 1] && !counts.isEmpty[Int($0)] })
            try set(source, of: codes, counts, in: &result)
        }
        return result
    }

    /// Puts the columns of one source into the table.
    private func set(_ source: Source, of codes: [Int32], _ counts: WordCounts, in frame: inout Frame) throws {
        let gap = source.missingName == nil ? nil : source.words.count
        let columns = SparseColumns.fitting(rowCount: codes.count, count: source.made.count) { put in
            for (row, code) in codes.enumerated() {
                guard code >= 0 else {
                    if let gap { put(row, gap, 1) }
                    continue
                }
                for entry in counts.starts[Int(code)]..<counts.starts[Int(code) + 1] {
                    put(row, Int(counts.words[entry]), Double(counts.times[entry]))
                }
            }
        }
        for (name, column) in zip(source.made, columns) { try frame.set(name, column) }
    }

    package var expanded: [String: Set<String>] {
        Dictionary(sources.flatMap { source in source.made.map { ($0, [source.column]) } }) { first, _ in first }
    }

    /// Words that most learning rows hold, the most frequent first.
    package func mostFrequent(_ count: Int) -> [String] {
        let all = sources.flatMap { zip($0.words, $0.documents) }
        return all.indices.sorted { (all[$1].1, $0) < (all[$0].1, $1) }.prefix(count).map { all[$0].0 }
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? {
        let left = sources.filter { !lost.contains($0.column) }
        return left.isEmpty ? nil : FittedEncodeWords(sources: left)
    }

    package var learned: TableBlock? {
        TableBlock(
            caption: "words learned",
            columns: [
                .init("column", "text", .plain), .init("word", "text", .plain), .init("rows", "integer", .count),
                .init("becomes", "text", .plain),
            ],
            rows: sources.flatMap { source -> [[Scalar]] in
                let order = source.words.indices.sorted { (source.documents[$1], $0) < (source.documents[$0], $1) }
                return order.map { place in
                    [.text(source.column), .text(source.words[place]), Scalar(source.documents[place]), .text(source.names[place])]
                } + (source.missingName.map { [[.text(source.column), .missing, .missing, .text($0)]] } ?? [])
            })
    }

    package var summary: String? { "\(grouped(sources.reduce(0) { $0 + $1.words.count })) words" }

    package func archive() -> Archive {
        Archive([
            "sources": .archives(
                sources.map { source in
                    var archive = Archive([
                        "words": .words(source.words), "documents": .integers(source.documents.map { Int64($0) }),
                        "names": .words(source.names),
                    ])
                    archive.set("column", source.column)
                    if let missing = source.missingName { archive.set("missing", missing) }
                    return archive
                })
        ])
    }

    init(sources: [Source]) {
        self.sources = sources
        places = sources.map { Dictionary($0.words.enumerated().map { ($1, $0) }) { first, _ in first } }
    }

    init(archive: Archive) throws {
        self.init(
            sources: try archive.archives("sources").map { archive in
                let source = Source(
                    column: try archive.word("column"), words: try archive.words("words"),
                    documents: try archive.integers("documents").map { Int(clamping: $0) }, names: try archive.words("names"),
                    missingName: archive["missing"] == nil ? nil : try archive.word("missing"))
                guard source.words.count == source.names.count, source.documents.count == source.names.count,
                    Set(source.made).count == source.made.count
                else { throw StepArchive.damaged(EncodeWordsStep.kind) }
                return source
            })
    }
}

/// How often each known word stands in each different text.
struct WordCounts {
    /// Entries of text t: `starts[t]..<starts[t + 1]`.
    private(set) var starts: [Int] = [0]
    private(set) var words: [Int32] = []
    private(set) var times: [Int32] = []
    /// Whether a text has no word at all, known or not.
    private(set) var isEmpty: [Bool] = []

    init() {}

    private static let chunkSize = 4096

    /// - Parameter used: codes of the texts that occur; the others are not read.
    init(_ levels: Levels, used codes: [Int32], places: [String: Int], context: ComputeContext) throws {
        var isUsed = [Bool](repeating: false, count: levels.count)
        for code in codes where code >= 0 { isUsed[Int(code)] = true }
        let parts = try Parallel.mapChunks(count: levels.count, chunkSize: Self.chunkSize, context: context) { [isUsed] _, range in
            var part = WordCounts()
            for level in range { part.append(isUsed[level] ? WordTokens.words(of: levels.words[level]) : [], places) }
            return part
        }
        starts.reserveCapacity(levels.count + 1)
        isEmpty.reserveCapacity(levels.count)
        words.reserveCapacity(parts.reduce(0) { $0 + $1.words.count })
        times.reserveCapacity(parts.reduce(0) { $0 + $1.words.count })
        for part in parts {
            let shift = words.count
            starts.append(contentsOf: part.starts.dropFirst().map { $0 + shift })
            words.append(contentsOf: part.words)
            times.append(contentsOf: part.times)
            isEmpty.append(contentsOf: part.isEmpty)
        }
    }

    /// Adds one text.
    private mutating func append(_ tokens: [String], _ places: [String: Int]) {
        isEmpty.append(tokens.isEmpty)
        var last: Int32 = -1
        for place in tokens.compactMap({ places[$0] }).sorted() {
            let word = Int32(truncatingIfNeeded: place)
            if word == last {
                times[times.count - 1] += 1
            } else {
                words.append(word)
                times.append(1)
                last = word
            }
        }
        starts.append(words.count)
    }
}
