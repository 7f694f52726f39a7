import RondoKernels

/// How strongly an item speaks for others: a row an item, the strongest links of each only.
struct ItemLinks: Sendable {
    let rows: PairRows

    /// Compares every item with those that share a row of its vector, and keeps the strongest links above 0.
    ///
    /// Costs as many products as there are pairs of entries in a column (Deshpande and Karypis 2004, ACM TOIS 22, section 4.1).
    /// - Parameters:
    ///   - vectors: a row an item, entries above 0.
    ///   - count: links kept an item.
    ///   - strength: of a link, from the two items and the product of their vectors.
    static func strongest(
        _ vectors: PairRows, count: Int, context: ComputeContext, strength: (_ item: Int, _ other: Int, _ product: Double) -> Double
    ) throws -> ItemLinks {
        let turned = vectors.transposed()
        let scratch = ScratchPool { [size = vectors.rowCount] in Products(count: size) }
        let parts = try Parallel.mapChunks(count: vectors.rowCount, chunkSize: 16, context: context) { chunk, items in
            context.progress(Progress(done: chunk * 16, total: vectors.rowCount, label: "items compared"))
            return try scratch.with { products in
                try items.map { item in
                    try context.cancellation.check()
                    products.take(of: item, vectors, turned)
                    var best = BestList(count: count)
                    for other in products.touched {
                        let value = strength(item, Int(other), products.sums[Int(other)])
                        if value > 0 { best.offer(other, value) }
                    }
                    return best.sorted.sorted { $0.place < $1.place }
                }
            }
        }
        let links = Array(parts.joined())
        var starts = [0]
        for own in links { starts.append(starts[starts.count - 1] + own.count) }
        return ItemLinks(
            rows: PairRows(
                starts: starts, columns: links.flatMap { $0.map(\.place) }, values: links.flatMap { $0.map(\.score) },
                columnCount: vectors.rowCount))
    }

    /// The products of one item's vector with those of all others.
    private final class Products {
        var sums: [Double]
        /// Items with a product, each once.
        var touched: [Int32] = []

        init(count: Int) { sums = [Double](repeating: 0, count: count) }

        func take(of item: Int, _ vectors: PairRows, _ turned: PairRows) {
            for other in touched { sums[Int(other)] = 0 }
            touched.removeAll(keepingCapacity: true)
            for place in vectors.places(of: item) {
                let value = vectors.values[place]
                for other in turned.places(of: Int(vectors.columns[place])) {
                    let column = Int(turned.columns[other])
                    // Products are above 0: what is 0 has not been touched.
                    if sums[column] == 0 { touched.append(turned.columns[other]) }
                    sums[column] += value * turned.values[other]
                }
            }
        }
    }

    // MARK: Asking

    /// The sum over the history of strength times link.
    func scores(of history: History) -> [Double] {
        var scores = [Double](repeating: 0, count: rows.columnCount)
        for (item, strength) in zip(history.items, history.strengths) {
            for place in rows.places(of: Int(item)) { scores[Int(rows.columns[place])] += strength * rows.values[place] }
        }
        return scores
    }

    /// The links of an item, 0 where there is none.
    func all(of item: Int) -> [Double] {
        var links = [Double](repeating: 0, count: rows.columnCount)
        for place in rows.places(of: item) { links[Int(rows.columns[place])] = rows.values[place] }
        return links
    }

    /// The item of a history that adds most to the score of an item, the smaller of two; nil when none adds anything.
    func reason(for item: Int, in history: History) -> Int? {
        var best: (item: Int, share: Double)?
        for (own, strength) in zip(history.items, history.strengths) where Int(own) != item {
            guard let place = rows.places(of: Int(own)).first(where: { Int(rows.columns[$0]) == item }) else { continue }
            let share = strength * rows.values[place]
            if share > best?.share ?? 0 { best = (Int(own), share) }
        }
        return best?.item
    }

    /// The strongest links of an item to others, strongest first.
    func nearest(to item: Int, count: Int) -> [(item: Int, link: Double)] {
        var best = BestList(count: count)
        for place in rows.places(of: item) where Int(rows.columns[place]) != item { best.offer(rows.columns[place], rows.values[place]) }
        return best.sorted.map { (Int($0.place), $0.score) }
    }

    // MARK: Saving

    func archive() -> Archive { rows.archive() }

    init(rows: PairRows) { self.rows = rows }

    /// - Throws: R0590 for damaged data.
    init(from archive: Archive, itemCount: Int) throws {
        rows = try PairRows(from: archive, rowCount: itemCount, columnCount: itemCount)
    }
}
