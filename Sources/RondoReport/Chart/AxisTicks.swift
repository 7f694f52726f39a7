import RondoKernels

#if canImport(Glibc)
    import Glibc  // links the C library of mathematics, which `rounded()` calls
#endif

/// Where an axis has its marks, at round numbers (1, 2, 5 times a power of ten) or round dates, and what stands there.
struct AxisTicks: Sendable, Hashable {
    var values: [Double]
    var labels: [String]

    /// About `wanted` marks between two values; numbers of an axis of dates are days, of times seconds, since 1970-01-01.
    init(from low: Double, to high: Double, axis: ChartBlock.Axis = .number, wanted: Int = 5) {
        values = []
        labels = []
        guard low.isFinite, high.isFinite, low <= high, wanted > 0 else { return }
        switch axis {
        case .number: numbers(low, high, wanted)
        case .date: dates(low, high, wanted, scale: 1)
        case .time: if high - low > 3 * 86_400 { dates(low, high, wanted, scale: 86_400) } else { clock(low, high, wanted) }
        }
    }

    /// The smallest of 1, 2, 5 times a power of ten that is not below three quarters of a positive number.
    static func niceStep(_ raw: Double) -> Double {
        guard raw.isFinite, raw > 0 else { return 1 }
        var power = 1.0
        while power * 10 <= raw, power < 1e300 { power *= 10 }
        while power > raw, power > 1e-300 { power /= 10 }
        for factor in [1.0, 2, 5, 10] where power * factor >= raw * 0.75 { return power * factor }
        return power * 10
    }

    private mutating func numbers(_ low: Double, _ high: Double, _ wanted: Int) {
        guard high > low else {
            values = [low]
            labels = [AxisTicks.label(low, step: nil)]
            return
        }
        let step = AxisTicks.niceStep((high - low) / Double(wanted))
        let first = (low / step - 1e-9).rounded(.up)
        let last = (high / step + 1e-9).rounded(.down)
        guard first.magnitude < 1e15, last.magnitude < 1e15, last - first < 100, last >= first else { return }
        for index in Int(first)...Int(last) {
            let value = AxisTicks.multiple(index, of: step)
            values.append(value)
        }
        labels = AxisTicks.labels(values, step: step)
    }

    /// A multiple of a step without the dust of binary fractions.
    private static func multiple(_ index: Int, of step: Double) -> Double {
        step < 1 ? Double(index) / (1 / step).rounded() : Double(index) * step
    }

    /// Marks of one axis, thousands all with the same suffix: `0`, `2k`, `10k` and not `2,000` beside `10k`.
    private static func labels(_ values: [Double], step: Double) -> [String] {
        let largest = values.map(\.magnitude).max() ?? 0
        let short = values.map { DecimalDigits($0 / 1e3).rounded(decimals: 3) }
        guard largest >= 1e4, largest < 1e6, short.allSatisfy({ $0.decimals <= 2 }) else { return values.map { label($0, step: step) } }
        return short.map { $0.isZero ? "0" : $0.text() + "k" }
    }

    /// `200k`, `1.5M`, `0.05`: short, as the axis' step allows.
    static func label(_ value: Double, step: Double?) -> String {
        if value == 0 { return "0" }
        let size = value.magnitude
        if size < 1e-4 || size >= 1e15 { return DecimalDigits(value).rounded(significant: 3).scientific() }
        for (limit, suffix) in [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e4, "k")] where size >= limit {
            let unit = suffix == "k" ? 1e3 : limit
            let short = DecimalDigits(value / unit).rounded(decimals: 3)
            if step == nil || short.decimals <= 2 { return short.rounded(decimals: 2).text() + suffix }
        }
        return step == nil ? DecimalDigits(value).rounded(significant: 4).text() : DecimalDigits(value).rounded(significant: 10).text()
    }

    // MARK: dates

    private mutating func dates(_ low: Double, _ high: Double, _ wanted: Int, scale: Double) {
        let first = low / scale
        let last = high / scale
        guard first.magnitude < 3_000_000, last.magnitude < 3_000_000 else { return numbers(low, high, wanted) }
        let days = max(1, (last - first) / Double(wanted))
        func add(_ day: Int32, _ label: String) {
            guard Double(day) >= first - 1e-9, Double(day) <= last + 1e-9 else { return }
            values.append(Double(day) * scale)
            labels.append(label)
        }
        if days <= 20 {
            let step = [1, 2, 7, 14].first { Double($0) >= days * 0.999 } ?? 14
            var day = Int(first.rounded(.down))
            if step >= 7 { day -= CivilCalendar.weekday(days: Int32(day)) - 1 } else { day -= ((day % step) + step) % step }
            while day <= Int(last.rounded(.up)) {
                add(Int32(day), CivilCalendar.text(days: Int32(day)))
                day += step
            }
            return
        }
        let monthsWanted = days / 30.44
        let yearStep = Int(AxisTicks.niceStep(monthsWanted / 12))
        let months = [1, 2, 3, 6].first { Double($0) >= monthsWanted * 0.999 } ?? 12 * max(1, yearStep)
        var month = CivilCalendar.date(days: Int32(first)).year * 12
        let final = CivilCalendar.date(days: Int32(last)).year * 12 + 12
        month -= ((month % months) + months) % months
        while month <= final {
            let year = month >= 0 ? month / 12 : (month - 11) / 12
            if let day = CivilCalendar.days(year: year, month: month - year * 12 + 1, day: 1) {
                let text = CivilCalendar.text(days: day)
                add(day, months % 12 == 0 ? String(text.dropLast(6)) : String(text.dropLast(3)))
            }
            month += months
        }
    }

    private mutating func clock(_ low: Double, _ high: Double, _ wanted: Int) {
        let raw = (high - low) / Double(wanted)
        let steps: [Double] = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400]
        guard raw >= 0.5, low.magnitude < 1e12, high.magnitude < 1e12 else { return numbers(low, high, wanted) }
        let step = steps.first { $0 >= raw * 0.999 } ?? 86_400
        var index = (low / step - 1e-9).rounded(.up)
        while index * step <= high + 1e-6, values.count < 100 {
            let value = index * step
            let text = CivilCalendar.text(microseconds: Int64(value * 1_000_000))
            values.append(value)
            let time = step >= 60 ? String(text.dropFirst(11).prefix(5)) : String(text.dropFirst(11).prefix(8))
            labels.append(value.truncatingRemainder(dividingBy: 86_400) == 0 ? String(text.prefix(10)) : time)
            index += 1
        }
    }

    /// A single position of an axis in words.
    static func text(_ value: Double, axis: ChartBlock.Axis, numbers: NumberText = NumberText()) -> String {
        switch axis {
        case .number: return numbers.text(Scalar(value), .number)
        case .date:
            guard let day = Int32(exactly: value.rounded(.down)) else { return numbers.text(Scalar(value), .number) }
            return CivilCalendar.text(days: day)
        case .time:
            guard value.magnitude < 9e12 else { return numbers.text(Scalar(value), .number) }
            return CivilCalendar.text(microseconds: Int64((value * 1_000_000).rounded()))
        }
    }
}
