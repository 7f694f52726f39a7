import RondoFrame
import RondoKernels

extension Frame {
    /// The column of this name; throws R0350 when the table lacks it.
    func required(_ name: String) throws -> Column {
        if let column = self[name] { return column }
        let known = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
        throw Fault(
            "R0350", "the rows have no column \(name)",
            remedy: names.isEmpty ? "give the rows a column \(name)" : "give the rows a column \(name); they have \(known)", subject: name)
    }

    /// The column of this name in the learning rows only.
    /// - Parameter places: where these rows go, for many sparse columns at once.
    func learning(_ name: String, _ rows: [Int32]?, places: RowPlaces? = nil) throws -> Column {
        let column = try required(name)
        guard let rows else { return column }
        return column.gathering(rows, places: places)
    }

    /// Throws R0350 for the first of these columns that the table lacks.
    func require(_ wanted: [String]) throws {
        for name in wanted { _ = try required(name) }
    }
}

extension Column {
    /// Rows whose value is missing, ascending.
    func missingRows() -> [Int32] {
        switch storage {
        case .number(let values): Column.places(values) { $0.isNaN }
        case .integer(_, let missing): missing.map { Column.places($0) { $0 } } ?? []
        case .truth(let values): Column.places(values) { $0 == Column.missingTruth }
        case .text(let codes, _), .category(let codes, _): Column.places(codes) { $0 < 0 }
        case .date(let values): Column.places(values) { $0 == Column.missingDate }
        case .time(let values), .duration(let values): Column.places(values) { $0 == Column.missingTime }
        case .sparse: []
        }
    }

    @inline(__always)
    static func places<Element>(_ values: [Element], where passes: (Element) -> Bool) -> [Int32] {
        var rows: [Int32] = []
        for (row, value) in values.enumerated() where passes(value) { rows.append(Int32(truncatingIfNeeded: row)) }
        return rows
    }

    /// Whether values can be counted on as numbers: number, integer or truth.
    var isCountable: Bool { type.isNumeric || type == .truth }
}

/// The fault of a column whose type a step cannot work on.
func typeFault(_ column: String, _ type: ColumnType, needs: String, remedy: String) -> Fault {
    Fault("R0351", "\(column) is \(type.phrase), \(needs)", remedy: remedy, subject: column)
}

extension ColumnType {
    /// The type with its article: `a number`, `an integer`, `text`.
    var phrase: String {
        switch self {
        case .number: "a number"
        case .integer: "an integer"
        case .truth: "a truth value"
        case .text: "text"
        case .category: "a category"
        case .date: "a date"
        case .time: "a time"
        case .duration: "a duration"
        }
    }
}

/// `50512` as `50,512`.
func grouped(_ count: Int) -> String {
    var digits = String(count.magnitude)
    var parts: [String] = []
    while digits.count > 3 {
        parts.append(String(digits.suffix(3)))
        digits.removeLast(3)
    }
    return (count < 0 ? "-" : "") + ([digits] + parts.reversed()).joined(separator: ",")
}
