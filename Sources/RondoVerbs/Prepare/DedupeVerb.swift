import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `dedupe by standard(address), sold_on`: keeps one row of each set of equals.
package enum DedupeVerb: WorkspaceVerb {
    static let by = Clause("by", .groups, "what makes two rows equal (all columns)")
    static let keep = Clause("keep", .choice(["first", "last", "fullest"]), "which row stays (first)")

    package static let signature = Signature(
        "dedupe", phase: .prepare, class: .rowStep,
        summary: "Keeps one row of each set of equal rows, shows examples of what went, and looks for keys that are nearly equal.",
        details: """
            Keys that differ in a letter or two are counted and shown, never merged; `standard(…)` evens out case, signs and short \
            forms, and `clean … spelling` shows all that look alike. A row with a missing key equals no other. With `on train` only \
            training rows are compared, with each other.
            """,
        searchWords: ["duplicates", "unique", "distinct", "drop_duplicates", "near duplicates", "fuzzy", "record linkage"],
        clauses: [by, keep, SharedClauses.part, SharedClauses.from],
        examples: [
            Example("dedupe", after: ["load demo \"house_sales\" as sales rows 500"], "Rows equal in every column."),
            Example(
                "dedupe by standard(address), sold_on keep fullest", after: ["load demo \"house_sales\" as sales rows 500"],
                "One row an address and day, the one with fewest gaps."),
        ], seeAlso: ["clean", "filter", "ledger"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        var table = try context.table(from: call[SharedClauses.from])
        try RowSteps.check(call, table, on: call[SharedClauses.part])
        let prepared = try context.prepared(table)
        let frame = prepared.known
        let keys = try call[by].map { try context.groupColumns($0, on: frame, table: table.name) }
        let columns = keys?.map(\.column) ?? frame.columns
        let groups = try Groups(by: columns, rowCount: frame.rowCount, context: context.compute)
        // A missing key equals nothing: such rows are never duplicates of each other.
        var unknown = keys == nil ? [] : rowsWithGaps(columns, rowCount: frame.rowCount)
        // Rows outside of the training part neither go nor make others go.
        if let split = table.split {
            if unknown.isEmpty { unknown = Array(repeating: false, count: frame.rowCount) }
            for (row, part) in split.parts.enumerated() where part != Split.Part.train.rawValue { unknown[row] = true }
        }
        let kept = chosen(groups, frame: frame, keep: call[keep]?.value ?? "first", unknown: unknown)
        let rows = kept
        let before = frame.rowCount
        let what = "dedupe" + (call[by].map { " by \(ArgumentText.written(.groups($0)))" } ?? "")
        table.keepRows(rows)
        table.ledger.append(
            Ledger.Entry(
                cell: context.cellNumber, kind: .deduplicated, what: what, before: before, after: rows.count,
                reasons: [Ledger.Reason("duplicates", before - rows.count)].filter { $0.rows > 0 }))
        context.set(table)
        let near = try keys.map { try NearDuplicates($0, rows: rows, unknown: unknown, context: context.compute) }
        let read = (call[by] ?? []).reduce(into: Set<String>()) { $0.formUnion($1.columnsRead) }
        let isPrivate = !read.isDisjoint(with: table.privateColumns)
        return blocks(before: before, after: rows.count, keys: isPrivate ? nil : keys, groups: groups)
            + (near?.blocks(by: call[by] ?? [], isPrivate: isPrivate) ?? []) + context.valueRemarks(nil, call[by], in: prepared)
    }

    private static func rowsWithGaps(_ columns: [Column], rowCount: Int) -> [Bool] {
        var result = Array(repeating: false, count: rowCount)
        for column in columns {
            for (row, isMissing) in column.missingMask().enumerated() where isMissing { result[row] = true }
        }
        return result
    }

    /// One row of each group, and every row that `unknown` marks, in table order.
    private static func chosen(_ groups: Groups, frame: Frame, keep: String, unknown: [Bool]) -> [Int32] {
        var best = Array(repeating: Int32(-1), count: groups.count)
        let gaps: [Int32] =
            keep == "fullest"
            ? frame.columns.reduce(into: Array(repeating: Int32(0), count: frame.rowCount)) { total, column in
                for (row, isMissing) in column.missingMask().enumerated() where isMissing { total[row] += 1 }
            } : []
        var singles: [Int32] = []
        for (row, group) in groups.groupOfRow.enumerated() {
            if !unknown.isEmpty, unknown[row] {
                singles.append(Int32(row))
                continue
            }
            let held = Int(best[Int(group)])
            if held < 0 || keep == "last" || (keep == "fullest" && gaps[row] < gaps[held]) { best[Int(group)] = Int32(row) }
        }
        return (best.filter { $0 >= 0 } + singles).sorted()
    }

    private static func isWhole(_ keys: [(name: String, column: Column)], _ row: Int32) -> Bool {
        keys.allSatisfy { !$0.column[Int(row)].isMissing }
    }

    private static func blocks(
        before: Int, after: Int, keys: [(name: String, column: Column)]?, groups: Groups
    ) -> [Block] {
        var words = "{dropped} \(Noun.of(before - after, "duplicate")) of {before} rows dropped, {rows} left"
        if before == after { words = "no duplicates: {dropped} of {before} rows dropped, {rows} left" }
        var sizes = Array(repeating: 0, count: groups.count)
        for group in groups.groupOfRow { sizes[Int(group)] += 1 }
        if let keys, let repeated = sizes.indices.first(where: { sizes[$0] > 1 && isWhole(keys, groups.firstRows[$0]) }) {
            let row = Int(groups.firstRows[repeated])
            let example = keys.map { $0.column[row].plainText }.joined(separator: ", ")
            words += "; for example \(SlotText.escaped(example)) stood \(sizes[repeated]) times"
        }
        return [
            .figures([
                Figure("rows", Scalar(after), .count), Figure("before", Scalar(before), .count),
                Figure("dropped", Scalar(before - after), .count),
            ]), .text(TextBlock(words)),
        ]
    }
}
