import RondoKernels

/// Why a column whose values are mostly numbers, dates, times or truth values is text all the same.
struct TypeReason {
    static let allFamilies: [FieldKind] = [.number, .isoDate, .numericDate, .time, .truth]

    let name: String
    let words: [ByteDictionary.Entry]
    /// How often each word occurs.
    let counts: [Int]
    let codes: [Int32]
    /// A reason that was found while reading.
    let given: String?
    /// The kinds that the column might have had.
    let families: [FieldKind]

    private struct Class {
        var kind: FieldKind
        /// Digits that a number would not give back.
        var isCode: Bool
    }

    private static let (batch, wordsAtOnce) = (1 << 18, 1 << 15)

    /// The sentence, with the first line that does not fit; nil when the column is plainly text.
    func text(line: (Int) -> Int, context: ComputeContext) throws -> String? {
        if let given { return "\(name) is text: \(given)" }
        let total = counts.reduce(0, +)
        // No kind can hold more than half of the values.
        if try textWeight(context) * 2 >= total { return nil }
        var weights = [Int](repeating: 0, count: FieldKind.allCases.count)
        var (codeWeight, plainWeight) = (0, 0)
        var classes: [Class] = []
        for start in stride(from: 0, to: words.count, by: TypeReason.batch) {
            let part = words[start..<min(start + TypeReason.batch, words.count)]
            for items in try Parallel.mapChunks(
                count: part.count, chunkSize: TypeReason.wordsAtOnce, context: context,
                { _, places in places.map { classify(part[start + $0]) } })
            {
                for item in items {
                    let count = counts[classes.count]
                    classes.append(item)
                    weights[Int(family(item.kind).rawValue)] += count
                    if item.isCode {
                        codeWeight += count
                    } else if item.kind == .text || item.kind == .unknown {
                        plainWeight += count
                    }
                }
                // No kind can hold more than half of the values any more.
                if plainWeight * 2 >= total { return nil }
            }
        }
        guard total > 0, let best = families.max(by: { weight($0, weights, codeWeight) < weight($1, weights, codeWeight) }),
            weight(best, weights, codeWeight) * 2 > total
        else { return nil }
        // The first word that the column's own kind cannot hold.
        let offender =
            classes.indices.first { family(classes[$0].kind) != best && !(best == .number && classes[$0].isCode) }
            ?? classes.indices.first { classes[$0].isCode } ?? classes.indices.first { family(classes[$0].kind) != best }
        guard let offender else { return nil }
        let row = codes.firstIndex(of: Int32(offender)) ?? 0
        let place = "line \(grouped(line(row))) holds \"\(shortened(text(offender)))\""
        guard classes[offender].isCode else { return "\(name) is text because \(place)" }
        return "\(name) is text because \(place): \(codeReason(text(offender)))"
    }

    /// How many values are plain text at first sight.
    private func textWeight(_ context: ComputeContext) throws -> Int {
        try Parallel.mapChunks(count: words.count, chunkSize: TypeReason.wordsAtOnce, context: context) { _, places in
            places.reduce(0) { $0 + (words[$1].isSurelyText ? counts[$1] : 0) }
        }.reduce(0, +)
    }

    private func text(_ level: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: words[level].bytes, count: words[level].length), as: UTF8.self)
    }

    private func weight(_ family: FieldKind, _ weights: [Int], _ codes: Int) -> Int {
        weights[Int(family.rawValue)] + (family == .number ? codes : 0)
    }

    private func family(_ kind: FieldKind) -> FieldKind { kind == .integer ? .number : kind }

    private func classify(_ word: ByteDictionary.Entry) -> Class {
        let base = word.bytes
        var (start, end) = (0, word.length)
        while start < end, base[start] == ASCII.blank { start += 1 }
        while end > start, base[end - 1] == ASCII.blank { end -= 1 }
        guard start < end, FieldKind.mayBeValue(base[start], base[end - 1]) else { return Class(kind: .text, isCode: false) }
        let kind = FieldKind.classify(base + start, end - start)
        guard kind == .text || kind == .integer else { return Class(kind: kind, isCode: false) }
        let number = DecimalNumber.parse(base + start, end - start)
        let isWide = number.form == .integer && number.integer.magnitude > 1 << 53
        return Class(kind: isWide ? .text : kind, isCode: number.form == .code || isWide)
    }

    private func codeReason(_ word: String) -> String {
        let digits = word.filter { $0.isNumber }
        if digits.count > 1, digits.hasPrefix("0") { return "its leading zeros would be lost in a number" }
        return "a number would not keep all its digits"
    }

    private func shortened(_ word: String) -> String {
        let line = word.split { $0.isNewline }.joined(separator: " ")
        return line.count > 40 ? line.prefix(39) + "…" : line
    }
}
