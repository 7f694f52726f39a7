/// Numbers as people write them: thousands marks, decimal commas, money, percent, brackets for what is below zero.
///
/// A column is read so only where one style fits every one of its words.
struct NumberStyle {
    /// What a user said about the marks.
    struct Wish: Sendable, Hashable {
        var decimal: UInt8?
        var thousands: UInt8?
        /// Whether the fields are separated by commas, so that a comma in a field is rather a thousands mark.
        var isCommaSeparated = true
        /// Whether a point before three digits may be a thousands mark although nothing else says so.
        var pointsMayGroup = false
    }

    /// One word taken apart.
    private struct Parts {
        var isNegative = false
        var isPercent = false
        var currency: Currency?
        /// Digits and marks between them.
        var body: ArraySlice<UInt8> = []
    }

    private enum Currency: Equatable { case dollar, euro, pound, yen }

    private let thousands: UInt8?
    private let decimal: UInt8
    private let isPercent: Bool
    /// Whether blanks are thousands marks beside commas.
    private var takesBlanks = false

    /// Whether numbers are written as programs write them.
    var isPlain: Bool { thousands == nil && decimal == ASCII.point && !isPercent }

    private static let signs: [(bytes: [UInt8], currency: Currency)] = [
        (Array("$".utf8), .dollar), (Array("€".utf8), .euro), (Array("£".utf8), .pound), (Array("¥".utf8), .yen),
    ]
    private static let styles: [(thousands: UInt8?, decimal: UInt8)] = [
        (nil, ASCII.point), (ASCII.comma, ASCII.point), (nil, ASCII.comma), (ASCII.point, ASCII.comma), (ASCII.blank, ASCII.point),
        (ASCII.blank, ASCII.comma), (ASCII.apostrophe, ASCII.point),
    ]

    /// Values of the words as numbers; nil when they are no numbers of one style. `reason` says when only the style is in doubt.
    static func values(_ words: [ByteDictionary.Entry], _ wish: Wish) -> (values: [DecimalNumber], style: NumberStyle)? {
        guard !words.isEmpty else { return nil }
        var all: [Parts] = []
        all.reserveCapacity(words.count)
        for word in words {
            guard let parts = parts(word), parts.currency == (all.first ?? parts).currency,
                parts.isPercent == (all.first ?? parts).isPercent
            else { return nil }
            all.append(parts)
        }
        var fitting = styles.filter { style in
            (wish.decimal ?? style.decimal) == style.decimal && (wish.thousands ?? style.thousands) == style.thousands
                && all.allSatisfy { fits($0.body, style.thousands, style.decimal, isGiven: wish.thousands != nil) }
        }
        if let thousands = wish.thousands, fitting.isEmpty {
            let decimal = wish.decimal ?? (thousands == ASCII.point ? ASCII.comma : ASCII.point)
            if all.allSatisfy({ fits($0.body, thousands, decimal, isGiven: true) }) { fitting = [(thousands, decimal)] }
        }
        let isDoubtful = fitting.allSatisfy { $0.thousands == nil && $0.decimal == ASCII.comma }
        let isMixed = isDoubtful && wish.decimal == nil && wish.thousands == nil && wish.isCommaSeparated && areMixed(all)
        if isMixed { fitting = [(ASCII.comma, ASCII.point)] }
        guard let style = choice(fitting, all, wish) else { return nil }
        let result = NumberStyle(
            thousands: style.thousands, decimal: style.decimal, isPercent: all[0].isPercent, takesBlanks: isMixed)
        var values: [DecimalNumber] = []
        values.reserveCapacity(all.count)
        for parts in all {
            guard let value = result.value(parts) else { return nil }
            values.append(value)
        }
        return (values, result)
    }

    /// Whether thousands are marked by commas in some words, by blanks in others, and not at all in the rest.
    private static func areMixed(_ all: [Parts]) -> Bool {
        guard all.contains(where: { $0.body.contains(ASCII.comma) }) else { return false }
        return all.allSatisfy { parts in
            [ASCII.comma, ASCII.blank].contains { fits(parts.body, $0, ASCII.point, isGiven: true) }
        }
    }

    /// Whether points are rather thousands marks: three digits behind each, none where there are fewer than four digits, and either two
    /// words with them or other numbers that come near a thousand.
    private static func areGrouped(_ all: [Parts]) -> Bool {
        let marked = all.count { $0.body.contains(ASCII.point) }
        let bare = all.filter { !$0.body.contains(ASCII.point) }
        return !bare.isEmpty && (marked > 1 || (marked == 1 && bare.contains { $0.body.count == 3 }))
    }

    /// The style that counts among those that fit: the one without thousands marks where nothing asks for them.
    private static func choice(
        _ fitting: [(thousands: UInt8?, decimal: UInt8)], _ all: [Parts], _ wish: Wish
    ) -> (thousands: UInt8?, decimal: UInt8)? {
        guard let first = fitting.first else { return nil }
        let isComma = { (style: (thousands: UInt8?, decimal: UInt8)) in style.thousands == nil && style.decimal == ASCII.comma }
        let hasMarks = all.contains { $0.body.contains { !DecimalNumber.isDigit($0) } }
        // A comma before three digits everywhere is a thousands mark where commas separate fields, else it is in doubt.
        if hasMarks, fitting.contains(where: { $0.thousands == ASCII.comma }), fitting.contains(where: isComma) {
            return wish.isCommaSeparated ? fitting.first { $0.thousands == ASCII.comma } : nil
        }
        if wish.pointsMayGroup, first.thousands == nil, first.decimal == ASCII.point, areGrouped(all),
            let grouped = fitting.first(where: { $0.thousands == ASCII.point })
        {
            return grouped
        }
        if let thousands = first.thousands, thousands != ASCII.comma, wish.thousands == nil {
            // Groups of the same length everywhere are rather the parts of a code.
            let lengths = Set(all.map(\.body.count))
            if lengths.count == 1, all.count > 1 { return nil }
        }
        return first
    }

    /// Whether a word is a number in some style.
    static func mayBeNumber(_ word: ByteDictionary.Entry) -> Bool { parts(word) != nil }

    private static func parts(_ word: ByteDictionary.Entry) -> Parts? {
        guard word.length <= 40 else { return nil }
        var rest = Array(UnsafeBufferPointer(start: word.bytes, count: word.length))[...]
        var parts = Parts()
        trim(&rest)
        if rest.first == UInt8(ascii: "("), rest.last == UInt8(ascii: ")") {
            rest = rest.dropFirst().dropLast()
            parts.isNegative = true
        }
        takeSign(&rest, &parts)
        takeCurrency(&rest, &parts)
        takeSign(&rest, &parts)
        if rest.last == UInt8(ascii: "%") {
            parts.isPercent = true
            rest.removeLast()
            trim(&rest)
        }
        guard let first = rest.first, DecimalNumber.isDigit(first), let last = rest.last, DecimalNumber.isDigit(last) else { return nil }
        // A blank that does not break is a blank.
        parts.body = plainBlanks(rest)
        return parts
    }

    private static func takeSign(_ rest: inout ArraySlice<UInt8>, _ parts: inout Parts) {
        guard rest.first == ASCII.minus, !parts.isNegative else { return }
        parts.isNegative = true
        rest.removeFirst()
        trim(&rest)
    }

    private static func takeCurrency(_ rest: inout ArraySlice<UInt8>, _ parts: inout Parts) {
        for (bytes, currency) in signs {
            if rest.starts(with: bytes) {
                rest = rest.dropFirst(bytes.count)
            } else if rest.count > bytes.count, rest.suffix(bytes.count).elementsEqual(bytes) {
                rest = rest.dropLast(bytes.count)
            } else {
                continue
            }
            parts.currency = currency
            trim(&rest)
            return
        }
    }

    private static func trim(_ rest: inout ArraySlice<UInt8>) {
        while rest.first == ASCII.blank || rest.first == ASCII.tab { rest.removeFirst() }
        while rest.last == ASCII.blank || rest.last == ASCII.tab { rest.removeLast() }
        while rest.suffix(2).elementsEqual([0xC2, 0xA0]) { rest.removeLast(2) }
    }

    /// U+00A0 and U+202F as blanks.
    private static func plainBlanks(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard bytes.contains(where: { $0 >= 0x80 }) else { return bytes }
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.first {
            if rest.starts(with: [0xC2, 0xA0]) {
                rest = rest.dropFirst(2)
                result.append(ASCII.blank)
            } else if rest.starts(with: [0xE2, 0x80, 0xAF]) {
                rest = rest.dropFirst(3)
                result.append(ASCII.blank)
            } else {
                rest = rest.dropFirst()
                result.append(byte)
            }
        }
        return result[...]
    }

    /// Whether digits and marks are a number in this style; without the user's word digits must be marked wherever they could be.
    private static func fits(_ body: ArraySlice<UInt8>, _ thousands: UInt8?, _ decimal: UInt8, isGiven: Bool) -> Bool {
        let halves = body.split(separator: decimal, maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = halves.first, !whole.isEmpty else { return false }
        if halves.count == 2 {
            guard !halves[1].isEmpty, halves[1].allSatisfy(DecimalNumber.isDigit) else { return false }
        }
        let groups = whole.split(separator: thousands ?? 0, omittingEmptySubsequences: false)
        guard groups.allSatisfy({ !$0.isEmpty && $0.allSatisfy(DecimalNumber.isDigit) }), let first = groups.first else { return false }
        if first.first == ASCII.zero, first.count > 1 || groups.count > 1 { return false }
        guard groups.count > 1 else { return thousands == nil || isGiven || first.count <= 3 }
        return first.count <= 3 && groups.dropFirst().allSatisfy { $0.count == 3 }
    }

    /// The number without its marks, correctly rounded; percent are shares.
    private func value(_ parts: Parts) -> DecimalNumber? {
        var plain: [UInt8] = parts.isNegative ? [ASCII.minus] : []
        for byte in parts.body {
            if byte == decimal {
                plain.append(ASCII.point)
            } else if byte != thousands, !(takesBlanks && byte == ASCII.blank) {
                plain.append(byte)
            }
        }
        if isPercent { plain += Array("e-2".utf8) }
        let number = plain.withUnsafeBufferPointer { buffer in buffer.baseAddress.map { DecimalNumber.parse($0, buffer.count) } }
        guard let number, number.form == .integer || number.form == .number else { return nil }
        return number
    }
}
