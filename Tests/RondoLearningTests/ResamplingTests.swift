import RondoKernels
import Testing

@testable import RondoLearning

@Suite struct ResamplingTests {
    private func counts(_ parts: [Int], _ count: Int) -> [Int] { (0..<count).map { part in parts.filter { $0 == part }.count } }

    @Test func foldsHoldOutEveryRowOnce() throws {
        let folds = try Folds(5, rowCount: 103, seed: 1)
        #expect(folds.heldOut.map(\.count).sorted() == [20, 20, 21, 21, 21])
        #expect(Set(folds.heldOut.joined()) == Set(0..<103))
        #expect(folds.training(without: 2).count == 103 - folds.heldOut[2].count)
        #expect(Set(folds.training(without: 2)).isDisjoint(with: folds.heldOut[2]))
        #expect(try Folds(5, rowCount: 103, seed: 1).heldOut == folds.heldOut)
        #expect(try Folds(5, rowCount: 103, seed: 2).heldOut != folds.heldOut)
    }

    @Test func stratifiedFoldsKeepShares() throws {
        let classes = (0..<100).map { Int32($0 < 23 ? 1 : 0) }
        let folds = try Folds(4, stratifiedBy: classes, seed: 1)
        #expect(folds.heldOut.map(\.count) == [25, 25, 25, 25])
        #expect(folds.heldOut.allSatisfy { fold in (5...6).contains(fold.filter { classes[Int($0)] == 1 }.count) })
    }

    @Test func groupedFoldsPartNoGroup() throws {
        let groups = (0..<60).map { Int32($0 % 9) }
        let folds = try Folds(3, groupedBy: groups, seed: 1)
        let seen = folds.heldOut.map { Set($0.map { groups[Int($0)] }) }
        #expect(seen.reduce(0) { $0 + $1.count } == 9)
        #expect(folds.heldOut.allSatisfy { (18...22).contains($0.count) })
    }

    @Test func tooFewRowsOrFoldsAreErrors() {
        #expect(throws: Fault.self) { try Folds(1, rowCount: 10, seed: 1) }
        #expect(throws: Fault.self) { try Folds(11, rowCount: 10, seed: 1) }
        #expect(throws: Fault.self) { try Folds(3, groupedBy: [1, 1, 2, 2], seed: 1) }
    }

    @Test func countsAddUpByLargestRemainder() throws {
        #expect(try Shares.counts([60, 20, 20], total: 10) == [6, 2, 2])
        #expect(try Shares.counts([1, 1, 1], total: 10) == [4, 3, 3])
        #expect(try Shares.counts([0.7, 0.3], total: 10) == [7, 3])
        #expect(try Shares.counts([1, 0, 1], total: 3) == [2, 0, 1])
        #expect(try Shares.counts([50, 30, 20], total: 0) == [0, 0, 0])
        #expect(throws: Fault.self) { try Shares.counts([0, 0], total: 3) }
        #expect(throws: Fault.self) { try Shares.counts([1, -1], total: 3) }
    }

    @Test func randomSharesAreExact() throws {
        let parts = try Shares.random([60, 20, 20], rowCount: 101, seed: 1)
        #expect(counts(parts, 3) == [61, 20, 20])
        #expect(try Shares.random([60, 20, 20], rowCount: 101, seed: 1) == parts)
        #expect(try Shares.random([60, 20, 20], rowCount: 101, seed: 2) != parts)
    }

    @Test func stratifiedSharesAreExactInTotalAndNearInEachClass() throws {
        let classes = (0..<101).map { Int32($0 % 7 == 0 ? 2 : ($0 % 3 == 0 ? 1 : 0)) }
        let parts = try Shares.random([60, 20, 20], stratifiedBy: classes, seed: 1)
        #expect(counts(parts, 3) == [61, 20, 20])
        for code in Int32(0)..<3 {
            let own = parts.indices.filter { classes[$0] == code }
            let share = Double(own.filter { parts[$0] == 0 }.count)
            #expect((share - 0.6 * Double(own.count)).magnitude <= 1.5)
        }
    }

    @Test func groupedSharesPartNoGroup() throws {
        let groups = (0..<200).map { Int32($0 % 23) }
        let parts = try Shares.random([60, 20, 20], groupedBy: groups, seed: 1)
        for code in Int32(0)..<23 { #expect(Set(parts.indices.filter { groups[$0] == code }.map { parts[$0] }).count == 1) }
        #expect(zip(counts(parts, 3), [120, 40, 40]).allSatisfy { ($0 - $1).magnitude <= 10 })
    }
}
