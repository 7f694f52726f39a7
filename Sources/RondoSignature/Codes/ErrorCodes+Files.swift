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
            "A byte stands in it that UTF-8 does not have. The clause `encoding` says which encoding it is.",
            example: "load \"data/sales.csv\" encoding \"windows-1252\"", in: ["ReadFault"]),
        ErrorCode(
            "R0605", "an encoding that is not known",
            "Encodings go by the names that iconv knows.",
            example: "load \"data/sales.csv\" encoding \"windows-1251\"", in: ["ReadFault"]),
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
            "R0611", "a text that is not in its encoding",
            "A byte belongs to no character of the encoding that was named or found. Another encoding is named, or the file copied again.",
            example: "load \"data/sales.csv\" encoding \"windows-1252\"", in: ["ReadFault"]),
        ErrorCode(
            "R0612", "a packed file that is cut off",
            "Its packed data ends in the middle, as after a copy that was broken off.",
            example: "load \"data/sales.csv.gz\"", in: ["ReadFault"]),
        ErrorCode(
            "R0613", "a packed file that is damaged",
            "Its packed data cannot be unpacked. A fresh copy may be whole.",
            example: "load \"data/sales.csv.gz\"", in: ["ReadFault"]),
        ErrorCode(
            "R0614", "a packed file that unpacks to too much",
            "A small file that becomes a huge one is often made to fill the memory. It is unpacked by hand if it is trusted.",
            example: "load \"data/sales.csv\"", in: ["ReadFault"]),
        ErrorCode(
            "R0615", "a system library that is not installed",
            "This kind of file is read with a library of the system. The message names the package that brings it.",
            example: "load \"data/sales.csv\"", in: ["ReadFault", "WebAccess"]),
        ErrorCode(
            "R0616", "a file of a format that holds no plain table",
            "Its first bytes say that it is a workbook, an archive or a document. The table is written as CSV or JSON lines first.",
            example: "load \"data/sales.csv\"", in: ["ReadFault"]),
        ErrorCode(
            "R0617", "a clause for another format",
            "Some clauses of load belong to one format: `records` to JSON and XML, `pattern` to logs, `table` to databases.",
            example: "load json \"data/sales.json\" records \"items\"", in: ["ReadFault", "LoadVerb"]),
        ErrorCode(
            "R0618", "a format without a reader",
            "Nothing in this place reads the format that was named or found. The table is written as CSV first.",
            example: "load csv \"data/sales.txt\"", in: ["ReadFault"]),
        ErrorCode(
            "R0619", "too little memory to convert a text",
            "A text in another encoding is converted in memory. A file in UTF-8 needs no conversion.",
            example: "load \"data/sales.csv\"", in: ["ConvertedText"]),
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
            "R0625", "an input that does not end",
            "A pipe or device gave more than a file may hold. What it gives is written into a file first.",
            example: "load \"data/sales.csv\"", in: ["DiskFiles"]),
        ErrorCode(
            "R0630", "a session or report that is no text",
            "Sessions and reports are text in UTF-8.",
            example: "open \"session.rondo\"", in: ["DiskWorld", "Session+Journal"]),
        ErrorCode(
            "R0631", "a clause for another source",
            "Some clauses of load are for demo tables, some for files, some for both and typed rows.",
            example: "load demo \"house_sales\" rows 500", in: ["LoadVerb"]),
        ErrorCode(
            "R0632", "a demo table that does not exist",
            "The message names the demo tables that there are.",
            example: "load demo \"house_sales\"", in: ["LoadVerb"]),
        ErrorCode(
            "R0634", "a model instead of a release",
            "A model leaves the session as a release.",
            example: "deploy linear as house_price", in: ["ExportVerb"]),
        ErrorCode(
            "R0635", "a format without a writer",
            "Tables are written in the formats that the message names.",
            example: "export sales to \"sales.csv\"", in: ["ExportVerb"]),
        ErrorCode(
            "R0636", "several demo tables in one load",
            "Demo tables are loaded one by one. Files of one form may stand together in one load.",
            example: "load demo \"house_sales\"", in: ["LoadVerb"]),
        ErrorCode(
            "R0637", "more or fewer rows than a demo table has",
            "The message names the limits.",
            example: "load demo \"house_sales\" rows 500", in: ["DemoTable"]),
        ErrorCode(
            "R0638", "an origin that is a column already",
            "The column that `origin` makes would replace one of the files.",
            example: "load \"data/sales_*.csv\" as sales origin source_file", in: ["TableLoading"]),
        ErrorCode(
            "R0639", "a clause of load with a value that does not fit",
            "The message says what the clause takes: a line from 1 on, one sign, names of columns, or a table or query.",
            example: "load \"data/sales.csv\" header 2 delimiter \";\"", in: ["LoadClauses"]),
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
