package import RondoFrame
package import RondoKernels
package import RondoReport

/// `encode school_rating ordinal ["unknown", "F", "D"]`: the level's place in the list, from 0; gaps stay gaps.
///
/// A level of the learning rows that is not in the list is a fault, unless it is said what becomes of it. On new rows it is remarked.
package struct EncodeOrdinalStep: FittedStepReading {
    package static let kind = "encode_ordinal"

    package let columns: [String]
    /// Levels from the lowest to the highest, all different; whole numbers and truth values as text.
    package let order: [String]
    /// What becomes of a level that is not in the list; nil refuses it.
    package let otherwise: LevelFallback?

    /// Throws R0451 when a level is named twice, R0452 when `otherwise` is a level that the list does not have.
    package init(_ columns: [String], order: [String], otherwise: LevelFallback? = nil) throws {
        var seen: Set<String> = []
        for level in order where !seen.insert(level).inserted {
            throw Fault("R0451", "\"\(level)\" stands twice in the list", remedy: "name each level once, the lowest first", subject: level)
        }
        if case .level(let level)? = otherwise, !seen.contains(level) {
            throw Fault(
                "R0452", "otherwise names the level \"\(level)\", which is not in the list",
                remedy: "put it into the list, or write a number, or missing, behind otherwise", subject: level)
        }
        self.columns = columns
        self.order = order
        self.otherwise = otherwise
    }

    package var learns: Bool { false }

    package func dependencies(in columns: [String]) -> [String: Set<String>] {
        Dictionary(self.columns.map { ($0, [$0]) }) { first, _ in first }
    }

    package var effect: ValueEffect { .recodes }

    package func removes(in columns: [String]) -> Set<String> { [] }

    package func learn(from frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> any FittedStep {
        for name in columns {
            try context.cancellation.check()
            let levels = try LevelCodes(try frame.learning(name, rows), name: name)
            let listed = Set(order)
            let unlisted = levels.occurring.filter { !listed.contains($0) }
            guard !unlisted.isEmpty, otherwise == nil else { continue }
            throw Self.unlisted(unlisted, levels.counts(of: unlisted), column: name, order: order)
        }
        return FittedEncodeOrdinal(step: self)
    }

    /// The fault of levels that the list lacks: the most frequent first, each with its rows.
    private static func unlisted(_ levels: [String], _ counts: [Int], column: String, order: [String]) -> Fault {
        let places = levels.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }
        let named = places.prefix(3).map { "\"\(levels[$0])\" (\(grouped(counts[$0])) row\(counts[$0] == 1 ? "" : "s"))" }
        let more = levels.count > named.count ? " and \(grouped(levels.count - named.count)) more" : ""
        let full = (order + places.prefix(5).map { levels[$0] }).map { "\"\($0)\"" }.joined(separator: ", ")
        return Fault(
            "R0452",
            "\(column) has \(levels.count == 1 ? "a level" : "levels") that the list lacks: \(named.joined(separator: ", "))\(more)",
            remedy: "put each where it belongs: encode \(column) ordinal [\(full)], or say what becomes of it: otherwise missing",
            subject: column)
    }

    package func archive() -> Archive {
        var archive = Archive(["columns": .words(columns), "order": .words(order)])
        if let otherwise { archive.set("otherwise", otherwise.archive) }
        return archive
    }

    package init(archive: Archive) throws {
        try self.init(
            try archive.words("columns"), order: try archive.words("order"), otherwise: try LevelFallback.read(archive))
    }

    package static func fitted(from archive: Archive) throws -> any FittedStep {
        FittedEncodeOrdinal(step: try EncodeOrdinalStep(archive: archive))
    }
}

/// Ordinal encoding after its levels were checked on the learning rows.
package struct FittedEncodeOrdinal: FittedStep {
    let step: EncodeOrdinalStep

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        var result = frame
        for name in step.columns {
            try context.cancellation.check()
            let levels = try LevelCodes(try frame.required(name), name: name)
            remarks.note(.unseenLevel, column: name, rows: levels.unlisted(levels.places(in: step.order)))
            try result.set(name, levels.ranks(in: step.order, fallback: step.otherwise?.code(step.order)))
        }
        return result
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? {
        let left = step.columns.filter { !lost.contains($0) }
        guard !left.isEmpty, let rest = try? EncodeOrdinalStep(left, order: step.order, otherwise: step.otherwise) else { return nil }
        return FittedEncodeOrdinal(step: rest)
    }

    package var learned: TableBlock? {
        TableBlock(
            caption: "levels in order", columns: [.init("level", "text", .plain), .init("becomes", "integer", .plain)],
            rows: step.order.enumerated().map { [.text($1), Scalar($0)] })
    }

    package func archive() -> Archive { step.archive() }
}
