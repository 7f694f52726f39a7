import RondoKernels

/// Newton's method with a backtracking line search (Nocedal and Wright, Numerical Optimization, sections 3.1 and 7.1).
struct NewtonSolver {
    let problem: LogisticProblem
    let context: ComputeContext

    /// Above this many parameters the steps come from conjugate gradients instead of a factorisation.
    static let denseLimit = 600
    private static let mostSteps = 200
    /// Separated classes let the solution grow by about one unit a step for ever; others have settled long before.
    private static let separationSteps = 40

    struct Solution {
        var parameters: [Double]
        /// Second derivatives at the solution; nil when they were never formed.
        var hessian: Matrix?
    }

    /// - Parameter separated: the error for classes without a finite solution, from the place of the largest coefficient.
    /// - Throws: that error, or R0523 when the steps do not settle.
    func solve(separated: (Int?) -> Fault) throws -> Solution {
        let isFree = problem.penalties.contains(0)
        var parameters = [Double](repeating: 0, count: problem.parameterCount)
        var state = try problem.evaluate(parameters, context)
        for step in 0..<Self.mostSteps {
            try context.cancellation.check()
            context.progress(Progress(done: min(step, 20), total: 20, label: "logistic steps"))
            if isFree && state.isSeparated { throw separated(largest(parameters)) }
            let (direction, hessian) = try direction(state)
            guard let direction else {
                if isFree { throw separated(largest(parameters)) }
                throw notSettled()
            }
            let slope = Sums.dot(direction, state.gradient)
            let size = zip(direction, parameters).reduce(0) { max($0, $1.0.magnitude / max($1.1.magnitude, 1)) }
            let isLast = size < 1e-9 || -slope <= 1e-24 * max(state.loss, 1)
            if isFree && step >= Self.separationSteps && size > 0.01 { throw separated(largest(parameters)) }
            guard let next = try search(parameters, state, direction, slope) else {
                // No decrease that rounding lets us see: this is the solution when the promised decrease is that small.
                guard -slope <= 1e-11 * max(state.loss, 1) else { throw notSettled() }
                return Solution(parameters: parameters, hessian: hessian)
            }
            (parameters, state) = next
            if isLast { return Solution(parameters: parameters, hessian: hessian) }
        }
        throw notSettled()
    }

    private func largest(_ parameters: [Double]) -> Int? {
        var best: (place: Int, size: Double)?
        for output in 0..<problem.outputs {
            for place in 0..<problem.width - 1 {
                let size = parameters[output * problem.width + place].magnitude
                if size > best?.size ?? 0 { best = (place, size) }
            }
        }
        return best?.place
    }

    private func notSettled() -> Fault {
        Fault(
            "R0523", "the coefficients did not settle after \(Self.mostSteps) steps", remedy: "fit logistic penalty 1"
        )
    }

    /// The step that a quadratic through this point asks for; nil when the second derivatives are singular.
    private func direction(_ state: LogisticProblem.Evaluation) throws -> (step: [Double]?, hessian: Matrix?) {
        if problem.parameterCount > Self.denseLimit || problem.isSparse { return (try conjugateGradients(state), nil) }
        let hessian = try problem.hessian(state.chances, context)
        return (Cholesky(hessian)?.solve(state.gradient.map { -$0 }), hessian)
    }

    private func search(
        _ parameters: [Double], _ state: LogisticProblem.Evaluation, _ direction: [Double], _ slope: Double
    ) throws -> ([Double], LogisticProblem.Evaluation)? {
        var length = 1.0
        let rounding = 1e-13 * max(state.loss, 1e-300)
        for _ in 0..<50 {
            let candidate = zip(parameters, direction).map { $0 + length * $1 }
            let next = try problem.evaluate(candidate, context)
            if next.loss.isFinite && next.loss <= state.loss + 1e-4 * length * slope + rounding { return (candidate, next) }
            length *= 0.5
        }
        return nil
    }

    /// Conjugate gradients on the quadratic, to a residual that shrinks with the slopes.
    private func conjugateGradients(_ state: LogisticProblem.Evaluation) throws -> [Double]? {
        let start = Sums.dot(state.gradient, state.gradient)
        var step = [Double](repeating: 0, count: problem.parameterCount)
        guard start > 0 else { return step }
        var residual = state.gradient.map { -$0 }
        var direction = residual
        var square = start
        let goal = start * max(min(1e-4, start.squareRoot() * 1e-3), 1e-18)
        for _ in 0..<2000 {
            let image = try problem.curvature(along: direction, state.chances, context)
            let bend = Sums.dot(direction, image)
            guard bend > 0 else { break }
            let length = square / bend
            for index in step.indices {
                step[index] += length * direction[index]
                residual[index] -= length * image[index]
            }
            let next = Sums.dot(residual, residual)
            if next <= goal { break }
            let ratio = next / square
            for index in direction.indices { direction[index] = residual[index] + ratio * direction[index] }
            square = next
        }
        return step
    }
}
