extension ErrorCodes {
    /// Verbs that shape rows and clean text: join, append, sample, aggregate, clean.
    static let shape: [ErrorCode] = [
        ErrorCode(
            "R0750", "a table put below itself",
            "Every row would stand twice. The same file can be loaded again under a second name.",
            example: "append more", in: ["AppendVerb"]),
        ErrorCode(
            "R0751", "an axis without distances",
            "The nearest record is found along dates, times, durations or numbers, of one kind in both tables.",
            example: "cast day date", in: ["JoinNearest"]),
        ErrorCode(
            "R0752", "a distance that does not measure the axis",
            "Along dates and times the distance is a length of time, along numbers a number; it belongs to nearest.",
            example: "join rates nearest day within 7 days", in: ["JoinNearest", "JoinVerb"]),
        ErrorCode(
            "R0753", "a join without keys",
            "A join says by which columns a record belongs to a row, or along which one axis it is nearest.",
            example: "join areas by zip", in: ["JoinVerb"]),
        ErrorCode(
            "R0754", "a result named like its source",
            "The new table would take the place of the rows it is made from.",
            example: "aggregate count() by zip as areas", in: ["AggregateVerb"]),
        ErrorCode(
            "R0755", "an aggregate of nothing, or of two kinds",
            "A cell computes functions over the rows of groups, or finds pairs, or sets of values in baskets; one of the three.",
            example: "aggregate count(), mean(price) by zip", in: ["AggregateVerb", "BasketTable"]),
        ErrorCode(
            "R0756", "a cut-off without a moment",
            "The cut-off is compared with the goal's at column, or with the only date or time of the table.",
            example: "aggregate count() by zip where sold_on < 2023-01-01", in: ["AggregateSource"]),
        ErrorCode(
            "R0757", "pairs without baskets",
            "Which values lie together is asked of baskets: an order, or a customer and a day.",
            example: "aggregate pairs product basket order", in: ["AggregateVerb"]),
        ErrorCode(
            "R0758", "too many sets to count",
            "Very large baskets, or a small least, make more pairs or sets than anybody could read.",
            example: "aggregate sets product basket order least 5%", in: ["Baskets"]),
        ErrorCode(
            "R0759", "clean on something other than text",
            "Blanks, case and spelling are properties of text. cast makes text of numbers and dates.",
            example: "cast phone text", in: ["CleanStep"]),
        ErrorCode(
            "R0760", "a clean without a way",
            "The cell says which columns are to be cleaned, and not how.",
            example: "clean city trim lower", in: ["CleanVerb"]),
        ErrorCode(
            "R0761", "a sample of nothing",
            "A sample is a number of rows from 1, or a share above 0 % up to 100 %, of rows that are there.",
            example: "sample 10%", in: ["SampleVerb"]),
        ErrorCode(
            "R0762", "an empty text to exchange",
            "An empty text stands everywhere and nowhere. Gaps are filled by impute.",
            example: "impute city with \"unknown\"", in: ["CleanVerb"]),
        ErrorCode(
            "R0763", "an aggregate of no rows",
            "The condition or the cut-off leaves no row to count.",
            example: "aggregate count() by zip", in: ["AggregateSource"]),
        ErrorCode(
            "R0764", "a least that is no number of baskets",
            "least is a number of baskets from 1, or a share of them.",
            example: "aggregate pairs product basket order least 1%", in: ["BasketTable"]),
    ]
}
