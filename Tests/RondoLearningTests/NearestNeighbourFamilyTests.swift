import RondoKernels
import RondoSignature
import Testing

@testable import RondoLearning

/// The family `knn` beside a plain search over every row.
@Suite struct NearestNeighbourFamilyTests {
    private static func features(_ rows: Int, width: Int, seed: UInt64, isCoarse: Bool = false) -> Features {
        var stream = RandomStream(seed: seed, purpose: "knn test")
        return Features(
            (0..<width).map { column in
                Features.Feature(
                    "x\(column)",
                    .numbers((0..<rows).map { _ in isCoarse ? Double(stream.uniform(below: 4)) : stream.normal() * 3 + 100 }))
            }, rowCount: rows)
    }

    private static func columns(_ features: Features) -> [[Double]] {
        features.features.map { if case .numbers(let values) = $0.values { values } else { [] } }
    }

    /// Rows by distance, then by number.
    private static func order(_ train: [[Double]], _ query: [Double], isManhattan: Bool) -> [(distance: Double, row: Int)] {
        let rows = train.first?.count ?? 0
        return (0..<rows).map { row in
            var sum = 0.0
            for column in train.indices {
                let difference = query[column] - train[column][row]
                sum += isManhattan ? difference.magnitude : difference * difference
            }
            return (isManhattan ? sum : sum.squareRoot(), row)
        }.sorted { ($0.distance, $0.row) < ($1.distance, $1.row) }
    }

    private static func learner(_ neighbours: Int, distance: String = "euclidean", weighting: String = "equal") throws -> any Learner {
        try KNNFamily.learner(
            FamilyOptions([
                "neighbors": .integer(Int64(neighbours)), "distance": .word(distance), "weighting": .word(weighting),
            ]))
    }

    /// Trees with few columns, panels with many, both measures; coarse values make many ties.
    @Test(arguments: [(1, 400), (3, 700), (8, 500), (9, 700), (28, 900), (5, 40)], [true, false])
    func findsWhatAFullSearchFinds(_ shape: (width: Int, rows: Int), _ isCoarse: Bool) throws {
        let train = Self.features(shape.rows, width: shape.width, seed: 1, isCoarse: isCoarse)
        let test = Self.features(70, width: shape.width, seed: 2, isCoarse: isCoarse)
        // Every row its own power: the mean tells which rows were taken.
        let target = (0..<shape.rows).map { Double($0 * $0) }
        let (known, queries) = (Self.columns(train), Self.columns(test))
        for distance in ["euclidean", "manhattan"] {
            for neighbours in [1, 7] {
                let model = try Self.learner(neighbours, distance: distance)
                    .fit(TrainingData(features: train, target: .numbers(target)), seed: 1, context: .quiet)
                guard case .numbers(let answers) = try model.predict(test, context: .quiet) else { return }
                for row in answers.indices {
                    let order = Self.order(known, queries.map { $0[row] }, isManhattan: distance == "manhattan")
                    let mean = order.prefix(neighbours).reduce(0) { $0 + target[$1.row] } / Double(neighbours)
                    #expect((answers[row] - mean).magnitude <= 1e-9 * max(1, mean), "\(distance) \(neighbours) row \(row)")
                }
                let two = try model.predict(test, context: ComputeContext(threads: ThreadCount(2)))
                guard case .numbers(let others) = two else { return }
                #expect(others == answers)
            }
        }
    }

    @Test func answersByDistance() throws {
        let train = Features([Features.Feature("x", .numbers([0, 1, 3, 10]))], rowCount: 4)
        let model = try Self.learner(3, weighting: "distance")
            .fit(TrainingData(features: train, target: .numbers([10, 20, 30, 40])), seed: 1, context: .quiet)
        let queries = Features([Features.Feature("x", .numbers([2, 1, 1e300]))], rowCount: 3)
        guard case .numbers(let answers) = try model.predict(queries, context: .quiet) else { return }
        // Distances 1, 1, 2 of 20, 30, 10: (20 + 30 + 10 / 2) / 2.5.
        #expect((answers[0] - 22).magnitude < 1e-12)
        #expect(answers[1] == 20, "at distance 0 the row decides alone")
        #expect(answers[2].isFinite)
    }

    @Test func equallyNearRowsAreTakenInTheirOrder() throws {
        let train = Features([Features.Feature("x", .numbers([1, -1, 1, -1, 1]))], rowCount: 5)
        let classes = TargetValues.classes([0, 1, 1, 0, 0], names: ["a", "b"])
        let model = try Self.learner(2).fit(TrainingData(features: train, target: classes), seed: 1, context: .quiet)
        let query = Features([Features.Feature("x", .numbers([0, 1]))], rowCount: 2)
        guard case .probabilities(let columns, let names) = try model.predict(query, context: .quiet) else { return }
        #expect(names == ["a", "b"])
        // From 0 all are equally near: rows 1 and 2; from 1 the nearest are rows 1 and 3.
        #expect(columns[0] == [0.5, 0.5] && columns[1] == [0.5, 0.5])
    }

    @Test func weightsAreCopies() throws {
        let train = Self.features(300, width: 3, seed: 4, isCoarse: true)
        let target = (0..<300).map { Double($0) }
        let weights = (0..<300).map { Double($0 % 4) }
        let copies = (0..<300).flatMap { [Int32](repeating: Int32($0), count: $0 % 4) }
        let test = Self.features(50, width: 3, seed: 5)
        let data = TrainingData(features: train, target: .numbers(target), weights: weights)
        let copied = TrainingData(features: train.gathering(copies), target: .numbers(copies.map { target[Int($0)] }))
        let learner = try Self.learner(7)
        guard case .numbers(let first) = try learner.fit(data, seed: 1, context: .quiet).predict(test, context: .quiet),
            case .numbers(let second) = try learner.fit(copied, seed: 1, context: .quiet).predict(test, context: .quiet)
        else { return }
        #expect(zip(first, second).allSatisfy { ($0 - $1).magnitude < 1e-9 })
    }

    /// Light rows: as many as it takes to make up the weight, the last one in part.
    @Test func lightRowsAddUp() throws {
        let train = Features([Features.Feature("x", .numbers([0, 1, 2, 3, 4, 5, 6]))], rowCount: 7)
        let data = TrainingData(
            features: train, target: .numbers([1, 2, 3, 4, 5, 6, 7]), weights: [0.75, 0.75, 0.75, 0, 0.75, 0.75, 0.75])
        let model = try Self.learner(2).fit(data, seed: 1, context: .quiet)
        let query = Features([Features.Feature("x", .numbers([0]))], rowCount: 1)
        guard case .numbers(let answers) = try model.predict(query, context: .quiet) else { return }
        #expect((answers[0] - (0.75 * 1 + 0.75 * 2 + 0.5 * 3) / 2).magnitude < 1e-12)
    }

    @Test func tooManyNeighboursAreAnError() throws {
        let train = Self.features(3, width: 2, seed: 1)
        let data = TrainingData(features: train, target: .numbers([1, 2, 3]))
        let fault = #expect(throws: Fault.self) { try Self.learner(4).fit(data, seed: 1, context: .quiet) }
        #expect(fault?.code == "R0458" && fault?.remedy == "write neighbors 3")
        let light = TrainingData(features: train, target: .numbers([1, 2, 3]), weights: [0.5, 0.5, 1])
        #expect(throws: Fault.self) { try Self.learner(3).fit(light, seed: 1, context: .quiet) }
        #expect(try Self.learner(2).fit(light, seed: 1, context: .quiet).predict(train, context: .quiet).count == 3)
    }

    /// A common factor of all columns changes no neighbour, however large or small it is.
    @Test(arguments: [1e-300, 1e-150, 1e150, 1e300]) func scalesDoNotMatter(_ scale: Double) throws {
        for width in [3, 12] {
            let train = Self.features(400, width: width, seed: 7)
            let scaled = Features(
                train.features.map { feature in
                    guard case .numbers(let values) = feature.values else { return feature }
                    return Features.Feature(feature.name, .numbers(values.map { $0 * scale }))
                }, rowCount: 400)
            let target = TargetValues.numbers((0..<400).map { Double($0) })
            guard
                case .numbers(let plain) = try Self.learner(1).fit(TrainingData(features: train, target: target), seed: 1, context: .quiet)
                    .predict(train, context: .quiet),
                case .numbers(let moved) = try Self.learner(1).fit(TrainingData(features: scaled, target: target), seed: 1, context: .quiet)
                    .predict(scaled, context: .quiet)
            else { return }
            #expect(plain == moved)
        }
    }

    @Test func answersStopWhenCancelled() throws {
        let train = Self.features(2000, width: 12, seed: 1)
        let token = CancellationToken()
        let context = ComputeContext(cancellation: token)
        let model = try Self.learner(3).fit(
            TrainingData(features: train, target: .numbers((0..<2000).map { Double($0) })), seed: 1, context: context)
        token.cancel()
        #expect(throws: Interrupted.self) { try model.predict(train, context: context) }
        token.reset()
        #expect(try model.predict(train, context: context).count == 2000)
    }
}
