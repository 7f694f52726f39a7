package import RondoFrame
package import RondoKernels
package import RondoReport

/// Codes by the target, as all learning rows gave them: what new rows get.
package struct FittedEncodeTarget: FittedStep {
    struct Source: Sendable, Hashable {
        let column: String
        let levels: [String]
        /// Learning rows of each level, gaps last.
        let counts: [Int]
        /// The columns made: one, or one a class.
        let names: [String]
        /// One a made column: codes of the levels, that of gaps last.
        let codes: [TargetCodes]
    }
    let step: EncodeTargetStep
    let sources: [Source]

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        try frame.require(sources.map(\.column))
        var result = frame.dropping(step.removes(in: frame.names))
        for source in sources {
            try context.cancellation.check()
            let codes = try LevelCodes(try frame.required(source.column), name: source.column)
            let places = codes.places(in: source.levels)
            remarks.note(.unseenLevel, column: source.column, rows: codes.unlisted(places))
            for (name, learned) in zip(source.names, source.codes) {
                let ofWord = places.map { $0 < 0 ? learned.prior : learned.codes[Int($0)] }
                let gap = learned.codes.last ?? learned.prior
                try result.set(name, Column(.number(codes.codes.map { $0 < 0 ? gap : ofWord[Int($0)] })))
            }
        }
        return result
    }

    package var expanded: [String: Set<String>] {
        guard step.classes.count > 2 else { return [:] }
        return Dictionary(sources.flatMap { source in source.names.map { ($0, [source.column]) } }) { first, _ in first }
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? {
        let left = sources.filter { !lost.contains($0.column) }
        let step = EncodeTargetStep(left.map(\.column), target: step.target, classes: step.classes, seed: step.seed)
        return left.isEmpty ? nil : FittedEncodeTarget(step: step, sources: left)
    }

    package var learned: TableBlock? {
        let made = step.classes.count > 2 ? step.classes : [step.classes.last ?? "becomes"]
        // A class may be called as another column of the table is.
        var taken: Set<String> = ["column", "level", "rows"]
        let headers = made.map { ColumnNaming.unique($0, taken: &taken) }
        return TableBlock(
            caption: step.classes.isEmpty ? "means of \(step.target) learned" : "shares of \(step.target) learned",
            columns: [.init("column", "text", .plain), .init("level", "text", .plain), .init("rows", "integer", .count)]
                + headers.map { .init($0, "number", .number) },
            rows: sources.flatMap { source -> [[Scalar]] in
                let levels = (source.levels.map(Scalar.text) + [.missing]).enumerated().filter { source.counts[$0.offset] > 0 }
                let all: [Scalar] = [.text(source.column), .text("any other"), .missing]
                return levels.map { place, level in
                    [.text(source.column), level, Scalar(source.counts[place])] + source.codes.map { Scalar($0.codes[place]) }
                } + [all + source.codes.map { Scalar($0.prior) }]
            })
    }

    package var summary: String? {
        let levels = sources.reduce(0) { $0 + $1.levels.count }
        let what = step.classes.isEmpty ? "means of \(step.target)" : "shares of \(step.target)"
        return "\(what) for \(grouped(levels)) level\(levels == 1 ? "" : "s"), training rows cross-fitted"
    }

    package func archive() -> Archive {
        var archive = Archive([
            "sources": .archives(
                sources.map { source in
                    var archive = Archive([
                        "levels": .words(source.levels), "counts": .integers(source.counts.map { Int64($0) }),
                        "names": .words(source.names),
                        "priors": .numbers(source.codes.map(\.prior)), "strengths": .numbers(source.codes.map(\.strength)),
                        "codes": .numbers(source.codes.flatMap(\.codes)),
                    ])
                    archive.set("column", source.column)
                    return archive
                })
        ])
        archive.set("step", step.archive())
        return archive
    }

    init(step: EncodeTargetStep, sources: [Source]) {
        self.step = step
        self.sources = sources
    }

    init(archive: Archive) throws {
        step = try EncodeTargetStep(archive: try archive.archive("step"))
        sources = try archive.archives("sources").map { archive in
            let (levels, names) = (try archive.words("levels"), try archive.words("names"))
            let (priors, strengths, flat) = (
                try archive.numbers("priors"), try archive.numbers("strengths"), try archive.numbers("codes")
            )
            let counts = try archive.integers("counts").map { Int(clamping: $0) }
            let width = levels.count + 1
            guard counts.count == width, priors.count == names.count, strengths.count == names.count, flat.count == names.count * width
            else { throw StepArchive.damaged(EncodeTargetStep.kind) }
            let codes = names.indices.map { place in
                TargetCodes(prior: priors[place], strength: strengths[place], codes: Array(flat[place * width..<(place + 1) * width]))
            }
            return Source(column: try archive.word("column"), levels: levels, counts: counts, names: names, codes: codes)
        }
    }
}

extension TargetCodes {
    init(prior: Double, strength: Double, codes: [Double]) {
        self.prior = prior
        self.strength = strength
        self.codes = codes
    }
}
