import RondoKernels

/// The people or the items whose products are inverted: those with a liked pair, of the kind that has fewer.
struct EASESide: Sendable {
    let isOfItems: Bool
    /// The place of each person, or item, in the matrix; -1 for one without a liked pair.
    let places: [Int32]
    let order: Int
    /// Who liked each item, as places among the people of the matrix; without rows for a matrix of items.
    let likers: PairRows
    /// What each of them liked, or who liked it.
    private let pairs: PairRows
    private let turned: PairRows

    init(_ interactions: Interactions) {
        let people = interactions.liked
        let items = people.transposed()
        let occupied = [people, items].map { rows in (0..<rows.rowCount).count { !rows.places(of: $0).isEmpty } }
        isOfItems = occupied[1] <= occupied[0]
        (pairs, turned) = isOfItems ? (items, people) : (people, items)
        order = isOfItems ? occupied[1] : occupied[0]
        var next: Int32 = 0
        let places = (0..<pairs.rowCount).map { [pairs] row -> Int32 in
            guard !pairs.places(of: row).isEmpty else { return -1 }
            next += 1
            return next - 1
        }
        self.places = places
        likers =
            isOfItems
            ? PairRows(starts: [0], columns: [], values: [], columnCount: 0)
            : PairRows(starts: items.starts, columns: items.columns.map { places[Int($0)] }, values: items.values, columnCount: order)
    }

    /// How many pairs each two of them share, with the penalty on the diagonal.
    func products(penalty: Double, context: ComputeContext) throws -> Matrix {
        let rows = places.indices.filter { places[$0] >= 0 }
        return try Matrix(rows: order, columns: order, context: context) { column, values in
            for other in pairs.columns(of: rows[column]) {
                for row in turned.columns(of: Int(other)) { values[Int(places[Int(row)])] += 1 }
            }
            values[column] += penalty
        }
    }
}
