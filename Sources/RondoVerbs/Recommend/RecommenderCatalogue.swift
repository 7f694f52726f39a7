import RondoExpressions
import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoSession
import RondoSignature

/// The items of a recommender as the rows of its table describe them.
struct RecommenderCatalogue {
    /// Columns of words with one value an item, `title`; at most two, none of them private.
    private(set) var descriptions: [(name: String, words: [Scalar])] = []
    private let table: Table
    private let prepared: PreparedTable
    /// Item of each row of the table; -1 for rows of items the recommender does not know.
    private let itemOfRow: [Int32]
    private let count: Int

    /// - Throws: `Diagnostic` when table or goal are no longer those of the model.
    init(_ model: TrainedModel, _ ranking: any RankingModel, in context: inout Context) throws {
        table = try context.table(named: Name(model.table, Span(0, 0)))
        prepared = try context.prepared(table)
        count = ranking.interactions.items.count
        guard let column = prepared.known[model.target.column] else { throw Judgement.stale(model) }
        let factor = column.factor()
        let codes = factor.words.map { Int32(ranking.interactions.itemIndex($0) ?? -1) }
        itemOfRow = factor.codes.map { $0 < 0 ? -1 : codes[Int($0)] }
        let user = context.goal()?.recommendation?.user.value
        for (name, values) in zip(prepared.known.names, prepared.known.columns)
        where descriptions.count < 2 && values.type.isText && name != model.target.column && name != user
            && !table.privateColumns.contains(name)
        {
            if let words = one(values) { descriptions.append((name, words)) }
        }
    }

    /// The value of each item, missing where no row tells; nil for a column with several values an item.
    private func one(_ column: Column) -> [Scalar]? {
        let codes = column.factor()
        var value = [Int32](repeating: .min, count: count)
        for (row, item) in itemOfRow.enumerated() where item >= 0 {
            if value[Int(item)] == .min { value[Int(item)] = codes.codes[row] }
            if value[Int(item)] != codes.codes[row] { return nil }
        }
        return value.map { $0 < 0 ? .missing : codes.values[Int($0)] }
    }

    /// Items of which a row meets the condition.
    func allowed(_ condition: Expression?, in context: inout Context) throws -> [Bool]? {
        guard let condition else { return nil }
        let every = (0..<Int32(clamping: table.rows.rowCount)).map { $0 }
        var allowed = [Bool](repeating: false, count: count)
        for row in try context.keeping(every, where: condition, of: table, prepared).rows where itemOfRow[Int(row)] >= 0 {
            allowed[Int(itemOfRow[Int(row)])] = true
        }
        guard allowed.contains(true) else {
            throw Diagnostic("R0446", "no item meets the condition", span: condition.span, remedy: "count where \(condition.text)")
        }
        return allowed
    }

    /// The mean of a column of numbers over the rows of each item; NaN where none has a value.
    func numbers(_ name: Name, source: String, in context: inout Context) throws -> [Double] {
        guard let column = prepared.known[name.value] else {
            throw SessionNames.unknownColumn(name, table: table.name, known: prepared.known.names, source: source)
        }
        guard column.type.isNumeric || column.type == .truth else {
            throw Diagnostic(
                "R0409", "\(name.value) holds no numbers: it cannot weigh items", span: name.span,
                remedy: "favor needs a column of numbers, more of which is better")
        }
        let values = column.numbers()
        var sums = [Double](repeating: 0, count: count)
        var counts = [Double](repeating: 0, count: count)
        for (row, item) in itemOfRow.enumerated() where item >= 0 && !values[row].isNaN {
            sums[Int(item)] += values[row]
            counts[Int(item)] += 1
        }
        return zip(sums, counts).map { $1 > 0 ? $0 / $1 : .nan }
    }

    /// The item that a value names, by its own name or by the only one it describes.
    func item(_ word: String, in ranking: any RankingModel) -> Int? {
        if let item = ranking.interactions.itemIndex(word) { return item }
        for description in descriptions {
            let found = description.words.indices.filter { description.words[$0].plainText == word }
            if found.count == 1 { return found[0] }
        }
        return nil
    }
}
