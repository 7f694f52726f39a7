package import RondoFrame
package import RondoKernels
package import RondoReport

/// Filling of gaps with what was learned for it: a value for each group that is large enough, and one for all.
package struct FittedImpute: FittedStep {
    /// What was learned for one column.
    package struct Line: Sendable {
        package let column: String
        /// The column's type afterwards.
        package let type: ColumnType
        /// The value of all learning rows; missing when there was none.
        package let overall: Scalar
        /// For each number of keys from 1, a value a group (missing: too few rows, the next in the chain counts).
        package let values: [Column]
        /// Gaps among the learning rows that each link of the chain fills: all rows first, then one key, and so on.
        package let gaps: [Int]
        /// For each number of keys from 1, groups with fewer than five learning rows with a value.
        package let small: [Int]

        /// Groups with a value of their own, for each number of keys from 1.
        package var groups: [Int] { values.map { $0.count - $0.missingCount } }
    }
    package let step: ImputeStep
    let keys: KeyTree?
    package let lines: [Line]

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        var result = frame
        for line in lines {
            try context.cancellation.check()
            let column = try frame.required(line.column)
            let rows = column.missingRows()
            if step.hasIndicator {
                var isMissing = [UInt8](repeating: 0, count: column.count)
                for row in rows { isMissing[Int(row)] = 1 }
                try result.set(ImputeStep.indicator(line.column), Column(.truth(isMissing)))
            }
            let base = try matched(column, line)
            guard !rows.isEmpty else {
                try result.set(line.column, base)
                continue
            }
            let fill = try values(for: rows, of: line, in: frame, context: context)
            remarks.note(.imputed, column: line.column, rows: zip(rows, fill.missingMask()).filter { !$0.1 }.map(\.0))
            try result.set(line.column, base.replacing(rows, with: base.type == fill.type ? fill : fill.converted(to: base.type)))
        }
        return result
    }

    /// The column in the type that it has after filling.
    private func matched(_ column: Column, _ line: Line) throws -> Column {
        if column.type == line.type || (column.type.isText && line.type.isText) || (column.type == .number && line.type == .integer) {
            return column
        }
        if column.type == .integer, line.type == .number { return column.asNumber() }
        // A column without a single value has no type of its own.
        guard column.missingCount == column.count else {
            throw typeFault(
                line.column, column.type, needs: "when learned it was \(line.type.phrase)",
                remedy: "give \(line.column) the type it had in training, for example with cast")
        }
        return Column.scalars(Array(repeating: .missing, count: column.count), type: line.type)
    }

    /// One value a gap, from the deepest group that has one.
    private func values(for rows: [Int32], of line: Line, in frame: Frame, context: ComputeContext) throws -> Column {
        let single = Column.scalars([line.overall], type: line.type)
        guard let keys, !line.values.isEmpty else { return single.gathering(Array(repeating: 0, count: rows.count)) }
        let columns = try GroupKeys.columns(step.groups, of: frame, rows: rows, context: context)
        let nodes = try keys.nodes(of: columns, names: step.groups.map { SavedExpression.text($0) })
        var fill = single.gathering(Array(repeating: 0, count: rows.count))
        // From the whole to the smallest group: each link overwrites what the one before it gave.
        for (depth, values) in line.values.enumerated() {
            let known = values.missingMask()
            let places = nodes[depth].indices.filter { nodes[depth][$0] >= 0 && !known[Int(nodes[depth][$0])] }
            fill = fill.replacing(places.map { Int32(truncatingIfNeeded: $0) }, with: values.gathering(places.map { nodes[depth][$0] }))
        }
        return fill
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? {
        guard step.groups.allSatisfy({ $0.columnsRead.isDisjoint(with: lost) }) else { return nil }
        let left = lines.filter { !lost.contains($0.column) }
        guard !left.isEmpty else { return nil }
        let rest = ImputeStep(left.map(\.column), step.method, by: step.groups, indicator: step.hasIndicator)
        return FittedImpute(step: rest, keys: keys, lines: left)
    }

    package var learned: TableBlock? {
        guard step.learns else { return nil }
        let names = step.groups.map { SavedExpression.text($0) }
        let isNumeric = lines.allSatisfy { $0.type.isNumeric }
        return TableBlock(
            caption: "\(step.methodWord) learned",
            columns: [
                .init("column", "text", .plain), .init("by", "text", .plain), .init("groups", "integer", .count),
                .init("small_groups", "integer", .count), .init("gaps", "integer", .count),
                .init("value", isNumeric ? "number" : "text", isNumeric ? .number : .plain),
            ],
            rows: lines.flatMap { line in
                line.values.indices.reversed().map { depth in
                    [
                        .text(line.column), .text(names.prefix(depth + 1).joined(separator: ", ")), Scalar(line.groups[depth]),
                        Scalar(line.small[depth]), Scalar(line.gaps[depth + 1]), .missing,
                    ]
                } + [
                    [
                        .text(line.column), .text("all rows"), Scalar(1), Scalar(0), Scalar(line.gaps[0]),
                        isNumeric || line.overall.isMissing ? line.overall : .text(line.overall.plainText),
                    ]
                ]
            })
    }

    package var summary: String? {
        guard step.learns else { return nil }
        if step.groups.isEmpty, let line = lines.first, lines.count == 1 {
            return line.overall.isMissing ? "no value to learn from" : "\(step.methodWord) \(line.overall.plainText)"
        }
        let count = lines.reduce(0) { $0 + ($1.groups.last ?? 1) }
        return "\(grouped(count)) \(step.methodWord)\(count == 1 ? "" : "s")"
    }

    package func archive() -> Archive {
        var archive = Archive([
            "lines": .archives(
                lines.map { line in
                    var archive = Archive([
                        "values": .archives(line.values.map { $0.archive() }), "gaps": .integers(line.gaps.map(Int64.init)),
                        "small": .integers(line.small.map(Int64.init)),
                    ])
                    archive.set("column", line.column)
                    archive.set("type", line.type.rawValue)
                    archive.set("overall", Archive.scalar(line.overall))
                    return archive
                })
        ])
        archive.set("step", step.archive())
        if let keys { archive.set("keys", keys.archive()) }
        return archive
    }

    init(step: ImputeStep, keys: KeyTree?, lines: [Line]) {
        self.step = step
        self.keys = keys
        self.lines = lines
    }

    init(archive: Archive) throws {
        step = try ImputeStep(archive: try archive.archive("step"))
        let keys = archive["keys"] == nil ? nil : try KeyTree(archive: try archive.archive("keys"))
        guard (keys?.depth ?? 0) == (step.learns ? step.groups.count : 0) else { throw StepArchive.damaged(ImputeStep.kind) }
        self.keys = keys
        lines = try archive.archives("lines").map { archive in
            guard let type = ColumnType(rawValue: try archive.word("type")) else { throw StepArchive.damaged(ImputeStep.kind) }
            let line = Line(
                column: try archive.word("column"), type: type, overall: try archive.archive("overall").scalar(),
                values: try archive.archives("values").map { try Column(archive: $0) }, gaps: try archive.integers("gaps").map(Int.init),
                small: try archive.integers("small").map(Int.init))
            let depth = line.values.count
            guard depth == (keys?.depth ?? 0), line.small.count == depth, line.gaps.count == depth + 1,
                line.values.enumerated().allSatisfy({ $1.type == type && $1.count == keys?.nodeCount(depth: $0 + 1) })
            else { throw StepArchive.damaged(ImputeStep.kind) }
            return line
        }
        guard lines.map(\.column) == step.columns else { throw StepArchive.damaged(ImputeStep.kind) }
    }
}

extension ImputeStep {
    /// `median`, `mean`, `mode` or `value`.
    var methodWord: String {
        switch method {
        case .median: "median"
        case .mean: "mean"
        case .mode: "mode"
        case .constant: "value"
        }
    }
}

extension Column {
    /// The same values in a neighbouring type: whole numbers as numbers, text as category and the reverse.
    func converted(to type: ColumnType) -> Column {
        switch (storage, type) {
        case (.integer, .number): asNumber()
        case (.text(let codes, let levels), .category): Column(.category(codes, levels))
        case (.category(let codes, let levels), .text): Column(.text(codes, levels))
        default: self
        }
    }
}
