import RondoKernels

/// Dates with the name of a month, `23-Sep-11`, `24 October 2011`, `Sep 3, 2011`, dates of numbers with a time, `31/12/2024 10:15`, and
/// beside those `2024-12-31 10:15`.
struct WrittenDate {
    /// Year, month and day; for numbers whose order is open, the first two of them stand as month and day.
    private(set) var year = 0
    private(set) var month = 0
    private(set) var day = 0
    /// Whether `month` and `day` are the first and second number of a date without a name.
    private(set) var isOpen = false
    private(set) var isShortYear = false
    /// Whether year, month and day stand as numbers in this order.
    private(set) var isYearFirst = false
    /// Microseconds since midnight, nil without a time.
    private(set) var time: Int64?

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    private static let fullMonths = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ]

    /// Nil when the word is no such date.
    init?(_ word: ByteDictionary.Entry) {
        guard word.length >= 8, word.length <= 40, let tokens = WrittenDate.tokens(word), tokens.count >= 3 else { return nil }
        guard takeDate(Array(tokens.prefix(3))), takeTime(Array(tokens.dropFirst(3))) else { return nil }
    }

    private enum Token {
        case number(Int, digits: Int, before: UInt8)
        case word(String)
    }

    /// Numbers and words; nil when something else occurs than these and the signs between them.
    private static func tokens(_ word: ByteDictionary.Entry) -> [Token]? {
        var tokens: [Token] = []
        var place = 0
        var before: UInt8 = 0
        while place < word.length {
            let start = place
            let byte = word.bytes[place]
            if DecimalNumber.isDigit(byte) {
                while place < word.length, DecimalNumber.isDigit(word.bytes[place]) { place += 1 }
                guard place - start <= 4, let value = WrittenMoment.digits(word.bytes + start, place - start) else { return nil }
                tokens.append(.number(value, digits: place - start, before: before))
            } else if (0x61...0x7A).contains(byte | 0x20) {
                while place < word.length, (0x61...0x7A).contains(word.bytes[place] | 0x20) { place += 1 }
                let letters = UnsafeBufferPointer(start: word.bytes + start, count: place - start)
                tokens.append(.word(String(decoding: letters, as: UTF8.self).lowercased()))
            } else {
                guard [ASCII.blank, ASCII.comma, ASCII.minus, ASCII.slash, ASCII.point, ASCII.colon].contains(byte) else { return nil }
                before = byte
                place += 1
            }
            if tokens.count > 7 { return nil }
        }
        return tokens
    }

    private mutating func takeDate(_ tokens: [Token]) -> Bool {
        switch (tokens[0], tokens[1], tokens[2]) {
        case (.number(let first, let digits, _), .word(let name), .number(let last, let lastDigits, _)):
            guard let month = WrittenDate.month(name) else { return false }
            self.month = month
            if digits == 4 {
                (year, day) = (first, last)
                return lastDigits <= 2
            }
            day = first
            return digits <= 2 && take(year: last, lastDigits)
        case (.word(let name), .number(let day, let digits, _), .number(let year, let yearDigits, _)):
            guard let month = WrittenDate.month(name), digits <= 2 else { return false }
            (self.month, self.day) = (month, day)
            return take(year: year, yearDigits)
        case (.number(let year, 4, _), .number(let month, 2, ASCII.minus), .number(let day, 2, ASCII.minus)):
            (self.year, self.month, self.day, isYearFirst) = (year, month, day, true)
            return true
        case (.number(let first, let a, _), .number(let second, let b, let sign), .number(let year, 4, let other)):
            guard a <= 2, b <= 2, sign == other, sign == ASCII.slash || sign == ASCII.point || sign == ASCII.minus else { return false }
            (month, day, self.year, isOpen) = (first, second, year, true)
            return (1...31).contains(first) && (1...31).contains(second)
        default: return false
        }
    }

    private static func month(_ name: String) -> Int? {
        (months.firstIndex(of: name) ?? fullMonths.firstIndex(of: name) ?? (name == "sept" ? 8 : nil)).map { $0 + 1 }
    }

    /// Two digits are a year from 1970 to 2069.
    private mutating func take(year: Int, _ digits: Int) -> Bool {
        guard digits == 4 || digits == 2 else { return false }
        isShortYear = digits == 2
        self.year = digits == 4 ? year : year < 70 ? 2000 + year : 1900 + year
        return true
    }

    private mutating func takeTime(_ tokens: [Token]) -> Bool {
        guard !tokens.isEmpty else { return true }
        var numbers: [Int] = []
        var half: String?
        for (position, token) in tokens.enumerated() {
            switch token {
            case .number(let value, let digits, let before):
                guard digits <= 2, half == nil, position == 0 || before == ASCII.colon else { return false }
                numbers.append(value)
            case .word(let word):
                guard half == nil, word == "am" || word == "pm" else { return false }
                half = word
            }
        }
        guard numbers.count == 2 || numbers.count == 3 else { return false }
        if let half {
            guard (1...12).contains(numbers[0]) else { return false }
            numbers[0] = numbers[0] % 12 + (half == "pm" ? 12 : 0)
        }
        guard numbers[0] < 24, numbers[1] < 60, numbers.count == 2 || numbers[2] < 60 else { return false }
        time = Int64((numbers[0] * 60 + numbers[1]) * 60 + (numbers.count == 3 ? numbers[2] : 0)) * 1_000_000
        return true
    }

    /// Days since 1970; nil when there is no such day.
    func days(dayFirst: Bool) -> Int32? {
        let swaps = isOpen && dayFirst
        return CivilCalendar.days(year: year, month: swaps ? day : month, day: swaps ? month : day)
    }
}
