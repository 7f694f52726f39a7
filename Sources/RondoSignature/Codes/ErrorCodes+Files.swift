extension ErrorCodes {
    /// Files, recorded answers and reports: absent, not permitted, damaged or not understood.
    static let files: [ErrorCode] = [
        ErrorCode(
            "R0601", "a file that could not be read",
            "The path, the rights or the disk are in the way.",
            example: "load \"data/sales.csv\"", in: ["ReadFault"]),
        ErrorCode(
            "R0602", "an empty file",
            "There is not even a line of column names.",
            example: "load \"data/sales.csv\"", in: ["ReadFault"]),
        ErrorCode(
            "R0603", "a file that is no text",
            "It holds zero bytes, as pictures, archives and workbooks do. Tables are read from text.",
            example: "load \"data/sales.csv\"", in: ["ReadFault"]),
        ErrorCode(
            "R0604", "a file in another encoding",
            "A byte stands in it that UTF-8 does not have. The file is saved again in UTF-8, and never guessed.",
            example: "load \"data/sales.csv\"", in: ["ReadFault"]),
        ErrorCode(
            "R0605", "an encoding that is not known",
            "The message names those that are.",
            example: "load \"data/sales.csv\"", in: ["ReadFault"]),
        ErrorCode(
            "R0606", "a line with too many or too few fields",
            "The line has another number of fields than the header. Fields that hold the delimiter need quotes.",
            example: "load \"data/sales.csv\"", in: ["ReadFault"]),
        ErrorCode(
            "R0607", "a quote in the file that is never closed",
            "From the line named on, everything would be one field.",
            example: "load \"data/sales.csv\"", in: ["ReadFault"]),
        ErrorCode(
            "R0608", "text behind a closing quote",
            "In a quoted field a quote that belongs to the text is written twice.",
            example: "load \"data/sales.csv\"", in: ["ReadFault"]),
        ErrorCode(
            "R0609", "a header line that the file does not have",
            "The file has fewer lines than the number of its header says.",
            example: "load \"data/sales.csv\"", in: ["ReadFault"]),
        ErrorCode(
            "R0610", "a file with too many rows",
            "A table holds at most 2,147,483,647 rows.",
            example: "load \"data/part1.csv\"", in: ["ReadFault"]),
        ErrorCode(
            "R0620", "a file that does not exist",
            "Relative names begin in the folder of the session file, else in the working folder.",
            example: "load \"data/sales.csv\"", in: ["DiskFiles", "MemoryFiles"]),
        ErrorCode(
            "R0621", "a folder instead of a file",
            "The name belongs to a folder. A file in it is named.",
            example: "load \"data/sales.csv\"", in: ["DiskFiles"]),
        ErrorCode(
            "R0622", "a file that may not be read",
            "The rights of the file do not allow it.",
            example: "load \"data/sales.csv\"", in: ["DiskFiles"]),
        ErrorCode(
            "R0623", "a file that the system does not give",
            "The system's own reason stands in the message.",
            example: "load \"data/sales.csv\"", in: ["DiskFiles"]),
        ErrorCode(
            "R0624", "a file that cannot be written",
            "The folder, its rights or the disk are in the way.",
            example: "export sales to \"out/sales.csv\"", in: ["DiskFiles"]),
        ErrorCode(
            "R0630", "a session or report that is no text",
            "Sessions and reports are text in UTF-8.",
            example: "open \"session.rondo\"", in: ["DiskWorld", "Session+Journal"]),
        ErrorCode(
            "R0631", "a clause for another source",
            "Some clauses of load are for demo tables, others for files.",
            example: "load demo \"house_sales\" rows 500", in: ["LoadVerb"]),
        ErrorCode(
            "R0632", "a demo table that does not exist",
            "The message names the demo tables that there are.",
            example: "load demo \"house_sales\"", in: ["LoadVerb"]),
        ErrorCode(
            "R0633", "a format without a reader",
            "The ending of the file names no format. The format can be written in front of it.",
            example: "load csv \"data/sales.txt\"", in: ["TableLoading"]),
        ErrorCode(
            "R0634", "a model instead of a release",
            "A model leaves the session as a release.",
            example: "deploy linear as house_price", in: ["ExportVerb"]),
        ErrorCode(
            "R0635", "a format without a writer",
            "Tables are written in the formats that the message names.",
            example: "export sales to \"sales.csv\"", in: ["ExportVerb"]),
        ErrorCode(
            "R0636", "several files in one load",
            "Each file is a table of its own.",
            example: "load \"data/sales.csv\"", in: ["LoadVerb"]),
        ErrorCode(
            "R0637", "more or fewer rows than a demo table has",
            "The message names the limits.",
            example: "load demo \"house_sales\" rows 500", in: ["DemoTable"]),
        ErrorCode(
            "R0703", "a benchmark without its target",
            "The made data lack the column that is measured: a fault of the benchmark.",
            example: "help fit", in: ["BenchData"]),
        ErrorCode(
            "R0920", "a JSON text that is damaged",
            "It was changed or cut off after it was written.",
            example: "report \"report.html\"", in: ["JSONReader"]),
        ErrorCode(
            "R0921", "recorded results that are damaged",
            "The answers recorded in the report cannot be read back.",
            example: "report \"report.html\"", in: ["BlockCoding"]),
        ErrorCode(
            "R0922", "a page that carries no session",
            "It was not written by report, or was cut off.",
            example: "report \"report.html\"", in: ["SessionPayload"]),
        ErrorCode(
            "R0923", "a report of a newer Rondo",
            "Its head names the version that reads it.",
            example: "report \"report.html\"", in: ["SessionPayload"]),
    ]
}
