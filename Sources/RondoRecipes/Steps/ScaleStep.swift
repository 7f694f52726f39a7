package import RondoFrame
package import RondoKernels
package import RondoReport

/// `scale sqft standard` and `scale sqft, lot minmax range 0..5000`: numbers on a common scale, gaps stay gaps.
///
/// Standard: (x - mean) / deviation, the deviation with divisor n. Robust: (x - median) / (third quartile - first), or the deviation
/// where half of the values are alike. Minmax: the range of the input, given or learned, becomes 0 to
/// 1 or another range; values outside of it go beyond. A column that is constant in the learning rows becomes 0 (minmax: the
/// lower end), and what was learned says so. A sparse column (words, one-hot of many levels) is divided and not moved, standard and
/// robust: its zeros stay zero, and it stays sparse.
package struct ScaleStep: FittedStepReading {
    package static let kind = "scale"

    package enum Method: Sendable, Hashable {
        case standard
        /// By median and quartiles, which a few far values do not move.
        case robust
        /// `range` of the input (nil: least and greatest of the learning rows), `to` of the output.
        case minmax(range: ClosedRange<Double>?, to: ClosedRange<Double>)

        /// Least and greatest of the learning rows become 0 and 1.
        package static var minmax: Method { .minmax(range: nil, to: 0...1) }
    }
    package let columns: [String]
    package let method: Method

    package init(_ columns: [String], _ method: Method) {
        self.columns = columns
        self.method = method
    }

    package var learns: Bool {
        if case .minmax(.some, _) = method { return false }
        return true
    }

    package func dependencies(in columns: [String]) -> [String: Set<String>] {
        Dictionary(self.columns.map { ($0, [$0]) }) { first, _ in first }
    }

    package var effect: ValueEffect { .recodes }

    package func removes(in columns: [String]) -> Set<String> { [] }

    package func learn(from frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> any FittedStep {
        if case .minmax(let range, let to) = method, range.map({ $0.lowerBound >= $0.upperBound }) == true || to.lowerBound >= to.upperBound
        {
            throw Fault("R0453", "the range of scale has no width", remedy: "write range 0..100, the lower end first")
        }
        let places = rows.flatMap { frame.rowPlaces($0) }
        let columns = try columns.map { ($0, try Self.checked(try frame.learning($0, rows, places: places), $0)) }
        let lines = try Parallel.map(columns.count, context: context) { index in
            let (name, column) = columns[index]
            guard case .sparse(let sparse) = column.storage else {
                let values = column.numbers()
                return line(name, Moments(values)) { Quantiles.of(values, $0) }
            }
            return unmoved(line(name, Moments(sparse)) { sparse.quantiles($0) })
        }
        return FittedScale(step: self, lines: lines)
    }

    /// The scale of a sparse column: a range moves it, deviations and quartiles only divide it.
    private func unmoved(_ line: FittedScale.Line) -> FittedScale.Line {
        if case .minmax = method { return line }
        guard line.state == .varied || line.state == .crowded else { return line }
        return FittedScale.Line(column: line.column, centre: 0, width: line.width, state: .sparse)
    }

    private func line(_ column: String, _ moments: Moments, _ quantiles: ([Double]) -> [Double]) -> FittedScale.Line {
        guard moments.count > 0 || !learns else { return FittedScale.Line(column: column, centre: 0, width: 0, state: .empty) }
        switch method {
        case .standard:
            let deviation = moments.populationVariance.squareRoot()
            // Equal values have no deviation; values too large to square have none that could be told.
            guard deviation > 0, deviation.isFinite else { return .init(column: column, centre: moments.mean, width: 0, state: .constant) }
            return .init(column: column, centre: moments.mean, width: deviation, state: .varied)
        case .robust:
            let quartiles = quantiles([0.25, 0.5, 0.75])
            let width = quartiles[2] - quartiles[0]
            if width > 0, width.isFinite { return .init(column: column, centre: quartiles[1], width: width, state: .varied) }
            let deviation = moments.populationVariance.squareRoot()
            guard deviation > 0, deviation.isFinite else {
                return .init(column: column, centre: quartiles[1], width: 0, state: .constant)
            }
            return .init(column: column, centre: quartiles[1], width: deviation, state: .crowded)
        case .minmax(let range, _):
            let (low, high) = range.map { ($0.lowerBound, $0.upperBound) } ?? (moments.minimum, moments.maximum)
            guard (high - low).isFinite, high > low else { return .init(column: column, centre: low, width: 0, state: .constant) }
            return .init(column: column, centre: low, width: high - low, state: .varied)
        }
    }

    /// Throws R0351 for columns that are no numbers.
    static func checked(_ column: Column, _ name: String) throws -> Column {
        guard column.isCountable || column.type == .duration else {
            throw typeFault(
                name, column.type, needs: "scale needs numbers",
                remedy: column.type.isText ? "cast \(name) number" : "derive a number from \(name) first")
        }
        return column
    }

    package func archive() -> Archive {
        var archive = Archive(["columns": .words(columns)])
        switch method {
        case .standard: archive.set("method", "standard")
        case .robust: archive.set("method", "robust")
        case .minmax(let range, let to):
            archive.set("method", "minmax")
            archive["to"] = .numbers([to.lowerBound, to.upperBound])
            if let range { archive["range"] = .numbers([range.lowerBound, range.upperBound]) }
        }
        return archive
    }

    package init(archive: Archive) throws {
        func interval(_ name: String) throws -> ClosedRange<Double> {
            let ends = try archive.numbers(name)
            guard ends.count == 2, ends[0] <= ends[1] else { throw StepArchive.damaged(Self.kind) }
            return ends[0]...ends[1]
        }
        columns = try archive.words("columns")
        switch try archive.word("method") {
        case "standard": method = .standard
        case "robust": method = .robust
        case "minmax": method = .minmax(range: archive["range"] == nil ? nil : try interval("range"), to: try interval("to"))
        default: throw StepArchive.damaged(Self.kind)
        }
    }

    package static func fitted(from archive: Archive) throws -> any FittedStep { try FittedScale(archive: archive) }
}

/// Scaling with its learned centres and widths.
package struct FittedScale: FittedStep {
    struct Line: Sendable, Hashable {
        enum State: String, Sendable, Hashable {
            case varied
            /// Half of the values or more alike: the deviation stands in for the quartiles.
            case crowded
            /// Sparse: divided by the deviation, or by the distance of the quartiles, and not moved.
            case sparse
            /// All values alike: everything becomes the lower end.
            case constant
            /// No value to learn from.
            case empty
        }
        let column: String
        /// Mean, median, or least value.
        let centre: Double
        /// Deviation, distance of the quartiles, or greatest minus least value; 0 when constant or empty.
        let width: Double
        let state: State
    }
    let step: ScaleStep
    let lines: [Line]

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        var (low, factor) = (0.0, 1.0)
        if case .minmax(_, let to) = step.method { (low, factor) = (to.lowerBound, to.upperBound - to.lowerBound) }
        let columns = try lines.map { try ScaleStep.checked(try frame.required($0.column), $0.column) }
        let scaled = try Parallel.map(lines.count, context: context) { index -> Column in
            let (centre, width) = (lines[index].centre, lines[index].width)
            // The same expression for every row, one division: rows give the same bits alone and together.
            return FittedScale.scaled(columns[index]) { value in
                if width > 0 { return low + (value - centre) / width * factor }
                return value.isNaN ? value : low
            }
        }
        var result = frame
        for (line, column) in zip(lines, scaled) { try result.set(line.column, column) }
        return result
    }

    /// Every number of a column on its scale; a sparse column stays sparse where 0 stays 0.
    private static func scaled(_ column: Column, _ scale: (Double) -> Double) -> Column {
        if case .sparse(let sparse) = column.storage, scale(0) == 0 {
            let values = sparse.values.map(scale)
            if values.allSatisfy(\.isFinite) {
                return Column(.sparse(SparseNumbers(count: sparse.count, rows: sparse.rows, values: values)))
            }
        }
        return .numbers(column.numbers().map(scale))
    }

    /// Each column's scale as (x - mean) / deviation.
    package var scales: [(column: String, mean: Double, deviation: Double)] {
        var (low, factor) = (0.0, 1.0)
        if case .minmax(_, let to) = step.method { (low, factor) = (to.lowerBound, to.upperBound - to.lowerBound) }
        return lines.filter { $0.width > 0 && factor > 0 }.map { ($0.column, $0.centre - low * $0.width / factor, $0.width / factor) }
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? {
        let left = lines.filter { !lost.contains($0.column) }
        return left.isEmpty ? nil : FittedScale(step: ScaleStep(left.map(\.column), step.method), lines: left)
    }

    package var learned: TableBlock? {
        let names =
            switch step.method {
            case .standard: ("mean", "deviation")
            case .robust: ("median", "quartile_distance")
            case .minmax: ("least", "greatest")
            }
        return TableBlock(
            caption: "scale learned",
            columns: [.init("column", "text", .plain), .init(names.0, "number"), .init(names.1, "number"), .init("note", "text", .plain)],
            rows: lines.map { line in
                var second = line.width
                if case .minmax = step.method { second = line.centre + line.width }
                switch line.state {
                case .varied: return [.text(line.column), Scalar(line.centre), Scalar(second), .missing]
                case .crowded:
                    return [.text(line.column), Scalar(line.centre), Scalar(second), .text("half of the values are alike: the deviation")]
                case .sparse:
                    return [.text(line.column), Scalar(line.centre), Scalar(second), .text("sparse: divided, zeros stay zero")]
                case .constant:
                    return [.text(line.column), Scalar(line.centre), Scalar(second), .text("always the same: becomes \(constantText)")]
                case .empty: return [.text(line.column), .missing, .missing, .text("no value to learn from")]
                }
            })
    }

    private var constantText: String {
        if case .minmax(_, let to) = step.method { return Scalar(to.lowerBound).plainText }
        return "0"
    }

    package var summary: String? {
        let constant = lines.filter { $0.width == 0 }.count
        let words =
            switch step.method {
            case .standard: "means and deviations"
            case .robust: "medians and quartile distances"
            case .minmax: "ranges"
            }
        return "\(words) of \(grouped(lines.count)) column\(lines.count == 1 ? "" : "s")"
            + (constant > 0 ? ", \(grouped(constant)) constant" : "")
    }

    package func archive() -> Archive {
        var archive = Archive([
            "centres": .numbers(lines.map(\.centre)), "widths": .numbers(lines.map(\.width)), "states": .words(lines.map(\.state.rawValue)),
        ])
        archive.set("step", step.archive())
        return archive
    }

    init(step: ScaleStep, lines: [Line]) {
        self.step = step
        self.lines = lines
    }

    init(archive: Archive) throws {
        step = try ScaleStep(archive: try archive.archive("step"))
        let (centres, widths, states) = (try archive.numbers("centres"), try archive.numbers("widths"), try archive.words("states"))
        guard centres.count == step.columns.count, widths.count == centres.count, states.count == centres.count else {
            throw StepArchive.damaged(ScaleStep.kind)
        }
        lines = try step.columns.enumerated().map { index, column in
            guard let state = Line.State(rawValue: states[index]) else { throw StepArchive.damaged(ScaleStep.kind) }
            return Line(column: column, centre: centres[index], width: widths[index], state: state)
        }
    }
}
