package import RondoFrame
package import RondoKernels
package import RondoReport

/// `encode school_rating ordinal ["unknown", "F", "D"]`: the level's place in the list, from 0; gaps stay gaps.
///
/// A level of the learning rows that is not in the list is a fault. On new rows it becomes missing and is remarked.
package struct EncodeOrdinalStep: FittedStepReading {
    package static let kind = "encode_ordinal"

    package let columns: [String]
    /// Levels from the lowest to the highest, all different; whole numbers and truth values as text.
    package let order: [String]

    /// Throws R0451 when a level is named twice.
    package init(_ columns: [String], order: [String]) throws {
        var seen: Set<String> = []
        for level in order where !seen.insert(level).inserted {
            throw Fault("R0451", "\"\(level)\" stands twice in the list", remedy: "name each level once, the lowest first", subject: level)
        }
        self.columns = columns
        self.order = order
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
            guard let first = unlisted.first else { continue }
            let others = unlisted.count > 1 ? " (and \(grouped(unlisted.count - 1)) more)" : ""
            throw Fault(
                "R0452", "\(name) has the level \"\(first)\"\(others), which is not in the list",
                remedy:
                    "put it where it belongs: encode \(name) ordinal [\((order + unlisted.prefix(5)).map { "\"\($0)\"" }.joined(separator: ", "))]",
                subject: name)
        }
        return FittedEncodeOrdinal(step: self)
    }

    package func archive() -> Archive { Archive(["columns": .words(columns), "order": .words(order)]) }

    package init(archive: Archive) throws { try self.init(try archive.words("columns"), order: try archive.words("order")) }

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
            let places = levels.places(in: step.order)
            remarks.note(.unseenLevel, column: name, rows: levels.unlisted(places))
            let ranks = levels.codes.map { $0 < 0 ? -1 : places[Int($0)] }
            let missing = ranks.contains { $0 < 0 } ? ranks.map { $0 < 0 } : nil
            try result.set(name, Column(.integer(ranks.map { Int64(max($0, 0)) }, missing: missing)))
        }
        return result
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? {
        let left = step.columns.filter { !lost.contains($0) }
        guard !left.isEmpty, let rest = try? EncodeOrdinalStep(left, order: step.order) else { return nil }
        return FittedEncodeOrdinal(step: rest)
    }

    package var learned: TableBlock? {
        TableBlock(
            caption: "levels in order", columns: [.init("level", "text", .plain), .init("becomes", "integer", .plain)],
            rows: step.order.enumerated().map { [.text($1), Scalar($0)] })
    }

    package func archive() -> Archive { step.archive() }
}
