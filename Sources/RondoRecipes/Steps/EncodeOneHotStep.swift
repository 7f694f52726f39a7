package import RondoFrame
package import RondoKernels
package import RondoReport

/// `encode type onehot`: one column of 0 and 1 a level seen in the learning rows, named `type_condo`, in place of the column.
///
/// A gap is 0 everywhere, unless gaps occur in the learning rows: then they have a column of their own, `type_missing`. A level
/// that was not learned is 0 everywhere and remarked. Levels beyond the limits share one column, `type_other`, and so do levels that
/// were not learned where there is one. Above 64 levels the columns are sparse.
package struct EncodeOneHotStep: FittedStepReading {
    package static let kind = "encode_onehot"
    /// More levels than this are refused: that many columns help nobody.
    static let maximumLevels = 100_000

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
        var sources: [FittedEncodeOneHot.Source] = []
        for name in columns {
            try context.cancellation.check()
            let column = try frame.learning(name, rows)
            let levels = try LevelCodes(column, name: name)
            let choice = LevelChoice(levels, limits)
            guard choice.levels.count <= Self.maximumLevels else {
                throw Fault(
                    "R0450",
                    "\(name) has \(grouped(choice.levels.count)) different values, too many for one column each (at most \(grouped(Self.maximumLevels)))",
                    remedy: "encode \(name) onehot levels 1000", subject: name)
            }
            func made(_ word: String) -> String { ColumnNaming.unique("\(name)_\(word)", taken: &taken) }
            let names = choice.levels.map { made(ColumnNaming.word($0)) }
            sources.append(
                .init(
                    column: name, levels: choice.levels, names: names, otherName: choice.pooled.isEmpty ? nil : made("other"),
                    pooled: choice.pooled, missingName: choice.missing > 0 ? made("missing") : nil))
        }
        return FittedEncodeOneHot(sources: sources)
    }

    package func archive() -> Archive {
        var archive = Archive(["columns": .words(columns)])
        limits.write(to: &archive)
        return archive
    }

    package init(archive: Archive) throws { self.init(try archive.words("columns"), limits: try LevelLimits(archive)) }

    package static func fitted(from archive: Archive) throws -> any FittedStep { try FittedEncodeOneHot(archive: archive) }
}

/// One-hot encoding with its learned levels.
package struct FittedEncodeOneHot: FittedStep {
    struct Source: Sendable, Hashable {
        let column: String
        let levels: [String]
        /// One column name a level.
        let names: [String]
        /// The column that the pooled levels share.
        let otherName: String?
        let pooled: [String]
        let missingName: String?

        /// The levels' columns, then that of the others, then that of gaps.
        var made: [String] { names + [otherName, missingName].compactMap { $0 } }
        var otherSlot: Int32? { otherName.map { _ in Int32(levels.count) } }
        var missingSlot: Int32? { missingName.map { _ in Int32(levels.count + (otherName == nil ? 0 : 1)) } }
    }
    let sources: [Source]

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        try frame.require(sources.map(\.column))
        var result = frame.dropping(Set(sources.map(\.column)))
        for source in sources {
            try context.cancellation.check()
            let codes = try LevelCodes(try frame.required(source.column), name: source.column)
            let places = codes.places(in: source.levels + source.pooled)
            remarks.note(.unseenLevel, column: source.column, rows: codes.unlisted(places))
            let own = Int32(source.levels.count)
            let (other, missing) = (source.otherSlot ?? -1, source.missingSlot ?? -1)
            let slots = codes.codes.map { code -> Int32 in
                guard code >= 0 else { return missing }
                let place = places[Int(code)]
                return place >= 0 && place < own ? place : other
            }
            let made = source.made
            let columns =
                made.count > SparseColumns.denseColumns
                ? SparseColumns.columns(rowCount: slots.count, count: made.count) { put in
                    for (row, slot) in slots.enumerated() where slot >= 0 { put(row, Int(slot), 1) }
                }
                : try Column.indicators(slots, count: made.count, context: context)
            for (name, column) in zip(made, columns) { try result.set(name, column) }
        }
        return result
    }

    package var expanded: [String: Set<String>] {
        Dictionary(sources.flatMap { source in source.made.map { ($0, [source.column]) } }) { first, _ in first }
    }

    /// Levels that share a column with others.
    package var pooledCount: Int { sources.reduce(0) { $0 + $1.pooled.count } }
    /// The columns they share.
    package var otherNames: [String] { sources.compactMap(\.otherName) }

    package func without(_ lost: Set<String>) -> (any FittedStep)? {
        let left = sources.filter { !lost.contains($0.column) }
        return left.isEmpty ? nil : FittedEncodeOneHot(sources: left)
    }

    package var learned: TableBlock? {
        TableBlock(
            caption: "levels learned",
            columns: [.init("column", "text", .plain), .init("level", "text", .plain), .init("becomes", "text", .plain)],
            rows: sources.flatMap { source in
                zip(source.levels, source.names).map { [.text(source.column), .text($0), .text($1)] }
                    + (source.otherName.map {
                        [
                            [
                                .text(source.column), .text("\(grouped(source.pooled.count)) other\(source.pooled.count == 1 ? "" : "s")"),
                                .text($0),
                            ]
                        ]
                    } ?? [])
                    + (source.missingName.map { [[.text(source.column), .missing, .text($0)]] } ?? [])
            })
    }

    package var summary: String? {
        let pooled = sources.reduce(0) { $0 + $1.pooled.count }
        return "\(grouped(sources.reduce(0) { $0 + $1.levels.count })) levels" + (pooled > 0 ? ", \(grouped(pooled)) more as other" : "")
    }

    package func archive() -> Archive {
        Archive([
            "sources": .archives(
                sources.map { source in
                    var archive = Archive(["levels": .words(source.levels), "names": .words(source.names)])
                    archive.set("column", source.column)
                    if let other = source.otherName {
                        archive.set("other", other)
                        archive["pooled"] = .words(source.pooled)
                    }
                    if let missing = source.missingName { archive.set("missing", missing) }
                    return archive
                })
        ])
    }

    init(sources: [Source]) { self.sources = sources }

    init(archive: Archive) throws {
        sources = try archive.archives("sources").map { archive in
            let source = Source(
                column: try archive.word("column"), levels: try archive.words("levels"), names: try archive.words("names"),
                otherName: archive["other"] == nil ? nil : try archive.word("other"),
                pooled: archive["other"] == nil ? [] : try archive.words("pooled"),
                missingName: archive["missing"] == nil ? nil : try archive.word("missing"))
            guard source.levels.count == source.names.count, Set(source.made).count == source.made.count else {
                throw StepArchive.damaged(EncodeOneHotStep.kind)
            }
            return source
        }
    }
}
