import RondoKernels
import RondoLanguage

/// A checked part of an expression: its names are known, its operands have the types its operation wants.
struct TypedNode: Sendable {
    let operation: Operation
    let type: ValueType

    init(_ operation: Operation, _ type: ValueType) {
        self.operation = operation
        self.type = type
    }

    /// The value when it is written out or was computed while checking.
    var constant: Scalar? { if case .constant(let value) = operation { value } else { nil } }

    indirect enum Operation: Sendable {
        case constant(Scalar)
        case column(String)
        /// Changes the type without changing the meaning: integer to number, date to time, category to text, months to duration.
        case convert(TypedNode)
        case negate(TypedNode, of: Expression)
        case not(TypedNode)
        case logic(LogicOperator, TypedNode, TypedNode)
        case arithmetic(ArithmeticOperator, TypedNode, TypedNode, of: Expression)
        /// Both operands have the same type.
        case compare(ComparisonOperator, TypedNode, TypedNode)
        case member(TypedNode, MemberSet)
        case isMissing(TypedNode)
        case text(TextTest, TypedNode, TypedNode)
        case matches(TypedNode, SearchPattern)
        case choose(TypedNode, TypedNode, TypedNode)
        case call(any RowFunction.Type, [TypedNode])
        /// The aggregate of this number in the expression's list.
        case aggregate(Int)
        case ordered(OrderedCall)
        /// Stands for a part with a fault, so that checking goes on.
        case faulty
    }
}

/// `and`, `or` with three values.
enum LogicOperator: Sendable { case and, or }

/// Comparisons; the two greater ones are the lesser ones with operands exchanged.
enum ComparisonOperator: Sendable { case equal, unequal, less, lessOrEqual }

/// Tests of words against words.
enum TextTest: Sendable { case contains, starts, ends }

/// What arithmetic does once types are known.
enum ArithmeticOperator: Sendable {
    case addNumbers, subtractNumbers, multiplyNumbers, divideNumbers, moduloNumbers, powerNumbers
    case addIntegers, subtractIntegers, multiplyIntegers, moduloIntegers, powerIntegers
    /// Microseconds: time or duration plus duration.
    case addSpans
    /// Microseconds: time minus time, duration minus duration.
    case subtractSpans
    case datesApart
    case addDays
    case addMonthsToDate
    case addMonthsToTime
    /// Duration times number.
    case stretch
    /// Duration by number.
    case shrink
    /// Duration by duration.
    case ratio
}
