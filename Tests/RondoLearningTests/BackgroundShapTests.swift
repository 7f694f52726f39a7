import RondoKernels
import RondoLearning
import RondoSignature
import Testing

/// Shapley values of families without trees: known answers, and agreement of independent ways.
@Suite struct BackgroundShapTests {
    private func features(_ columns: [[Double]]) -> Features {
        Features(columns.enumerated().map { .init("x\($0)", .numbers($1)) }, rowCount: columns.first?.count ?? 0)
    }

    private func random(_ width: Int, _ rows: Int, seed: UInt64) -> Features {
        var stream = RandomStream(seed: seed, purpose: "background shap")
        return features((0..<width).map { _ in (0..<rows).map { _ in stream.normal() } })
    }

    private static func numbers(_ features: Features) -> [[Double]] {
        features.features.map { if case .numbers(let values) = $0.values { values } else { [] } }
    }

    /// A product of two columns at (2, 3) against a background of zeros: each has half of the six (symmetry), the third nothing (dummy).
    @Test func aProductIsSharedByHalves() throws {
        let found = try BackgroundShap(
            features([[2], [3], [7]]), background: features([[0], [0], [0]]), groups: FeatureGroup.each(features([[0], [0], [0]])),
            orders: 1, seed: 1, context: .quiet
        ) { rows, _ in
            let columns = Self.numbers(rows)
            return .numbers(zip(columns[0], columns[1]).map { $0 * $1 })
        }
        #expect(found.isExact && found.values.base == [0])
        #expect(found.values.values[0].map { $0[0] } == [3, 3, 0])
    }

    /// Of a weighted sum the value of a column is its coefficient times the distance from the mean, whichever way it is found.
    @Test(arguments: [6, 12]) func allWaysAgreeOnWeightedSums(_ width: Int) throws {
        let (rows, background) = (random(width, 9, seed: 3), random(width, 40, seed: 4))
        let truth = (0..<9).map { row in Self.numbers(rows).enumerated().reduce(1.0) { $0 + Double($1.offset) * $1.element[row] } }
        let training = random(width, 200, seed: 5)
        let target = (0..<200).map { row in
            Self.numbers(training).enumerated().reduce(1.0) { $0 + Double($1.offset) * $1.element[row] }
        }
        let fitted = try LinearFamily.learner(FamilyOptions()).fit(
            TrainingData(features: training, target: .numbers(target)), seed: 1, context: .quiet)
        let model = try #require(fitted as? any WeightedSumModel)
        let exact = try LinearShap.values(of: model, rows, background: background, context: .quiet)
        for row in 0..<9 { #expect(abs(exact.sum(output: 0, row: row) - truth[row]) < 1e-9) }
        let asked = try BackgroundShap(
            rows, background: background, groups: FeatureGroup.each(rows), orders: 4_000, seed: 1, context: .quiet
        ) { try fitted.predict($0, context: $1) }
        #expect(asked.isExact == (width <= BackgroundShap.mostExactGroups))
        for feature in 0..<width {
            for row in 0..<9 {
                let gap = abs(asked.values.values[0][feature][row] - exact.values[0][feature][row])
                #expect(gap <= (asked.isExact ? 1e-9 : 5 * asked.standardError), "\(feature), \(row): \(gap)")
            }
        }
        for row in 0..<9 { #expect(abs(asked.values.sum(output: 0, row: row) - truth[row]) < 1e-9) }
    }

    @Test(arguments: [2, 3]) func classesAddUp(_ classes: Int) throws {
        let training = random(4, 300, seed: 8)
        let columns = Self.numbers(training)
        let codes = (0..<300).map { Int32(columns[0][$0] + 0.5 * columns[1][$0] > 0.3 ? classes - 1 : columns[2][$0] > 0 ? 1 : 0) }
        let names = ["a", "b", "c"].prefix(classes).map { $0 }
        let data = TrainingData(features: training, target: .classes(codes, names: names))
        let rows = training.gathering((0..<20).map { $0 })
        let logistic = try LogisticFamily.learner(FamilyOptions()).fit(data, seed: 1, context: .quiet)
        let model = try #require(logistic as? any WeightedSumModel)
        let exact = try LinearShap.values(of: model, rows, background: training, context: .quiet)
        guard case .probabilities(let shares, _) = try logistic.predict(rows, context: .quiet) else { return #expect(Bool(false)) }
        for row in 0..<20 {
            let scores = exact.outputs.indices.map { exact.sum(output: $0, row: row) }
            let total = scores.reduce(0) { $0 + Elementary.exp($1) }
            let wanted = classes == 2 ? Elementary.logistic(scores[0]) : Elementary.exp(scores[2]) / total
            #expect(abs(wanted - shares[classes - 1][row]) < 1e-9)
        }
        let bayes = try NaiveBayesFamily.learner(FamilyOptions()).fit(data, seed: 1, context: .quiet)
        let asked = try BackgroundShap(rows, background: training, groups: FeatureGroup.each(rows), orders: 5, seed: 1, context: .quiet) {
            try bayes.predict($0, context: $1)
        }
        guard case .probabilities(let own, _) = try bayes.predict(rows, context: .quiet) else { return #expect(Bool(false)) }
        for (output, name) in asked.values.outputs.enumerated() {
            let place = names.firstIndex(of: name) ?? 0
            for row in 0..<20 { #expect(abs(asked.values.sum(output: output, row: row) - own[place][row]) < 1e-9) }
        }
    }

    @Test func piecesOfAColumnAreAddedUp() {
        let values = ShapValues(
            features: ["type_a", "type_b", "size"], outputs: [""], unit: .target, base: [10], values: [[[1, 2], [3, -1], [5, 6]]])
        let summed = values.summed([FeatureGroup("type", features: [0, 1]), FeatureGroup("size", features: [2])])
        #expect(summed.features == ["type", "size"] && summed.values == [[[4, 1], [5, 6]]])
        #expect(summed.sum(output: 0, row: 1) == 17)
    }

    /// The same on one thread and on two, and again.
    @Test func samplesRepeat() throws {
        let (rows, background) = (random(11, 6, seed: 3), random(11, 30, seed: 4))
        func values(_ threads: Int) throws -> ShapValues {
            try BackgroundShap(
                rows, background: background, groups: FeatureGroup.each(rows), orders: 3, seed: 9,
                context: ComputeContext.quiet.with(threads: ThreadCount(threads))
            ) { rows, _ in
                let columns = Self.numbers(rows)
                return .numbers(columns[0].indices.map { row in columns.reduce(1.0) { $0 * (1 + $1[row] / 10) } })
            }.values
        }
        #expect(try values(1) == values(2))
    }
}
