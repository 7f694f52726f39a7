/// A number as it is written in a file: `12`, `-0.5`, `1e-3`, `.75`.
struct DecimalNumber {
    enum Form: UInt8 {
        /// Not a number.
        case none
        /// A whole number of 64 bits without point and exponent.
        case integer
        /// A number with point or exponent, or minus zero.
        case number
        /// Digits that a number would not give back: leading zeros, more than 64 bits, beyond the greatest double.
        case code
    }

    var form: Form
    var integer: Int64 = 0
    var number = 0.0
    var plus = false

    static let none = DecimalNumber(form: .none)

    /// Reads all `count` bytes as one number, correctly rounded (round half to even) to a double.
    static func parse(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> DecimalNumber {
        var place = 0
        guard count > 0 else { return .none }
        let negative = bytes[0] == ASCII.minus
        let plus = bytes[0] == ASCII.plus
        if negative || plus { place = 1 }
        let wholeStart = place
        var mantissa: UInt64 = 0
        var significant = 0
        var exponent = 0
        while place < count, isDigit(bytes[place]) {
            append(bytes[place], &mantissa, &significant, &exponent, fraction: false)
            place += 1
        }
        let wholeDigits = place - wholeStart
        var fractionDigits = 0
        let hasPoint = place < count && bytes[place] == ASCII.point
        if hasPoint {
            place += 1
            let start = place
            while place < count, isDigit(bytes[place]) {
                append(bytes[place], &mantissa, &significant, &exponent, fraction: true)
                place += 1
            }
            fractionDigits = place - start
        }
        guard wholeDigits + fractionDigits > 0 else { return .none }
        let hasExponent = place < count && bytes[place] | 0x20 == 0x65
        if hasExponent {
            guard let power = readExponent(bytes, count, &place) else { return .none }
            exponent += power
        }
        guard place == count else { return .none }
        if wholeDigits > 1, bytes[wholeStart] == ASCII.zero { return DecimalNumber(form: .code) }
        if !hasPoint, !hasExponent {
            if let integer = exact(mantissa, significant, negative) {
                return DecimalNumber(
                    form: mantissa == 0 && negative ? .number : .integer, integer: integer,
                    number: negative ? -Double(mantissa) : Double(integer), plus: plus)
            }
            return DecimalNumber(form: .code)
        }
        let value = double(mantissa, significant, exponent, negative, bytes, count)
        return value.isFinite ? DecimalNumber(form: .number, number: value, plus: plus) : DecimalNumber(form: .code)
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- ASCII.zero < 10 }

    /// Takes one more digit: up to 19 significant ones into the mantissa, the rest only counts.
    @inline(__always)
    private static func append(_ byte: UInt8, _ mantissa: inout UInt64, _ significant: inout Int, _ exponent: inout Int, fraction: Bool) {
        if significant < 19 {
            mantissa = mantissa &* 10 &+ UInt64(byte &- ASCII.zero)
            if mantissa != 0 { significant += 1 }
            if fraction { exponent -= 1 }
        } else {
            significant += 1
            if !fraction { exponent += 1 }
        }
    }

    private static func readExponent(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ place: inout Int) -> Int? {
        place += 1
        let minus = place < count && bytes[place] == ASCII.minus
        if minus || (place < count && bytes[place] == ASCII.plus) { place += 1 }
        let start = place
        var power = 0
        while place < count, isDigit(bytes[place]) {
            power = min(power * 10 + Int(bytes[place] - ASCII.zero), 1_000_000)
            place += 1
        }
        return place > start ? (minus ? -power : power) : nil
    }

    private static func exact(_ mantissa: UInt64, _ significant: Int, _ negative: Bool) -> Int64? {
        guard significant <= 19 else { return nil }
        if negative { return mantissa == 1 << 63 ? .min : Int64(exactly: mantissa).map { -$0 } }
        return Int64(exactly: mantissa)
    }

    /// The nearest double of mantissa times ten to the exponent.
    @inline(__always)
    private static func double(
        _ mantissa: UInt64, _ significant: Int, _ exponent: Int, _ negative: Bool, _ bytes: UnsafePointer<UInt8>, _ count: Int
    ) -> Double {
        if significant <= 19, let value = fast(mantissa, exponent) { return negative ? -value : value }
        return slow(bytes, count)
    }

    /// Ten to the power of 0 to 22, all exact (Clinger, How to Read Floating Point Numbers Accurately, 1990).
    @usableFromInline
    static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    /// The nearest double where one exact operation, or one extended operation that is not in doubt, gives it; else nil.
    @inline(__always)
    static func fast(_ mantissa: UInt64, _ exponent: Int) -> Double? {
        if mantissa <= 1 << 53, exponent >= -22, exponent <= 22 {
            let power = powers[exponent < 0 ? -exponent : exponent]
            return exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
        }
        return extended(mantissa, exponent)
    }

    #if arch(x86_64) && !os(Windows) && !os(Android)
        /// Powers of ten that an extended double (64 significant bits) holds exactly: 5^27 is below 2^64.
        private static let extendedPowers: [Float80] = {
            var powers: [Float80] = [1]
            for _ in 1...27 { powers.append((powers.last ?? 1) * 10) }
            return powers
        }()

        /// One operation rounded to 64 bits decides the double unless it lies exactly half-way between two of them.
        @inline(never)
        static func extended(_ mantissa: UInt64, _ exponent: Int) -> Double? {
            guard mantissa != 0 else { return 0 }
            guard exponent >= -27, exponent <= 27 else { return nil }
            let power = extendedPowers[abs(exponent)]
            let value = exponent < 0 ? Float80(mantissa) / power : Float80(mantissa) * power
            return value.significandBitPattern & 0x7FF == 0x400 ? nil : Double(value)
        }
    #else
        static func extended(_ mantissa: UInt64, _ exponent: Int) -> Double? { mantissa == 0 ? 0 : nil }
    #endif

    /// The standard library's correctly rounded conversion.
    @inline(never)
    private static func slow(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Double {
        var text = String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
        // The library wants digits on both sides of a point.
        if let point = text.firstIndex(of: ".") {
            let after = text.index(after: point)
            if after == text.endIndex || !text[after].isNumber { text.insert("0", at: after) }
            if point == text.startIndex || !text[text.index(before: point)].isNumber { text.insert("0", at: point) }
        }
        return Double(text) ?? .nan
    }
}
