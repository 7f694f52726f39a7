import RondoFrame
package import RondoKernels
import RondoLanguage
package import RondoRecipes
import RondoSignature

/// Which columns a model is given, and why others are not.
package struct FeatureChoice: Sendable {
    package let features: [String]
    package let roles: [ColumnRole]
    package let leftOut: [TakeOutStep.Item]

    /// - Parameters:
    ///   - rows: training rows.
    ///   - tainted: columns that contain the target.
    /// - Throws: `Diagnostic` when a column named by `using` contains the target or is never a feature, or nothing is left.
    package init(
        _ specification: FitSpecification, table: Table, prepared: PreparedTable, rows: [Int32], tainted: Set<String>, target: String?,
        context: ComputeContext
    ) throws {
        let frame = prepared.frame
        let never = FeatureChoice.neverFeatures(of: table, prepared: prepared)
        let deselected = prepared.recipe.deselected(columns: table.rows.names)
        var leftOut: [TakeOutStep.Item] = []
        var candidates: [String] = []
        let named = Set(specification.using ?? [])
        for name in specification.using ?? frame.names where name != target && name != specification.weights {
            let reason = tainted.contains(name) ? "contains the target, \(target ?? "")" : never[name]
            if let reason {
                if named.contains(name) { throw FeatureChoice.refused(name, reason) }
                leftOut.append(TakeOutStep.Item(column: name, reason: reason))
            } else if let reason = deselected[name], !named.contains(name) {
                leftOut.append(TakeOutStep.Item(column: name, reason: reason))
            } else if !specification.without.contains(name) {
                candidates.append(name)
            }
        }
        if let target, named.contains(target) { throw FeatureChoice.refused(target, "is the target") }
        let roles = try ColumnRoles.judge(frame, columns: candidates, rows: rows, context: context)
        let needs = FamilyNeeds(
            family: specification.family.name, numbers: specification.family.needsNumbers, scale: specification.family.needsScale)
        let out = AutomaticSteps.leftOut(roles, needs: needs, named: named)
        let outNames = Set(out.map(\.column))
        self.roles = roles.filter { !outNames.contains($0.column) }
        features = self.roles.map(\.column)
        self.leftOut = leftOut + out
        guard !features.isEmpty else {
            let reasons = self.leftOut.prefix(5).map { "\($0.column) (\($0.reason))" }.joined(separator: ", ")
            throw Diagnostic(
                "R0403", "no column is left to learn from" + (reasons.isEmpty ? "" : ": \(reasons)"), span: nil,
                remedy: "name the features: fit \(specification.family.name) using COLUMN, COLUMN")
        }
    }

    /// Flags, history and the column that names the parts, each with the reason.
    private static func neverFeatures(of table: Table, prepared: PreparedTable) -> [String: String] {
        var reasons = table.neverFeatures
        let recipe = table.recipe
        for name in recipe.historicColumns(columns: table.rows.names) { reasons[name] = "needs the rows before it: kept for looking" }
        for name in table.privateColumns { reasons[name] = "is private" }
        for name in recipe.segmentColumns(columns: table.rows.names) { reasons[name] = "is a flag: a segment, never a feature" }
        return reasons
    }

    private static func refused(_ name: String, _ reason: String) -> Fault {
        Fault("R0404", "\(name) \(reason): it cannot be a feature", remedy: "leave \(name) out of using", subject: name)
    }
}
