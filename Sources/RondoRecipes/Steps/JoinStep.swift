package import RondoFrame
package import RondoKernels
package import RondoLanguage

/// `join tax by standard(address)`: columns of another table beside each row, looked up by key; the rows stay as they are. With
/// `nearest` the record is the one nearest along an axis (`join rates by currency nearest day before`).
///
/// The step holds what it needs of the other table, so that a request that brings only the key is completed. Rows without a
/// record get missing values and are remarked. Where the rows have a column of that name already, its values count first and
/// its gaps are looked up, or the reverse.
package struct JoinStep: PlainStep {
    package static let kind = "join"

    /// Whose value counts where both tables have one.
    package enum Preference: String, Sendable, Hashable { case left, right }

    /// Keys of the current table, one for each key column of the other.
    package let keys: [Expression]
    /// The other table's key columns, one row a record.
    let keyColumns: Frame
    /// The other table's columns under the names they get, one row a record.
    package let records: Frame
    package let preference: Preference
    /// For an added column the columns of the current table that went into it when the other table was made from this one.
    package let origins: [String: Set<String>]
    /// How the nearest record is found, with its place in the other table; nil matches by keys alone.
    package let nearest: JoinNearest?
    private let finder: Finder

    private enum Finder: Sendable {
        case keys(Lookup)
        case nearest(NearestLookup)
    }

    /// - Parameters:
    ///   - other: the other table.
    ///   - otherKeys: its keys, one for each of `keys`.
    ///   - taking: its columns to add, with the names they get, in order.
    ///   - nearest: what must be nearest, and the other table's expression for it.
    /// - Throws: R0320 when several records have the same key; faults of the key expressions.
    package init(
        by keys: [Expression], with other: Frame, keys otherKeys: [Expression], taking: [(column: String, name: String)],
        preference: Preference = .left, nearest: JoinNearest? = nil, otherNearest: Expression? = nil,
        origins: [String: Set<String>] = [:], context: ComputeContext
    ) throws {
        var keyColumns = Frame(rowCount: other.rowCount)
        for (position, key) in otherKeys.enumerated() {
            try keyColumns.set("key \(position + 1)", try KeyExpression.column(key, of: other, context: context).compacted())
        }
        var records = Frame(rowCount: other.rowCount)
        for item in taking {
            guard records[item.name] == nil else {
                throw Fault(
                    "R0310", "two columns would be called \(item.name)", remedy: "write prefix \"other_\", or take fewer columns",
                    subject: item.name)
            }
            try records.set(item.name, try other.required(item.column).compacted())
        }
        let places = try nearest.map { nearest in
            try nearest.placed(at: try KeyExpression.column(otherNearest ?? nearest.key, of: other, context: context))
        }
        try self.init(
            keys: keys, keyColumns: keyColumns, records: records, preference: preference, nearest: places, origins: origins,
            context: context)
    }

    private init(
        keys: [Expression], keyColumns: Frame, records: Frame, preference: Preference, nearest: JoinNearest?,
        origins: [String: Set<String>], context: ComputeContext
    ) throws {
        guard keys.count == keyColumns.columnCount, !keys.isEmpty || nearest != nil else {
            throw Fault(
                "R0321", "\(keys.count) keys are matched with \(keyColumns.columnCount)", remedy: "give as many keys for both tables")
        }
        self.keys = keys
        self.keyColumns = keyColumns
        self.records = records
        self.preference = preference
        self.origins = origins
        guard nearest.map({ $0.column.count == keyColumns.rowCount }) ?? true else { throw StepArchive.damaged(Self.kind) }
        self.nearest = nearest
        let names = keys.map(SavedExpression.text)
        if let nearest {
            finder = .nearest(
                try NearestLookup(
                    keys: keyColumns.columns, names: names + [SavedExpression.text(nearest.key)], at: nearest.positions, context: context))
        } else {
            finder = .keys(try Lookup(keys: keyColumns.columns, names: names, context: context))
        }
    }

    /// All that is looked up: keys, and what must be nearest.
    private var expressions: [Expression] { keys + (nearest.map { [$0.key] } ?? []) }

    /// What a row must bring, in words.
    private var keyText: String { expressions.map(SavedExpression.text).joined(separator: ", ") }

    package func dependencies(in columns: [String]) -> [String: Set<String>] {
        let read = expressions.reduce(into: Set<String>()) { $0.formUnion($1.columnsRead) }
        let present = Set(columns)
        return records.names.reduce(into: [:]) { result, name in
            result[name] = read.union(origins[name] ?? []).union(present.contains(name) ? [name] : [])
        }
    }

    package func removes(in columns: [String]) -> Set<String> { [] }

    package func check(_ frame: Frame) throws { _ = try match(frame.gathering([]), context: ComputeContext()) }

    /// The record of each row, -1 without one, and how well they matched.
    package func match(_ frame: Frame, context: ComputeContext) throws -> (rows: [Int32], details: MatchDetails) {
        let (rows, left) = try found(frame, context: context)
        let right = keyColumns.columns + (nearest.map { [$0.column] } ?? [])
        return (rows, MatchDetails(rows, left: left, right: right, recordCount: keyColumns.rowCount))
    }

    /// The record of each row, and the columns that were looked up.
    private func found(_ frame: Frame, context: ComputeContext) throws -> (rows: [Int32], columns: [Column]) {
        let columns = try keys.map { try KeyExpression.column($0, of: frame, context: context) }
        switch finder {
        case .keys(let lookup): return (try lookup.match(columns, context: context).rows, columns)
        case .nearest(let lookup):
            guard let nearest else { return ([], columns) }
            let axis = try KeyExpression.column(nearest.key, of: frame, context: context)
            let limits = try nearest.limits(of: frame, context: context)
            let rows = try lookup.match(
                columns, at: try nearest.positions(of: axis), low: limits?.low, high: limits?.high, direction: nearest.direction,
                context: context)
            return (rows, columns + [axis])
        }
    }

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        try context.cancellation.check()
        // A request may bring the looked-up values themselves instead of the key.
        let lacksKey = expressions.contains { !$0.columnsRead.allSatisfy { frame[$0] != nil } }
        if lacksKey, preference == .left, records.columnCount > 0, records.names.allSatisfy({ frame[$0] != nil }) { return frame }
        let (rows, values) = try found(frame, context: context)
        remarks.note(.noMatch, column: keyText, rows: JoinStep.unmatched(rows, keys: values))
        var result = frame
        for (name, column) in zip(records.names, records.columns) {
            try context.cancellation.check()
            let found = column.gathering(rows)
            try result.set(name, try frame[name].map { try merged(name, $0, found) } ?? found)
        }
        return result
    }

    /// Rows with a whole key and no record; where a key is missing, the gap is what is to be said.
    private static func unmatched(_ rows: [Int32], keys: [Column]) -> [Int32] {
        let gaps = keys.map { $0.missingMask() }
        return Column.places(rows) { $0 < 0 }.filter { row in !gaps.contains { $0[Int(row)] } }
    }

    private func merged(_ name: String, _ given: Column, _ found: Column) throws -> Column {
        if given.missingCount == given.count { return found }
        let (given, found) =
            given.type.isNumeric && found.type.isNumeric && given.type != found.type ? (given.asNumber(), found.asNumber()) : (given, found)
        guard given.type == found.type || (given.type.isText && found.type.isText) else {
            throw typeFault(
                name, given.type, needs: "in the joined table it is \(found.type.phrase)",
                remedy: "give one of them another name, or write prefix \"other_\"")
        }
        let (first, second) = preference == .left ? (given, found.converted(to: given.type)) : (found, given.converted(to: found.type))
        let gaps = first.missingRows()
        return gaps.isEmpty ? first : first.replacing(gaps, with: second.gathering(gaps))
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? {
        guard expressions.allSatisfy({ $0.columnsRead.isDisjoint(with: lost) }) else { return nil }
        let left = records.keeping { name in !lost.contains(name) && (origins[name] ?? []).isDisjoint(with: lost) }
        guard left.columnCount > 0 else { return nil }
        return try? JoinStep(
            keys: keys, keyColumns: keyColumns, records: left, preference: preference, nearest: nearest,
            origins: origins.filter { left[$0.key] != nil }, context: ComputeContext())
    }

    package var summary: String? {
        switch finder {
        case .keys(let lookup): "\(grouped(lookup.keyCount)) records"
        case .nearest(let lookup): "\(grouped(lookup.recordCount)) records"
        }
    }

    package func archive() -> Archive {
        let named = origins.keys.sorted()
        var archive = Archive([
            "keys": .words(keys.map(SavedExpression.text)), "origin_columns": .words(named),
            "origins": .archives(named.map { Archive(["columns": .words((origins[$0] ?? []).sorted())]) }),
        ])
        archive.set("key_columns", keyColumns.archive())
        archive.set("records", records.archive())
        archive.set("preference", preference.rawValue)
        if let nearest { archive.set("nearest", nearest.archive()) }
        return archive
    }

    package init(archive: Archive) throws {
        let named = try archive.words("origin_columns")
        let sources = try archive.archives("origins").map { Set(try $0.words("columns")) }
        let (keyColumns, records) = (
            try Frame(archive: try archive.archive("key_columns")), try Frame(archive: try archive.archive("records"))
        )
        guard let preference = Preference(rawValue: try archive.word("preference")), named.count == sources.count,
            records.columnCount == 0 || records.rowCount == keyColumns.rowCount
        else { throw StepArchive.damaged(Self.kind) }
        try self.init(
            keys: try archive.words("keys").map(SavedExpression.expression), keyColumns: keyColumns, records: records,
            preference: preference,
            nearest: archive["nearest"] == nil ? nil : try JoinNearest(archive: try archive.archive("nearest")),
            origins: Dictionary(zip(named, sources)) { first, _ in first }, context: ComputeContext())
    }
}
