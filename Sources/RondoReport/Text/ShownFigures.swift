import RondoKernels

/// Which figures of a cell are shown already, so that renderers do not repeat them.
enum ShownFigures {
    /// Names that a text mentions, that have no value, that count nothing while the answer has words, or whose value stands in a table row that begins with the name (`rmse`, and `baseline_rmse` beside it).
    static func names(in cell: CellReport) -> Set<String> {
        var shown = SlotFilling.names(in: cell)
        let hasWords = cell.blocks.contains { if case .text = $0 { true } else { false } }
        for case .figures(let figures) in cell.blocks {
            for figure in figures where !shown.contains(figure.name) && isSaid(figure, cell, hasWords) {
                shown.insert(figure.name)
            }
        }
        return shown
    }

    private static func isSaid(_ figure: Figure, _ cell: CellReport, _ hasWords: Bool) -> Bool {
        figure.value.isMissing || hasWords && figure.style == .count && figure.value.number == 0 || isInTable(figure, cell)
    }

    private static func isInTable(_ figure: Figure, _ cell: CellReport) -> Bool {
        for case .table(let table) in cell.blocks {
            for row in table.rows {
                guard case .text(let first)? = row.first, figure.name == first || figure.name.hasSuffix("_" + first) else { continue }
                if row.dropFirst().contains(figure.value) { return true }
            }
        }
        return false
    }
}
