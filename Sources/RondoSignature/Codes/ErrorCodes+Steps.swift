extension ErrorCodes {
    /// A learned step of preparation cannot do what the cell asks.
    static let steps: [ErrorCode] = [
        ErrorCode(
            "R0710", "nothing to measure nearness by",
            "The nearest rows are found by other columns than the one whose gaps they fill.",
            example: "impute sqft nearest by bedrooms, type", in: ["FittedNearestImpute"]),
        ErrorCode(
            "R0711", "neighbors outside of their limits",
            "From one to a thousand of the nearest rows fill a gap; five is usual.",
            example: "impute sqft nearest neighbors 5", in: ["ImputeVerb"]),
        ErrorCode(
            "R0712", "no column that says which rows are alike",
            "Every other column names rows, is constant or contains the target. A method that needs no other columns works.",
            example: "impute sqft median", in: ["ComparableColumns"]),
        ErrorCode(
            "R0713", "outliers in every row",
            "The limits would drop every row. Marking shows which values are meant; wider limits keep more.",
            example: "outliers sqft robust limits 5 action mark", in: ["OutliersVerb"]),
        ErrorCode(
            "R0714", "limits that no outlier can have",
            "quantile takes two quantiles or a number of quartile distances, robust a z score or two, forest a score between 0 and 1.",
            example: "outliers sqft quantile limits 1%..99%", in: ["OutlierReading"]),
        ErrorCode(
            "R0715", "labels that do not fit the bands",
            "Every band has one label of its own: the first lies below the first edge, the last from the last edge on.",
            example: "bin sqft bands [1000, 2000] labels [\"small\", \"middle\", \"large\"]", in: ["BinStep", "BinVerb"]),
        ErrorCode(
            "R0716", "bands that are no bands",
            "Bands are rising edges in brackets, or how many there shall be.",
            example: "bin sqft bands 5", in: ["BinVerb"]),
        ErrorCode(
            "R0717", "a step that learns by a target that is not there",
            "The step asks which columns, cuts or rows tell of the target, so a goal must name one that the table has.",
            example: "goal predict price", in: ["GoalTarget"]),
        ErrorCode(
            "R0718", "a selection that leaves no column",
            "No column scores above the limit. top takes the best whatever they score.",
            example: "select correlation top 10", in: ["SelectVerb"]),
        ErrorCode(
            "R0719", "balance of a number",
            "Only classes can be rare or frequent. A goal with a value makes two classes of a column, cast makes a number a category.",
            example: "goal predict left = 1", in: ["BalanceStep"]),
        ErrorCode(
            "R0720", "a limit of select or balance that cannot be",
            "top is a whole number above 0, above lies where scores lie, and a ratio is above 0 and at most 1.",
            example: "select importance top 10", in: ["BalanceVerb", "SelectVerb"]),
    ]
}
