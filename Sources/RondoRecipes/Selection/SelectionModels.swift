import RondoFrame
import RondoKernels
import RondoLearning
import RondoSignature

/// Scores of columns by models of all of them together.
enum SelectionModels {
    /// More rows than this are not looked at: as many are drawn of them.
    static let mostRows = 50_000
    /// Levels of a column that get a coefficient of their own in a lasso; the rarer ones have none.
    static let mostLevels = 50

    /// At most `mostRows` of so many places, ascending.
    static func sample(of count: Int) -> [Int32] {
        guard count > mostRows else { return (0..<count).map { Int32(truncatingIfNeeded: $0) } }
        var stream = RandomStream(seed: 1, purpose: "select")
        var left = mostRows
        return (0..<count).filter { place in
            guard left > 0, stream.uniform(below: count - place) < left else { return false }
            left -= 1
            return true
        }.map { Int32(truncatingIfNeeded: $0) }
    }

    /// Share of each column in the decrease of impurity of a forest of 100 trees with leaves of at least 5 rows.
    static func importances(_ frame: Frame, columns: [String], target: TargetValues, context: ComputeContext) throws -> [Double] {
        let design = try FittedDesign(learningFrom: frame, features: columns, rows: nil, context: context)
        var remarks = StepRemarks(collects: false)
        let features = try design.features(of: frame, remarks: &remarks, context: context)
        let learner = try ForestFamily.learner(FamilyOptions(["trees": .integer(100), "leaf": .integer(5)]))
        let model = try learner.fit(TrainingData(features: features, target: target), seed: 1, context: context)
        return (model as? ForestModel)?.importances ?? Array(repeating: 0, count: columns.count)
    }

    /// The largest standardised coefficient of each column in a lasso, in deviations of the outcome.
    /// - Parameter top: how many columns are wanted: the first penalty that lets in as many; nil: the one with the least BIC.
    static func coefficients(
        _ frame: Frame, columns: [String], target: TargetValues, top: Int?, context: ComputeContext
    ) throws -> [Double] {
        var made: [[Double]] = []
        var owners: [Int] = []
        for (owner, name) in columns.enumerated() {
            for values in try designed(try frame.required(name), name: name) {
                made.append(values)
                owners.append(owner)
            }
        }
        let outcomes = target.outcomes
        let paths = try outcomes.map { try LassoPath(made, target: $0, context: context) }
        func scores(_ step: (LassoPath) -> LassoPath.Step?) -> [Double] {
            var result = [Double](repeating: 0, count: columns.count)
            for path in paths {
                guard let step = step(path), path.targetDeviation > 0 else { continue }
                for (place, coefficient) in step.coefficients.enumerated() {
                    let strength = coefficient.magnitude * path.deviations[place] / path.targetDeviation
                    result[owners[place]] = max(result[owners[place]], strength)
                }
            }
            return result
        }
        guard let top else { return scores { $0.best(rows: outcomes.first?.count ?? 0) } }
        var found = [Double](repeating: 0, count: columns.count)
        for place in 0..<(paths.map(\.steps.count).max() ?? 0) {
            found = scores { $0.steps.indices.contains(place) ? $0.steps[place] : $0.steps.last }
            if found.filter({ $0 > 0 }).count >= top { break }
        }
        return found
    }

    /// A column as standardised numbers without gaps: numbers with their median for gaps, levels one column each.
    private static func designed(_ column: Column, name: String) throws -> [[Double]] {
        guard column.type.isText else {
            let values = column.numbers()
            let median = Quantiles.median(values)
            return [standardised(values.map { $0.isNaN ? (median.isNaN ? 0 : median) : $0 })]
        }
        let codes = try LevelCodes(column, name: name)
        var counts = [Int](repeating: 0, count: codes.words.count)
        for code in codes.codes where code >= 0 { counts[Int(code)] += 1 }
        let frequent = counts.indices.sorted { (counts[$1], codes.words[$0]) < (counts[$0], codes.words[$1]) }.prefix(mostLevels)
        return frequent.filter { counts[$0] > 0 }.map { level in standardised(codes.codes.map { Int($0) == level ? 1 : 0 }) }
    }

    private static func standardised(_ values: [Double]) -> [Double] {
        let moments = Moments(values)
        let deviation = moments.populationVariance.squareRoot()
        guard deviation > 0, deviation.isFinite else { return Array(repeating: 0, count: values.count) }
        return values.map { ($0 - moments.mean) / deviation }
    }
}
