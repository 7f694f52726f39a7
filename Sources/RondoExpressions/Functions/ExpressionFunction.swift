package import RondoFrame
import RondoKernels

/// A function of the language: one declaration drives checking, evaluation, help and tests.
package protocol ExpressionFunction: Sendable {
    /// As typed.
    static var name: String { get }
    /// `round(number[, digits])`.
    static var signature: String { get }
    /// One sentence for the help.
    static var summary: String { get }
    /// A use of it and the answer.
    static var example: FunctionExample { get }
    /// What it takes between its brackets, before any clause.
    static var parameters: [FunctionParameter] { get }
    /// How it works on rows.
    static var role: FunctionRole { get }
}

/// How a function works on rows.
package enum FunctionRole: String, Sendable, Hashable, CaseIterable {
    /// One value from the values of one row.
    case rowwise = "row by row"
    /// One value from many rows; takes `where` and `by`.
    case aggregate = "over rows"
    /// One value a row from the order of rows; needs `over`, takes `where` and `by`.
    case ordered = "along an order"
}

/// One parameter of a function.
package struct FunctionParameter: Sendable {
    /// Which values fit, and what they are turned into.
    package enum Kind: Sendable, Hashable {
        /// Numbers; integers become numbers.
        case number
        /// Numbers and integers as they are.
        case numeric
        case integer
        /// Text and categories, as text.
        case text
        /// Dates and times.
        case moment
        case time
        case any
    }
    package let name: String
    package let kind: Kind
    package let isOptional: Bool

    package init(_ name: String, _ kind: Kind, optional: Bool = false) {
        self.name = name
        self.kind = kind
        isOptional = optional
    }
}

/// A use of a function and its answers: one for an expression without columns, else one for each row of the example table.
package struct FunctionExample: Sendable {
    package let expression: String
    /// Values as plain text, nothing for missing.
    package let answers: [String]

    package init(_ expression: String, _ answers: String...) {
        self.expression = expression
        self.answers = answers
    }

    /// The table that examples work on: five sales.
    package static func table() throws -> Frame {
        let zips: [Scalar] = [.text("10003"), .text("10003"), .text("11201"), .text("11201"), .text("11201")]
        let sold: [Scalar] = [.date(19_783), .date(19_753), .date(19_782), .missing, .date(19_800)]
        let listed: [Scalar] = [.date(19_753), .date(19_723), .date(19_723), .date(19_723), .date(19_797)]
        return try Frame([
            ("address", .text(["12 Elm St.", "7 N. Oak Ave", "9 Main Street", "12 ELM STREET", nil])),
            ("zip", .scalars(zips, type: .text)),
            ("price", .scalars([.integer(300), .integer(500), .integer(200), .missing, .integer(400)], type: .integer)),
            ("sqft", .numbers([100, 150.5, 80, 120, .nan])),
            ("listed_on", .scalars(listed, type: .date)),
            ("sold_on", .scalars(sold, type: .date)),
        ])
    }
}

/// A function of the values of one row, evaluated over whole columns.
package protocol RowFunction: ExpressionFunction {
    /// Whether further arguments of the last kind may follow.
    static var takesMany: Bool { get }
    /// Whether all arguments are brought to one type first.
    static var unifies: Bool { get }
    /// Whether its answer can be computed while checking (conversions count their failures and are not).
    static var isPure: Bool { get }
    /// The type of the answer, from the types of the arguments as they will arrive; a sentence where they do not fit.
    static func result(of types: [ValueType]) -> FunctionResult
    /// The answers for the rows of the scope. A missing constant argument never arrives unless `seesMissing`.
    static func evaluate(_ arguments: [Vector], type: ValueType, _ scope: EvaluationScope) throws -> Vector
    /// Whether it wants missing constants itself; otherwise they make the answer missing.
    static var seesMissing: Bool { get }
}

/// The type of a function's answer, or why the arguments do not fit.
package enum FunctionResult: Sendable {
    case type(ValueType)
    case unfit(message: String, remedy: String)
}

extension RowFunction {
    package static var role: FunctionRole { .rowwise }
    package static var takesMany: Bool { false }
    package static var unifies: Bool { false }
    package static var isPure: Bool { true }
    package static var seesMissing: Bool { false }
}

/// A function of many rows: one answer for each group.
package protocol AggregateFunction: ExpressionFunction {
    /// The type of the answer for values of this type (nil: called without an argument); nil where it has no meaning.
    static func result(of type: ValueType?) -> ValueType?
    /// One answer for each group.
    static func aggregate(_ values: GroupedValues, type: ValueType) throws -> Column
    /// Whether `over` is allowed: the order of rows counts.
    static var takesOrder: Bool { get }
}

extension AggregateFunction {
    package static var role: FunctionRole { .aggregate }
    package static var takesOrder: Bool { false }
    package static var parameters: [FunctionParameter] { [FunctionParameter("column", .any)] }
}

/// A function of the order of rows.
package protocol OrderedFunction: ExpressionFunction {
    /// The type of the answer for an argument of this type (nil: none).
    static func result(of type: ValueType?) -> ValueType
    /// The answers; `argument` is nil when it takes none.
    static func evaluate(_ argument: Column?, steps: Int, _ order: RowOrder, type: ValueType) -> Column
}

extension OrderedFunction {
    package static var role: FunctionRole { .ordered }
}
