package import RondoFrame
package import RondoKernels

/// `encode zip target`: the mean of the target in the rows of a level, drawn towards the mean of all rows where a level has few.
///
/// New rows get the codes of all learning rows. A learning row gets a code from the folds that do not hold it (cross-fitting), so that
/// no model can read a row's own answer from its code. Two classes give the share of the second; several give one column a class,
/// `zip_yes`. A gap is a level of its own; a level that was not learned gets the mean of all rows and is remarked.
package struct EncodeTargetStep: FittedStepReading {
    package static let kind = "encode_target"

    package let columns: [String]
    package let target: String
    /// Classes of the target, empty for numbers; every word but the second is the first where there are two.
    package let classes: [String]
    package let seed: UInt64

    /// A column named twice counts once.
    package init(_ columns: [String], target: String, classes: [String], seed: UInt64) {
        self.columns = columns.withoutRepeats
        self.target = target
        self.classes = classes
        self.seed = seed
    }

    package var learns: Bool { true }
    package var taughtBy: Set<String> { [target] }
    private var isInPlace: Bool { classes.count < 3 }

    package func dependencies(in columns: [String]) -> [String: Set<String>] {
        isInPlace ? Dictionary(self.columns.map { ($0, [$0]) }) { first, _ in first } : [:]
    }

    package var effect: ValueEffect { .recodes }

    package func removes(in columns: [String]) -> Set<String> { isInPlace ? [] : Set(self.columns) }

    package func learn(from frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> any FittedStep {
        try learned(from: frame, rows: rows, context: context).step
    }

    package func fit(_ frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> (step: any FittedStep, frame: Frame) {
        let (step, lessons) = try learned(from: frame, rows: rows, context: context)
        var remarks = StepRemarks(collects: false)
        var result = try step.apply(to: frame, remarks: &remarks, context: context)
        let outcomes = try self.outcomes(of: frame.learning(target, rows))
        let folds = TargetFolds.folds(order(outcomes), seed: seed)
        let taught = folds.indices.filter { folds[$0] >= 0 }
        let places = taught.map { rows?[$0] ?? Int32(truncatingIfNeeded: $0) }
        for (source, lesson) in zip(step.sources, lessons) {
            for (name, values) in zip(source.names, outcomes) {
                try context.cancellation.check()
                let codes = TargetFolds.crossFitted(
                    places: lesson, outcomes: values, folds: folds, count: source.levels.count + 1)
                guard let column = result[name] else { continue }
                try result.set(name, column.replacing(places, with: Column(.number(taught.map { codes[$0] }))))
            }
        }
        return (step, result)
    }

    /// The step learned from all learning rows, and for each column the place of each learning row's level.
    private func learned(
        from frame: Frame, rows: [Int32]?, context: ComputeContext
    ) throws -> (step: FittedEncodeTarget, places: [[Int32]]) {
        let outcomes = try self.outcomes(of: frame.learning(target, rows))
        var taken = Set(frame.names)
        var sources: [FittedEncodeTarget.Source] = []
        var all: [[Int32]] = []
        for name in columns {
            try context.cancellation.check()
            let levels = try LevelCodes(try frame.learning(name, rows), name: name)
            let words = levels.occurring
            let ofWord = levels.places(in: words)
            // The place after the last is that of gaps.
            let gap = Int32(truncatingIfNeeded: words.count)
            let places = levels.codes.map { $0 < 0 ? gap : ofWord[Int($0)] }
            var counts = [Int](repeating: 0, count: words.count + 1)
            for place in places { counts[Int(place)] += 1 }
            let names =
                isInPlace ? [name] : classes.map { ColumnNaming.unique("\(name)_\(ColumnNaming.word($0))", taken: &taken) }
            let codes = outcomes.map { TargetCodes(places: places, outcomes: $0, count: words.count + 1) { _ in true } }
            sources.append(.init(column: name, levels: words, counts: counts, names: names, codes: codes))
            all.append(places)
        }
        return (FittedEncodeTarget(step: self, sources: sources), all)
    }

    /// What is averaged, one list a made column: the number itself, or 1 in the rows of a class; NaN without a target.
    private func outcomes(of column: Column) throws -> [[Double]] {
        guard !classes.isEmpty else {
            guard column.type.isNumeric else {
                throw typeFault(target, column.type, needs: "it was a number when encode was typed", remedy: "type encode again")
            }
            return [column.numbers()]
        }
        let (codes, words): ([Int32], [String])
        if column.type == .number {
            // Classes of numbers with fractions are named as they are written.
            let text = Column.text(column.numbers().map { $0.isNaN ? nil : Scalar.plain($0) })
            (codes, words) = (text.levelled?.codes ?? [], text.levelled?.levels.words ?? [])
        } else {
            let levels = try LevelCodes(column, name: target)
            (codes, words) = (levels.codes, levels.words)
        }
        let wanted = isInPlace ? Array(classes.suffix(1)) : classes
        return wanted.map { name in
            let isClass = words.map { $0 == name ? 1.0 : 0.0 }
            return codes.map { $0 < 0 ? .nan : isClass[Int($0)] }
        }
    }

    /// One number a row that folds are balanced by.
    private func order(_ outcomes: [[Double]]) -> [Double] {
        guard outcomes.count > 1, let first = outcomes.first else { return outcomes.first ?? [] }
        return first.indices.map { row in
            first[row].isNaN ? .nan : Double(outcomes.firstIndex { $0[row] == 1 } ?? outcomes.count)
        }
    }

    package func archive() -> Archive {
        var archive = Archive(["columns": .words(columns), "classes": .words(classes)])
        archive.set("target", target)
        archive["seed"] = .integers([Int64(bitPattern: seed)])
        return archive
    }

    package init(archive: Archive) throws {
        guard let seed = try archive.integers("seed").first else { throw StepArchive.damaged(Self.kind) }
        self.init(
            try archive.words("columns"), target: try archive.word("target"), classes: try archive.words("classes"),
            seed: UInt64(bitPattern: seed))
    }

    package static func fitted(from archive: Archive) throws -> any FittedStep { try FittedEncodeTarget(archive: archive) }
}
