package import RondoKernels
package import RondoReport

/// Class shares and the distribution of each column inside each class.
package struct NaiveBayesModel: FittedModel {
    package static let familyName = "naive_bayes"

    /// What a number column says.
    struct Normal: Sendable {
        /// The largest magnitude in training: means and variances are of values divided by it.
        let scale: Double
        /// One a class; none for a column that says nothing.
        let means: [Double]
        let variances: [Double]
    }
    /// What a category column says.
    struct Shares: Sendable {
        let levels: [String]
        /// `[class][level]`, each class adds up to 1.
        let shares: [[Double]]
    }
    enum Evidence: Sendable {
        case normal(Normal)
        case shares(Shares)
    }

    let names: [String]
    let classNames: [String]
    let classShares: [Double]
    /// One a feature.
    let evidence: [Evidence]

    private static let chunkSize = 4096

    package func predict(_ features: Features, context: ComputeContext) throws -> Predictions {
        try features.requireNames(names)
        let start = classShares.map { Elementary.log($0) }
        let columns = try zip(features.features, evidence).map { try Column($0, $1, classCount: classNames.count) }
        let chunks = try Parallel.mapChunks(count: features.rowCount, chunkSize: Self.chunkSize, context: context) { _, rows in
            var logs = start.map { [Double](repeating: $0, count: rows.count) }
            for column in columns { column.add(to: &logs, rows: rows) }
            Self.normalise(&logs)
            return logs
        }
        let whole = classNames.indices.map { index in chunks.flatMap { $0[index] } }
        return .probabilities(whole, names: classNames)
    }

    /// Logarithms up to a common constant become chances that add up to 1.
    private static func normalise(_ logs: inout [[Double]]) {
        for row in logs[0].indices {
            let largest = logs.reduce(-Double.infinity) { max($0, $1[row]) }
            var total = 0.0
            for place in logs.indices {
                // A class without a row, and so without a share, stays impossible.
                let chance = largest == -.infinity ? 1 : Elementary.exp(logs[place][row] - largest)
                logs[place][row] = chance
                total += chance
            }
            for place in logs.indices { logs[place][row] /= total }
        }
    }

    /// A column of rows to answer, with the logarithms of what its values say.
    private enum Column {
        case silent
        case numbers([Double], scale: Double, means: [Double], constants: [Double], factors: [Double])
        /// `[class][code]`
        case codes([Int32], logs: [[Double]])

        init(_ feature: Features.Feature, _ evidence: Evidence, classCount: Int) throws {
            switch (feature.values, evidence) {
            case (.numbers(let values), .normal(let normal)):
                guard !normal.means.isEmpty else {
                    self = .silent
                    return
                }
                self = .numbers(
                    values, scale: normal.scale, means: normal.means, constants: normal.variances.map { -Elementary.log($0) / 2 },
                    factors: normal.variances.map { -1 / (2 * $0) })
            case (.categories(let codes, let levels), .shares(let known)):
                let places = Dictionary(known.levels.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
                let logs = known.shares.map { line in levels.map { level in places[level].map { Elementary.log(line[$0]) } ?? 0 } }
                self = .codes(codes, logs: logs)
            default:
                throw Fault(
                    "R0514", "\(feature.name) is of another kind than in training", remedy: "run the fit again on this table",
                    subject: feature.name)
            }
        }

        /// Adds the logarithms of one chunk of rows.
        func add(to logs: inout [[Double]], rows: Range<Int>) {
            switch self {
            case .silent: break
            case .numbers(let values, let scale, let means, let constants, let factors):
                for place in logs.indices {
                    for (offset, row) in rows.enumerated() where values[row].isFinite {
                        let distance = values[row] / scale - means[place]
                        logs[place][offset] += constants[place] + factors[place] * distance * distance
                    }
                }
            case .codes(let codes, let words):
                for place in logs.indices {
                    for (offset, row) in rows.enumerated() where codes[row] >= 0 { logs[place][offset] += words[place][Int(codes[row])] }
                }
            }
        }
    }

    // MARK: Reading

    package var readable: String { "means and shares" }

    package var learned: [TableBlock] {
        var numbers: [[Scalar]] = []
        var words: [[Scalar]] = []
        for (name, evidence) in zip(names, evidence) {
            switch evidence {
            case .normal(let normal):
                for (place, mean) in normal.means.enumerated() {
                    let deviation = normal.variances[place].squareRoot() * normal.scale
                    numbers.append([.text(name), .text(classNames[place]), Scalar(mean * normal.scale), Scalar(deviation)])
                }
            case .shares(let known):
                for (level, word) in known.levels.enumerated() {
                    for (place, line) in known.shares.enumerated() {
                        words.append([.text(name), .text(word), .text(classNames[place]), Scalar(line[level])])
                    }
                }
            }
        }
        let classes = TableBlock(
            caption: "share of each class", columns: [.init("class", "text", .plain), .init("share", "number", .percent)],
            rows: zip(classNames, classShares).map { [.text($0), Scalar($1)] })
        let means = TableBlock(
            caption: "numbers inside each class",
            columns: [.init("column", "text", .plain), .init("class", "text", .plain), .init("mean", "number"), .init("sd", "number")],
            rows: numbers)
        let shares = TableBlock(
            caption: "levels inside each class",
            columns: [
                .init("column", "text", .plain), .init("level", "text", .plain), .init("class", "text", .plain),
                .init("share", "number", .percent),
            ], rows: words)
        return [classes] + [means, shares].filter { !$0.rows.isEmpty }
    }

    package func archive() -> Archive {
        var archive = Archive()
        archive["names"] = .words(names)
        archive["classes"] = .words(classNames)
        archive["class_shares"] = .numbers(classShares)
        archive["evidence"] = .archives(
            evidence.map { evidence in
                var entry = Archive()
                switch evidence {
                case .normal(let normal):
                    entry.set("scale", normal.scale)
                    entry["means"] = .numbers(normal.means)
                    entry["variances"] = .numbers(normal.variances)
                case .shares(let known):
                    entry["levels"] = .words(known.levels)
                    entry["shares"] = .numbers(Array(known.shares.joined()))
                }
                return entry
            })
        return archive
    }

    init(names: [String], classNames: [String], classShares: [Double], evidence: [Evidence]) {
        self.names = names
        self.classNames = classNames
        self.classShares = classShares
        self.evidence = evidence
    }

    /// - Throws: R0590 for damaged data.
    init(from archive: Archive) throws {
        names = try archive.words("names")
        let classes = try archive.words("classes")
        try archive.require(classes.count >= 2, "classes")
        classNames = classes
        classShares = try archive.numbers("class_shares", count: classes.count)
        evidence = try archive.archives("evidence").map { entry in
            guard entry["levels"] != nil else {
                let means = try entry.numbers("means")
                try entry.require(means.isEmpty || means.count == classes.count, "means")
                let scale = try entry.number("scale")
                try entry.require(scale > 0, "scale")
                return .normal(Normal(scale: scale, means: means, variances: try entry.numbers("variances", count: means.count)))
            }
            let levels = try entry.words("levels")
            let flat = try entry.numbers("shares", count: classes.count * levels.count)
            return .shares(
                Shares(levels: levels, shares: classes.indices.map { Array(flat[$0 * levels.count..<($0 + 1) * levels.count]) }))
        }
        try archive.require(evidence.count == names.count, "evidence")
    }
}
