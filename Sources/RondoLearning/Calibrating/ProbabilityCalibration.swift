package import RondoKernels

/// Turns the probabilities of a classifier into shares that come true.
///
/// With two classes one curve for the positive class; with more, one a class against the rest, brought to sum 1.
package struct ProbabilityCalibration: Sendable, Hashable {
    package enum Method: String, Sendable, Hashable, CaseIterable { case platt, isotonic }

    /// A growing curve from probability to probability.
    package enum Curve: Sendable, Hashable {
        /// Logistic curve of `slope` times the log odds plus `offset`.
        case logistic(slope: Double, offset: Double)
        /// Straight pieces between the points, level outside of them.
        case pieces(x: [Double], y: [Double])
    }
    package let method: Method
    package let curves: [Curve]

    /// - Parameters:
    ///   - probabilities: `[class][row]`.
    ///   - truth: class index a row.
    package init(_ method: Method, probabilities: [[Double]], truth: [Int32]) {
        self.method = method
        let wanted = probabilities.count == 2 ? [1] : Array(probabilities.indices)
        curves = wanted.map { index in
            let isMember = truth.map { Int($0) == index }
            return switch method {
            case .platt: PlattScaling.curve(probabilities[index], isMember)
            case .isotonic: IsotonicCurve.curve(probabilities[index], isMember)
            }
        }
    }

    /// The calibrated probabilities, `[class][row]`, each row with sum 1.
    package func applied(to probabilities: [[Double]]) -> [[Double]] {
        if probabilities.count == 2, let curve = curves.first {
            let positive = probabilities[1].map(curve.value)
            return [positive.map { 1 - $0 }, positive]
        }
        guard curves.count == probabilities.count else { return probabilities }
        var result = zip(curves, probabilities).map { curve, column in column.map(curve.value) }
        for row in result.first?.indices ?? 0..<0 {
            let total = result.reduce(0) { $0 + $1[row] }
            // A row to which every curve says no keeps equal shares.
            for index in result.indices { result[index][row] = total > 0 ? result[index][row] / total : 1 / Double(result.count) }
        }
        return result
    }
}

extension ProbabilityCalibration.Curve {
    package func value(_ probability: Double) -> Double {
        switch self {
        case .logistic(let slope, let offset): return Elementary.logistic(slope * PlattScaling.logOdds(probability) + offset)
        case .pieces(let x, let y):
            guard let first = x.first, let last = x.last, x.count == y.count else { return probability }
            if probability <= first { return y[0] }
            if probability >= last { return y[y.count - 1] }
            var low = 0
            var high = x.count - 1
            while high - low > 1 {
                let middle = (low + high) / 2
                if x[middle] <= probability { low = middle } else { high = middle }
            }
            let width = x[high] - x[low]
            return width > 0 ? y[low] + (y[high] - y[low]) * (probability - x[low]) / width : y[low]
        }
    }
}

/// Platt's curve: a logistic regression on the log odds.
///
/// Source: Platt 1999, "Probabilistic outputs for support vector machines"; Lin, Lin and Weng 2007 for the steps.
enum PlattScaling {
    /// Log odds of a probability, kept away from 0 and 1.
    static func logOdds(_ probability: Double) -> Double {
        let least = 0x1p-52
        let kept = min(max(probability, least), 1 - least)
        return Elementary.log(kept / (1 - kept))
    }

    static func curve(_ probabilities: [Double], _ isMember: [Bool]) -> ProbabilityCalibration.Curve {
        let members = Double(isMember.filter { $0 }.count)
        let others = Double(isMember.count) - members
        let high = (members + 1) / (members + 2)
        let low = 1 / (others + 2)
        let scores = probabilities.map(logOdds)
        let targets = isMember.map { $0 ? high : low }
        var slope = 0.0
        var offset = Elementary.log((members + 1) / (others + 1))
        var loss = loss(scores, targets, slope, offset)
        for _ in 0..<100 {
            var (g1, g2, h11, h22, h12) = (0.0, 0.0, 1e-12, 1e-12, 0.0)
            for (score, target) in zip(scores, targets) {
                let probability = Elementary.logistic(slope * score + offset)
                let weight = probability * (1 - probability)
                let gap = probability - target
                g1 += gap * score
                g2 += gap
                h11 += weight * score * score
                h22 += weight
                h12 += weight * score
            }
            let determinant = h11 * h22 - h12 * h12
            guard determinant > 0, max(g1.magnitude, g2.magnitude) > 1e-9 * max(1, Double(scores.count)) else { break }
            let step = (-(h22 * g1 - h12 * g2) / determinant, -(h11 * g2 - h12 * g1) / determinant)
            var size = 1.0
            var moved = false
            while size > 1e-10 {
                let next = self.loss(scores, targets, slope + size * step.0, offset + size * step.1)
                if next < loss {
                    (slope, offset, loss, moved) = (slope + size * step.0, offset + size * step.1, next, true)
                    break
                }
                size /= 2
            }
            if !moved { break }
        }
        return .logistic(slope: slope, offset: offset)
    }

    /// Sum of log losses against soft targets.
    private static func loss(_ scores: [Double], _ targets: [Double], _ slope: Double, _ offset: Double) -> Double {
        var terms: [Double] = []
        terms.reserveCapacity(scores.count)
        for (score, target) in zip(scores, targets) {
            let value = slope * score + offset
            // log(1 + exp(-|v|)) and the part that is linear, so that nothing overflows.
            let rest = Elementary.log1p(Elementary.exp(-value.magnitude))
            terms.append(value >= 0 ? (1 - target) * value + rest : -target * value + rest)
        }
        return Sums.compensated(terms)
    }
}

/// The best growing step curve in the least squares sense, by pooling adjacent violators.
///
/// Source: Barlow, Bartholomew, Bremner and Brunk 1972, "Statistical inference under order restrictions", chapter 1.
enum IsotonicCurve {
    private struct Pool {
        var low: Double
        var high: Double
        var total: Double
        var weight: Double
        var mean: Double { total / weight }
    }

    static func curve(_ probabilities: [Double], _ isMember: [Bool]) -> ProbabilityCalibration.Curve {
        let order = probabilities.indices.sorted { (probabilities[$0], $0) < (probabilities[$1], $1) }
        var pools: [Pool] = []
        for row in order {
            let value = probabilities[row]
            let hit = isMember[row] ? 1.0 : 0
            if let last = pools.last, last.low == value, last.high == value {
                pools[pools.count - 1].total += hit
                pools[pools.count - 1].weight += 1
            } else {
                pools.append(Pool(low: value, high: value, total: hit, weight: 1))
            }
        }
        var done: [Pool] = []
        for pool in pools {
            done.append(pool)
            while done.count > 1, done[done.count - 2].mean >= done[done.count - 1].mean {
                let last = done.removeLast()
                done[done.count - 1].high = last.high
                done[done.count - 1].total += last.total
                done[done.count - 1].weight += last.weight
            }
        }
        var x: [Double] = []
        var y: [Double] = []
        for pool in done {
            x.append(pool.low)
            y.append(pool.mean)
            if pool.high > pool.low {
                x.append(pool.high)
                y.append(pool.mean)
            }
        }
        return .pieces(x: x, y: y)
    }
}

extension ProbabilityCalibration {
    package func archive() -> Archive {
        var archive = Archive()
        archive.set("method", method.rawValue)
        archive["curves"] = .archives(
            curves.map { curve in
                var one = Archive()
                switch curve {
                case .logistic(let slope, let offset): one["logistic"] = .numbers([slope, offset])
                case .pieces(let x, let y):
                    one["x"] = .numbers(x)
                    one["y"] = .numbers(y)
                }
                return one
            })
        return archive
    }

    /// - Throws: R0590 for damaged data.
    package init(archive: Archive) throws {
        guard let method = Method(rawValue: try archive.word("method")) else {
            throw Fault(
                "R0590", "the saved calibration is of an unknown kind", remedy: "read it with a newer Rondo, or choose and deploy again")
        }
        self.method = method
        curves = try archive.archives("curves").map { one in
            if one["logistic"] != nil {
                let numbers = try one.numbers("logistic")
                guard numbers.count == 2, numbers.allSatisfy(\.isFinite) else { throw ProbabilityCalibration.damaged }
                return .logistic(slope: numbers[0], offset: numbers[1])
            }
            let (x, y) = (try one.numbers("x"), try one.numbers("y"))
            guard !x.isEmpty, x.count == y.count, (x + y).allSatisfy(\.isFinite), zip(x, x.dropFirst()).allSatisfy({ $0 <= $1 }) else {
                throw ProbabilityCalibration.damaged
            }
            return .pieces(x: x, y: y)
        }
        guard !curves.isEmpty else { throw ProbabilityCalibration.damaged }
    }

    private static var damaged: Fault {
        Fault("R0590", "the saved calibration is damaged", remedy: "the file is damaged or of another version: deploy or save it again")
    }
}
