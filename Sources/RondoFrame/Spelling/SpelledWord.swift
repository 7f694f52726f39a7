import RondoKernels

/// A value prepared for comparison: its letters and words, and a mark that must be equal in both.
struct SpelledWord: Sendable {
    /// The Unicode scalars of the standard form, words separated by one blank.
    let scalars: [UInt32]
    /// Where the words begin and end.
    let tokens: [Range<Int>]
    /// Stands for the digits in their order and the exact part of the key: values that differ in them are never variants.
    let signature: UInt64

    static let blank: UInt32 = 32

    init(_ standard: String, exact: UInt64) {
        var scalars: [UInt32] = []
        var tokens: [Range<Int>] = []
        var hash = SpelledWord.mixed(exact, 0xCBF2_9CE4_8422_2325)
        var start = 0
        var wasDigit = false
        for scalar in standard.unicodeScalars {
            let value = scalar.value
            if value == SpelledWord.blank {
                if scalars.count > start { tokens.append(start..<scalars.count) }
                scalars.append(value)
                start = scalars.count
            } else {
                scalars.append(value)
            }
            let isDigit = (48...57).contains(value)
            if isDigit { hash = SpelledWord.mixed(UInt64(value), hash) } else if wasDigit { hash = SpelledWord.mixed(1, hash) }
            wasDigit = isDigit
        }
        if scalars.count > start { tokens.append(start..<scalars.count) }
        self.scalars = scalars
        self.tokens = tokens
        signature = hash
    }

    /// How many edits a word of this length may have: none below four letters, one below eight, else two.
    static func allowance(_ length: Int) -> Int { length < 4 ? 0 : length < 8 ? 1 : 2 }

    var allowance: Int { SpelledWord.allowance(scalars.count) }

    /// The hashes of its runs of three letters, with two blanks before and behind, each once, each mixed with the signature.
    func trigrams() -> [UInt64] {
        var result: [UInt64] = []
        result.reserveCapacity(scalars.count + 2)
        var (first, second) = (SpelledWord.blank, SpelledWord.blank)
        for position in 0..<scalars.count + 2 {
            let third = position < scalars.count ? scalars[position] : SpelledWord.blank
            let gram = UInt64(first) << 42 ^ UInt64(second) << 21 ^ UInt64(third)
            result.append(SpelledWord.mixed(gram, signature))
            (first, second) = (second, third)
        }
        result.sort()
        var kept = 0
        for position in result.indices where position == 0 || result[position] != result[position - 1] {
            result[kept] = result[position]
            kept += 1
        }
        result.removeLast(result.count - kept)
        return result
    }

    static func mixed(_ value: UInt64, _ seed: UInt64) -> UInt64 {
        let product = (value ^ seed).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low ^ (seed << 7 | seed >> 57)
    }
}

/// The edits between two spellings: letters put in, left out, exchanged, and neighbours swapped (optimal string alignment, Damerau
/// 1964); another first letter of a word counts twice, since slips of the pen rarely touch it.
struct SpellingDistance {
    private var cells: [Int] = []

    /// The edits between two values, or nil for more than `limit`; words are compared one by one where both have as many.
    mutating func between(_ a: SpelledWord, _ b: SpelledWord, limit: Int) -> Int? {
        guard abs(a.scalars.count - b.scalars.count) <= limit else { return nil }
        guard a.tokens.count == b.tokens.count else { return edits(a.scalars[...], b.scalars[...], limit: limit) }
        var total = 0
        for (left, right) in zip(a.tokens, b.tokens) {
            let own = min(limit - total, SpelledWord.allowance(min(left.count, right.count)))
            guard let cost = edits(a.scalars[left], b.scalars[right], limit: own) else { return nil }
            total += cost
        }
        return total
    }

    private mutating func edits(_ a: ArraySlice<UInt32>, _ b: ArraySlice<UInt32>, limit: Int) -> Int? {
        guard abs(a.count - b.count) <= limit else { return nil }
        if a.elementsEqual(b) { return 0 }
        guard limit > 0, !a.isEmpty, !b.isEmpty else { return nil }
        let width = b.count + 1
        if cells.count < 3 * width { cells = Array(repeating: 0, count: 6 * width) }
        return a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                cells.withUnsafeMutableBufferPointer { SpellingDistance.edits(a, b, limit: limit, rows: $0, width: width) }
            }
        }
    }

    /// - Parameter rows: three rows of `width` cells: this one, the one above, the one above that.
    private static func edits(
        _ a: UnsafeBufferPointer<UInt32>, _ b: UnsafeBufferPointer<UInt32>, limit: Int, rows: UnsafeMutableBufferPointer<Int>, width: Int
    ) -> Int? {
        var (now, above, second) = (0, width, 2 * width)
        for column in 0..<width { rows[above + column] = column == 0 ? 0 : column + 1 }
        for row in 1...a.count {
            rows[now] = row + 1
            var least = rows[now]
            for column in 1..<width {
                let weight = row == 1 && column == 1 ? 2 : 1
                let isSame = a[row - 1] == b[column - 1]
                var cost = min(rows[above + column - 1] + (isSame ? 0 : weight), rows[above + column] + 1, rows[now + column - 1] + 1)
                if row > 1, column > 1, a[row - 1] == b[column - 2], a[row - 2] == b[column - 1] {
                    cost = min(cost, rows[second + column - 2] + 1)
                }
                rows[now + column] = cost
                least = min(least, cost)
            }
            guard least <= limit else { return nil }
            (now, above, second) = (second, now, above)
        }
        let result = rows[above + width - 1]
        return result <= limit ? result : nil
    }
}
