import RondoKernels

/// A column in another type, and what did not fit.
public struct CastResult: Sendable {
    public let column: Column
    /// Values that were not missing before and are now.
    public let failures: Int
    /// Some of them as text, in order of first appearance.
    public let examples: [String]
    /// Rows of the first failures, as many as examples.
    public let exampleRows: [Int]
    /// Values that changed on the way without becoming missing (a fraction cut off is a failure, not a change): integers beyond 2^53
    /// as numbers, times that became dates.
    public let changed: Int
}

extension Column {
    /// The column as another type; values that do not fit become missing and are counted.
    ///
    /// `format` describes dates and times in text, `%d/%m/%Y %H:%M`; without it ISO 8601 is read. Text to number takes plain decimal
    /// numbers only. Numbers become truth only when they are 0 or 1, integers only when they are whole, dates count days and times seconds
    /// since 1970-01-01 as numbers.
    public func cast(to type: ColumnType, format: String? = nil) throws -> CastResult {
        if self.type == type, format == nil { return CastResult(column: self, failures: 0, examples: [], exampleRows: [], changed: 0) }
        let pattern = try format.map { try DateFormat($0) }
        let target: Column
        var changed = 0
        switch type {
        case .text: target = asWords(pattern, category: false)
        case .category: target = asWords(pattern, category: true)
        case .number:
            target = self.type.isText ? wordsMapped(gap: .nan, { .number($0) }, { Column.number($0) }) : Column.numbers(numbers())
            if case .integer(let values, let missing) = storage {
                changed = values.indices.reduce(0) { missing?[$1] != true && Double(exactly: values[$1]) == nil ? $0 + 1 : $0 }
            }
        case .integer: target = asIntegers()
        case .truth: target = asTruth()
        case .date:
            target = asDates(pattern)
            if case .time(let values) = storage {
                changed = values.reduce(0) { $1 != Column.missingTime && CivilCalendar.split($1).rest != 0 ? $0 + 1 : $0 }
            }
        case .time: target = asTimes(pattern)
        case .duration: target = asDurations()
        }
        return reported(target, changed)
    }

    private static let exampleCount = 3

    private func reported(_ target: Column, _ changed: Int) -> CastResult {
        let before = missingMask()
        let after = target.missingMask()
        var failures = 0
        var examples: [String] = []
        var rows: [Int] = []
        for row in before.indices where after[row] && !before[row] {
            failures += 1
            guard examples.count < Column.exampleCount else { continue }
            let text = self[row].plainText
            guard !examples.contains(text) else { continue }
            examples.append(text)
            rows.append(row)
        }
        return CastResult(column: target, failures: failures, examples: examples, exampleRows: rows, changed: changed)
    }

    /// Each level is converted once, then looked up for each row.
    private func wordsMapped<Value>(gap: Value, _ make: ([Value]) -> Storage, _ convert: (String) -> Value?) -> Column {
        switch storage {
        case .text(let codes, let levels), .category(let codes, let levels):
            let map = levels.words.map(convert)
            return Column(make(codes.map { $0 < 0 ? gap : map[Int($0)] ?? gap }))
        default: return Column(make(Array(repeating: gap, count: count)))
        }
    }

    private static func number(_ word: String) -> Double? {
        withTrimmed(word) { bytes, count in
            let parsed = DecimalNumber.parse(bytes, count)
            switch parsed.form {
            case .integer, .number: return parsed.number
            case .none: return nil
            case .code:
                // Leading zeros or too many digits: asked for as a number, they may go.
                let value = Double(String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)) ?? .nan
                return value.isFinite ? value : nil
            }
        }
    }

    /// Calls `body` with the bytes of a word without blanks around; nil when nothing is left.
    private static func withTrimmed<Value>(_ word: String, _ body: (UnsafePointer<UInt8>, Int) -> Value?) -> Value? {
        var word = word
        return word.withUTF8 { buffer in
            var (start, end) = (0, buffer.count)
            while start < end, buffer[start] == ASCII.blank || buffer[start] == ASCII.tab { start += 1 }
            while end > start, buffer[end - 1] == ASCII.blank || buffer[end - 1] == ASCII.tab { end -= 1 }
            guard start < end, let base = buffer.baseAddress else { return nil }
            return body(base + start, end - start)
        }
    }

    /// Plain text of each value; the levels of text follow first appearance, those of a category the order of values.
    private func asWords(_ pattern: DateFormat?, category: Bool) -> Column {
        if case .category(let codes, let levels) = storage, !category { return Column(.text(codes, levels)) }
        let factor = factor()
        let words = (0..<factor.values.count).map { row -> String in
            switch (pattern, factor.values[row]) {
            case (let pattern?, .date(let days)): pattern.text(Int64(days) * CivilCalendar.microsecondsPerDay)
            case (let pattern?, .time(let microseconds)): pattern.text(microseconds)
            case (_, let value): value.plainText
            }
        }
        // A format may give two values the same word.
        var index: [String: Int32] = [:]
        var levels: [String] = []
        let map = words.map { word -> Int32 in
            if let known = index[word] { return known }
            index[word] = Int32(levels.count)
            levels.append(word)
            return Int32(levels.count - 1)
        }
        let codes = factor.codes.map { $0 < 0 ? -1 : map[Int($0)] }
        if category { return Column(.category(codes, Levels(levels))) }
        return Column.text(codes.map { $0 < 0 ? nil : levels[Int($0)] })
    }

    private func asIntegers() -> Column {
        let values: [Int64?]
        switch storage {
        case .text(let codes, let levels), .category(let codes, let levels):
            let map = levels.words.map { word in
                Column.withTrimmed(word) { bytes, count -> Int64? in
                    if let exact = Int64(String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)) { return exact }
                    let parsed = DecimalNumber.parse(bytes, count)
                    return parsed.form == .number ? Int64(exactly: parsed.number) : nil
                }
            }
            values = codes.map { $0 < 0 ? nil : map[Int($0)] }
        case .time(let times), .duration(let times):
            values = times.map { $0 == Column.missingTime || $0 % 1_000_000 != 0 ? nil : $0 / 1_000_000 }
        default: values = numbers().map { Int64(exactly: $0) }
        }
        let gaps = values.map { $0 == nil }
        return Column(.integer(values.map { $0 ?? 0 }, missing: gaps.contains(true) ? gaps : nil))
    }

    private func asTruth() -> Column {
        guard type.isText else {
            return Column(.truth(numbers().map { $0 == 0 ? 0 : $0 == 1 ? 1 : Column.missingTruth }))
        }
        let words: [String: UInt8] = ["true": 1, "false": 0, "yes": 1, "no": 0, "1": 1, "0": 0, "t": 1, "f": 0, "y": 1, "n": 0]
        return wordsMapped(gap: Column.missingTruth, { .truth($0) }) { word in words[word.lowercased().filter { $0 != " " }] }
    }

    private func asDates(_ pattern: DateFormat?) -> Column {
        switch storage {
        case .text, .category:
            return wordsMapped(gap: Column.missingDate, { .date($0) }) { word in
                if let pattern { return pattern.microseconds(word).map { CivilCalendar.split($0).days } }
                return Column.withTrimmed(word) { bytes, count in WrittenMoment.isoDate(bytes, count) }
            }
        case .time(let values):
            return Column(.date(values.map { $0 == Column.missingTime ? Column.missingDate : CivilCalendar.split($0).days }))
        case .date: return self
        case .truth, .duration: return .missing(.date, count: count)
        default:
            return Column(
                .date(
                    numbers().map { value in
                        // The calendar ends with the year 9999.
                        Int32(exactly: value).flatMap { (-4_371_587...2_932_896).contains($0) ? $0 : nil } ?? Column.missingDate
                    }))
        }
    }

    private func asTimes(_ pattern: DateFormat?) -> Column {
        switch storage {
        case .text, .category:
            return wordsMapped(gap: Column.missingTime, { .time($0) }) { word in
                if let pattern { return pattern.microseconds(word) }
                return Column.withTrimmed(word) { bytes, count in
                    WrittenMoment.time(bytes, count)?.microseconds
                        ?? WrittenMoment.isoDate(bytes, count).map { Int64($0) * CivilCalendar.microsecondsPerDay }
                }
            }
        case .date(let values):
            return Column(
                .time(values.map { $0 == Column.missingDate ? Column.missingTime : Int64($0) * CivilCalendar.microsecondsPerDay }))
        case .time: return self
        case .truth, .duration: return .missing(.time, count: count)
        default: return Column(.time(numbers().map { Column.microseconds(seconds: $0) }))
        }
    }

    private func asDurations() -> Column {
        switch storage {
        case .duration: self
        case .number, .integer, .sparse: Column(.duration(numbers().map { Column.microseconds(seconds: $0) }))
        default: .missing(.duration, count: count)
        }
    }

    /// Microseconds of seconds; missing beyond 200,000 years.
    private static func microseconds(seconds: Double) -> Int64 {
        seconds.magnitude < 6.4e12 ? Int64((seconds * 1_000_000).rounded()) : missingTime
    }
}
