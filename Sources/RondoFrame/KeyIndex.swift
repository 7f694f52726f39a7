/// The place of each of some 64-bit keys; of equal keys the first place.
package struct KeyIndex: Sendable {
    private var table: KeyTable
    private var places: [Int32] = []

    /// The places of keys as they come.
    package init(_ keys: [UInt64] = []) {
        table = KeyTable(capacity: keys.count)
        for (place, key) in keys.enumerated() { add(key, place) }
    }

    /// Notes a key unless it has a place already.
    package mutating func add(_ key: UInt64, _ place: Int) {
        if Int(table.code(key)) == places.count { places.append(Int32(truncatingIfNeeded: place)) }
    }

    /// Nil for a key that is not among them.
    package func place(of key: UInt64) -> Int32? {
        let code = table.find(key)
        return code < 0 ? nil : places[Int(code)]
    }
}

/// The place of each value of a column that holds no words: whole numbers as integers (all 64 bits count), others by their bits.
package struct NumberIndex: Sendable {
    private var wholes = KeyIndex()
    private var fractions = KeyIndex()

    /// Missing values have no place.
    package init(_ values: Column) {
        switch values.storage {
        case .integer(let integers, let missing):
            for place in integers.indices where missing?[place] != true { wholes.add(UInt64(bitPattern: integers[place]), place) }
        case .number, .sparse:
            for (place, value) in values.numbers().enumerated() where !value.isNaN {
                if let whole = Int64(exactly: value) {
                    wholes.add(UInt64(bitPattern: whole), place)
                } else {
                    fractions.add(value.bitPattern, place)
                }
            }
        case .truth(let truths):
            for (place, value) in truths.enumerated() where value != Column.missingTruth { wholes.add(UInt64(value), place) }
        case .date(let days):
            for (place, value) in days.enumerated() where value != Column.missingDate {
                wholes.add(UInt64(bitPattern: Int64(value)), place)
            }
        case .time(let moments), .duration(let moments):
            for (place, value) in moments.enumerated() where value != Column.missingTime { wholes.add(UInt64(bitPattern: value), place) }
        case .text, .category: break
        }
    }

    /// The place of each row's value.
    package func places(of column: Column, missing: Int32, unknown: Int32) -> [Int32] {
        func whole(_ value: Int64) -> Int32 { wholes.place(of: UInt64(bitPattern: value)) ?? unknown }
        switch column.storage {
        case .integer(let values, let gaps): return values.indices.map { gaps?[$0] == true ? missing : whole(values[$0]) }
        case .number, .sparse:
            return column.numbers().map { value in
                if value.isNaN { return missing }
                return Int64(exactly: value).map(whole) ?? fractions.place(of: value.bitPattern) ?? unknown
            }
        case .truth(let values): return values.map { $0 == Column.missingTruth ? missing : whole(Int64($0)) }
        case .date(let values): return values.map { $0 == Column.missingDate ? missing : whole(Int64($0)) }
        case .time(let values), .duration(let values): return values.map { $0 == Column.missingTime ? missing : whole($0) }
        case .text, .category: return Array(repeating: unknown, count: column.count)
        }
    }
}
