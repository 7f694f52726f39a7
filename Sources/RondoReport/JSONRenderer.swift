package import RondoKernels

/// One line of JSON a cell: the public, versioned contract of `--format jsonl`.
///
/// NaN and infinity never appear, integers beyond 2^53 are text, dates and times are ISO text, lengths of time are seconds.
/// `cell` is null for a note. An error that a cell raised stands in place of `seconds` and, unless there are some, `blocks`.
package struct JSONRenderer: CellRenderer {
    package var numbers: NumberText
    package var name: String { "jsonl" }

    package init(numbers: NumberText = NumberText()) { self.numbers = numbers }

    package func render(_ cell: CellReport, into output: inout String) {
        var writer = JSONWriter()
        write(cell, to: &writer)
        output += writer.text
        output += "\n"
    }

    package func write(_ cell: CellReport, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("cell")
            if let number = cell.number { writer.integer(Int64(number)) } else { writer.null() }
            writer.member("line", cell.line)
            writer.member("source", cell.source)
            writer.member("status", cell.error == nil ? cell.status.rawValue : CellReport.Status.error.rawValue)
            if let error = cell.error {
                writer.key("error")
                JSONRenderer.write(error, to: &writer)
                if !cell.moreErrors.isEmpty {
                    writer.key("more_errors")
                    writer.array { writer in for other in cell.moreErrors { JSONRenderer.write(other, to: &writer) } }
                }
                if cell.blocks.isEmpty { return }
            } else {
                writer.key("seconds")
                writer.shortNumber(cell.seconds)
            }
            writer.key("blocks")
            writer.array { writer in for block in cell.blocks { write(block, of: cell, to: &writer) } }
        }
    }

    static func write(_ error: ErrorReport, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("code", error.code)
            writer.member("message", error.message)
            writer.key("span")
            writer.array {
                $0.integer(Int64(error.start)); $0.integer(Int64(error.end))
            }
            if let note = error.note { writer.member("note", note) }
            writer.member("remedy", error.remedy)
        }
    }

    private func write(_ block: Block, of cell: CellReport, to writer: inout JSONWriter) {
        writer.object { writer in
            switch block {
            case .figures(let figures):
                writer.member("kind", "figures")
                writer.key("figures")
                writer.array { writer in
                    for figure in figures { JSONRenderer.write(figure, to: &writer) { JSONRenderer.write($0, to: &$1) } }
                }
            case .table(let table):
                JSONRenderer.write(table, to: &writer) { JSONRenderer.write($0, to: &$1) }
            case .chart(let chart):
                ChartCoding.write(chart, to: &writer)
            case .text(let text):
                writer.member("kind", "text")
                writer.member("tone", text.tone.rawValue)
                writer.member("text", SlotFilling.fill(text.template, from: cell, numbers: numbers))
            case .note(let markdown):
                writer.member("kind", "note")
                writer.member("markdown", markdown)
            }
        }
    }

    static func write(_ figure: Figure, to writer: inout JSONWriter, value: (Scalar, inout JSONWriter) -> Void) {
        writer.object { writer in
            writer.member("name", figure.name)
            writer.key("value")
            value(figure.value, &writer)
            writer.member("style", figure.style.rawValue)
            if let unit = figure.unit { writer.member("unit", unit) }
            if figure.isVolatile { writer.member("volatile", true) }
        }
    }

    /// The members of a table block inside an object that is open.
    static func write(_ table: TableBlock, to writer: inout JSONWriter, value: (Scalar, inout JSONWriter) -> Void) {
        writer.member("kind", "table")
        writer.member("caption", table.caption)
        writer.key("columns")
        writer.array { writer in
            for column in table.columns {
                writer.object { writer in
                    writer.member("name", column.name)
                    writer.member("type", column.type)
                    if column.style != .number { writer.member("style", column.style.rawValue) }
                    if column.isVolatile { writer.member("volatile", true) }
                }
            }
        }
        writer.key("rows")
        writer.array { writer in
            for row in table.rows {
                writer.array { writer in
                    for index in table.columns.indices { value(index < row.count ? row[index] : .missing, &writer) }
                }
            }
        }
    }

    /// A value as the contract shows it.
    package static func write(_ value: Scalar, to writer: inout JSONWriter) {
        switch value {
        case .missing: writer.null()
        case .number(let number): writer.shortNumber(number)
        case .integer(let integer): writer.integer(integer)
        case .truth(let truth): writer.truth(truth)
        case .text, .date, .time: writer.string(value.plainText)
        case .duration(let microseconds): writer.shortNumber(Double(microseconds) / 1_000_000)
        }
    }
}
