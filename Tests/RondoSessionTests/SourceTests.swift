import Foundation
import RondoFrame
import RondoKernels
import RondoLifecycle
import RondoReport
import RondoSession
import Testing

/// `source`, data dictionaries, private columns, samples and files larger than memory.
@Suite struct SourceTests {
    @Test func factsStayAndAreShown() throws {
        var session = HouseFile.session(rows: 200)
        session.accept("source sales owner \"Town hall\" license \"CC BY 4.0\" kind survey covers 2021-01-01..2021-12-31 privacy public")
        let report = session.accept("source sales cost \"free\"")
        #expect(report.words.contains("Town hall") || "\(report.blocks)".contains("Town hall"))
        let facts = try #require(session.workspace.table("sales")?.facts)
        #expect(facts.owner == "Town hall")
        #expect(facts.cost == "free")
        #expect(facts.covers == "2021-01-01..2021-12-31")
        session.accept("filter price > 1")
        #expect(session.workspace.table("sales")?.facts.owner == "Town hall")
    }

    @Test func privateColumnsAreNeverFeaturesAndDoNotLeave() throws {
        var session = HouseFile.session(rows: 300)
        session.accept("source sales privacy personal private zip")
        session.accept("derive area = zip + 1")
        for cell in ["head 3", "describe", "describe zip, sqft", "describe by type"] {
            let look = session.accept(cell)
            #expect(!"\(look.blocks)".contains("1000"), "\(cell)")
            #expect(look.words.contains("private, not shown: zip"), "\(cell)")
        }
        session.accept("goal predict price\nsplit 60/20/20 by sold_on\nfit linear without id")
        let model = try #require(session.workspace.models.first)
        #expect(!model.features.contains("zip") && !model.features.contains("area"))
        session.expectFault("fit linear using zip as other", "R0404")
        session.accept("export sales to \"out.csv\"")
        let out = String(decoding: session.files.files["out.csv"] ?? [], as: UTF8.self)
        #expect(out.hasPrefix("id,sold_on,type,sqft,"))
        session.accept("export sales to \"all.csv\" including private")
        #expect(String(decoding: session.files.files["all.csv"] ?? [], as: UTF8.self).hasPrefix("id,sold_on,type,zip,sqft,"))
        session.expectFault("source sales private nothing", "R0203")
    }

    @Test func dictionaryBesideTheFile() throws {
        var session = TestSession([
            "d.csv": "name,description,unit,codes,role\nSqft,Area,ft2,,\nzip,Postcode,,,private\nghost,Nothing,,,\n",
            "t.csv": "zip,sqft\n10001,900\n10002,800\n", "no.csv": "a,b\n1,2\n",
        ])
        let report = session.accept("load \"t.csv\" as t dictionary \"d.csv\"")
        #expect(report.words.contains("explains 2 of 2 columns"))
        #expect(report.words.contains("ghost"))
        let facts = try #require(session.workspace.table("t")?.facts)
        #expect(facts.columns["sqft"]?.unit == "ft2")
        #expect(facts.privateColumns == ["zip"])
        let table = try #require(session.accept("describe").tables.last)
        #expect(table.columns.map(\.name) == ["column", "description", "unit"])
        #expect(table.rows == [[.text("sqft"), .text("Area"), .text("ft2")]])
        session.expectFault("load \"t.csv\" as u dictionary \"no.csv\"", "R0665")
    }

    @Test func sampleClause() throws {
        var text = "id\n"
        for row in 0..<1000 { text += "\(row)\n" }
        var session = TestSession(["t.csv": text])
        let report = session.accept("load \"t.csv\" as t sample 10% seed 4")
        #expect(session.workspace.table("t")?.rows.rowCount == 100)
        #expect(report.words.contains("100 of 1,000 rows"))
        session.accept("load \"t.csv\" as u sample 7")
        #expect(session.workspace.table("u")?.rows.rowCount == 7)
        session.expectFault("load \"t.csv\" as v sample 0", "R0639")
        session.expectFault("load \"t.csv\" as v seed 4", "R0631")
    }

    @Test func aFileLargerThanMemoryIsRefusedWithItsSize() throws {
        let bytes = Array(repeating: UInt8(ascii: "1"), count: 1 << 27)
        var session = TestSession()
        let files = session.session.world.files.read
        session.session.world.files.read = { path in
            path == "big.csv" ? FileContent(name: path, copying: Array("a\n".utf8) + bytes) : try files(path)
        }
        session.session.world.availableMemory = { 1 << 26 }
        let error = session.expectFault("load \"big.csv\" as t", "R0664")
        #expect(error?.message.contains("256") == true)
        #expect(error?.remedy.contains("sample") == true)
    }

    @Test func clausesOfNumbers() throws {
        var session = TestSession(["t.csv": "# c\nk;v\nx;1.234,5\ny;2,5\n"])
        session.accept("load \"t.csv\" as t comment \"#\" decimal \",\" thousands \".\"")
        #expect(session.workspace.table("t")?.rows["v"]?[0] == .number(1234.5))
        session.expectFault("load \"t.csv\" as u decimal \";\"", "R0639")
        session.expectFault("load \"t.csv\" as u decimal \",\" thousands \",\"", "R0639")
    }
}
