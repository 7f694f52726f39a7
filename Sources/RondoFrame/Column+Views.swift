public import RondoKernels

extension Column {
    /// The values as numbers, NaN where missing or not a number: truth is 0 or 1, dates are days, times and durations
    /// seconds, text and category all NaN.
    public func numbers() -> [Double] {
        switch storage {
        case .number(let values): return values
        case .integer(let values, let missing):
            guard let missing else { return values.map(Double.init) }
            return values.indices.map { missing[$0] ? .nan : Double(values[$0]) }
        case .truth(let values): return values.map { $0 == Column.missingTruth ? .nan : Double($0) }
        case .text(let codes, _), .category(let codes, _): return Array(repeating: .nan, count: codes.count)
        case .date(let values): return values.map { $0 == Column.missingDate ? .nan : Double($0) }
        case .time(let values), .duration(let values): return values.map { $0 == Column.missingTime ? .nan : Double($0) / 1_000_000 }
        case .sparse(let sparse): return sparse.dense
        }
    }

    /// One flag a row: true where the value is missing.
    public func missingMask() -> [Bool] {
        switch storage {
        case .number(let values): values.map(\.isNaN)
        case .integer(let values, let missing): missing ?? Array(repeating: false, count: values.count)
        case .truth(let values): values.map { $0 == Column.missingTruth }
        case .text(let codes, _), .category(let codes, _): codes.map { $0 < 0 }
        case .date(let values): values.map { $0 == Column.missingDate }
        case .time(let values), .duration(let values): values.map { $0 == Column.missingTime }
        case .sparse(let sparse): Array(repeating: false, count: sparse.count)
        }
    }

    /// How many values are missing.
    public var missingCount: Int {
        switch storage {
        case .number(let values): Column.count(values, by: Int64.self) { $0.isNaN }
        case .integer(_, let missing): missing.map { Column.count($0, by: Int32.self) { $0 } } ?? 0
        case .truth(let values): Column.count(values, by: Int32.self) { $0 == Column.missingTruth }
        case .text(let codes, _), .category(let codes, _): Column.count(codes, by: Int32.self) { $0 < 0 }
        case .date(let values): Column.count(values, by: Int32.self) { $0 == Column.missingDate }
        case .time(let values), .duration(let values): Column.count(values, by: Int64.self) { $0 == Column.missingTime }
        case .sparse: 0
        }
    }

    /// How many values have a property, without a branch: several at once where a sum is as wide as a value.
    @inline(__always)
    private static func count<Value, Sum: FixedWidthInteger>(_ values: [Value], by: Sum.Type, where isWanted: (Value) -> Bool) -> Int {
        values.withUnsafeBufferPointer { buffer in
            var count: Sum = 0
            for value in buffer { count &+= isWanted(value) ? 1 : 0 }
            return Int(count)
        }
    }

    /// The rows with these indices, in this order; a negative index gives a missing value (a join without a match).
    public func gathering(_ rows: [Int32]) -> Column {
        switch storage {
        case .number(let values): return Column(.number(Column.gather(values, rows, missing: .nan)))
        case .integer(let values, let missing):
            let hasGap = missing != nil || rows.contains { $0 < 0 }
            let mask = hasGap ? rows.map { $0 < 0 || missing?[Int($0)] == true } : nil
            return Column(.integer(Column.gather(values, rows, missing: 0), missing: mask?.contains(true) == true ? mask : nil))
        case .truth(let values): return Column(.truth(Column.gather(values, rows, missing: Column.missingTruth)))
        case .text(let codes, let levels): return Column(.text(Column.gather(codes, rows, missing: -1), levels))
        case .category(let codes, let levels): return Column(.category(Column.gather(codes, rows, missing: -1), levels))
        case .date(let values): return Column(.date(Column.gather(values, rows, missing: Column.missingDate)))
        case .time(let values): return Column(.time(Column.gather(values, rows, missing: Column.missingTime)))
        case .duration(let values): return Column(.duration(Column.gather(values, rows, missing: Column.missingTime)))
        case .sparse(let sparse):
            // A row without a source is a gap, which sparse numbers cannot hold.
            guard !rows.contains(where: { $0 < 0 }) else { return Column(.number(Column.gather(sparse.dense, rows, missing: .nan))) }
            return Column(.sparse(sparse.gathering(RowPlaces(rows, sourceCount: sparse.count))))
        }
    }

    /// The same as `gathering(rows)`, with the places that many sparse columns share; nil where there are none.
    public func gathering(_ rows: [Int32], places: RowPlaces?) -> Column {
        if case .sparse(let sparse) = storage, let places { return Column(.sparse(sparse.gathering(places))) }
        return gathering(rows)
    }

    /// Whether the values are kept as sparse numbers.
    public var isSparse: Bool { if case .sparse = storage { true } else { false } }

    /// Every index must be negative or below `values.count`.
    @inlinable
    static func gather<Element>(_ values: [Element], _ rows: [Int32], missing: Element) -> [Element] {
        values.withUnsafeBufferPointer { source in
            [Element](unsafeUninitializedCapacity: rows.count) { target, count in
                for position in rows.indices {
                    let row = Int(rows[position])
                    precondition(row < source.count)
                    (target.baseAddress! + position).initialize(to: row < 0 ? missing : source[row])
                }
                count = rows.count
            }
        }
    }

    /// A column of numbers; infinities become missing.
    public static func numbers(_ values: [Double]) -> Column {
        Column(.number(values.contains { $0.isInfinite } ? values.map { $0.isFinite ? $0 : .nan } : values))
    }

    /// A text column of these words, nil for missing; levels in order of first appearance.
    public static func text(_ words: [String?]) -> Column {
        var index: [String: Int32] = [:]
        var levels: [String] = []
        var codes: [Int32] = []
        codes.reserveCapacity(words.count)
        for word in words {
            guard let word else { codes.append(-1); continue }
            if let code = index[word] { codes.append(code); continue }
            let code = Int32(levels.count)
            index[word] = code
            levels.append(word)
            codes.append(code)
        }
        return Column(.text(codes, Levels(levels)))
    }

    /// A column of the given type from single values, for tests and small tables; values of another type become missing.
    public static func scalars(_ values: [Scalar], type: ColumnType) -> Column {
        switch type {
        case .number: return .numbers(values.map { $0.number ?? .nan })
        case .integer:
            let integers = values.map { value -> Int64? in if case .integer(let integer) = value { integer } else { nil } }
            let mask = integers.map { $0 == nil }
            return Column(.integer(integers.map { $0 ?? 0 }, missing: mask.contains(true) ? mask : nil))
        case .truth:
            return Column(.truth(values.map { if case .truth(let truth) = $0 { truth ? 1 : 0 } else { missingTruth } }))
        case .text: return .text(values.map { if case .text(let word) = $0 { word } else { nil } })
        case .category:
            guard case .text(let codes, let levels) = Column.scalars(values, type: .text).storage else { return .text([]) }
            return Column(.category(codes, levels))
        case .date: return Column(.date(values.map { if case .date(let days) = $0 { days } else { missingDate } }))
        case .time: return Column(.time(values.map { if case .time(let time) = $0 { time } else { missingTime } }))
        case .duration: return Column(.duration(values.map { if case .duration(let time) = $0 { time } else { missingTime } }))
        }
    }
}
