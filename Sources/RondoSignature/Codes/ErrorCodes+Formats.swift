extension ErrorCodes {
    /// Formats of files beside CSV: JSON, XML, logs and databases, and which files are meant.
    static let formats: [ErrorCode] = [
        ErrorCode(
            "R0640", "a JSON file that is damaged",
            "At the place named it is not what JSON allows. The file is corrected there, or copied again.",
            example: "load json \"data/sales.json\"", in: ["RecordFault"]),
        ErrorCode(
            "R0641", "records that are nested too deep",
            "Records and lists inside each other have a limit that no table needs.",
            example: "load json \"data/sales.json\" records \"items\"", in: ["RecordFault"]),
        ErrorCode(
            "R0642", "records with too many keys",
            "Each key makes a column. Keys that are data, such as dates or numbers, belong into a column of their own.",
            example: "load json \"data/sales.json\"", in: ["RecordFault"]),
        ErrorCode(
            "R0643", "no records under this name",
            "The file has no list or element of the name that `records` says.",
            example: "load json \"data/sales.json\" records \"items\"", in: ["RecordFault"]),
        ErrorCode(
            "R0644", "an XML document that is damaged",
            "At the place named it is not well formed: a tag is not closed, or the file is cut off.",
            example: "load xml \"data/sales.xml\"", in: ["RecordFault"]),
        ErrorCode(
            "R0645", "an XML document that declares entities",
            "Entities can reach other files and fill the memory, so they are not expanded.",
            example: "load xml \"data/sales.xml\"", in: ["RecordFault"]),
        ErrorCode(
            "R0646", "an XML entity that nothing explains",
            "The document uses a short form for a character or text and does not say what it is.",
            example: "load xml \"data/sales.xml\"", in: ["RecordFault"]),
        ErrorCode(
            "R0647", "a log of a form that is not known",
            "A pattern says what its lines look like: each named group is a column.",
            example: "load log \"data/app.log\" pattern \"(?<level>[A-Z]+) (?<message>.*)\"", in: ["RecordFault"]),
        ErrorCode(
            "R0648", "a log without a line of the form",
            "No line fits the pattern or the form that was asked for.",
            example: "load log \"data/app.log\" pattern \"(?<level>[A-Z]+) (?<message>.*)\"", in: ["RecordFault"]),
        ErrorCode(
            "R0649", "a pattern of a log that cannot be used",
            "The regular expression is not well formed, or it names no groups.",
            example: "load log \"data/app.log\" pattern \"(?<level>[A-Z]+) (?<message>.*)\"", in: ["RecordFault"]),
        ErrorCode(
            "R0650", "an empty database",
            "The file has no bytes, so no tables either.",
            example: "load \"data/shop.sqlite\" table sales", in: ["SQLiteReader"]),
        ErrorCode(
            "R0651", "a file that is no database",
            "It does not begin or go on as a file of SQLite does.",
            example: "load \"data/shop.sqlite\" table sales", in: ["SQLiteReader"]),
        ErrorCode(
            "R0652", "a database that is damaged",
            "SQLite finds pages in it that contradict each other. A backup may be whole.",
            example: "load \"data/shop.sqlite\" table sales", in: ["SQLiteReader"]),
        ErrorCode(
            "R0653", "a query that SQLite refuses",
            "Its own words stand in the message.",
            example: "load \"data/shop.sqlite\" as sales query \"select * from sales\"", in: ["SQLiteReader"]),
        ErrorCode(
            "R0654", "a table that the database does not have",
            "The message names the tables that there are.",
            example: "load \"data/shop.sqlite\" table sales", in: ["SQLiteReader", "PostgresReader"]),
        ErrorCode(
            "R0655", "a database with several tables or none",
            "One table is named, or a query says what to read.",
            example: "load \"data/shop.sqlite\" table sales", in: ["SQLiteReader", "PostgresReader"]),
        ErrorCode(
            "R0656", "a query that would change the database",
            "Only queries that read are run.",
            example: "load \"data/shop.sqlite\" as sales query \"select * from sales\"", in: ["SQLiteReader"]),
        ErrorCode(
            "R0657", "a database table with too many rows",
            "A table holds at most 2,147,483,647 rows. A query reads a part of them.",
            example: "load \"data/shop.sqlite\" as sales query \"select * from sales limit 1000000\"",
            in: ["SQLiteReader", "PostgresReader"]),
        ErrorCode(
            "R0658", "a pattern that names no file",
            "The signs * and ? stand for letters in the name of a file, not of a folder, and at least one file must fit.",
            example: "load \"data/sales_*.csv\" as sales", in: ["FilePattern"]),
        ErrorCode(
            "R0659", "a database that is in use",
            "A journal beside it holds changes that are not in the file yet. The program that writes to it is closed first.",
            example: "load \"data/shop.sqlite\" table sales", in: ["TableLoading"]),
        ErrorCode(
            "R0660", "a password in a cell",
            "Cells are saved, journaled and shown in reports, so a password must not stand in one. A database takes it from the variable PGPASSWORD or the file ~/.pgpass.",
            example: "load postgres \"host=db dbname=shop user=ann\" table sales", in: ["Session"]),
        ErrorCode(
            "R0661", "a database that cannot be reached",
            "Host, port, name, user or password is wrong, or the server does not answer within ten seconds. The message is the server's.",
            example: "load postgres \"host=db dbname=shop user=ann\" table sales", in: ["PostgresReader"]),
        ErrorCode(
            "R0662", "a database that went away",
            "The connection broke while rows were read. Nothing of them is kept.",
            example: "load postgres \"dbname=shop\" table sales", in: ["PostgresReader"]),
        ErrorCode(
            "R0663", "a query that PostgreSQL refuses",
            "The query runs in a transaction that may only read, as one statement that gives rows. The message is the server's.",
            example: "load postgres \"dbname=shop\" query \"select * from sales\"", in: ["PostgresReader"]),
        ErrorCode(
            "R0664", "a file larger than memory",
            "The table would need more memory than is free. `sample` reads a part of the rows while the file goes by.",
            example: "load \"data/sales.csv\" as sales sample 10%", in: ["TableLoading"]),
        ErrorCode(
            "R0665", "a data dictionary that explains nothing",
            "A data dictionary has a column of names and one of description, unit, codes or role, and its names are those of the table.",
            example: "load \"data/sales.csv\" as sales dictionary \"data/columns.csv\"", in: ["DataDictionary"]),
        ErrorCode(
            "R0666", "an address that cannot be fetched",
            "The server does not answer, or answers with something else than a file. Only http and https are fetched.",
            example: "load \"https://example.org/sales.csv\" as sales", in: ["WebAccess"]),
        ErrorCode(
            "R0668", "a first line that is no line of a table",
            "A table has at most 50,000 columns, and a first line of at most 16 MiB. Often the line ends were lost.",
            example: "load \"data/sales.csv\"", in: ["ReadFault"]),
        ErrorCode(
            "R0667", "a file of the web that is too large",
            "At most two GiB are fetched. A larger file is fetched by hand and read with `sample`.",
            example: "load \"data/sales.csv\" as sales sample 10%", in: ["WebAccess"]),
    ]
}
