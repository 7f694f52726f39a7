import RondoExpressions
import RondoFrame
import RondoLanguage
import RondoLifecycle
import RondoRecipes
import RondoSignature

/// Finds everything that is wrong with the names and expressions of a cell, operand by operand and clause by clause.
///
/// A verb stops at the first fault it meets; a cell tells all of them. The search reads the arguments by their shape alone, so that
/// no verb needs a rule of its own: a place says by its scope which table its columns belong to.
enum ArgumentFaults {
    /// The faults in the order of the text; an unknown table or model leaves the columns that belong to it alone.
    static func find(in call: Call, context: inout Context) -> [Diagnostic] {
        var faults: [Diagnostic] = []
        let table = subject(of: call, context: &context, &faults)
        let other = otherTable(of: call, context: &context, &faults)
        for (slot, argument) in places(of: call) {
            // A lone name in place of a condition may mean a model: `check linear`.
            if slot.kind == .condition, case .expression(let tree) = argument, case .name(let name) = tree.node,
                context.workspace.model(name) != nil
            {
                continue
            }
            let view = slot.scope == .otherTable ? other : table
            guard let view else { continue }
            faults += ArgumentFaults.find(argument, slot, view, other: other, call: call, words: context.words)
        }
        return Diagnostic.mended(faults, in: call.cell.source)
    }

    /// A table as it is now.
    private struct View {
        let name: String
        let frame: Frame
        var schema: Schema { Schema(frame, tableName: name) }
    }

    /// Every value of the cell with the place it stands in.
    private static func places(of call: Call) -> [(Slot, Argument)] {
        let operands = call.signature.operands.compactMap { slot in call.cell.operands[slot.name].map { (slot, $0) } }
        let clauses = call.cell.clauses.flatMap { clause in
            (call.signature.clauses.first { $0.keyword == clause.keyword.value }?.slots ?? []).compactMap { slot in
                clause.values[slot.name].map { (slot, $0) }
            }
        }
        return operands + clauses
    }

    // MARK: Tables

    /// The table the cell works on: that of `from`, of the model it names, or the current one; nil when there is none to look into.
    private static func subject(of call: Call, context: inout Context, _ faults: inout [Diagnostic]) -> View? {
        let modelKinds: [Kind] = [.model, .models]
        // A model behind a word of its own, `plot roc of forest`, is the subject only where it is written.
        let models = call.signature.operands.filter { $0.word == nil || call.cell.operands[$0.name] != nil }
        if let slot = models.first(where: { modelKinds.contains($0.kind) }) {
            return modelTable(call.cell.operands[slot.name], context: &context, &faults)
        }
        guard call.signature.clauses.contains(where: { $0.keyword == SharedClauses.from.shape.keyword }) else { return nil }
        let source = call[SharedClauses.from]
        if case .file? = source { return nil }
        return view(context: &context, &faults) { context in try context.table(from: source) }
    }

    private static func modelTable(_ argument: Argument?, context: inout Context, _ faults: inout [Diagnostic]) -> View? {
        let things: [Thing]
        switch argument {
        case .thing(let thing)?: things = [thing]
        case .things(let all)?: things = all
        case .name(let name)?: things = [Thing(name: name)]
        default: things = []
        }
        var model: TrainedModel?
        for thing in things.isEmpty ? [nil] : things.map(Optional.some) {
            do {
                let found = try context.model(thing)
                model = model ?? found
            } catch let fault as Diagnostic {
                faults.append(fault)
            } catch {}
        }
        guard let model else { return nil }
        return view(context: &context, &faults) { context in try context.table(named: Name(model.table, Span(0, 0))) }
    }

    private static func otherTable(of call: Call, context: inout Context, _ faults: inout [Diagnostic]) -> View? {
        for slot in call.signature.operands where slot.kind == .table {
            guard case .name(let name)? = call.cell.operands[slot.name] else { continue }
            return view(context: &context, &faults) { context in try context.table(named: name) }
        }
        return nil
    }

    private static func view(
        context: inout Context, _ faults: inout [Diagnostic], _ table: (inout Context) throws -> Table
    ) -> View? {
        do {
            let table = try table(&context)
            return View(name: table.name, frame: try context.prepared(table).frame)
        } catch let fault as Diagnostic {
            faults.append(fault)
        } catch {}
        return nil
    }

    // MARK: Values

    private static func find(
        _ argument: Argument, _ slot: Slot, _ view: View, other: View?, call: Call, words: [String]
    ) -> [Diagnostic] {
        switch argument {
        case .columns(let set): return unknown(names(in: set), slot, view, call, words)
        case .name(let name) where slot.kind == .column: return unknown([name], slot, view, call, words)
        case .renames(let items): return unknown(items.map(\.old), slot, view, call, words)
        case .expression(let tree):
            guard slot.kind == .expression || slot.kind == .condition else { return [] }
            return checked(tree, view.schema, expects: slot.kind == .condition ? .truth : nil)
        case .groups(let groups):
            return groups.flatMap { group in caught { try GroupExpressions.columnsRead([group], schema: view.schema) } }
        case .order(let items):
            var schema = view.schema
            if case .table(let words) = slot.scope { schema.columns += words.map { ($0, .number) } }
            return items.flatMap { checked($0.expression, schema) }
        case .aggregates(let items): return items.flatMap { checked($0.expression, view.schema) }
        case .assignments(let items): return assigned(items, view.schema)
        case .keys(let keys):
            return keys.flatMap { key in
                checked(key.left, view.schema) + (other.map { checked(key.right ?? key.left, $0.schema) } ?? [])
            }
        default: return []
        }
    }

    private static func unknown(_ names: [Name], _ slot: Slot, _ view: View, _ call: Call, _ words: [String]) -> [Diagnostic] {
        var allowed: Set<String> = []
        if case .table(let words) = slot.scope { allowed = Set(words) }
        return names.filter { view.frame[$0.value] == nil && !allowed.contains($0.value) }.map {
            SessionNames.unknownColumn($0, table: view.name, known: view.frame.names, source: call.cell.source, words: words)
        }
    }

    private static func names(in set: ColumnSet) -> [Name] {
        set.items.flatMap { item -> [Name] in
            switch item {
            case .column(let name): [name]
            case .span(let first, let last): [first, last]
            case .every(let every): every.but
            }
        }
    }

    /// Later assignments see earlier ones; one that reads a name whose own assignment is faulty is left alone.
    private static func assigned(_ items: [Assignment], _ schema: Schema) -> [Diagnostic] {
        var schema = schema
        var faulty: Set<String> = []
        var faults: [Diagnostic] = []
        for item in items where item.expression.columnsRead.isDisjoint(with: faulty) {
            do {
                let compiled = try CompiledExpression(item.expression, schema: schema)
                schema.columns.removeAll { $0.name == item.name.value }
                schema.columns.append((item.name.value, compiled.type))
                faulty.remove(item.name.value)
            } catch {
                faulty.insert(item.name.value)
                faults += (error as? Diagnostics)?.all ?? []
            }
        }
        return faults
    }

    private static func checked(_ tree: Expression, _ schema: Schema, expects: ColumnType? = nil) -> [Diagnostic] {
        caught { try CompiledExpression(tree, schema: schema, expects: expects) }
    }

    private static func caught<Result>(_ body: () throws -> Result) -> [Diagnostic] {
        do {
            _ = try body()
            return []
        } catch {
            return (error as? Diagnostics)?.all ?? []
        }
    }
}
