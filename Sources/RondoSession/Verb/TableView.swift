import RondoExpressions
package import RondoFrame
import RondoKernels
import RondoLanguage
package import RondoLifecycle
package import RondoReport

/// The rows that a look is about: a table through its recipe, a part or window of it, a condition.
package struct TableView {
    package let table: Table
    package let prepared: PreparedTable
    /// Row indices, ascending.
    package private(set) var rows: [Int32]
    /// Rows for which the condition could not be told.
    package private(set) var missingCondition = 0
    /// What to say about rows left out.
    package private(set) var remarks: [Block] = []

    /// - Parameter leavesTestOut: whether the sealed test part is left out unless `on` asks for it (`count` takes all rows).
    package init(_ call: Call, in context: inout Context, leavesTestOut: Bool = true) throws {
        table = try TableView.table(call, in: &context)
        prepared = try context.prepared(table)
        let part = call[SharedClauses.part]
        rows = try TableView.rows(part?.value, table: table, frame: prepared.known, leavesTestOut: leavesTestOut, in: &context)
        if leavesTestOut, part == nil, let split = table.split, !split.testRows.isEmpty {
            remarks.append(.text(TextBlock("the \(NumberText.count(split.testRows.count)) test rows are sealed and left out")))
        }
        let condition = call[SharedClauses.condition]
        (rows, missingCondition) = try context.keeping(rows, where: condition, of: table, prepared)
        remarks += context.valueRemarks(condition, call[SharedClauses.by], in: prepared)
    }

    /// The table as its recipe shows it.
    package var frame: Frame { prepared.frame }

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
            let rows = try PartSelection.rows(part, of: table, frame: frame, moment: context.goal()?.moment)
            context.look(at: rows, of: table)
            return rows
        }
        guard leavesTestOut, let split = table.split else { return (0..<Int32(frame.rowCount)).map { $0 } }
        return split.parts.indices.filter { split.parts[$0] != Split.Part.test.rawValue }.map { Int32($0) }
    }
}

extension Context {
    /// Opens the seal of the test part when rows of it are among those that a cell looks at, whatever part or window they were asked
    /// for by, and records that this cell did it.
    /// - Returns: whether it was opened.
    @discardableResult
    package mutating func look(at rows: [Int32], of table: Table) -> Bool {
        let test = Split.Part.test.rawValue
        guard let split = table.split, rows.contains(where: { split.parts[Int($0)] == test }) else { return false }
        effects.openSeal(of: split.seal)
        effects.append(.init(kind: .sealOpened, source: source, words: "the test part of \(table.name) was opened"))
        return true
    }
}
