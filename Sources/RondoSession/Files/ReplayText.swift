import RondoKernels
import RondoReport

/// The outcome of a replay in lines.
package enum ReplayText {
    /// `same          [4] split 60/20/20`, then what moved, a line each; control characters are left out.
    package static func lines(_ cell: ReplayedCell) -> String {
        let source = cell.source.prefix { !$0.isNewline }
        let verdict = cell.verdict.rawValue + String(repeating: " ", count: max(0, 12 - cell.verdict.rawValue.count))
        let lines = ["\(verdict)  [\(cell.number)] \(source)"] + cell.details.map { "                " + $0 }
        return lines.map { DisplayWidth.printable($0, keepsLines: false) + "\n" }.joined()
    }

    /// One object of JSON: cell, line, source, verdict, details.
    package static func json(_ cell: ReplayedCell) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("cell", cell.number)
            writer.member("line", cell.line)
            writer.member("source", cell.source)
            writer.member("verdict", cell.verdict.rawValue)
            writer.key("details")
            writer.array { writer in for detail in cell.details { writer.string(detail) } }
        }
        return writer.text + "\n"
    }

    /// `house_prices.rondo: 12 same, 1 moved`.
    package static func summary(_ replay: Replay, name: String, isAccepted: Bool) -> String {
        let order: [ReplayVerdict] = [.same, .close, .moved, .dataChanged, .failed, .unrecorded]
        let counts = order.map { verdict in (verdict, replay.cells.count { $0.verdict == verdict }) }.filter { $0.1 > 0 }
        let words = counts.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", ")
        return "\(name): \(words.isEmpty ? "no cells" : words)\(isAccepted ? ", records accepted" : "")\n"
    }
}
