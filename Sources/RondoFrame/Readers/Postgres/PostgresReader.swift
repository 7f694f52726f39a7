package import RondoKernels

/// Reads a table or query of a PostgreSQL server through a cursor in a transaction that may only read.
package enum PostgresReader {
    package static let name = "postgres"
    private static let rowsAtOnce = 4096
    private static let connectSeconds = 10

    /// - Parameter connection: `host=… dbname=…` or `postgresql://…`; the password comes from PGPASSWORD or a password file.
    /// - Throws: `Fault` R0660 to R0663, R0654 to R0657.
    package static func read(_ connection: String, options: ReadOptions, context: ComputeContext) throws -> ReadResult {
        do {
            let database = try DatabaseConnection(connection, seconds: connectSeconds, cancellation: context.cancellation)
            let (sql, findings) = try query(database, options, context)
            return try PostgresReading(database: database, sql: sql, options: options, context: context).settled(findings)
        } catch let failure as DatabaseFailure {
            throw PostgresFault.fault(failure)
        } catch let missing as SystemLibraryMissing {
            throw ReadFault.missingLibrary("the database", missing)
        }
    }

    /// What to read: the query, the table, or the only table there is.
    private static func query(_ database: DatabaseConnection, _ options: ReadOptions, _ context: ComputeContext) throws -> (
        sql: String, findings: [Finding]
    ) {
        if let query = options.query { return (query, []) }
        let rows = try database.run(
            """
            select c.relname from pg_catalog.pg_class c
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and pg_catalog.pg_table_is_visible(c.oid)
              and c.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) order by c.relname
            """, cancellation: context.cancellation)
        let tables = (0..<rows.count).map { rows.value($0, 0).map { String(decoding: $0, as: UTF8.self) } ?? "" }
        if let wanted = options.table {
            guard let table = tables.first(where: { $0 == wanted }) ?? tables.first(where: { $0.lowercased() == wanted.lowercased() })
            else { throw PostgresFault.noTable(wanted, known: tables) }
            return ("select * from \(quoted(table))", [])
        }
        guard tables.count == 1, let table = tables.first else { throw PostgresFault.manyTables(tables) }
        return ("select * from \(quoted(table))", [Finding("records", "rows are those of the table \(table)")])
    }

    private static func quoted(_ name: String) -> String {
        "\"" + name.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }

    fileprivate static var fetch: String { "fetch forward \(rowsAtOnce) from rondo_rows" }
}

/// One reading of a query.
private struct PostgresReading {
    let database: DatabaseConnection
    let sql: String
    let options: ReadOptions
    let context: ComputeContext

    /// PostgreSQL's numbers of types (pg_type).
    private enum TypeNumber {
        static let truth: UInt32 = 16
        static let bytes: UInt32 = 17
        static let integers: Set<UInt32> = [20, 21, 23, 26]
        static let numbers: Set<UInt32> = [700, 701, 1700]
    }

    /// Reads until every column has one type: a column with numbers that a double does not hold is read again as text.
    func settled(_ found: [Finding]) throws -> ReadResult {
        var forced = options.textColumns
        var reasons: [String: String] = [:]
        while true {
            let (columns, blobs) = try rows(forced)
            var again = false
            for column in columns.columns {
                guard let mixture = column.mixture else { continue }
                forced.insert(column.name)
                reasons[column.name] = "row \(mixture.row + 1) holds a number that would lose digits"
                again = true
            }
            if again { continue }
            columns.fill()
            var findings = found
            if blobs > 0 { findings.append(Finding("blobs", "\(grouped(blobs)) values are bytes: left out as missing", count: blobs)) }
            let assembly = RecordAssembly(
                name: "the query", options: options, typing: .moments, runs: [columns], reasons: reasons, line: { $0 + 1 })
            return try assembly.result(findings, context: context)
        }
    }

    private func rows(_ forced: Set<String>) throws -> (columns: RecordColumns, blobs: Int) {
        for statement in [
            "begin isolation level repeatable read read only", "set local datestyle = 'ISO'", "set local timezone = 'UTC'",
            "set local intervalstyle = 'iso_8601'",
        ] { _ = try run(statement) }
        // One statement, and one that gives rows: a cursor cannot be declared for anything else.
        _ = try run("declare rondo_rows no scroll cursor for \(sql)")
        var columns = RecordColumns(forcedText: forced)
        var positions: [Int] = []
        var blobs = 0
        while true {
            let piece = try run(PostgresReader.fetch)
            if positions.isEmpty { positions = names(piece).map { columns.position(of: $0) } }
            guard piece.count > 0 else { break }
            for (index, position) in positions.enumerated() {
                let column = columns.columns[position]
                let isText = forced.contains(column.name)
                for row in 0..<piece.count {
                    if !put(piece, row, index, column, isText: isText, at: columns.rowCount + row) { blobs += 1 }
                }
            }
            columns.rowCount += piece.count
            try context.cancellation.check()
            context.progress(Progress(done: columns.rowCount, total: columns.rowCount, label: "reading"))
            if columns.rowCount > Int(Int32.max) - piece.count { throw PostgresFault.tooManyRows }
        }
        _ = try run("rollback")
        return (columns, blobs)
    }

    private func run(_ statement: String) throws -> DatabaseRows { try database.run(statement, cancellation: context.cancellation) }

    /// Names of the columns, each once.
    private func names(_ rows: DatabaseRows) -> [String] {
        var taken: Set<String> = []
        return (0..<rows.columnCount).map { column in
            let base = rows.name(column)
            var (name, number) = (base, 2)
            while !taken.insert(name).inserted {
                name = "\(base)_\(number)"
                number += 1
            }
            return name
        }
    }

    /// Puts one value; false when it is bytes.
    private func put(_ rows: DatabaseRows, _ row: Int, _ index: Int, _ column: CellColumn, isText: Bool, at target: Int) -> Bool {
        guard let value = rows.value(row, index), let base = value.baseAddress else {
            column.putMissing(row: target)
            return true
        }
        let type = rows.type(index)
        if type == TypeNumber.bytes {
            column.putMissing(row: target)
            return false
        }
        if isText {
            column.put(base, value.count, copying: true, row: target)
        } else if type == TypeNumber.truth {
            column.put(base[0] == UInt8(ascii: "t"), row: target)
        } else if TypeNumber.integers.contains(type) {
            column.put(DecimalNumber.parse(base, value.count).integer, row: target)
        } else if TypeNumber.numbers.contains(type) {
            put(number: value, base, column, target)
        } else {
            column.put(base, value.count, copying: true, row: target)
        }
        return true
    }

    /// Not a number is missing; infinity, and digits that a double does not hold, make the column text.
    private func put(number value: UnsafeBufferPointer<UInt8>, _ base: UnsafePointer<UInt8>, _ column: CellColumn, _ row: Int) {
        let parsed = DecimalNumber.parse(base, value.count)
        let digits = value.count { DecimalNumber.isDigit($0) }
        switch parsed.form {
        case .integer where parsed.integer.magnitude <= 1 << 53: column.put(Double(parsed.integer), row: row)
        case .number where digits <= 17 && parsed.number.isFinite: column.put(parsed.number, row: row)
        case .none where value.elementsEqual("NaN".utf8): column.putMissing(row: row)
        default: column.stop(.text, row)
        }
    }
}

/// The faults of a database server.
enum PostgresFault {
    static func fault(_ failure: DatabaseFailure) -> Fault {
        switch failure {
        case .unreachable(let message):
            Fault(
                "R0661", "the database cannot be reached: \(message)",
                remedy: "look at host, port, dbname and user; the password comes from PGPASSWORD or ~/.pgpass")
        case .lost(let message):
            Fault("R0662", "the connection to the database broke: \(message)", remedy: "repeat the cell when the server answers again")
        case .refused(let message):
            Fault("R0663", "PostgreSQL refuses: \(message)", remedy: "correct the query; it may only read: query \"select …\"")
        }
    }

    static func noTable(_ table: String, known: [String]) -> Fault {
        Fault(
            "R0654", "the database has no table \(table)",
            remedy: known.isEmpty ? "it has no tables that this user sees" : "its tables: \(known.prefix(12).joined(separator: ", "))",
            subject: table)
    }

    static func manyTables(_ tables: [String]) -> Fault {
        Fault(
            "R0655",
            tables.isEmpty
                ? "the database has no tables that this user sees"
                : "the database has \(tables.count) tables: \(tables.prefix(20).joined(separator: ", "))",
            remedy: "load postgres \"dbname=shop\" table \(tables.first ?? "t")")
    }

    static var tooManyRows: Fault {
        Fault("R0657", "the query gives more than 2,147,483,647 rows", remedy: "read a part of them: query \"select … limit 1000000\"")
    }
}
