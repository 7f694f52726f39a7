import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoReport
import RondoSession
import RondoSignature

/// What `recommend` shows: lists for users, or the items like one.
struct RecommendedLists {
    let model: TrainedModel
    let ranking: any RankingModel
    let catalogue: RecommenderCatalogue
    let rules: ListRules

    // MARK: Users

    /// - Parameter asked: names of users; nil shows the first three.
    func blocks(_ asked: [SpannedLiteral]?, in context: inout Context) throws -> [Block] {
        let names = asked?.map { RecommendedLists.word($0.value) } ?? Array(ranking.interactions.users.prefix(3))
        var rows: [[Scalar]] = []
        var unknown: [String] = []
        var short = 0
        for name in names {
            let user = ranking.interactions.userIndex(name)
            if user == nil { unknown.append(name) }
            let list = try list(for: user)
            if list.count < rules.count { short += 1 }
            let history = history(of: user)
            for (place, entry) in list.enumerated() {
                let reason = try ranking.reason(for: entry.item, in: history).map { label($0) }
                rows.append(
                    [.text(name), Scalar(place + 1), .text(item(entry.item))] + descriptions(entry.item) + [
                        Scalar(entry.score), reason.map { .text($0) } ?? .missing,
                    ])
            }
        }
        var table = TableBlock(
            caption: "\(model.name) recommends",
            columns: [.init("user", "text", .plain), .init("rank", "integer", .plain), .init("item", "text", .plain)]
                + catalogue.descriptions.map { .init($0.name, "text", .plain) } + [
                    .init("score", "number"), .init("because", "text", .plain),
                ],
            rows: rows)
        if table.rows.allSatisfy({ $0.last?.isMissing == true }) { table = table.withoutLastColumn }
        var blocks: [Block] = [.table(table)]
        if !unknown.isEmpty {
            let words = "\(NameList.words(unknown)) \(unknown.count == 1 ? "is" : "are") not known from training: what is popular is shown"
            blocks.append(.text(TextBlock(SlotText.escaped(words), tone: .warning)))
        }
        if short > 0, names.count > 0 {
            blocks.append(.text(TextBlock("some lists are shorter than \(rules.count): no more items may stand in them")))
        }
        return blocks
    }

    /// Writes user, rank, item and score of every list, by blocks of users.
    func write(_ asked: [SpannedLiteral]?, to file: String, in context: inout Context) throws -> [Block] {
        let names = asked?.map { RecommendedLists.word($0.value) } ?? ranking.interactions.users
        let lists = try Parallel.map(names.count, context: context.compute) { place in
            try list(for: ranking.interactions.userIndex(names[place]))
        }
        var users: [Scalar] = []
        var ranks: [Scalar] = []
        var items: [Scalar] = []
        var scores: [Scalar] = []
        for (name, list) in zip(names, lists) {
            for (place, entry) in list.enumerated() {
                users.append(.text(name))
                ranks.append(Scalar(place + 1))
                items.append(.text(item(entry.item)))
                scores.append(Scalar(entry.score))
            }
        }
        var frame = Frame(rowCount: users.count)
        try frame.set("user", .scalars(users, type: .text))
        try frame.set("rank", .scalars(ranks, type: .integer))
        try frame.set("item", .scalars(items, type: .text))
        try frame.set("score", .scalars(scores, type: .number))
        try context.writeFile(file, CSVWriter.bytes(frame))
        return [
            .figures([Figure("users", Scalar(names.count), .count), Figure("rows", Scalar(frame.rowCount), .count)]),
            .text(TextBlock("lists of {users} users, {rows} rows, written to \(SlotText.escaped(file))")),
        ]
    }

    private func list(for user: Int?) throws -> [ListRules.Place] {
        try rules.list(ranking, history: history(of: user), seen: user.map { Array(ranking.interactions.seen.columns(of: $0)) } ?? [])
    }

    private func history(of user: Int?) -> History { user.map { ranking.interactions.history(of: $0) } ?? .empty }

    // MARK: Items

    /// The items most like one.
    func like(_ literal: SpannedLiteral) throws -> [Block] {
        let word = RecommendedLists.word(literal.value)
        guard let wanted = catalogue.item(word, in: ranking) else {
            let near = NearestWord.suggestion(for: word, among: Array(ranking.interactions.items.prefix(50_000)))
            throw Diagnostic(
                "R0410", "\(model.name) knows no item \(word)", span: literal.span, note: near.map { "did you mean \($0)?" },
                remedy: "count by \(NameText.written(model.target.column))")
        }
        guard let likeness = try ranking.likeness(to: wanted) else {
            throw Diagnostic(
                "R0406", "\(model.name) knows no likeness of items", span: literal.span,
                remedy: "fit item_knn")
        }
        let open = rules.allowed ?? [Bool](repeating: true, count: likeness.count)
        let order = likeness.indices.filter { $0 != wanted && open[$0] && likeness[$0] > 0 }.sorted {
            (likeness[$0], $1) > (likeness[$1], $0)
        }
        guard !order.isEmpty else {
            return [.text(TextBlock(SlotText.escaped("nothing is like \(label(wanted)): nobody who liked it liked anything else")))]
        }
        return [
            .table(
                TableBlock(
                    caption: "like \(label(wanted)), by \(model.name)",
                    columns: [.init("rank", "integer", .plain), .init("item", "text", .plain)]
                        + catalogue.descriptions.map { .init($0.name, "text", .plain) } + [.init("likeness", "number")],
                    rows: order.prefix(rules.count).enumerated().map { place, found in
                        [Scalar(place + 1), .text(item(found))] + descriptions(found) + [Scalar(likeness[found])]
                    }))
        ]
    }

    private func item(_ item: Int) -> String { ranking.interactions.items[item] }

    /// What a person reads for an item: its description, else its name.
    private func label(_ place: Int) -> String {
        if let words = catalogue.descriptions.first?.words[place], !words.isMissing { return words.plainText }
        return item(place)
    }

    private func descriptions(_ item: Int) -> [Scalar] { catalogue.descriptions.map { $0.words[item] } }

    private static func word(_ literal: Literal) -> String {
        switch literal {
        case .text(let text): text
        case .integer(let value): String(value)
        case .truth(let truth): truth ? "true" : "false"
        default: literal.number.map(Scalar.plain) ?? ""
        }
    }
}

extension TableBlock {
    /// The table without its last column.
    fileprivate var withoutLastColumn: TableBlock {
        var copy = self
        copy.columns = Array(columns.dropLast())
        copy.rows = rows.map { Array($0.dropLast()) }
        return copy
    }
}
