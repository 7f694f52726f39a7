package import RondoFrame
package import RondoKernels
package import RondoLanguage

/// `impute sqft median by type, zip` and `impute school_rating with "unknown"`: gaps are filled, and remarked on new rows.
///
/// With groups, a gap takes the value of its group when that had at least five learning rows with a value; else of the group
/// without the last key, and so on, and at the end of all learning rows. A missing key value is a group of its own. The median
/// of whole numbers may have a fraction: then the column becomes a number column. `nearest` takes the learning rows that are most
/// alike, and `mark` fills nothing: it says beside the column where values are missing.
package struct ImputeStep: FittedStepReading {
    package static let kind = "impute"
    /// Learning rows with a value that a group needs for a value of its own.
    static let leastRows = 5

    package enum Method: Sendable, Hashable {
        case median, mean
        /// The most frequent value; of equally frequent ones the least, for words the first of the alphabet.
        case mode
        case constant(Scalar)
        /// From so many learning rows that are most alike; `groups` then name what measures how near rows are.
        case nearest(neighbours: Int)
        /// Gaps stay and are marked by an indicator; in these columns of words they become a level of their own, "missing".
        case mark(levels: [String])
    }
    /// What a gap becomes when it is marked as a level.
    package static let missingLevelName = "missing"
    package let columns: [String]
    package let method: Method
    package let groups: [Group]
    /// Whether each column gets a truth column beside it, true where the value was missing: `sqft_missing`.
    package let hasIndicator: Bool

    package init(_ columns: [String], _ method: Method, by groups: [Group] = [], indicator: Bool = false) {
        self.columns = columns
        self.method = method
        self.groups = groups
        hasIndicator = indicator
    }

    package var learns: Bool {
        switch method {
        case .constant, .mark: false
        case .median, .mean, .mode, .nearest: true
        }
    }

    /// Columns whose gaps are filled.
    var filled: [String] {
        if case .mark(let levels) = method { return levels }
        return columns
    }

    /// Columns that get an indicator beside them.
    package var marked: [String] {
        if hasIndicator { return columns }
        guard case .mark(let levels) = method else { return [] }
        return columns.filter { !levels.contains($0) }
    }

    package func dependencies(in columns: [String]) -> [String: Set<String>] {
        let keys = groups.reduce(into: Set<String>()) { $0.formUnion($1.columnsRead) }
        var result: [String: Set<String>] = [:]
        for column in filled { result[column] = keys.union([column]) }
        for column in marked { result[Self.indicator(column)] = [column] }
        return result
    }

    /// A value that the user wrote is known; one that was learned is a stand-in for a gap.
    package var effect: ValueEffect { learns ? .recodes : .makes }

    package func removes(in columns: [String]) -> Set<String> { [] }

    package func learn(from frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> any FittedStep {
        for column in marked where frame[Self.indicator(column)] != nil {
            throw Fault(
                "R0311", "there is a column \(Self.indicator(column)) already", remedy: "give it another name, or leave the indicator out",
                subject: Self.indicator(column))
        }
        try frame.require(columns)
        guard learns else { return FittedImpute(step: self, keys: nil, lines: try filled.map { try constantLine($0, frame) }) }
        if case .nearest(let neighbours) = method {
            return try FittedNearestImpute(learning: self, neighbours: neighbours, from: frame, rows: rows, context: context)
        }
        let keys = try GroupKeys.learned(from: frame, groups: groups, rows: rows, context: context)
        // One column takes all threads, of several each takes one.
        let inner = columns.count > 1 ? context.with(threads: .one) : context
        let learner = ImputeLearner(method: method, nodes: keys?.nodes ?? [], counts: keys?.counts ?? [], context: inner)
        let places = rows.flatMap { frame.rowPlaces($0) }
        let learning = try columns.map { ($0, try frame.learning($0, rows, places: places)) }
        let lines = try Parallel.map(columns.count, context: context) { try learner.line(learning[$0].0, learning[$0].1) }
        let step = ImputeStep(columns, method, by: keys?.groups ?? [], indicator: hasIndicator)
        return FittedImpute(step: step, keys: keys?.tree, lines: lines)
    }

    private func constantLine(_ name: String, _ frame: Frame) throws -> FittedImpute.Line {
        let value: Scalar
        switch method {
        case .constant(let given): value = given
        case .mark: value = .text(Self.missingLevelName)
        case .median, .mean, .mode, .nearest: throw StepArchive.damaged(Self.kind)
        }
        let type = try frame.required(name).type
        guard let (filled, result) = Self.fitting(value, type) else {
            let word = if case .text = value { "\"\(value.plainText)\"" } else { value.plainText }
            throw Fault(
                "R0454", "\(name) is \(type.phrase), \(word) is not",
                remedy: type.isText
                    ? "write it in quotes: with \"\(value.plainText)\"" : "give \(type.phrase), or make \(name) text first with cast",
                subject: name)
        }
        return FittedImpute.Line(column: name, type: result, overall: filled, values: [], gaps: [0], small: [])
    }

    /// The value as one of a column's type, and the type that the column then has.
    private static func fitting(_ value: Scalar, _ type: ColumnType) -> (Scalar, ColumnType)? {
        switch (type, value) {
        case (.number, .number), (.integer, .integer), (.truth, .truth), (.text, .text), (.category, .text), (.date, .date), (.time, .time),
            (.duration, .duration):
            return (value, type)
        case (.number, .integer(let whole)): return (.number(Double(whole)), .number)
        case (.integer, .number(let number)): return Int64(exactly: number).map { (.integer($0), .integer) } ?? (value, .number)
        case (.time, .date(let days)): return (.time(Int64(days) * CivilCalendar.microsecondsPerDay), .time)
        default: return nil
        }
    }

    static func indicator(_ column: String) -> String { "\(column)_missing" }

    /// Puts the indicators beside the columns: true where a value is missing.
    func addIndicators(of frame: Frame, to result: inout Frame) throws {
        for name in marked {
            let column = try frame.required(name)
            var isMissing = [UInt8](repeating: 0, count: column.count)
            for row in column.missingRows() { isMissing[Int(row)] = 1 }
            try result.set(Self.indicator(name), Column(.truth(isMissing)))
        }
    }

    /// The same for some of the columns.
    func keeping(_ kept: [String]) -> ImputeStep {
        var method = method
        if case .mark(let levels) = method { method = .mark(levels: levels.filter { kept.contains($0) }) }
        return ImputeStep(kept, method, by: groups, indicator: hasIndicator)
    }

    package func archive() -> Archive {
        var archive = Archive(["columns": .words(columns), "groups": .archives(groups.map(SavedExpression.archive))])
        archive.set("indicator", hasIndicator ? 1 : 0)
        switch method {
        case .median: archive.set("method", "median")
        case .mean: archive.set("method", "mean")
        case .mode: archive.set("method", "mode")
        case .constant(let value):
            archive.set("method", "constant")
            archive.set("value", Archive.scalar(value))
        case .nearest(let neighbours):
            archive.set("method", "nearest")
            archive.set("neighbours", neighbours)
        case .mark(let levels):
            archive.set("method", "mark")
            archive["levels"] = .words(levels)
        }
        return archive
    }

    package init(archive: Archive) throws {
        columns = try archive.words("columns")
        groups = try archive.archives("groups").map { try SavedExpression.group($0) }
        hasIndicator = try archive.integer("indicator") == 1
        switch try archive.word("method") {
        case "median": method = .median
        case "mean": method = .mean
        case "mode": method = .mode
        case "constant": method = .constant(try archive.archive("value").scalar())
        case "nearest": method = .nearest(neighbours: try archive.integer("neighbours"))
        case "mark": method = .mark(levels: try archive.words("levels"))
        default: throw StepArchive.damaged(Self.kind)
        }
    }

    package static func fitted(from archive: Archive) throws -> any FittedStep {
        if case .nearest = try ImputeStep(archive: try archive.archive("step")).method { return try FittedNearestImpute(archive: archive) }
        return try FittedImpute(archive: archive)
    }
}
