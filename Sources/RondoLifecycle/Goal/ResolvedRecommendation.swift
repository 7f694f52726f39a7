import RondoExpressions
package import RondoFrame
package import RondoKernels
import RondoLanguage
import RondoSignature

/// The columns of a recommendation in a table: who had to do with what, how much it says, and when it was.
package struct ResolvedRecommendation: Sendable {
    package let wish: Recommendation
    /// Codes of users and items by row; -1 missing.
    package let users: Factor
    package let items: Factor
    /// How much a row speaks for its item: 0 when it was not liked, NaN when that is not known.
    package let strengths: [Double]
    /// Days before the newest row, NaN where the moment is missing; nil without a column of moments.
    package let ages: [Double]?
    /// What counts, in words: `rows with rating >= 4 speak for an item`.
    package let why: String

    /// Understands the wish.
    ///
    /// Rows for which `liked` holds count 1 and all others 0; without that condition a row counts as much as its rating, and 1 without one.
    /// - Parameters:
    ///   - known: the values as the user knows them.
    ///   - learning: the rows that aggregates inside the condition learn from; nil for all.
    /// - Throws: `Diagnostic` for a column that is not there, ratings that are no numbers or below 0, and a condition that is none.
    package init(_ wish: Recommendation, known: Frame, table: String, learning: [Int32]?, context: ComputeContext) throws {
        self.wish = wish
        users = try ResolvedRecommendation.column(wish.user, in: known, table: table).factor()
        items = try ResolvedRecommendation.column(wish.item, in: known, table: table).factor()
        if let liked = wish.liked {
            var schema = Schema(known)
            schema.tableName = table
            let compiled = try CompiledExpression(liked, schema: schema, expects: .truth)
            let aggregates = try compiled.learn(from: known, rows: learning, context: context)
            let column = try compiled.evaluate(on: known, aggregates: aggregates, context: context).column
            strengths = column.numbers()
            why = "a row speaks for its item where \(liked.text)"
        } else if let rating = wish.rating {
            strengths = try ResolvedRecommendation.ratings(rating, in: known, table: table)
            why = "a row speaks for its item as much as its \(rating.value); liked when \(rating.value) >= … would draw a line"
        } else {
            strengths = [Double](repeating: 1, count: known.rowCount)
            why = "each row speaks for its item alike"
        }
        ages = try wish.moment.flatMap { try ResolvedRecommendation.ages($0, in: known, table: table) }
    }

    /// Whether the row says who, what and how much.
    package func isKnown(_ row: Int) -> Bool { users.codes[row] >= 0 && items.codes[row] >= 0 && !strengths[row].isNaN }

    private static func column(_ name: Name, in frame: Frame, table: String) throws -> Column {
        guard let column = frame[name.value] else {
            let near = NearestWord.suggestion(for: name.value, among: frame.names)
            throw Diagnostic(
                "R0203", "table \(table) has no column \(name.value), which the goal names", span: nil,
                note: near.map { "did you mean \($0)?" },
                remedy: "name a column of \(table): \(frame.names.prefix(8).joined(separator: ", "))")
        }
        return column
    }

    private static func ratings(_ name: Name, in frame: Frame, table: String) throws -> [Double] {
        let column = try column(name, in: frame, table: table)
        guard column.type.isNumeric else {
            throw Diagnostic(
                "R0411", "\(name.value) holds no numbers: it cannot say how much a row counts", span: nil,
                remedy: "say what counts as liked: goal recommend … liked when CONDITION")
        }
        let numbers = column.numbers()
        if let row = numbers.firstIndex(where: { $0 < 0 || $0.isInfinite }) {
            throw Diagnostic(
                "R0411", "\(name.value) is \(Scalar.plain(numbers[row])) in row \(row + 1): a rating counts from 0 up", span: nil,
                remedy: "say what counts as liked: goal recommend … liked when \(NameText.written(name.value)) > 0")
        }
        return numbers
    }

    private static func ages(_ name: String, in frame: Frame, table: String) throws -> [Double]? {
        let column = try column(Name(name, Span(0, 0)), in: frame, table: table)
        guard column.type.isMoment else { return nil }
        let perDay = column.type == .time ? 86_400.0 : 1
        let moments = column.numbers()
        let newest = moments.reduce(-Double.infinity) { $1.isNaN ? $0 : max($0, $1) }
        return moments.map { (newest - $0) / perDay }
    }
}
