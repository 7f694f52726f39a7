package import RondoFrame
package import RondoKernels
package import RondoReport

/// `encode zip frequency`: the share of the learning rows with a value that hold this level.
///
/// Gaps stay gaps; a level that was not learned has share 0 and is remarked.
package struct EncodeFrequencyStep: FittedStepReading {
    package static let kind = "encode_frequency"

    package let columns: [String]

    package init(_ columns: [String]) { self.columns = columns }

    package var learns: Bool { true }

    package func dependencies(in columns: [String]) -> [String: Set<String>] {
        Dictionary(self.columns.map { ($0, [$0]) }) { first, _ in first }
    }

    package var effect: ValueEffect { .recodes }

    package func removes(in columns: [String]) -> Set<String> { [] }

    package func learn(from frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> any FittedStep {
        FittedEncodeFrequency(
            sources: try columns.map { name in
                try context.cancellation.check()
                let choice = LevelChoice(try LevelCodes(try frame.learning(name, rows), name: name), .none)
                return FittedEncodeFrequency.Source(column: name, levels: choice.levels, counts: choice.counts)
            })
    }

    package func archive() -> Archive { Archive(["columns": .words(columns)]) }

    package init(archive: Archive) throws { columns = try archive.words("columns") }

    package static func fitted(from archive: Archive) throws -> any FittedStep { try FittedEncodeFrequency(archive: archive) }
}

/// Frequencies with the counts that were learned.
package struct FittedEncodeFrequency: FittedStep {
    struct Source: Sendable, Hashable {
        let column: String
        let levels: [String]
        /// Learning rows of each.
        let counts: [Int]

        var shares: [Double] {
            let total = Double(counts.reduce(0, +))
            return counts.map { Double($0) / total }
        }
    }
    let sources: [Source]

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        var result = frame
        for source in sources {
            try context.cancellation.check()
            let codes = try LevelCodes(try frame.required(source.column), name: source.column)
            let places = codes.places(in: source.levels)
            let shares = source.shares
            remarks.note(.unseenLevel, column: source.column, rows: codes.unlisted(places))
            let ofWord = places.map { $0 < 0 ? 0 : shares[Int($0)] }
            try result.set(source.column, Column(.number(codes.codes.map { $0 < 0 ? .nan : ofWord[Int($0)] })))
        }
        return result
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? {
        let left = sources.filter { !lost.contains($0.column) }
        return left.isEmpty ? nil : FittedEncodeFrequency(sources: left)
    }

    package var learned: TableBlock? {
        TableBlock(
            caption: "frequencies learned",
            columns: [
                .init("column", "text", .plain), .init("level", "text", .plain), .init("rows", "integer", .count),
                .init("becomes", "number", .number),
            ],
            rows: sources.flatMap { source in
                zip(source.levels.indices, source.shares).map { place, share in
                    [.text(source.column), .text(source.levels[place]), Scalar(source.counts[place]), Scalar(share)]
                }
            })
    }

    package var summary: String? { "\(grouped(sources.reduce(0) { $0 + $1.levels.count })) levels" }

    package func archive() -> Archive {
        Archive([
            "sources": .archives(
                sources.map { source in
                    var archive = Archive(["levels": .words(source.levels), "counts": .integers(source.counts.map { Int64($0) })])
                    archive.set("column", source.column)
                    return archive
                })
        ])
    }

    init(sources: [Source]) { self.sources = sources }

    init(archive: Archive) throws {
        sources = try archive.archives("sources").map { archive in
            let source = Source(
                column: try archive.word("column"), levels: try archive.words("levels"),
                counts: try archive.integers("counts").map { Int(clamping: $0) })
            guard source.levels.count == source.counts.count else { throw StepArchive.damaged(EncodeFrequencyStep.kind) }
            return source
        }
    }
}
