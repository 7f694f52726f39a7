package import RondoFrame
import RondoKernels
package import RondoLanguage

/// Which rows a part or window means.
package enum PartSelection {
    /// Row indices of the table, ascending.
    /// - Parameter moment: the column that windows are measured on (`at` of the goal, else the only date column).
    /// - Throws: `Diagnostic` when there is no split, or no date column for a window.
    package static func rows(_ part: Part, of table: Table, frame: Frame, moment: String?) throws -> [Int32] {
        switch part {
        case .all: return (0..<Int32(frame.rowCount)).map { $0 }
        case .train, .validation, .test:
            guard let split = table.split else {
                throw Diagnostic("R0430", "\(table.name) has not been split", span: nil, remedy: "split 60/20/20")
            }
            let rows = part == .train ? split.trainRows : part == .validation ? split.validationRows : split.testRows
            guard !rows.isEmpty else {
                throw Diagnostic("R0431", "the split of \(table.name) has no \(name(part)) part", span: nil, remedy: "split 60/20/20")
            }
            return rows
        case .last(let duration):
            let (days, _) = try moments(table, frame, moment)
            guard let newest = days.filter({ $0 != Column.missingDate }).max() else { return [] }
            let start = earlier(than: newest, by: duration)
            return indices(days) { $0 > start && $0 <= newest }
        case .dates(let low, let high):
            let (days, _) = try moments(table, frame, moment)
            return indices(days) { $0 >= low.days && $0 <= high.days }
        }
    }

    package static func name(_ part: Part) -> String {
        switch part {
        case .train: "train"
        case .validation: "validation"
        case .test: "test"
        case .all: "all"
        case .last: "last"
        case .dates: "dates"
        }
    }

    private static func indices(_ days: [Int32], _ passes: (Int32) -> Bool) -> [Int32] {
        days.indices.filter { days[$0] != Column.missingDate && passes(days[$0]) }.map { Int32($0) }
    }

    /// Calendar months before the newest row for months, quarters, years; else that length of time.
    private static func earlier(than newest: Int32, by duration: DurationLiteral) -> Int32 {
        if let months = duration.months, months == months.rounded(), abs(months) < 100_000 {
            return CivilCalendar.adding(months: -Int(months), to: newest)
        }
        let days = duration.seconds / 86_400
        return days.isFinite && abs(days) < 1e8 ? newest &- Int32(days.rounded()) : newest
    }

    /// Days of the moment column.
    package static func moments(_ table: Table, _ frame: Frame, _ moment: String?) throws -> (days: [Int32], column: String) {
        let dates = frame.names.filter { frame[$0]?.type.isMoment == true }
        guard let name = moment ?? (dates.count == 1 ? dates[0] : nil), let column = frame[name] else {
            throw Diagnostic(
                "R0432",
                dates.isEmpty
                    ? "\(table.name) has no date column" : "\(table.name) has several date columns: \(dates.joined(separator: ", "))",
                span: nil, remedy: "name the one that counts in the goal: at COLUMN")
        }
        switch column.storage {
        case .date(let days): return (days, name)
        case .time(let times):
            return (times.map { $0 == Column.missingTime ? Column.missingDate : CivilCalendar.split($0).days }, name)
        default: throw Diagnostic("R0433", "\(name) holds no dates", span: nil, remedy: "cast \(name) date")
        }
    }
}
