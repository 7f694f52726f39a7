extension ErrorCodes {
    /// A name or value of the cell fits nothing here: a column, table, model, metric, type or limit.
    static let names: [ErrorCode] = [
        ErrorCode(
            "R0201", "a table that does not exist",
            "The session has no table of this name. `status` lists those it has.",
            example: "load demo \"house_sales\" as sales", in: ["SessionNames"]),
        ErrorCode(
            "R0202", "no table is loaded",
            "Most verbs work on the current table, and the session has none so far.",
            example: "load demo \"house_sales\" as sales", in: ["Context"]),
        ErrorCode(
            "R0203", "a column that the table does not have",
            """
            The name is spelled otherwise, was changed by an earlier step, or belongs to another table. `describe` lists the \
            columns; names with blanks stand in backquotes.
            """,
            example: "describe", in: ["ExpressionChecker", "ResolvedRecommendation", "SessionNames", "TaskResolution"]),
        ErrorCode(
            "R0204", "a model that does not exist",
            "No fit has made a model of this name. `status` lists the models of the session.",
            example: "fit forest as small", in: ["SessionNames"]),
        ErrorCode(
            "R0205", "a release that does not exist",
            "No deploy has made a release of this name or version in this folder. `releases` lists them.",
            example: "deploy linear as house_price", in: ["ReleaseStore", "SessionNames", "StoreFault"]),
        ErrorCode(
            "R0206", "a function that does not exist",
            "`help functions` lists all functions with an example each.",
            example: "derive age = year(sold_on) - year_built", in: ["ExpressionChecker+Calls", "SessionNames"]),
        ErrorCode(
            "R0207", "a metric that does not exist",
            "`help metrics` lists all metrics and the tasks that they judge.",
            example: "goal predict price succeed when mape < 10%", in: ["Metric", "SessionNames"]),
        ErrorCode(
            "R0208", "text without quotes",
            "The word is no column, and beside it stands text: text values stand in double quotes.",
            example: "count where type = \"condo\"", in: ["ExpressionChecker", "SessionNames"]),
        ErrorCode(
            "R0209", "a column in quotes",
            "Double quotes make it text. Names of columns have no quotes, or backquotes where they hold blanks.",
            example: "count where price > 1", in: ["SessionNames"]),
        ErrorCode(
            "R0210", "a parameter that was never made",
            "A word with $ stands for the value of a parameter, and param makes one.",
            example: "param low = 100k", in: ["ExpressionChecker", "SessionNames"]),
        ErrorCode(
            "R0211", "values of types that do not go together",
            """
            Numbers, text, dates and truth values are compared and computed with their like only. The functions number, text and \
            date turn one into the other.
            """,
            example: "derive rooms = number(type) + 1",
            in: [
                "CompiledExpression", "ExpressionChecker", "ExpressionChecker+Calls", "ExpressionChecker+Lists",
                "ExpressionChecker+Operators",
            ]),
        ErrorCode(
            "R0212", "a value where a condition must stand",
            "A condition is true or false: a comparison, a test, or several joined by and, or, not.",
            example: "filter price > 1 and sqft > 0", in: ["ExpressionChecker", "ExpressionChecker+Operators", "ExpressionFaults"]),
        ErrorCode(
            "R0213", "lag or rank without an order",
            "These functions look along an order, and over says which.",
            example: "derive before = lag(price over sold_on)", in: ["ExpressionChecker+Calls"]),
        ErrorCode(
            "R0214", "a function with a clause that it does not take",
            "Functions over rows take where and by, those along an order also over, functions of single rows none of them.",
            example: "derive typical = mean(price by zip)", in: ["ExpressionChecker+Calls"]),
        ErrorCode(
            "R0215", "bands that cannot be made",
            "Bands need numbers, dates or durations, and edges of that type which rise, or a count from 2 to 1,000.",
            example: "count by price bands [200k, 500k, 1M]", in: ["ExpressionChecker+Calls"]),
        ErrorCode(
            "R0216", "a search pattern that cannot be used",
            "matches takes a regular expression as text. contains, starts with and ends with search for plain text.",
            example: "count where address matches \"^[0-9]+ \"", in: ["ExpressionChecker+Operators"]),
        ErrorCode(
            "R0217", "a value that must be written out",
            "Lists and edges are made of plain values; columns, aggregates and ranges that end before they begin give none.",
            example: "count where bedrooms in [1, 2, 5..9]",
            in: ["ConstantEvaluation", "ExpressionChecker+Calls", "ExpressionChecker+Lists"]),
        ErrorCode(
            "R0218", "a version where a column stands",
            "A name with @ is a version of a release or a metric with a number; columns have none.",
            example: "derive twice = price * 2", in: ["ExpressionChecker"]),
        ErrorCode(
            "R0219", "an expression that is nested too deeply",
            "A part of it can be made a column first.",
            example: "derive part = price / sqft", in: ["ExpressionChecker"]),
        ErrorCode(
            "R0220", "a part of the expression that gives no value",
            "Both sides are written out, and computing them fails, for example beyond the whole numbers of 64 bits.",
            example: "derive large = 1.5 * 2", in: ["ExpressionChecker"]),
        ErrorCode(
            "R0221", "a comparison with missing",
            "Missing is unknown, so nothing is equal to it: such a comparison is never true. `is missing` asks for it.",
            example: "count where sqft is missing", in: ["ExpressionChecker+Lists", "ExpressionChecker+Operators", "ExpressionFaults"]),
        ErrorCode(
            "R0223", "a column without an aggregate in a group",
            "A group has many values of it; an aggregate makes one of them, or the column becomes a group itself.",
            example: "derive typical = mean(price by zip)", in: ["GroupedExpressions"]),
        ErrorCode(
            "R0224", "a comma before a choice or a clause",
            """
            After a comma a word is read as another column, and the table has none of that name. The comma is left out before \
            words of the verb.
            """,
            example: "impute sqft median", in: ["SessionNames"]),
        ErrorCode(
            "R0225", "something that the verb needs is missing",
            "The cell can be read, but does not say enough: an operand or one of several clauses must be there.",
            example: "impute sqft median",
            in: [
                "Call", "DeployVerb", "EncodeVerb", "ExportVerb", "FlagVerb", "GoalVerb", "ImputeVerb", "PredictVerb", "SetVerb",
                "SplitVerb",
            ]),
        ErrorCode(
            "R0226", "a file where a table of the session stands",
            "Steps change a table of the session. A file is loaded first.",
            example: "load demo \"house_sales\" as sales", in: ["Context"]),
        ErrorCode(
            "R0227", "a note that does not exist",
            "`status` lists the open notes by name.",
            example: "note \"prices before 2020 are estimates\" as old_prices", in: ["SettleVerb"]),
        ErrorCode(
            "R0228", "a function with too few or too many values",
            "The help of the function shows what stands in its brackets.",
            example: "derive shown = round(price / sqft, 2)", in: ["ExpressionChecker+Calls"]),
        ErrorCode(
            "R0229", "a parameter whose value does not fit its place",
            "The value of the parameter is of another kind than this clause or operand takes.",
            example: "param rows = 500", in: ["ParameterBinding"]),
        ErrorCode(
            "R0230", "a count that can be read in two ways",
            """
            count of a truth column may mean the rows where it is true or those where it is known. where says the first, is not \
            missing the second.
            """,
            example: "derive dear = count(where price > 1M by zip)", in: ["ExpressionChecker+Calls"]),
        ErrorCode(
            "R0231", "a step back that is no whole number",
            "lag goes back a whole number of rows, from 1.",
            example: "derive before = lag(price, 2 over sold_on)", in: ["ExpressionChecker+Calls"]),
        ErrorCode(
            "R0232", "a number outside of its limits",
            "The message names the least and the greatest value that the place takes.",
            example: "set digits 4", in: ["DeployVerb", "EncodeVerb", "RecommendVerb", "ScoreVerb", "SetVerb", "ShellRules"]),
        ErrorCode(
            "R0233", "a word of another language in an expression",
            "Other languages write the value or operator so; the line offered shows the Rondo word.",
            example: "count where sqft is missing", in: ["ExpressionChecker", "ExpressionChecker+Operators", "SessionNames"]),
        ErrorCode(
            "R0234", "a name for a note that is taken",
            "Every note has its own name. A settled note frees nothing: another name is taken.",
            example: "note \"roof seen by an agent\" as roof_seen", in: ["NoteVerb"]),
        ErrorCode(
            "R0236", "a group that is the same for all rows",
            "What stands after by must differ between rows, so it contains a column.",
            example: "count by type", in: ["ExpressionChecker+Calls"]),
        ErrorCode(
            "R0237", "two things of which only one can stand",
            "They say the same in two ways, or one leaves no room for the other. One of them is left out.",
            example: "impute sqft with 0",
            in: [
                "BinVerb", "EncodeVerb", "ExplainVerb", "GoalVerb", "ImputeVerb", "OutlierReading", "PredictVerb", "RecommendVerb",
                "ScaleVerb",
            ]),
        ErrorCode(
            "R0238", "a list where none can stand",
            "A list stands after in, after bands, and where a clause takes one.",
            example: "count where type in [\"condo\", \"house\"]", in: ["ExpressionChecker"]),
        ErrorCode(
            "R0239", "a list with something that is no text",
            "The words of this list stand in double quotes.",
            example: "encode school_rating ordinal [\"F\", \"D\", \"C\", \"B\", \"A\"]", in: ["BinVerb", "EncodeVerb", "LoadVerb"]),
    ]
}
