/// Which rows of a long table a page shows: the first and last, with one gap between.
enum RowThinning {
    /// Row numbers, nil where rows are left out; all rows when there are no more than the limit.
    static func rows(of count: Int, limit: Int) -> [Int?] {
        guard count > limit, limit > 1 else { return Array(0..<count) }
        let head = (limit + 1) / 2
        return Array(0..<head) + [nil] + Array((count - (limit - head))..<count)
    }
}
