import RondoExpressions
import RondoFrame
import RondoKernels
import RondoLanguage
import Testing

/// Short ways to run expressions in tests.
enum Bench {
    /// Parses, checks and evaluates; aggregates are learned from the same rows. Plain text, nothing for missing.
    static func run(_ text: String, _ frame: Frame, threads: Int = 1) throws -> [String] {
        let column = try evaluate(text, frame, threads: threads).column
        return (0..<column.count).map { column[$0].plainText }
    }

    static func evaluate(_ text: String, _ frame: Frame, threads: Int = 1) throws -> Evaluation {
        let compiled = try compile(text, frame)
        return try compiled.evaluate(on: frame, context: ComputeContext(threads: ThreadCount(threads)))
    }

    static func compile(_ text: String, _ frame: Frame, expects: ColumnType? = nil) throws -> CompiledExpression {
        try CompiledExpression(ExpressionParser.parse(text), schema: Schema(frame, tableName: "sales"), expects: expects)
    }

    /// The value of an expression without columns.
    static func value(_ text: String) throws -> String { try run(text, Frame(rowCount: 1))[0] }

    /// The type of an expression without columns.
    static func type(_ text: String) throws -> ColumnType { try compile(text, Frame(rowCount: 1)).type }

    /// All faults of an expression, one line each: code, message, note, remedy.
    static func faults(_ text: String, _ frame: Frame, expects: ColumnType? = nil) throws -> [String] {
        do {
            _ = try compile(text, frame, expects: expects)
            return []
        } catch let found as Diagnostics {
            return found.all.map { $0.mended(in: text) }.map { fault in
                "\(fault.code): \(fault.message)\(fault.note.map { " (\($0))" } ?? "") | \(fault.remedy)"
            }
        }
    }

    static func integers(_ values: [Int64?]) -> Column {
        .scalars(values.map { $0.map { .integer($0) } ?? .missing }, type: .integer)
    }

    static func truths(_ values: [Bool?]) -> Column { .scalars(values.map { $0.map { .truth($0) } ?? .missing }, type: .truth) }

    static func dates(_ values: [String?]) -> Column {
        .scalars(
            values.map { text in
                guard let text, let date = try? ConstantEvaluation.scalar(ExpressionParser.parse(text)) else { return .missing }
                return date
            }, type: .date)
    }

    /// A table with every type and gaps everywhere.
    static func mixed() throws -> Frame {
        try Frame([
            ("n", .numbers([1.5, -2, .nan, 4])), ("i", integers([3, nil, -7, 10])), ("t", truths([true, false, nil, true])),
            ("w", .text(["oak", nil, "elm", "Oak"])), ("d", dates(["2024-01-31", "2023-12-31", nil, "2024-02-29"])),
            ("c", .scalars([.text("b"), .text("a"), .missing, .text("b")], type: .category)),
            (
                "m",
                .scalars([.time(1_709_215_500_000_000), .missing, .time(0), .time(1_000_000)], type: .time)
            ),
            ("p", .scalars([.duration(86_400_000_000), .duration(1_500_000), .missing, .duration(0)], type: .duration)),
        ])
    }
}
