import RondoKernels

/// Decides whether the first record holds names, and makes names that are different and not empty.
enum HeaderDetection {
    /// One record of the beginning of a file: texts and whether each was in quotes.
    typealias Record = [String]

    /// Whether `first` holds names rather than values; `rest` are the records behind it.
    static func isHeader(_ first: Record, rest: [Record]) -> Bool {
        let kinds = first.map(kind)
        let values = kinds.filter { $0 != .text && $0 != .unknown }
        if !values.isEmpty { return (kinds.contains(.text) || kinds.first == .unknown) && areYears(first, kinds) }
        guard !rest.isEmpty, kinds.contains(.text) else { return true }
        // All text: a first record whose every word occurs again below is a row like the others.
        return !first.indices.allSatisfy { column in
            kinds[column] == .unknown || rest.contains { column < $0.count && $0[column] == first[column] }
        }
    }

    static func kind(_ text: String) -> FieldKind {
        var bytes = Array(text.utf8)
        while bytes.last == ASCII.blank { bytes.removeLast() }
        let trimmed = bytes.drop { $0 == ASCII.blank }
        guard !trimmed.isEmpty else { return .unknown }
        return trimmed.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return .unknown }
            let kind = FieldKind.classify(base, buffer.count)
            return kind == .text && DecimalNumber.parse(base, buffer.count).form == .code ? .integer : kind == .truth ? .text : kind
        }
    }

    /// Whether the numbers of a header are years in a row, as in tables with a column a year.
    private static func areYears(_ first: Record, _ kinds: [FieldKind]) -> Bool {
        var previous: Int?
        var count = 0
        for (text, kind) in zip(first, kinds) where kind != .text && kind != .unknown {
            guard kind == .integer, let year = Int(text.filter { $0 != " " }), (1500...2500).contains(year),
                previous.map({ $0 < year }) ?? true
            else { return false }
            previous = year
            count += 1
        }
        return count >= 2
    }

    /// Names for all columns, with what had to be changed.
    static func names(_ raw: [String], tidy: Bool) -> (names: [String], findings: [Finding]) {
        var taken: Set<String> = []
        var names: [String] = []
        var findings: [Finding] = []
        var unnamed: [String] = []
        let wanted = Set(raw.map { tidy ? tidied($0) : trimmed($0) })
        for (position, given) in raw.enumerated() {
            let base = tidy ? tidied(given) : trimmed(given)
            var name = base.isEmpty ? "column_\(position + 1)" : base
            if taken.contains(name) || (base.isEmpty && wanted.contains(name)) {
                var number = 2
                while taken.contains("\(name)_\(number)") || wanted.contains("\(name)_\(number)") { number += 1 }
                if !base.isEmpty {
                    findings.append(
                        Finding(
                            "names", "column \(grouped(position + 1)) is also called \(name): named \(name)_\(number)",
                            column: "\(name)_\(number)"))
                }
                name = "\(name)_\(number)"
            }
            if base.isEmpty { unnamed.append(name) }
            taken.insert(name)
            names.append(name)
        }
        if !unnamed.isEmpty {
            let text =
                unnamed.count == 1
                ? "a column without a name is called \(unnamed[0])"
                : "\(grouped(unnamed.count)) columns without a name are called \(unnamed[0]) …"
            findings.append(Finding("names", text, count: unnamed.count))
        }
        if tidy {
            let changed = zip(raw, names).filter { $0 != $1 }.count
            if changed > 0 {
                findings.append(Finding("names", "\(grouped(changed)) names made lower case words joined by _", count: changed))
            }
        }
        return (names, findings)
    }

    /// As much of a word as a finding shows.
    static func shortened(_ word: String) -> String {
        let word = trimmed(word)
        return word.count > 40 ? word.prefix(39) + "…" : word
    }

    /// Without blanks at both ends; line breaks inside become blanks, so that the name fits on a line.
    static func trimmed(_ name: String) -> String {
        let words = name.split { $0.isNewline || $0 == "\t" }.joined(separator: " ")
        return String(words.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    /// `Lot Area (m²)` as `lot_area_m`: lower case letters and digits, everything else one underscore.
    static func tidied(_ name: String) -> String {
        var result = ""
        var previousLower = false
        for character in trimmed(name) {
            if character.isLetter || (character.isNumber && character.isASCII) {
                if character.isUppercase, previousLower, !result.hasSuffix("_") { result.append("_") }
                result.append(character.lowercased())
                previousLower = character.isLowercase
            } else {
                if !result.isEmpty, !result.hasSuffix("_") { result.append("_") }
                previousLower = false
            }
        }
        while result.hasSuffix("_") { result.removeLast() }
        if let first = result.first, first.isNumber { result = "x" + result }
        return result
    }
}
