package import RondoFrame
package import RondoKernels
import RondoLearning
package import RondoReport

/// Filling of gaps from the learning rows that are most alike: the median of their values, the most frequent of words.
package struct FittedNearestImpute: FittedStep {
    /// More learning rows than this are not kept: as many are drawn of them, and what was learned says so.
    static let mostRows = 100_000
    /// More kept values than this, over all columns to fill, are not kept either.
    static let mostValues = 8_000_000

    /// One column to fill.
    struct Line: Sendable {
        let column: String
        /// Places of the kept rows that have a value, ascending, and those values.
        let rows: [Int32]
        let values: Column
        /// Axes that measure nearness for it: all but those that read the column itself.
        let axes: [Int]
        /// Gaps among the learning rows.
        let gaps: Int
        let tree: NeighbourTree
    }
    package let step: ImputeStep
    let neighbours: Int
    let space: NeighbourSpace
    /// Coordinates of the kept rows.
    let points: [Double]
    /// How many learning rows the kept ones were drawn from.
    let learningRows: Int
    let lines: [Line]

    // MARK: Learning

    init(learning step: ImputeStep, neighbours: Int, from frame: Frame, rows: [Int32]?, context: ComputeContext) throws {
        let columns = try GroupKeys.columns(step.groups, of: frame, rows: rows, context: context)
        self.step = step
        self.neighbours = neighbours
        space = NeighbourSpace(learningFrom: columns, names: step.groups.map { SavedExpression.text($0) })
        learningRows = rows?.count ?? frame.rowCount
        let kept = Self.kept(of: learningRows, axes: columns.count, columns: step.columns.count)
        points = try space.coordinates(of: kept.map { kept in columns.map { $0.gathering(kept) } } ?? columns)
        var lines: [Line] = []
        for name in step.columns {
            try context.cancellation.check()
            let learning = try frame.learning(name, rows)
            let values = kept.map { learning.gathering($0) } ?? learning
            let known = values.missingMask()
            let places = known.indices.filter { !known[$0] }.map { Int32(truncatingIfNeeded: $0) }
            lines.append(
                try Self.line(
                    name, places, values.gathering(places).compacted(), gaps: learning.missingCount,
                    axes: try Self.axes(for: name, of: step),
                    points: points, width: space.axes.count, neighbours: neighbours, context: context))
        }
        self.lines = lines
    }

    /// Places of the learning rows that are kept, drawn without repetition; nil: all.
    private static func kept(of count: Int, axes: Int, columns: Int) -> [Int32]? {
        let most = max(1_000, min(mostRows, mostValues / max(1, axes * columns)))
        guard count > most else { return nil }
        var stream = RandomStream(seed: 1, purpose: "impute nearest")
        var left = most
        return (0..<count).filter { row in
            guard left > 0, stream.uniform(below: count - row) < left else { return false }
            left -= 1
            return true
        }.map { Int32(truncatingIfNeeded: $0) }
    }

    private static func axes(for column: String, of step: ImputeStep) throws -> [Int] {
        let axes = step.groups.indices.filter { !step.groups[$0].columnsRead.contains(column) }
        guard axes.isEmpty else { return axes }
        throw Fault(
            "R0710", "nothing measures how near rows are for \(column): by names only \(column) itself",
            remedy: "name other columns in by, or leave by out", subject: column)
    }

    private static func line(
        _ column: String, _ rows: [Int32], _ values: Column, gaps: Int, axes: [Int], points: [Double], width: Int, neighbours: Int,
        context: ComputeContext
    ) throws -> Line {
        var coordinates: [Double] = []
        coordinates.reserveCapacity(rows.count * axes.count)
        for row in rows { for axis in axes { coordinates.append(points[Int(row) * width + axis]) } }
        let places = rows.indices.map { Int32(truncatingIfNeeded: $0) }
        let tree = try NeighbourTree(coordinates: coordinates, width: axes.count, rows: places, neighbours: neighbours, context: context)
        return Line(column: column, rows: rows, values: values, axes: axes, gaps: gaps, tree: tree)
    }

    // MARK: Filling

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        var result = frame
        try step.addIndicators(of: frame, to: &result)
        for line in lines {
            try context.cancellation.check()
            let column = try frame.required(line.column)
            try frame.require(step.groups.reduce(into: Set<String>()) { $0.formUnion($1.columnsRead) }.sorted())
            let rows = column.missingRows()
            let base = try column.matched(to: line.values.type, name: line.column)
            guard !rows.isEmpty, !line.rows.isEmpty else {
                try result.set(line.column, base)
                continue
            }
            let columns = try GroupKeys.columns(step.groups, of: frame, rows: rows, context: context)
            let all = try space.coordinates(of: columns)
            var queries: [Double] = []
            queries.reserveCapacity(rows.count * line.axes.count)
            for row in rows.indices { for axis in line.axes { queries.append(all[row * space.axes.count + axis]) } }
            let found = try line.tree.nearest(to: queries, context: context)
            let fill = Self.filling(line.values, found)
            remarks.note(.imputed, column: line.column, rows: rows)
            try result.set(line.column, base.replacing(rows, with: base.type == fill.type ? fill : fill.converted(to: base.type)))
        }
        return result
    }

    /// One value for each list of neighbours, none of which is empty: the median of numbers; the lower median of whole numbers and
    /// moments; of words and truth values the most frequent, of equally frequent ones that of the nearest.
    private static func filling(_ values: Column, _ found: [[Int32]]) -> Column {
        switch values.type {
        case .number:
            let numbers = values.numbers()
            return .numbers(found.map { places in Quantiles.median(places.map { numbers[Int($0)] }) })
        case .integer, .date, .time, .duration:
            let order = rank(values)
            return values.gathering(
                found.map { places in places.sorted { (order[Int($0)], $0) < (order[Int($1)], $1) }[(places.count - 1) / 2] })
        case .truth, .text, .category:
            let codes = values.levelled?.codes ?? values.numbers().map { Int32($0) }
            return values.gathering(
                found.map { places in
                    var best = (place: places[0], count: 0)
                    for place in places {
                        let count = places.reduce(0) { $0 + (codes[Int($1)] == codes[Int(place)] ? 1 : 0) }
                        if count > best.count { best = (place, count) }
                    }
                    return best.place
                })
        }
    }

    /// A number for each value that sorts as the value does; whole numbers keep all their bits.
    private static func rank(_ values: Column) -> [Int64] {
        switch values.storage {
        case .integer(let whole, _): whole
        case .date(let days): days.map(Int64.init)
        case .time(let moments), .duration(let moments): moments
        default: Array(repeating: 0, count: values.count)
        }
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? {
        guard step.groups.allSatisfy({ $0.columnsRead.isDisjoint(with: lost) }) else { return nil }
        let left = lines.filter { !lost.contains($0.column) }
        guard !left.isEmpty else { return nil }
        return FittedNearestImpute(
            step: step.keeping(left.map(\.column)), neighbours: neighbours, space: space, points: points, learningRows: learningRows,
            lines: left)
    }

    private init(
        step: ImputeStep, neighbours: Int, space: NeighbourSpace, points: [Double], learningRows: Int, lines: [Line]
    ) {
        self.step = step
        self.neighbours = neighbours
        self.space = space
        self.points = points
        self.learningRows = learningRows
        self.lines = lines
    }

    // MARK: What was learned

    /// Learning rows that are kept.
    private var keptRows: Int { space.axes.isEmpty ? 0 : points.count / space.axes.count }

    package var learned: TableBlock? {
        let filled = lines.map { line -> [Scalar] in
            [.text(line.column), .text("filled from \(neighbours) neighbours"), Scalar(line.rows.count), .missing, Scalar(line.gaps)]
        }
        let measures = zip(space.names, space.axes).map { name, axis -> [Scalar] in
            switch axis {
            case .number(_, let factor):
                [.text(name), .text("apart by this, or more, counts 1"), .missing, factor > 0 ? Scalar(1 / factor) : .missing, .missing]
            case .level(let dictionary):
                [.text(name), .text("one of \(grouped(dictionary.count)) levels, another counts 1"), .missing, .missing, .missing]
            }
        }
        return TableBlock(
            caption: "nearest learned" + (keptRows < learningRows ? ", \(grouped(keptRows)) of \(grouped(learningRows)) rows drawn" : ""),
            columns: [
                .init("column", "text", .plain), .init("role", "text", .plain), .init("known_rows", "integer", .count),
                .init("width", "number"), .init("gaps", "integer", .count),
            ], rows: filled + measures)
    }

    package var summary: String? {
        let known = lines.map(\.rows.count).min() ?? 0
        let rows = lines.count == 1 ? "\(grouped(known)) known rows" : "the known rows"
        let drawn = keptRows < learningRows ? " (drawn from \(grouped(learningRows)))" : ""
        return "the \(neighbours) nearest of \(rows)\(drawn), by \(space.names.joined(separator: ", "))"
    }

    package func archive() -> Archive {
        var archive = Archive([
            "points": .numbers(points),
            "lines": .archives(
                lines.map { line in
                    var archive = Archive(["rows": .codes(line.rows), "values": .archives([line.values.archive()])])
                    archive.set("gaps", line.gaps)
                    return archive
                }),
        ])
        archive.set("step", step.archive())
        archive.set("space", space.archive())
        archive.set("learning_rows", learningRows)
        return archive
    }

    init(archive: Archive) throws {
        let step = try ImputeStep(archive: try archive.archive("step"))
        guard case .nearest(let neighbours) = step.method, neighbours > 0 else { throw StepArchive.damaged(ImputeStep.kind) }
        self.step = step
        self.neighbours = neighbours
        let space = try NeighbourSpace(archive: try archive.archive("space"))
        let points = try archive.numbers("points")
        let saved = try archive.archives("lines")
        guard space.axes.count == step.groups.count, points.count % space.axes.count == 0, saved.count == step.columns.count else {
            throw StepArchive.damaged(ImputeStep.kind)
        }
        let count = points.count / space.axes.count
        lines = try zip(step.columns, saved).map { name, line in
            let rows = try line.codes("rows")
            let values = try Column(archive: try line.archive("values"))
            guard values.count == rows.count, values.missingCount == 0, rows.allSatisfy({ $0 >= 0 && Int($0) < count }),
                zip(rows, rows.dropFirst()).allSatisfy({ $0 < $1 })
            else { throw StepArchive.damaged(ImputeStep.kind) }
            return try Self.line(
                name, rows, values, gaps: try line.integer("gaps"), axes: try Self.axes(for: name, of: step), points: points,
                width: space.axes.count, neighbours: neighbours, context: .quiet)
        }
        self.space = space
        self.points = points
        learningRows = try archive.integer("learning_rows")
    }
}
