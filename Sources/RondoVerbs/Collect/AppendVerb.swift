import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes
package import RondoReport
package import RondoSession
package import RondoSignature

/// `append may, june origin month`: the rows of other tables below those of the current one.
package enum AppendVerb: WorkspaceVerb {
    static let tables = Operand("tables", .tables, "the tables whose rows are put below")
    static let origin = Clause("origin", .newName, "a column that says which table each row comes from")

    package static let signature = Signature(
        "append", phase: .collect, class: .rowStep,
        summary: "Puts the rows of other tables below those of this one; columns are matched by name.",
        details: """
            A column that one of the tables lacks is missing there, and the answer counts it. Whole numbers and numbers become numbers, \
            text and categories text; other types that differ are an error that names them. The steps of the table are carried out on \
            the new rows too; the other tables are taken as their own steps show them.
            """,
        searchWords: ["rbind", "concat", "union", "stack", "add rows", "bind_rows"],
        operands: [tables], clauses: [origin],
        examples: [
            Example(
                "append more",
                after: ["load demo \"house_sales\" as more rows 300 seed 2", "load demo \"house_sales\" as sales rows 500"],
                "Sales of a second source below those of the first."),
            Example(
                "append more origin source",
                after: ["load demo \"house_sales\" as more rows 300 seed 2", "load demo \"house_sales\" as sales rows 500"],
                "A column source keeps where each row came from."),
        ], seeAlso: ["join", "load", "dedupe"])

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        var table = try context.currentTable()
        try RowSteps.check(call, table, on: nil)
        let names = try call.required(tables)
        let steps = table.recipe.entries.map(\.step)
        var frames: [Frame] = []
        var labels: [String] = []
        for name in names {
            let other = try context.table(named: name)
            guard other.name != table.name else {
                throw Diagnostic(
                    "R0750", "\(table.name) cannot be put below itself: every row would stand twice", span: name.span,
                    remedy: "name another table, loaded with load … as other")
            }
            frames.append(try loadedNames(try context.prepared(other).frame, steps: steps, columns: table.rows.names))
            labels.append(other.name)
        }
        var own = table.rows
        if let origin = call[origin] { try mark(&own, &frames, labels: [table.name] + labels, column: origin) }
        try checkTypes([own] + frames, labels: [table.name] + labels, names: names)
        let before = table.rows.rowCount
        let joined = try Frame.concatenated([own] + frames)
        let what = "append \(NameText.list(labels))" + (call[origin].map { " origin \(NameText.written($0.value))" } ?? "")
        table.replaceRows(joined)
        table.facts.keepPrivate(try names.flatMap { try context.table(named: $0).privateColumns }.sorted())
        // The steps must be able to work on the rows as they are now.
        let prepared = try context.prepared(table)
        table.ledger.append(
            Ledger.Entry(
                cell: context.cellNumber, kind: .appended, what: what, before: before, after: joined.rowCount,
                reasons: zip(labels, frames).map { Ledger.Reason("from \($0)", $1.rowCount) }))
        context.set(table)
        let made = Set(prepared.recipe.ancestorsMade(columns: joined.names))
        return blocks(own: own, frames: frames, labels: labels, joined: joined, table: table.name, steps: steps.count, made: made)
    }

    /// The other table under the names that the columns had before this table's steps renamed them.
    private static func loadedNames(_ frame: Frame, steps: [any RecipeStep], columns: [String]) throws -> Frame {
        let known = Set(columns)
        var names: [String: String] = [:]
        for name in frame.names where !known.contains(name) {
            var current = name
            for case let rename as RenameStep in steps.reversed() {
                if let old = rename.dependencies(in: [])[current]?.first { current = old }
            }
            if current != name, known.contains(current), frame[current] == nil { names[name] = current }
        }
        return names.isEmpty ? frame : try frame.renaming(names)
    }

    /// Puts the column that names each row's table into all of them.
    private static func mark(_ own: inout Frame, _ frames: inout [Frame], labels: [String], column: Name) throws {
        func named(_ label: String, _ count: Int) -> Column { Column(.text(Array(repeating: 0, count: count), Levels([label]))) }
        if let old = own[column.value], !old.type.isText {
            throw Diagnostic(
                "R0311", "there is a column \(column.value) already, and it holds no names of tables", span: column.span,
                remedy: "take another name: origin source")
        }
        if own[column.value] == nil { try own.set(column.value, named(labels[0], own.rowCount)) }
        for place in frames.indices { try frames[place].set(column.value, named(labels[place + 1], frames[place].rowCount)) }
    }

    /// All columns whose types cannot stand below each other are told at once.
    private static func checkTypes(_ frames: [Frame], labels: [String], names: [Name]) throws {
        var faults: [Diagnostic] = []
        for (column, own) in zip(frames[0].names, frames[0].columns) where own.missingCount < own.count {
            for (place, frame) in frames.enumerated().dropFirst() {
                guard let other = frame[column], other.missingCount < other.count, !fits(own.type, other.type) else { continue }
                let type = other.type.isText || own.type.isText ? "text" : own.type.rawValue
                let table = own.type.isText ? labels[place] : other.type.isText ? labels[0] : labels[place]
                faults.append(
                    Diagnostic(
                        "R0323", "\(column) is \(own.type.rawValue) in \(labels[0]) and \(other.type.rawValue) in \(labels[place])",
                        span: names[place - 1].span,
                        remedy: "cast \(NameText.written(column)) \(type) from \(NameText.written(table))"))
                break
            }
        }
        if let found = Diagnostics(faults) { throw found }
    }

    private static func fits(_ a: ColumnType, _ b: ColumnType) -> Bool { a == b || (a.isNumeric && b.isNumeric) || (a.isText && b.isText) }

    private static func blocks(
        own: Frame, frames: [Frame], labels: [String], joined: Frame, table: String, steps: Int, made: Set<String>
    ) -> [Block] {
        let added = joined.rowCount - own.rowCount
        let onlyHere = own.names.filter { name in frames.contains { $0[name] == nil } }
        let onlyThere = joined.names.filter { own[$0] == nil }
        var filled = 0
        for frame in [own] + frames { filled += joined.names.count { frame[$0] == nil } * frame.rowCount }
        var blocks: [Block] = [
            .figures([
                Figure("appended", Scalar(added), .count), Figure("rows", Scalar(joined.rowCount), .count),
                Figure("before", Scalar(own.rowCount), .count), Figure("filled", Scalar(filled), .count),
            ]),
            .text(TextBlock("{appended} rows of \(SlotText.escaped(NameList.words(labels))) put below {before}: {rows} rows")),
        ]
        func say(_ words: String, warning: Bool = false) {
            blocks.append(.text(TextBlock(words, tone: warning ? .warning : .plain)))
        }
        if !onlyHere.isEmpty {
            say("only in \(SlotText.escaped(table)), missing in rows from elsewhere: \(SlotText.escaped(NameList.words(onlyHere)))")
        }
        if !onlyThere.isEmpty {
            say("new, missing in the rows that lack them: \(SlotText.escaped(NameList.words(onlyThere)))")
        }
        if filled > 0 { say("{filled} \(Noun.of(filled, "value is", "values are")) missing for that") }
        let widened = own.names.compactMap { name -> String? in
            guard let old = own[name]?.type, let new = joined[name]?.type, old != new else { return nil }
            return "\(name) (\(old.rawValue), now \(new.rawValue))"
        }
        if !widened.isEmpty { say("types differ: \(SlotText.escaped(NameList.words(widened)))") }
        if steps > 0 { say("the steps of \(SlotText.escaped(table)) are carried out on the new rows too") }
        let covered = onlyThere.filter { made.contains($0) }
        if !covered.isEmpty {
            say("made anew by the steps, whatever the other tables hold: \(SlotText.escaped(NameList.words(covered)))", warning: true)
        }
        return blocks
    }
}

extension FittedRecipe {
    /// Columns that the steps make or change, in order of their names.
    fileprivate func ancestorsMade(columns: [String]) -> [String] {
        Set(entries.flatMap { $0.dependencies(in: columns).keys }).sorted()
    }
}
