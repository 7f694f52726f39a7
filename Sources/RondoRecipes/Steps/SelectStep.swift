package import RondoFrame
package import RondoKernels
import RondoLearning
package import RondoReport

/// `select importance top 10`: which columns a model is given. The others stay in the table and are left out of the features by name.
///
/// Learned from the learning rows alone, so that every fold and every training part makes its own choice.
package struct SelectStep: FittedStepReading {
    package static let kind = "select"
    /// Of two numbers that correlate more than this the weaker one says nothing new.
    static let redundancy = 0.95

    package enum Method: String, Sendable, Hashable, CaseIterable {
        /// How much a column varies on a scale of 0 to 1.
        case variance
        /// How strongly it goes with the target, by itself.
        case correlation
        /// Its share in the decrease of impurity of a forest.
        case importance
        /// Its standardised coefficient in a lasso.
        case lasso

        /// Columns stay above this when neither `top` nor `above` says how many.
        var least: Double {
            switch self {
            case .variance, .lasso: 0
            case .correlation: 0.05
            case .importance: 0.01
            }
        }
    }
    package let method: Method
    /// Columns to choose from, in table order.
    package let candidates: [String]
    package let top: Int?
    package let above: Double?
    /// Columns that stay whatever they score.
    package let kept: [String]
    /// Needed by every method but variance.
    package let target: LearningTarget?

    package init(_ method: Method, of candidates: [String], top: Int?, above: Double?, keeping kept: [String], target: LearningTarget?) {
        self.method = method
        self.candidates = candidates
        self.top = top
        self.above = above
        self.kept = kept
        self.target = target
    }

    package var learns: Bool { true }

    package var learnsFrom: Set<String> { Set(candidates).union(target.map { [$0.column] } ?? []) }

    package func dependencies(in columns: [String]) -> [String: Set<String>] { [:] }

    package func removes(in columns: [String]) -> Set<String> { [] }

    package func learn(from frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> any FittedStep {
        try context.cancellation.check()
        // Levels that other rows teach have other columns: one that is not made of these rows cannot stay.
        let present = candidates.filter { frame[$0] != nil }
        let roles = try ColumnRoles.judge(frame, columns: present, rows: rows, context: context)
        let unfit: (ColumnRole) -> Bool = { $0.kind == .identifier || $0.kind == .freeText || $0.kind == .constant }
        let judged = roles.filter { !unfit($0) }.map(\.column)
        var lines = roles.filter(unfit).map { FittedSelect.Line(column: $0.column, score: .nan, reason: $0.reason) }
        let (scores, seen) = try scores(of: judged, from: frame, rows: rows, context: context)
        let ranked = judged.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
        let limit = above ?? (top == nil ? method.least : -1)
        var passed: [String] = []
        for (rank, place) in ranked.enumerated() {
            let name = judged[place]
            var reason: String?
            if scores[place] <= limit {
                reason = "\(words(scores[place])), not above \(Scalar.plain(limit))"
            } else if let top, passed.count >= top {
                reason = "\(words(scores[place])), place \(rank + 1)"
            } else if method == .correlation, let twin = try redundant(name, with: passed, frame: frame, rows: rows) {
                reason = "correlates \(NumberText().text(Scalar(twin.value))) with \(twin.name)"
            }
            if method == .lasso, scores[place] == 0 { reason = "no weight in the lasso" }
            if reason == nil { passed.append(name) }
            lines.append(FittedSelect.Line(column: name, score: scores[place], reason: reason))
        }
        // What was asked for by name stays.
        lines = lines.map { kept.contains($0.column) ? FittedSelect.Line(column: $0.column, score: $0.score, reason: nil) : $0 }
        return FittedSelect(step: self, lines: lines, rows: rows?.count ?? frame.rowCount, seen: seen)
    }

    /// A score a column, and how many rows it comes from.
    private func scores(
        of names: [String], from frame: Frame, rows: [Int32]?, context: ComputeContext
    ) throws -> (scores: [Double], seen: Int) {
        let count = rows?.count ?? frame.rowCount
        guard let target else {
            let columns = try names.map { ($0, try frame.learning($0, rows)) }
            return (
                try Parallel.map(names.count, context: context) { try ColumnStrength.variance(columns[$0].1, name: columns[$0].0) }, count
            )
        }
        let (places, values) = try target.values(from: frame, rows: rows)
        let nothing = Array(repeating: 0.0, count: names.count)
        // A target that is always the same, or nowhere known, says nothing about any column.
        guard values.outcomes.contains(where: { outcome in outcome.contains { $0 != outcome[0] } }) else { return (nothing, places.count) }
        let known = rows.map { rows in places.map { rows[Int($0)] } } ?? places
        switch method {
        case .variance, .correlation:
            let columns = try names.map { ($0, try frame.learning($0, known)) }
            let scores = try Parallel.map(names.count, context: context) { place in
                method == .variance
                    ? try ColumnStrength.variance(columns[place].1, name: columns[place].0)
                    : try ColumnStrength.relation(columns[place].1, name: columns[place].0, with: values)
            }
            return (scores, known.count)
        case .importance, .lasso:
            let sample = SelectionModels.sample(of: known.count)
            let drawn = try Frame(names.map { ($0, try frame.learning($0, sample.map { known[Int($0)] })) })
            let outcome = values.gathering(sample)
            guard !names.isEmpty else { return ([], sample.count) }
            let scores =
                method == .importance
                ? try SelectionModels.importances(drawn, columns: names, target: outcome, context: context)
                : try SelectionModels.coefficients(drawn, columns: names, target: outcome, top: top, context: context)
            return (scores, sample.count)
        }
    }

    /// A column among those that passed which says the same.
    private func redundant(
        _ name: String, with passed: [String], frame: Frame, rows: [Int32]?
    ) throws -> (name: String, value: Double)? {
        let column = try frame.learning(name, rows)
        guard column.isCountable else { return nil }
        let values = column.numbers()
        for other in passed {
            let twin = try frame.learning(other, rows)
            guard twin.isCountable else { continue }
            let value = ColumnStrength.correlation(values, twin.numbers())
            if value > Self.redundancy { return (other, value) }
        }
        return nil
    }

    private func words(_ score: Double) -> String {
        switch method {
        case .variance: "variance \(NumberText().text(Scalar(score)))"
        case .correlation: "correlation \(NumberText().text(Scalar(score))) with \(target?.column ?? "the target")"
        case .importance: "importance \(NumberText().text(Scalar(score), .percent))"
        case .lasso: "weight \(NumberText().text(Scalar(score)))"
        }
    }

    package func archive() -> Archive {
        var archive = Archive(["candidates": .words(candidates), "kept": .words(kept)])
        archive.set("method", method.rawValue)
        archive["top"] = .integers(top.map { [Int64($0)] } ?? [])
        archive["above"] = .numbers(above.map { [$0] } ?? [])
        archive["target"] = .archives(target.map { [$0.archive()] } ?? [])
        return archive
    }

    package init(archive: Archive) throws {
        guard let method = Method(rawValue: try archive.word("method")) else { throw StepArchive.damaged(Self.kind) }
        self.method = method
        candidates = try archive.words("candidates")
        kept = try archive.words("kept")
        top = try archive.integers("top").first.map { Int(clamping: $0) }
        above = try archive.numbers("above").first
        target = try archive.archives("target").first.map { try LearningTarget(archive: $0) }
    }

    package static func fitted(from archive: Archive) throws -> any FittedStep { try FittedSelect(archive: archive) }
}

/// A choice of columns with the scores that decided.
package struct FittedSelect: FittedStep {
    package struct Line: Sendable, Hashable {
        package let column: String
        /// NaN where nothing was to be scored.
        package let score: Double
        /// Why it is left out; nil: it stays.
        package let reason: String?
    }
    package let step: SelectStep
    /// Best first; columns that could not be scored before all others.
    package let lines: [Line]
    /// Learning rows, and how many of them were looked at.
    let rows: Int
    let seen: Int

    package var leftOut: [TakeOutStep.Item] {
        lines.compactMap { line in
            line.reason.map { TakeOutStep.Item(column: line.column, reason: "not selected: \($0)") }
        }
    }

    package var stays: [String] { lines.filter { $0.reason == nil }.map(\.column) }

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        try context.cancellation.check()
        return frame
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? { self }

    package var learned: TableBlock? {
        TableBlock(
            caption: "select \(step.method.rawValue) learned" + (seen < rows ? " from \(grouped(seen)) of \(grouped(rows)) rows" : ""),
            columns: [
                .init("column", "text", .plain), .init("score", "number"), .init("stays", "truth", .plain),
                .init("reason", "text", .plain),
            ],
            rows: lines.map {
                [.text($0.column), Scalar($0.score), .truth($0.reason == nil), $0.reason.map(Scalar.text) ?? .missing]
            })
    }

    package var summary: String? { "\(grouped(stays.count)) of \(grouped(lines.count)) columns stay" }

    package func archive() -> Archive {
        var archive = Archive([
            "columns": .words(lines.map(\.column)), "scores": .numbers(lines.map(\.score)),
            "reasons": .words(lines.map { $0.reason ?? "" }),
            "rows": .integers([Int64(rows), Int64(seen)]),
        ])
        archive.set("step", step.archive())
        return archive
    }

    init(step: SelectStep, lines: [Line], rows: Int, seen: Int) {
        self.step = step
        self.lines = lines
        self.rows = rows
        self.seen = seen
    }

    init(archive: Archive) throws {
        step = try SelectStep(archive: try archive.archive("step"))
        let (columns, scores, reasons) = (try archive.words("columns"), try archive.numbers("scores"), try archive.words("reasons"))
        let counts = try archive.integers("rows").map { Int(clamping: $0) }
        guard columns.count == scores.count, reasons.count == scores.count, counts.count == 2 else {
            throw StepArchive.damaged(SelectStep.kind)
        }
        lines = columns.indices.map { Line(column: columns[$0], score: scores[$0], reason: reasons[$0].isEmpty ? nil : reasons[$0]) }
        (rows, seen) = (counts[0], counts[1])
    }
}
