import RondoExpressions
package import RondoFrame
import RondoKernels
import RondoLanguage
package import RondoLifecycle
package import RondoReport

/// The rows that a look is about: a table through its recipe, a part or window of it, a condition.
package struct TableView {
    package let table: Table
    package let frame: Frame
    /// Row indices, ascending.
    package private(set) var rows: [Int32]
    /// Rows for which the condition could not be told.
    package private(set) var missingCondition = 0
    /// What to say about rows left out.
    package private(set) var remarks: [Block] = []

    /// - Parameter leavesTestOut: whether the sealed test part is left out unless `on` asks for it (`count` takes all rows).
    package init(_ call: Call, in context: inout Context, leavesTestOut: Bool = true) throws {
        table = try TableView.table(call, in: &context)
        frame = try context.prepared(table).frame
        let part = call[SharedClauses.part]
        rows = try TableView.rows(part?.value, table: table, frame: frame, leavesTestOut: leavesTestOut, in: &context)
        if leavesTestOut, part == nil, let split = table.split, !split.testRows.isEmpty {
            remarks.append(.text(TextBlock("the \(split.testRows.count) test rows are sealed and left out")))
        }
        if let condition = call[SharedClauses.condition] {
            let result = try context.select(condition, on: frame, table: table)
            var passes = Array(repeating: false, count: frame.rowCount)
            for row in result.rows { passes[Int(row)] = true }
            rows = rows.filter { passes[Int($0)] }
            missingCondition = result.missingCount
        }
    }

    /// The current table, a named one, or a file that is read for this look only.
    private static func table(_ call: Call, in context: inout Context) throws -> Table {
        guard case .file(let file)? = call[SharedClauses.from] else { return try context.table(from: call[SharedClauses.from]) }
        let loaded = try TableLoading.load(file.value, missing: nil, tidiesNames: false, in: &context)
        return Table(name: file.value, rows: loaded.frame, ledger: Ledger())
    }

    private static func rows(
        _ part: Part?, table: Table, frame: Frame, leavesTestOut: Bool, in context: inout Context
    ) throws -> [Int32] {
        if let part {
            let moment = context.goal()?.moment
            if part == .test || part == .all, let split = table.split, !split.testRows.isEmpty {
                context.openSeal(of: split, table: table.name)
            }
            return try PartSelection.rows(part, of: table, frame: frame, moment: moment)
        }
        guard leavesTestOut, let split = table.split else { return (0..<Int32(frame.rowCount)).map { $0 } }
        return split.parts.indices.filter { split.parts[$0] != Split.Part.test.rawValue }.map { Int32($0) }
    }
}

extension Context {
    /// Records that the sealed test part was opened by this cell.
    package mutating func openSeal(of split: Split, table: String) {
        effects.openSeal(of: split.seal)
        effects.append(.init(kind: .sealOpened, source: source, words: "the test part of \(table) was opened"))
    }
}
