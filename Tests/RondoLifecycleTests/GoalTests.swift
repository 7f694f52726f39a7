import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import Testing

@Suite struct GoalTests {
    private func goal(_ success: String) throws -> Goal {
        var goal = Goal(text: nil)
        goal.success = try ExpressionParser.parse(success)
        return goal
    }

    @Test func criteriaAreReadOnEitherSideOfTheSign() throws {
        let criteria = Criterion.all(in: try ExpressionParser.parse("mape < 10% and 60% <= within(10%) and rmse < 5"))
        #expect(criteria.map(\.words) == ["mape < 10%", "within(10%) >= 60%", "rmse < 5"])
        #expect(criteria.map(\.bound) == [0.1, 0.6, 5])
    }

    @Test func distanceIsNoughtWhenMet() {
        let criterion = Criterion(metric: "mape", comparison: .less, bound: 0.1, isPercent: true)
        #expect(criterion.isMet(by: 0.08) && criterion.distance(of: 0.08) == 0)
        #expect(!criterion.isMet(by: 0.1))
        #expect(abs(criterion.distance(of: 0.119) - 0.019) < 1e-12)
        #expect(!criterion.isMet(by: .nan))
    }

    @Test func verdictSaysMetOrHowFar() throws {
        let goal = try goal("mape < 10% and within(10%) > 60%")
        let short = Verdict(goal) { ["mape": 0.119, "within(10%)": 0.55][$0] }
        #expect(short.isMet == false)
        #expect(short.lines.map(\.words) == ["goal < 10%, 1.9 points short", "goal > 60%, 5 points short"])
        let met = Verdict(goal) { ["mape": 0.081, "within(10%)": 0.71][$0] }
        #expect(met.isMet == true && met.lines.map(\.words) == ["goal < 10% met", "goal > 60% met"])
        #expect(Verdict(nil) { _ in 1 }.isMet == nil)
    }

    @Test func alternativesAreJudgedWhole() throws {
        let goal = try goal("mape < 10% or not rmse > 5")
        #expect(Verdict(goal) { ["mape": 0.2, "rmse": 4][$0] }.isMet == true)
        #expect(Verdict(goal) { ["mape": 0.2, "rmse": 6][$0] }.isMet == false)
    }

    @Test func unknownFiguresMeetNothing() throws {
        #expect(Verdict(try goal("mape < 10%")) { _ in nil }.isMet == false)
    }
}

@Suite struct PartSelectionTests {
    private func table(_ dates: [String]) throws -> (Table, Frame) {
        let days = dates.map { text -> Int32 in
            let parts = text.split(separator: "-").compactMap { Int($0) }
            return parts.count == 3
                ? CivilCalendar.days(year: parts[0], month: parts[1], day: parts[2]) ?? Column.missingDate : Column.missingDate
        }
        let frame = try Frame([("day", Column(.date(days)))])
        return (Table(name: "t", rows: frame, ledger: Ledger()), frame)
    }

    @Test func monthsAreCalendarMonthsBeforeTheNewestRow() throws {
        let (table, frame) = try table(["2024-08-31", "2024-02-28", "2024-02-29", "2024-03-01", "missing", "2024-08-01"])
        let rows = try PartSelection.rows(.last(DurationLiteral(6, .months)), of: table, frame: frame, moment: nil)
        // Six months before 31 August 2024 is 29 February, the last day of a leap February; that day itself is outside.
        #expect(rows == [0, 3, 5])
        let quarter = try PartSelection.rows(.last(DurationLiteral(1, .quarters)), of: table, frame: frame, moment: nil)
        #expect(quarter == [0, 5])
        let days = try PartSelection.rows(.last(DurationLiteral(30, .days)), of: table, frame: frame, moment: nil)
        #expect(days == [0], "30 days before 31 August is 1 August, outside")
    }

    @Test func spansIncludeBothEnds() throws {
        let (table, frame) = try table(["2024-01-01", "2024-01-02", "2024-01-03", "missing"])
        let low = DateLiteral(days: CivilCalendar.days(year: 2024, month: 1, day: 1) ?? 0)
        let high = DateLiteral(days: CivilCalendar.days(year: 2024, month: 1, day: 2) ?? 0)
        #expect(try PartSelection.rows(.dates(low, high), of: table, frame: frame, moment: "day") == [0, 1])
    }

    @Test func hugeWindowsTakeEverything() throws {
        let (table, frame) = try table(["2024-01-01", "1990-01-02"])
        #expect(try PartSelection.rows(.last(DurationLiteral(90_000, .months)), of: table, frame: frame, moment: nil) == [0, 1])
    }

    @Test func partsNeedASplit() throws {
        let (table, frame) = try table(["2024-01-01"])
        #expect(throws: Diagnostic.self) { try PartSelection.rows(.train, of: table, frame: frame, moment: nil) }
        #expect(try PartSelection.rows(.all, of: table, frame: frame, moment: nil) == [0])
    }
}

@Suite struct LedgerTests {
    private func entry(_ before: Int, _ after: Int) -> Ledger.Entry {
        Ledger.Entry(cell: 1, kind: .filtered, what: "step", before: before, after: after)
    }

    @Test func rowsThatNoStepExplainsAreCounted() {
        #expect(Ledger([entry(0, 50_000), entry(50_000, 49_488)]).unexplained(present: 49_488) == 0)
        #expect(Ledger([entry(0, 50_000), entry(50_000, 49_488)]).unexplained(present: 45_000) == 4_488, "trap 2 of the story")
        #expect(Ledger([entry(0, 10), entry(12, 12)]).unexplained(present: 11) == 3)
        #expect(Ledger().unexplained(present: 5) == 0)
    }
}

@Suite struct SuspicionTests {
    private func findings(_ column: Column, _ target: [Double]) throws -> [Suspicion.Finding] {
        let frame = try Frame([("x", column), ("y", .numbers(target))])
        let resolved = try ResolvedTarget(Target(Name("y", Span(0, 0))), in: frame, table: "t")
        return Suspicion.findings(frame, features: ["x"], target: resolved, rows: (0..<Int32(target.count)).map { $0 })
    }

    @Test func theTargetInOtherClothesIsSuspect() throws {
        let target = (0..<100).map { Double($0 * $0) }
        #expect(try findings(.numbers(target.map { 3 - 2 * $0 }), target).map(\.column) == ["x"])
        #expect(try findings(.text(target.map { $0 > 2500 ? "dear" : "cheap" }), target.map { $0 > 2500 ? 1 : 0 }).map(\.column) == ["x"])
    }

    @Test func honestColumnsAreNot() throws {
        var stream = RandomStream(seed: 1, purpose: "suspicion")
        let target = (0..<100).map { _ in stream.uniform() }
        #expect(try findings(.numbers(target.map { $0 + stream.uniform() }), target) == [])
        #expect(try findings(.text(target.map { "\($0)" }), target) == [], "names of rows explain everything and mean nothing")
        #expect(try findings(.numbers(Array(repeating: 1, count: 100)), target) == [])
    }
}
