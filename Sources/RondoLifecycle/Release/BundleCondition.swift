import RondoExpressions
package import RondoFrame
import RondoKernels
import RondoLanguage

/// A condition of a bundle over new rows: scope and checks, read in the values as the user knows them.
package struct BundleCondition: Sendable {
    private let compiled: CompiledExpression

    /// - Throws: `Diagnostic` for names and types, `Fault` R0533 for a condition that looks at other rows.
    package init(_ text: String, on known: Frame) throws {
        compiled = try CompiledExpression(try ExpressionParser.parse(text), schema: Schema(known), expects: .truth)
        guard !compiled.hasAggregates else {
            throw Fault(
                "R0533", "\(text) looks at other rows, a release answers one row by itself",
                remedy: "give the limits as numbers", subject: text)
        }
    }

    /// Rows for which the condition is false; where it cannot be known (missing) they pass.
    func failing(on known: Frame, context: ComputeContext) throws -> [Int32] {
        let column = try compiled.evaluate(on: known, aggregates: .none, context: context).column
        guard case .truth(let values) = column.storage else { return [] }
        return values.indices.filter { values[$0] == 0 }.map { Int32($0) }
    }
}
