import RondoKernels

/// Values of fields in the common form of their kind; nil for every other form, which the general way reads.
///
/// All may load up to `overhang` bytes behind the field.
enum FieldKernels {
    static let overhang = 32

    /// Whole numbers of up to 18 digits, without plus and leading zeros.
    @inline(__always)
    static func integer(_ field: UnsafePointer<UInt8>, _ length: Int) -> Int64? {
        let word = EightBytes.load(field)
        guard length <= 8, EightBytes.areDigits(word, length), word & 0xFF != 0x30 || length == 1 else {
            return longInteger(field, length)
        }
        return Int64(bitPattern: EightBytes.number(word, length))
    }

    @inline(never)
    private static func longInteger(_ field: UnsafePointer<UInt8>, _ length: Int) -> Int64? {
        let isNegative = field[0] == ASCII.minus
        let (start, digits) = isNegative ? (field + 1, length - 1) : (field, length)
        guard digits > 0, digits <= 18, start[0] != ASCII.zero || (digits == 1 && !isNegative) else { return nil }
        let word = EightBytes.load(start)
        guard EightBytes.areDigits(word, min(digits, 8)) else { return nil }
        var value = Int64(bitPattern: EightBytes.number(word, min(digits, 8)))
        for place in 8..<max(digits, 8) {
            guard DecimalNumber.isDigit(start[place]) else { return nil }
            value = value &* 10 &+ Int64(start[place] &- ASCII.zero)
        }
        return isNegative ? 0 &- value : value
    }

    /// Numbers of up to eight digits before the point and eight behind it, or up to 19 in all.
    @inline(__always)
    static func number(_ field: UnsafePointer<UInt8>, _ length: Int) -> Double? {
        let isNegative = field[0] == ASCII.minus
        let (start, count) = isNegative ? (field + 1, length - 1) : (field, length)
        let value = count <= 8 ? shortNumber(start, count) : longNumber(start, count)
        return value.map { isNegative ? -$0 : $0 }
    }

    /// Up to eight bytes: the point makes way for the digits behind it.
    @inline(__always)
    private static func shortNumber(_ start: UnsafePointer<UInt8>, _ count: Int) -> Double? {
        guard count > 0 else { return nil }
        let word = EightBytes.load(start)
        let point = min(EightBytes.firstZero(word ^ EightBytes.points), count)
        guard point > 0, start[0] != ASCII.zero || point == 1 else { return nil }
        guard point < count else {
            return EightBytes.areDigits(word, count) ? Double(Int64(bitPattern: EightBytes.number(word, count))) : nil
        }
        let whole = EightBytes.mask(point)
        let digits = word & whole | (word >> 8) & ~whole
        guard EightBytes.areDigits(digits, count - 1) else { return nil }
        return DecimalNumber.fast(EightBytes.number(digits, count - 1), point + 1 - count)
    }

    /// Up to seven digits before the point and eight behind it, or up to 19 in all.
    @inline(__always)
    private static func longNumber(_ start: UnsafePointer<UInt8>, _ count: Int) -> Double? {
        let word = EightBytes.load(start)
        let point = EightBytes.firstZero(word ^ EightBytes.points)
        let fraction = count - 1 - point
        guard point > 0, fraction > 0, fraction <= 8, start[0] != ASCII.zero || point == 1, point < 8 else {
            return veryLongNumber(start, count)
        }
        let rest = EightBytes.load(start + point + 1)
        guard EightBytes.areDigits(word, point), EightBytes.areDigits(rest, fraction) else { return nil }
        return DecimalNumber.fast(
            EightBytes.number(word, point) &* EightBytes.power(fraction) &+ EightBytes.number(rest, fraction), -fraction)
    }

    @inline(never)
    private static func veryLongNumber(_ start: UnsafePointer<UInt8>, _ count: Int) -> Double? {
        guard count <= 20 else { return nil }
        var mantissa: UInt64 = 0
        var point = -1
        for place in 0..<count {
            if DecimalNumber.isDigit(start[place]) {
                mantissa = mantissa &* 10 &+ UInt64(start[place] &- ASCII.zero)
            } else if start[place] == ASCII.point, point < 0 {
                point = place
            } else {
                return nil
            }
        }
        guard point > 0, start[0] != ASCII.zero || point == 1 else { return nil }
        return DecimalNumber.fast(mantissa, point + 1 - count)
    }

    /// `2024-03-01T14:05:00` without fraction and zone, in microseconds.
    @inline(__always)
    static func moment(_ field: UnsafePointer<UInt8>, _ length: Int) -> Int64? {
        guard length == 19, field[10] | 0x20 == 0x74 || field[10] == ASCII.blank, let day = WrittenMoment.isoDate(field, 10) else {
            return nil
        }
        // The colons, bytes 2 and 5, make way for zeros.
        let word = EightBytes.load(field + 11)
        let digits = word & 0xFFFF_00FF_FF00_FFFF | 0x0000_3000_0030_0000
        guard word & 0x0000_FF00_00FF_0000 == 0x0000_3A00_003A_0000, EightBytes.areDigits(digits, 8) else { return nil }
        let number = EightBytes.number(digits, 8)
        let (hour, minute, second) = (number / 1_000_000, number / 1000 % 1000, number % 1000)
        guard hour < 24, minute < 60, second < 60 else { return nil }
        let seconds = Int64(bitPattern: (hour &* 60 &+ minute) &* 60 &+ second)
        return Int64(day) &* CivilCalendar.microsecondsPerDay &+ seconds &* 1_000_000
    }
}
