import RondoFrame
import RondoLanguage
import RondoLifecycle
import RondoSession
import RondoSignature

/// What usually comes next in a session, and the known pitfall it is nearest to.
enum StatusAdvice {
    /// One hint by the phase of the lifecycle.
    static func next(in session: Session) -> String {
        let workspace = session.workspace
        guard let table = workspace.currentTable.flatMap(workspace.table) ?? workspace.tables.last else {
            return "next: load \"file.csv\" as data, or load demo \"house_sales\" as sales"
        }
        guard let goal = workspace.goal else { return "next: goal \"what the model should do\" predict COLUMN" }
        guard goal.aim != .groups else { return "next: goal predict COLUMN, to fit a model" }
        if table.split == nil { return "next: \(splitCell(table, goal: goal))" }
        guard let model = workspace.defaultModel else { return "next: fit \(firstFamily(table, goal: goal))" }
        if workspace.models.count == 1 { return "next: another family to hold it against, then compare" }
        if workspace.chosenModel == nil { return "next: compare, then choose \(NameText.written(model.name)) because \"…\"" }
        if let split = table.split, !split.testRows.isEmpty, session.effects.openings(of: split.seal) == 0, workspace.releases.isEmpty {
            return "next: score \(NameText.written(model.name)) on test, the one honest look"
        }
        if goal.recommendation != nil { return "next: recommend \(NameText.written(model.name)) to \"lists.csv\", or report \"page.html\"" }
        if workspace.releases.isEmpty { return "next: deploy \(NameText.written(model.name)) as NAME" }
        return
            "next: predict \(workspace.releases.last.map { NameText.written($0.name) } ?? "NAME") COLUMN = VALUE, or report \"page.html\""
    }

    private static func splitCell(_ table: Table, goal: Goal) -> String {
        let date = goal.moment ?? zip(table.rows.names, table.rows.columns).first { $0.1.type.isMoment }?.0
        let within = goal.recommendation.map { " within \(NameText.written($0.user.value))" } ?? ""
        return "split 60/20/20" + (date.map { " by \(NameText.written($0))\(within)" } ?? "")
    }

    private static func firstFamily(_ table: Table, goal: Goal) -> String {
        guard let target = goal.target else { return "popularity" }
        guard let column = table.rows[target.column.value], target.value == nil, column.type.isNumeric else { return "logistic" }
        return "linear"
    }

    /// The most serious pitfall that applies; nil when none does.
    static func pitfall(of session: Session) -> String? {
        let workspace = session.workspace
        let splits = workspace.tables.compactMap(\.split)
        let openings = splits.map { session.effects.openings(of: $0.seal) }.max() ?? 0
        if openings > 1 { return "the test part was opened \(openings) times: its figures are no longer clean" }
        if splits.contains(where: \.isRandomOverTime) {
            return "the split is random although the table has dates: the model is judged on days it has already seen"
        }
        let looks = splits.map { session.effects.looks(of: $0.identity) }.max() ?? 0
        if looks > 10 { return "validation was looked at \(looks) times: it begins to learn from you; the test part is the judge" }
        if !workspace.models.isEmpty, workspace.goal?.success == nil {
            return "no success criterion: without one nobody can say when the model is good enough (goal … succeed when mape < 10%)"
        }
        if !workspace.models.isEmpty, workspace.goal?.recommendation == nil, workspace.tables.allSatisfy({ $0.steps.isEmpty }) {
            return "the table was fitted as it was loaded: describe and check usually find something to mend first"
        }
        if openings == 1, workspace.releases.isEmpty {
            return "the test part has been opened: a model fitted or chosen from now on carries a mark"
        }
        if !workspace.releases.isEmpty {
            return "a release is out and nothing watches it yet: score new rows with known answers from time to time"
        }
        if workspace.goal == nil, session.runs.count > 5 { return "no goal yet: work without one drifts (goal \"…\" predict COLUMN)" }
        return nil
    }
}
