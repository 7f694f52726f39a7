extension ErrorCodes {
    /// The data do not allow what the cell asks: values, types, keys, rows.
    static let data: [ErrorCode] = [
        ErrorCode(
            "R0310", "two columns of one name",
            "A step would make a second column of this name. Another name, or a prefix for joined columns, keeps them apart.",
            example: "join areas by zip prefix \"area_\"", in: ["AggregateVerb", "Frame", "JoinStep"]),
        ErrorCode(
            "R0311", "a column that exists already",
            "The cell makes a new column, and the table has one of this name. Another name is taken, or the old column renamed.",
            example: "rename luxury as old_luxury",
            in: ["AppendVerb", "EncodeDatesStep", "EncodeHashingStep", "FlagVerb", "ImputeStep", "OutliersStep"]),
        ErrorCode(
            "R0320", "several records for one key",
            "A join adds one record to each row, so a key must stand once in the other table.",
            example: "dedupe by zip", in: ["Join", "NearestLookup"]),
        ErrorCode(
            "R0321", "keys that do not pair up",
            "Both tables need the same number of keys, in the same order.",
            example: "join areas by zip", in: ["Join", "JoinStep"]),
        ErrorCode(
            "R0322", "keys of different types",
            "A key matches only when it has one type in both tables. cast changes it in one of them.",
            example: "cast zip text", in: ["Join"]),
        ErrorCode(
            "R0323", "one column with two types",
            "Rows of two tables are put together, and a column has another type in each.",
            example: "cast zip text", in: ["AppendVerb", "Concatenation"]),
        ErrorCode(
            "R0324", "a check that does not hold",
            "The cell expected more rows to satisfy the condition than do. The data are wrong, or the expectation is.",
            example: "check price > 1 expect 95%", in: ["CheckVerb"]),
        ErrorCode(
            "R0325", "a filter that no row passes",
            "A table without rows is no use to anything after it. count shows how many rows satisfy each part of the condition.",
            example: "count where price > 1", in: ["FilterVerb"]),
        ErrorCode(
            "R0326", "a table joined with itself",
            "The other table must be another one. The same file can be loaded again under a second name.",
            example: "load demo \"house_sales\" as other", in: ["JoinVerb"]),
        ErrorCode(
            "R0327", "fewer matches than expected",
            """
            The share of rows with a record lies below what expect asks for. The keys may be written differently in the two \
            tables; standard evens out spellings.
            """,
            example: "join tax by standard(address) expect 90%", in: ["JoinVerb"]),
        ErrorCode(
            "R0330", "a date format that cannot be read",
            "A format is made of signs such as %Y, %m, %d, %H, %M and what stands between them.",
            example: "cast sold_on date format \"%d/%m/%Y\"", in: ["DateFormat"]),
        ErrorCode(
            "R0331", "a learned step on the target",
            "The step would learn from the column that is to be predicted, and change it.",
            example: "derive log_price = log(price)", in: ["EncodeReading", "StepCell"]),
        ErrorCode(
            "R0332", "a learned step grouped by the target",
            "Groups made from the target would tell the model the answer.",
            example: "impute sqft median by zip", in: ["StepCell"]),
        ErrorCode(
            "R0333", "too many groups for one chart",
            "A chart shows at most twelve groups, thirty boxes, forty rows of a heat map. Bands or another column make fewer.",
            example: "plot price by type", in: ["BoxMaking", "PlotVerb"]),
        ErrorCode(
            "R0334", "words along an axis",
            "A line or a histogram needs numbers or dates along its axis. Bars show words.",
            example: "plot type kind bars", in: ["ChartMaking"]),
        ErrorCode(
            "R0335", "a chart that lacks a column",
            "A line needs something to draw, a scatter and a heat map two columns.",
            example: "plot sqft, price kind scatter", in: ["ChartMaking", "HeatmapMaking"]),
        ErrorCode(
            "R0340", "a whole number that is too large",
            "Whole numbers reach to 9,223,372,036,854,775,807. Computing with real numbers goes further.",
            example: "derive large = number(price) * 1000", in: ["AggregateFunctions", "IntegerArithmetic"]),
        ErrorCode(
            "R0341", "a search that takes too long",
            "The pattern makes the search grow without bounds on one of the values, so it was stopped.",
            example: "count where address contains \"Street\"", in: ["SearchPattern"]),
        ErrorCode(
            "R0342", "searching is not possible here",
            "The library for regular expressions is not installed. contains, starts with and ends with need none.",
            example: "count where address starts with \"12\"", in: ["SearchPattern"]),
        ErrorCode(
            "R0343", "rows that lack a column of the expression",
            "The rows do not bring a column that the expression reads.",
            example: "describe", in: ["Evaluator"]),
        ErrorCode(
            "R0344", "a column whose type has changed",
            "The expression was checked with another type of the column than the rows bring now.",
            example: "cast zip text", in: ["Evaluator"]),
        ErrorCode(
            "R0345", "groups that were never learned",
            "An aggregate was used before it had learned: a fault of Rondo itself, worth reporting.",
            example: "help derive", in: ["CompiledExpression"]),
        ErrorCode(
            "R0346", "a value where a condition was learned",
            "A saved condition gives no truth value. It is compared with a value instead.",
            example: "filter price > 0", in: ["CompiledExpression"]),
        ErrorCode(
            "R0350", "rows that lack a column of a step",
            "A step of the recipe reads a column that the rows do not have.",
            example: "recipe", in: ["Frame+Steps"]),
        ErrorCode(
            "R0351", "a column of the wrong type for a step",
            "The step works on numbers, on words or on dates, and the column holds something else.",
            example: "cast bedrooms number", in: ["Frame+Steps"]),
        ErrorCode(
            "R0352", "a key whose type has changed",
            "The key has another type in these rows than when the step learned.",
            example: "cast zip text", in: ["KeyTree", "NeighbourSpace"]),
        ErrorCode(
            "R0390", "columns of different lengths",
            "All columns of a table have the same number of rows: a fault of Rondo itself, worth reporting.",
            example: "help load", in: ["Frame"]),
    ]
}
