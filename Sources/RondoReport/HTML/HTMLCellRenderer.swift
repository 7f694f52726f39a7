/// A cell as a piece of HTML.
package struct HTMLCellRenderer: CellRenderer {
    package var numbers: NumberText
    package var name: String { "html" }

    package init(numbers: NumberText = NumberText()) { self.numbers = numbers }

    package func render(_ cell: CellReport, into output: inout String) {}
}
