package import RondoFrame
package import RondoKernels

/// `encode notes words levels 500`: one column a word of the learning rows, `notes_garden`, that counts it in each text.
///
/// Words are runs of letters and digits, lower case, of two characters at least. The limits choose by the number of rows that hold a
/// word; without any, the 5,000 most frequent. Words that were not learned count nowhere; a gap is 0 everywhere, unless gaps occur in
/// the learning rows: then they have a column of their own, `notes_missing`. Above 64 words the columns are sparse.
package struct EncodeWordsStep: FittedStepReading {
    package static let kind = "encode_words"
    /// Words without a stated limit.
    package static let usualWords = 5_000

    package let columns: [String]
    package let limits: LevelLimits

    /// A column named twice counts once.
    package init(_ columns: [String], limits: LevelLimits = .none) {
        self.columns = columns.withoutRepeats
        self.limits = limits
    }

    package var learns: Bool { true }

    package func dependencies(in columns: [String]) -> [String: Set<String>] { [:] }

    package var effect: ValueEffect { .recodes }

    package func removes(in columns: [String]) -> Set<String> { Set(self.columns) }

    package func learn(from frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> any FittedStep {
        var taken = Set(frame.names)
        let chosen = LevelLimits(rare: limits.rare, most: limits.most ?? (limits.rare == nil ? Self.usualWords : nil))
        let sources = try columns.map { name -> FittedEncodeWords.Source in
            try context.cancellation.check()
            let column = try frame.learning(name, rows)
            guard let (codes, levels) = column.levelled else {
                guard column.missingCount == column.count else {
                    throw typeFault(name, column.type, needs: "words are counted in text", remedy: "cast \(name) text")
                }
                return .init(column: name, words: [], documents: [], names: [], missingName: nil)
            }
            var texts = [Int](repeating: 0, count: levels.count)
            for code in codes where code >= 0 { texts[Int(code)] += 1 }
            let present = texts.reduce(0, +)
            let (words, documents) = try Self.vocabulary(levels, texts, context)
            let kept = chosen.kept(counts: documents, rows: present)
            guard kept.count <= EncodeOneHotStep.maximumLevels else {
                throw Fault(
                    "R0450", "\(name) has \(grouped(kept.count)) different words, too many for one column each",
                    remedy: "encode \(name) words levels 5000",
                    subject: name)
            }
            func made(_ word: String) -> String { ColumnNaming.unique("\(name)_\(word)", taken: &taken) }
            let names = kept.map { made(words[$0]) }
            return .init(
                column: name, words: kept.map { words[$0] }, documents: kept.map { documents[$0] }, names: names,
                missingName: present < codes.count ? made("missing") : nil)
        }
        return FittedEncodeWords(sources: sources)
    }

    /// The words of the texts that occur, in order of the alphabet, each with the number of rows that hold it.
    private static func vocabulary(
        _ levels: Levels, _ texts: [Int], _ context: ComputeContext
    ) throws -> (words: [String], documents: [Int]) {
        let parts = try Parallel.mapChunks(count: texts.count, chunkSize: 4096, context: context) { _, range in
            var documents: [String: (rows: Int, last: Int)] = [:]
            for level in range where texts[level] > 0 {
                for word in WordTokens.words(of: levels.words[level]) {
                    let known = documents[word] ?? (0, -1)
                    if known.last != level { documents[word] = (known.rows + texts[level], level) }
                }
            }
            return documents
        }
        // Sums of whole numbers: the order of the words in a dictionary moves nothing.
        var totals: [String: Int] = [:]
        for part in parts { for (word, count) in part { totals[word, default: 0] += count.rows } }
        let words = totals.keys.sorted()
        return (words, words.map { totals[$0] ?? 0 })
    }

    package func archive() -> Archive {
        var archive = Archive(["columns": .words(columns)])
        limits.write(to: &archive)
        return archive
    }

    package init(archive: Archive) throws { self.init(try archive.words("columns"), limits: try LevelLimits(archive)) }

    package static func fitted(from archive: Archive) throws -> any FittedStep { try FittedEncodeWords(archive: archive) }
}
