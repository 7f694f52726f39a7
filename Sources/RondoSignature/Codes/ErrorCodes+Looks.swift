extension ErrorCodes {
    /// Looks at the data: what a table of links, a list of counts or a chart needs.
    static let looks: [ErrorCode] = [
        ErrorCode(
            "R0670", "a look at private values",
            "Groups, charts and examples would show values of a column that source or a data dictionary calls private, or of one made of it. Rows may be counted by conditions on it; the values leave only by an export that says so.",
            example: "export sales to \"sales.csv\" including private", in: ["Context+Expressions"]),
        ErrorCode(
            "R0671", "names of columns made of private values",
            "A column for each level or word would carry the values in its name. Hashing makes columns that tell nothing.",
            example: "encode email hashing", in: ["EncodeVerb", "SourceVerb"]),
        ErrorCode(
            "R0770", "a correlation of fewer than two columns",
            "Identifiers, long texts and constant columns are left out unless they are named.",
            example: "correlate price, sqft", in: ["CorrelateVerb"]),
        ErrorCode(
            "R0771", "a correlation of too many columns",
            "Each column stands beside each other one. With one column against all there is one line a column.",
            example: "correlate with price", in: ["CorrelateVerb"]),
        ErrorCode(
            "R0772", "an order without groups",
            "One count has no order. The clause `by` makes groups.",
            example: "count by type sort rows descending", in: ["CountVerb"]),
        ErrorCode(
            "R0773", "a box plot without numbers or with two kinds of groups",
            "Each box is about numbers; its groups come from `by`, from `over`, or from one column of words.",
            example: "plot price by type kind box", in: ["BoxMaking"]),
    ]
}
