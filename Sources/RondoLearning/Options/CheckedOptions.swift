import RondoKernels
package import RondoSignature

/// The options of a family after the check against its declaration: every parameter within its limits, defaults filled in.
package struct CheckedOptions: Sendable, Hashable {
    private let values: [String: FamilyOptions.Value]

    /// - Throws: R0504 for an unknown parameter, R0502 for a value that its declaration does not allow.
    package init(_ options: FamilyOptions, for signature: FamilySignature) throws {
        for name in options.values.keys.sorted() where !signature.parameters.contains(where: { $0.name == name }) {
            throw CheckedOptions.unknown(name, signature)
        }
        var values: [String: FamilyOptions.Value] = [:]
        for parameter in signature.parameters {
            if let given = options.values[parameter.name] {
                guard let value = parameter.domain.accepting(given) else { throw CheckedOptions.outside(parameter, given, signature) }
                values[parameter.name] = value
            } else if let text = parameter.defaultText {
                values[parameter.name] = parameter.domain.reading(text)
            }
        }
        self.values = values
    }

    /// The whole number of a parameter; nil when nothing was given and the declaration has no default.
    package func integer(_ name: String) -> Int? {
        if case .integer(let value)? = values[name] { return Int(clamping: value) }
        return nil
    }

    /// The number of a parameter; nil when nothing was given and the declaration has no default.
    package func number(_ name: String) -> Double? {
        switch values[name] {
        case .number(let value): value
        case .integer(let value): Double(value)
        case .word, nil: nil
        }
    }

    /// The word of a parameter; nil when nothing was given and the declaration has no default.
    package func word(_ name: String) -> String? {
        if case .word(let value)? = values[name] { return value }
        return nil
    }

    private static func unknown(_ name: String, _ signature: FamilySignature) -> Fault {
        let known = signature.parameters.map(\.name)
        let list = known.isEmpty ? "it has none" : "it has \(known.joined(separator: ", "))"
        return Fault(
            "R0504", "\(signature.name) has no parameter \(name): \(list)", remedy: "help fit \(signature.name)",
            subject: name)
    }

    private static func outside(_ parameter: ParameterShape, _ given: FamilyOptions.Value, _ signature: FamilySignature) -> Fault {
        Fault(
            "R0502", "\(parameter.name) of \(signature.name) must be \(parameter.domain.wording), got \(given.text)",
            remedy: "write \(parameter.name) \(parameter.defaultText ?? parameter.domain.example)", subject: given.text)
    }
}

extension ParameterShape.Domain {
    /// The value in the form of this domain when it lies within the limits, else nil.
    package func accepting(_ value: FamilyOptions.Value) -> FamilyOptions.Value? {
        switch (self, value) {
        case (.integer(let lower, let upper), .integer(let given)):
            return given >= lower && given <= upper ? value : nil
        case (.integer(let lower, let upper), .number(let given)):
            guard let whole = Int64(exactly: given), whole >= lower, whole <= upper else { return nil }
            return .integer(whole)
        case (.number(let lower, let upper, let includesLower), .integer(let given)):
            let number = Double(given)
            return (includesLower ? number >= lower : number > lower) && number <= upper ? .number(number) : nil
        case (.number(let lower, let upper, let includesLower), .number(let given)):
            guard given.isFinite else { return nil }
            return (includesLower ? given >= lower : given > lower) && given <= upper ? value : nil
        case (.choice(let words), .word(let given)):
            return words.contains(given) ? value : nil
        case (.models, .word), (.column, .word):
            return value
        case (.integer, .word), (.number, .word), (.choice, _), (.models, _), (.column, _):
            return nil
        }
    }

    /// A value of this domain from its text, nil when it is none or lies outside the limits.
    package func reading(_ text: String) -> FamilyOptions.Value? {
        switch self {
        case .integer: Int64(text).flatMap { accepting(.integer($0)) }
        case .number: Double(text).flatMap { accepting(.number($0)) }
        case .choice, .models, .column: accepting(.word(text))
        }
    }

    /// What is allowed, in words: `a whole number from 1 to 64`.
    package var wording: String {
        switch self {
        case .integer(let lower, let upper):
            return "a whole number " + (upper == .max ? "of at least \(lower)" : "from \(lower) to \(upper)")
        case .number(let lower, let upper, let includesLower):
            let low = Scalar(lower).plainText
            let bottom = includesLower ? "of at least \(low)" : "above \(low)"
            if lower == -.infinity { return upper == .infinity ? "a number" : "a number of at most \(Scalar(upper).plainText)" }
            return upper == .infinity ? "a number \(bottom)" : "a number \(bottom) and at most \(Scalar(upper).plainText)"
        case .choice(let words):
            return words.count == 1 ? words[0] : "one of \(words.joined(separator: ", "))"
        case .models: return "two or more fitted models"
        case .column: return "a column"
        }
    }

    /// A value that is allowed, as text.
    package var example: String {
        switch self {
        case .integer(let lower, _): String(lower)
        case .number(let lower, let upper, let includesLower):
            includesLower ? Scalar(lower).plainText : Scalar(upper.isFinite ? upper : max(lower + 1, 1)).plainText
        case .choice(let words): words.first ?? ""
        case .models: "item_knn, popularity"
        case .column: "stars"
        }
    }
}

extension FamilyOptions.Value {
    /// The value as a user would type it.
    package var text: String {
        switch self {
        case .integer(let value): String(value)
        case .number(let value): value.isFinite ? Scalar(value).plainText : "\(value)"
        case .word(let value): value
        }
    }
}
