package import RondoKernels

/// Who had to do with what, once a pair.
package struct Interactions: Sendable {
    /// In the order that decides ties: by number when all are whole numbers, else by the bytes of their text.
    package let users: [String]
    package let items: [String]
    /// The items of each user, liked or not; every value is 1.
    package let seen: PairRows
    /// The items each user liked, with the strengths of equal pairs added.
    package let liked: PairRows
    /// The added strengths of each item: what is answered to somebody of whom nothing is known.
    package let popularity: [Double]
    private let userPlaces: [String: Int32]
    private let itemPlaces: [String: Int32]

    /// - Throws: R0461 unless the first two features are the person and the thing, R0462 when nothing was liked, R0515 without rows, R0519
    ///   for a strength that is not finite.
    package init(_ data: TrainingData) throws { try self.init(try Events(data)) }

    init(_ events: Events) throws {
        // By strength first: equal pairs add up to the same bits in whatever order the rows come.
        let order = Sorting.order(
            keys: zip(events.user, events.item).map { UInt64(UInt32(bitPattern: $0)) << 32 | UInt64(UInt32(bitPattern: $1)) },
            startingFrom: Sorting.order(events.strength))
        let merged = Interactions.merged(events, order)
        let likes = merged.values.map { $0 > 0 }
        self.init(
            users: events.users, items: events.items, seen: merged.with(values: [Double](repeating: 1, count: merged.values.count)),
            liked: Interactions.kept(merged, likes))
        guard !liked.columns.isEmpty else {
            throw Fault(
                "R0462", "none of the \(merged.columns.count) pairs of a person and a thing was liked: there is nothing to recommend by",
                remedy: "goal recommend movie to user rated rating liked when rating >= 4")
        }
    }

    private init(users: [String], items: [String], seen: PairRows, liked: PairRows) {
        self.users = users
        self.items = items
        self.seen = seen
        self.liked = liked
        popularity = liked.columnSums
        userPlaces = Interactions.places(users)
        itemPlaces = Interactions.places(items)
    }

    private static func places(_ names: [String]) -> [String: Int32] {
        var places = [String: Int32](minimumCapacity: names.count)
        for (place, name) in names.enumerated() { places[name] = Int32(truncatingIfNeeded: place) }
        return places
    }

    /// One pair for all events of it, in an order of the events by user and item.
    private static func merged(_ events: Events, _ order: [Int]) -> PairRows {
        var starts = [Int](repeating: 0, count: events.users.count + 1)
        var (columns, values): ([Int32], [Double]) = ([], [])
        var last: (user: Int32, item: Int32) = (-1, -1)
        for event in order {
            let pair = (events.user[event], events.item[event])
            if pair == last {
                values[values.count - 1] += events.strength[event]
            } else {
                columns.append(pair.1)
                values.append(events.strength[event])
                starts[Int(pair.0) + 1] = columns.count
                last = pair
            }
        }
        return PairRows(starts: starts, columns: columns, values: values, columnCount: events.items.count)
    }

    /// Some of the pairs.
    private static func kept(_ pairs: PairRows, _ isKept: [Bool]) -> PairRows {
        var starts = [0]
        var (columns, values): ([Int32], [Double]) = ([], [])
        for row in 0..<pairs.rowCount {
            for place in pairs.places(of: row) where isKept[place] {
                columns.append(pairs.columns[place])
                values.append(pairs.values[place])
            }
            starts.append(columns.count)
        }
        return PairRows(starts: starts, columns: columns, values: values, columnCount: pairs.columnCount)
    }

    // MARK: Asking

    package func userIndex(_ name: String) -> Int? { userPlaces[name].map { Int($0) } }

    package func itemIndex(_ name: String) -> Int? { itemPlaces[name].map { Int($0) } }

    /// What a user liked; empty for one who is not there.
    package func history(of user: Int) -> History {
        History(ascending: Array(liked.columns(of: user)), strengths: Array(liked.values(of: user)))
    }

    /// What a new person liked; items that are not there are left out.
    package func history(of pairs: [(item: String, strength: Double)]) -> History {
        History(pairs.compactMap { pair in itemPlaces[pair.item].map { ($0, pair.strength) } })
    }

    /// Throws R0514 for a history of items that are not there.
    func require(_ history: History) throws {
        guard history.items.allSatisfy({ $0 >= 0 && Int($0) < items.count }), history.items.count == history.strengths.count else {
            throw Fault("R0514", "the history names items that the model does not have", remedy: "run the fit again on this table")
        }
    }

    /// Throws R0514 for an item that is not there.
    func require(item: Int) throws {
        guard items.indices.contains(item) else {
            throw Fault("R0514", "there is no item number \(item)", remedy: "run the fit again on this table")
        }
    }

    // MARK: Saving

    package func archive() -> Archive {
        var archive = Archive()
        archive["users"] = .words(users)
        archive["items"] = .words(items)
        var pairs = seen.archive()
        pairs["values"] = nil
        archive.set("seen", pairs)
        archive.set("liked", liked.archive())
        return archive
    }

    /// - Throws: R0590 for damaged data.
    package init(from archive: Archive) throws {
        let users = try archive.words("users")
        let items = try archive.words("items")
        try archive.require(!users.isEmpty && NameOrder.sorted(users) == users && users.count <= Int32.max, "users")
        try archive.require(!items.isEmpty && NameOrder.sorted(items) == items && items.count <= Int32.max, "items")
        var pairs = try archive.archive("seen")
        pairs["values"] = .numbers([Double](repeating: 1, count: try pairs.codes("columns").count))
        let seen = try PairRows(from: pairs, rowCount: users.count, columnCount: items.count)
        let liked = try PairRows(from: try archive.archive("liked"), rowCount: users.count, columnCount: items.count)
        try archive.require(!liked.values.isEmpty && liked.values.allSatisfy { $0 > 0 }, "liked")
        try archive.require(
            users.indices.allSatisfy { user in Set(seen.columns(of: user)).isSuperset(of: liked.columns(of: user)) }, "liked")
        self.init(users: users, items: items, seen: seen, liked: liked)
    }
}
