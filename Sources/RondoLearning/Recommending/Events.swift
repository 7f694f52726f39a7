import RondoKernels

/// Rows of people who had to do with things, as codes.
struct Events: Sendable {
    /// Everybody and everything that occurs in a row that counts, in the order in which ties are decided.
    let users: [String]
    let items: [String]
    /// One a row that counts: who, with what, and how strongly (0: seen, not liked).
    let user: [Int32]
    let item: [Int32]
    let strength: [Double]
    /// The row each was.
    let row: [Int]

    /// Rows without a person or thing, and those of weight 0, are left out: they say nothing.
    ///
    /// - Throws: R0461 unless the first two features are categories, R0515 without a row that counts, R0519 for a strength that is not
    ///   finite, else as `requireRows`.
    init(_ data: TrainingData) throws {
        try data.requireRows()
        let strengths = try data.numberTarget(of: "a recommender")
        let (people, peopleLevels) = try Events.codes(data.features, 0, "person")
        let (things, thingLevels) = try Events.codes(data.features, 1, "thing")
        let weights = data.weights
        let rows = strengths.indices.filter { people[$0] >= 0 && things[$0] >= 0 && (weights?[$0] ?? 1) > 0 }
        guard !rows.isEmpty else {
            throw Fault("R0515", "no row has a person and a thing: there is nothing to learn from", remedy: "count")
        }
        row = rows
        (users, user) = Events.named(rows.map { people[$0] }, levels: peopleLevels)
        (items, item) = Events.named(rows.map { things[$0] }, levels: thingLevels)
        strength = rows.map { max(strengths[$0], 0) * (weights?[$0] ?? 1) }
    }

    /// Codes and levels of the feature at a place; codes outside the levels are missing.
    static func codes(_ features: Features, _ place: Int, _ role: String) throws -> (codes: [Int32], levels: [String]) {
        guard features.features.count > place, case .categories(let codes, let levels) = features.features[place].values else {
            throw Fault(
                "R0461", "a recommender needs to know who had to do with what: the \(role) is not a column of names",
                remedy: "goal recommend movie to user")
        }
        return (codes.map { Int($0) < levels.count ? $0 : -1 }, levels)
    }

    /// The names that occur, in the order of ties, and each row's place among them.
    private static func named(_ codes: [Int32], levels: [String]) -> (names: [String], places: [Int32]) {
        var occurs = [Bool](repeating: false, count: levels.count)
        for code in codes { occurs[Int(code)] = true }
        let used = levels.indices.filter { occurs[$0] }
        let names = NameOrder.sorted(used.map { levels[$0] })
        var place: [String: Int32] = [:]
        for (index, name) in names.enumerated() { place[name] = Int32(truncatingIfNeeded: index) }
        let placeOfLevel = levels.map { place[$0] ?? -1 }
        return (names, codes.map { placeOfLevel[Int($0)] })
    }
}

/// The order of people and things that decides ties: by number when all names are whole numbers, else by the bytes of their text.
enum NameOrder {
    /// The different names in order.
    static func sorted(_ names: [String]) -> [String] {
        var names = names
        let numbers = names.compactMap { Int64($0) }
        if numbers.count == names.count {
            names = zip(numbers, names).sorted { $0.0 != $1.0 ? $0.0 < $1.0 : isBefore($0.1, $1.1) }.map(\.1)
        } else {
            names.sort(by: isBefore)
        }
        var known = Set<String>()
        return names.filter { known.insert($0).inserted }
    }

    static func isBefore(_ first: String, _ second: String) -> Bool { first.utf8.lexicographicallyPrecedes(second.utf8) }
}
