package import RondoFrame
package import RondoKernels

/// `encode sold_on parts` and `encode sold_on cycle`: whole numbers for parts of dates and times, or sine and cosine of their cycles.
///
/// The moment itself stays: splits, windows and families that take points in time read it. On a cycle the end lies next to the
/// beginning, as December does to January: position (part - first) / length of one turn.
package struct EncodeDatesStep: PlainStep {
    package static let kind = "encode_dates"

    package enum Part: String, Sendable, Hashable, CaseIterable {
        case year, quarter, month, week, day, weekday, hour, minute

        /// Whether only times have it.
        package var needsTime: Bool { self == .hour || self == .minute }
        /// Whether it comes round again.
        package var isCycle: Bool { self != .year && self != .week }
        /// Parts without a list, for a date or a time.
        package static func usual(cycle: Bool, time: Bool) -> [Part] {
            (cycle ? [.month, .weekday] : [.year, .month, .day, .weekday]) + (time ? [.hour] : [])
        }
    }

    package struct Item: Sendable, Hashable {
        package let column: String
        package let parts: [Part]

        package init(column: String, parts: [Part]) {
            self.column = column
            self.parts = parts
        }
    }
    package let items: [Item]
    package let isCycle: Bool

    package init(_ items: [Item], cycle: Bool) {
        self.items = items
        isCycle = cycle
    }

    private func names(_ column: String, _ part: Part) -> [String] {
        isCycle ? ["\(column)_\(part.rawValue)_sin", "\(column)_\(part.rawValue)_cos"] : ["\(column)_\(part.rawValue)"]
    }

    package func dependencies(in columns: [String]) -> [String: Set<String>] {
        Dictionary(items.flatMap { item in item.parts.flatMap { names(item.column, $0) }.map { ($0, [item.column]) } }) { first, _ in first
        }
    }

    package var effect: ValueEffect { .recodes }

    package func removes(in columns: [String]) -> Set<String> { [] }

    package func check(_ frame: Frame) throws {
        for item in items {
            let column = try frame.required(item.column)
            guard column.type.isMoment else {
                throw typeFault(
                    item.column, column.type, needs: "\(isCycle ? "cycles" : "parts") are of dates and times",
                    remedy: "cast \(item.column) date")
            }
            if column.type == .date, let part = item.parts.first(where: \.needsTime) {
                throw typeFault(
                    item.column, column.type, needs: "which has no \(part.rawValue)", remedy: "leave \(part.rawValue) out of the list")
            }
            for name in item.parts.flatMap({ names(item.column, $0) }) where frame[name] != nil {
                throw Fault("R0311", "there is a column \(name) already", remedy: "rename \(name) as old_\(name)", subject: name)
            }
        }
    }

    package func apply(to frame: Frame, remarks: inout StepRemarks, context: ComputeContext) throws -> Frame {
        var result = frame
        for item in items {
            try context.cancellation.check()
            let moments = try Moment.all(try frame.required(item.column), item.column)
            for part in item.parts {
                let made = names(item.column, part)
                if isCycle {
                    let turns = moments.map { $0.map { Self.turn($0, part) } }
                    let points = turns.map { $0.map { Elementary.sineAndCosine(turns: $0) } }
                    try result.set(made[0], Column(.number(points.map { $0?.sine ?? .nan })))
                    try result.set(made[1], Column(.number(points.map { $0?.cosine ?? .nan })))
                } else {
                    let values = moments.map { $0.map { Int64($0.value(part)) } }
                    let missing = values.map { $0 == nil }
                    try result.set(
                        made[0], Column(.integer(values.map { $0 ?? 0 }, missing: missing.contains(true) ? missing : nil)))
                }
            }
        }
        return result
    }

    /// How far round its cycle a moment is, from 0 to below 1.
    private static func turn(_ moment: Moment, _ part: Part) -> Double {
        let value = moment.value(part)
        switch part {
        case .quarter: return Double(value - 1) / 4
        case .month: return Double(value - 1) / 12
        case .day:
            let (year, month, _) = CivilCalendar.date(days: moment.days)
            return Double(value - 1) / Double(CivilCalendar.daysInMonth(year: year, month: month))
        case .weekday: return Double(value - 1) / 7
        case .hour: return Double(value) / 24
        case .minute: return Double(value) / 60
        case .year, .week: return 0
        }
    }

    package func without(_ lost: Set<String>) -> (any FittedStep)? {
        let left = items.filter { !lost.contains($0.column) }
        return left.isEmpty ? nil : EncodeDatesStep(left, cycle: isCycle)
    }

    package func archive() -> Archive {
        var archive = Archive([
            "items": .archives(
                items.map { item in
                    var archive = Archive(["parts": .words(item.parts.map(\.rawValue))])
                    archive.set("column", item.column)
                    return archive
                })
        ])
        archive.set("cycle", isCycle ? 1 : 0)
        return archive
    }

    package init(archive: Archive) throws {
        isCycle = try archive.integer("cycle") == 1
        items = try archive.archives("items").map { archive in
            let parts = try archive.words("parts").map { Part(rawValue: $0) }
            guard !parts.contains(nil) else { throw StepArchive.damaged(Self.kind) }
            return Item(column: try archive.word("column"), parts: parts.compactMap { $0 })
        }
    }

    /// A date or time in its two numbers.
    private struct Moment {
        let days: Int32
        /// Microseconds of the day.
        let rest: Int64

        /// The moments of a column, nil where missing; a column of another type without a value has none.
        static func all(_ column: Column, _ name: String) throws -> [Moment?] {
            switch column.storage {
            case .date(let values): return values.map { $0 == Column.missingDate ? nil : Moment(days: $0, rest: 0) }
            case .time(let values):
                return values.map { value in
                    guard value != Column.missingTime else { return nil }
                    let (days, rest) = CivilCalendar.split(value)
                    return Moment(days: days, rest: rest)
                }
            default:
                guard column.missingCount == column.count else {
                    throw typeFault(name, column.type, needs: "in training it was a date", remedy: "cast \(name) date")
                }
                return Array(repeating: nil, count: column.count)
            }
        }

        func value(_ part: Part) -> Int {
            let (year, month, day) = CivilCalendar.date(days: days)
            switch part {
            case .year: return year
            case .quarter: return (month - 1) / 3 + 1
            case .month: return month
            case .week: return CivilCalendar.week(days: days)
            case .day: return day
            case .weekday: return CivilCalendar.weekday(days: days)
            case .hour: return Int(rest / 3_600_000_000)
            case .minute: return Int(rest / 60_000_000 % 60)
            }
        }
    }
}
