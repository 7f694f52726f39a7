import RondoFrame
import RondoKernels

extension Column {
    /// The column with the values of `source` at these rows; `source` has the same type and one value a row.
    ///
    /// Text takes new words at the end of its levels.
    func replacing(_ rows: [Int32], with source: Column) -> Column {
        switch (storage, source.storage) {
        case (.number(let values), .number(let new)): return Column(.number(Column.replaced(values, rows, new)))
        case (.sparse, .number(let new)): return Column(.number(Column.replaced(numbers(), rows, new)))
        case (.integer(let values, let missing), .integer(let new, let newMissing)):
            guard missing != nil || newMissing != nil else { return Column(.integer(Column.replaced(values, rows, new), missing: nil)) }
            let old = missing ?? Array(repeating: false, count: values.count)
            let mask = Column.replaced(old, rows, newMissing ?? Array(repeating: false, count: new.count))
            return Column(.integer(Column.replaced(values, rows, new), missing: mask.contains(true) ? mask : nil))
        case (.truth(let values), .truth(let new)): return Column(.truth(Column.replaced(values, rows, new)))
        case (.date(let values), .date(let new)): return Column(.date(Column.replaced(values, rows, new)))
        case (.time(let values), .time(let new)): return Column(.time(Column.replaced(values, rows, new)))
        case (.duration(let values), .duration(let new)): return Column(.duration(Column.replaced(values, rows, new)))
        case (.text(let codes, let levels), .text(let new, let words)):
            let (merged, places) = levels.merged(with: words, used: new)
            return Column(.text(Column.replaced(codes, rows, new.map { $0 < 0 ? -1 : places[Int($0)] }), merged))
        case (.category(let codes, let levels), .category(let new, let words)):
            let (merged, places) = levels.merged(with: words, used: new)
            return Column(.category(Column.replaced(codes, rows, new.map { $0 < 0 ? -1 : places[Int($0)] }), merged))
        default: return self
        }
    }

    private static func replaced<Element>(_ values: [Element], _ rows: [Int32], _ new: [Element]) -> [Element] {
        var result = values
        for (position, row) in rows.enumerated() { result[Int(row)] = new[position] }
        return result
    }

    /// The same values as numbers; other types stay as they are.
    func asNumber() -> Column { type == .integer ? Column(.number(numbers())) : self }
}

extension Levels {
    /// These words and, behind them, those used words of the other that are not among them; with the new place of each other word.
    func merged(with other: Levels, used codes: [Int32]) -> (levels: Levels, places: [Int32]) {
        var places = [Int32](repeating: -1, count: other.count)
        var isUsed = [Bool](repeating: false, count: other.count)
        for code in codes where code >= 0 { isUsed[Int(code)] = true }
        var index = self.index()
        var all = words
        for position in places.indices where isUsed[position] {
            let word = other.words[position]
            if let place = index[word] { places[position] = place; continue }
            let place = Int32(truncatingIfNeeded: all.count)
            index[word] = place
            all.append(word)
            places[position] = place
        }
        return (all.count == words.count ? self : Levels(all), places)
    }
}
