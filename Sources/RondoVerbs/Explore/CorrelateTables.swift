import RondoFrame
import RondoKernels
import RondoLifecycle
import RondoReport
import RondoSession

/// The tables and pictures of `correlate`.
struct CorrelateTables {
    let names: [String]
    let frame: Frame
    /// The column of `with`.
    let partner: (name: String, column: Column)?
    let method: Correlations.Method
    /// The table's name.
    let table: String

    private static let mostPairs = 10
    /// Above this two columns say nearly the same.
    private static let nearlySame = 0.99

    private var kind: String { method == .pearson ? "Pearson" : "Spearman" }

    func whole(_ rows: [Int32], context: ComputeContext) throws -> [Block] {
        let caption = "\(kind), \(NumberText.count(rows.count)) rows of \(table)"
        if let partner {
            let found = try ordered(try with(partner, rows, context))
            return [.table(list(found, partner.name, caption: caption))] + words(found.map(\.1.measure))
        }
        let columns = part(rows)
        let associations = try AssociationTable(columns, method: method, context: context)
        let matrix = names.indices.map { row in names.indices.map { associations[row, $0].value } }
        let body = names.indices.map { row in [Scalar.text(names[row])] + matrix[row].map { Scalar($0) } }
        let heads = [TableBlock.Column("column", "text", .plain)] + names.map { .init(safe($0, "column"), "number", .number) }
        var blocks: [Block] = [.table(TableBlock(caption: caption, columns: heads, rows: body, decimals: 3))]
        let pairs = strongest(associations)
        if names.count > 2 {
            blocks.append(.table(pairTable(Array(pairs.prefix(CorrelateTables.mostPairs)))))
            let chart = ChartBlock(
                title: caption, marks: .heatmap(rows: names, columns: names, values: matrix, isSigned: true), xLabel: "", yLabel: "")
            blocks.append(.chart(chart))
        }
        let same = pairs.filter { $0.2.value.magnitude > CorrelateTables.nearlySame }.map { "\(names[$0.0]) and \(names[$0.1])" }
        if !same.isEmpty {
            blocks.append(.text(TextBlock(SlotText.escaped("nearly the same: \(NameList.words(same))"), tone: .warning)))
        }
        return blocks + words(pairs.map(\.2.measure))
    }

    /// One table for all groups; with a partner also a picture of columns by groups.
    func grouped(
        _ segments: [Segments.Segment], keys: [(name: String, column: Column)], rows: [Int32], words by: String, context: ComputeContext
    ) throws -> [Block] {
        var body: [[Scalar]] = []
        var strengths: [[Double]] = names.map { _ in [] }
        var measures: [Association.Measure] = []
        for segment in segments {
            let part = segment.positions.map { rows[Int($0)] }
            let key = keys.map { $0.column[part.first.map { Int($0) } ?? 0] }
            if let partner {
                let found = try with(partner, part, context)
                measures += found.map(\.1.measure)
                for (index, pair) in found.enumerated() {
                    strengths[index].append(pair.1.value)
                    body.append([.text(pair.0)] + key + cells(pair.1))
                }
            } else {
                let associations = try AssociationTable(self.part(part), method: method, context: context)
                for row in names.indices {
                    measures += names.indices.filter { $0 != row }.map { associations[row, $0].measure }
                    body.append([.text(names[row])] + key + names.indices.map { Scalar(associations[row, $0].value) })
                }
            }
        }
        let taken = Set(["column", "measure", "rows"] + (partner.map { [$0.name] } ?? names))
        let groupHeads = keys.map {
            TableBlock.Column(taken.contains($0.name) ? "by_\($0.name)" : $0.name, $0.column.type.rawValue, .plain)
        }
        let heads = [TableBlock.Column("column", "text", .plain)] + groupHeads
        guard let partner else {
            let columns = heads + names.map { .init(safe($0, "column"), "number", .number) }
            return [.table(TableBlock(caption: "\(kind) by \(by)", columns: columns, rows: body, decimals: 3))] + words(measures)
        }
        // A column's groups stand below each other.
        let order = names.indices.flatMap { name in segments.indices.map { $0 * names.count + name } }
        let table = TableBlock(
            caption: "\(kind) with \(partner.name) by \(by)", columns: heads + tail(partner.name), rows: order.map { body[$0] }, decimals: 3
        )
        let chart = ChartBlock(
            title: table.caption, marks: .heatmap(rows: names, columns: segments.map(\.name), values: strengths, isSigned: true),
            xLabel: by, yLabel: "column")
        return [.table(table)] + (names.count > 1 && segments.count > 1 ? [.chart(chart)] : []) + words(measures)
    }

    // MARK: pairs

    private func part(_ rows: [Int32]) -> [Column] {
        names.compactMap { frame[$0] }.map { rows.count == $0.count ? $0 : $0.gathering(rows) }
    }

    private func with(_ partner: (name: String, column: Column), _ rows: [Int32], _ context: ComputeContext) throws -> [(
        String, Association
    )] {
        let columns = part(rows)
        let other = rows.count == partner.column.count ? partner.column : partner.column.gathering(rows)
        let found = try Parallel.map(columns.count, context: context) { try Association.between(columns[$0], other, method: method) }
        return Array(zip(names, found))
    }

    /// The strongest first, columns without a figure last, equally strong ones in table order.
    private func ordered(_ found: [(String, Association)]) throws -> [(String, Association)] {
        let keys = found.map { $0.1.value.isNaN ? -1 : $0.1.value.magnitude }
        return found.indices.sorted { keys[$0] != keys[$1] ? keys[$0] > keys[$1] : $0 < $1 }.map { found[$0] }
    }

    private func strongest(_ table: AssociationTable) -> [(Int, Int, Association)] {
        let pairs = names.indices.flatMap { first in
            names.indices.dropFirst(first + 1).map { (first, $0, table[first, $0]) }
        }
        let known = pairs.filter { !$0.2.value.isNaN }
        return known.indices.sorted { left, right in
            let (one, other) = (known[left].2.value.magnitude, known[right].2.value.magnitude)
            return one != other ? one > other : left < right
        }.map { known[$0] }
    }

    private func pairTable(_ pairs: [(Int, Int, Association)]) -> TableBlock {
        TableBlock(
            caption: "strongest pairs",
            columns: [
                .init("first", "text", .plain), .init("second", "text", .plain), .init("strength", "number", .number),
                .init("measure", "text", .plain), .init("rows", "integer", .count),
            ], rows: pairs.map { [.text(names[$0.0]), .text(names[$0.1])] + cells($0.2) }, decimals: 3)
    }

    private func list(_ found: [(String, Association)], _ name: String, caption: String) -> TableBlock {
        TableBlock(
            caption: "\(caption), with \(name)", columns: [.init("column", "text", .plain)] + tail(name),
            rows: found.map { [.text($0.0)] + cells($0.1) }, decimals: 3)
    }

    private func cells(_ association: Association) -> [Scalar] {
        [Scalar(association.value), .text(association.measure.rawValue), Scalar(association.count)]
    }

    private func tail(_ name: String) -> [TableBlock.Column] {
        let own = ["column", "measure", "rows"].contains(name) ? "with_\(name)" : name
        return [.init(own, "number", .number), .init("measure", "text", .plain), .init("rows", "integer", .count)]
    }

    private func safe(_ name: String, _ taken: String) -> String { name == taken ? "with_\(name)" : name }

    /// Which measures stand in a table beside the correlation of numbers.
    private func words(_ measures: [Association.Measure]) -> [Block] {
        let found = Set(measures)
        var parts: [String] = []
        if found.contains(.cramersV) { parts.append("words with words by Cramér's V") }
        if found.contains(.eta) { parts.append("words with numbers by eta") }
        return parts.isEmpty ? [] : [.text(TextBlock("\(parts.joined(separator: ", ")): 0 to 1, without a sign"))]
    }
}
