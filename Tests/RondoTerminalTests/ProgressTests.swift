import Testing

@testable import RondoTerminal

@Suite("Progress")
struct ProgressTests {
    /// A clock and an output that a test moves and reads; used from one thread.
    private final class Stage: @unchecked Sendable {
        var now = 0.0
        var written: [String] = []
    }

    private static func state(_ done: Int, _ total: Int, _ elapsed: Double) -> ProgressState {
        ProgressState(label: "fit forest", done: done, total: total, elapsed: elapsed)
    }

    @Test("line tells share, rate and estimate")
    func line() {
        #expect(
            ProgressText.line(Self.state(205, 500, 4.1), width: 100, unicode: true)
                == "fit forest  ━━━━━━━━              41 %  205 of 500  50/s  about 6 s left")
        #expect(
            ProgressText.line(Self.state(1_250_000, 5_000_000, 100), width: 100, unicode: false)
                == "fit forest  [=====               ]  25 %  1,250,000 of 5,000,000  12,500/s  about 5 min left")
        #expect(ProgressText.line(Self.state(3, 0, 2), width: 100, unicode: true) == "fit forest  3  1.5/s")
        #expect(ProgressText.line(Self.state(0, 10, 2), width: 14, unicode: true) == "fit forest   …")
    }

    @Test("line holds for odd numbers")
    func oddNumbers() {
        #expect(ProgressText.line(Self.state(12, 10, 1), width: 100, unicode: true).contains("100 %"))
        #expect(ProgressText.line(Self.state(-5, 10, 1), width: 100, unicode: true).contains("0 %"))
        #expect(ProgressText.line(Self.state(Int.max, Int.max, 1e-300), width: 10, unicode: true).count == 10)
        #expect(ProgressText.line(Self.state(1, Int.max, 1e300), width: 200, unicode: true).contains("more than 100 h left"))
        #expect(ProgressText.line(Self.state(1, 2, .nan), width: 200, unicode: true).contains("1 of 2"))
    }

    @Test(
        "durations in words",
        arguments: [
            (0.31, "0.4 s"), (0.93, "1.0 s"), (1.2, "1 s"), (59.4, "59 s"), (60, "1 min"), (200, "3 min 20 s"), (7_500, "2 h 5 min"),
        ])
    func duration(seconds: Double, expected: String) {
        #expect(ProgressText.duration(seconds) == expected)
    }

    @Test("waits half a second, draws at most ten times a second, and erases itself")
    func terminal() {
        let stage = Stage()
        let line = ProgressLine(width: { 60 }, unicode: true, clock: { stage.now }, write: { stage.written.append($0) })
        line.update("fit", done: 1, total: 10)
        stage.now = 0.4
        line.update("fit", done: 2, total: 10)
        line.finish()
        #expect(stage.written.isEmpty)
        stage.now = 1
        line.update("fit", done: 1, total: 10)
        for sixteenth in 1...32 {
            stage.now = 1 + Double(sixteenth) / 16
            line.update("fit", done: 5, total: 10)
        }
        #expect(stage.written.count == 13)  // at 8, 10, … 32 sixteenths of a second
        #expect(stage.written.allSatisfy { $0.hasPrefix("\rfit") && $0.hasSuffix("\u{1B}[K") })
        line.finish()
        #expect(stage.written.last == "\r\u{1B}[K")
        let count = stage.written.count
        line.finish()
        #expect(stage.written.count == count)
    }

    @Test("erases the line of one step before another begins")
    func nextStep() {
        let stage = Stage()
        let line = ProgressLine(width: { 60 }, unicode: true, clock: { stage.now }, write: { stage.written.append($0) })
        line.update("read", done: 0, total: 0)
        stage.now = 1
        line.update("read", done: 5, total: 0)
        line.update("fit", done: 0, total: 4)
        #expect(stage.written.count == 2)
        #expect(stage.written.last == "\r\u{1B}[K")
    }

    @Test("writes a line every ten percent where it cannot erase")
    func log() {
        let stage = Stage()
        let line = ProgressLine(logging: { stage.written.append($0) }, clock: { stage.now })
        for done in 0...100 {
            stage.now = Double(done) * 0.1
            line.update("fit", done: done * 10, total: 1_000)
        }
        line.finish()
        #expect(stage.written.count == 10)
        #expect(stage.written.first == "fit: 10 % (100 of 1,000)\n")
        #expect(stage.written.last == "fit: 100 % (1,000 of 1,000)\n")
        line.update("quick", done: 0, total: 10)
        line.update("quick", done: 10, total: 10)
        #expect(stage.written.count == 10)
    }
}
