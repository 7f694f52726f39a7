package import RondoFrame
package import RondoKernels
package import RondoLearning
package import RondoReport

/// `balance weights`: evens out rare and frequent classes among the training rows of a model, and nowhere else.
///
/// It changes no column and no row of the table: `fit` asks for the rows and weights when it has its training rows. With ratio r
/// every class counts at least r times as much as the most frequent one (`under`: no class more than 1 / r times the rarest).
package struct BalanceStep: FittedStepReading {
    package static let kind = "balance"

    package enum Method: String, Sendable, Hashable, CaseIterable {
        /// Rows of rare classes weigh more; the mean weight is 1.
        case weights
        /// Rows of frequent classes are left out at random.
        case under
        /// Rows of rare classes are repeated, each as often as the others or once more.
        case over
    }
    package let method: Method
    /// Above 0, at most 1.
    package let ratio: Double
    package let seed: UInt64
    package let target: LearningTarget

    package init(_ method: Method, ratio: Double, seed: UInt64, target: LearningTarget) {
        self.method = method
        self.ratio = ratio
        self.seed = seed
        self.target = target
    }

    package var learns: Bool { true }

    package var learnsFrom: Set<String> { [target.column] }

    package func dependencies(in columns: [String]) -> [String: Set<String>] { [:] }

    package func removes(in columns: [String]) -> Set<String> { [] }

    /// - Throws: R0719 for a target of numbers.
    package func learn(from frame: Frame, rows: [Int32]?, context: ComputeContext) throws -> any FittedStep {
        try context.cancellation.check()
        guard case .classes(let codes, let names) = try target.values(from: frame, rows: rows).values else {
            throw Self.noClasses(target.column)
        }
        return FittedBalance(step: self, names: names, counts: Self.counts(codes, names))
    }

    static func noClasses(_ column: String) -> Fault {
        Fault(
            "R0719", "balance evens out classes, and \(column) is a number",
            remedy: "name the class in the goal, or cast \(column) category",
            subject: column)
    }

    static func counts(_ codes: [Int32], _ names: [String]) -> [Int] {
        var counts = [Int](repeating: 0, count: names.count)
        for code in codes { counts[Int(code)] += 1 }
        return counts
    }

    /// How much each class counts afterwards: the sum of weights, or rows.
    func wanted(_ counts: [Int]) -> [Double] {
        let present = counts.filter { $0 > 0 }
        guard let least = present.min(), let most = present.max() else { return counts.map(Double.init) }
        switch method {
        case .weights, .over: return counts.map { $0 == 0 ? 0 : max(Double($0), ratio * Double(most)) }
        case .under: return counts.map { min(Double($0), (Double(least) / ratio).rounded()) }
        }
    }

    package func archive() -> Archive {
        var archive = Archive(["ratio": .numbers([ratio]), "seed": .integers([Int64(bitPattern: seed)])])
        archive.set("method", method.rawValue)
        archive.set("target", target.archive())
        return archive
    }

    package init(archive: Archive) throws {
        guard let method = Method(rawValue: try archive.word("method")), let seed = try archive.integers("seed").first else {
            throw StepArchive.damaged(Self.kind)
        }
        self.method = method
        self.seed = UInt64(bitPattern: seed)
        ratio = try archive.number("ratio")
        target = try LearningTarget(archive: try archive.archive("target"))
        guard ratio > 0, ratio <= 1 else { throw StepArchive.damaged(Self.kind) }
    }

    package static func fitted(from archive: Archive) throws -> any FittedStep { try FittedBalance(archive: archive) }
}

/// Balancing with the classes of the learning rows. It passes every table through as it is.
package struct FittedBalance: FittedStep {
    package let step: BalanceStep
    let names: [String]
    /// Learning rows of each class.
    let counts: [Int]

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        try context.cancellation.check()
        return frame
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? { self }

    /// Whether this is about the column that is predicted: after a new goal it may not be.
    package func evens(_ column: String) -> Bool { step.target.column == column }

    /// The training rows to learn from, as places among those given, and their weights.
    /// - Throws: R0719 for a target of numbers.
    package func balanced(_ target: TargetValues, weights: [Double]?) throws -> (places: [Int32], weights: [Double]?) {
        guard case .classes(let codes, let names) = target else { throw BalanceStep.noClasses(step.target.column) }
        let counts = BalanceStep.counts(codes, names)
        let wanted = step.wanted(counts)
        let all = codes.indices.map { Int32(truncatingIfNeeded: $0) }
        guard step.method != .weights else {
            let total = wanted.reduce(0, +)
            let factors = zip(wanted, counts).map { $1 > 0 ? $0 / Double($1) * Double(codes.count) / total : 0 }
            return (all, codes.indices.map { factors[Int(codes[$0])] * (weights?[$0] ?? 1) })
        }
        var stream = RandomStream(seed: step.seed, purpose: "balance")
        var left = counts
        var missing = wanted.map { Int($0.rounded()) }
        var places: [Int32] = []
        for place in all {
            let code = Int(codes[Int(place)])
            // Of the rows that are left so many are still wanted: each is as likely as the next.
            let whole = missing[code] / left[code]
            let rest = missing[code] % left[code]
            let copies = whole + (stream.uniform(below: left[code]) < rest ? 1 : 0)
            missing[code] -= copies
            left[code] -= 1
            for _ in 0..<copies { places.append(place) }
        }
        return (places, weights.map { weights in places.map { weights[Int($0)] } })
    }

    package var learned: TableBlock? {
        let wanted = step.wanted(counts)
        let total = max(1, wanted.reduce(0, +))
        let rows = max(1, Double(counts.reduce(0, +)))
        return TableBlock(
            caption: "balance \(step.method.rawValue), training rows only",
            columns: [
                .init("class", "text", .plain), .init("rows", "integer", .count), .init("share", "number", .percent),
                .init(step.method == .weights ? "weight" : "rows_learned_from", "number"), .init("share_learned_from", "number", .percent),
            ],
            rows: names.indices.map { place in
                let count = Double(counts[place])
                let value = step.method == .weights ? (count > 0 ? wanted[place] / count * rows / total : .nan) : wanted[place].rounded()
                return [.text(names[place]), Scalar(counts[place]), Scalar(count / rows), Scalar(value), Scalar(wanted[place] / total)]
            })
    }

    package var summary: String? {
        let wanted = step.wanted(counts)
        let total = wanted.reduce(0, +)
        let rows = Double(counts.reduce(0, +))
        let parts = names.indices.map { place -> String in
            guard step.method == .weights else { return "\(names[place]) \(grouped(Int(wanted[place].rounded()))) rows" }
            let weight = counts[place] > 0 && total > 0 ? wanted[place] / Double(counts[place]) * rows / total : 0
            return "\(names[place]) weighs \(NumberText().text(Scalar(weight)))"
        }
        return parts.prefix(4).joined(separator: ", ") + (parts.count > 4 ? " and \(parts.count - 4) more" : "")
    }

    package func archive() -> Archive {
        var archive = Archive(["names": .words(names), "counts": .integers(counts.map(Int64.init))])
        archive.set("step", step.archive())
        return archive
    }

    init(step: BalanceStep, names: [String], counts: [Int]) {
        self.step = step
        self.names = names
        self.counts = counts
    }

    init(archive: Archive) throws {
        step = try BalanceStep(archive: try archive.archive("step"))
        names = try archive.words("names")
        counts = try archive.integers("counts").map { Int(clamping: $0) }
        guard names.count == counts.count, counts.allSatisfy({ $0 >= 0 }) else { throw StepArchive.damaged(BalanceStep.kind) }
    }
}

extension FittedRecipe {
    /// The balancing of the recipe; the last one holds.
    package var balance: FittedBalance? { entries.lazy.compactMap { $0.step as? FittedBalance }.last }
}
