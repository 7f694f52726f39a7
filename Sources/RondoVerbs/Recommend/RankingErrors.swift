import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoReport
import RondoSession

/// Where recommendations fail: by how much is known of a user, by how well known an item is, by groups, and for whom most of all.
struct RankingErrors {
    private let judgement: Judgement
    private let model: any RankingModel
    private let truth: RankingTruth
    private let lists: RankedLists
    /// How many items of a list count.
    private let length: Int
    private let isUserPrivate: Bool
    private static let usualLength = 10
    /// Lower ends of bands of how often a user or an item was met in training.
    private static let bands = [0, 1, 5, 20, 100]

    /// - Throws: `Diagnostic` when the model does not recommend, or was judged by folds.
    init(_ judgement: Judgement, in context: Context) throws {
        guard let model = judgement.model.fitted as? any RankingModel, let lists = judgement.outcome.ranking,
            let wish = judgement.goal.recommendation
        else { throw Judgement.stale(judgement.model) }
        guard judgement.outcome.foldCount == 1 else {
            throw Diagnostic(
                "R0431", "errors of a recommender need rows that it has not learned from", span: nil, remedy: "split 60/20/20")
        }
        isUserPrivate = judgement.table.privateColumns.contains(wish.user.value)
        self.judgement = judgement
        self.model = model
        self.lists = lists
        truth = try RankingTruth(
            wish, table: judgement.table, known: judgement.prepared.known, rows: judgement.judgedRows,
            learning: judgement.model.trainingRows, context: context.compute)
        let asked = try judgement.goalMetrics().compactMap(\.parameter).first
        length = asked.map { Int($0) } ?? RankingErrors.usualLength
    }

    /// By knowledge of users and of items, in words, and the users that fared worst.
    func blocks(worst: Int) -> [Block] {
        [.table(byUsers), .table(byItems)] + sentence + worstUsers(worst)
    }

    /// One liked item of a user, found or not.
    private struct Pair {
        let user: Int
        let item: Int32
        let row: Int32
        let isFound: Bool
    }

    private var pairs: [Pair] {
        truth.relevant.indices.flatMap { user -> [Pair] in
            let listed = Set(lists.recommended[user].prefix(length))
            return zip(truth.relevant[user], truth.rows[user]).map { item, row in
                Pair(user: user, item: item, row: row, isFound: listed.contains(item))
            }
        }
    }

    /// How often each item of the catalogue was met in training.
    private var meetings: [Int] {
        let sizes = model.interactions.seen.columnSizes
        return truth.catalogue.map { name in model.interactions.itemIndex(name).map { sizes[$0] } ?? 0 }
    }

    private func historySize(_ user: Int) -> Int {
        model.interactions.userIndex(truth.users[user]).map { model.interactions.seen.columns(of: $0).count } ?? 0
    }

    private static func band(_ count: Int) -> Int { bands.lastIndex { $0 <= count } ?? 0 }

    private static func words(_ band: Int, none: String) -> String {
        guard band > 0 else { return none }
        guard band < bands.count - 1 else { return "\(bands[band]) or more" }
        return "\(bands[band]) to \(bands[band + 1] - 1)"
    }

    private static func share(_ pairs: [Pair]) -> Scalar {
        Scalar(pairs.isEmpty ? .nan : Double(pairs.filter { !$0.isFound }.count) / Double(pairs.count))
    }

    private var byUsers: TableBlock {
        let all = pairs
        let bandOf = truth.users.indices.map { RankingErrors.band(historySize($0)) }
        let rows = RankingErrors.bands.indices.compactMap { band -> [Scalar]? in
            let users = bandOf.indices.filter { bandOf[$0] == band }
            guard !users.isEmpty else { return nil }
            let own = all.filter { bandOf[$0.user] == band }
            let without = users.filter { user in !own.contains { $0.user == user && $0.isFound } }.count
            return [
                .text(RankingErrors.words(band, none: "none: not in training")), Scalar(users.count), RankingErrors.share(own),
                Scalar(Double(without) / Double(users.count)),
            ]
        }
        return TableBlock(
            caption: "by how many items of a user training had; error: share of liked items that \(judgement.model.name) does not find",
            columns: [
                .init("group", "text", .plain), .init("rows", "integer", .count), .init("error", "number", .percent),
                .init("nothing_found", "number", .percent),
            ], rows: rows)
    }

    private var byItems: TableBlock {
        let meetings = meetings
        let bandOf = pairs.map { (RankingErrors.band(meetings[Int($0.item)]), $0) }
        let total = Double(max(1, bandOf.count))
        let rows = RankingErrors.bands.indices.compactMap { band -> [Scalar]? in
            let own = bandOf.filter { $0.0 == band }.map(\.1)
            guard !own.isEmpty else { return nil }
            return [
                .text(RankingErrors.words(band, none: "none: not in training")), Scalar(own.count), RankingErrors.share(own),
                Scalar(Double(own.count) / total),
            ]
        }
        return TableBlock(
            caption: "by how many users of an item training had; rows are liked items",
            columns: [
                .init("group", "text", .plain), .init("rows", "integer", .count), .init("error", "number", .percent),
                .init("share", "number", .percent),
            ], rows: rows)
    }

    /// Errors by groups of the judged rows: what the items or users of these rows have in common.
    func table(_ columns: [(name: String, column: Column)], by words: String) -> TableBlock {
        let all = pairs
        let rows = Segments.groups(columns, rows: all.map(\.row)).map { segment -> [Scalar] in
            let own = segment.positions.map { all[Int($0)] }
            return [.text(segment.name), Scalar(own.count), RankingErrors.share(own), Scalar(Set(own.map(\.user)).count)]
        }
        return TableBlock(
            caption: "errors of \(judgement.model.name) on \(judgement.part) by \(words); error: share of liked items not found",
            columns: [
                .init("group", "text", .plain), .init("rows", "integer", .count), .init("error", "number", .percent),
                .init("users", "integer", .count),
            ], rows: rows)
    }

    /// What no recommender of this kind can find, and how much of the catalogue is never shown.
    private var sentence: [Block] {
        let meetings = meetings
        let all = pairs
        let cold = all.filter { meetings[Int($0.item)] == 0 }.count
        let shown = Set(lists.recommended.flatMap { $0.prefix(length) }).count
        let figures = [
            Figure("liked", Scalar(all.count), .count), Figure("found", Scalar(all.filter(\.isFound).count), .count),
            Figure("cold", Scalar(cold), .count), Figure("shown", Scalar(shown), .count),
            Figure("items", Scalar(truth.catalogue.count), .count),
        ]
        var words = "{found} of {liked} liked items stand in the first \(length) places; {shown} of {items} items are ever offered"
        if cold > 0 { words += "; {cold} liked items were not in training: no list can hold them" }
        return [.figures(figures), .text(TextBlock(words))]
    }

    /// Users who liked most and were offered least of it.
    private func worstUsers(_ count: Int) -> [Block] {
        guard count > 0 else { return [] }
        var found = [Int](repeating: 0, count: truth.users.count)
        for pair in pairs where pair.isFound { found[pair.user] += 1 }
        let missed = truth.users.indices.map { truth.relevant[$0].count - found[$0] }
        let order = truth.users.indices.sorted { (found[$0], missed[$1], $0) < (found[$1], missed[$0], $1) }.prefix(count)
        return [
            .table(
                TableBlock(
                    caption: "users for whom \(judgement.model.name) finds least on \(judgement.part)",
                    columns: [
                        .init("user", "text", .plain), .init("liked", "integer", .count), .init("found", "integer", .count),
                        .init("in_training", "integer", .count),
                    ],
                    rows: order.enumerated().map { place, user in
                        [
                            .text(isUserPrivate ? "user \(place + 1)" : truth.users[user]), Scalar(truth.relevant[user].count),
                            Scalar(found[user]), Scalar(historySize(user)),
                        ]
                    }))
        ]
    }
}
