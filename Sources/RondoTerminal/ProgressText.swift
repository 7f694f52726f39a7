import RondoKernels

/// How far a step is.
package struct ProgressState: Equatable, Sendable {
    /// What is going on, in a few words.
    package var label: String
    /// Units done; of `total`.
    package var done: Int
    /// Units in all; 0 where that is not known.
    package var total: Int
    /// Seconds since the step began.
    package var elapsed: Double

    package init(label: String, done: Int, total: Int, elapsed: Double) {
        self.label = label
        self.done = done
        self.total = total
        self.elapsed = elapsed
    }

    /// The share done from 0 to 1; nil where the total is not known.
    package var share: Double? {
        total > 0 ? min(1, max(0, Double(done) / Double(total))) : nil
    }
}

/// The words of a progress line.
package enum ProgressText {
    /// One line such as `fit forest  ━━━━╸      41 %  205 of 500  63/s  about 5 s left`, cut to `width` columns.
    package static func line(_ state: ProgressState, width: Int, unicode: Bool) -> String {
        var parts = [DisplayWidth.printable(state.label)]
        if let share = state.share {
            parts.append(bar(share, unicode: unicode))
            parts.append("\(percent(share)) %")
            parts.append("\(grouped(state.done)) of \(grouped(state.total))")
        } else {
            parts.append(grouped(state.done))
        }
        if let rate = rate(state) { parts.append(rate) }
        if let left = timeLeft(state) { parts.append("about \(duration(left)) left") }
        return DisplayWidth.cut(parts.joined(separator: "  "), to: width, ellipsis: unicode ? "…" : "~")
    }

    /// One line for a log, such as `fit forest: 40 % (200 of 500)`.
    package static func logLine(_ state: ProgressState, percent: Int) -> String {
        "\(DisplayWidth.printable(state.label)): \(percent) % (\(grouped(state.done)) of \(grouped(state.total)))"
    }

    static func percent(_ share: Double) -> Int { Int((share * 100).rounded(.down)) }

    /// Seconds in words: `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`.
    static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 360_000 else { return "more than 100 h" }
        if seconds < 0.95 { return "\(Int((max(0, seconds) * 10).rounded(.up)))".tenths + " s" }
        let whole = Int(seconds.rounded())
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return whole % 60 == 0 ? "\(whole / 60) min" : "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }

    /// Units a second, once there is enough to tell.
    private static func rate(_ state: ProgressState) -> String? {
        guard state.done > 0, state.elapsed > 0 else { return nil }
        let rate = Double(state.done) / state.elapsed
        guard rate.isFinite, rate < 1e15 else { return nil }
        return rate >= 10 ? "\(grouped(Int(rate.rounded())))/s" : "\(Int((rate * 10).rounded()))".tenths + "/s"
    }

    private static func timeLeft(_ state: ProgressState) -> Double? {
        guard let share = state.share, share > 0, share < 1, state.elapsed > 0 else { return nil }
        return state.elapsed * (1 - share) / share
    }

    private static func bar(_ share: Double, unicode: Bool) -> String {
        let cells = 20
        let halves = Int((share * Double(2 * cells)).rounded(.down))
        let full = String(repeating: unicode ? "━" : "=", count: halves / 2)
        let half = halves % 2 == 1 ? (unicode ? "╸" : "-") : ""
        let bar = full + half
        return (unicode ? "" : "[") + DisplayWidth.padded(bar, to: cells) + (unicode ? "" : "]")
    }

    static func grouped(_ number: Int) -> String {
        var digits = String(number.magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        groups.insert(digits, at: 0)
        return (number < 0 ? "-" : "") + groups.joined(separator: ",")
    }
}

extension String {
    /// A number of tenths as a decimal fraction: `4` is `0.4`, `25` is `2.5`.
    fileprivate var tenths: String {
        let padded = count < 2 ? "0" + self : self
        return padded.dropLast() + "." + padded.suffix(1)
    }
}
