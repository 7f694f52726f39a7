import RondoExpressions
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import RondoSession
import RondoSignature

/// Reads the values that a search tries from the clauses of its cell.
enum GridReading {
    /// One parameter of the grid for each parameter clause of the cell, in the order of the declaration.
    /// - Throws: `Diagnostic` R0502 for a value outside the limits, R0804 for a range that cannot be searched.
    static func grid(_ call: Call, family: FamilySignature) throws -> ParameterGrid {
        ParameterGrid(
            try call.familyParameters(of: family).compactMap { parameter, clause in
                guard case .grid(let grid)? = clause.values[parameter.name] else { return nil }
                return ParameterGrid.Parameter(parameter.name, try axis(grid, parameter, clause, family))
            })
    }

    /// Everything that is wrong with the parameters, each with its place.
    static func faults(of call: Call, family: FamilySignature) -> [Diagnostic] {
        call.familyParameters(of: family).flatMap { parameter, clause -> [Diagnostic] in
            guard case .grid(let grid)? = clause.values[parameter.name] else { return [] }
            do {
                _ = try axis(grid, parameter, clause, family)
                return []
            } catch let fault as Diagnostic {
                return [fault]
            } catch let faults as Diagnostics {
                return faults.all
            } catch {
                return []
            }
        }
    }

    private static func axis(
        _ grid: Grid, _ parameter: ParameterShape, _ clause: ClauseSyntax, _ family: FamilySignature
    ) throws -> ParameterGrid.Axis {
        switch grid {
        case .value(let literal): return .values([try checked(literal.value, literal.span, parameter, family)])
        case .word(let word): return .values([.word(word.value)])
        case .interval(let interval): return try self.interval(interval, parameter, clause, family)
        case .list(let items):
            var values: [FamilyOptions.Value] = []
            for item in items {
                if case .name(let word) = item.low.node, item.high == nil {
                    values.append(.word(word))
                    continue
                }
                for scalar in try ConstantEvaluation.list([item]) {
                    values.append(try accepted(value(scalar), shown: scalar.plainText, item.low.span, parameter, family))
                }
            }
            guard !values.isEmpty else {
                throw Diagnostic(
                    "R0804", "the list of \(parameter.name) is empty: there is nothing to try", span: clause.span,
                    remedy: "write \(parameter.name) [\(parameter.defaultText ?? parameter.domain.example)]")
            }
            return .values(values.withoutRepeats)
        }
    }

    private static func interval(
        _ interval: Interval, _ parameter: ParameterShape, _ clause: ClauseSyntax, _ family: FamilySignature
    ) throws -> ParameterGrid.Axis {
        let low = try checked(interval.low.value, interval.low.span, parameter, family)
        let high = try checked(interval.high.value, interval.high.span, parameter, family)
        switch (low, high) {
        case (.integer(let first), .integer(let last)) where first <= last: return .integers(first, last)
        case (.number(let first), .number(let last)) where first <= last: return .numbers(first, last)
        default:
            throw Diagnostic(
                "R0804", "the range of \(parameter.name) ends before it begins", span: clause.span,
                remedy: "write \(parameter.name) \(high.text)..\(low.text)")
        }
    }

    private static func checked(
        _ literal: Literal, _ span: Span, _ parameter: ParameterShape, _ family: FamilySignature
    ) throws -> FamilyOptions.Value {
        let value: FamilyOptions.Value? =
            if case .integer(let whole) = literal { .integer(whole) } else { literal.number.map { .number($0) } }
        return try accepted(value, shown: value?.text ?? "\(literal)", span, parameter, family)
    }

    private static func value(_ scalar: Scalar) -> FamilyOptions.Value? {
        switch scalar {
        case .integer(let whole): .integer(whole)
        case .number(let number): .number(number)
        default: nil
        }
    }

    private static func accepted(
        _ value: FamilyOptions.Value?, shown: String, _ span: Span, _ parameter: ParameterShape, _ family: FamilySignature
    ) throws -> FamilyOptions.Value {
        if let accepted = value.flatMap(parameter.domain.accepting) { return accepted }
        let better = parameter.defaultText ?? parameter.domain.example
        throw Diagnostic(
            "R0502", "\(parameter.name) of \(family.name) must be \(parameter.domain.wording), got \(shown)", span: span,
            remedy: "write \(parameter.name) [\(better)]", mend: Mend(span, better))
    }
}
