import RondoKernels
import RondoReport
import RondoSignature
import Testing

@testable import RondoLearning

/// What every family must hold, whatever it learns: run over the whole registry.
@Suite struct FamilyConformanceTests {
    /// A small table: two numbers, one of them with gaps where the family allows them, and categories where it takes them.
    private static func features(_ signature: FamilySignature, rows: Int = 90, scale: Double = 1) -> Features {
        var stream = RandomStream(seed: 3, purpose: "conformance")
        let first = (0..<rows).map { _ in stream.normal() * scale }
        let second = (0..<rows).map { row in !signature.needsNumbers && row % 7 == 0 ? Double.nan : stream.uniform() * scale }
        var list = [Features.Feature("first", .numbers(first)), Features.Feature("second", .numbers(second))]
        if !signature.needsNumbers {
            list.append(
                Features.Feature(
                    "kind", .categories((0..<rows).map { Int32($0 % 4) - ($0 % 11 == 0 ? 1 : 0) }, levels: ["a", "b", "c", "d"])))
        }
        return Features(list, rowCount: rows)
    }

    private static func target(_ task: TaskKind, _ features: Features, scale: Double = 1) -> TargetValues {
        guard case .numbers(let first) = features.features[0].values else { return .numbers([]) }
        var stream = RandomStream(seed: 5, purpose: "conformance target")
        let values = first.map { $0 / scale + 0.3 * stream.normal() }
        switch task {
        case .binary: return .classes(values.map { $0 > 0 ? 1 : 0 }, names: ["no", "yes"])
        case .multiclass: return .classes(values.map { $0 > 0.5 ? 2 : ($0 > -0.5 ? 1 : 0) }, names: ["low", "middle", "high"])
        // Nobody reads the target of a family that looks for groups.
        case .grouping: return .numbers(values.map { _ in 0 })
        default: return .numbers(values.map { $0 * scale })
        }
    }

    private static func bits(_ predictions: Predictions) -> [UInt64] {
        switch predictions {
        case .numbers(let values): values.map(\.bitPattern)
        case .probabilities(let columns, _): columns.joined().map(\.bitPattern)
        }
    }

    private static func fit(
        _ family: any ModelFamily.Type, _ features: Features, _ target: TargetValues, weights: [Double]? = nil,
        context: ComputeContext = .quiet
    ) throws -> any FittedModel {
        try family.learner(FamilyOptions()).fit(
            TrainingData(features: features, target: target, weights: weights), seed: 11, context: context)
    }

    /// Calls the body for each family and each of its tasks and returns how many families there were.
    private static func each(_ body: (any ModelFamily.Type, TaskKind, Features, TargetValues) throws -> Void) throws -> Int {
        var covered = 0
        for family in ModelFamilies.all {
            let signature = family.signature
            for task in [TaskKind.regression, .binary, .multiclass, .grouping] where signature.tasks.contains(task) {
                let features = features(signature)
                try body(family, task, features, target(task, features))
            }
            covered += 1
        }
        return covered
    }

    private static func isFinite(_ predictions: Predictions) -> Bool {
        switch predictions {
        case .numbers(let values): values.allSatisfy(\.isFinite)
        case .probabilities(let columns, _):
            columns.first.map { first in
                first.indices.allSatisfy { row in (columns.reduce(0) { $0 + $1[row] } - 1).magnitude < 1e-12 }
            } ?? false
        }
    }

    private static func expectFinite(
        _ family: any ModelFamily.Type, _ features: Features, _ target: TargetValues, _ comment: Comment
    ) throws {
        let predictions = try fit(family, features, target).predict(features, context: .quiet)
        #expect(isFinite(predictions), comment)
    }

    @Test func repeatsItselfOnAnyNumberOfThreadsAndAfterSaving() throws {
        let covered = try Self.each { family, task, features, target in
            let model = try Self.fit(family, features, target)
            let expected = Self.bits(try model.predict(features, context: .quiet))
            #expect(Self.isFinite(try model.predict(features, context: .quiet)))
            #expect(type(of: model).familyName == family.signature.name)
            let two = ComputeContext(threads: ThreadCount(2))
            for context in [.quiet, two] {
                let again = try Self.fit(family, features, target, context: context)
                #expect(Self.bits(try again.predict(features, context: context)) == expected, "\(family.signature.name) \(task)")
                #expect(again.archive() == model.archive() || again.archive().hasNaN)
            }
            let restored = try family.model(from: model.archive())
            #expect(Self.bits(try restored.predict(features, context: .quiet)) == expected, "\(family.signature.name) \(task) saved")
            #expect(restored.learned.map(\.rows) == model.learned.map(\.rows))
            #expect(restored.readable == model.readable)
            #expect(try model.predict(features.gathering([]), context: .quiet).count == 0)
        }
        print("families covered: \(covered)")
        #expect(covered == ModelFamilies.all.count)
    }

    @Test func weightsCountAsCopies() throws {
        for family in [
            LinearFamily.self, RidgeFamily.self, LogisticFamily.self, LassoFamily.self, TreeFamily.self, NaiveBayesFamily.self,
        ]
            as [any ModelFamily.Type]
        {
            let task: TaskKind = family.signature.tasks.contains(.regression) ? .regression : .binary
            let features = Self.features(family.signature)
            let target = Self.target(task, features)
            let weights = (0..<features.rowCount).map { Double($0 % 3) }
            let copies = (0..<features.rowCount).flatMap { [Int32](repeating: Int32($0), count: $0 % 3) }
            let weighted = try Self.fit(family, features, target, weights: weights).predict(features, context: .quiet)
            let copied = try Self.fit(family, features.gathering(copies), target.gathering(copies)).predict(features, context: .quiet)
            let pairs: [(Double, Double)]
            switch (weighted, copied) {
            case (.numbers(let a), .numbers(let b)): pairs = Array(zip(a, b))
            case (.probabilities(let a, _), .probabilities(let b, _)): pairs = Array(zip(a.joined(), b.joined()))
            default: pairs = [(0, 1)]
            }
            #expect(pairs.allSatisfy { ($0 - $1).magnitude < 1e-9 }, "\(family.signature.name)")
        }
    }

    @Test func constantColumnsChangeNothing() throws {
        _ = try Self.each { family, task, features, target in
            let constant = Features(
                features.features + [Features.Feature("constant", .numbers([Double](repeating: 0.1, count: features.rowCount)))],
                rowCount: features.rowCount)
            let model = try Self.fit(family, constant, target)
            #expect(Self.isFinite(try model.predict(constant, context: .quiet)), "\(family.signature.name) \(task)")
            if let model = model as? any CoefficientModel { #expect(model.dropped == ["constant"]) }
            let only = Features([constant.features[constant.features.count - 1]], rowCount: features.rowCount)
            try Self.expectFinite(family, only, target, "\(family.signature.name) alone")
        }
    }

    @Test func fewRowsAndColumns() throws {
        _ = try Self.each { family, task, features, target in
            let name = family.signature.name
            let one = Features([features.features[0]], rowCount: features.rowCount)
            try Self.expectFinite(family, one, target, "\(name) one column")
            let none = Features([], rowCount: features.rowCount)
            try Self.expectFinite(family, none, target, "\(name) no column")
            let row = features.gathering([5])
            if name == "knn" {
                let fault = #expect(throws: Fault.self) { try Self.fit(family, row, target.gathering([5])) }
                #expect(["R0458", "R0520"].contains(fault?.code))
            } else if task == .regression {
                try Self.expectFinite(family, row, target.gathering([5]), "\(name) one row")
            } else if case .classes = target {
                #expect(throws: Fault.self) { try Self.fit(family, row, target.gathering([5])) }
            }
            #expect(throws: Fault.self) { try Self.fit(family, features.gathering([]), target.gathering([])) }
            #expect(throws: Fault.self) { try Self.fit(family, one, target).predict(features, context: .quiet) }
        }
    }

    @Test func oneClassIsAnError() throws {
        _ = try Self.each { family, task, features, target in
            guard case .classes(_, let names) = target else { return }
            let same = TargetValues.classes([Int32](repeating: 1, count: features.rowCount), names: names)
            let fault = #expect(throws: Fault.self) { try Self.fit(family, features, same) }
            #expect(fault?.code == "R0520")
        }
    }

    @Test func wrongTargetsAreErrors() throws {
        _ = try Self.each { family, task, features, target in
            if task == .regression {
                #expect(throws: Fault.self) {
                    try Self.fit(family, features, .numbers([Double](repeating: .nan, count: features.rowCount)))
                }
                if !family.signature.tasks.contains(.binary) {
                    #expect(throws: Fault.self) { try Self.fit(family, features, Self.target(.binary, features)) }
                }
            } else if task != .grouping, !family.signature.tasks.contains(.regression) {
                #expect(throws: Fault.self) { try Self.fit(family, features, Self.target(.regression, features)) }
            }
            #expect(throws: Fault.self) {
                try Self.fit(family, features, target, weights: [Double](repeating: 0, count: features.rowCount))
            }
            #expect(throws: Fault.self) {
                try Self.fit(family, features, target, weights: [Double](repeating: -1, count: features.rowCount))
            }
            #expect(throws: Fault.self) { try Self.fit(family, features, target, weights: [1]) }
        }
    }

    @Test func missingAndInfiniteValues() throws {
        _ = try Self.each { family, task, features, target in
            for value in [Double.nan, .infinity, -.infinity] {
                var values = [Double](repeating: value, count: features.rowCount)
                if !value.isNaN { for row in values.indices where row % 2 == 0 { values[row] = 1 } }
                let bad = Features(features.features + [Features.Feature("bad", .numbers(values))], rowCount: features.rowCount)
                if family.signature.needsNumbers {
                    let fault = #expect(throws: Fault.self) { try Self.fit(family, bad, target) }
                    #expect(fault?.subject == "bad", "\(family.signature.name) names the column")
                } else {
                    let model = try Self.fit(family, bad, target)
                    #expect(Self.isFinite(try model.predict(bad, context: .quiet)), "\(family.signature.name) \(task) \(value)")
                }
            }
        }
    }

    @Test(arguments: [1e-150, 1e150]) func hugeAndTinyScales(_ scale: Double) throws {
        for family in ModelFamilies.all {
            for task in [TaskKind.regression, .binary, .multiclass] where family.signature.tasks.contains(task) {
                let plain = Self.features(family.signature)
                let features = Self.features(family.signature, scale: scale)
                let target = Self.target(task, features, scale: scale)
                let predictions = try Self.fit(family, features, target).predict(features, context: .quiet)
                #expect(Self.isFinite(predictions), "\(family.signature.name) \(task)")
                guard case .numbers(let values) = predictions, !family.signature.needsScale,
                    case .numbers(let expected) = try Self.fit(family, plain, Self.target(task, plain)).predict(plain, context: .quiet)
                else { continue }
                #expect(zip(values, expected).allSatisfy { ($0 / scale - $1).magnitude < 1e-6 }, "\(family.signature.name)")
            }
        }
    }

    @Test func unseenLevelsAreMissing() throws {
        _ = try Self.each { family, task, features, target in
            guard !family.signature.needsNumbers else { return }
            let model = try Self.fit(family, features, target)
            var other = features.features
            // The same codes under other names: "c" stands where "a" stood, the rest is new.
            guard case .categories(let codes, _) = other[2].values else { return }
            other[2].values = .categories(codes, levels: ["c", "x", "y", "z"])
            var same = features.features
            same[2].values = .categories(codes.map { $0 == 0 ? 2 : -1 }, levels: ["a", "b", "c", "d"])
            let first = try model.predict(Features(other, rowCount: features.rowCount), context: .quiet)
            let second = try model.predict(Features(same, rowCount: features.rowCount), context: .quiet)
            #expect(Self.bits(first) == Self.bits(second), "\(family.signature.name) \(task)")
        }
    }

    @Test func cancelledWorkStops() throws {
        _ = try Self.each { family, task, features, target in
            let token = CancellationToken()
            token.cancel()
            // Large enough that every family asks at least once.
            let rows = (0..<9000).map { Int32($0 % features.rowCount) }
            #expect(throws: Interrupted.self, "\(family.signature.name) \(task)") {
                try Self.fit(family, features.gathering(rows), target.gathering(rows), context: ComputeContext(cancellation: token))
            }
        }
    }

    @Test func optionsOutsideTheLimitsAreRefused() throws {
        var refused = 0
        for family in ModelFamilies.all {
            for parameter in family.signature.parameters {
                for text in parameter.samplesOutside {
                    let value: FamilyOptions.Value
                    switch parameter.domain {
                    case .integer: value = Int64(text).map { .integer($0) } ?? .word(text)
                    case .number: value = Double(text).map { .number($0) } ?? .word(text)
                    case .choice, .models, .column: value = .word(text)
                    }
                    let fault = #expect(throws: Fault.self) { try family.learner(FamilyOptions([parameter.name: value])) }
                    #expect(fault?.code == "R0502")
                    #expect(fault?.message.contains(parameter.name) ?? false)
                    refused += 1
                }
                if let text = parameter.defaultText { #expect(parameter.domain.reading(text) != nil, "\(parameter.name)") }
            }
            #expect(throws: Fault.self) { try family.learner(FamilyOptions(["nonsense": .integer(1)])) }
        }
        print("invalid options refused: \(refused)")
        #expect(refused > 0)
    }

    @Test func damagedArchivesAreErrors() throws {
        _ = try Self.each { family, task, features, target in
            let archive = try Self.fit(family, features, target).archive()
            for key in archive.values.keys {
                var damaged = archive
                damaged.values[key] = nil
                #expect(throws: Fault.self, "\(family.signature.name) without \(key)") { try family.model(from: damaged) }
            }
        }
    }

    @Test func declarationsAreComplete() {
        var names = Set<String>()
        for signature in ModelFamilies.signatures {
            #expect(names.insert(signature.name).inserted)
            #expect(signature.details.contains("Source:"), "\(signature.name)")
            #expect(!signature.summary.isEmpty && !signature.tasks.isEmpty && !signature.readable.isEmpty)
        }
    }
}

extension Archive {
    /// NaN is never equal to itself.
    fileprivate var hasNaN: Bool {
        values.values.contains { if case .numbers(let list) = $0 { list.contains(where: \.isNaN) } else { false } }
    }
}
