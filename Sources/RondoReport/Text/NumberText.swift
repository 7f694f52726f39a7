package import RondoKernels

/// Numbers as people read them: `50,512`, `8.1 %`, `$254,000`, `3 min 20 s`, `1.4 MB`.
package struct NumberText: Sendable, Hashable {
    /// Significant digits wished by `set digits`; nil leaves the choice to the style.
    package var digits: Int?
    /// The unit of amounts of money that name none themselves (the goal's unit).
    package var currency: String?
    /// What stands for a missing value.
    package var missing: String

    package init(digits: Int? = nil, currency: String? = nil, missing: String = "missing") {
        self.digits = digits.map { max(1, min(17, $0)) }
        self.currency = currency
        self.missing = missing
    }

    package func text(_ figure: Figure) -> String { text(figure.value, figure.style, unit: figure.unit) }

    /// A number of things inside a sentence or caption: `20,640`.
    package static func count(_ value: Int) -> String { DecimalDigits(Int64(value)).text() }

    /// One value in a style; text, truth and dates are shown as they are.
    package func text(_ value: Scalar, _ style: NumberStyle = .number, unit: String? = nil) -> String {
        text(value, style, unit: unit, decimals: nil)
    }

    /// A calendar year, or a mean of years: no marks between thousands, at most one decimal.
    func year(_ value: Scalar) -> String {
        guard let number = value.number else { return text(value, .plain) }
        return DecimalDigits(number).rounded(decimals: 1).text(grouped: false)
    }

    /// One column of a table as it is shown: some of its rows, nil for rows that are left out.
    func column(_ index: Int, of table: TableBlock, rows: [Int?]) -> [String] {
        let column = table.columns[index]
        let values: [Scalar] = rows.map { row in
            row.flatMap { index < table.rows[$0].count ? table.rows[$0][index] : nil } ?? .missing
        }
        let texts = self.column(values, column.style)
        if let decimals = table.decimals, digits == nil, column.style == .number {
            return zip(values, texts).map { value, text in
                value.number.map { DecimalDigits($0).rounded(decimals: decimals).text(minimumDecimals: decimals) } ?? text
            }
        }
        guard column.style == .number, !table.yearRows.isEmpty else { return texts }
        return zip(zip(rows, values), texts).map { place, text in
            guard let row = place.0, table.yearRows.contains(row), let number = place.1.number, (1000..<3000).contains(number) else {
                return text
            }
            return year(place.1)
        }
    }

    /// The values of one column of a table, with equal decimals where their sizes allow it; missing is `-`.
    package func column(_ values: [Scalar], _ style: NumberStyle) -> [String] {
        let decimals = commonDecimals(values, style)
        var numbers = self
        numbers.missing = "-"
        return values.map { numbers.text($0, style, unit: nil, decimals: decimals) }
    }

    private func text(_ value: Scalar, _ style: NumberStyle, unit: String?, decimals: Int?) -> String {
        switch value {
        case .missing: return missing
        case .truth, .text, .date, .time: return value.plainText
        case .duration(let microseconds): return NumberText.seconds(Double(microseconds) / 1_000_000)
        case .integer(let integer):
            if style == .plain { return String(integer) + after(unit) }
            if style == .count || style == .number { return DecimalDigits(integer).text() + after(unit) }
            return number(Double(integer), style, unit, decimals)
        case .number(let number):
            guard number.isFinite else { return missing }
            return self.number(number, style, unit, decimals)
        }
    }

    private func number(_ value: Double, _ style: NumberStyle, _ unit: String?, _ decimals: Int?) -> String {
        switch style {
        case .plain: return Scalar.plain(value) + after(unit)
        case .count, .number: return plain(value, decimals) + after(unit)
        case .percent: return percent(value, decimals)
        case .money: return money(value, unit ?? currency, decimals)
        case .seconds: return NumberText.seconds(value)
        case .bytes: return NumberText.bytes(value)
        }
    }

    private func after(_ unit: String?) -> String { unit.map { $0.isEmpty ? "" : " " + $0 } ?? "" }

    // MARK: styles

    private func plain(_ value: Double, _ decimals: Int?) -> String {
        let all = DecimalDigits(value)
        if value != 0, value.magnitude < 1e-4 || value.magnitude >= 1e15 { return all.rounded(significant: digits ?? 4).scientific() }
        if all.decimals == 0 { return all.text(minimumDecimals: decimals ?? 0) }
        let places = decimals ?? NumberText.places(all, digits)
        return all.rounded(decimals: places).text(minimumDecimals: decimals ?? 0)
    }

    /// Decimals that matter: four significant digits, five from a thousand on, none from ten thousand on.
    private static func places(_ number: DecimalDigits, _ digits: Int?) -> Int {
        if let digits { return max(0, digits - number.point) }
        return number.point >= 5 ? 0 : number.point == 4 ? 1 : 4 - number.point
    }

    private func percent(_ value: Double, _ decimals: Int?) -> String {
        var share = DecimalDigits(value)
        if share.isZero { return share.text(minimumDecimals: decimals ?? 0) + " %" }
        share.point += 2
        if share.point > 15 { return share.rounded(significant: 4).scientific() + " %" }
        let places = digits.map { max(0, $0 - share.point) } ?? NumberText.percentPlaces(share)
        return share.rounded(decimals: max(places, decimals ?? 0)).text(minimumDecimals: decimals ?? min(places, share.decimals)) + " %"
    }

    /// One decimal; more where fewer would show 0 % or 100 % for what is neither.
    private static func percentPlaces(_ share: DecimalDigits) -> Int {
        if share.decimals == 0 { return 0 }
        if share.point < 0 { return 2 - share.point }
        if share.point == 2, share.rounded(decimals: 1).point == 3 {
            var places = 2
            while places < 6, share.rounded(decimals: places).point == 3 { places += 1 }
            return places
        }
        return 1
    }

    private static let symbolsBefore: Set<String> = ["$", "€", "£", "¥", "₹", "₩", "US$", "C$", "A$"]

    private func money(_ value: Double, _ unit: String?, _ decimals: Int?) -> String {
        var amount = DecimalDigits(value)
        if amount.point > 15 {
            return amount.rounded(significant: 4).scientific() + after(unit)
        }
        let places = digits.map { max(0, $0 - amount.point) } ?? NumberText.moneyPlaces(amount)
        amount = amount.rounded(decimals: decimals ?? places)
        let sign = amount.isNegative ? "-" : ""
        amount.isNegative = false
        let cents = decimals ?? (amount.decimals > 0 ? (digits == nil ? 2 : 0) : 0)
        let words = amount.text(minimumDecimals: cents)
        guard let unit, !unit.isEmpty else { return sign + words }
        return NumberText.symbolsBefore.contains(unit) ? sign + unit + words : sign + words + " " + unit
    }

    /// Whole amounts from a thousand on, cents below, two significant digits below a cent.
    private static func moneyPlaces(_ amount: DecimalDigits) -> Int {
        if amount.point >= 4 { return 0 }
        return amount.point < -1 ? 2 - amount.point : 2
    }

    // MARK: columns

    /// Decimals that all values of a column can share without losing what matters; nil when their sizes differ too much.
    private func commonDecimals(_ values: [Scalar], _ style: NumberStyle) -> Int? {
        guard style == .percent || style == .number || style == .money || style == .count else { return nil }
        var largest = 0.0
        var smallest = Double.infinity
        var places = 0
        for case .number(let value) in values where value.isFinite && value != 0 {
            largest = max(largest, value.magnitude)
            smallest = min(smallest, value.magnitude)
            let all = DecimalDigits(value)
            switch style {
            case .percent:
                var share = all
                share.point += 2
                places = max(places, digits.map { min(share.decimals, max(0, $0 - share.point)) } ?? min(1, share.decimals))
            default: places = max(places, all.decimals)
            }
        }
        guard largest > 0, largest < 1e15, smallest >= 1e-4, digits == nil || style == .percent else { return nil }
        if style == .percent { return digits == nil ? places : nil }
        if places == 0 { return nil }
        let top = DecimalDigits(largest)
        let wanted = min(places, style == .money ? min(2, NumberText.moneyPlaces(top)) : NumberText.places(top, nil))
        let rest = DecimalDigits(smallest)
        return rest.point + wanted >= 2 ? wanted : nil
    }

    // MARK: time and size

    /// A length of time: `21 us`, `12 ms`, `0.4 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`.
    package static func seconds(_ value: Double) -> String {
        guard value.isFinite else { return "missing" }
        let sign = value < 0 ? "-" : ""
        let size = value.magnitude
        if size == 0 { return "0 s" }
        if size < 0.999_5e-6 { return sign + short(size * 1e9) + " ns" }
        if size < 0.999_5e-3 { return sign + short(size * 1e6) + " us" }
        if size < 0.099_95 { return sign + short(size * 1e3) + " ms" }
        if size < 9.95 {
            let rounded = DecimalDigits(size).rounded(decimals: 1)
            return sign + rounded.text(minimumDecimals: DecimalDigits(size).decimals == 0 ? 0 : 1) + " s"
        }
        guard size < 9e15 else { return sign + DecimalDigits(size).rounded(significant: 4).scientific() + " s" }
        let whole = Int64(size.rounded())
        if whole < 60 { return "\(sign)\(whole) s" }
        if whole < 3600 { return sign + pair(whole / 60, "min", whole % 60, "s") }
        let minutes = (whole + 30) / 60
        if minutes < 1440 { return sign + pair(minutes / 60, "h", minutes % 60, "min") }
        let hours = (whole + 1800) / 3600
        return sign + pair(hours / 24, "d", hours % 24, "h")
    }

    private static func pair(_ large: Int64, _ first: String, _ small: Int64, _ second: String) -> String {
        DecimalDigits(large).text() + " " + first + (small == 0 ? "" : " \(small) \(second)")
    }

    /// A size in bytes, in powers of a thousand: `812 B`, `1.4 MB`.
    package static func bytes(_ value: Double) -> String {
        guard value.isFinite else { return "missing" }
        var size = value
        for unit in ["B", "kB", "MB", "GB", "TB", "PB"] {
            if size.magnitude < 999.5 || unit == "PB" {
                let places = unit == "B" || size.magnitude >= 99.95 ? 0 : 1
                return DecimalDigits(size).rounded(decimals: places).text() + " " + unit
            }
            size /= 1000
        }
        return ""
    }

    /// Two significant digits below ten, whole numbers above.
    private static func short(_ value: Double) -> String {
        DecimalDigits(value).rounded(decimals: value < 9.95 ? 1 : 0).text()
    }
}
