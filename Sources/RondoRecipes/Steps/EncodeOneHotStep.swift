package import RondoFrame
package import RondoKernels
package import RondoReport

/// `encode type onehot`: one column of 0 and 1 a level seen in the learning rows, named `type_condo`, in place of the column.
///
/// A gap is 0 everywhere, unless gaps occur in the learning rows: then they have a column of their own, `type_missing`. A level
/// that was not learned is 0 everywhere and remarked. Above 64 levels the columns are sparse.
package struct EncodeOneHotStep: FittedStepReading {
    package static let kind = "encode_onehot"
    /// More levels than this are refused: that many columns help nobody.
    static let maximumLevels = 5_000

    package let columns: [String]

    /// A column named twice counts once.
    package init(_ columns: [String]) {
        var seen: Set<String> = []
        self.columns = columns.filter { seen.insert($0).inserted }
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
            let words = levels.occurring
            guard words.count <= Self.maximumLevels else {
                throw Fault(
                    "R0450",
                    "\(name) has \(grouped(words.count)) different values, too many for one column each (at most \(grouped(Self.maximumLevels)))",
                    remedy: "drop \(name)", subject: name)
            }
            let hasGap = levels.codes.contains { $0 < 0 }
            let names = words.map { ColumnNaming.unique("\(name)_\(ColumnNaming.word($0))", taken: &taken) }
            let missingName = hasGap ? ColumnNaming.unique("\(name)_missing", taken: &taken) : nil
            sources.append(.init(column: name, levels: words, names: names, missingName: missingName))
        }
        return FittedEncodeOneHot(sources: sources)
    }

    package func archive() -> Archive { Archive(["columns": .words(columns)]) }

    package init(archive: Archive) throws { self.init(try archive.words("columns")) }

    package static func fitted(from archive: Archive) throws -> any FittedStep { try FittedEncodeOneHot(archive: archive) }
}

/// One-hot encoding with its learned levels.
package struct FittedEncodeOneHot: FittedStep {
    /// Above so many levels the columns are kept sparse.
    static let denseLevels = 64

    struct Source: Sendable, Hashable {
        let column: String
        let levels: [String]
        /// One column name a level.
        let names: [String]
        let missingName: String?

        var made: [String] { names + (missingName.map { [$0] } ?? []) }
    }
    let sources: [Source]

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        try frame.require(sources.map(\.column))
        var result = frame.dropping(Set(sources.map(\.column)))
        for source in sources {
            try context.cancellation.check()
            let codes = try LevelCodes(try frame.required(source.column), name: source.column)
            let places = codes.places(in: source.levels)
            remarks.note(.unseenLevel, column: source.column, rows: codes.unlisted(places))
            let slots = codes.codes.map { $0 < 0 ? (source.missingName == nil ? -1 : Int32(source.levels.count)) : places[Int($0)] }
            let made = source.made
            let columns = made.count > Self.denseLevels ? Self.sparse(slots, made.count) : Self.dense(slots, made.count)
            for (name, column) in zip(made, columns) { try result.set(name, column) }
        }
        return result
    }

    package var expanded: [String: Set<String>] {
        Dictionary(sources.flatMap { source in source.made.map { ($0, [source.column]) } }) { first, _ in first }
    }

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
                    + (source.missingName.map { [[.text(source.column), .missing, .text($0)]] } ?? [])
            })
    }

    package var summary: String? { "\(grouped(sources.reduce(0) { $0 + $1.levels.count })) levels" }

    package func archive() -> Archive {
        Archive([
            "sources": .archives(
                sources.map { source in
                    var archive = Archive(["levels": .words(source.levels), "names": .words(source.names)])
                    archive.set("column", source.column)
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
                missingName: archive["missing"] == nil ? nil : try archive.word("missing"))
            guard source.levels.count == source.names.count, Set(source.made).count == source.made.count else {
                throw StepArchive.damaged(EncodeOneHotStep.kind)
            }
            return source
        }
    }

    private static func dense(_ slots: [Int32], _ count: Int) -> [Column] {
        var columns = [[Double]](repeating: [Double](repeating: 0, count: slots.count), count: count)
        for row in slots.indices where slots[row] >= 0 { columns[Int(slots[row])][row] = 1 }
        return columns.map { Column(.number($0)) }
    }

    private static func sparse(_ slots: [Int32], _ count: Int) -> [Column] {
        var rows = [[Int32]](repeating: [], count: count)
        for (row, slot) in slots.enumerated() where slot >= 0 { rows[Int(slot)].append(Int32(truncatingIfNeeded: row)) }
        return rows.map { Column(.sparse(SparseNumbers(count: slots.count, rows: $0, values: Array(repeating: 1, count: $0.count)))) }
    }
}
