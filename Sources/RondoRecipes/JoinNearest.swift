package import RondoFrame
import RondoKernels
package import RondoLanguage

/// How a join finds the nearest record: along which axis, in which direction, how far at most.
package struct JoinNearest: Sendable {
    /// The place of a row of the current table: a date, a time or a number.
    package let key: Expression
    package let direction: NearestLookup.Direction
    /// A duration or a number; nil for any distance.
    package let within: Expression?
    /// The place of each record of the other table.
    let column: Column

    package init(_ key: Expression, _ direction: NearestLookup.Direction, within: Expression? = nil) {
        self.init(key: key, direction: direction, within: within, column: .numbers([]))
    }

    private init(key: Expression, direction: NearestLookup.Direction, within: Expression?, column: Column) {
        self.key = key
        self.direction = direction
        self.within = within
        self.column = column
    }

    /// The same with the places of the records.
    /// - Throws: R0751 for a column without an order of distance.
    func placed(at column: Column) throws -> JoinNearest {
        let result = JoinNearest(key: key, direction: direction, within: within, column: column.compacted())
        _ = try result.places(column)
        return result
    }

    /// The places of the records as numbers.
    var positions: [Double] { (try? places(column)) ?? [] }

    /// The places of rows of the current table as numbers of the same scale.
    /// - Throws: R0751 when they cannot be compared with the records'.
    func positions(of axis: Column) throws -> [Double] {
        guard JoinNearest.scale(axis.type) == JoinNearest.scale(column.type) else {
            throw Fault(
                "R0751",
                "nearest needs one kind of axis: \(key.text) is \(axis.type.phrase) here and \(column.type.phrase) in the other table",
                remedy: "bring both to one type: cast \(key.text) \(column.type.rawValue)", subject: key.text)
        }
        return try places(axis)
    }

    /// The least and the greatest place that count for each row; nil without `within`.
    func limits(of frame: Frame, context: ComputeContext) throws -> (low: [Double], high: [Double])? {
        guard let within else { return nil }
        func bound(_ sign: Expression.BinaryOperator) throws -> [Double] {
            do {
                return try places(
                    try KeyExpression.column(Expression(.binary(sign, key, within), key.span), of: frame, context: context))
            } catch let found as Diagnostics {
                _ = found
                throw Fault(
                    "R0752", "within \(within.text) does not measure \(key.text)",
                    remedy: column.type.isNumeric ? "write a number: within 10" : "write a length of time: within 7 days",
                    subject: key.text)
            }
        }
        return (try bound(.minus), try bound(.plus))
    }

    private enum Scale { case number, moment, duration }

    private static func scale(_ type: ColumnType) -> Scale? {
        switch type {
        case .number, .integer: .number
        case .date, .time: .moment
        case .duration: .duration
        default: nil
        }
    }

    /// Numbers as they are, moments and durations in seconds.
    private func places(_ column: Column) throws -> [Double] {
        switch column.type {
        case .date: return column.numbers().map { $0 * 86_400 }
        case .number, .integer, .time, .duration: return column.numbers()
        default:
            throw Fault(
                "R0751", "nearest needs a date, a time or a number; \(key.text) is \(column.type.phrase)",
                remedy: column.type.isText ? "cast \(key.text) date" : "name a column of dates or numbers", subject: key.text)
        }
    }

    func archive() -> Archive {
        var archive = Archive(["key": .words([SavedExpression.text(key)])])
        archive.set("direction", direction.rawValue)
        if let within { archive.set("within", SavedExpression.text(within)) }
        archive.set("places", column.archive())
        return archive
    }

    init(archive: Archive) throws {
        guard let direction = NearestLookup.Direction(rawValue: try archive.word("direction")) else {
            throw StepArchive.damaged(JoinStep.kind)
        }
        self.init(
            key: try SavedExpression.expression(try archive.word("key")), direction: direction,
            within: archive["within"] == nil ? nil : try SavedExpression.expression(try archive.word("within")),
            column: try Column(archive: try archive.archive("places")))
        _ = try places(column)
    }
}
