import RondoFrame
import RondoKernels
package import RondoLanguage
import RondoLearning
import RondoLifecycle
package import RondoReport
package import RondoSession
package import RondoSignature

/// `recommend als for 17 top 5`: lists of items for users, or items like one.
package enum RecommendVerb: WorkspaceVerb {
    static let model = Operand("model", .model, "which recommender (the chosen, else the last)", optional: true)
    static let users = Clause("for", .values, "which users (the first three)")
    static let to = Clause("to", .file, "a file for the lists of every user, or of those in for")
    static let like = Clause("like", .value, "an item: shows what is like it")
    static let top = Clause("top", .integer, "length of a list (10)")
    static let including = Clause("including", .choice(["seen"]), "seen allows items the user had to do with")
    static let favor = Clause<(column: Name, weight: SpannedLiteral)>(
        ClauseShape(
            "favor",
            [
                Slot("column", .column, summary: "a column of numbers that describes items"),
                Slot("weight", .number, word: "weight", summary: "from 0, the scores alone, to 1, the column alone"),
            ], summary: "a second wish beside the scores: favor sustainability weight 0.3")
    ) { clause in
        guard case .name(let column)? = clause.values["column"], case .literal(let weight)? = clause.values["weight"] else { return nil }
        return (column, weight)
    }
    static let diverse = Clause("diverse", .number, "from 0 to 1: puts items back that are like those above them (0)")

    package static let signature = Signature(
        "recommend", phase: .judge, class: .judge,
        summary: "Shows what a recommender would offer: lists for users, or the items that are like one.",
        details: """
            Items that a user had to do with are left out. Who is not known gets what is popular. `where` allows items of which a row \
            meets the condition. `favor` adds a second wish: scores and column are brought to 0 to 1 over the items that may stand in \
            the list, then weighed. `because` names the item of the user's own that speaks most for the recommended one.
            """,
        searchWords: ["suggest", "recommendation", "similar", "offer", "next", "personal", "top n"],
        operands: [model], clauses: [users, to, like, SharedClauses.condition, top, including, favor, diverse],
        examples: [
            Example("recommend for \"ann\" top 2", after: RecommendVerb.shop + ["fit item_knn"], "What to offer to one customer."),
            Example("recommend like \"soap\" top 2", after: RecommendVerb.shop + ["fit item_knn"], "What goes with an item."),
            Example(
                "recommend favor refill weight 0.5 top 1", after: RecommendVerb.shop + ["fit popularity"],
                "What can be refilled counts half."),
        ], seeAlso: ["goal", "fit", "score", "errors"])

    /// A shop small enough to follow by hand.
    static let shop = [
        """
        load here as orders
            customer,product,refill
            ann,soap,1
            ann,cream,0
            ben,soap,1
            ben,cream,0
            ben,oil,1
            cay,soap,1
            cay,balm,0
            dan,oil,1
            dan,balm,0
        """,
        "goal recommend product to customer",
        "split 75/25",
    ]

    package static func faults(of call: Call) -> [Diagnostic] {
        var faults: [Diagnostic] = []
        if call[like] != nil, let span = call.span(users) ?? call.span(to) {
            faults.append(
                Diagnostic("R0237", "like is about items, this clause about users", span: span, remedy: "recommend like \"ITEM\""))
        }
        if case .integer(let value)? = call[top]?.value, !(1...1_000).contains(value), let given = call[top] {
            faults.append(
                Diagnostic(
                    "R0805", "top is a whole number from 1 to 1,000", span: given.span, remedy: "write top 10", mend: Mend(given.span, "10")
                ))
        }
        for (name, literal) in [("weight of favor", call[favor]?.weight), ("diverse", call[diverse])] {
            guard let literal, let value = literal.value.number, !(0...1).contains(value) else { continue }
            faults.append(
                Diagnostic(
                    "R0232", "\(name) lies between 0 and 1", span: literal.span, remedy: "write 0.3", mend: Mend(literal.span, "0.3")))
        }
        return faults
    }

    package static func run(_ call: Call, in context: inout Context) throws -> [Block] {
        let model = try context.model(call[model])
        guard let ranking = model.fitted as? any RankingModel else {
            throw Diagnostic(
                "R0406",
                "\(model.name) does not recommend: it \(model.target.task == .grouping ? "looks for groups" : "predicts \(model.target.column)")",
                span: nil, note: "families that recommend: popularity, item_knn, als, ease, content, bought_together",
                remedy: "goal recommend ITEM to USER")
        }
        try context.refusePrivate([model.target.column], of: model.table, span: nil)
        // Who is named may be answered; nobody else is shown, and no file leaves.
        if call[users] == nil || call[to] != nil, call[like] == nil, let user = context.goal()?.recommendation?.user.value {
            try context.refusePrivate([user], of: model.table, span: call.span(to))
        }
        let catalogue = try RecommenderCatalogue(model, ranking, in: &context)
        var rules = ListRules(count: 10)
        if case .integer(let value)? = call[top]?.value { rules.count = Int(clamping: value) }
        rules.includesSeen = call[including] != nil
        rules.diversity = call[diverse]?.value.number ?? 0
        rules.allowed = try catalogue.allowed(call[SharedClauses.condition], in: &context)
        if let favor = call[favor] {
            rules.favored = (try catalogue.numbers(favor.column, source: call.cell.source, in: &context), favor.weight.value.number ?? 0)
        }
        let lists = RecommendedLists(model: model, ranking: ranking, catalogue: catalogue, rules: rules)
        if let like = call[like] { return try lists.like(like) }
        if let file = call[to] { return try lists.write(call[users], to: file.value, in: &context) }
        return try lists.blocks(call[users], in: &context)
    }
}
