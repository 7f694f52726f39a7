import RondoKernels
import RondoReport
import RondoSignature
import Testing

@testable import RondoLearning

/// One family at one task, with data to learn from: what every check of the battery is given.
struct BatterySubject: Sendable {
    let family: any ModelFamily.Type
    let task: TaskKind
    let data: TrainingData
    /// Few trees where there are trees: the battery asks whether things hold, not how well.
    let options: FamilyOptions

    static let rows = 120

    init(_ family: any ModelFamily.Type, _ task: TaskKind) {
        self.family = family
        self.task = task
        let features = BatterySubject.features(family.signature, rows: BatterySubject.rows)
        data = TrainingData(features: features, target: BatterySubject.target(task, features))
        var options = FamilyOptions()
        if family.signature.parameters.contains(where: { $0.name == "trees" }) { options.values["trees"] = .integer(8) }
        if family.signature.parameters.contains(where: { $0.name == "clusters" }) { options.values["clusters"] = .integer(3) }
        self.options = options
    }

    var signature: FamilySignature { family.signature }
    var name: String { signature.name }
    var features: Features { data.features }
    var target: TargetValues { data.target }
    var needsNumbers: Bool { signature.needsNumbers }
    var hasClasses: Bool { task == .binary || task == .multiclass }
    /// Place of the category column in the data of families that take categories.
    static let categoryPlace = 3

    // MARK: Data

    /// Three numbers of continuous values; for families that take them also categories, and gaps in both.
    static func features(_ signature: FamilySignature, rows: Int, seed: UInt64 = 3, width: Int = 3) -> Features {
        var stream = RandomStream(seed: seed, purpose: "battery features")
        var list = (0..<width).map { column in
            Features.Feature(
                "number \(column + 1)",
                .numbers(
                    (0..<rows).map { row in
                        let value = column == 1 ? stream.uniform() * 4 : stream.normal() + Double(column)
                        return !signature.needsNumbers && column == 1 && row % 9 == 0 ? .nan : value
                    }))
        }
        if !signature.needsNumbers {
            let codes = (0..<rows).map { row in
                let code = Int32(stream.uniform(below: 4))
                return row % 13 == 0 ? -1 : code
            }
            list.append(Features.Feature("kind", .categories(codes, levels: ["a", "b", "c", "d"])))
        }
        return Features(list, rowCount: rows)
    }

    /// Follows the first and the third column, with noise.
    static func target(_ task: TaskKind, _ features: Features) -> TargetValues {
        guard case .numbers(let first) = features.features[0].values, case .numbers(let third) = features.features[2].values else {
            return .numbers([])
        }
        var stream = RandomStream(seed: 5, purpose: "battery target")
        let values = zip(first, third).map { 2 * $0 - $1 + 0.5 * stream.normal() }
        switch task {
        case .binary: return .classes(values.map { $0 > -2 ? 1 : 0 }, names: ["no", "yes"])
        case .multiclass: return .classes(values.map { $0 > -1 ? 2 : ($0 > -3 ? 1 : 0) }, names: ["low", "middle", "high"])
        case .grouping: return .numbers([Double](repeating: 0, count: values.count))
        default: return .numbers(values)
        }
    }

    /// The data with the numbers of some columns changed.
    func mapping(_ columns: Set<Int>? = nil, _ body: (Int, Double) -> Double) -> Features {
        Features(
            features.features.enumerated().map { place, feature in
                guard columns?.contains(place) ?? true, case .numbers(let values) = feature.values else { return feature }
                return Features.Feature(feature.name, .numbers(values.enumerated().map { body($0, $1) }))
            }, rowCount: features.rowCount)
    }

    /// The data with one more column of numbers.
    func adding(_ name: String, _ value: (Int) -> Double) -> Features {
        Features(
            features.features + [Features.Feature(name, .numbers((0..<features.rowCount).map(value)))], rowCount: features.rowCount)
    }

    // MARK: Learning

    func learner(_ options: FamilyOptions? = nil) throws -> any Learner { try family.learner(options ?? self.options) }

    func fit(
        _ features: Features? = nil, _ target: TargetValues? = nil, weights: [Double]? = nil, options: FamilyOptions? = nil,
        seed: UInt64 = 11, context: ComputeContext = .quiet
    ) throws -> any FittedModel {
        try learner(options).fit(
            TrainingData(features: features ?? data.features, target: target ?? data.target, weights: weights), seed: seed,
            context: context)
    }

    // MARK: Comparing

    /// One array of answers a class, or one of numbers.
    static func columns(_ predictions: Predictions) -> [[Double]] {
        switch predictions {
        case .numbers(let values): [values]
        case .probabilities(let columns, _): columns
        }
    }

    func answers(_ model: any FittedModel, _ features: Features? = nil, context: ComputeContext = .quiet) throws -> [[Double]] {
        BatterySubject.columns(try model.predict(features ?? self.features, context: context))
    }

    func answers() throws -> [[Double]] { try answers(fit()) }

    func expect(_ condition: Bool, _ words: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation) {
        let comment = condition ? "" : words()
        #expect(condition, "\(name) \(task.rawValue) \(comment)", sourceLocation: sourceLocation)
    }

    func expectSame(_ first: [[Double]], _ second: [[Double]], sourceLocation: SourceLocation = #_sourceLocation) {
        expect(
            first.map { $0.map(\.bitPattern) } == second.map { $0.map(\.bitPattern) }, "differs by \(Self.distance(first, second))",
            sourceLocation: sourceLocation)
    }

    func expectClose(
        _ first: [[Double]], _ second: [[Double]], _ tolerance: Double = 1e-8, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let distance = Self.distance(first, second)
        expect(distance <= tolerance, "differs by \(distance)", sourceLocation: sourceLocation)
    }

    static func distance(_ first: [[Double]], _ second: [[Double]]) -> Double {
        guard first.map(\.count) == second.map(\.count) else { return .infinity }
        return zip(first.joined(), second.joined()).reduce(0) { worst, pair in
            let difference = (pair.0 - pair.1).magnitude
            return difference.isNaN ? .infinity : max(worst, difference)
        }
    }

    /// Finite numbers, or probabilities from 0 to 1 that add up to 1.
    func expectSound(_ answers: [[Double]], sourceLocation: SourceLocation = #_sourceLocation) {
        guard hasClasses else {
            return expect(answers.allSatisfy { $0.allSatisfy(\.isFinite) }, "an answer is not finite", sourceLocation: sourceLocation)
        }
        let rows = answers.first?.count ?? 0
        let isSound = (0..<rows).allSatisfy { row in
            let chances = answers.map { $0[row] }
            return chances.allSatisfy { $0 >= 0 && $0 <= 1 } && (chances.reduce(0, +) - 1).magnitude < 1e-12
        }
        expect(isSound, "probabilities are not", sourceLocation: sourceLocation)
    }

    /// A fault with a code, a message and a remedy, or a model that answers soundly.
    func expectFaultOrSound(
        _ features: Features, _ target: TargetValues? = nil, weights: [Double]? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        do {
            expectSound(try answers(fit(features, target, weights: weights), features), sourceLocation: sourceLocation)
        } catch let fault as Fault {
            expect(!fault.message.isEmpty && !fault.remedy.isEmpty, "\(fault.code) is not told", sourceLocation: sourceLocation)
        }
    }

    func expectFault(_ codes: [String], sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void) throws {
        do {
            try body()
            expect(false, "was accepted", sourceLocation: sourceLocation)
        } catch let fault as Fault {
            expect(codes.isEmpty || codes.contains(fault.code), "\(fault.code): \(fault.message)", sourceLocation: sourceLocation)
            expect(!fault.message.isEmpty && !fault.remedy.isEmpty, "\(fault.code) is not told", sourceLocation: sourceLocation)
        }
    }
}

/// One thing that must hold.
struct BatteryCheck: Sendable {
    let name: String
    /// Why it does not apply to a subject; nil: it does.
    let reason: @Sendable (BatterySubject) -> String?
    let body: @Sendable (BatterySubject) throws -> Void

    init(
        _ name: String, unless reason: @escaping @Sendable (BatterySubject) -> String? = { _ in nil },
        _ body: @escaping @Sendable (BatterySubject) throws -> Void
    ) {
        self.name = name
        self.reason = reason
        self.body = body
    }

    static let all = rows + columns + gaps + scales + weights + targets + levels + saving + stopping + options + reading
}

/// Why a check may not apply.
enum BatteryReason {
    /// Families that draw rows, columns or starts: order and copies move the draws.
    static let drawing: Set<String> = ["forest", "extra_trees", "kmeans", "isolation_forest"]

    static func draws(_ subject: BatterySubject) -> String? {
        drawing.contains(subject.name) ? "it draws rows or starts by their place" : nil
    }
    static func ordered(_ subject: BatterySubject) -> String? {
        subject.name == "boost" ? "of nearly equal splits of several columns it takes the first" : draws(subject)
    }
    static func noClasses(_ subject: BatterySubject) -> String? { subject.hasClasses ? nil : "it has no classes here" }
    static func noNumber(_ subject: BatterySubject) -> String? { subject.task == .regression ? nil : "it learns no number here" }
    static func noTarget(_ subject: BatterySubject) -> String? { subject.task == .grouping ? "it learns without a target" : nil }
    static func noCategories(_ subject: BatterySubject) -> String? { subject.needsNumbers ? "it takes no categories" : nil }
    static func noGaps(_ subject: BatterySubject) -> String? { subject.needsNumbers ? "it takes no gaps" : nil }
    static func takesGaps(_ subject: BatterySubject) -> String? { subject.needsNumbers ? nil : "it takes gaps" }
    static func only(_ families: Set<String>, _ words: String) -> @Sendable (BatterySubject) -> String? {
        { families.contains($0.name) ? nil : words }
    }
    static func not(_ families: Set<String>, _ words: String) -> @Sendable (BatterySubject) -> String? {
        { families.contains($0.name) ? words : nil }
    }
}
