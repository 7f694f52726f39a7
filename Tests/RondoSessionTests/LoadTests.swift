import Foundation
import RondoFrame
import RondoKernels
import RondoLifecycle
import RondoReport
import RondoSession
import RondoStore
import Testing

/// `load` in its forms: typed rows, several files, clauses, other formats.
@Suite struct LoadTests {
    private func column(_ session: TestSession, _ table: String, _ name: String) -> [String] {
        guard let column = session.workspace.table(table)?.rows[name] else { return [] }
        return (0..<column.count).map { column[$0].isMissing ? "-" : column[$0].plainText }
    }

    @Test func typedRows() throws {
        var session = TestSession()
        let report = session.accept("load here as rates\n  zip,rate\n  00501,1.5\n  \"1,2\",\n")
        #expect(column(session, "rates", "zip") == ["00501", "1,2"])
        #expect(column(session, "rates", "rate") == ["1.5", "-"])
        #expect(report.words.hasPrefix("rates: 2 rows, 2 columns"))
        session.accept("load here as codes header none delimiter \";\" missing [\"x\"]\n  1;x\n  2;y\n")
        #expect(column(session, "codes", "column_2") == ["-", "y"])
        session.expectFault("load here as t rows 5\n  a\n  1\n", "R0631")
    }

    @Test func severalFilesByPattern() throws {
        var session = TestSession([
            "s/jan.csv": "zip,n\n00501,1\n", "s/feb.csv": "n,zip,extra\n2,10001,x\n", "s/.hidden.csv": "a\n1\n", "s/b.txt": "q\n",
        ])
        let report = session.accept("load \"s/*.csv\" as all origin month")
        #expect(column(session, "all", "zip") == ["10001", "00501"])
        #expect(column(session, "all", "n") == ["2", "1"])
        #expect(column(session, "all", "extra") == ["x", "-"])
        #expect(column(session, "all", "month") == ["s/feb.csv", "s/jan.csv"])
        #expect(report.words.contains("zip is text: its type differs between the files"))
        #expect(report.words.contains("extra is missing in 1 rows: s/jan.csv has no such column"))
        #expect(session.session.workspace.table("all")?.sources.count == 2)
        session.accept("load \"s/jan.csv\", \"s/feb.csv\" as two")
        #expect(column(session, "two", "n") == ["1", "2"])
        session.expectFault("load \"s/x*.csv\" as none", "R0658")
        #expect(session.run("load \"s/jan.csv\" \"s/feb.csv\"").last?.error?.remedy == "load \"s/jan.csv\", \"s/feb.csv\"")
        session.expectFault("load \"s/*.csv\" as t origin n", "R0638")
    }

    /// However much there is to say, the answer is short; all of it is behind `more`.
    @Test func manyFindingsInFewLines() throws {
        var session = TestSession([
            "t.csv": "a,b,c,d,e,f\n\"1,200\",\"2,300\",\"3,400\",,null,x\n5,6,7,,null,NA\n,,,,3,\n", "bare.csv": "a,b\n",
            "two.csv": "a,b\n1,x\n,y\n",
        ])
        let report = session.accept("load \"t.csv\" as t")
        #expect(
            report.words == """
                t: 3 rows, 6 columns
                missing in 6 columns, most in d 100 %, e 66.7 %, f 66.7 % · describe shows all
                read as missing: 2 "null" in e, 1 "NA" in f
                a is read as numbers, "1,200" as 1200; text a keeps them as written · likewise b, c
                d holds no values
                """)
        let all = try #require(report.tables.first)
        #expect(all.isDetail && all.caption == "all 11 findings" && all.rows.count == 11)
        let shown = TerminalRenderer(width: 100, colour: false, unicode: true).text(report)
        #expect(shown.contains("all 11 findings: more") && !shown.contains("1 empty in a"))
        #expect(
            TerminalRenderer(width: 100, colour: false, unicode: true, maxRows: nil).text(report).contains("1 empty in a read as missing"))
        #expect(session.accept("load \"two.csv\" as two").words == "two: 2 rows, 2 columns\nmissing: a 50 %")
        #expect(session.accept("load \"bare.csv\" as bare").words == "bare: 0 rows, 2 columns\na header and no rows")
    }

    @Test func clauses() throws {
        var session = TestSession([
            "t.csv": "title\nzip|d|q\n'1|2'|3/4/2024|1\n2|4/4/2024|2\n", "l.txt": "WARN a\nINFO b\n",
            "j.json": "{\"rows\": [{\"a\": 1}], \"other\": [{\"b\": 2}]}",
            "x.xml": "<r><p><q>1</q></p><p><q>2</q></p></r>",
        ])
        session.accept("load \"t.csv\" as t header 2 delimiter \"|\" quote \"'\" dates day text q")
        #expect(column(session, "t", "zip") == ["1|2", "2"])
        #expect(column(session, "t", "d") == ["2024-04-03", "2024-04-04"])
        #expect(session.workspace.table("t")?.rows["q"]?.type == .text)
        session.accept("load \"l.txt\" as l pattern \"(?<level>[A-Z]+) (?<rest>.*)\"")
        #expect(column(session, "l", "level") == ["WARN", "INFO"])
        session.accept("load \"j.json\" as j records \"rows\"")
        #expect(column(session, "j", "a") == ["1"])
        session.accept("load \"x.xml\" as x")
        #expect(column(session, "x", "q") == ["1", "2"])
        session.expectFault("load \"t.csv\" as t records \"a\"", "R0617")
        session.expectFault("load \"t.csv\" as t delimiter \"ab\"", "R0639")
        session.expectFault("load \"t.csv\" as t encoding \"klingon\"", "R0605")
        session.expectFault("load demo \"house_sales\" as h delimiter \";\"", "R0631")
        session.expectFault("load json \"t.csv\" as t", "R0640")
        session.expectFault("load sqlite \"t.csv\" as t", "R0651")
    }
}

/// Databases of SQLite, from the real music shop.
@Suite(.enabled(if: SharedData.isPresent, "the folder ../shared/data is absent"))
struct DatabaseLoadTests {
    private static let shop = "\"data/formats/Chinook_Sqlite.sqlite\""

    @Test func tablesAndQueries() throws {
        var session = TestSession()
        session.accept("load \(Self.shop) as albums table Album")
        let albums = try #require(session.workspace.table("albums")?.rows)
        #expect(albums.rowCount == 347)
        #expect(albums.names == ["AlbumId", "Title", "ArtistId"])
        #expect(albums["AlbumId"]?.type == .integer)
        session.accept("load \(Self.shop) as invoices table invoice")
        let invoices = try #require(session.workspace.table("invoices")?.rows)
        #expect(invoices.rowCount == 412)
        #expect(invoices["InvoiceDate"]?.type == .time)
        #expect(invoices["Total"]?.type == .number)
        #expect(invoices["BillingPostalCode"]?.type == .text)
        session.accept(
            "load \(Self.shop) as sums query \"select BillingCountry as country, sum(Total) as total from Invoice group by 1 order by 2 desc limit 1\""
        )
        #expect(session.workspace.table("sums")?.rows["country"]?[0] == .text("USA"))
    }

    @Test func refusals() throws {
        var session = TestSession()
        #expect(session.expectFault("load \(Self.shop) as x", "R0655")?.message.contains("11 tables: Album, Artist") == true)
        session.expectFault("load \(Self.shop) as x table Albums", "R0654")
        session.expectFault("load \(Self.shop) as x query \"selec\"", "R0653")
        session.expectFault("load \(Self.shop) as x query \"delete from Album\"", "R0656")
        session.expectFault("load \(Self.shop) as x query \"attach 'y.db' as y\"", "R0656")
        session.expectFault("load \(Self.shop) as x query \"select 1; select 2\"", "R0653")
    }

    /// Two thousand damaged copies: a table or one fault each, never a trap.
    @Test func damagedCopies() throws {
        let bytes = Array(try Data(contentsOf: SharedData.folder.appendingPathComponent("formats/Chinook_Sqlite.sqlite")))
        // The first pages hold what the database is made of; an artist is a small table.
        var stream = RandomStream(seed: 3, purpose: "damaged databases")
        func random(_ bound: Int) -> Int { Int(stream.next() % UInt64(bound)) }
        var options = ReadOptions()
        options.table = "Artist"
        var outcomes: [String: Int] = [:]
        for round in 0..<2_000 {
            var copy = bytes
            let reach = round % 2 == 0 ? 8_192 : copy.count
            for _ in 0...random(24) { copy[16 + random(reach - 16)] = UInt8(truncatingIfNeeded: stream.next()) }
            if round % 5 == 0 { copy.removeLast(random(copy.count - 512)) }
            do {
                let frame = try SQLiteReader.read(ByteSource(name: "d.db", bytes: copy), options: options, context: .quiet).frame
                outcomes["table", default: 0] += 1
                #expect(frame.columns.allSatisfy { $0.count == frame.rowCount })
            } catch let fault as Fault {
                outcomes[fault.code, default: 0] += 1
            } catch { Issue.record("round \(round): \(error)") }
        }
        #expect((outcomes["R0652"] ?? 0) > 200 && (outcomes["table"] ?? 0) > 200, "\(outcomes)")
    }

    @Test func damageIsNamed() throws {
        var bytes = Array(try Data(contentsOf: SharedData.folder.appendingPathComponent("formats/Chinook_Sqlite.sqlite")))
        for place in 4096..<bytes.count where place % 7 == 0 { bytes[place] = 0xFF }
        var session = TestSession()
        try session.files.access.write("broken.db", bytes)
        try session.files.access.write("cut.db", Array(bytes.prefix(3000)))
        session.expectFault("load \"broken.db\" as x table Album", "R0652")
        #expect(session.run("load \"cut.db\" as x table Album").last?.error != nil)
        try session.files.access.write("busy.db", Array(bytes.prefix(600)))
        try session.files.access.write("busy.db-wal", [1, 2, 3])
        session.expectFault("load \"busy.db\" as x", "R0659")
    }
}
