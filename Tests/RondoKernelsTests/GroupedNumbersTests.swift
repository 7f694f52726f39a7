import RondoKernels
import Testing

@Suite struct GroupedNumbersTests {
    /// More rows than one block, gaps, rows without a group, a group without numbers.
    private static let count = 600_000
    private static let groups: [Int32] = {
        var stream = RandomStream(seed: 8, purpose: "groups")
        return (0..<count).map { _ in Int32(stream.next() % 41) - 1 }.map { $0 == 7 ? 39 : $0 }
    }()
    private static let numbers: [Double] = {
        var stream = RandomStream(seed: 9, purpose: "numbers")
        return (0..<count).map { _ in stream.next() % 20 == 0 ? .nan : (stream.uniform() - 0.5) * 1_000 }
    }()

    private func known(_ group: Int32) -> [Double] {
        zip(Self.numbers, Self.groups).filter { $1 == group && !$0.isNaN }.map(\.0)
    }

    @Test func numbersLieInTheOrderOfTheirRows() throws {
        let grouped = try GroupedNumbers(Self.numbers, groups: Self.groups, groupCount: 40)
        #expect(grouped.groupCount == 40 && grouped.starts.count == 41)
        for group in [Int32(0), 7, 39] {
            let range = grouped.starts[Int(group)]..<grouped.starts[Int(group) + 1]
            #expect(Array(grouped.values[range]) == known(group))
        }
        #expect(grouped.sizes[7] == 0)
        let sums = try grouped.map { $0.reduce(0, +) }
        #expect(sums[3] == known(3).reduce(0, +))
    }

    @Test func quantilesAreThoseOfEachGroup() throws {
        for probability in [0, 0.1, 0.5, 0.93, 1] {
            var grouped = try GroupedNumbers(Self.numbers, groups: Self.groups, groupCount: 40)
            let found = try grouped.quantiles(probability)
            for group in [0, 5, 39] { #expect(found[group] == Quantiles.of(known(Int32(group)), probability)) }
            #expect(found[7].isNaN)
        }
    }

    @Test func oneThreadEqualsTwo() throws {
        let two = ComputeContext(threads: ThreadCount(2))
        for count in [40, 200_000] {
            let groups = Self.groups.map { count == 40 ? $0 : $0 &* 4_999 }
            var first = try GroupedNumbers(Self.numbers, groups: groups, groupCount: count)
            var second = try GroupedNumbers(Self.numbers, groups: groups, groupCount: count, context: two)
            #expect(first.starts == second.starts && first.values == second.values)
            let medians = try (first.quantiles(0.5), second.quantiles(0.5, context: two))
            #expect(medians.0.map(\.bitPattern) == medians.1.map(\.bitPattern))
        }
    }

    @Test func nothingAndOddInput() throws {
        #expect(try GroupedNumbers([], groups: [], groupCount: 0).groupCount == 0)
        var none = try GroupedNumbers([1, 2], groups: [5, -3], groupCount: 2)
        #expect(none.values.isEmpty)
        #expect(try none.quantiles(0.5).allSatisfy(\.isNaN))
    }

    @Test func quantilesInPlaceAgree() {
        var stream = RandomStream(seed: 10, purpose: "in place")
        for count in [1, 2, 3, 50, 4_000] {
            for distinct in [2, 100_000] {
                let values = (0..<count).map { _ in Double(stream.uniform(below: distinct)) - 3 }
                for probability in [0, 0.05, 0.5, 0.77, 1, 1.5] {
                    var moved = values
                    let found = moved.withUnsafeMutableBufferPointer { Quantiles.of($0, probability) }
                    #expect(found.bitPattern == Quantiles.of(values, probability).bitPattern)
                    #expect(moved.sorted() == values.sorted())
                }
            }
        }
    }
}
