import RondoKernels

/// A table of the page: caption, column headers with scope, numbers to the right, in a region that scrolls and takes the focus.
///
/// Beyond `maxRows` rows the middle is left out with a stated count; the session in the page still carries every row.
struct HTMLTable {
    /// Rows of a table before its middle is left out.
    static let rows = 200

    var table: TableBlock
    var numbers: NumberText
    var maxRows = HTMLTable.rows
    var showsCaption = true

    private static func isNumeric(_ column: TableBlock.Column) -> Bool { ["number", "integer", "duration"].contains(column.type) }

    func render(into builder: inout HTMLBuilder) {
        guard !table.columns.isEmpty else { return }
        let shown = RowThinning.rows(of: table.rows.count, limit: maxRows)
        let texts = table.columns.indices.map { numbers.column($0, of: table, rows: shown) }
        let name = table.caption.isEmpty ? "table" : table.caption
        builder.element(
            "div",
            [
                .class(shown.count > 30 ? "scroll tall" : "scroll"), .init("role", "region"), .init("aria-label", name),
                .init("tabindex", "0"),
            ]
        ) { builder in
            builder.element("table", looks(isWhole: shown.count == table.rows.count)) { builder in
                if !table.caption.isEmpty { builder.element("caption", showsCaption ? [] : [.class("hidden")], text: table.caption) }
                builder.element("thead") { builder in
                    builder.element("tr") { builder in
                        for column in table.columns {
                            builder.element(
                                "th", [.init("scope", "col")] + (HTMLTable.isNumeric(column) ? [.class("n")] : []), text: column.name)
                        }
                    }
                }
                builder.element("tbody") { builder in
                    for (position, row) in shown.enumerated() {
                        builder.line()
                        if row == nil { gap(shown.count, into: &builder) } else { cells(row, position, texts, into: &builder) }
                    }
                    if table.rows.isEmpty {
                        builder.element("tr") {
                            $0.element("td", [.init("colspan", "\(table.columns.count)"), .class("gap")], text: "no rows")
                        }
                    }
                }
            }
        }
        builder.line()
    }

    /// Sortable where every row is there; wide tables print in smaller letters; a first column of names stays in sight.
    private func looks(isWhole: Bool) -> [HTMLBuilder.Attribute] {
        let size = table.columns.count > 13 ? "widest" : table.columns.count > 8 ? "wide" : ""
        let isKeyed = table.columns.count > 1 && table.columns.first.map(HTMLTable.isNumeric) == false
        let words = (isWhole && table.rows.count > 1 ? ["sortable"] : []) + (size.isEmpty ? [] : [size]) + (isKeyed ? ["keyed"] : [])
        return words.isEmpty ? [] : [.class(words.joined(separator: " "))]
    }

    private func value(_ row: Int?, _ column: Int) -> Scalar {
        guard let row, column < table.rows[row].count else { return .missing }
        return table.rows[row][column]
    }

    private func gap(_ shown: Int, into builder: inout HTMLBuilder) {
        let hidden = DecimalDigits(Int64(table.rows.count - shown + 1)).text()
        let text = "… \(hidden) of \(DecimalDigits(Int64(table.rows.count)).text()) rows are left out here"
        builder.element("tr") { $0.element("td", [.init("colspan", "\(table.columns.count)"), .class("gap")], text: text) }
    }

    private func cells(_ row: Int?, _ position: Int, _ texts: [[String]], into builder: inout HTMLBuilder) {
        builder.element("tr") { builder in
            for (index, column) in table.columns.enumerated() {
                let value = value(row, index)
                let isHeader = index == 0 && !HTMLTable.isNumeric(column) && table.columns.count > 1
                var attributes: [HTMLBuilder.Attribute] = isHeader ? [.init("scope", "row")] : []
                if HTMLTable.isNumeric(column) {
                    attributes.append(.class("n"))
                    if let number = value.number, HTMLTable.needsKey(texts[index][position], number) {
                        attributes.append(.init("data-v", Scalar.plain(CellDigest.rounded(number))))
                    }
                }
                let tag = isHeader ? "th" : "td"
                if value.isMissing {
                    builder.element(tag, attributes) { builder in
                        builder.element("span", [.class("missing"), .init("title", "missing")], text: "-")
                    }
                } else {
                    builder.element(tag, attributes, text: texts[index][position])
                }
            }
        }
    }

    /// Sorting reads the text where it is a plain number, else the key.
    private static func needsKey(_ text: String, _ number: Double) -> Bool { text.contains { !($0.isNumber || "-,.".contains($0)) } }
}
