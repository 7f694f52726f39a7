/// A number as decimal digits, for rounding and writing without a detour through binary.
///
/// The digits are the shortest that read back to the same double, so 0.15 rounds to 0.2 as people expect. Halves round away from zero.
struct DecimalDigits: Sendable, Hashable {
    var isNegative = false
    /// Digits 0 to 9 without leading or trailing zeros; empty for zero.
    var digits: [UInt8] = []
    /// The value is `0.digits` times ten to this power.
    var point = 0

    /// Digits of a finite number; zero for NaN and infinities.
    init(_ value: Double) {
        guard value.isFinite, value != 0 else { return }
        isNegative = value < 0
        var exponent = 0
        var seenPoint = false
        var iterator = value.magnitude.description.utf8.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if digits.isEmpty, byte == UInt8(ascii: "0") {
                    if seenPoint { point -= 1 }
                } else {
                    digits.append(byte &- 48)
                    if !seenPoint { point += 1 }
                }
            case UInt8(ascii: "."): seenPoint = true
            default:
                var rest: [UInt8] = []
                while let next = iterator.next() { if next != UInt8(ascii: "+") { rest.append(next) } }
                exponent = Int(String(decoding: rest, as: UTF8.self)) ?? 0
            }
        }
        point += exponent
        trim()
    }

    init(_ value: Int64) {
        isNegative = value < 0
        digits = value == 0 ? [] : String(value.magnitude).utf8.map { $0 &- 48 }
        point = digits.count
        trim()
    }

    var isZero: Bool { digits.isEmpty }

    /// How many digits stand after the decimal point.
    var decimals: Int { max(0, digits.count - point) }

    /// Rounded to some significant digits.
    func rounded(significant count: Int) -> DecimalDigits { keeping(count) }

    /// Rounded to some digits after the decimal point.
    func rounded(decimals count: Int) -> DecimalDigits { keeping(point + count) }

    private func keeping(_ count: Int) -> DecimalDigits {
        guard count < digits.count else { return self }
        var result = self
        guard count >= 0 else {
            result.digits = []
            result.point = 0
            result.isNegative = false
            return result
        }
        let roundsUp = digits[count] >= 5
        result.digits = Array(digits[..<count])
        if roundsUp {
            var index = count - 1
            while index >= 0, result.digits[index] == 9 { result.digits[index] = 0; index -= 1 }
            if index >= 0 {
                result.digits[index] += 1
            } else {
                result.digits.insert(1, at: 0)
                result.point += 1
            }
        }
        result.trim()
        return result
    }

    private mutating func trim() {
        while digits.last == 0 { digits.removeLast() }
        if digits.isEmpty { isNegative = false; point = 0 }
    }

    /// Written out: `-50,512.30`, with at least some decimals and, if wished, commas between thousands.
    func text(minimumDecimals: Int = 0, grouped: Bool = true) -> String {
        var result = isNegative ? "-" : ""
        if point <= 0 {
            result += "0"
        } else {
            for index in 0..<point {
                if grouped, index > 0, (point - index) % 3 == 0 { result += "," }
                result += digit(at: index)
            }
        }
        let places = max(decimals, minimumDecimals)
        guard places > 0 else { return result }
        result += "."
        for place in 0..<places { result += digit(at: point + place) }
        return result
    }

    /// Written with a power of ten: `1.234e-5`.
    func scientific() -> String {
        guard let first = digits.first else { return "0" }
        let rest = digits.dropFirst().map { String($0) }.joined()
        return (isNegative ? "-" : "") + String(first) + (rest.isEmpty ? "" : "." + rest) + "e\(point - 1)"
    }

    private func digit(at index: Int) -> String { digits.indices.contains(index) ? String(digits[index]) : "0" }
}
