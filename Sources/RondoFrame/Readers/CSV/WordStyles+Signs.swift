import RondoKernels

/// Columns of numbers or dates in which some words are only signs: those are missing values.
extension WordStyles {
    /// Distinct signs at most.
    private static let signLimit = 4

    /// The column without its signs; nil when it has none, or when the other words are no numbers or dates.
    func withoutSigns() -> Outcome? {
        var signs: [Int] = []
        for word in words.indices where MissingMarks.isSign(words[word]) {
            signs.append(word)
            if signs.count > WordStyles.signLimit { return nil }
        }
        guard !signs.isEmpty else { return nil }
        let isSign = Set(signs)
        var map = [Int32](repeating: -1, count: words.count)
        var rest: [ByteDictionary.Entry] = []
        for word in words.indices where !isSign.contains(word) {
            map[word] = Int32(truncatingIfNeeded: rest.count)
            rest.append(words[word])
        }
        var counts = [Int](repeating: 0, count: words.count)
        for code in codes where code >= 0 { counts[Int(code)] += 1 }
        let said = signs.map { sign in
            let word = String(decoding: UnsafeBufferPointer(start: words[sign].bytes, count: words[sign].length), as: UTF8.self)
            let mark = "\"\(HeaderDetection.trimmed(word))\""
            return Finding(
                "missing", "\(grouped(counts[sign])) \(mark) in \(name) read as missing", count: counts[sign], column: name, mark: mark)
        }
        let left = codes.map { $0 < 0 ? -1 : map[Int($0)] }
        if rest.isEmpty {
            guard signs.count == 1, isDash(words[signs[0]]) else { return nil }
            let column = Column(.number(Array(repeating: .nan, count: codes.count)))
            return .column(column, said + [Finding("no_values", "\(name) holds no values", column: name)])
        }
        if let column = plain(rest, left, isSettled: !wish.pointsMayGroup) { return .column(column, said) }
        var others = WordStyles(
            name: name, words: rest, codes: left, wish: wish, dateOrder: dateOrder, onlyMoments: onlyMoments)
        others.takesSigns = false
        guard case .column(let column, let findings) = others.outcome() else { return nil }
        return .column(column, said + findings)
    }

    /// Numbers and dates that need no style.
    /// - Parameter isSettled: whether a point cannot be a mark of thousands.
    func plain(_ words: [ByteDictionary.Entry], _ codes: [Int32], isSettled: Bool) -> Column? {
        let spans = words.map { word -> (UnsafePointer<UInt8>, Int) in
            var (start, end) = (0, word.length)
            while start < end, word.bytes[start] == ASCII.blank { start += 1 }
            while end > start, word.bytes[end - 1] == ASCII.blank { end -= 1 }
            return (word.bytes + start, end - start)
        }
        let kind = spans.reduce(FieldKind.unknown) { $1.1 > 0 ? FieldKind.join($0, FieldKind.classify($1.0, $1.1)) : .text }
        switch kind {
        case .isoDate:
            let days = spans.map { WrittenMoment.isoDate($0.0, $0.1) ?? Column.missingDate }
            return Column(.date(codes.map { $0 < 0 ? Column.missingDate : days[Int($0)] }))
        case .integer, .number:
            guard wish.decimal ?? ASCII.point == ASCII.point, wish.thousands == nil else { return nil }
            let numbers = spans.map { DecimalNumber.parse($0.0, $0.1) }
            guard isSettled || kind == .integer else { return nil }
            if kind == .integer {
                // Numbers would lose their signs of plus.
                guard !numbers.contains(where: \.plus) else { return nil }
                return Column(.integer(codes.map { $0 < 0 ? 0 : numbers[Int($0)].integer }, missing: codes.map { $0 < 0 }))
            }
            guard numbers.allSatisfy({ $0.form == .number || $0.integer.magnitude <= 1 << 53 }) else { return nil }
            return Column(.number(codes.map { $0 < 0 ? .nan : numbers[Int($0)].number }))
        default: return nil
        }
    }

    /// A dash, points or an ellipsis: what stands for nothing even where nothing else stands.
    private func isDash(_ word: ByteDictionary.Entry) -> Bool {
        UnsafeBufferPointer(start: word.bytes, count: word.length).allSatisfy {
            $0 >= 0x80 || $0 == ASCII.minus || $0 == ASCII.point || $0 == ASCII.blank
        }
    }
}
