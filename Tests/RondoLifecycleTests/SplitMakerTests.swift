import RondoFrame
import RondoKernels
import RondoLanguage
import RondoLearning
import RondoLifecycle
import Testing

@Suite struct SplitMakerTests {
    static func shares(_ values: Double...) -> SplitMaker.Shares {
        SplitMaker.Shares(values: values, text: values.map { Scalar.plain($0) }.joined(separator: "/"))
    }
    static func counts(_ parts: [UInt8]) -> [Int] { Split.Part.allCases.map { part in parts.filter { $0 == part.rawValue }.count } }

    @Test func largestRemaindersFillEveryRow() throws {
        #expect(try Self.shares(60, 20, 20).counts(of: 48_988) == [29_393, 9_798, 9_797], "the figures of the reference")
        #expect(try Self.shares(0.6, 0.2, 0.2).counts(of: 10) == [6, 2, 2])
        #expect(try Self.shares(80, 20).counts(of: 11) == [9, 0, 2], "two shares are train and test; 8.8 and 2.2")
        #expect(try Self.shares(30, 10, 5).counts(of: 45) == [30, 10, 5], "numbers of rows")
        for rows in 4...200 { #expect(try Self.shares(60, 20, 20).counts(of: rows).reduce(0, +) == rows) }
    }

    @Test func sharesThatDoNotAddUpAreRefused() {
        #expect(fault { try Self.shares(30_000, 10_000, 10_000).counts(of: 45_000) }?.code == "R0420")
        #expect(fault { try Self.shares(60, 20, 10).counts(of: 100) }?.code == "R0420")
        #expect(fault { try Self.shares(100, 0).counts(of: 100) }?.code == "R0421")
        #expect(fault { try Self.shares(60, 20, 20).counts(of: 2) }?.code == "R0422")
    }

    @Test func oldestRowsTrainAndMomentsStayTogether() throws {
        var stream = RandomStream(seed: 3, purpose: "moments")
        let order = (0..<500).map { _ in stream.uniform() < 0.05 ? Double.nan : Double(stream.uniform(below: 40)) }
        let parts = try SplitMaker.byTime(shares: Self.shares(60, 20, 20), order: order)
        var partOf: [Double: UInt8] = [:]
        for (moment, part) in zip(order, parts) {
            if moment.isNaN {
                #expect(part == Split.Part.none.rawValue)
                continue
            }
            #expect(partOf[moment] == nil || partOf[moment] == part, "moment \(moment) is cut")
            partOf[moment] = part
        }
        let sorted = partOf.sorted { $0.key < $1.key }.map(\.value)
        #expect(sorted == sorted.sorted(), "older moments stand in earlier parts")
        let found = Self.counts(parts)
        #expect(found[0] >= 285 * 95 / 100 && found[1] > 0 && found[2] > 0)
    }

    @Test func distinctMomentsGiveExactCounts() throws {
        let parts = try SplitMaker.byTime(shares: Self.shares(60, 20, 20), order: (0..<101).map { Double(100 - $0) })
        #expect(Self.counts(parts) == [61, 20, 20, 0])
        #expect(parts[100] == 0 && parts[0] == 2)
    }

    @Test func oneMomentForAllIsRefused() {
        #expect(fault { try SplitMaker.byTime(shares: Self.shares(60, 20, 20), order: Array(repeating: 7, count: 50)) }?.code == "R0423")
    }

    @Test func usersKeepTheirOrder() throws {
        let groups = (0..<90).map { Int32($0 % 9) }
        let order = (0..<90).map { Double(($0 * 37) % 90) }
        let parts = try SplitMaker.byTimeWithin(shares: Self.shares(80, 20), order: order, groups: groups)
        for user in 0..<Int32(9) {
            let rows = groups.indices.filter { groups[$0] == user }.sorted { order[$0] < order[$1] }
            #expect(rows.map { parts[$0] } == Array(repeating: 0, count: 8) + [2, 2])
        }
    }

    @Test func groupsStayWhole() throws {
        let groups = (0..<1000).map { Int32(($0 * 7919) % 61) }
        let parts = try SplitMaker.random(shares: Self.shares(60, 20, 20), rowCount: 1000, groups: groups, seed: 5)
        var partOf: [Int32: UInt8] = [:]
        for (group, part) in zip(groups, parts) {
            #expect(partOf[group] == nil || partOf[group] == part)
            partOf[group] = part
        }
        let found = Self.counts(parts)
        #expect(abs(found[0] - 600) < 40 && abs(found[1] - 200) < 40 && found.reduce(0, +) == 1000)
    }

    @Test func strataHaveEqualShares() throws {
        let strata = (0..<1000).map { Int32($0 < 100 ? 1 : 0) }
        let parts = try SplitMaker.random(shares: Self.shares(60, 20, 20), rowCount: 1000, strata: strata, seed: 5)
        #expect(Self.counts(parts) == [600, 200, 200, 0])
        #expect(Self.counts(Array(parts[0..<100])) == [60, 20, 20, 0])
    }

    @Test func seedDecides() throws {
        let one = try SplitMaker.random(shares: Self.shares(80, 20), rowCount: 300, seed: 1)
        #expect(try SplitMaker.random(shares: Self.shares(80, 20), rowCount: 300, seed: 1) == one)
        #expect(try SplitMaker.random(shares: Self.shares(80, 20), rowCount: 300, seed: 2) != one)
    }

    @Test func foldsCoverTheTrainingRowsEvenly() throws {
        let parts = (0..<103).map { UInt8($0 % 4 == 3 ? 2 : 0) }
        let strata = (0..<103).map { Int32($0 % 2) }
        let folds = try SplitMaker.folds(5, parts: parts, strata: strata, seed: 1)
        for row in parts.indices { #expect((folds[row] >= 0) == (parts[row] == 0)) }
        let sizes = (0..<5).map { fold in folds.filter { $0 == Int32(fold) }.count }
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
        let ones = (0..<5).map { fold in folds.indices.filter { folds[$0] == Int32(fold) && strata[$0] == 1 }.count }
        #expect((ones.max() ?? 0) - (ones.min() ?? 0) <= 1, "each class is spread evenly")
        #expect(fault { try SplitMaker.folds(1, parts: parts, seed: 1) }?.code == "R0424")
        #expect(fault { try SplitMaker.folds(500, parts: parts, seed: 1) }?.code == "R0424")
        let groups = (0..<103).map { Int32($0 % 3) }
        #expect(fault { try SplitMaker.folds(5, parts: parts, groups: groups, seed: 1) }?.code == "R0425")
    }
}

/// The fault that a body throws.
func fault<Result>(_ body: () throws -> Result) -> Fault? {
    do {
        _ = try body()
        return nil
    } catch { return error as? Fault }
}
