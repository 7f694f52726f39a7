import RondoFrame
import RondoLanguage
import RondoLifecycle
import RondoSignature

/// Looks up every column that a cell names before the cell runs, so that one cell reports all its unknown names.
enum NameCheck {
    /// - Throws: `Diagnostics` when two names or more are unknown; a single one is left to the verb, which says more.
    static func check(_ call: Call, in context: inout Context) throws {
        guard call.signature.clauses.contains(where: { $0.keyword == "from" }), call[CommonClauses.from].map(isTable) != false else {
            return
        }
        guard let table = try? context.table(from: call[CommonClauses.from]), let prepared = try? context.prepared(table) else { return }
        var known = Set(prepared.frame.names)
        var faults: [Diagnostic] = []
        func look(_ name: Name) {
            if !known.contains(name.value) {
                faults.append(SessionNames.unknownColumn(name, table: table.name, known: prepared.frame.names, source: call.cell.source))
            }
        }
        let arguments = Array(call.cell.operands.values) + call.cell.clauses.flatMap { Array($0.values.values) }
        for case .assignments(let items) in arguments { known.formUnion(items.map(\.name.value)) }
        for argument in arguments { names(in: argument).forEach(look) }
        if faults.count > 1, let all = Diagnostics(faults.sorted { ($0.span?.start ?? 0) < ($1.span?.start ?? 0) }) { throw all }
    }

    private static func isTable(_ source: Source) -> Bool { if case .table = source { true } else { false } }

    /// Column names of column sets; expressions report their own faults all at once.
    private static func names(in argument: Argument) -> [Name] {
        guard case .columns(let set) = argument else { return [] }
        return set.items.flatMap { item -> [Name] in
            switch item {
            case .column(let name): [name]
            case .span(let first, let last): [first, last]
            case .every(let every): every.but
            }
        }
    }
}
