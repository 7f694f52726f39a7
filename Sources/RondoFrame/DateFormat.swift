import RondoKernels

/// A description of written dates and times: `%d/%m/%Y`, `%Y-%m-%d %H:%M:%S`, `%d %B %Y`.
///
/// `%Y` year, `%y` year of two digits (69 to 99 are 1969 to 1999, as in POSIX), `%m` month, `%d` day, `%H` hour, `%I` hour of twelve with
/// `%p`, `%M` minute, `%S` second, `%f` fraction of a second, `%b` and `%B` English month names, `%a` and `%A` weekdays (not checked),
/// `%j` day of the year, `%z` offset, `%%` percent. A blank matches any number of blanks; numbers may lack leading zeros.
struct DateFormat: Sendable {
    private enum Piece: Sendable { case field(Character), literal(Character), blank }
    private let pieces: [Piece]
    private static let fields = "YymdHIpMSfbBaAjz"
    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ]
    private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    init(_ format: String) throws {
        var pieces: [Piece] = []
        var rest = Substring(format)
        while let character = rest.popFirst() {
            guard character == "%" else {
                pieces.append(character == " " ? .blank : .literal(character))
                continue
            }
            guard let letter = rest.popFirst(), letter == "%" || DateFormat.fields.contains(letter) else {
                throw Fault(
                    "R0330", "the format \"\(format)\" is not understood",
                    remedy: "write for example format \"%d/%m/%Y\" or \"%Y-%m-%d %H:%M\"", subject: format)
            }
            pieces.append(letter == "%" ? .literal("%") : .field(letter))
        }
        self.pieces = pieces
    }

    /// The parts of a moment as they are read.
    private struct Parts {
        var year = 1970
        var month = 1
        var day = 1
        var dayOfYear: Int?
        var hour = 0
        var minute = 0
        var second = 0
        var fraction = 0
        var afternoon: Bool?
        var offset = 0

        /// Microseconds since 1970; nil when there is no such moment.
        var microseconds: Int64? {
            var hour = hour
            if let afternoon {
                guard (1...12).contains(hour) else { return nil }
                hour = hour % 12 + (afternoon ? 12 : 0)
            }
            guard hour < 24, minute < 60, second < 60 else { return nil }
            var days = CivilCalendar.days(year: year, month: month, day: day)
            if let dayOfYear {
                guard dayOfYear >= 1, dayOfYear <= (CivilCalendar.isLeap(year) ? 366 : 365) else { return nil }
                days = CivilCalendar.days(year: year, month: 1, day: 1).map { $0 + Int32(dayOfYear) - 1 }
            }
            guard let days else { return nil }
            return Int64(days) * CivilCalendar.microsecondsPerDay + Int64((hour * 60 + minute - offset) * 60 + second) * 1_000_000
                + Int64(fraction)
        }
    }

    /// Microseconds since 1970 of a written moment, UTC; nil when it is written otherwise or does not exist.
    func microseconds(_ text: String) -> Int64? {
        var rest = Substring(text).drop { $0 == " " }
        var parts = Parts()
        for piece in pieces {
            switch piece {
            case .blank: rest = rest.drop { $0 == " " }
            case .literal(let character):
                guard rest.first == character else { return nil }
                rest = rest.dropFirst()
            case .field(let letter):
                guard DateFormat.read(letter, &rest, &parts) else { return nil }
            }
        }
        return rest.contains { $0 != " " } ? nil : parts.microseconds
    }

    private static func read(_ letter: Character, _ rest: inout Substring, _ parts: inout Parts) -> Bool {
        switch letter {
        case "Y": return number(&rest, 4) { parts.year = $0 }
        case "y": return number(&rest, 2) { parts.year = $0 < 69 ? 2000 + $0 : 1900 + $0 }
        case "m": return number(&rest, 2) { parts.month = $0 }
        case "d": return number(&rest, 2) { parts.day = $0 }
        case "H", "I": return number(&rest, 2) { parts.hour = $0 }
        case "M": return number(&rest, 2) { parts.minute = $0 }
        case "S": return number(&rest, 2) { parts.second = $0 }
        case "j": return number(&rest, 3) { parts.dayOfYear = $0 }
        case "f":
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard (1...6).contains(digits.count), let value = Int(digits + String(repeating: "0", count: 6 - digits.count)) else {
                return false
            }
            parts.fraction = value
            rest = rest.dropFirst(digits.count)
            return true
        case "p":
            let word = rest.prefix(2).lowercased()
            guard word == "am" || word == "pm" else { return false }
            parts.afternoon = word == "pm"
            rest = rest.dropFirst(2)
            return true
        case "b", "B": return name(&rest, months) { parts.month = $0 + 1 }
        case "a", "A": return name(&rest, weekdays) { _ in }
        default: return zone(&rest, &parts)
        }
    }

    private static func number(_ rest: inout Substring, _ width: Int, _ put: (Int) -> Void) -> Bool {
        let digits = rest.prefix(width).prefix { $0.isASCII && $0.isNumber }
        guard let value = Int(digits), width < 4 || digits.count == 4 else { return false }
        put(value)
        rest = rest.dropFirst(digits.count)
        return true
    }

    /// A name in full or its first three letters.
    private static func name(_ rest: inout Substring, _ names: [String], _ put: (Int) -> Void) -> Bool {
        let word = rest.prefix { $0.isLetter }.lowercased()
        guard let position = names.firstIndex(where: { $0 == word || (word.count >= 3 && word.count <= 4 && $0.hasPrefix(word)) }) else {
            return false
        }
        put(position)
        rest = rest.dropFirst(word.count)
        return true
    }

    private static func zone(_ rest: inout Substring, _ parts: inout Parts) -> Bool {
        if rest.first == "Z" || rest.first == "z" {
            rest = rest.dropFirst()
            return true
        }
        guard let sign = rest.first, sign == "+" || sign == "-" else { return false }
        rest = rest.dropFirst()
        var hours = 0
        var minutes = 0
        guard number(&rest, 2, { hours = $0 }) else { return false }
        if rest.first == ":" { rest = rest.dropFirst() }
        if rest.first?.isNumber == true, !number(&rest, 2, { minutes = $0 }) { return false }
        guard hours <= 18, minutes < 60 else { return false }
        parts.offset = (sign == "-" ? -1 : 1) * (hours * 60 + minutes)
        return true
    }

    /// A moment written in this format.
    func text(_ microseconds: Int64) -> String {
        let (day, rest) = CivilCalendar.split(microseconds)
        let date = CivilCalendar.date(days: day)
        let second = Int(rest / 1_000_000)
        var result = ""
        for piece in pieces {
            switch piece {
            case .blank: result.append(" ")
            case .literal(let character): result.append(character)
            case .field(let letter): result += DateFormat.written(letter, date, day, second, Int(rest % 1_000_000))
            }
        }
        return result
    }

    private static func written(
        _ letter: Character, _ date: (year: Int, month: Int, day: Int), _ days: Int32, _ second: Int, _ fraction: Int
    ) -> String {
        let hour = second / 3600
        return switch letter {
        case "Y": padded(date.year, 4)
        case "y": padded(date.year % 100, 2)
        case "m": padded(date.month, 2)
        case "d": padded(date.day, 2)
        case "H": padded(hour, 2)
        case "I": padded((hour + 11) % 12 + 1, 2)
        case "p": hour < 12 ? "AM" : "PM"
        case "M": padded(second / 60 % 60, 2)
        case "S": padded(second % 60, 2)
        case "f": padded(fraction, 6)
        case "b": String(months[date.month - 1].prefix(3)).capitalizedASCII
        case "B": months[date.month - 1].capitalizedASCII
        case "a": String(weekdays[CivilCalendar.weekday(days: days) - 1].prefix(3)).capitalizedASCII
        case "A": weekdays[CivilCalendar.weekday(days: days) - 1].capitalizedASCII
        case "j": padded(Int(days - (CivilCalendar.days(year: date.year, month: 1, day: 1) ?? days)) + 1, 3)
        default: "+0000"
        }
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value.magnitude)
        return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension String {
    fileprivate var capitalizedASCII: String { prefix(1).uppercased() + dropFirst() }
}
