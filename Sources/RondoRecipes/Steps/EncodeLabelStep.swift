package import RondoFrame
package import RondoKernels
package import RondoReport

/// `encode zip label`: a whole number a level seen in the learning rows, from 0, in the order of the alphabet, of numbers, or as declared.
///
/// Levels beyond the limits share the last number. Gaps stay gaps; a level that was not learned takes the number of the others where
/// there is one, else what `otherwise` says, else it becomes missing; it is remarked.
package struct EncodeLabelStep: FittedStepReading {
    package static let kind = "encode_label"

    package let columns: [String]
    package let limits: LevelLimits
    package let otherwise: LevelFallback?

    package init(_ columns: [String], limits: LevelLimits = .none, otherwise: LevelFallback? = nil) {
        self.columns = columns
        self.limits = limits
        self.otherwise = otherwise
    }

    package var learns: Bool { true }

    package func dependencies(in columns: [String]) -> [String: Set<String>] {
        Dictionary(self.columns.map { ($0, [$0]) }) { first, _ in first }
    }

    package var effect: ValueEffect { .recodes }

    package func removes(in columns: [String]) -> Set<String> { [] }

    package func learn(from frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> any FittedStep {
        let sources = try columns.map { name in
            try context.cancellation.check()
            let choice = LevelChoice(try LevelCodes(try frame.learning(name, rows), name: name), limits)
            return FittedEncodeLabel.Source(column: name, levels: choice.levels, counts: choice.counts, pooled: choice.pooled)
        }
        return FittedEncodeLabel(step: self, sources: sources)
    }

    package func archive() -> Archive {
        var archive = Archive(["columns": .words(columns)])
        limits.write(to: &archive)
        if let otherwise { archive.set("otherwise", otherwise.archive) }
        return archive
    }

    package init(archive: Archive) throws {
        self.init(
            try archive.words("columns"), limits: try LevelLimits(archive), otherwise: try LevelFallback.read(archive))
    }

    package static func fitted(from archive: Archive) throws -> any FittedStep { try FittedEncodeLabel(archive: archive) }
}

/// Numbering of levels with the levels that were learned.
package struct FittedEncodeLabel: FittedStep {
    struct Source: Sendable, Hashable {
        let column: String
        let levels: [String]
        /// Learning rows of each.
        let counts: [Int]
        /// Levels that share the number after the last.
        let pooled: [String]
    }
    let step: EncodeLabelStep
    let sources: [Source]

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        var result = frame
        for source in sources {
            try context.cancellation.check()
            let codes = try LevelCodes(try frame.required(source.column), name: source.column)
            remarks.note(.unseenLevel, column: source.column, rows: codes.unlisted(codes.places(in: source.levels + source.pooled)))
            let fallback = source.pooled.isEmpty ? step.otherwise?.code(source.levels) : Int64(source.levels.count)
            try result.set(source.column, codes.ranks(in: source.levels, fallback: fallback))
        }
        return result
    }

    /// Levels that share a number with others.
    package var pooledCount: Int { sources.reduce(0) { $0 + $1.pooled.count } }

    package func without(_ lost: Set<String>) -> (any FittedStep)? {
        let left = sources.filter { !lost.contains($0.column) }
        let step = EncodeLabelStep(left.map(\.column), limits: step.limits, otherwise: step.otherwise)
        return left.isEmpty ? nil : FittedEncodeLabel(step: step, sources: left)
    }

    package var learned: TableBlock? {
        TableBlock(
            caption: "levels numbered",
            columns: [
                .init("column", "text", .plain), .init("level", "text", .plain), .init("rows", "integer", .count),
                .init("becomes", "integer", .plain),
            ],
            rows: sources.flatMap { source in
                source.levels.indices.map { place in
                    [.text(source.column), .text(source.levels[place]), Scalar(source.counts[place]), Scalar(place)]
                }
                    + (source.pooled.isEmpty
                        ? []
                        : [
                            [
                                .text(source.column), .text("\(grouped(source.pooled.count)) other\(source.pooled.count == 1 ? "" : "s")"),
                                .missing, Scalar(source.levels.count),
                            ]
                        ])
            })
    }

    package var summary: String? { "\(grouped(sources.reduce(0) { $0 + $1.levels.count })) levels" }

    package func archive() -> Archive {
        var archive = Archive([
            "sources": .archives(
                sources.map { source in
                    var archive = Archive([
                        "levels": .words(source.levels), "counts": .integers(source.counts.map { Int64($0) }),
                        "pooled": .words(source.pooled),
                    ])
                    archive.set("column", source.column)
                    return archive
                })
        ])
        archive.set("step", step.archive())
        return archive
    }

    init(step: EncodeLabelStep, sources: [Source]) {
        self.step = step
        self.sources = sources
    }

    init(archive: Archive) throws {
        step = try EncodeLabelStep(archive: try archive.archive("step"))
        sources = try archive.archives("sources").map { archive in
            let source = Source(
                column: try archive.word("column"), levels: try archive.words("levels"),
                counts: try archive.integers("counts").map { Int(clamping: $0) }, pooled: try archive.words("pooled"))
            guard source.levels.count == source.counts.count else { throw StepArchive.damaged(EncodeLabelStep.kind) }
            return source
        }
    }
}
