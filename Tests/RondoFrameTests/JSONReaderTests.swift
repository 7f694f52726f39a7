import RondoFrame
import RondoKernels
import Testing

/// Reads text as JSON on two threads.
private func json(_ text: String, _ options: ReadOptions = ReadOptions()) throws -> ReadResult {
    try JSONReader.read(ByteSource(name: "t.json", text: text), options: options, context: ComputeContext(threads: ThreadCount(2)))
}

private func lines(_ text: String, _ options: ReadOptions = ReadOptions()) throws -> ReadResult {
    try JSONLinesReader.read(ByteSource(name: "t.jsonl", text: text), options: options, context: ComputeContext(threads: ThreadCount(2)))
}

private func message(_ text: String) -> String {
    do {
        _ = try json(text)
        return "no fault"
    } catch let fault as Fault { return "\(fault.code) \(fault.message)" } catch { return "\(error)" }
}

private func said(_ result: ReadResult) -> [String] { result.findings.map(\.text) }

@Suite struct JSONReaderTests {
    @Test func typesAndNestedRecords() throws {
        let text = """
            [{"id": 9007199254740993, "x": 1, "ok": true, "day": "2024-02-29", "at": "2024-01-02T03:04:05Z", "who": {"name": "A", "age": 3}},
             {"id": -1, "x": 2.5, "ok": null, "day": "2024-03-01", "at": null, "who": {"name": "Zo\\u00eb \\ud83d\\ude00", "age": null}}]
            """
        let frame = try json(text).frame
        #expect(frame.names == ["id", "x", "ok", "day", "at", "who.name", "who.age"])
        #expect(frame.columns.map(\.type) == [.integer, .number, .truth, .date, .time, .text, .integer])
        #expect(plain(frame["id"]) == ["9007199254740993", "-1"])
        #expect(plain(frame["x"]) == ["1", "2.5"])
        #expect(plain(frame["ok"]) == ["true", "-"])
        #expect(plain(frame["at"]) == ["2024-01-02T03:04:05", "-"])
        #expect(plain(frame["who.name"]) == ["A", "Zoë 😀"])
        #expect(plain(frame["who.age"]) == ["3", "-"])
    }

    @Test func textStaysText() throws {
        let result = try json(
            "[{\"zip\": \"00501\", \"n\": \"12\", \"na\": \"NA\", \"e\": \"\"}, {\"zip\": \"1\", \"n\": \"3\", \"na\": \"x\", \"e\": \"y\"}]"
        )
        #expect(result.frame.columns.map(\.type) == [.text, .text, .text, .text])
        #expect(plain(result.frame["na"]) == ["NA", "x"])
        #expect(plain(result.frame["e"]) == ["-", "y"])
        #expect(said(result) == ["1 empty in e read as missing"])
    }

    @Test func mixedValuesBecomeTextAndAreSaid() throws {
        let result = try json(
            "[{\"t\": \"a\"},\n {\"t\": 1776},\n {\"t\": 1.50},\n {\"t\": true},\n {\"t\": null},\n {\"t\": [1, \"x\\\"y\"]}]")
        #expect(plain(result.frame["t"]) == ["a", "1776", "1.50", "true", "-", "[1,\"x\\\"y\"]"])
        #expect(said(result) == ["1 list in t kept as JSON text", "t is text: line 2 holds a number where others hold a text"])
        let wide = try json("[{\"n\": 12345678901234567890}, {\"n\": 1}]")
        #expect(plain(wide.frame["n"]) == ["12345678901234567890", "1"])
        #expect(said(wide) == ["n is text: a number in line 1 would not keep all its digits"])
        #expect(plain(try json("[{\"n\": 1e400}]").frame["n"]) == ["1e400"])
        #expect(plain(try json("[{\"n\": 9007199254740993}, {\"n\": 0.5}]").frame["n"]) == ["9007199254740993", "0.5"])
    }

    @Test func changingKeys() throws {
        let frame = try json("[{\"a\": 1}, {\"b\": {\"c\": \"x\"}}, {\"a\": 3, \"b\": null}]").frame
        #expect(frame.names == ["a", "b.c"])
        #expect(plain(frame["a"]) == ["1", "-", "3"])
        #expect(plain(frame["b.c"]) == ["-", "x", "-"])
    }

    @Test func listsAndChildTables() throws {
        let text =
            "[{\"id\": 7, \"tags\": [\"a\", \"b\"], \"items\": [{\"n\": 1}, {\"n\": 2}]}, {\"id\": 8, \"tags\": [], \"items\": [{\"n\": 3}]}]"
        let whole = try json(text)
        #expect(plain(whole.frame["tags"]) == ["[\"a\",\"b\"]", "[]"])
        #expect(said(whole).contains("2 lists in tags kept as JSON text"))
        var options = ReadOptions()
        options.records = "items"
        let items = try json(text, options).frame
        #expect(items.names == ["n", "parent.id", "parent.row"])
        #expect(plain(items["n"]) == ["1", "2", "3"])
        #expect(plain(items["parent.id"]) == ["7", "7", "8"])
        #expect(plain(items["parent.row"]) == ["1", "1", "2"])
        options.records = "tags"
        #expect(plain(try json(text, options).frame["value"]) == ["a", "b"])
        options.records = "things"
        #expect(throws: Fault.self) { try json(text, options) }
    }

    @Test func oneListInARecord() throws {
        let result = try json("{\"meta\": {\"n\": 2}, \"rows\": [{\"a\": 1}, {\"a\": 2}], \"ok\": true}")
        #expect(plain(result.frame["a"]) == ["1", "2"])
        #expect(said(result) == ["rows are the items of rows; left out beside it: meta, ok"])
        var options = ReadOptions()
        options.records = "rows"
        #expect(try json("{\"meta\": 1, \"rows\": [{\"a\": 1}, {\"a\": 2}]}", options).frame.names == ["a"])
        #expect(try json("{\"a\": 1, \"b\": {\"c\": 2}}").frame.names == ["a", "b.c"])
        #expect(plain(try json("[1, 2, null]").frame["value"]) == ["1", "2", "-"])
        #expect(try json("[[1, \"x\"], [2, \"y\"]]").frame.names == ["column_1", "column_2"])
        #expect(try json("[]").frame.rowCount == 0)
    }

    @Test func repeatedKeysAndLoneSurrogatesAreSaid() throws {
        let twice = try json("[{\"a\": 1, \"a\": 2}]")
        #expect(plain(twice.frame["a"]) == ["2"])
        #expect(said(twice) == ["a is given twice in 1 record, the first in line 1: the last value counts"])
        let lone = try json("[{\"a\": \"x\\ud800y\"}]")
        #expect(plain(lone.frame["a"]) == ["x\u{FFFD}y"])
        #expect(said(lone) == ["1 halves of a character (lone surrogates) became U+FFFD, the first in line 1"])
    }

    @Test(arguments: [
        ("", "R0602 t.json is empty"), ("  \n", "R0602 t.json is empty"),
        ("[{\"a\": 01}]", "R0640 t.json, line 1, column 8, byte 8: this is no number of JSON"),
        ("[{\"a\": NaN}]", "R0640 t.json, line 1, column 8, byte 8: a value is expected here"),
        ("[{\"a\": 1,}]", "R0640 t.json, line 1, column 10, byte 10: a key in double quotes is expected here"),
        ("[{\"a\": 1}\n{\"a\": 2}]", "R0640 t.json, line 2, column 1, byte 11: a comma or ] is expected here"),
        ("[{\"a\": \"x", "R0640 t.json, line 1, column 8, byte 8: a text is opened and never closed"),
        ("[{\"a\": \"x\ny\"}]", "R0640 t.json, line 1, column 10, byte 10: a text holds a line break or another control character"),
        ("[{\"a\": \"\\x\"}]", "R0640 t.json, line 1, column 9, byte 9: a backslash is followed by no escape of JSON"),
        ("[1] 2", "R0640 t.json, line 1, column 5, byte 5: the end of the file is expected here"),
        ("[{\"a\": [1, 2}]", "R0640 t.json, line 1, column 13, byte 13: a comma or ] is expected here"),
        ("[tru]", "R0640 t.json, line 1, column 2, byte 2: a value is expected here"),
    ])
    func refusals(text: String, wanted: String) { #expect(message(text) == wanted) }

    @Test func deepNestingIsRefused() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(message(deep).hasPrefix("R0641"))
        #expect(message(String(repeating: "{\"a\":", count: 100_000)).hasPrefix("R0641"))
        #expect(message("[" + String(repeating: "{\"a\":", count: 150) + "1" + String(repeating: "}", count: 150) + "]") == "no fault")
    }

    @Test func keysThatAreData() {
        var text = "["
        for key in 0..<30_000 { text += (key > 0 ? "," : "") + "{\"k\(key)\": 1}" }
        #expect(message(text + "]").hasPrefix("R0642"))
    }

    @Test func linesInChunksEqualOneRun() throws {
        var text = ""
        for row in 0..<60_000 {
            text += "{\"id\": \(row), \"word\": \"w\(row % 97)\", \"x\": \(row == 59_999 ? "0.5" : String(row))"
            text += row > 40_000 ? ", \"late\": true}\n" : "}\n"
        }
        let chunked = try lines(text).frame
        let whole = try json("[" + text.split(separator: "\n").joined(separator: ",\n") + "]").frame
        #expect(chunked.rowCount == 60_000)
        #expect(chunked.names == whole.names)
        for (a, b) in zip(chunked.columns, whole.columns) { #expect(a.equals(b)) }
        #expect(chunked["x"]?.type == .number)
        let late = try lines(text + "{\"id\": \"last\"}\n")
        #expect(late.frame["id"]?.type == .text)
        #expect(late.findings.contains { $0.column == "id" && $0.text.hasPrefix("id is text: ") })
    }

    @Test func recordsOverLines() throws {
        let frame = try lines("{\"a\": 1,\n \"b\": 2}\n\n{\"a\": 3}").frame
        #expect(plain(frame["a"]) == ["1", "3"])
        #expect(throws: Fault.self) { try lines("{\"a\": 1}\n{\"a\": }\n") }
    }
}

/// The real JSON files, read as a person would want them.
@Suite(.enabled(if: SharedData.isPresent, "the folder ../shared/data is absent"))
struct JSONDataTests {
    private func file(_ name: String, _ options: ReadOptions = ReadOptions()) throws -> ReadResult {
        try TableReaders.read(
            ByteSource(name: name, bytes: try SharedData.bytes("formats/" + name)), options: options,
            context: ComputeContext(threads: ThreadCount(2)))
    }

    @Test func shapes() throws {
        let cars = try file("cars.json").frame
        #expect(cars.rowCount == 406)
        #expect(cars["Year"]?.type == .date)
        #expect(cars["Miles_per_Gallon"]?.missingCount == 8)
        let movies = try file("movies.json")
        #expect(movies.frame.rowCount == 3201)
        #expect(movies.frame["Title"]?.type == .text)
        #expect(movies.findings.contains { $0.column == "Title" && $0.text.contains("holds a number where others hold a text") })
        let quakes = try file("earthquakes.json")
        #expect(quakes.frame.rowCount == 1707)
        #expect(quakes.frame["properties.mag"]?.type == .number)
        #expect(quakes.frame["geometry.coordinates"]?[0] == .text("[-118.6671667,34.4945,26.49]"))
        #expect(try file("restaurants.jsonl").frame.rowCount == 2548)
        let profiles = try file("profiles.jsonl").frame
        #expect(profiles.rowCount == 1515)
        #expect(profiles["ts.$date"]?.type == .time)
    }

    @Test func countriesAgreeWithCSV() throws {
        let csv = try file("countries.csv").frame
        let json = try file("countries.json").frame
        #expect(json.rowCount == 250)
        var compared = 0
        for name in csv.names {
            guard let a = csv[name], let b = json[name], a.type == b.type else { continue }
            let differences = (0..<a.count).filter { a[$0] != b[$0] }
            // The CSV joins lists with commas, JSON keeps them as lists.
            if b.type == .text, (0..<b.count).contains(where: { b[$0].plainText.hasPrefix("[") }) { continue }
            #expect(differences.isEmpty, "\(name): \(differences.prefix(3).map { "\(a[$0].plainText) | \(b[$0].plainText)" })")
            compared += 1
        }
        #expect(compared > 55)
    }
}
