package import RondoKernels

/// Cells and blocks to JSON and back without loss, as a report carries them.
///
/// The form is that of the jsonl contract with two differences: text keeps its template, and values keep their type: a number has a
/// point or an exponent, an integer has none (or is `{"integer":"…"}` beyond 2^53), and `{"date":19783}`, `{"time":…}` and
/// `{"duration":…}` hold days and microseconds. Doubles keep their bits; -0 too.
package enum BlockCoding {
    // MARK: writing

    package static func write(_ cell: CellReport, to writer: inout JSONWriter) {
        writer.object { writer in
            if let number = cell.number { writer.member("cell", number) }
            writer.member("line", cell.line)
            writer.member("source", cell.source)
            writer.member("status", cell.status.rawValue)
            writer.key("seconds")
            writer.number(cell.seconds)
            writer.key("blocks")
            writer.array { writer in for block in cell.blocks { write(block, to: &writer) } }
            if let error = cell.error {
                writer.key("error")
                JSONRenderer.write(error, to: &writer)
            }
        }
    }

    package static func write(_ block: Block, to writer: inout JSONWriter) {
        writer.object { writer in
            switch block {
            case .figures(let figures):
                writer.member("kind", "figures")
                writer.key("figures")
                writer.array { writer in for figure in figures { JSONRenderer.write(figure, to: &writer) { write($0, to: &$1) } } }
            case .table(let table): JSONRenderer.write(table, to: &writer) { write($0, to: &$1) }
            case .chart(let chart): ChartCoding.write(chart, to: &writer)
            case .text(let text):
                writer.member("kind", "text")
                writer.member("tone", text.tone.rawValue)
                writer.member("template", text.template)
            case .note(let markdown):
                writer.member("kind", "note")
                writer.member("markdown", markdown)
            }
        }
    }

    package static func write(_ value: Scalar, to writer: inout JSONWriter) {
        switch value {
        case .missing: writer.null()
        case .number(let number): writer.number(number)
        case .integer(let integer):
            if integer.magnitude <= 1 << 53 { writer.integer(integer) } else { typed("integer", integer, &writer) }
        case .truth(let truth): writer.truth(truth)
        case .text(let text): writer.string(text)
        case .date(let days): typed("date", Int64(days), &writer)
        case .time(let microseconds): typed("time", microseconds, &writer)
        case .duration(let microseconds): typed("duration", microseconds, &writer)
        }
    }

    private static func typed(_ type: String, _ value: Int64, _ writer: inout JSONWriter) {
        writer.object {
            $0.key(type); $0.integer(value)
        }
    }

    // MARK: reading

    package static func cell(_ tree: JSONTree) throws -> CellReport {
        guard let status = CellReport.Status(rawValue: try text("status", of: tree)) else { throw damaged("unknown status of a cell") }
        var cell = CellReport(number: nil, line: try int("line", of: tree), source: try text("source", of: tree), status: status)
        if let number = tree["cell"], !number.isNull { cell.number = try int("cell", of: tree) }
        cell.seconds = tree["seconds"]?.double ?? 0
        cell.blocks = try elements("blocks", of: tree).map(block)
        if let error = tree["error"] { cell.error = try self.error(error) }
        return cell
    }

    package static func block(_ tree: JSONTree) throws -> Block {
        let kind = try text("kind", of: tree)
        switch kind {
        case "figures": return .figures(try elements("figures", of: tree).map(figure))
        case "table": return .table(try table(tree))
        case "chart": return .chart(try ChartCoding.read(tree))
        case "text":
            guard let tone = TextBlock.Tone(rawValue: try text("tone", of: tree)) else { throw damaged("unknown tone of a text") }
            return .text(TextBlock(try text("template", of: tree), tone: tone))
        case "note": return .note(try text("markdown", of: tree))
        default: throw damaged("there is no block kind \(kind)")
        }
    }

    package static func value(_ tree: JSONTree) throws -> Scalar {
        switch tree {
        case .null: return .missing
        case .truth(let truth): return .truth(truth)
        case .text(let text): return .text(text)
        case .number(let digits):
            if !digits.contains(where: { $0 == "." || $0 == "e" || $0 == "E" }) {
                guard let integer = Int64(digits) else { throw damaged("an integer is too large") }
                return .integer(integer)
            }
            guard let number = Double(digits), number.isFinite else { throw damaged("a number is too large") }
            return .number(number)
        case .object(let members):
            guard let member = members.first, members.count == 1, let value = member.value.integer else { throw damaged("unknown value") }
            switch member.name {
            case "integer": return .integer(value)
            case "date":
                guard let days = Int32(exactly: value) else { throw damaged("a date is out of range") }
                return .date(days)
            case "time": return .time(value)
            case "duration": return .duration(value)
            default: throw damaged("unknown type of value \(member.name)")
            }
        case .array: throw damaged("a list stands where one value belongs")
        }
    }

    private static func figure(_ tree: JSONTree) throws -> Figure {
        Figure(
            try text("name", of: tree), try value(member("value", of: tree)), try style(tree), unit: tree["unit"]?.text,
            volatile: tree["volatile"]?.truth ?? false)
    }

    private static func style(_ tree: JSONTree) throws -> NumberStyle {
        guard let word = tree["style"]?.text else { return .number }
        guard let style = NumberStyle(rawValue: word) else { throw damaged("there is no style \(word)") }
        return style
    }

    private static func table(_ tree: JSONTree) throws -> TableBlock {
        let columns = try elements("columns", of: tree).map { column in
            TableBlock.Column(
                try text("name", of: column), try text("type", of: column), try style(column), volatile: column["volatile"]?.truth ?? false)
        }
        let rows = try elements("rows", of: tree).map { row in
            guard let values = row.elements, values.count == columns.count else {
                throw damaged("a table row has another width than its table")
            }
            return try values.map(value)
        }
        return TableBlock(caption: try text("caption", of: tree), columns: columns, rows: rows)
    }

    private static func error(_ tree: JSONTree) throws -> ErrorReport {
        let span = try elements("span", of: tree)
        guard span.count == 2, let start = span[0].integer, let end = span[1].integer, let first = Int(exactly: start),
            let last = Int(exactly: end)
        else { throw damaged("the span of an error is not two numbers") }
        return ErrorReport(
            code: try text("code", of: tree), message: try text("message", of: tree), start: first, end: last, note: tree["note"]?.text,
            remedy: try text("remedy", of: tree))
    }

    // MARK: members

    static func damaged(_ what: String) -> Fault {
        Fault("R0921", "the recorded results are damaged: \(what)", remedy: "write the report again from its session file")
    }

    static func member(_ name: String, of tree: JSONTree) throws -> JSONTree {
        guard let value = tree[name] else { throw damaged("\(name) is missing") }
        return value
    }

    static func text(_ name: String, of tree: JSONTree) throws -> String {
        guard let value = try member(name, of: tree).text else { throw damaged("\(name) is no text") }
        return value
    }

    static func elements(_ name: String, of tree: JSONTree) throws -> [JSONTree] {
        guard let value = try member(name, of: tree).elements else { throw damaged("\(name) is no list") }
        return value
    }

    static func int(_ name: String, of tree: JSONTree) throws -> Int {
        guard let value = try member(name, of: tree).integer, let narrow = Int(exactly: value) else {
            throw damaged("\(name) is no whole number")
        }
        return narrow
    }
}
