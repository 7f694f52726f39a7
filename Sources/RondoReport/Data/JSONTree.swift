/// A JSON value as read: numbers keep their digits, objects the order of their members.
package indirect enum JSONTree: Sendable, Hashable {
    case null
    case truth(Bool)
    /// The digits as they stood.
    case number(String)
    case text(String)
    case array([JSONTree])
    case object([Member])

    package struct Member: Sendable, Hashable {
        package var name: String
        package var value: JSONTree
    }

    /// The member of this name, the last one where a name is repeated.
    package subscript(_ name: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    package var text: String? { if case .text(let value) = self { value } else { nil } }
    package var truth: Bool? { if case .truth(let value) = self { value } else { nil } }
    package var elements: [JSONTree]? { if case .array(let value) = self { value } else { nil } }
    package var isNull: Bool { if case .null = self { true } else { false } }

    /// A whole number of 64 bits, also when it stands as text (beyond 2^53).
    package var integer: Int64? {
        switch self {
        case .number(let digits): Int64(digits)
        case .text(let digits): Int64(digits)
        default: nil
        }
    }

    /// A finite number.
    package var double: Double? {
        guard case .number(let digits) = self, let value = Double(digits), value.isFinite else { return nil }
        return value
    }
}
