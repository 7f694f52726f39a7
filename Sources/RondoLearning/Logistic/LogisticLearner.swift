package import RondoKernels

/// Learns a logistic model.
package struct LogisticLearner: Learner {
    package let penalty: Double
    package let isBalanced: Bool

    package func fit(_ data: TrainingData, seed: UInt64, context: ComputeContext) throws -> any FittedModel {
        try data.requireRows()
        let (codes, classNames) = try data.classTarget(of: "logistic")
        let weights = balancedWeights(codes, classCount: classNames.count, weights: data.weights)
        let outputs = classNames.count == 2 ? 1 : classNames.count
        let isSparse =
            penalty > 0
            && data.features.favorsSparse(coefficients: outputs * data.features.features.count, atLeast: NewtonSolver.denseLimit)
        let columns = try NumericColumns(isSparse ? data.features : data.features.densified(for: "logistic"))
        let names = columns.names
        let centered = try CenteredColumns(columns, weights: data.weights, centering: true, context: context)
        // Classes without rows get no coefficients: their chance is 0.
        let present = classNames.indices.filter { index in zip(codes, weights).contains { Int($0) == index && $1 > 0 } }
        var kept = names.indices.filter { centered.scales[$0] > 0 }
        if penalty == 0 { kept = try independent(kept, columns, centered, codes, context) }
        let places = Dictionary(uniqueKeysWithValues: present.enumerated().map { (Int32($1), Int32($0)) })
        let problem = LogisticProblem(
            isSparse
                ? .sparse(CompressedRows(columns, centered: centered, kept: kept, ones: true))
                : .dense(LogisticLearner.matrix(columns, centered, kept)), classes: codes.map { places[$0] ?? 0 },
            classCount: present.count,
            isBinary: classNames.count == 2, weights: weights, penalties: kept.map { penalty * centered.scales[$0] * centered.scales[$0] })
        let solution = try NewtonSolver(problem: problem, context: context).solve { worst in
            separated(names, kept, worst)
        }
        return model(names, classNames, present, kept, centered, problem, solution)
    }

    private func balancedWeights(_ codes: [Int32], classCount: Int, weights: [Double]?) -> [Double] {
        let own = weights ?? [Double](repeating: 1, count: codes.count)
        guard isBalanced else { return own }
        var totals = [Double](repeating: 0, count: classCount)
        for (code, weight) in zip(codes, own) { totals[Int(code)] += weight }
        let present = Double(totals.filter { $0 > 0 }.count)
        let all = Sums.compensated(totals)
        return zip(codes, own).map { $1 == 0 ? 0 : $1 * all / (present * totals[Int($0)]) }
    }

    /// Without a penalty, columns that are combinations of earlier ones would leave the solution open.
    private func independent(
        _ kept: [Int], _ columns: NumericColumns, _ centered: CenteredColumns, _ codes: [Int32], _ context: ComputeContext
    ) throws -> [Int] {
        guard !kept.isEmpty else { return [] }
        let plain = LogisticLearner.scaled(columns, centered, kept)
        guard let matrix = Matrix(rows: columns.rowCount, columns: kept.count, storage: plain),
            let solution = try LeastSquares.solve(matrix, codes.map(Double.init), context: context)
        else { return kept }
        return solution.independent.map { kept[$0] }
    }

    /// The kept columns, centred and scaled, one behind the other.
    private static func scaled(_ columns: NumericColumns, _ centered: CenteredColumns, _ kept: [Int]) -> [Double] {
        var storage: [Double] = []
        storage.reserveCapacity((kept.count + 1) * columns.rowCount)
        for column in kept {
            guard case .dense(let values) = columns.columns[column] else { continue }
            let center = centered.means[column] * centered.scales[column]
            for value in values { storage.append(value * centered.scales[column] - center) }
        }
        return storage
    }

    /// The kept columns, centred and scaled, and a column of ones.
    static func matrix(_ columns: NumericColumns, _ centered: CenteredColumns, _ kept: [Int]) -> Matrix {
        let storage = scaled(columns, centered, kept) + repeatElement(1, count: columns.rowCount)
        return Matrix(rows: columns.rowCount, columns: kept.count + 1, storage: storage) ?? Matrix(rows: 0, columns: 0)
    }

    private func separated(_ names: [String], _ kept: [Int], _ worst: Int?) -> Fault {
        let name = worst.flatMap { $0 < kept.count ? names[kept[$0]] : nil }
        let suspect = name.map { ", mostly by \($0)" } ?? ""
        return Fault(
            "R0522", "the columns separate the classes perfectly\(suspect): without a penalty there is no finite solution",
            remedy: "fit logistic penalty 1", subject: name)
    }

    /// Coefficients for the columns as given.
    private func model(
        _ names: [String], _ classNames: [String], _ present: [Int], _ kept: [Int], _ centered: CenteredColumns, _ problem: LogisticProblem,
        _ solution: NewtonSolver.Solution
    ) -> LogisticModel {
        let width = kept.count + 1
        var coefficients: [[Double]] = []
        var intercepts: [Double] = []
        for output in 0..<problem.outputs {
            var row = [Double](repeating: 0, count: names.count)
            var start = DoubleDouble(solution.parameters[output * width + kept.count])
            for (place, column) in kept.enumerated() {
                row[column] = solution.parameters[output * width + place] * centered.scales[column]
                start += DoubleDouble.product(-row[column], centered.means[column])
            }
            coefficients.append(row)
            intercepts.append(start.value)
        }
        let chosen = Set(kept)
        return LogisticModel(
            names: names, classNames: classNames, outputClasses: problem.isBinary ? [1] : present, intercepts: intercepts,
            coefficients: coefficients, deviations: centered.deviations,
            dropped: names.indices.filter { !chosen.contains($0) }.map { names[$0] },
            penalty: penalty, covariance: penalty == 0 && problem.isBinary ? covariance(solution.hessian, kept, centered) : [])
    }

    /// Covariance of intercept and kept coefficients in the units of the columns, row by row; empty when the second derivatives are not known.
    private func covariance(_ hessian: Matrix?, _ kept: [Int], _ centered: CenteredColumns) -> [Double] {
        guard let inverse = hessian.flatMap({ Cholesky($0) })?.inverse else { return [] }
        let last = kept.count
        // Rows of the linear map from solved parameters to (intercept, coefficients).
        var map = Matrix(rows: last + 1, columns: last + 1)
        map[0, last] = 1
        for (place, column) in kept.enumerated() {
            map[place + 1, place] = centered.scales[column]
            map[0, place] = -centered.scales[column] * centered.means[column]
        }
        return map.multiplied(by: inverse)?.multiplied(by: map.transposed())?.storage ?? []
    }
}
