import Foundation
import RondoFrame
import RondoKernels
import RondoLifecycle
import RondoReport
import RondoSession
import RondoStore
import Testing

/// `load postgres` against a real server that the test starts.
@Suite(.serialized, .enabled(if: PostgresServer.isWanted, "no PostgreSQL server is installed"))
struct PostgresTests {
    private func read(_ server: PostgresServer, _ query: String, database: String = "postgres") throws -> ReadResult {
        var options = ReadOptions()
        options.query = query
        return try PostgresReader.read(server.connection(database), options: options, context: .quiet)
    }

    @Test func types() throws {
        let server = try PostgresServer()
        let frame = try read(
            server,
            """
            select * from (values
              (1::int2, 9223372036854775807::int8, 0.1::float8, 12.50::numeric, true, 'a,"b'::text, date '2024-02-29',
               timestamp '2024-02-29 13:14:15.5', timestamptz '2024-02-29 13:14:15+02', 12345678901234567890.5::numeric, '\\x00ff'::bytea),
              (null, -1, 'NaN'::float8, null, null, '', null, null, null, 1, null)) as t(small, big, real, money, yes, word, day, at, zoned, wide, raw)
            """
        ).frame
        let types: [String: ColumnType] = [
            "small": .integer, "big": .integer, "real": .number, "money": .number, "yes": .truth, "word": .text, "day": .date, "at": .time,
            "zoned": .time, "wide": .text,
        ]
        for (name, type) in types { #expect(frame[name]?.type == type, "\(name)") }
        #expect(frame["big"]?[0] == .integer(.max))
        #expect(frame["small"]?[1].isMissing == true)
        #expect(frame["real"]?[1].isMissing == true)
        #expect(frame["at"]?[0].plainText.hasPrefix("2024-02-29T13:14:15.5") == true)
        #expect(frame["zoned"]?[0].plainText.hasPrefix("2024-02-29T11:14:15") == true)
        #expect(frame["wide"]?[0].plainText == "12345678901234567890.5")
    }

    @Test func severalPiecesOfTheCursor() throws {
        let server = try PostgresServer()
        let frame = try read(server, "select i, i % 3 as k from generate_series(1, 20000) as i order by i").frame
        #expect(frame.rowCount == 20_000)
        #expect(frame["i"]?[19_999] == .integer(20_000))
    }

    @Test(.enabled(if: SharedData.isPresent, "the folder ../shared/data is absent"))
    func chinookIsTheSameFromBothDatabases() throws {
        let server = try PostgresServer()
        let folder = SharedData.folder.appendingPathComponent("formats").path
        try server.execute(file: folder + "/Chinook_PostgreSql.sql")
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/Chinook_Sqlite.sqlite")))
        let tables = [
            ("Album", "album"), ("Artist", "artist"), ("Customer", "customer"), ("Employee", "employee"), ("Genre", "genre"),
            ("Invoice", "invoice"), ("InvoiceLine", "invoice_line"), ("MediaType", "media_type"), ("Playlist", "playlist"),
            ("PlaylistTrack", "playlist_track"), ("Track", "track"),
        ]
        for (lite, full) in tables {
            var options = ReadOptions()
            options.query = "select * from \(lite) order by 1, 2"
            let one = try SQLiteReader.read(ByteSource(name: "c", bytes: bytes), options: options, context: .quiet).frame
            let two = try read(server, "select * from \(full) order by 1, 2", database: "chinook").frame
            #expect(one.rowCount == two.rowCount && one.rowCount > 0)
            #expect(one.names.map { $0.lowercased() } == two.names.map { $0.replacingOccurrences(of: "_", with: "") })
            for (name, pair) in zip(one.names, zip(one.columns, two.columns)) {
                // PostgreSQL takes N'Edinburgh ' of the script as CHAR, whose blanks at the end are dropped by the server.
                let isCity = name.hasSuffix("City")
                func word(_ column: Column, _ row: Int) -> String {
                    let word = column[row].plainText
                    return isCity && word == "Edinburgh " ? "Edinburgh" : word
                }
                let rows = (0..<one.rowCount).filter { word(pair.0, $0) != word(pair.1, $0) }
                let first = rows.first.map { "\(pair.0[$0].plainText) \(pair.1[$0].plainText)" } ?? ""
                #expect(rows.isEmpty && pair.0.type == pair.1.type, "\(lite).\(name) \(pair.0.type) \(pair.1.type) \(first)")
            }
        }
    }

    /// A query that would run for hours ends when somebody asks, also before its first row.
    @Test func aLongQueryIsStopped() async throws {
        let server = try PostgresServer()
        let context = ComputeContext()
        let connection = server.connection()
        let reading = Task.detached { () -> Bool in
            var options = ReadOptions()
            options.query = "select pg_sleep(36000)"
            do {
                _ = try PostgresReader.read(connection, options: options, context: context)
                return false
            } catch { return error is Interrupted }
        }
        let running =
            "select count(*) as n from pg_stat_activity where state = 'active' and query like 'fetch%' and pid <> pg_backend_pid()"
        while try read(server, running).frame["n"]?[0] != .integer(1) { await Task.yield() }
        context.cancellation.cancel()
        #expect(await reading.value)
        // The server stopped it too.
        while try read(server, running).frame["n"]?[0] != .integer(0) { await Task.yield() }
    }

    /// A port that takes the call and says nothing: asking to stop is enough.
    @Test func connectingIsStopped() async throws {
        let silence = try LoopbackListener()
        let context = ComputeContext()
        let port = silence.port
        let reading = Task.detached { () -> Bool in
            do {
                let text = "host=127.0.0.1 port=\(port) user=nobody dbname=none connect_timeout=0"
                _ = try PostgresReader.read(text, options: ReadOptions(), context: context)
                return false
            } catch { return error is Interrupted }
        }
        let call = try #require(silence.call())
        defer { close(call) }
        context.cancellation.cancel()
        #expect(await reading.value)
    }

    /// Nobody waits longer than the connection text says.
    @Test func connectingHasALimit() throws {
        let silence = try LoopbackListener()
        var session = TestSession()
        let address = "host=127.0.0.1 port=\(silence.port) user=nobody dbname=none connect_timeout=1"
        session.expectFault("load postgres \"\(address)\" table t", "R0661")
    }

    @Test func faultsAreSaidAndTheSessionStays() throws {
        let server = try PostgresServer()
        try server.execute("create table t (a int); insert into t values (1), (2); create table u (b int)")
        var session = TestSession()
        let address = server.connection()
        session.accept("load postgres \"\(address)\" table t as t")
        #expect(session.workspace.table("t")?.rows.rowCount == 2)
        session.expectFault("load postgres \"\(address)\" table nothing as x", "R0654")
        session.expectFault("load postgres \"\(address)\" as x", "R0655")
        session.expectFault("load postgres \"\(address)\" query \"delete from t\" as x", "R0663")
        session.expectFault("load postgres \"\(address)\" query \"select 1; drop table t\" as x", "R0663")
        session.expectFault("load postgres \"\(address)\" query \"select pg_terminate_backend(pg_backend_pid())\" as x", "R0662")
        session.expectFault("load postgres \"host=/nowhere/at/all user=rondo\" table t", "R0661")
        session.expectFault("load postgres \"\(address)\" table t delimiter \";\"", "R0617")
        session.accept("load postgres \"\(address)\" query \"select count(*) as n from t\" as n")
        #expect(session.workspace.table("n")?.rows["n"]?[0] == .integer(2))
    }
}

/// Passwords never stay.
@Suite struct SecretTests {
    @Test func masks() {
        #expect(
            SecretText.masked("load postgres \"host=a password=hunter2\" table t") == "load postgres \"host=a password=*******\" table t")
        #expect(
            SecretText.masked("load postgres \"host=a password = 'a b' user=x\"") == "load postgres \"host=a password = '***' user=x\"")
        #expect(
            SecretText.masked("load postgres \"postgresql://ann:s3@cret@db/shop\"") == "load postgres \"postgresql://ann:*******@db/shop\"")
        #expect(SecretText.masked("load \"https://example.org/a:b@c.csv\"") == nil)
        #expect(SecretText.masked("filter password = \"x\"") == nil)
        #expect(SecretText.masked("load postgres \"host=a user=b\"") == nil)
    }

    @Test func aCellWithAPasswordIsRefusedAndNotKept() {
        var session = TestSession()
        let error = session.expectFault("load postgres \"host=a password=hunter2 dbname=b\" table t", "R0660")
        #expect(error.map { !"\($0)".contains("hunter2") } == true)
        #expect(!"\(session.session.items)".contains("hunter2"))
        let kept = session.files.files.values.map { String(decoding: $0, as: UTF8.self) }
        #expect(!kept.contains { $0.contains("hunter2") })
    }
}
