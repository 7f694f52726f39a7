import RondoFrame
import RondoKernels
import Testing

private func xml(_ text: String, _ options: ReadOptions = ReadOptions()) throws -> ReadResult {
    try XMLReader.read(ByteSource(name: "t.xml", text: text), options: options, context: .quiet)
}

private func code(_ text: String) -> String {
    do {
        _ = try xml(text)
        return "no fault"
    } catch let fault as Fault { return "\(fault.code) \(fault.message)" } catch { return "\(error)" }
}

@Suite struct XMLReaderTests {
    private static let shop = """
        <?xml version="1.0"?>
        <shop name="Corner">
          <note>open</note>
          <item id="007"><title>Tea &amp; more</title><price>1.5</price><tag>a</tag><tag>b "c"</tag><size unit="g">100</size></item>
          <item id="8"><title><![CDATA[<Milk>]]></title><price>2</price><tag/><made>2024-02-29</made></item>
        </shop>
        """

    @Test func theRepeatedElementIsARow() throws {
        let result = try xml(Self.shop)
        let frame = result.frame
        #expect(frame.names == ["id", "title", "price", "tag", "size.unit", "size", "made"])
        #expect(plain(frame["id"]) == ["007", "8"])
        #expect(plain(frame["title"]) == ["Tea & more", "<Milk>"])
        #expect(frame["price"]?.type == .number)
        #expect(plain(frame["tag"]) == ["[\"a\",\"b \\\"c\\\"\"]", "-"])
        #expect(plain(frame["size"]) == ["100", "-"])
        #expect(frame["made"]?.type == .date)
        let text = result.findings.map(\.text)
        #expect(text.contains("rows are the elements item"))
        #expect(text.contains("left out beside the rows: shop.name, shop.note"))
        #expect(text.contains("1 value is lists, because an element is repeated in its row: kept as JSON text"))
        #expect(text.contains("1 empty in tag read as missing"))
        #expect(text.contains("id is text because line 4 holds \"007\": its leading zeros would be lost in a number"))
    }

    @Test func rowsByName() throws {
        var options = ReadOptions()
        options.records = "tag"
        #expect(plain(try xml(Self.shop, options).frame["text"]) == ["a", "b \"c\"", "-"])
        options.records = "nothing"
        #expect(throws: Fault.self) { try xml(Self.shop, options) }
        #expect(try xml("<a><b>1</b><c>2</c></a>").frame.names == ["b", "c"])
        #expect(try xml("<a><b><c x='1'/></b><b><c x='2'/></b></a>").frame.names == ["c.x"])
    }

    @Test func encodingOfTheDeclaration() throws {
        let bytes = Array("<?xml version='1.0' encoding='ISO-8859-1'?><a><b n='Zo".utf8) + [0xEB] + Array("'/><b n='x'/></a>".utf8)
        let result = try XMLReader.read(ByteSource(name: "t.xml", bytes: bytes), options: ReadOptions(), context: .quiet)
        #expect(plain(result.frame["n"]) == ["Zoë", "x"])
    }

    @Test func entitiesAndDamageAreRefused() {
        let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY x \"ha\"><!ENTITY y \"&x;&x;\">]><a>&y;</a>"
        #expect(code(bomb) == "R0645 t.xml, line 2, column 14, byte 36: the document declares entities, which are not expanded")
        #expect(code("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a><b>&secret;</b></a>").hasPrefix("R064"))
        #expect(code("<a><b>1</b>").hasPrefix("R0644 t.xml, line 1"))
        #expect(code("<a>\n<b>1</c></a>").hasPrefix("R0644 t.xml, line 2"))
        #expect(code("hello").hasPrefix("R0644"))
        #expect(code("").hasPrefix("R0602"))
        #expect(code(String(repeating: "<a>", count: 100_000)).hasPrefix("R0644"))
    }
}

@Suite(.enabled(if: SharedData.isPresent, "the folder ../shared/data is absent"))
struct XMLDataTests {
    @Test func countriesAgreeWithCSV() throws {
        let csv = try SharedData.table("formats/countries.csv").frame
        let source = ByteSource(name: "countries.xml", bytes: try SharedData.bytes("formats/countries.xml"))
        let xml = try TableReaders.read(source, options: ReadOptions(), context: .quiet).frame
        #expect(xml.rowCount == 250)
        var compared = 0
        // The CSV joins currencies and languages in one column each; all others are the same.
        for name in csv.names where name != "currencies" && name != "languages" {
            guard let a = csv[name], let b = xml[name] else {
                Issue.record("\(name) is not in the XML")
                continue
            }
            #expect(a.equals(b), "\(name): \(a.type) and \(b.type)")
            compared += 1
        }
        #expect(compared == 74)
    }
}
