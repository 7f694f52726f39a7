package import RondoFrame
import RondoKernels
package import RondoLanguage
package import RondoLearning
package import RondoSignature

/// The target of a goal in a table: which task it makes, and its values.
package struct ResolvedTarget: Sendable {
    package let column: String
    package let task: TaskKind
    /// Class names in the order of codes; the positive class of two is the second. Empty for regression.
    package let classes: [String]
    /// Why the task was understood so, in words.
    package let why: String
    /// Class code a row (-1 missing), or empty for regression.
    private let codes: [Int32]
    /// Number a row (NaN missing), or empty for classes.
    private let numbers: [Double]

    /// Understands the target.
    ///
    /// A number column is a regression unless a value is written (`predict left = 1`); text, category and truth are classes.
    /// - Throws: `Diagnostic` for an unknown column or value, a date target, or a target without two classes.
    package init(_ target: Target, in frame: Frame, table: String) throws {
        column = target.column.value
        guard let values = frame[column] else {
            let near = NearestWord.suggestion(for: column, among: frame.names)
            throw Diagnostic(
                "R0203", "table \(table) has no column \(column), the target of the goal", span: nil,
                note: near.map { "did you mean \($0)?" },
                remedy: near.map { "goal predict \(NameText.written($0))" }
                    ?? "name a column of \(table): \(frame.names.prefix(8).joined(separator: ", "))")
        }
        if let wanted = target.value {
            let factor = ResolvedTarget.codes(of: values)
            let word = ResolvedTarget.word(wanted.value, for: values)
            guard let positive = factor.names.firstIndex(of: word) else {
                let other = factor.names.first ?? word
                throw Diagnostic(
                    "R0410", "\(column) is never \(word)", span: nil,
                    note: "it is \(factor.names.prefix(8).joined(separator: ", "))",
                    remedy: "goal predict \(NameText.written(column)) = \(values.type.isText ? TextLiteral.written(other) : other)")
            }
            let others = factor.names.enumerated().filter { $0.offset != positive }.map(\.element)
            classes = [others.count == 1 ? others[0] : "not \(word)", word]
            codes = factor.codes.map { $0 < 0 ? -1 : ($0 == Int32(positive) ? 1 : 0) }
            numbers = []
            task = .binary
            why = "two classes: \(column) is \(word), or not"
        } else if values.type.isNumeric {
            classes = []
            codes = []
            numbers = values.numbers()
            task = .regression
            why = "a number to predict (regression), because \(column) holds numbers; cast it to category for classes"
        } else if values.type.isText || values.type == .truth {
            let factor = ResolvedTarget.codes(of: values)
            classes = factor.names
            codes = factor.codes
            numbers = []
            task = factor.names.count == 2 ? .binary : .multiclass
            why = "\(factor.names.count) classes, because \(column) holds \(values.type == .truth ? "truth values" : "words")"
        } else {
            throw Diagnostic(
                "R0411", "\(column) is a \(values.type.rawValue): it cannot be predicted as it is", span: nil,
                remedy: "make a number from it, such as days_between(\(NameText.written(column)), …), and predict that")
        }
    }

    package var isRegression: Bool { task == .regression }

    /// The target without its values: what a model keeps of it.
    package struct Description: Sendable, Hashable {
        package let column: String
        package let task: TaskKind
        package let classes: [String]

        package init(column: String, task: TaskKind, classes: [String]) {
            self.column = column
            self.task = task
            self.classes = classes
        }
    }
    package var description: Description { Description(column: column, task: task, classes: classes) }

    /// Whether the row has a value.
    package func isKnown(_ row: Int) -> Bool { isRegression ? !numbers[row].isNaN : codes[row] >= 0 }

    /// Values of rows that all have one.
    package func values(_ rows: [Int32]) -> TargetValues {
        isRegression ? .numbers(rows.map { numbers[Int($0)] }) : .classes(rows.map { codes[Int($0)] }, names: classes)
    }

    /// Sorted class names with a code a row; words of numbers and truth values as they are written.
    private static func codes(of column: Column) -> (codes: [Int32], names: [String]) {
        switch column.storage {
        case .truth(let values): return (values.map { $0 == Column.missingTruth ? -1 : Int32($0) }, ["false", "true"])
        case .text(let codes, let levels), .category(let codes, let levels):
            var used = Array(repeating: false, count: levels.count)
            for code in codes where code >= 0 { used[Int(code)] = true }
            let order = levels.words.indices.filter { used[$0] }.sorted { levels.words[$0] < levels.words[$1] }
            var rank = Array(repeating: Int32(-1), count: levels.count)
            for (position, code) in order.enumerated() { rank[code] = Int32(position) }
            return (codes.map { $0 < 0 ? -1 : rank[Int($0)] }, order.map { levels.words[$0] })
        default:
            let numbers = column.numbers()
            let distinct = Set(numbers.filter { !$0.isNaN }).sorted()
            let rank = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($0.element, Int32($0.offset)) })
            return (numbers.map { $0.isNaN ? -1 : rank[$0] ?? -1 }, distinct.map(Scalar.plain))
        }
    }

    private static func word(_ literal: Literal, for column: Column) -> String {
        switch literal {
        case .text(let text): text
        case .truth(let truth): truth ? "true" : "false"
        case .integer(let value): String(value)
        case .number(let value): Scalar.plain(value)
        default: "missing"
        }
    }
}
