package import RondoFrame
package import RondoKernels
import RondoLearning

/// What a model answers on average when one column has one value in every row (Friedman 2001, section 8.2).
package struct PartialDependence: Sendable {
    package let column: String
    /// The values tried, in order.
    package let values: [Scalar]
    /// `[output][value]`: one output for numbers and for two classes (the positive one), else one a class.
    package let answers: [[Double]]
    /// Names of the outputs; empty for a number.
    package let outputs: [String]
    package let rowCount: Int

    package static let mostValues = 20
    package static let mostRows = 500

    /// - Parameters:
    ///   - rows: rows as loaded; at most `mostRows` of them are taken, evenly.
    /// - Throws: R0815 for a column that the model does not read.
    package init(_ name: String, of model: TrainedModel, rows: Frame, context: ComputeContext) throws {
        let step = max(1, (rows.rowCount + PartialDependence.mostRows - 1) / PartialDependence.mostRows)
        let sample = rows.gathering(stride(from: 0, to: rows.rowCount, by: step).map { Int32($0) })
        rowCount = sample.rowCount
        column = name
        let predictor = model.predictor
        let inner = context.with(threads: .one)
        let answered: [Predictions]
        if predictor.inputs.contains(where: { $0.name == name }), let column = rows[name] {
            let tried = PartialDependence.values(of: column)
            values = tried
            answered = try Parallel.map(tried.count, context: context) { index in
                var changed = sample
                try changed.set(name, .scalars(Array(repeating: tried[index], count: sample.rowCount), type: column.type))
                return try predictor.predict(changed, context: inner)
            }
        } else {
            let features = try predictor.features(of: sample, context: context)
            guard let place = features.names.firstIndex(of: name), case .numbers(let numbers) = features.features[place].values else {
                throw Fault(
                    "R0815", "\(model.name) does not read \(name)",
                    remedy: "name one of \(predictor.inputs.map(\.name).prefix(8).joined(separator: ", "))", subject: name)
            }
            let tried = PartialDependence.values(of: .numbers(numbers))
            values = tried
            answered = try Parallel.map(tried.count, context: context) { index in
                var list = features.features
                list[place].values = .numbers(Array(repeating: tried[index].number ?? .nan, count: features.rowCount))
                let answers = try predictor.predictions(of: Features(list, rowCount: features.rowCount), context: inner)
                return predictor.decision?.applied(to: answers) ?? answers
            }
        }
        let classes = model.target.classes
        outputs = classes.count == 2 ? [classes[1]] : classes
        answers = PartialDependence.means(answered)
    }

    private static func means(_ answered: [Predictions]) -> [[Double]] {
        func mean(_ values: [Double]) -> Double { values.isEmpty ? .nan : Sums.compensated(values) / Double(values.count) }
        var result: [[Double]] = []
        for one in answered {
            let columns: [[Double]]
            switch one {
            case .numbers(let values): columns = [values]
            case .probabilities(let all, _): columns = all.count == 2 ? [all[1]] : all
            }
            if result.isEmpty { result = columns.map { _ in [] } }
            for (index, column) in columns.enumerated() where index < result.count { result[index].append(mean(column)) }
        }
        return result
    }

    /// Quantiles of numbers and dates, the most frequent words.
    static func values(of column: Column) -> [Scalar] {
        if column.type.isNumeric || column.type.isMoment {
            let numbers = column.numbers()
            let order = numbers.indices.filter { !numbers[$0].isNaN }.sorted { (numbers[$0], $0) < (numbers[$1], $1) }
            guard !order.isEmpty else { return [] }
            var places: [Int] = []
            for step in 0..<mostValues {
                let place = order[step * (order.count - 1) / (mostValues - 1)]
                if places.last.map({ numbers[$0] < numbers[place] }) ?? true { places.append(place) }
            }
            return places.map { column[$0] }
        }
        let factor = column.factor()
        var counts = Array(repeating: 0, count: factor.words.count)
        var first = Array(repeating: -1, count: factor.words.count)
        for (row, code) in factor.codes.enumerated() where code >= 0 {
            counts[Int(code)] += 1
            if first[Int(code)] < 0 { first[Int(code)] = row }
        }
        return counts.indices.filter { counts[$0] > 0 }.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(mostValues).map {
            column[first[$0]]
        }
    }
}
