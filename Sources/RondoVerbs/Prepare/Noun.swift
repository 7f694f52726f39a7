/// One thing or several: `1 row`, `2 rows`.
enum Noun {
    /// The word for so many: `row` for one, else the plural (with an s unless it is given).
    static func of(_ count: Int, _ one: String, _ many: String? = nil) -> String { count == 1 ? one : many ?? one + "s" }
}
