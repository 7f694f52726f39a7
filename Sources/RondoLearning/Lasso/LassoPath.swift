package import RondoKernels

/// Solutions for falling penalties: which columns come in, in which order.
package struct LassoPath: Sendable {
    package struct Step: Sendable {
        package let penalty: Double
        /// One a column, in the units of the columns given.
        package let coefficients: [Double]
        /// Mean squared distance of target and prediction.
        package let error: Double

        /// Columns with a coefficient.
        package var chosen: [Int] { coefficients.indices.filter { coefficients[$0] != 0 } }
    }
    package let steps: [Step]
    /// Standard deviation of each column and of the target, divisor n.
    package let deviations: [Double]
    package let targetDeviation: Double

    /// - Parameters:
    ///   - columns: `[column][row]`, all finite.
    ///   - count: penalties from the least that leaves nothing down to a thousandth of it, in equal ratios.
    package init(_ columns: [[Double]], target: [Double], count: Int = 60, context: ComputeContext) throws {
        var problem = try LassoProblem(columns, target: target, weights: nil, context: context)
        let greatest = problem.greatestPenalty
        deviations = problem.deviations
        targetDeviation = problem.targetDeviation
        let ratio = Elementary.exp(-6.907_755_278_982_137 / Double(max(count - 1, 1)))
        var penalty = greatest
        var steps: [Step] = []
        for _ in 0..<(greatest > 0 ? max(count, 1) : 0) {
            try problem.solve(penalty: penalty, context: context)
            steps.append(
                Step(penalty: penalty, coefficients: problem.coefficients, error: Self.error(problem, columns, target)))
            penalty *= ratio
        }
        self.steps = steps
    }

    private static func error(_ problem: LassoProblem, _ columns: [[Double]], _ target: [Double]) -> Double {
        var rest = target.map { $0 - problem.intercept }
        for (column, coefficient) in zip(columns, problem.coefficients) where coefficient != 0 {
            for row in rest.indices { rest[row] -= coefficient * column[row] }
        }
        return Sums.dot(rest, rest) / Double(max(rest.count, 1))
    }

    /// The step with the least Bayesian information criterion, n log(error) + log(n) columns; nil when nothing was to be found.
    ///
    /// Source: Zou, Hastie and Tibshirani 2007, On the degrees of freedom of the lasso, Annals of Statistics 35.
    package func best(rows: Int) -> Step? {
        var found: (step: Step, criterion: Double)?
        for step in steps where step.error > 0 {
            let criterion = Double(rows) * Elementary.log(step.error) + Elementary.log(Double(max(rows, 2))) * Double(step.chosen.count)
            if found.map({ criterion < $0.criterion }) ?? true { found = (step, criterion) }
        }
        return found?.step ?? steps.last
    }
}
