package import RondoKernels
package import RondoReport

/// Training rows, and how the nearest of them answer.
package struct KNNModel: FittedModel {
    package static let familyName = "knn"

    struct Settings: Sendable {
        let names: [String]
        let neighbours: Int
        let weighsByDistance: Bool
        let measure: NearestPoints.Measure
    }
    let settings: Settings
    let rows: RowMatrix
    /// Case weights above 0, nil for 1 each.
    let weights: [Double]?
    let answers: TargetValues
    private let points: NearestPoints

    /// Builds what the search needs from the rows.
    init(_ settings: Settings, rows: RowMatrix, weights: [Double]?, answers: TargetValues, context: ComputeContext) throws {
        self.settings = settings
        self.rows = rows
        self.weights = weights
        self.answers = answers
        points = try NearestPoints(rows, weights: weights, neighbours: settings.neighbours, measure: settings.measure, context: context)
    }

    package func predict(_ features: Features, context: ComputeContext) throws -> Predictions {
        let queries = RowMatrix(try DesignMatrix(features, trainedOn: settings.names))
        switch answers {
        case .numbers(let values):
            return .numbers(
                try points.search(queries, reach: Double(settings.neighbours), context: context) { list in
                    var (mean, total) = (0.0, 0.0)
                    for (row, weight) in zip(list.rows, votes(list)) {
                        total += weight
                        mean += weight / total * (values[Int(row)] - mean)
                    }
                    return mean
                })
        case .classes(let codes, let names):
            let shares = try points.search(queries, reach: Double(settings.neighbours), context: context) { list in
                var shares = [Double](repeating: 0, count: names.count)
                for (row, weight) in zip(list.rows, votes(list)) { shares[Int(codes[Int(row)])] += weight }
                let total = shares.reduce(0, +)
                return shares.map { $0 / total }
            }
            return .probabilities(names.indices.map { place in shares.map { $0[place] } }, names: names)
        }
    }

    /// How much each neighbour counts, all above 0; neighbours that count nothing are left out at the end.
    private func votes(_ list: NearestList) -> [Double] {
        var left = Double(settings.neighbours)
        var votes = list.rows.map { row in
            let weight = min(weights?[Int(row)] ?? 1, left)
            left -= weight
            return weight
        }
        guard settings.weighsByDistance, let nearest = list.distances.first else { return votes }
        let isSquared = settings.measure == .euclidean
        // Relative to the nearest one: 1 for it, and no overflow. At distance 0, or beyond all numbers, ties count alike.
        for (place, distance) in list.distances.enumerated() {
            guard distance > nearest else { continue }
            guard nearest > 0, distance.isFinite else { return Array(votes[..<place]) }
            let ratio = nearest / distance
            votes[place] *= isSquared ? ratio.squareRoot() : ratio
        }
        return votes
    }

    // MARK: Reading

    package var readable: String { "\(settings.neighbours) nearest of \(NumberText.count(rows.rowCount)) rows" }

    package var learned: [TableBlock] {
        let kept = TableBlock(
            caption: "what it asks", columns: [.init("name", "text", .plain), .init("value", "text", .plain)],
            rows: [
                [.text("neighbors"), .text(String(settings.neighbours))],
                [.text("counted"), .text(settings.weighsByDistance ? "by one over the distance" : "alike")],
                [.text("distance"), .text(settings.measure.rawValue)],
                [.text("training rows kept"), .text(String(rows.rowCount))],
            ])
        let columns = settings.names.enumerated().map { column, name -> [Scalar] in
            let values = (0..<rows.rowCount).map { rows.values[$0 * rows.width + column] }
            let (least, greatest) = values.reduce((Double.infinity, -Double.infinity)) { (min($0.0, $1), max($0.1, $1)) }
            return [.text(name), Scalar(least), Scalar(Sums.compensated(values) / Double(values.count)), Scalar(greatest)]
        }
        let space = TableBlock(
            caption: "the rows it keeps, as it measures them",
            columns: [
                .init("column", "text", .plain), .init("least", "number"), .init("mean", "number"), .init("greatest", "number"),
            ], rows: columns)
        return [kept] + (columns.isEmpty ? [] : [space])
    }

    package func archive() -> Archive {
        var archive = Archive()
        archive["names"] = .words(settings.names)
        archive.set("neighbors", settings.neighbours)
        archive.set("by_distance", settings.weighsByDistance ? 1 : 0)
        archive.set("distance", settings.measure.rawValue)
        archive["rows"] = .numbers(rows.values)
        archive["weights"] = .numbers(weights ?? [])
        switch answers {
        case .numbers(let values):
            archive["target"] = .numbers(values)
            archive["classes"] = .words([])
        case .classes(let codes, let names):
            archive["target"] = .codes(codes)
            archive["classes"] = .words(names)
        }
        return archive
    }

    /// - Throws: R0590 for damaged data.
    init(from archive: Archive) throws {
        let names = try archive.words("names")
        let classes = try archive.words("classes")
        let neighbours = try archive.integer("neighbors")
        let answers: TargetValues
        if classes.isEmpty {
            answers = .numbers(try archive.numbers("target"))
        } else {
            let codes = try archive.codes("target")
            try archive.require(codes.allSatisfy { $0 >= 0 && Int($0) < classes.count }, "target")
            answers = .classes(codes, names: classes)
        }
        let count = answers.count
        let (cells, overflow) = count.multipliedReportingOverflow(by: names.count)
        try archive.require(count > 0 && !overflow, "target")
        let values = try archive.numbers("rows", count: cells)
        try archive.require(values.allSatisfy(\.isFinite), "rows")
        let weights = try archive.numbers("weights")
        try archive.require(weights.isEmpty || (weights.count == count && weights.allSatisfy { $0 > 0 && $0.isFinite }), "weights")
        let total = weights.isEmpty ? Double(count) : weights.reduce(0, +)
        try archive.require(neighbours >= 1 && Double(neighbours) <= total * (1 + 1e-9), "neighbors")
        guard let measure = NearestPoints.Measure(rawValue: try archive.word("distance")) else { throw Archive.damaged("distance") }
        try self.init(
            Settings(
                names: names, neighbours: neighbours, weighsByDistance: try archive.integer("by_distance") != 0, measure: measure),
            rows: RowMatrix(values: values, rowCount: count, width: names.count), weights: weights.isEmpty ? nil : weights,
            answers: answers, context: .quiet)
    }
}
