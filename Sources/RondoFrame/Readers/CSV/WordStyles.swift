import RondoKernels

/// Text columns all of whose words are numbers or dates in one style that people use: read as those, and said.
struct WordStyles {
    let name: String
    let words: [ByteDictionary.Entry]
    /// The word of each row, -1 missing.
    let codes: [Int32]
    let wish: NumberStyle.Wish
    let dateOrder: ReadOptions.DateOrder?
    /// Whether numbers in texts stay as they are, because the source has numbers of its own.
    let onlyMoments: Bool
    /// Whether signs for nothing among numbers and dates are missing values.
    var takesSigns = false

    enum Outcome {
        case column(Column, [Finding])
        /// Text after all, and why.
        case reason(String)
        case none
    }

    func outcome() -> Outcome {
        guard !words.isEmpty, !words.prefix(WordStyles.probe).contains(where: isPlainText) else { return .none }
        if takesSigns, !onlyMoments, let outcome = withoutSigns() { return outcome }
        if let dates = dates() { return dates }
        guard !onlyMoments else { return .none }
        guard let (values, style) = NumberStyle.values(words, wish) else {
            return wish.pointsMayGroup ? plain(words, codes, isSettled: true).map { .column($0, []) } ?? .none : .none
        }
        let isWhole = values.allSatisfy { $0.form == .integer }
        let column: Column
        if isWhole {
            let missing = codes.map { $0 < 0 }
            column = Column(
                .integer(codes.map { $0 < 0 ? 0 : values[Int($0)].integer }, missing: missing.contains(true) ? missing : nil))
        } else {
            guard values.allSatisfy({ $0.form == .number || $0.integer.magnitude <= 1 << 53 }) else { return .none }
            column = Column(.number(codes.map { $0 < 0 ? .nan : values[Int($0)].number }))
        }
        // A word with a mark shows most.
        let example =
            [ASCII.comma, ASCII.blank, ASCII.point].lazy.compactMap { mark in words.firstIndex { holds($0, mark) } }.first ?? 0
        let shown = isWhole ? String(values[example].integer) : Scalar.number(values[example].number).plainText
        if style.isPlain, words.allSatisfy({ [.integer, .number].contains(FieldKind.classify($0.bytes, $0.length)) }) {
            return .column(column, [])
        }
        let text = "\(name) is read as numbers, \"\(trimmed(words[example]))\" as \(shown); text \(name) keeps them as written"
        return .column(column, [Finding("numbers", text, count: codes.count { $0 >= 0 }, column: name)])
    }

    /// How many words are looked at before all are.
    private static let probe = 16

    /// Whether a word is no number or date in any style, and no sign for nothing: its column stays text.
    private func isPlainText(_ word: ByteDictionary.Entry) -> Bool {
        guard !MissingMarks.isSign(word), WrittenDate(word) == nil, onlyMoments || !NumberStyle.mayBeNumber(word) else { return false }
        var (start, end) = (0, word.length)
        while start < end, word.bytes[start] == ASCII.blank { start += 1 }
        while end > start, word.bytes[end - 1] == ASCII.blank { end -= 1 }
        return start == end || FieldKind.classify(word.bytes + start, end - start) == .text
    }

    /// Whether a mark stands between the first and the last sign of a word.
    private func holds(_ word: ByteDictionary.Entry, _ mark: UInt8) -> Bool {
        let bytes = UnsafeBufferPointer(start: word.bytes, count: word.length)
        let trimmed = bytes.drop { $0 == ASCII.blank || $0 == ASCII.minus }
        return trimmed.dropLast().contains(mark)
    }

    private func trimmed(_ word: ByteDictionary.Entry) -> String {
        let text = String(decoding: UnsafeBufferPointer(start: word.bytes, count: word.length), as: UTF8.self)
        return HeaderDetection.trimmed(text)
    }

    /// Dates, or why they are none; nil when the words are something else.
    private func dates() -> Outcome? {
        var all: [WrittenDate] = []
        for word in words {
            guard let date = WrittenDate(word) else { return nil }
            all.append(date)
        }
        // Years first alone are read without a style.
        guard !all.allSatisfy(\.isYearFirst) else { return nil }
        let open = all.filter(\.isOpen)
        guard open.isEmpty || all.allSatisfy({ $0.isOpen || $0.isYearFirst }) else {
            return .reason("some of its dates name the month and some do not")
        }
        var dayFirst = true
        if !open.isEmpty {
            let (first, second) = (open.contains { $0.month > 12 }, open.contains { $0.day > 12 })
            if first, second { return .reason("its dates begin with the day in some rows and with the month in others") }
            // Where day and month are always the same number, their order says nothing.
            if !first, !second, open.contains(where: { $0.month != $0.day }) {
                guard let dateOrder, dateOrder != .year else {
                    return .reason("its dates could begin with the day or with the month: say dates day or dates month")
                }
                dayFirst = dateOrder == .day
            } else {
                dayFirst = first || !second
            }
        }
        var days: [Int32] = []
        for (word, date) in zip(words, all) {
            guard let day = date.days(dayFirst: dayFirst) else { return .reason("\(trimmed(word)) is no day") }
            days.append(day)
        }
        let hasTime = all.contains { $0.time != nil }
        let column: Column
        if hasTime {
            let moments = zip(days, all).map { Int64($0) * CivilCalendar.microsecondsPerDay + ($1.time ?? 0) }
            column = Column(.time(codes.map { $0 < 0 ? Column.missingTime : moments[Int($0)] }))
        } else {
            column = Column(.date(codes.map { $0 < 0 ? Column.missingDate : days[Int($0)] }))
        }
        let shown = Column(.date([days[0]]))[0].plainText
        let short = all.contains(where: \.isShortYear) ? ", years of two digits as 1970 to 2069" : ""
        let text = "\(name) is read as \(hasTime ? "times" : "dates"), \"\(trimmed(words[0]))\" as \(shown)\(short)"
        return .column(column, [Finding("dates", text, count: codes.count { $0 >= 0 }, column: name)])
    }
}
