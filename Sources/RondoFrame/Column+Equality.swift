public import RondoKernels

extension Column {
    /// Whether both have the same type and the same value in every row; missing equals missing, words are compared by their bytes,
    /// numbers by value (-0 equals 0). Levels of categories must have the same words in the same order.
    public func equals(_ other: Column) -> Bool {
        guard type == other.type, count == other.count else { return false }
        switch (storage, other.storage) {
        case (.number(let a), .number(let b)): return Column.same(a, b)
        case (.sparse(let a), .sparse(let b)): return a.equals(b)
        case (.number, .sparse), (.sparse, .number): return Column.same(numbers(), other.numbers())
        case (.integer(let a, let gapsA), .integer(let b, let gapsB)):
            return a.indices.allSatisfy { gapsA?[$0] == true ? gapsB?[$0] == true : gapsB?[$0] != true && a[$0] == b[$0] }
        case (.truth(let a), .truth(let b)): return a == b
        case (.text(let a, let levelsA), .text(let b, let levelsB)): return Column.same(a, levelsA, b, levelsB)
        case (.category(let a, let levelsA), .category(let b, let levelsB)):
            return Column.sameWords(levelsA.words, levelsB.words) && a == b
        case (.date(let a), .date(let b)): return a == b
        case (.time(let a), .time(let b)), (.duration(let a), .duration(let b)): return a == b
        default: return false
        }
    }

    private static func same(_ a: [Double], _ b: [Double]) -> Bool {
        a.indices.allSatisfy { a[$0] == b[$0] || (a[$0].isNaN && b[$0].isNaN) }
    }

    private static func sameWords(_ a: [String], _ b: [String]) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    }

    private static func same(_ a: [Int32], _ levelsA: Levels, _ b: [Int32], _ levelsB: Levels) -> Bool {
        if levelsA === levelsB || sameWords(levelsA.words, levelsB.words) { return a == b }
        // Each pair of levels is compared once.
        var partner = [Int32](repeating: -1, count: levelsA.count)
        for row in a.indices {
            guard a[row] >= 0, b[row] >= 0 else {
                if a[row] != b[row] { return false }
                continue
            }
            let level = Int(a[row])
            if partner[level] == b[row] { continue }
            guard levelsA.words[level].utf8.elementsEqual(levelsB.words[Int(b[row])].utf8) else { return false }
            partner[level] = b[row]
        }
        return true
    }

    /// Feeds type, length, gaps and values to a hasher; columns that are equal feed the same.
    public func hash(into hasher: inout ValueHasher) {
        hasher.combine(type.rawValue)
        hasher.combine(Int64(count))
        switch storage {
        case .number(let values): for value in values { hasher.combine(value) }
        case .sparse(let sparse):
            var next = 0
            for row in 0..<sparse.count {
                let isKept = next < sparse.rows.count && Int(sparse.rows[next]) == row
                hasher.combine(isKept ? sparse.values[next] : 0)
                if isKept { next += 1 }
            }
        case .integer(let values, let missing):
            for row in values.indices {
                if missing?[row] == true { hasher.combine(tag: 0) } else { hasher.combine(values[row]) }
            }
        case .truth(let values): for value in values { hasher.combine(tag: value) }
        case .text(let codes, let levels): Column.hash(codes, levels, into: &hasher)
        case .category(let codes, let levels):
            hasher.combine(Int64(levels.count))
            for word in levels.words { hasher.combine(word) }
            for code in codes { hasher.combine(Int64(code)) }
        case .date(let values): for value in values { hasher.combine(Int64(value)) }
        case .time(let values), .duration(let values): for value in values { hasher.combine(value) }
        }
    }

    /// Words go in as numbers in order of first appearance, each word itself at its first.
    private static func hash(_ codes: [Int32], _ levels: Levels, into hasher: inout ValueHasher) {
        var number = [Int64](repeating: -1, count: levels.count)
        var seen: [String.UTF8Key: Int64] = [:]
        for code in codes {
            guard code >= 0 else {
                hasher.combine(tag: 0)
                continue
            }
            if number[Int(code)] < 0 {
                let key = String.UTF8Key(levels.words[Int(code)])
                if let known = seen[key] {
                    number[Int(code)] = known
                } else {
                    number[Int(code)] = Int64(seen.count)
                    seen[key] = Int64(seen.count)
                    hasher.combine(levels.words[Int(code)])
                }
            }
            hasher.combine(number[Int(code)])
        }
    }
}

extension Frame {
    /// Whether both have the same names and equal columns in the same order.
    public func equals(_ other: Frame) -> Bool {
        names == other.names && rowCount == other.rowCount && zip(columns, other.columns).allSatisfy { $0.equals($1) }
    }

    /// Feeds names and columns to a hasher.
    public func hash(into hasher: inout ValueHasher) {
        hasher.combine(Int64(rowCount))
        for (name, column) in zip(names, columns) {
            hasher.combine(name)
            column.hash(into: &hasher)
        }
    }
}

extension String {
    /// A text compared by its bytes, where the standard comparison takes different spellings of a letter as equal.
    struct UTF8Key: Hashable {
        let text: String

        init(_ text: String) { self.text = text }

        static func == (a: UTF8Key, b: UTF8Key) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }

        func hash(into hasher: inout Hasher) {
            var copy = text
            copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }
}
