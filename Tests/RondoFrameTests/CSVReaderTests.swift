import RondoFrame
import RondoKernels
import Testing

@Suite struct CSVReaderTests {
    @Test func typesOfSimpleColumns() throws {
        let frame = try csv(
            "a,b,c,d,e,f\n1,1.5,true,2024-01-02,2024-01-02T03:04:05Z,x\n-2,.5,false,2024-02-29,2024-01-02 03:04:06+01:00,y y\n"
        ).frame
        #expect(frame.names == ["a", "b", "c", "d", "e", "f"])
        #expect(frame.columns.map(\.type) == [.integer, .number, .truth, .date, .time, .text])
        #expect(plain(frame["a"]) == ["1", "-2"])
        #expect(plain(frame["b"]) == ["1.5", "0.5"])
        #expect(plain(frame["d"]) == ["2024-01-02", "2024-02-29"])
        #expect(plain(frame["e"]) == ["2024-01-02T03:04:05", "2024-01-02T02:04:06"])
        #expect(plain(frame["f"]) == ["x", "y y"])
    }

    @Test func quotesDelimitersAndLineEnds() throws {
        let frame = try csv("a;b\r\n\"x;y\";\"he said \"\"hi\"\"\"\r\n\"line\nbreak\";2\r\n").frame
        #expect(plain(frame["a"]) == ["x;y", "line\nbreak"])
        #expect(plain(frame["b"]) == ["he said \"hi\"", "2"])
        #expect(plain(try csv("a\tb\n1\t2").frame["b"]) == ["2"])
        #expect(plain(try csv("a|b\r1|2\r3|4\r").frame["b"]) == ["2", "4"])
        #expect(plain(try csv("a,b\n'x,y',1\n'z',2\n").frame["a"]) == ["x,y", "z"])
        #expect(plain(try csv("\u{FEFF}a,b\n1, \"6,000,000\"\n").frame["b"]) == ["6000000"])
    }

    @Test func losslessIdentifiers() throws {
        let result = try csv("zip,long,wide,plus\n00501,12345678901234567890,9223372036854775807,+1\n10001,1,-9223372036854775808,+49\n")
        #expect(result.frame.columns.map(\.type) == [.text, .text, .integer, .text])
        #expect(plain(result.frame["zip"]) == ["00501", "10001"])
        #expect(plain(result.frame["wide"]) == ["9223372036854775807", "-9223372036854775808"])
        let text = result.findings.map(\.text)
        #expect(text.contains("zip is text because line 2 holds \"00501\": its leading zeros would be lost in a number"))
        #expect(text.contains("long is text because line 2 holds \"12345678901234567890\": a number would not keep all its digits"))
        #expect(text.contains("plus is text: its plus signs would be lost in numbers"))
        let mixed = try csv("x\n1.5\n9007199254740993\n")
        #expect(mixed.frame["x"]?.type == .text)
        #expect(try csv("x\n1.5\n9007199254740992\n").frame["x"]?.type == .number)
    }

    @Test func oneValueInTheLastLineChangesTheType() throws {
        var text = "price\n"
        for row in 0..<300_000 { text += "\(row)\n" }
        let result = try csv(text + "n/a?\n")
        #expect(result.frame["price"]?.type == .text)
        #expect(result.findings.map(\.text).contains("price is text because line 300,002 holds \"n/a?\""))
        let number = try csv(text + "0.5\n")
        #expect(number.frame["price"]?.type == .number)
        #expect(number.frame["price"]?[300_000] == .number(0.5))
        #expect(number.frame["price"]?[299_999] == .number(299_999))
    }

    @Test func missingMarks() throws {
        let result = try csv("n,t,q\n1,,?\nNA,NA,x\n ,  ,None\nNaN,word,y y\n?,None,z\n")
        #expect(plain(result.frame["n"]) == ["1", "-", "-", "-", "-"])
        #expect(plain(result.frame["t"]) == ["-", "-", "-", "word", "-"])
        #expect(plain(result.frame["q"]) == ["-", "x", "-", "y y", "z"])
        let text = result.findings.filter { $0.name == "missing" }.map(\.text)
        #expect(text.contains("1 \"NA\" in n read as missing"))
        #expect(text.contains("1 blanks in n read as missing"))
        #expect(text.contains("1 empty in t read as missing"))
        #expect(text.contains("1 \"None\" in t read as missing"))
        #expect(result.findings.reduce(0) { $1.name == "missing" ? $0 + ($1.count ?? 0) : $0 } == 10)
    }

    @Test func namibiaStays() throws {
        let result = try csv("country,grade\nDE,Y\nNA,NA\nFR,N\nNA,Y\nUS,N\n")
        #expect(plain(result.frame["country"]) == ["DE", "NA", "FR", "NA", "US"])
        #expect(plain(result.frame["grade"]) == ["Y", "-", "N", "Y", "N"])
        #expect(result.findings.map(\.text).contains("2 \"NA\" in country kept as a value: the other values are codes of the same shape"))
    }

    @Test func exactlyTheGivenMarks() throws {
        var options = ReadOptions()
        options.missing = ["-999", "n/a"]
        let frame = try csv("a,b,c\n-999,n/a,1\n3,NA,-999.0\n,x,2.5\n", options).frame
        #expect(plain(frame["a"]) == ["-", "3", "-"])
        #expect(plain(frame["b"]) == ["-", "NA", "x"])
        #expect(plain(frame["c"]) == ["1", "-", "2.5"])
    }

    @Test func dateOrders() throws {
        let month = try csv("d\n1/2/2011\n1/13/2011\n")
        #expect(plain(month.frame["d"]) == ["2011-01-02", "2011-01-13"])
        #expect(month.findings.map(\.text).contains("d is read as month, day, year"))
        #expect(plain(try csv("d\n01.02.2011\n31.12.2011\n").frame["d"]) == ["2011-02-01", "2011-12-31"])
        let ambiguous = try csv("d\n1/2/2011\n3/4/2011\n")
        #expect(ambiguous.frame["d"]?.type == .text)
        #expect(ambiguous.findings.contains { $0.text.hasPrefix("d is text: its dates could begin with the day or with the month") })
        var options = ReadOptions()
        options.dateOrder = .day
        #expect(plain(try csv("d\n1/2/2011\n3/4/2011\n", options).frame["d"]) == ["2011-02-01", "2011-04-03"])
        #expect(try csv("d\n31/2/2011\n3/4/2011\n").frame["d"]?.type == .text)
        #expect(try csv("d\n2024-02-30\n2024-01-01\n").frame["d"]?.type == .text)
        #expect(try csv("d\n2024-01-01T00:00\n2024-01-01T00:00Z\n").frame["d"]?.type == .text)
    }

    @Test func headers() throws {
        #expect(try csv("kitten,win").frame.rowCount == 0)
        #expect(try csv("kitten,win").findings.contains { $0.name == "empty" })
        let none = try csv("1,null,0\n2,0,null\n")
        #expect(none.frame.names == ["column_1", "column_2", "column_3"])
        #expect(none.frame.rowCount == 2)
        #expect(none.findings.contains { $0.name == "header" })
        #expect(try csv("Year,2000,2001\nTimber,5,6\n").frame.names == ["Year", "2000", "2001"])
        let names = try csv("a,,a,a_2\n1,2,3,4\n")
        #expect(names.frame.names == ["a", "column_2", "a_3", "a_2"])
        #expect(names.findings.filter { $0.name == "names" }.count == 2)
        var tidy = ReadOptions(namesTidy: true)
        #expect(try csv("Lot Area,SalePrice,1st Flr SF\n1,2,3\n", tidy).frame.names == ["lot_area", "sale_price", "x1st_flr_sf"])
        tidy.headerLine = 2
        #expect(try csv("a title,\nx,y\n1,2\n", tidy).frame.names == ["x", "y"])
    }

    @Test func raggedRows() throws {
        let short = try csv("a,b,c\n1,2,3\n4\n5,6,7,,\n\n8,9,10\n\n\n")
        #expect(plain(short.frame["b"]) == ["2", "-", "6", "9"])
        let text = short.findings.map(\.text)
        #expect(text.contains("1 row is too short, line 3: its last fields are missing"))
        #expect(text.contains("1 blank line left out"))
        #expect(text.contains("2 blank lines at the end left out"))
        #expect { try csv("a,b\n1,2\n3,4,5\n") } throws: {
            ($0 as? Fault)?.code == "R0606" && ($0 as? Fault)?.message.contains("line 3, column 1, byte 9: 3 fields") == true
        }
    }

    @Test func clearErrors() throws {
        func code(_ bytes: [UInt8]) -> String? {
            do {
                _ = try CSVReader.read(ByteSource(name: "t.csv", bytes: bytes), options: ReadOptions(), context: .quiet)
                return nil
            } catch { return (error as? Fault).map { $0.code + " " + $0.message } }
        }
        #expect(code([])?.hasPrefix("R0602") == true)
        #expect(code(Array("\n\n".utf8))?.hasPrefix("R0602") == true)
        #expect(code(Array("a,b\n1,".utf8) + [0, 10]) == "R0603 t.csv is not text: line 2, column 3, byte 7 is a zero byte")
        #expect(code(Array("a,b\n1,".utf8) + [0xE9, 10]) == "R0604 t.csv is not UTF-8: line 2, column 3, byte 7 is 0xE9")
        #expect(code(Array("a,b\n1,\"x\n".utf8)) == "R0607 t.csv, line 2, column 3, byte 7: a quote is opened and never closed")
        #expect(code(Array("a,b\n1,\"x\"y\n".utf8))?.hasPrefix("R0608") == true)
    }

    @Test func encodings() throws {
        var options = ReadOptions()
        options.encoding = "windows-1252"
        let bytes = Array("n\nM".utf8) + [0xFC, 0x80] + Array("x\nb\n".utf8)
        #expect(
            plain(try CSVReader.read(ByteSource(name: "t", bytes: bytes), options: options, context: .quiet).frame["n"]) == ["Mü€x", "b"])
        let units = "a,b\n1,ü\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        #expect(
            plain(
                try CSVReader.read(ByteSource(name: "t", bytes: [0xFF, 0xFE] + units), options: ReadOptions(), context: .quiet).frame["b"])
                == ["ü"])
    }

    @Test func zeroAndOneRowsAndAllMissing() throws {
        #expect(try csv("a,b\n").frame.rowCount == 0)
        #expect(plain(try csv("a\n1\n").frame["a"]) == ["1"])
        let missing = try csv("a,b\n,1\n,2\n")
        #expect(missing.frame["a"]?.type == .number)
        #expect(missing.frame["a"]?.missingCount == 2)
        #expect(plain(try csv("a\n1\n\n2\n").frame["a"]) == ["1", "-", "2"])
    }

    @Test func strayQuotesInUnquotedFields() throws {
        var text = "size,note\n"
        for row in 0..<200_000 { text += row % 1000 == 7 ? "5\" pipe,\(row)\n" : "plain,\"\(row), ok\"\n" }
        let frame = try CSVReader.read(
            ByteSource(name: "t", text: text), options: ReadOptions(), context: ComputeContext(threads: ThreadCount(2))
        ).frame
        #expect(frame.rowCount == 200_000)
        #expect(frame["size"]?[199_007] == .text("5\" pipe"))
        #expect(frame["note"]?[199_999] == .text("199999, ok"))
    }
}
