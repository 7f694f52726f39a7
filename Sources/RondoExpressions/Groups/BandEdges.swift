import RondoFrame
import RondoKernels

/// Bands of numbers, dates or durations: edges between them and a name for each; the lower edge counts.
struct BandEdges: Sendable {
    /// Rising; values below the first edge make the first band.
    let edges: [Double]
    /// One more than edges.
    let labels: Levels

    init(edges: [Double], type: ValueType) {
        self.edges = edges
        labels = Levels(BandEdges.labels(edges, type))
    }

    /// Bands read back from a file, with their names.
    init(edges: [Double], labels: [String]) throws {
        guard labels.count == edges.count + 1, zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw Fault("R0590", "the saved bands do not fit together", remedy: "the file is damaged: deploy or save it again")
        }
        self.edges = edges
        self.labels = Levels(labels)
    }

    /// Written edges, or edges that cut the known values into bands of equal counts (values of the data, so that they can be read).
    static func learned(_ bands: CheckedGroup.Bands, from column: Column, type: ValueType) throws -> BandEdges {
        switch bands {
        case .edges(let edges): return BandEdges(edges: edges, type: type)
        case .count(let count):
            let values = positions(column).filter { !$0.isNaN }
            let order = Sorting.order(values)
            var edges: [Double] = []
            for band in 1..<max(count, 2) where !order.isEmpty {
                let edge = values[order[min(order.count - 1, band * order.count / count)]]
                if edge > edges.last ?? values[order[0]] { edges.append(edge) }
            }
            return BandEdges(edges: edges, type: type)
        }
    }

    /// The band of each value as an ordered category; missing stays missing.
    func banded(_ column: Column) -> Column {
        let codes = BandEdges.positions(column).map { value -> Int32 in
            if value.isNaN { return -1 }
            var low = 0
            var high = edges.count
            while low < high {
                let middle = (low + high) / 2
                if edges[middle] <= value { low = middle + 1 } else { high = middle }
            }
            return Int32(low)
        }
        return Column(.category(codes, labels))
    }

    /// Where values lie: numbers as they are, dates in days, times and durations in microseconds; NaN for missing.
    private static func positions(_ column: Column) -> [Double] {
        switch column.storage {
        case .time(let values), .duration(let values): values.map { $0 == Column.missingTime ? .nan : Double($0) }
        default: column.numbers()
        }
    }

    /// Where an edge lies on the scale of values of this type; nil when it is of another type.
    static func position(_ value: Scalar, type: ValueType) -> Double? {
        switch (value, type) {
        case (.integer, .number), (.integer, .integer), (.number, .number), (.number, .integer): return value.number
        case (.date(let days), .date): return Double(days)
        case (.date(let days), .time):
            let time = Conversion.microseconds(days: days, plus: 0)
            return time == Column.missingTime ? nil : Double(time)
        case (.time(let time), .time): return Double(time)
        case (.time(let time), .date): return Double(CivilCalendar.split(time).days)
        case (.text(let word), .date), (.text(let word), .time): return MomentReading.read(word).flatMap { position($0, type: type) }
        case (.duration(let span), .duration), (.duration(let span), .days), (.duration(let span), .months): return Double(span)
        default: return nil
        }
    }

    // MARK: names

    private static func labels(_ edges: [Double], _ type: ValueType) -> [String] {
        guard let first = edges.first, let last = edges.last else { return ["all"] }
        let words = edges.map { word($0, type) }
        let isMoment = type.isMoment
        var labels = ["\(isMoment ? "before" : "under") \(word(first, type))"]
        for (low, high) in zip(words, words.dropFirst()) { labels.append("\(low) to \(high)") }
        labels.append("\(word(last, type)) \(isMoment ? "and later" : "and more")")
        return labels
    }

    private static func word(_ edge: Double, _ type: ValueType) -> String {
        switch type {
        case .date: return CivilCalendar.text(days: Int32(clamping: Int64(edge)))
        case .time:
            let (days, rest) = CivilCalendar.split(Int64(edge))
            return rest == 0 ? CivilCalendar.text(days: days) : CivilCalendar.text(microseconds: Int64(edge))
        case .duration, .days, .months:
            let days = edge / Double(CivilCalendar.microsecondsPerDay)
            if days == days.rounded() { return "\(Scalar.plain(days)) days" }
            return "\(Scalar.plain(edge / 1_000_000)) s"
        default: return short(edge)
        }
    }

    /// `200k`, `1.5M`; numbers below ten thousand, years among them, in full.
    private static func short(_ value: Double) -> String {
        for (unit, suffix) in [(1e9, "B"), (1e6, "M"), (1e3, "k")] where value.magnitude >= max(unit, 1e4) {
            let share = value / unit
            if share * 100 == (share * 100).rounded() { return Scalar.plain(share) + suffix }
        }
        return Scalar.plain(value)
    }
}
