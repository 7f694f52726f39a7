import RondoKernels

/// The target of boosting: numbers brought near 1 or class indices, and the loss that they are learned by.
struct BoostingTarget: Sendable {
    /// A number or a class a row; classes as they were given, without a copy.
    enum Values: Sendable {
        case numbers([Double])
        case classes([Int32])

        var count: Int {
            switch self {
            case .numbers(let numbers): numbers.count
            case .classes(let classes): classes.count
            }
        }

        subscript(row: Int) -> Double {
            switch self {
            case .numbers(let numbers): numbers[row]
            case .classes(let classes): Double(classes[row])
            }
        }
    }

    let loss: BoostingLoss
    let values: Values
    /// What scores must be multiplied with to be in the units of the target.
    let unit: Double
    let classNames: [String]

    var link: BoostingModel.Link {
        switch loss {
        case .squared, .absolute, .quantile: .identity
        case .poisson: .exponential
        case .logistic: .logistic
        case .softmax: .softmax
        }
    }

    /// - Throws: R0790 for a loss that does not fit the target, R0791 for a negative number with `loss poisson`, else as the checks of
    ///   the target.
    init(_ data: TrainingData, loss name: String?, level: Double) throws {
        switch data.target {
        case .numbers:
            let numbers = try data.numberTarget(of: "boost")
            switch name ?? "squared" {
            case "squared": loss = .squared
            case "absolute": loss = .absolute
            case "quantile": loss = .quantile(level)
            case "poisson": loss = .poisson
            default: throw BoostingTarget.unfit(name ?? "", "classes, and the target is a number", remedy: "fit boost loss squared")
            }
            classNames = []
            guard loss != .poisson else {
                if let row = numbers.firstIndex(where: { $0 < 0 }) {
                    throw Fault(
                        "R0791", "loss poisson is for counts, and the target is negative in row \(row + 1)",
                        remedy: "fit boost loss squared",
                        subject: "poisson")
                }
                values = .numbers(numbers)
                unit = 1
                return
            }
            let scale = ColumnSpread.scale(bringingToOne: numbers.reduce(0) { max($0, $1.magnitude) })
            values = .numbers(numbers.map { $0 * scale })
            unit = scale > 0 ? 1 / scale : 0
        case .classes:
            let (codes, names) = try data.classTarget(of: "boost")
            if let name, name != "logistic" {
                throw BoostingTarget.unfit(name, "numbers, and the target has classes", remedy: "fit boost loss logistic")
            }
            loss = names.count == 2 ? .logistic : .softmax(names.count)
            values = .classes(codes)
            unit = 1
            classNames = names
        }
    }

    private static func unfit(_ loss: String, _ problem: String, remedy: String) -> Fault {
        Fault("R0790", "loss \(loss) is for \(problem)", remedy: remedy, subject: loss)
    }

    /// The best constant score, one a class for several classes.
    func base(_ weights: [Double]?) -> [Double] {
        func weight(_ row: Int) -> Double { weights?[row] ?? 1 }
        let total = Sums.compensated(values.count, weight)
        switch loss {
        case .squared: return [mean(weights, total)]
        case .absolute, .quantile:
            return [WeightedQuantile.of((0..<values.count).map { (values[$0], weight($0)) }, loss.leafQuantile ?? 0.5)]
        case .poisson:
            let mean = mean(weights, total)
            return [mean > 0 ? Elementary.log(mean) : -700]
        case .logistic:
            let share = mean(weights, total)
            let inside = min(max(share, 1e-9), 1 - 1e-9)
            return [Elementary.log(inside / (1 - inside))]
        case .softmax(let count):
            var sums = [Double](repeating: 0, count: count)
            for row in 0..<values.count { sums[Int(values[row])] += weight(row) }
            // A class without rows starts far below the others.
            return sums.map { Elementary.log(max($0 / total, 1e-9)) }
        }
    }

    private func mean(_ weights: [Double]?, _ total: Double) -> Double {
        // Distances from the first value keep the digits of a target far from 0.
        let first = values.count > 0 ? values[0] : 0
        return first + Sums.compensated(values.count) { (values[$0] - first) * (weights?[$0] ?? 1) } / total
    }
}
