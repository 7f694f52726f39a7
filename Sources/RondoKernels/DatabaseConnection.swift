import CSystemLibraries

/// What can go wrong with a database server.
public enum DatabaseFailure: Error, Hashable, Sendable {
    /// No connection could be made, in libpq's words.
    case unreachable(String)
    /// The connection broke while it was used.
    case lost(String)
    /// A statement was refused.
    case refused(String)
}

/// A connection to a PostgreSQL server by libpq, which is opened on first use; closed with the object. For one thread at a time.
public final class DatabaseConnection {
    private let database: OpaquePointer

    /// - Parameters:
    ///   - connection: `host=… dbname=…` or `postgresql://…`.
    ///   - seconds: how long connecting may take when the text does not say `connect_timeout`.
    /// - Throws: `SystemLibraryMissing`, `DatabaseFailure.unreachable`, `Interrupted`.
    public init(_ connection: String, seconds: Int, cancellation: CancellationToken? = nil) throws {
        guard rondo_database_available() != 0 else { throw SystemLibraryMissing.postgres }
        guard let opened = rondo_database_open(connection, String(seconds)) else { throw DatabaseFailure.unreachable("out of memory") }
        database = opened
        let limit = Int(rondo_database_seconds(opened))
        let start = ContinuousClock.now
        var wanted: Int32 = 0
        while rondo_database_connect(opened, &wanted, DatabaseConnection.slice) == 0 {
            try cancellation?.check()
            guard limit <= 0 || ContinuousClock.now - start < .seconds(limit) else {
                throw DatabaseFailure.unreachable("no answer within \(limit) seconds")
            }
        }
        guard rondo_database_is_open(opened) != 0 else { throw DatabaseFailure.unreachable(DatabaseConnection.message(opened)) }
    }

    deinit { rondo_database_close(database) }

    /// Milliseconds between two looks at the cancellation, and how often it is looked for an answer after it.
    private static let (slice, patience): (Int32, Int) = (50, 100)

    /// Runs one statement; the server is asked to stop it when the token is cancelled.
    /// - Throws: `DatabaseFailure.refused`, `DatabaseFailure.lost`, `Interrupted`.
    public func run(_ statement: String, cancellation: CancellationToken? = nil) throws -> DatabaseRows {
        let sent = rondo_database_send(database, statement)
        guard sent == 0 else { throw failure(sent) }
        var looks = 0
        while rondo_database_wait(database, DatabaseConnection.slice) == 0 {
            guard looks > 0 || cancellation?.isCancelled == true else { continue }
            if looks == 0 { rondo_database_cancel(database) }
            looks += 1
            // A server that does not even stop is left alone: the connection is closed with this object.
            guard looks < DatabaseConnection.patience else { throw Interrupted() }
        }
        var rows: OpaquePointer?
        let code = rondo_database_answer(database, &rows)
        let answer = rows.map { DatabaseRows($0) }
        if looks > 0 { throw Interrupted() }
        guard code == 0, let answer else { throw failure(code) }
        return answer
    }

    private func failure(_ code: Int32) -> DatabaseFailure {
        let message = DatabaseConnection.message(database)
        return code == Int32(RONDO_DATABASE_LOST) ? .lost(message) : .refused(message)
    }

    /// The last fault without line breaks.
    private static func message(_ database: OpaquePointer) -> String {
        guard let text = rondo_database_message(database) else { return "" }
        return String(cString: text).split { $0.isNewline }.map { $0.drop { $0 == " " || $0 == "\t" } }.joined(separator: "; ")
    }
}

/// The rows that a statement gave.
public final class DatabaseRows {
    private let rows: OpaquePointer
    public let count: Int
    public let columnCount: Int

    fileprivate init(_ rows: OpaquePointer) {
        self.rows = rows
        count = Int(rondo_rows_count(rows))
        columnCount = Int(rondo_rows_column_count(rows))
    }

    deinit { rondo_rows_free(rows) }

    /// The name of a column.
    public func name(_ column: Int) -> String {
        rondo_rows_name(rows, Int32(truncatingIfNeeded: column)).map { String(cString: $0) } ?? ""
    }

    /// PostgreSQL's number of the type of a column.
    public func type(_ column: Int) -> UInt32 { rondo_rows_type(rows, Int32(truncatingIfNeeded: column)) }

    /// The value as text, nil when it is missing; valid as long as the rows are.
    public func value(_ row: Int, _ column: Int) -> UnsafeBufferPointer<UInt8>? {
        var count: Int32 = 0
        guard let bytes = rondo_rows_value(rows, Int32(truncatingIfNeeded: row), Int32(truncatingIfNeeded: column), &count) else {
            return nil
        }
        return UnsafeBufferPointer(start: bytes, count: Int(count))
    }
}
