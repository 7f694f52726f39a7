import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLearning
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `goal "…" predict price succeed when mape < 10%`: what the model should do and when it has done it.
package enum GoalVerb: WorkspaceVerb {
    static let text = Operand("text", .text, "the wish in plain words", optional: true)
    static let predict = Clause("predict", .target, "the column to predict, or column = value for one class")
    static let recommend = Clause<(item: Name, user: Name, rating: Name?)>(
        ClauseShape(
            "recommend",
            [
                Slot("item", .column, summary: "the column that names the items"),
                Slot("user", .column, word: "to", summary: "the column that names the users"),
                Slot("rating", .column, optional: true, word: "rated", summary: "how much a user thought of an item"),
            ], summary: "what to recommend to whom: recommend product to customer")
    ) { clause in
        guard case .name(let item)? = clause.values["item"], case .name(let user)? = clause.values["user"] else { return nil }
        if case .name(let rating)? = clause.values["rating"] { return (item, user, rating) }
        return (item, user, nil)
    }
    static let liked = Clause("liked when", .condition, "with recommend: the rows that speak for their item (all, or by rating)")
    static let succeed = Clause("succeed when", .metrics, "what counts as success, over metrics")
    static let scope = Clause("scope", .condition, "the rows the goal is about; others are counted and left out")
    static let moment = Clause("at", .column, "the column that holds the moment of prediction")
    static let latency = Clause("latency", .duration, "the longest an answer may take")
    static let unit = Clause("unit", .text, "unit of the target: \"$\"")
    static let business = Clause<Goal.Business>(
        ClauseShape(
            "business",
            [
                Slot("figure", .newName, summary: "a business figure"), Slot("direction", .choice(["up", "down"])),
                Slot("by", .percent, summary: "how far it should move"),
            ], repeatable: false, summary: "a business figure that should move: days_on_market down 20%")
    ) { clause in
        guard case .name(let name)? = clause.values["figure"], case .choice(let direction)? = clause.values["direction"],
            case .literal(let amount)? = clause.values["by"], let share = amount.value.number
        else { return nil }
        return Goal.Business(name: name.value, rises: direction.value == "up", by: share)
    }
    static let used = Clause("used", .text, "who uses a prediction, and how")
    static let budget = Clause("budget", .text, "time and money there are")
    static let rules = Clause("rules", .text, "laws and rules to keep")

    package static let signature = Signature(
        "goal", phase: .define, class: .setting,
        summary: "Says what the model should do, and when it has done it.",
        details: """
            A number column is a regression unless a value is written (`predict left = "Yes"`); text, category and truth columns are \
            classes. `recommend ITEM to USER` asks for lists instead: each row says that a user had to do with an item; `liked when` \
            draws the line between what a row speaks for and what was only seen. Every score, comparison and release says where it \
            stands against the goal. A new goal marks later judgements stale.
            """,
        searchWords: ["target", "objective", "task", "success", "criterion", "label", "recommender"],
        operands: [text],
        clauses: [predict, recommend, liked, succeed, scope, moment, latency, unit, business, used, budget, rules],
        examples: [
            Example(
                "goal \"Suggest a listing price\" predict price at sold_on unit \"$\" succeed when mape < 10%",
                after: ["load demo \"house_sales\" as sales rows 500"], "A price is a number: regression."),
            Example(
                "goal \"Who will leave\" predict type = \"condo\" succeed when recall > 60% and precision > 50%",
                after: ["load demo \"house_sales\" as sales rows 500"], "One value of a column against all others: two classes."),
            Example(
                "goal \"What to offer next\" recommend product to customer liked when stars >= 4 succeed when recall@10 > 10%",
                after: ["load here as orders\n    customer,product,stars\n    ann,soap,5\n    ann,cream,2\n    ben,soap,4"],
                "Lists of items for users: four stars or more speak for a product."),
        ], seeAlso: ["fit", "score", "recommend", "note"])

    package static func faults(of call: Call) -> [Diagnostic] {
        if call[predict] != nil, let span = call.span(recommend) {
            return [
                Diagnostic(
                    "R0237", "a goal predicts or recommends, not both", span: span, remedy: "leave out predict or recommend")
            ]
        }
        guard let span = call.span(liked), call[recommend] == nil else { return [] }
        return [
            Diagnostic(
                "R0225", "liked when needs recommend, what to whom", span: span, remedy: "goal recommend ITEM to USER liked when CONDITION")
        ]
    }

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        var goal = Goal(text: call[text]?.value)
        goal.target = call[predict]
        goal.recommendation = call[recommend].map {
            Recommendation(item: $0.item, user: $0.user, rating: $0.rating, liked: call[liked], moment: call[moment]?.value)
        }
        goal.success = call[succeed]
        goal.scope = call[scope]
        goal.moment = call[moment]?.value
        goal.latency = duration(call[latency])
        goal.unit = call[unit]?.value
        goal.business = call[business].map { [$0] } ?? []
        goal.used = call[used]?.value
        goal.budget = call[budget]?.value
        goal.rules = call[rules]?.value
        if goal.success != nil { try GoalCheck.check(goal, source: call.cell.source) }
        let earlier = context.goal()
        context.set(goal)
        let (understood, task) = try understanding(of: goal, in: &context)
        if let task { try GoalCheck.check(goal, suits: task, source: call.cell.source) }
        return [.text(TextBlock(understood))] + criteria(goal, task: task) + (try unknownColumns(of: goal, in: &context))
            + (earlier != nil && earlier != goal ? [.text(TextBlock("a new goal: judgements above stand against the old one"))] : [])
    }

    private static func duration(_ literal: SpannedLiteral?) -> Double? {
        if case .duration(let duration)? = literal?.value { duration.seconds } else { nil }
    }

    /// Which task was understood and why; before a table is loaded the column cannot be looked at yet.
    private static func understanding(of goal: Goal, in context: inout Context) throws -> (words: String, task: TaskKind?) {
        if let wish = goal.recommendation { return try understanding(of: wish, in: &context) }
        guard let target = goal.target else { return ("looking for groups: no column to predict", nil) }
        guard let table = try? context.currentTable() else {
            return ("predict \(SlotText.escaped(target.column.value)): the task is understood when a table is there", nil)
        }
        let prepared = try context.prepared(table)
        guard prepared.frame[target.column.value] != nil else {
            let near = NearestWord.suggestion(for: target.column.value, among: prepared.frame.names)
            let words =
                "predict \(target.column.value): table \(table.name) has no such column" + (near.map { "; did you mean \($0)?" } ?? " yet")
            return (SlotText.escaped(words), nil)
        }
        let resolved = try ResolvedTarget(target, in: prepared.frame, table: table.name)
        return ("predict \(SlotText.escaped(target.column.value)): \(SlotText.escaped(resolved.why))", resolved.task)
    }

    private static func understanding(of wish: Recommendation, in context: inout Context) throws -> (words: String, task: TaskKind?) {
        guard let table = try? context.currentTable() else {
            return ("\(SlotText.escaped(wish.words)): understood when a table is there", .ranking)
        }
        let prepared = try context.prepared(table)
        let resolved = try ResolvedRecommendation(
            wish, known: prepared.known, table: table.name, learning: table.learningRows, context: context.compute)
        let (users, items) = (NumberText.count(resolved.users.values.count), NumberText.count(resolved.items.values.count))
        return (SlotText.escaped("\(wish.words): lists of \(items) items for \(users) users; \(resolved.why)"), .ranking)
    }

    /// Columns of `at` and `scope` that the table does not have, or not yet.
    private static func unknownColumns(of goal: Goal, in context: inout Context) throws -> [Block] {
        guard goal.moment != nil || goal.scope != nil, let table = try? context.currentTable() else { return [] }
        let known = try context.prepared(table).known
        var words: [String] = []
        if let moment = goal.moment, known[moment] == nil {
            let near = NearestWord.suggestion(for: moment, among: known.names)
            words.append("at \(moment): table \(table.name) has no such column" + (near.map { "; did you mean \($0)?" } ?? " yet"))
        }
        if let scope = goal.scope {
            do {
                _ = try context.compile(scope, on: known, table: table.name, expects: .truth)
            } catch let faults as Diagnostics where faults.all.allSatisfy({ $0.code == "R0203" }) {
                words += faults.all.map { "scope: \($0.message)" + ($0.note.map { "; \($0)" } ?? " yet") }
            }
        }
        return words.map { .text(TextBlock(SlotText.escaped($0), tone: .warning)) }
    }

    private static func criteria(_ goal: Goal, task: TaskKind?) -> [Block] {
        guard let success = goal.success else {
            guard goal.aim != .groups else { return [] }
            let example = task?.exampleCriterion ?? "accuracy > 90% or mape < 10%"
            return [.text(TextBlock("no success criterion yet: succeed when \(example) would say when it is good enough"))]
        }
        let words = Criterion.all(in: success).map(\.words).joined(separator: " and ")
        return words.isEmpty ? [] : [.text(TextBlock("success: \(SlotText.escaped(words))"))]
    }
}
