import RondoKernels
package import RondoLanguage
import RondoReport

/// Arguments in answers: as they are typed, but numbers as everywhere in answers.
package enum ShownArgument {
    package static func text(_ value: Argument) -> String {
        guard case .literal(let literal) = value else { return ArgumentText.written(value) }
        switch literal.value {
        case .integer(let number): return NumberText().text(.integer(number))
        case .number(let number): return NumberText().text(.number(number))
        default: return ArgumentText.written(value)
        }
    }
}
