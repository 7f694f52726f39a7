import RondoKernels

/// Finds the type of a column from its different words, and makes the column: the rules of CSV, applied to words instead of fields.
struct WordTyping {
    let name: String
    /// A part of kind text: a code a row, and the words.
    let part: ColumnPart
    let rowCount: Int
    let marks: MissingMarks
    let options: ReadOptions
    /// What words may become; nil keeps them text.
    let kinds: RecordAssembly.TextTyping?
    let reason: String?
    let line: @Sendable (Int) -> Int

    private struct Word {
        var kind = FieldKind.unknown
        var mark: Int?
        var number = DecimalNumber.none
        /// Days, microseconds, packed date, or 0 and 1.
        var value: Int64 = 0
        var flags: FieldFlags = []
    }

    func typed() throws -> (column: Column, findings: [Finding]) {
        guard let kinds, reason == nil, let dictionary = part.sink.dictionary else { return try asText(reason) }
        var words: [Word] = []
        words.reserveCapacity(dictionary.count)
        var kind = FieldKind.unknown
        for code in 0..<dictionary.count {
            let word = read(dictionary.entries[code])
            if word.mark == nil { kind = FieldKind.join(kind, word.kind) }
            if kind == .text { return try asText(nil) }
            words.append(word)
        }
        if kinds == .moments, ![.isoDate, .time].contains(kind) { return try asText(nil) }
        return try made(kind, words)
    }

    private func read(_ entry: ByteDictionary.Entry) -> Word {
        var (start, end) = (0, entry.length)
        while start < end, entry.bytes[start] == ASCII.blank || entry.bytes[start] == ASCII.tab { start += 1 }
        while end > start, entry.bytes[end - 1] == ASCII.blank || entry.bytes[end - 1] == ASCII.tab { end -= 1 }
        var word = Word()
        guard start < end else {
            if marks.blanksAreMissing { word.mark = MissingMarks.blanks }
            word.kind = word.mark == nil ? .text : .unknown
            return word
        }
        let (bytes, count) = (entry.bytes + start, end - start)
        if let mark = marks.match(bytes, count) {
            word.mark = mark
            return word
        }
        word.kind = FieldKind.classify(bytes, count)
        switch word.kind {
        case .integer, .number:
            word.number = DecimalNumber.parse(bytes, count)
            if let mark = marks.match(number: word.number.number) { word.mark = mark }
            if word.number.plus { word.flags.insert(.plus) }
            if word.number.number < 0 { word.flags.insert(.minus) }
        case .truth:
            let truth = FieldKind.truth(bytes, count)
            word.value = truth?.value == true ? 1 : 0
            word.flags.insert(FieldFlags(rawValue: truth?.style ?? 0))
        case .isoDate: word.value = Int64(WrittenMoment.isoDate(bytes, count) ?? 0)
        case .numericDate:
            let packed = WrittenMoment.numericDate(bytes, count) ?? 0
            word.value = Int64(packed)
            if packed >> 5 & 31 > 12 { word.flags.insert(.firstIsDay) }
            if packed & 31 > 12 { word.flags.insert(.secondIsDay) }
        case .time:
            let time = WrittenMoment.time(bytes, count)
            word.value = time?.microseconds ?? 0
            word.flags.insert(time?.zoned == true ? .zoned : .unzoned)
        case .skip, .unknown, .text: break
        }
        return word
    }

    /// The column of a kind that all words have, or text with the reason why it cannot be.
    private func made(_ kind: FieldKind, _ words: [Word]) throws -> (column: Column, findings: [Finding]) {
        let flags = words.reduce(into: FieldFlags()) { if $1.mark == nil { $0.formUnion($1.flags) } }
        var said = markFindings(words)
        switch kind {
        case .integer:
            if flags.contains(.plus), !flags.contains(.minus) { return try asText("its plus signs would be lost in numbers") }
            let gaps = rows(words, true) { _ in false }
            return (Column(.integer(rows(words, 0) { $0.number.integer }, missing: gaps.contains(true) ? gaps : nil)), said)
        case .number:
            let wide = words.contains { $0.mark == nil && $0.number.form == .integer && $0.number.integer.magnitude > 1 << 53 }
            if wide { return try asText(nil) }
            return (Column(.number(rows(words, .nan) { $0.number.number })), said)
        case .truth:
            if flags.intersection([.lowerTruth, .upperTruth, .capitalTruth]).rawValue.nonzeroBitCount > 1 {
                return try asText("its words for true and false are written in different ways")
            }
            return (Column(.truth(rows(words, Column.missingTruth) { UInt8($0.value) })), said)
        case .isoDate: return (Column(.date(rows(words, Column.missingDate) { Int32($0.value) })), said)
        case .time:
            if flags.contains(.zoned), flags.contains(.unzoned) || words.contains(where: { $0.kind == .isoDate }) {
                return try asText("some of its times name a zone and some do not")
            }
            if flags.contains(.zoned) { said.append(Finding("times", "\(name) names time zones: converted to UTC", column: name)) }
            if words.contains(where: { $0.kind == .isoDate }) {
                said.append(Finding("times", "\(name) holds dates and times: dates are read as midnight", column: name))
            }
            let values = rows(words, Column.missingTime) {
                $0.kind == .isoDate ? $0.value * CivilCalendar.microsecondsPerDay : $0.value
            }
            return (Column(.time(values)), said)
        case .numericDate: return try numericDates(words, flags, said)
        case .unknown, .skip, .text:
            if rowCount > 0 { said.append(Finding("no_values", "\(name) holds no values", column: name)) }
            return (.missing(.number, count: rowCount), said)
        }
    }

    private func numericDates(_ words: [Word], _ flags: FieldFlags, _ said: [Finding]) throws -> (column: Column, findings: [Finding]) {
        let dayFirst: Bool
        if flags.contains([.firstIsDay, .secondIsDay]) {
            return try asText("its dates begin with the day in some rows and with the month in others")
        } else if flags.contains(.firstIsDay) {
            dayFirst = true
        } else if flags.contains(.secondIsDay) {
            dayFirst = false
        } else if let order = options.dateOrder, order != .year {
            dayFirst = order == .day
        } else {
            return try asText("its dates could begin with the day or with the month: say dates day or dates month")
        }
        for word in words where word.mark == nil {
            guard WrittenMoment.days(packed: Int32(word.value), dayFirst: dayFirst) != nil else {
                return try asText("one of its days does not exist")
            }
        }
        let values = rows(words, Column.missingDate) {
            WrittenMoment.days(packed: Int32($0.value), dayFirst: dayFirst) ?? Column.missingDate
        }
        let order = Finding("dates", "\(name) is read as \(dayFirst ? "day, month, year" : "month, day, year")", column: name)
        return (Column(.date(values)), said + [order])
    }

    /// A value a row; `gap` where there is none or a mark.
    private func rows<Value>(_ words: [Word], _ gap: Value, _ value: (Word) -> Value) -> [Value] {
        let map = words.map { $0.mark == nil ? value($0) : gap }
        let codes = part.sink.values.assumingMemoryBound(to: Int32.self)
        return [Value](unsafeUninitializedCapacity: rowCount) { buffer, count in
            for row in 0..<rowCount { buffer.initializeElement(at: row, to: codes[row] < 0 ? gap : map[Int(codes[row])]) }
            count = rowCount
        }
    }

    private func markFindings(_ words: [Word]) -> [Finding] {
        var counts = (0..<marks.count).map { part.sink.marks[$0] }
        let codes = part.sink.values.assumingMemoryBound(to: Int32.self)
        for row in 0..<rowCount where codes[row] >= 0 { if let mark = words[Int(codes[row])].mark { counts[mark] += 1 } }
        return assembly(nil).missingFindings(0, counts)
    }

    private func asText(_ reason: String?) throws -> (column: Column, findings: [Finding]) {
        return try TextAssembly(assembly(reason), 0, [part]).assembled(.quiet)
    }

    private func assembly(_ reason: String?) -> ColumnAssembly {
        let line = line
        // Lines are asked of the source, not of the words.
        return ColumnAssembly(
            names: [name], kinds: [.text], parts: [[part]], marks: marks, dayFirst: [true], reasons: [reason], rowCounts: [rowCount],
            lineOfRow: line, onlyMoments: kinds == .moments, textColumns: kinds == nil ? [0] : [],
            wish: NumberStyle.Wish(decimal: options.decimal, thousands: options.thousands), dateOrder: options.dateOrder)
    }
}
