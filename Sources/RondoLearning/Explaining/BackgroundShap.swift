package import RondoKernels

/// Shapley values of any model, by asking it about rows that are put together of the explained row and of background rows.
///
/// What a column is away means: its value comes from a background row (interventional; Janzing, Minorics and Blöbaum 2020). With few
/// groups of columns every subset is asked; with many, columns are put in one after the other in random orders and in their reverse
/// (Štrumbelj and Kononenko 2014). Either way base and values add up to the output.
package struct BackgroundShap: Sendable {
    /// Values of the groups, in their order.
    package let values: ShapValues
    /// Whether every subset was asked.
    package let isExact: Bool
    /// Background rows of every subset, or random orders, each with a background row of its own.
    package let draws: Int
    /// Largest standard error of a value that was sampled; 0 when exact.
    package let standardError: Double

    /// Up to so many groups every subset is asked.
    package static let mostExactGroups = 8
    private static let exactRows = 50

    /// - Parameters:
    ///   - features: rows to explain; `background` has the same features.
    ///   - orders: pairs of a random order and its reverse, when there are too many groups for all subsets.
    ///   - predict: the model on one thread.
    /// - Throws: what `predict` throws, `Interrupted` when cancelled.
    package init(
        _ features: Features, background: Features, groups: [FeatureGroup], orders: Int, seed: UInt64, context: ComputeContext,
        predict: (Features, ComputeContext) throws -> Predictions
    ) throws {
        let inner = context.with(threads: .one)
        let background = background.rowCount > 0 ? background : features
        let isExact = groups.count <= BackgroundShap.mostExactGroups
        let plan =
            isExact
            ? Plan(subsetsOf: groups.count, rows: BackgroundShap.evenly(background.rowCount, BackgroundShap.exactRows))
            : Plan(ordersOf: groups.count, pairs: max(1, orders), background: background.rowCount, seed: seed)
        // One list of features for all answers: the explained row first, then the background.
        let all = Features.joined(features, background)
        let rows = features.rowCount
        let answers = try Parallel.map(rows, context: context) { row in
            try context.cancellation.check()
            context.progress(Progress(done: row, total: rows, label: "explained rows"))
            let mixed = BackgroundShap.mixed(all, row: row, first: rows, groups: groups, plan: plan)
            return try BackgroundShap.outputs(predict(mixed, inner))
        }
        let names = try BackgroundShap.names(predict(features.gathering(rows > 0 ? [0] : []), inner))
        let count = names.outputs.count
        var values = Array(repeating: Array(repeating: [Double](repeating: 0, count: rows), count: groups.count), count: count)
        var base = [Double](repeating: 0, count: count)
        var largest = 0.0
        for (row, answer) in answers.enumerated() {
            for output in 0..<count {
                let found = plan.values(answer[output])
                base[output] = found.base
                largest = max(largest, found.standardError)
                for group in groups.indices { values[output][group][row] = found.values[group] }
            }
        }
        self.isExact = isExact
        draws = plan.draws
        standardError = largest
        self.values = ShapValues(
            features: groups.map(\.name), outputs: names.outputs, unit: names.unit, base: base, values: values)
    }

    /// At most so many places of rows, evenly spread.
    package static func evenly(_ count: Int, _ most: Int) -> [Int] {
        let step = max(1, (count + most - 1) / max(1, most))
        return Array(stride(from: 0, to: count, by: step))
    }

    private static func names(_ predictions: Predictions) -> (outputs: [String], unit: ShapValues.Unit) {
        switch predictions {
        case .numbers: ([""], .target)
        case .probabilities(_, let names): (names.count == 2 ? [names[1]] : names, .share)
        }
    }

    private static func outputs(_ predictions: Predictions) -> [[Double]] {
        switch predictions {
        case .numbers(let values): [values]
        case .probabilities(let columns, _): columns.count == 2 ? [columns[1]] : columns
        }
    }

    /// One row for every question of the plan: groups that are in have the explained row's values, the others those of background.
    private static func mixed(_ all: Features, row: Int, first: Int, groups: [FeatureGroup], plan: Plan) -> Features {
        var list = all.features
        for (group, members) in groups.enumerated() {
            let places = plan.questions.map { Int32(truncatingIfNeeded: $0.holds(group) ? row : first + $0.background) }
            for member in members.features where list.indices.contains(member) { list[member] = list[member].gathering(places) }
        }
        return Features(list, rowCount: plan.questions.count)
    }
}

extension Features {
    /// The rows of one after those of another; both dense, with the same names, kinds and levels.
    static func joined(_ first: Features, _ second: Features) -> Features {
        Features(
            zip(first.features, second.features).map { one, other in
                switch (one.dense.values, other.dense.values) {
                case (.numbers(let values), .numbers(let more)): Feature(one.name, .numbers(values + more))
                case (.categories(let codes, let levels), .categories(let more, _)):
                    Feature(one.name, .categories(codes + more, levels: levels))
                default: one
                }
            }, rowCount: first.rowCount + second.rowCount)
    }
}

extension Features.Feature {
    /// The values at these places, all of them below the count, in this order; of a dense feature.
    fileprivate func gathering(_ places: [Int32]) -> Features.Feature {
        switch values {
        case .numbers(let values): Features.Feature(name, .numbers(places.map { values[Int($0)] }))
        case .categories(let codes, let levels): Features.Feature(name, .categories(places.map { codes[Int($0)] }, levels: levels))
        case .sparse(let sparse): Features.Feature(name, .numbers(places.map { sparse[Int($0)] }))
        }
    }
}

extension BackgroundShap {
    /// Which rows the model is asked about, and what their answers make.
    fileprivate struct Plan: Sendable {
        struct Question: Sendable {
            /// Bits of the groups that are in.
            var bits: [UInt64]
            var background: Int

            func holds(_ group: Int) -> Bool { bits[group >> 6] >> UInt64(group & 63) & 1 == 1 }
        }
        private(set) var questions: [Question] = []
        private let groupCount: Int
        /// The order in which groups come in, one a draw; empty for subsets.
        private var orders: [[Int]] = []
        let draws: Int

        init(subsetsOf count: Int, rows: [Int]) {
            groupCount = count
            draws = rows.count
            for subset in 0..<(1 << count) {
                for row in rows { questions.append(Question(bits: [UInt64(subset)], background: row)) }
            }
        }

        init(ordersOf count: Int, pairs: Int, background: Int, seed: UInt64) {
            groupCount = count
            draws = 2 * pairs
            var stream = RandomStream(seed: seed, purpose: "shapley")
            for _ in 0..<pairs where background > 0 {
                let order = stream.permutation(count)
                let row = stream.uniform(below: background)
                for one in [order, order.reversed()] {
                    orders.append(one)
                    var bits = [UInt64](repeating: 0, count: count / 64 + 1)
                    questions.append(Question(bits: bits, background: row))
                    for group in one {
                        bits[group >> 6] |= 1 << UInt64(group & 63)
                        questions.append(Question(bits: bits, background: row))
                    }
                }
            }
        }

        func values(_ answers: [Double]) -> (base: Double, values: [Double], standardError: Double) {
            orders.isEmpty ? ofSubsets(answers) : ofOrders(answers)
        }

        private func ofSubsets(_ answers: [Double]) -> (base: Double, values: [Double], standardError: Double) {
            let means = (0..<(1 << groupCount)).map { subset in
                draws == 0 ? 0 : Sums.compensated(Array(answers[subset * draws..<(subset + 1) * draws])) / Double(draws)
            }
            var weights = [Double](repeating: 1 / Double(max(1, groupCount)), count: max(1, groupCount))
            for size in 1..<max(2, groupCount) where size < groupCount {
                weights[size] = weights[size - 1] * Double(size) / Double(groupCount - size)
            }
            let values = (0..<groupCount).map { group in
                Sums.compensated(
                    means.indices.filter { $0 >> group & 1 == 0 }.map { subset in
                        weights[subset.nonzeroBitCount] * (means[subset | 1 << group] - means[subset])
                    })
            }
            return (means[0], values, 0)
        }

        private func ofOrders(_ answers: [Double]) -> (base: Double, values: [Double], standardError: Double) {
            let length = groupCount + 1
            var base = 0.0
            // Of a pair, the mean of both orders: pairs do not depend on each other.
            var pairs = [[Double]](repeating: [], count: groupCount)
            for pair in stride(from: 0, to: orders.count, by: 2) {
                var own = [Double](repeating: 0, count: groupCount)
                for draw in pair..<min(pair + 2, orders.count) {
                    base += answers[draw * length]
                    for (place, group) in orders[draw].enumerated() {
                        own[group] += (answers[draw * length + place + 1] - answers[draw * length + place]) / 2
                    }
                }
                for group in own.indices { pairs[group].append(own[group]) }
            }
            let moments = pairs.map { Moments($0) }
            let errors = moments.map { $0.count > 1 ? ($0.variance / Double($0.count)).squareRoot() : 0 }
            return (base / Double(orders.count), moments.map(\.mean), errors.max() ?? 0)
        }
    }
}
