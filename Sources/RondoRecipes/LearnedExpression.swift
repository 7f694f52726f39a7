import RondoFrame
import RondoKernels
import RondoLanguage
import RondoReport

struct LearnedExpression: Sendable {
    let tree: Expression
    init(_ tree: Expression, from frame: Frame, rows: [Int32]?, isCondition: Bool = false, context: ComputeContext) throws { self.tree = tree }
    func column(of frame: Frame, name: String, remarks: inout StepRemarks, context: ComputeContext) throws -> Column { Column(.number([])) }
    static func table(_ items: [(String, LearnedExpression)]) -> TableBlock? { nil }
    static func summary(_ items: [LearnedExpression]) -> String? { nil }
    func archive() -> Archive { Archive() }
    init(archive: Archive) throws { tree = try SavedExpression.expression(try archive.word("x")) }
}
enum KeyExpression {
    static func column(_ expression: Expression, of frame: Frame, context: ComputeContext) throws -> Column { Column(.number([])) }
}
extension Expression {
    var aggregates: Bool { false }
    var usesOrder: Bool { false }
}
