package import RondoFrame
package import RondoKernels
package import RondoLanguage
import RondoLearning

/// Learned limits: which values of a table are outliers, or which rows.
package struct OutlierLimits: Sendable {
    /// Which side of its limits a value lies on.
    package enum Side: UInt8, Sendable { case inside, below, above, missing }

    /// The limits of one column.
    struct Line: Sendable {
        let column: String
        let low: Double
        let high: Double
        /// For each number of keys from 1 the limits of each group; NaN for groups with too few values.
        let lows: [[Double]]
        let highs: [[Double]]

        /// For each number of keys from 1 whether a group has limits of its own.
        var known: [[Bool]] { lows.map { $0.map { !$0.isNaN } } }
    }
    /// The forest of all columns together.
    struct Forest: Sendable {
        let model: IsolationForestModel
        /// What stands for a gap in each column: the median of the learning rows.
        let medians: [Double]
        let limit: Double
    }
    package let method: OutlierMethod
    package let columns: [String]
    package let groups: [Group]
    let keys: KeyTree?
    /// One a column; empty for a forest.
    let lines: [Line]
    let forest: Forest?

    // MARK: Learning

    /// - Throws: R0351 for columns that are no numbers.
    package init(
        learning method: OutlierMethod, columns: [String], by groups: [Group], from frame: Frame, rows: [Int32]?, context: ComputeContext
    ) throws {
        self.method = method
        self.columns = columns
        let values = try columns.map { try Self.numbers(try frame.learning($0, rows), $0) }
        if case .forest(let limit) = method {
            let medians = values.map { values in
                let median = Quantiles.median(values)
                return median.isNaN ? 0 : median
            }
            let whole = zip(values, medians).map { values, median in values.map { $0.isNaN ? median : $0 } }
            let model = try IsolationForestLearner().fit(whole, seed: 1, context: context)
            (forest, lines, keys, self.groups) = (Forest(model: model, medians: medians, limit: limit), [], nil, [])
            return
        }
        let learned = try GroupKeys.learned(from: frame, groups: groups, rows: rows, context: context)
        self.groups = learned?.groups ?? []
        keys = learned?.tree
        forest = nil
        lines = try Parallel.map(columns.count, context: context) { index in
            let all = method.limits(values[index])
            var (lows, highs): ([[Double]], [[Double]]) = ([], [])
            for (nodes, count) in zip(learned?.nodes ?? [], learned?.counts ?? []) {
                let limits = Self.limits(values[index], groups: nodes, count: count, method: method)
                lows.append(limits.map(\.low))
                highs.append(limits.map(\.high))
            }
            return Line(column: columns[index], low: all.low, high: all.high, lows: lows, highs: highs)
        }
    }

    private static func limits(
        _ values: [Double], groups: [Int32], count: Int, method: OutlierMethod
    ) -> [(low: Double, high: Double)] {
        let (rows, starts) = Sorting.grouped(groups, groupCount: count)
        return (0..<count).map { group in
            let known = rows[starts[group]..<starts[group + 1]].map { values[$0] }.filter { !$0.isNaN }
            return known.count < OutlierMethod.leastRows ? (.nan, .nan) : method.limits(known)
        }
    }

    static func numbers(_ column: Column, _ name: String) throws -> [Double] {
        guard column.type.isNumeric || column.type == .duration else {
            throw typeFault(
                name, column.type, needs: "outliers are looked for among numbers",
                remedy: column.type.isText ? "cast \(name) number" : "derive a number from \(name) first")
        }
        return column.numbers()
    }

    // MARK: Judging

    package var isForest: Bool { forest != nil }

    /// The columns that are read.
    package var columnsRead: Set<String> { groups.reduce(into: Set(columns)) { $0.formUnion($1.columnsRead) } }

    /// What a row is judged by: one entry a column, or one for all columns together.
    package var judged: [String] { forest == nil ? columns : [columns.joined(separator: ", ")] }

    /// The side of each value, one list for each entry of `judged`; of a forest a row that stands apart lies above.
    package func sides(of frame: Frame, context: ComputeContext) throws -> [[Side]] {
        try frame.require(columnsRead.sorted())
        if let forest {
            let scores = try scores(of: frame, forest, context: context)
            return [scores.map { $0 > forest.limit ? .above : .inside }]
        }
        return try lines.map { line in
            try context.cancellation.check()
            let values = try Self.numbers(try column(line.column, of: frame), line.column)
            let (lows, highs) = try bounds(of: line, frame: frame, context: context)
            return values.indices.map { row in
                let value = values[row]
                if value.isNaN { return .missing }
                let low = lows.count == 1 ? lows[0] : lows[row]
                let high = highs.count == 1 ? highs[0] : highs[row]
                return value < low ? .below : value > high ? .above : .inside
            }
        }
    }

    /// The scores of a forest, higher for rows that stand apart; nil for other methods.
    package func scores(of frame: Frame, context: ComputeContext) throws -> [Double]? {
        try forest.map { try scores(of: frame, $0, context: context) }
    }

    private func scores(of frame: Frame, _ forest: Forest, context: ComputeContext) throws -> [Double] {
        let values = try zip(columns, forest.medians).map { name, median in
            try Self.numbers(try column(name, of: frame), name).map { $0.isNaN ? median : $0 }
        }
        return try forest.model.scores(values, context: context)
    }

    /// A column without a single value has no type of its own.
    private func column(_ name: String, of frame: Frame) throws -> Column {
        let column = try frame.required(name)
        return column.missingCount == column.count && !column.type.isNumeric
            ? .numbers(Array(repeating: .nan, count: column.count)) : column
    }

    /// The limits of each row, or one pair for all rows without groups.
    func bounds(of line: Line, frame: Frame, context: ComputeContext) throws -> (lows: [Double], highs: [Double]) {
        guard let keys, !line.lows.isEmpty else { return ([line.low], [line.high]) }
        let columns = try GroupKeys.columns(groups, of: frame, rows: nil, context: context)
        let places = try keys.deepest(columns, groups: groups, known: line.known)
        return (
            places.map { $0.keys == 0 ? line.low : line.lows[$0.keys - 1][$0.node] },
            places.map { $0.keys == 0 ? line.high : line.highs[$0.keys - 1][$0.node] }
        )
    }

    /// The limits of the only column when there are no groups.
    package var single: (low: Double, high: Double)? {
        guard lines.count == 1, groups.isEmpty, forest == nil else { return nil }
        return (lines[0].low, lines[0].high)
    }

    /// The same for some of the columns; nil when none is left or a group needs another.
    func keeping(_ kept: Set<String>) -> OutlierLimits? {
        guard forest == nil || columns.allSatisfy(kept.contains), groups.allSatisfy({ $0.columnsRead.isSubset(of: kept) }) else {
            return nil
        }
        let left = columns.filter(kept.contains)
        guard !left.isEmpty else { return nil }
        return OutlierLimits(
            method: method, columns: left, groups: groups, keys: keys, lines: lines.filter { kept.contains($0.column) }, forest: forest)
    }

    private init(method: OutlierMethod, columns: [String], groups: [Group], keys: KeyTree?, lines: [Line], forest: Forest?) {
        self.method = method
        self.columns = columns
        self.groups = groups
        self.keys = keys
        self.lines = lines
        self.forest = forest
    }

    // MARK: Archive

    package func archive() -> Archive {
        var archive = Archive([
            "columns": .words(columns), "groups": .archives(groups.map(SavedExpression.archive)),
            "lines": .archives(
                lines.map { line in
                    Archive([
                        "all": .numbers([line.low, line.high]), "lows": .archives(line.lows.map { Archive(["values": .numbers($0)]) }),
                        "highs": .archives(line.highs.map { Archive(["values": .numbers($0)]) }),
                    ])
                }),
        ])
        archive.set("method", method.archive())
        if let keys { archive.set("keys", keys.archive()) }
        if let forest {
            archive.set("forest", forest.model.archive())
            archive["medians"] = .numbers(forest.medians)
        }
        return archive
    }

    package init(archive: Archive) throws {
        let damaged = StepArchive.damaged("outliers")
        method = try OutlierMethod(archive: try archive.archive("method"))
        columns = try archive.words("columns")
        groups = try archive.archives("groups").map { try SavedExpression.group($0) }
        let keys = archive["keys"] == nil ? nil : try KeyTree(archive: try archive.archive("keys"))
        self.keys = keys
        guard (keys?.depth ?? 0) == groups.count else { throw damaged }
        let saved = try archive.archives("lines")
        if case .forest(let limit) = method {
            let model = try IsolationForestModel(from: try archive.archive("forest"))
            let medians = try archive.numbers("medians")
            guard saved.isEmpty, model.width == columns.count, medians.count == columns.count else { throw damaged }
            (forest, lines) = (Forest(model: model, medians: medians, limit: limit), [])
            return
        }
        forest = nil
        guard saved.count == columns.count else { throw damaged }
        lines = try zip(columns, saved).map { column, line in
            let all = try line.numbers("all")
            let lows = try line.archives("lows").map { try $0.numbers("values") }
            let highs = try line.archives("highs").map { try $0.numbers("values") }
            guard all.count == 2, lows.count == keys?.depth ?? 0, highs.count == lows.count,
                lows.indices.allSatisfy({ lows[$0].count == keys?.nodeCount(depth: $0 + 1) && highs[$0].count == lows[$0].count })
            else { throw damaged }
            return Line(column: column, low: all[0], high: all[1], lows: lows, highs: highs)
        }
    }
}
