import RondoKernels

/// The penalised sum of log losses of two classes (one set of coefficients) or several (one set each), with its derivatives.
///
/// Parameters are laid out set by set, each with the intercept last. Rows are taken in fixed chunks and added in chunk order.
struct LogisticProblem: Sendable {
    /// Columns with ones last.
    enum Columns: Sendable {
        case dense(Matrix)
        case sparse(CompressedRows)
    }
    let columns: Columns
    let classes: [Int32]
    let isBinary: Bool
    /// Sets of coefficients: 1 for two classes, else one a class.
    let outputs: Int
    let weights: [Double]
    /// L of each column, without the ones.
    let penalties: [Double]

    static let chunkRows = 4096

    var width: Int {
        switch columns {
        case .dense(let matrix): matrix.columns
        case .sparse(let rows): rows.width
        }
    }
    private var rowCount: Int { weights.count }
    /// Whether second derivatives are never formed.
    var isSparse: Bool { if case .sparse = columns { true } else { false } }
    var parameterCount: Int { outputs * width }

    /// - Parameter weights: one a row.
    init(_ columns: Columns, classes: [Int32], classCount: Int, isBinary: Bool, weights: [Double], penalties: [Double]) {
        self.columns = columns
        self.classes = classes
        self.isBinary = isBinary
        outputs = isBinary ? 1 : classCount
        self.weights = weights
        self.penalties = penalties
    }

    /// Loss, slopes and chances at one point.
    struct Evaluation: Sendable {
        var loss: Double
        var gradient: [Double]
        /// `[output][row]`.
        var chances: [[Double]]
        /// Whether every row with weight has its class strictly most probable.
        var isSeparated: Bool
    }

    private struct Part: Sendable {
        var loss: Double
        var gradient: [Double]
        var chances: [[Double]]
        var isSeparated: Bool
    }

    func evaluate(_ parameters: [Double], _ context: ComputeContext) throws -> Evaluation {
        let parts = try Parallel.mapChunks(count: rowCount, chunkSize: Self.chunkRows, context: context) { _, rows in
            part(parameters, rows)
        }
        var losses = parts.map(\.loss)
        var gradient = [Double](repeating: 0, count: parameterCount)
        var chances = [[Double]](repeating: [], count: outputs)
        for part in parts {
            for index in gradient.indices { gradient[index] += part.gradient[index] }
            for output in 0..<outputs { chances[output].append(contentsOf: part.chances[output]) }
        }
        for output in 0..<outputs {
            for (column, penalty) in penalties.enumerated() {
                let value = parameters[output * width + column]
                losses.append(0.5 * penalty * value * value)
                gradient[output * width + column] += penalty * value
            }
        }
        return Evaluation(
            loss: Sums.compensated(losses), gradient: gradient, chances: chances, isSeparated: parts.allSatisfy(\.isSeparated))
    }

    /// Margins of some rows for each output: columns times parameters.
    private func margins(_ parameters: [Double], _ rows: Range<Int>) -> [[Double]] {
        (0..<outputs).map { output in
            guard case .dense(let matrix) = columns else {
                guard case .sparse(let compressed) = columns else { return [] }
                return compressed.products(parameters[output * width..<(output + 1) * width], rows)
            }
            var result = [Double](repeating: 0, count: rows.count)
            matrix.storage.withUnsafeBufferPointer { values in
                for column in 0..<width {
                    let factor = parameters[output * width + column]
                    if factor == 0 { continue }
                    let start = column * matrix.rows + rows.lowerBound
                    for row in result.indices { result[row] += factor * values[start + row] }
                }
            }
            return result
        }
    }

    /// Slopes from the weighted residuals of some rows.
    private func slopes(_ residuals: [[Double]], _ rows: Range<Int>) -> [Double] {
        var result = [Double](repeating: 0, count: parameterCount)
        guard case .dense(let matrix) = columns else {
            guard case .sparse(let compressed) = columns else { return result }
            for output in 0..<outputs {
                compressed.addTransposed(residuals[output], rows, to: &result[output * width..<(output + 1) * width])
            }
            return result
        }
        matrix.storage.withUnsafeBufferPointer { values in
            for output in 0..<outputs {
                residuals[output].withUnsafeBufferPointer { residual in
                    for column in 0..<width {
                        let start = column * matrix.rows + rows.lowerBound
                        result[output * width + column] = Sums.dot(
                            UnsafeBufferPointer(rebasing: values[start..<start + rows.count]), residual)
                    }
                }
            }
        }
        return result
    }

    private func part(_ parameters: [Double], _ rows: Range<Int>) -> Part {
        var chances = margins(parameters, rows)
        var residuals = chances
        var losses = [Double](repeating: 0, count: rows.count)
        var isSeparated = true
        for (place, row) in rows.enumerated() {
            let weight = weights[row]
            let truth = Int(classes[row])
            if isBinary {
                let margin = chances[0][place]
                let signed = truth == 1 ? margin : -margin
                if weight > 0 && signed <= 0 { isSeparated = false }
                losses[place] = weight * LogisticProblem.softplus(-signed)
                chances[0][place] = Elementary.logistic(margin)
                // 1 - chance without cancellation.
                residuals[0][place] = weight * (truth == 1 ? -Elementary.logistic(-margin) : chances[0][place])
                continue
            }
            var largest = -Double.infinity
            var rival = -Double.infinity
            for output in 0..<outputs {
                largest = max(largest, chances[output][place])
                if output != truth { rival = max(rival, chances[output][place]) }
            }
            if weight > 0 && chances[truth][place] <= rival { isSeparated = false }
            var (total, others) = (0.0, 0.0)
            let own = chances[truth][place]
            for output in 0..<outputs {
                chances[output][place] = Elementary.exp(chances[output][place] - largest)
                total += chances[output][place]
                if output != truth { others += chances[output][place] }
            }
            losses[place] = weight * (Elementary.log(total) + largest - own)
            for output in 0..<outputs {
                chances[output][place] /= total
                residuals[output][place] = weight * (output == truth ? -(others / total) : chances[output][place])
            }
        }
        return Part(loss: Sums.compensated(losses), gradient: slopes(residuals, rows), chances: chances, isSeparated: isSeparated)
    }

    /// log(1 + e^x) without overflow.
    static func softplus(_ x: Double) -> Double { max(x, 0) + Elementary.log1p(Elementary.exp(-x.magnitude)) }

    /// The matrix of second derivatives.
    ///
    /// For several classes, adding one vector to all sets changes nothing where no penalty holds it; the sum over the sets, which is 0 at
    /// the start and at the solution, is held there by a constant on that direction, which leaves every other direction as it is.
    func hessian(_ chances: [[Double]], _ context: ComputeContext) throws -> Matrix {
        var result = Matrix(rows: parameterCount, columns: parameterCount)
        guard case .dense(let matrix) = columns else { return result }
        for first in 0..<outputs {
            for second in first..<outputs {
                let curvature = weights.indices.map { row -> Double in
                    let chance = chances[first][row]
                    return weights[row] * (first == second ? chance * (1 - chance) : -chance * chances[second][row])
                }
                guard let block = try matrix.gram(weights: curvature, context: context) else { continue }
                for column in 0..<width {
                    for row in 0..<width {
                        result[first * width + row, second * width + column] = block[row, column]
                        result[second * width + row, first * width + column] = block[row, column]
                    }
                }
            }
        }
        let largest = (0..<parameterCount).reduce(0) { max($0, result[$1, $1]) }
        for column in 0..<width {
            let penalty = column < penalties.count ? penalties[column] : 0
            for output in 0..<outputs { result[output * width + column, output * width + column] += penalty }
            guard !isBinary else { continue }
            for first in 0..<outputs {
                for second in 0..<outputs { result[first * width + column, second * width + column] += largest }
            }
        }
        return result
    }

    /// The matrix of second derivatives times a vector.
    func curvature(along direction: [Double], _ chances: [[Double]], _ context: ComputeContext) throws -> [Double] {
        let parts = try Parallel.mapChunks(count: rowCount, chunkSize: Self.chunkRows, context: context) { _, rows in
            var changes = margins(direction, rows)
            for (place, row) in rows.enumerated() {
                if isBinary {
                    changes[0][place] *= weights[row] * chances[0][row] * (1 - chances[0][row])
                    continue
                }
                var mean = 0.0
                for output in 0..<outputs { mean += chances[output][row] * changes[output][place] }
                for output in 0..<outputs { changes[output][place] = weights[row] * chances[output][row] * (changes[output][place] - mean) }
            }
            return slopes(changes, rows)
        }
        var result = [Double](repeating: 0, count: parameterCount)
        for part in parts { for index in result.indices { result[index] += part[index] } }
        for output in 0..<outputs {
            for (column, penalty) in penalties.enumerated() {
                result[output * width + column] += penalty * direction[output * width + column]
            }
        }
        return result
    }
}
