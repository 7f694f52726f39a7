import RondoFrame
import RondoKernels
import Testing

/// Numbers read from text are the doubles that the standard library gives, bit for bit.
@Suite struct DecimalTests {
    private func check(_ words: [String]) throws {
        let frame = try csv("x\n0.5\n" + words.joined(separator: "\n") + "\n").frame
        guard case .number(let values)? = frame["x"]?.storage else {
            Issue.record("not numbers")
            return
        }
        for (word, value) in zip(words, values.dropFirst()) {
            #expect(value.bitPattern == (Double(word) ?? .nan).bitPattern, "\(word) read as \(value)")
        }
    }

    @Test func shortestForms() throws {
        var stream = RandomStream(seed: 1, purpose: "decimal shortest")
        try check(
            (0..<20_000).compactMap { _ in
                let value = Double(bitPattern: stream.next())
                return value.isFinite && value != value.rounded() ? value.description : nil
            })
    }

    @Test func digitsAndExponents() throws {
        var stream = RandomStream(seed: 1, purpose: "decimal digits")
        try check(
            (0..<40_000).map { _ in
                let digits = 1 + Int(stream.next() % 25)
                let whole = Int(stream.next() % UInt64(digits + 1))
                var text = stream.next() & 1 == 0 ? "-" : ""
                for position in 0..<digits {
                    if position == whole { text += position == 0 ? "0." : "." }
                    text += String(position == 0 && whole > 0 ? 1 + stream.next() % 9 : stream.next() % 10)
                }
                if whole == digits { text += ".0" }
                if stream.next() % 3 == 0 { text += "e\(Int(stream.next() % 60) - 30)" }
                return text
            })
    }

    /// Values next to the middle between two doubles, where a wrong rounding shows.
    @Test func halfWayCases() throws {
        var stream = RandomStream(seed: 1, purpose: "decimal half")
        try check(
            (0..<20_000).flatMap { _ -> [String] in
                let low: UInt64 = (1 << 52) + stream.next() % (1 << 52)
                let middle = low &* 2 + 1
                return ["\(middle).0", "\(middle)e-3", "\(middle)e5", "\(middle).0000001", "0.\(middle)"]
            })
    }

    @Test func edges() throws {
        try check([
            "1e-400", "4.9e-324", "2.2250738585072011e-308", "1.7976931348623157e308", "1.", "-.5", "1E5", "1e+05", "0.1",
            "0.30000000000000004", "9007199254740993.0", "-0.0",
        ])
        #expect(try csv("x\n0.5\n1e309\n").frame["x"]?.type == .text)
        #expect(try csv("x\n0.5\ninf\n").frame["x"]?.type == .text)
        for word in ["1e", "e5", ".e", "-+", "+", "1.2.3", "0x10", "1 2", "--1", "1e5.5", "1_000"] {
            #expect(try csv("x\n0.5\n\(word)\n").frame["x"]?.type == .text, "\(word)")
        }
    }
}
