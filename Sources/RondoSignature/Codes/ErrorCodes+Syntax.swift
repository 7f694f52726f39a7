extension ErrorCodes {
    /// The cell cannot be read: a word, sign or clause stands where it cannot.
    static let syntax: [ErrorCode] = [
        ErrorCode(
            "R0100", "the cell cannot be read",
            "No more precise reason is known. The usage of the verb shows how it is written.",
            example: "help filter", in: ["DiagnosticWording"]),
        ErrorCode(
            "R0101", "the cell does not begin with a verb",
            "Every cell begins with a verb: a value alone, an assignment or an unknown word is none. `help` lists the verbs.",
            example: "derive age = year(sold_on) - year_built", in: ["Session", "Surroundings", "WordWording"]),
        ErrorCode(
            "R0102", "a word that begins no clause here",
            "After a finished value a word begins a clause, and the verb or the family has none of that name. Its help lists them all.",
            example: "impute sqft median by zip", in: ["FollowWording", "WordWording"]),
        ErrorCode(
            "R0103", "a word that is none of the choices",
            "Some places take one of a few fixed words. The message or the help of the verb names them.",
            example: "impute sqft median", in: ["CastVerb", "WordWording"]),
        ErrorCode(
            "R0104", "a model family that does not exist",
            "`help families` lists the families with what each is good for.",
            example: "fit forest", in: ["WordWording"]),
        ErrorCode(
            "R0105", "another thing must stand here, or something is missing",
            "The place takes something else than what stands there: a name, a value, an operator or a fixed word. The message says what.",
            example: "impute sqft median by zip", in: ["FollowWording", "ValueWording"]),
        ErrorCode(
            "R0106", "a number where only whole numbers from 0 stand",
            "Counts, seeds and rows are whole numbers without a sign.",
            example: "fit forest trees 50", in: ["ValueWording"]),
        ErrorCode(
            "R0107", "text where a name stands",
            "Names of columns, tables and models are written without quotes, or in backquotes when they hold blanks or signs.",
            example: "drop sqft", in: ["WordWording"]),
        ErrorCode(
            "R0108", "a name where a value stands",
            "Text values stand in double quotes; without them a word is a name.",
            example: "count where type = \"condo\"", in: ["WordWording"]),
        ErrorCode(
            "R0109", "something that nothing takes",
            "No operand or clause takes a value here. Often the word of its clause is missing in front of it.",
            example: "fit forest trees 100", in: ["FollowWording"]),
        ErrorCode(
            "R0110", "a comma is missing or too much",
            "Items of a list are separated by commas; between an operand and a clause stands none.",
            example: "keep price, sqft, type", in: ["FollowWording", "ValueWording"]),
        ErrorCode(
            "R0111", "a bracket without its other half",
            "Every bracket that opens must close, in the right order.",
            example: "filter (price > 1 or sqft > 0) and bedrooms > 1", in: ["StructureWording"]),
        ErrorCode(
            "R0112", "a quote without its other half",
            "Text ends with a double quote, a name in backquotes with a backquote.",
            example: "drop `Gr Liv Area`", in: ["SignWording"]),
        ErrorCode(
            "R0113", "a number that cannot be read",
            """
            Numbers are written 1200000 or 1_200_000, with a digit on both sides of the point, and lie within 64 bits. k, M and B \
            stand for thousands, millions and thousand millions.
            """,
            example: "count where price > 1_200_000", in: ["FollowWording", "SignWording", "ValueWording"]),
        ErrorCode(
            "R0114", "a date that cannot be read",
            "Dates are written year-month-day and must exist; a difference of numbers needs blanks around the sign.",
            example: "count where sold_on > 2024-02-29", in: ["SignWording"]),
        ErrorCode(
            "R0115", "a sign that the language does not have",
            "Other languages write it so; the line offered shows how Rondo says it.",
            example: "filter price > 1 and sqft > 0", in: ["SignWording"]),
        ErrorCode(
            "R0116", "a backslash before a letter without meaning",
            "Inside text a backslash stands before a quote, another backslash, n or t. Paths are written with /.",
            example: "load \"C:/data/sales.csv\"", in: ["SignWording"]),
        ErrorCode(
            "R0117", "two comparisons in a row",
            "A comparison compares two values. A range is asked for with between.",
            example: "count where price between 100k and 500k", in: ["StructureWording"]),
        ErrorCode(
            "R0118", "brackets or operators nested too deeply",
            "There is a limit, so that no text can exhaust the program. A part of the expression can be made a column of its own first.",
            example: "derive part = price / sqft", in: ["StructureWording"]),
        ErrorCode(
            "R0119", "a reserved word as a name",
            "A few words (and, or, not, if, then, else, true, false, missing) belong to the language; as names they stand in backquotes.",
            example: "drop `not`", in: ["WordWording"]),
        ErrorCode(
            "R0120", "a clause that was given twice",
            "Most clauses stand once in a cell. Several values of one clause are separated by commas.",
            example: "count by zip, type", in: ["FollowWording"]),
        ErrorCode(
            "R0121", "a clause that the verb needs is missing",
            "Some clauses cannot be left out. The help of the verb marks them as needed.",
            example: "flag luxury where price > 2M", in: ["FollowWording"]),
        ErrorCode(
            "R0122", "a sign between a clause word and its value",
            "The value follows its word at once, without =, : or by.",
            example: "fit forest trees 100", in: ["FollowWording"]),
        ErrorCode(
            "R0123", "an operand after the clauses",
            "Operands come first, clauses after them.",
            example: "head 5 where price > 1", in: ["FollowWording"]),
        ErrorCode(
            "R0124", "a list that is empty or has the wrong length",
            "A list in brackets needs an item; a split has two or three shares.",
            example: "split 60/20/20", in: ["ValueWording"]),
        ErrorCode(
            "R0125", "a parameter where none can stand",
            "A parameter stands for a value, never for a name, a word or a part of a number.",
            example: "param low = 100k", in: ["SignWording", "ValueWording"]),
        ErrorCode(
            "R0126", "a word of another language",
            "Other languages call it so; the line offered shows the Rondo verb or word.",
            example: "derive age = 2024 - year_built", in: ["FollowWording", "WordWording"]),
        ErrorCode(
            "R0127", "drops or rises outside of an alert",
            "A movement can only be watched over time, so these words stand in alert alone.",
            example: "help filter", in: ["ExpressionChecker", "StructureWording"]),
        ErrorCode(
            "R0130", "a file name with a control character",
            """
            A line break or another control character stands in the name, often because \\n in a path was read as one. Paths are \
            written with /.
            """,
            example: "load \"C:/new/sales.csv\"", in: ["ValueWording"]),
        ErrorCode(
            "R0131", "an indented line without a cell above it",
            "Indentation continues a cell. The first line of a cell begins in the first column.",
            example: "describe price", in: ["StructureWording"]),
        ErrorCode(
            "R0132", "a recorded line without its cell",
            "Lines that begin with #=, #@ or #! record what the cell directly above them answered. They are written by save.",
            example: "save \"session.rondo\"", in: ["StructureWording"]),
        ErrorCode(
            "R0133", "typed data without rows",
            "The rows of typed data stand on indented lines below their cell.",
            example: "load \"prices.csv\" as prices", in: ["StructureWording"]),
        ErrorCode(
            "R0190", "a file of a newer language",
            "The file names a version of the language that this program does not read. A newer Rondo reads it.",
            example: "help", in: ["StructureWording"]),
        ErrorCode(
            "R0191", "a version line that cannot be read",
            "The version of the language stands once, as a whole number, on the first line of a file.",
            example: "save \"session.rondo\"", in: ["StructureWording"]),
    ]
}
