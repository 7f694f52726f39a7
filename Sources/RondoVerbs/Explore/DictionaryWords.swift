import RondoKernels
import RondoLifecycle
import RondoReport

/// What the data dictionary of a table says about its columns.
enum DictionaryWords {
    /// A table of the columns that it says something about; nothing when there are none.
    static func blocks(_ names: [String], _ facts: SourceFacts) -> [Block] {
        let known = names.compactMap { name in facts.columns[name].map { (name, $0) } }
        guard !known.isEmpty else { return [] }
        func cell(_ text: String?) -> Scalar { text.map { .text($0) } ?? .missing }
        var table = TableBlock(
            caption: "what the dictionary says",
            columns: [
                .init("column", "text", .plain), .init("description", "text", .plain), .init("unit", "text", .plain),
                .init("codes", "text", .plain), .init("role", "text", .plain),
            ], rows: known.map { [.text($0), cell($1.description), cell($1.unit), cell($1.codes), cell($1.role)] })
        table.leaveOutEmptyColumns()
        return [.table(table)]
    }
}
