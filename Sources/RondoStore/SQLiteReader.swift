import Foundation
import GRDB
import GRDBSQLite
package import RondoFrame
package import RondoKernels

/// Reads a table or query of an SQLite database, read only: the file's bytes are lent to SQLite, so that nothing can be written.
package enum SQLiteReader: TableReader {
    package static let name = "sqlite"
    package static let fileExtensions = ["sqlite", "sqlite3", "db", "db3"]
    package static let summary = "a table or query of an SQLite database"

    package static func read(_ source: ByteSource, options: ReadOptions, context: ComputeContext) throws -> ReadResult {
        try source.withBytes { bytes in
            guard bytes.count > 0 else { throw DatabaseFault.empty(source.name) }
            guard bytes.starts(with: "SQLite format 3\0".utf8), bytes.count >= 512 else { throw DatabaseFault.noDatabase(source.name) }
            // A database with a write-ahead log is read as one with a plain journal; its log is another file.
            guard bytes[18] == 2 || bytes[19] == 2 else {
                return try SQLiteReading(name: source.name, options: options, context: context).read(bytes)
            }
            var copy = Array(bytes)
            copy[18] = 1
            copy[19] = 1
            return try copy.withUnsafeBytes { try SQLiteReading(name: source.name, options: options, context: context).read($0) }
        }
    }
}

/// What reading a database needs.
struct SQLiteReading {
    let name: String
    let options: ReadOptions
    let context: ComputeContext

    func read(_ bytes: UnsafeRawBufferPointer) throws -> ReadResult {
        do {
            let queue = try DatabaseQueue()
            return try queue.inDatabase { database in
                try open(bytes, database)
                let (sql, findings) = try query(database)
                return try settled(database, sql, findings)
            }
        } catch let error as DatabaseError {
            if context.cancellation.isCancelled { throw Interrupted() }
            throw DatabaseFault.sqlite(name, error.message ?? "error \(error.resultCode.rawValue)", isDamage: SQLiteReading.isDamage(error))
        }
    }

    private static func isDamage(_ error: DatabaseError) -> Bool {
        [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_CANTOPEN, .SQLITE_IOERR].contains(error.resultCode)
    }

    /// Lends the bytes to the connection; it cannot write, attach other files, or run for ever.
    private func open(_ bytes: UnsafeRawBufferPointer, _ database: Database) throws {
        let connection = database.sqliteConnection
        let memory = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
        let size = sqlite3_int64(bytes.count)
        let code = sqlite3_deserialize(connection, "main", memory, size, size, UInt32(SQLITE_DESERIALIZE_READONLY))
        guard code == SQLITE_OK else { throw DatabaseFault.noDatabase(name) }
        sqlite3_limit(connection, SQLITE_LIMIT_ATTACHED, 0)
        let token = Unmanaged.passUnretained(context.cancellation).toOpaque()
        sqlite3_progress_handler(
            connection, 10_000,
            { pointer in
                guard let pointer else { return 0 }
                return Unmanaged<CancellationToken>.fromOpaque(pointer).takeUnretainedValue().isCancelled ? 1 : 0
            }, token)
        try database.execute(sql: "PRAGMA trusted_schema = OFF")
    }

    /// What to read: the query, the table, or the only table there is.
    private func query(_ database: Database) throws -> (sql: String, findings: [Finding]) {
        if let query = options.query { return (query, []) }
        let tables = try String.fetchAll(
            database,
            sql: "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")
        if let wanted = options.table {
            guard let table = tables.first(where: { $0 == wanted }) ?? tables.first(where: { $0.lowercased() == wanted.lowercased() })
            else {
                throw DatabaseFault.noTable(name, wanted, known: tables)
            }
            return ("SELECT * FROM \(table.quotedDatabaseIdentifier)", [])
        }
        guard tables.count == 1, let table = tables.first else { throw DatabaseFault.manyTables(name, tables) }
        return ("SELECT * FROM \(table.quotedDatabaseIdentifier)", [Finding("records", "rows are those of the table \(table)")])
    }

    /// Reads until every column has one type: columns of several types are read again as text.
    private func settled(_ database: Database, _ sql: String, _ found: [Finding]) throws -> ReadResult {
        let statement = try database.makeStatement(sql: sql)
        guard statement.isReadonly, statement.columnCount > 0 else { throw DatabaseFault.notReading(sql) }
        var forced = options.textColumns
        var reasons: [String: String] = [:]
        while true {
            let read = try rows(statement, forced)
            var again = false
            for column in read.columns.columns {
                guard let mixture = column.mixture else { continue }
                forced.insert(column.name)
                reasons[column.name] = "row \(mixture.row + 1) holds \(mixture.kind.words) where others hold \(mixture.earlier.words)"
                again = true
            }
            if again { continue }
            read.columns.fill()
            var findings = found
            if read.blobs > 0 {
                findings.append(Finding("blobs", "\(read.blobs) values are bytes and no text: left out as missing", count: read.blobs))
            }
            let assembly = RecordAssembly(
                name: name, options: options, typing: .moments, runs: [read.columns], reasons: reasons, line: { $0 + 1 })
            return try assembly.result(findings, context: context)
        }
    }

    private func rows(_ statement: Statement, _ forced: Set<String>) throws -> (columns: RecordColumns, blobs: Int) {
        var columns = RecordColumns(forcedText: forced)
        var taken: Set<String> = []
        let positions = statement.columnNames.map { name -> Int in
            var own = name
            var number = 2
            while !taken.insert(own).inserted {
                own = "\(name)_\(number)"
                number += 1
            }
            return columns.position(of: own)
        }
        var blobs = 0
        let cursor = try Row.fetchCursor(statement)
        while let row = try cursor.next() {
            for (index, position) in positions.enumerated() {
                let column = columns.columns[position]
                let value: DatabaseValue = row[index]
                if !put(value, column, isText: forced.contains(column.name), row: columns.rowCount) { blobs += 1 }
            }
            columns.rowCount += 1
            guard columns.rowCount & 1023 == 0 else { continue }
            try context.cancellation.check()
            context.progress(Progress(done: columns.rowCount, total: columns.rowCount, label: "reading"))
            if columns.rowCount > Int(Int32.max) - 1024 { throw DatabaseFault.tooManyRows(name) }
        }
        return (columns, blobs)
    }

    /// Puts one value; false when it is bytes that are no text.
    private func put(_ value: DatabaseValue, _ column: CellColumn, isText: Bool, row: Int) -> Bool {
        switch value.storage {
        case .null: column.putMissing(row: row)
        case .int64(let number):
            if isText { put(String(number), column, row) } else { column.put(number, row: row) }
        case .double(let number):
            if isText {
                put(Scalar.number(number).plainText, column, row)
            } else if number.isFinite {
                column.put(number, row: row)
            } else {
                column.stop(.number, row)
            }
        case .string(let text): put(text, column, row)
        case .blob(let data):
            guard let text = String(data: data, encoding: .utf8), !text.utf8.contains(0) else {
                column.putMissing(row: row)
                return false
            }
            put(text, column, row)
        }
        return true
    }

    private func put(_ text: String, _ column: CellColumn, _ row: Int) {
        var text = text
        text.withUTF8 { buffer in
            if let base = buffer.baseAddress {
                column.put(base, buffer.count, copying: true, row: row)
            } else {
                withUnsafePointer(to: UInt8(0)) { column.put($0, 0, copying: true, row: row) }
            }
        }
    }
}

/// The faults of reading a database, R0650 to R0659.
enum DatabaseFault {
    static func empty(_ name: String) -> Fault {
        Fault("R0650", "\(name) is empty", remedy: "give a file of SQLite with a table in it", subject: name)
    }

    static func noDatabase(_ name: String) -> Fault {
        Fault(
            "R0651", "\(name) is no SQLite database, or only a part of one", remedy: "copy the file again, or name its format",
            subject: name)
    }

    static func sqlite(_ name: String, _ message: String, isDamage: Bool) -> Fault {
        isDamage
            ? Fault("R0652", "\(name) is damaged: \(message)", remedy: "copy the file again, or restore it from a backup", subject: name)
            : Fault(
                "R0653", "SQLite refuses: \(message)", remedy: "correct the query; load sqlite \"\(name)\" lists the tables", subject: name)
    }

    static func noTable(_ name: String, _ table: String, known: [String]) -> Fault {
        Fault(
            "R0654", "\(name) has no table \(table)",
            remedy: known.isEmpty ? "the database has no tables" : "its tables: \(known.prefix(12).joined(separator: ", "))", subject: table
        )
    }

    static func manyTables(_ name: String, _ tables: [String]) -> Fault {
        let first = tables.first ?? "t"
        return Fault(
            "R0655",
            tables.isEmpty
                ? "\(name) has no tables" : "\(name) has \(tables.count) tables: \(tables.prefix(20).joined(separator: ", "))",
            remedy: "load \"\(name)\" table \(first)", subject: name)
    }

    static func notReading(_ sql: String) -> Fault {
        Fault("R0656", "a query may only read", remedy: "query \"select …\"", subject: sql)
    }

    static func tooManyRows(_ name: String) -> Fault {
        Fault("R0657", "\(name) has more than 2,147,483,647 rows", remedy: "read a part of them with a query", subject: name)
    }
}
