package import RondoFrame
package import RondoKernels

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
        try context.cancellation.check()
        try step.addIndicators(of: frame, to: &result)
        for line in lines {
            try context.cancellation.check()
            let column = try frame.required(line.column)
            let rows = column.missingRows()
            let base = try column.matched(to: line.type, name: line.column)
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
        let left = step.columns.filter { !lost.contains($0) }
        guard !left.isEmpty else { return nil }
        return FittedImpute(step: step.keeping(left), keys: keys, lines: lines.filter { !lost.contains($0.column) })
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
        guard lines.map(\.column) == step.filled else { throw StepArchive.damaged(ImputeStep.kind) }
    }
}

extension ImputeStep {
    /// `median`, `mean`, `mode`, `value`, `nearest` or `mark`.
    var methodWord: String {
        switch method {
        case .median: "median"
        case .mean: "mean"
        case .mode: "mode"
        case .constant: "value"
        case .nearest: "nearest"
        case .mark: "mark"
        }
    }
}

extension Column {
    /// The column in the type that it has after filling.
    func matched(to type: ColumnType, name: String) throws -> Column {
        if self.type == type || (self.type.isText && type.isText) || (self.type == .number && type == .integer) { return self }
        if self.type == .integer, type == .number { return asNumber() }
        // A column without a single value has no type of its own.
        guard missingCount == count else {
            throw typeFault(
                name, self.type, needs: "when learned it was \(type.phrase)",
                remedy: "give \(name) the type it had in training, for example with cast")
        }
        return Column.scalars(Array(repeating: .missing, count: count), type: type)
    }

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
