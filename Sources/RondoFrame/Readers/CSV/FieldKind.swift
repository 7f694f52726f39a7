import RondoKernels

/// What the fields of a column are read as.
enum FieldKind: UInt8, Sendable, CaseIterable {
    /// Not read (in this pass).
    case skip
    /// Nothing but missing values so far.
    case unknown
    case integer, number, truth, isoDate
    /// Day and month as numbers, whose order the whole column decides.
    case numericDate
    case time, text

    /// The narrowest kind that holds values of both.
    static func join(_ a: FieldKind, _ b: FieldKind) -> FieldKind {
        if a == b || b == .unknown { return a }
        switch (a, b) {
        case (.unknown, _): return b
        case (.integer, .number), (.number, .integer): return .number
        case (.isoDate, .time), (.time, .isoDate): return .time
        default: return .text
        }
    }

    /// The kind of a field that is neither empty nor blank, without blanks around.
    static func classify(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> FieldKind {
        let first = bytes[0]
        if DecimalNumber.isDigit(first) || first == ASCII.minus || first == ASCII.plus || first == ASCII.point {
            switch DecimalNumber.parse(bytes, count).form {
            case .integer: return .integer
            case .number: return .number
            case .code: return .text
            case .none: break
            }
            if WrittenMoment.isoDate(bytes, count) != nil { return .isoDate }
            if WrittenMoment.numericDate(bytes, count) != nil { return .numericDate }
            if WrittenMoment.time(bytes, count) != nil { return .time }
            return .text
        }
        return truth(bytes, count) == nil ? .text : .truth
    }

    /// Whether a value of another kind than text, blanks around it or not, may begin and end so.
    @inline(__always)
    static func mayBeValue(_ first: UInt8, _ last: UInt8) -> Bool {
        if first == ASCII.blank { return true }
        if DecimalNumber.isDigit(first) || first == ASCII.minus || first == ASCII.plus || first == ASCII.point {
            return DecimalNumber.isDigit(last) || last == ASCII.point || last | 0x20 == 0x7A || last == ASCII.blank
        }
        return first | 0x20 == 0x74 || first | 0x20 == 0x66
    }

    /// A truth word and its style: 1 lower case, 2 upper case, 4 with a capital.
    static func truth(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> (value: Bool, style: UInt16)? {
        guard count == 4 || count == 5 else { return nil }
        let word = UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self)
        if count == 4 {
            if word == words.yes.lower { return (true, 1) }
            if word == words.yes.upper { return (true, 2) }
            return word == words.yes.capital ? (true, 4) : nil
        }
        if word == words.no.lower, bytes[4] == UInt8(ascii: "e") { return (false, 1) }
        if word == words.no.upper, bytes[4] == UInt8(ascii: "E") { return (false, 2) }
        return word == words.no.capital && bytes[4] == UInt8(ascii: "e") ? (false, 4) : nil
    }

    /// The first four letters of the words.
    private static let words = (
        yes: (lower: letters("true"), upper: letters("TRUE"), capital: letters("True")),
        no: (lower: letters("fals"), upper: letters("FALS"), capital: letters("Fals"))
    )

    private static func letters(_ text: String) -> UInt32 {
        text.utf8.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }.littleEndian
    }
}
