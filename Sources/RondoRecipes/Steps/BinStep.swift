package import RondoFrame
package import RondoKernels
package import RondoLanguage
package import RondoReport

/// `bin sqft bands [1000, 2000]`, `bin sqft bands 5 method quantile`: numbers or dates become ordered bands, gaps stay gaps.
///
/// The lower edge belongs to its band, and values beyond the learned ones belong to the first and the last band.
package struct BinStep: FittedStepReading {
    package static let kind = "bin"

    package enum Bands: Sendable, Hashable {
        /// Rising, as written.
        case edges([ListItem])
        case count(Int, Method)
    }
    package enum Method: String, Sendable, Hashable {
        case equal, quantile
        /// Where the target changes most.
        case tree
    }
    package let columns: [String]
    package let bands: Bands
    /// A name a band; nil names them by their edges.
    package let labels: [String]?
    /// What a tree learns by.
    package let target: LearningTarget?

    package init(_ columns: [String], _ bands: Bands, labels: [String]? = nil, target: LearningTarget? = nil) {
        self.columns = columns
        self.bands = bands
        self.labels = labels
        self.target = target
    }

    package var learns: Bool { if case .count = bands { true } else { false } }

    package var learnsFrom: Set<String> { target.map { [$0.column] } ?? [] }

    /// Bands that were written are values in their own right.
    package var effect: ValueEffect { learns ? .recodes : .makes }

    package func dependencies(in columns: [String]) -> [String: Set<String>] {
        Dictionary(self.columns.map { ($0, [$0]) }) { first, _ in first }
    }

    package func removes(in columns: [String]) -> Set<String> { [] }

    package func learn(from frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> any FittedStep {
        var outcome: (places: [Int32], outcomes: [[Double]])?
        if let target {
            let found = try target.values(from: frame, rows: rows)
            outcome = (found.places, found.values.outcomes)
        }
        let lines = try columns.map { name -> FittedBin.Line in
            try context.cancellation.check()
            let column = try frame.learning(name, rows)
            guard column.type.isNumeric || column.type == .date else {
                throw typeFault(
                    name, column.type, needs: "bands need numbers or dates",
                    remedy: column.type.isText ? "cast \(name) number" : "derive a number from \(name) first")
            }
            return try line(name, column, outcome, context)
        }
        return FittedBin(step: self, lines: lines)
    }

    private func line(
        _ name: String, _ column: Column, _ outcome: (places: [Int32], outcomes: [[Double]])?, _ context: ComputeContext
    ) throws -> FittedBin.Line {
        guard case .count(let count, let method) = bands else {
            guard case .edges(let items) = bands else { throw StepArchive.damaged(Self.kind) }
            return try FittedBin.Line(column: name, edges: items, labels: labels, places: nil).counting(column, context: context)
        }
        let values = column.numbers()
        let all: [Double]
        switch method {
        case .quantile: all = BandLearner.quantileEdges(values, bands: count)
        case .equal: all = BandLearner.equalEdges(values, bands: count)
        case .tree:
            let known = outcome?.places ?? []
            all = BandLearner.treeEdges(known.map { values[Int($0)] }, outcomes: outcome?.outcomes ?? [], bands: count)
        }
        // Whole numbers and days are cut at whole numbers; an edge below all values makes an empty band.
        let least = values.reduce(Double.infinity) { min($0, $1) }
        let edges = (column.type == .number ? all : all.map { $0.rounded(.up) })
        var unique: [Double] = []
        var places: [Int32] = [0]
        for (place, edge) in edges.enumerated() {
            if edge <= (unique.last ?? least) {
                places[places.count - 1] = Int32(place + 1)
            } else {
                unique.append(edge)
                places.append(Int32(place + 1))
            }
        }
        let items = unique.map { GroupKeys.item($0, column.type) }
        return try FittedBin.Line(column: name, edges: items, labels: labels, places: labels == nil ? nil : places)
            .counting(column, context: context)
    }

    package func archive() -> Archive {
        var archive = Archive(["columns": .words(columns)])
        switch bands {
        case .edges(let items): archive.set("edges", FittedBin.text(items))
        case .count(let count, let method):
            archive.set("bands", count)
            archive.set("method", method.rawValue)
        }
        if let labels { archive["labels"] = .words(labels) }
        if let target { archive.set("target", target.archive()) }
        return archive
    }

    package init(archive: Archive) throws {
        columns = try archive.words("columns")
        if archive["edges"] != nil {
            bands = .edges(try FittedBin.items(try archive.word("edges")))
        } else {
            guard let method = Method(rawValue: try archive.word("method")) else { throw StepArchive.damaged(Self.kind) }
            bands = .count(try archive.integer("bands"), method)
        }
        labels = archive["labels"] == nil ? nil : try archive.words("labels")
        target = archive["target"] == nil ? nil : try LearningTarget(archive: try archive.archive("target"))
    }

    package static func fitted(from archive: Archive) throws -> any FittedStep { try FittedBin(archive: archive) }
}

/// Bands with their learned edges.
package struct FittedBin: FittedStep {
    package struct Line: Sendable {
        package let column: String
        /// Rising, all different.
        package let edges: [ListItem]
        let labels: [String]?
        /// For each band the place of its label; nil: one label after the other.
        let places: [Int32]?
        /// Learning rows in each band, with the names of the bands.
        package var counts: [Int] = []
        package var names: [String] = []

        init(column: String, edges: [ListItem], labels: [String]?, places: [Int32]?) {
            self.column = column
            self.edges = edges
            self.labels = labels
            self.places = labels == nil ? nil : places
        }

        func counting(_ column: Column, context: ComputeContext) throws -> Line {
            var line = self
            guard let (codes, levels) = try banded(column, context: context).levelled else { return line }
            line.names = levels.words
            line.counts = [Int](repeating: 0, count: levels.count)
            for code in codes where code >= 0 { line.counts[Int(code)] += 1 }
            return line
        }

        /// The band of each value.
        func banded(_ column: Column, context: ComputeContext) throws -> Column {
            let codes: [Int32]
            let words: [String]
            if edges.isEmpty {
                (codes, words) = (column.missingMask().map { $0 ? -1 : 0 }, ["all"])
            } else {
                let frame = try Frame([(self.column, column)])
                let group = Group(Expression(.name(self.column), Span(0, 0)), bands: .edges(edges))
                let result = try GroupKeys.columns([group], of: frame, rows: nil, context: context)[0]
                guard let (found, levels) = result.levelled else { throw StepArchive.damaged(BinStep.kind) }
                (codes, words) = (found, levels.words)
            }
            guard let labels else { return Column(.category(codes, Levels(words))) }
            guard let places else {
                guard labels.count == words.count else {
                    throw Fault(
                        "R0715", "\(words.count) bands of \(self.column) have \(labels.count) labels",
                        remedy: "give one label a band: from below the first edge to above the last", subject: self.column)
                }
                return Column(.category(codes, Levels(labels)))
            }
            return Column(.category(codes.map { $0 < 0 ? -1 : places[Int($0)] }, Levels(labels)))
        }
    }
    package let step: BinStep
    package let lines: [Line]

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        var result = frame
        for line in lines {
            try context.cancellation.check()
            var column = try frame.required(line.column)
            // A column without a single value has no type of its own.
            if column.missingCount == column.count, !column.type.isNumeric, column.type != .date {
                column = .numbers(Array(repeating: .nan, count: column.count))
            }
            guard column.type.isNumeric || column.type == .date else {
                throw typeFault(
                    line.column, column.type, needs: "bands need numbers or dates",
                    remedy: "give \(line.column) the type it had in training, for example with cast")
            }
            let isEmpty = column.missingCount == column.count
            try result.set(line.column, isEmpty ? line.empty(column.count) : try line.banded(column, context: context))
        }
        return result
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? {
        let left = lines.filter { !lost.contains($0.column) }
        guard !left.isEmpty else { return nil }
        return FittedBin(
            step: BinStep(left.map(\.column), step.bands, labels: step.labels, target: step.target), lines: left)
    }

    package var learned: TableBlock? {
        TableBlock(
            caption: "bands" + (step.learns ? " learned" : ""),
            columns: [
                .init("column", "text", .plain), .init("band", "text", .plain), .init("from", "text", .plain),
                .init("rows", "integer", .count),
            ],
            rows: lines.flatMap { line in
                line.names.indices.map { band in
                    let edge = line.places.map { places in places.lastIndex(of: Int32(band)) } ?? band
                    let from = edge.flatMap { $0 > 0 && $0 <= line.edges.count ? line.edges[$0 - 1].low.text : nil }
                    return [.text(line.column), .text(line.names[band]), from.map(Scalar.text) ?? .missing, Scalar(line.counts[band])]
                }
            })
    }

    package var summary: String? {
        guard step.learns else { return nil }
        let count = lines.reduce(0) { $0 + $1.edges.count + 1 }
        return "\(grouped(count)) bands of \(grouped(lines.count)) column\(lines.count == 1 ? "" : "s")"
    }

    static func text(_ items: [ListItem]) -> String { SavedExpression.text(Expression(.list(items), Span(0, 0))) }

    static func items(_ text: String) throws -> [ListItem] {
        guard case .list(let items) = try SavedExpression.expression(text).node else { throw StepArchive.damaged(BinStep.kind) }
        return items
    }

    package func archive() -> Archive {
        var archive = Archive([
            "lines": .archives(
                lines.map { line in
                    var archive = Archive(["names": .words(line.names), "counts": .integers(line.counts.map(Int64.init))])
                    archive["edges"] = .words(line.edges.isEmpty ? [] : [Self.text(line.edges)])
                    if let places = line.places { archive["places"] = .codes(places) }
                    return archive
                })
        ])
        archive.set("step", step.archive())
        return archive
    }

    init(step: BinStep, lines: [Line]) {
        self.step = step
        self.lines = lines
    }

    init(archive: Archive) throws {
        let step = try BinStep(archive: try archive.archive("step"))
        self.step = step
        let saved = try archive.archives("lines")
        guard saved.count == step.columns.count else { throw StepArchive.damaged(BinStep.kind) }
        lines = try zip(step.columns, saved).map { column, archive in
            var line = Line(
                column: column, edges: try archive.words("edges").first.map(Self.items) ?? [], labels: step.labels,
                places: archive["places"] == nil ? nil : try archive.codes("places"))
            line.names = try archive.words("names")
            line.counts = try archive.integers("counts").map { Int(clamping: $0) }
            guard line.names.count == line.counts.count,
                line.places.map({ places in
                    places.count == line.edges.count + 1 && places.allSatisfy { $0 >= 0 && Int($0) < step.labels?.count ?? 0 }
                }) ?? true
            else { throw StepArchive.damaged(BinStep.kind) }
            return line
        }
    }
}

extension FittedBin.Line {
    /// A column of gaps.
    func empty(_ count: Int) -> Column {
        Column(.category(Array(repeating: -1, count: count), Levels(labels ?? names)))
    }
}
