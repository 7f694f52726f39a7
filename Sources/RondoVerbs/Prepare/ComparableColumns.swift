import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLifecycle
import RondoRecipes
import RondoSession

/// The columns of a table that a step takes when the cell names none: those that say something about a row and do not contain the
/// target.
enum ComparableColumns {
    /// More levels than this name rows rather than describe them.
    static let mostLevels = 1_000

    /// In table order, without `left`: no flags, no columns that need history, no identifiers, long text or constants.
    /// - Throws: R0712 when none is left.
    static func names(of table: Table, but left: [String], in context: inout Context) throws -> [String] {
        let roles = try roles(of: table, but: left, in: &context)
        let names = roles.filter { role in
            role.kind != .identifier && role.kind != .freeText && role.kind != .constant
                && (!role.type.isText || role.distinct <= mostLevels)
        }
        guard !names.isEmpty else {
            throw Fault(
                "R0712", "\(table.name) has no other column that could say which rows are alike",
                remedy: "impute \(left.first ?? "sqft") median",
                subject: left.first)
        }
        return names.map(\.column)
    }

    /// The columns that may be features, with what they look like; the target and what contains it is not among them.
    static func roles(of table: Table, but left: [String], in context: inout Context) throws -> [ColumnRole] {
        let prepared = try context.prepared(table)
        let names = prepared.frame.names
        var out = Set(left).union(table.neverFeatures.keys)
        out.formUnion(table.recipe.segmentColumns(columns: table.rows.names))
        out.formUnion(table.recipe.historicColumns(columns: table.rows.names))
        if let target = context.goal()?.target?.column.value {
            out.formUnion(TargetGuard(target: target, recipe: prepared.recipe, columns: table.rows.names).tainted)
        }
        return try ColumnRoles.judge(
            prepared.frame, columns: names.filter { !out.contains($0) }, rows: table.learningRows, context: context.compute)
    }
}
