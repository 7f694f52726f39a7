package import RondoFrame
package import RondoKernels
package import RondoLanguage
package import RondoReport

/// `outliers sqft robust action cap by type`: values beyond learned limits are pulled to them, or marked in a column beside.
///
/// Groups with fewer than 20 known values take the limits of the groups without the last key, and so on. Gaps stay gaps.
package struct OutliersStep: FittedStepReading {
    package static let kind = "outliers"
    /// The column that a forest marks rows in.
    package static let rowMark = "outlier"

    package enum Action: String, Sendable, Hashable { case cap, mark }

    package let columns: [String]
    package let method: OutlierMethod
    package let action: Action
    package let groups: [Group]

    package init(_ columns: [String], _ method: OutlierMethod, _ action: Action, by groups: [Group] = []) {
        self.columns = columns
        self.method = method
        self.action = action
        self.groups = groups
    }

    package var learns: Bool { true }

    package var effect: ValueEffect { .recodes }

    package func dependencies(in columns: [String]) -> [String: Set<String>] {
        let keys = groups.reduce(into: Set<String>()) { $0.formUnion($1.columnsRead) }
        if case .forest = method { return [Self.rowMark: keys.union(self.columns)] }
        return Dictionary(self.columns.map { (action == .cap ? $0 : Self.mark($0), keys.union([$0])) }) { first, _ in first }
    }

    package func removes(in columns: [String]) -> Set<String> { [] }

    /// The column that marks outliers of a column.
    package static func mark(_ column: String) -> String { "\(column)_outlier" }

    package func learn(from frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> any FittedStep {
        if action == .mark, let taken = dependencies(in: frame.names).keys.sorted().first(where: { frame[$0] != nil }) {
            throw Fault(
                "R0311", "there is a column \(taken) already", remedy: "rename \(taken) as old_\(taken)", subject: taken)
        }
        try context.cancellation.check()
        return FittedOutliers(
            action: action,
            limits: try OutlierLimits(learning: method, columns: columns, by: groups, from: frame, rows: rows, context: context))
    }

    package func archive() -> Archive {
        var archive = Archive(["columns": .words(columns), "groups": .archives(groups.map(SavedExpression.archive))])
        archive.set("method", method.archive())
        archive.set("action", action.rawValue)
        return archive
    }

    package init(archive: Archive) throws {
        columns = try archive.words("columns")
        groups = try archive.archives("groups").map { try SavedExpression.group($0) }
        method = try OutlierMethod(archive: try archive.archive("method"))
        guard let action = Action(rawValue: try archive.word("action")) else { throw StepArchive.damaged(Self.kind) }
        self.action = action
    }

    package static func fitted(from archive: Archive) throws -> any FittedStep { try FittedOutliers(archive: archive) }
}

/// Outliers by learned limits, capped or marked.
package struct FittedOutliers: FittedStep {
    package let action: OutliersStep.Action
    package let limits: OutlierLimits

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        try context.cancellation.check()
        var result = frame
        guard action == .mark else {
            try frame.require(limits.columnsRead.sorted())
            for line in limits.lines {
                try context.cancellation.check()
                let column = try frame.required(line.column)
                if column.missingCount == column.count { continue }
                let (lows, highs) = try limits.bounds(of: line, frame: frame, context: context)
                try result.set(line.column, try Self.capped(column, lows, highs, name: line.column))
            }
            return result
        }
        for (name, sides) in zip(limits.judged, try limits.sides(of: frame, context: context)) {
            let values = sides.map { side -> UInt8 in
                switch side {
                case .inside: 0
                case .below, .above: 1
                case .missing: Column.missingTruth
                }
            }
            try result.set(limits.forest == nil ? OutliersStep.mark(name) : OutliersStep.rowMark, Column(.truth(values)))
        }
        return result
    }

    /// Values beyond their limits at the limits; whole numbers at the whole number inside.
    private static func capped(_ column: Column, _ lows: [Double], _ highs: [Double], name: String) throws -> Column {
        func ends(_ row: Int) -> (low: Double, high: Double) {
            (lows.count == 1 ? lows[0] : lows[row], highs.count == 1 ? highs[0] : highs[row])
        }
        let numbers = try OutlierLimits.numbers(column, name)
        switch column.storage {
        case .integer(let values, let missing):
            return Column(
                .integer(
                    values.indices.map { row in
                        let (low, high) = ends(row)
                        if missing?[row] == true { return values[row] }
                        if numbers[row] < low { return Int64(exactly: low.rounded(.up)) ?? values[row] }
                        if numbers[row] > high { return Int64(exactly: high.rounded(.down)) ?? values[row] }
                        return values[row]
                    }, missing: missing))
        case .duration(let values):
            return Column(
                .duration(
                    values.indices.map { row in
                        let (low, high) = ends(row)
                        if numbers[row] < low { return Int64(exactly: (low * 1_000_000).rounded(.up)) ?? values[row] }
                        if numbers[row] > high { return Int64(exactly: (high * 1_000_000).rounded(.down)) ?? values[row] }
                        return values[row]
                    }))
        default:
            return .numbers(
                numbers.indices.map { row in
                    let (low, high) = ends(row)
                    return numbers[row] < low ? low : numbers[row] > high ? high : numbers[row]
                })
        }
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? {
        limits.keeping(limits.columnsRead.subtracting(lost)).map { FittedOutliers(action: action, limits: $0) }
    }

    package var learned: TableBlock? { limits.learned }

    package var summary: String? { limits.summary }

    package func archive() -> Archive {
        var archive = Archive()
        archive.set("action", action.rawValue)
        archive.set("limits", limits.archive())
        return archive
    }

    init(action: OutliersStep.Action, limits: OutlierLimits) {
        self.action = action
        self.limits = limits
    }

    init(archive: Archive) throws {
        guard let action = OutliersStep.Action(rawValue: try archive.word("action")) else { throw StepArchive.damaged(OutliersStep.kind) }
        self.action = action
        limits = try OutlierLimits(archive: try archive.archive("limits"))
        guard action == .mark || limits.forest == nil else { throw StepArchive.damaged(OutliersStep.kind) }
    }
}
