import RondoKernels

extension Frame {
    /// The rows of all tables below each other. Columns are matched by name in order of first appearance; a column that a table lacks
    /// is missing there; integer and number become number, text and category text; other types that differ throw a `Fault`.
    public static func concatenated(_ frames: [Frame]) throws -> Frame {
        var names: [String] = []
        var seen: Set<String> = []
        for frame in frames { for name in frame.names where seen.insert(name).inserted { names.append(name) } }
        guard !names.isEmpty else { return Frame(rowCount: frames.reduce(0) { $0 + $1.rowCount }) }
        return try Frame(
            names.map { name in
                let present = frames.compactMap { $0[name] }
                let type = try Column.commonType(present, name)
                let parts = frames.map { $0[name] ?? Column.missing(type, count: $0.rowCount) }
                return (name, Column.concatenated(parts, type))
            })
    }
}

extension Column {
    /// A column of missing values.
    public static func missing(_ type: ColumnType, count: Int) -> Column {
        switch type {
        case .number: Column(.number(Array(repeating: .nan, count: count)))
        case .integer: Column(.integer(Array(repeating: 0, count: count), missing: count > 0 ? Array(repeating: true, count: count) : nil))
        case .truth: Column(.truth(Array(repeating: missingTruth, count: count)))
        case .text: Column(.text(Array(repeating: -1, count: count), Levels([])))
        case .category: Column(.category(Array(repeating: -1, count: count), Levels([])))
        case .date: Column(.date(Array(repeating: missingDate, count: count)))
        case .time: Column(.time(Array(repeating: missingTime, count: count)))
        case .duration: Column(.duration(Array(repeating: missingTime, count: count)))
        }
    }

    /// The type that holds the values of all columns.
    static func commonType(_ columns: [Column], _ name: String) throws -> ColumnType {
        // A column without any value takes the type of the others.
        let filled = columns.filter { $0.missingCount < $0.count }
        let types = (filled.isEmpty ? columns : filled).map(\.type)
        guard let first = types.first else { return .number }
        return try types.dropFirst().reduce(first) { type, next in
            if type == next { return type }
            if type.isNumeric, next.isNumeric { return .number }
            if type.isText, next.isText { return .text }
            throw Fault(
                "R0323", "\(name) is \(type.rawValue) in one table and \(next.rawValue) in another",
                remedy: "bring both to one type: cast \(name) \(type.isText || next.isText ? "text" : type.rawValue)", subject: name)
        }
    }

    /// The values of all parts below each other as one column of a type that holds them.
    static func concatenated(_ parts: [Column], _ type: ColumnType) -> Column {
        let sparse = parts.compactMap { part -> SparseNumbers? in if case .sparse(let values) = part.storage { values } else { nil } }
        if sparse.count == parts.count, !sparse.isEmpty { return Column(.sparse(.concatenated(sparse))) }
        let parts = parts.map { $0.missingCount == $0.count ? missing(type, count: $0.count) : $0 }
        switch type {
        case .number: return Column(.number(parts.flatMap { $0.numbers() }))
        case .integer:
            let gaps = parts.contains { if case .integer(_, .some) = $0.storage { true } else { false } }
            let values = parts.flatMap { part -> [Int64] in if case .integer(let values, _) = part.storage { values } else { [] } }
            return Column(.integer(values, missing: gaps ? parts.flatMap { $0.missingMask() } : nil))
        case .truth:
            return Column(.truth(parts.flatMap { part -> [UInt8] in if case .truth(let values) = part.storage { values } else { [] } }))
        case .text, .category: return joinedWords(parts, type)
        case .date:
            return Column(.date(parts.flatMap { part -> [Int32] in if case .date(let values) = part.storage { values } else { [] } }))
        case .time: return Column(.time(parts.flatMap { $0.microseconds() }))
        case .duration: return Column(.duration(parts.flatMap { $0.microseconds() }))
        }
    }

    private func microseconds() -> [Int64] {
        switch storage {
        case .time(let values), .duration(let values): values
        default: []
        }
    }

    /// Levels of later parts follow those of earlier ones.
    private static func joinedWords(_ parts: [Column], _ type: ColumnType) -> Column {
        var index: [String.UTF8Key: Int32] = [:]
        var words: [String] = []
        var all: [Int32] = []
        for part in parts {
            guard case .text(let codes, let levels) = part.asText.storage else { continue }
            let map = levels.words.map { word -> Int32 in
                let key = String.UTF8Key(word)
                if let known = index[key] { return known }
                let code = Int32(words.count)
                index[key] = code
                words.append(word)
                return code
            }
            all.append(contentsOf: codes.lazy.map { $0 < 0 ? -1 : map[Int($0)] })
        }
        return Column(type == .category ? .category(all, Levels(words)) : .text(all, Levels(words)))
    }

    private var asText: Column { if case .category(let codes, let levels) = storage { Column(.text(codes, levels)) } else { self } }
}
