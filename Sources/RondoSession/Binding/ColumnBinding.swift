package import RondoFrame
import RondoKernels
package import RondoLanguage

/// Turns column sets of a cell into names of a table.
package enum ColumnBinding {
    /// The columns meant, each once, in the order written.
    ///
    /// `every` and spans never take the target; named outright it is accepted.
    /// - Throws: `Diagnostics` with all unknown names.
    package static func resolve(_ set: ColumnSet, in frame: Frame, table: String, target: String?, source: String, words: [String] = [])
        throws
        -> [String]
    {
        var result: [String] = []
        var faults: [Diagnostic] = []
        func add(_ name: String) { if !result.contains(name) { result.append(name) } }
        func known(_ name: Name) -> Int? {
            if let position = frame.position(of: name.value) { return position }
            faults.append(SessionNames.unknownColumn(name, table: table, known: frame.names, source: source, words: words))
            return nil
        }
        for item in set.items {
            switch item {
            case .column(let name): if known(name) != nil { add(name.value) }
            case .span(let first, let last):
                guard let low = known(first), let high = known(last) else { continue }
                for name in frame.names[min(low, high)...max(low, high)] where name != target { add(name) }
            case .every(let every):
                for name in every.but { _ = known(name) }
                let left = Set(every.but.map(\.value))
                for (name, column) in zip(frame.names, frame.columns)
                where name != target && !left.contains(name) && matches(every, name, column.type) { add(name) }
            }
        }
        if let all = Diagnostics(faults) { throw all }
        return result
    }

    private static func matches(_ every: ColumnSet.Every, _ name: String, _ type: ColumnType) -> Bool {
        let typeFits =
            switch every.filter {
            case .number: type.isNumeric
            case .text: type == .text
            case .category: type == .category
            case .date: type.isMoment
            case .truth: type == .truth
            case .column: true
            }
        guard typeFits, let pattern = every.like?.value else { return typeFits }
        return Wildcard.matches(name, pattern: pattern)
    }
}

/// Patterns with `*` for any characters and `?` for one.
package enum Wildcard {
    /// Linear in the product of the lengths, no recursion.
    package static func matches(_ text: String, pattern: String) -> Bool {
        let text = Array(text.unicodeScalars)
        let pattern = Array(pattern.unicodeScalars)
        var position = 0
        var place = 0
        var star: Int?
        var mark = 0
        while position < text.count {
            if place < pattern.count, pattern[place] == "*" {
                star = place
                mark = position
                place += 1
            } else if place < pattern.count, pattern[place] == "?" || pattern[place] == text[position] {
                position += 1
                place += 1
            } else if let back = star {
                place = back + 1
                mark += 1
                position = mark
            } else {
                return false
            }
        }
        while place < pattern.count, pattern[place] == "*" { place += 1 }
        return place == pattern.count
    }
}
