/// How the rows of the sales table as loaded are made up.
struct TownSize: Sendable {
    /// True sales, each once.
    let sales: Int
    /// Sales that are in the table twice.
    let duplicates: Int
    /// Rows that cannot be: no or negative area, a price of one dollar.
    let impossible: Int
    /// Rows without an area.
    let missing: Int

    /// Rows of the whole town as loaded: 50,000 sales, 500 duplicates, 12 impossible rows.
    static let ownRows = 50_512
    static let mostRows = 5_000_000

    /// The same shares for any number of rows; a hundred rows or more have at least one impossible one.
    init(rows: Int) {
        let half = TownSize.ownRows / 2
        duplicates = (rows * 500 + half) / TownSize.ownRows
        impossible = rows < 100 ? 0 : max(1, (rows * 12 + half) / TownSize.ownRows)
        missing = (rows + 10) / 20
        sales = rows - duplicates - impossible
    }
}
