/// How strongly an operator binds; a greater level binds more.
enum Precedence: Int, Comparable {
    case disjunction = 1
    case conjunction, negation, comparison, sum, product, sign, power, primary

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .primary }
}

/// One row an operator: how it is written, how strongly it binds, what it makes.
struct OperatorRow: Sendable {
    enum Form: Sendable, Hashable {
        case binary(Expression.BinaryOperator)
        case text(Expression.TextOperator)
        case between, member, missing
        /// `drops` and `rises`.
        case moves(rises: Bool)
    }
    /// The sign or the words.
    let written: [String]
    let precedence: Precedence
    let form: Form
    /// Whether `not` may stand before it.
    let takesNot: Bool

    init(_ written: String..., at precedence: Precedence, _ form: Form, not takesNot: Bool = false) {
        self.written = written
        self.precedence = precedence
        self.form = form
        self.takesNot = takesNot
    }
}

enum OperatorTable {
    static let rows: [OperatorRow] = [
        OperatorRow("or", at: .disjunction, .binary(.or)),
        OperatorRow("and", at: .conjunction, .binary(.and)),
        OperatorRow("=", at: .comparison, .binary(.equal)),
        OperatorRow("==", at: .comparison, .binary(.equal)),
        OperatorRow("!=", at: .comparison, .binary(.unequal)),
        OperatorRow("<", at: .comparison, .binary(.less)),
        OperatorRow("<=", at: .comparison, .binary(.lessOrEqual)),
        OperatorRow(">", at: .comparison, .binary(.greater)),
        OperatorRow(">=", at: .comparison, .binary(.greaterOrEqual)),
        OperatorRow("between", at: .comparison, .between, not: true),
        OperatorRow("in", at: .comparison, .member, not: true),
        OperatorRow("is", at: .comparison, .missing),
        OperatorRow("contains", at: .comparison, .text(.contains), not: true),
        OperatorRow("starts", "with", at: .comparison, .text(.startsWith), not: true),
        OperatorRow("ends", "with", at: .comparison, .text(.endsWith), not: true),
        OperatorRow("matches", at: .comparison, .text(.matches), not: true),
        OperatorRow("drops", at: .comparison, .moves(rises: false)),
        OperatorRow("rises", at: .comparison, .moves(rises: true)),
        OperatorRow("+", at: .sum, .binary(.plus)),
        OperatorRow("-", at: .sum, .binary(.minus)),
        OperatorRow("*", at: .product, .binary(.times)),
        OperatorRow("/", at: .product, .binary(.divided)),
        OperatorRow("mod", at: .product, .binary(.modulo)),
        OperatorRow("^", at: .power, .binary(.power)),
    ]

    private static let bySign: [Sign: OperatorRow] = {
        var table: [Sign: OperatorRow] = [:]
        for row in rows { if let sign = Sign(rawValue: row.written[0]) { table[sign] = row } }
        return table
    }()

    private static let byWord: [String: OperatorRow] = {
        var table: [String: OperatorRow] = [:]
        for row in rows where Sign(rawValue: row.written[0]) == nil { table[row.written[0]] = row }
        return table
    }()

    /// First words of operators, `not` included: no clause may begin with one.
    package static let firstWords: Set<String> = Set(byWord.keys).union(["not"])

    static func row(_ token: Token) -> OperatorRow? {
        switch token.kind {
        case .sign(let sign): bySign[sign]
        case .word(let word): byWord[word]
        default: nil
        }
    }

    static func precedence(of binary: Expression.BinaryOperator) -> Precedence {
        switch binary {
        case .or: .disjunction
        case .and: .conjunction
        case .equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual: .comparison
        case .plus, .minus: .sum
        case .times, .divided, .modulo: .product
        case .power: .power
        }
    }
}
