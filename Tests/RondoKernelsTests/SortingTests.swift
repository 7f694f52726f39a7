import RondoKernels
import Testing

@Suite struct SortingTests {
    @Test(arguments: [0, 1, 2, 50, 511, 512, 5000]) func orderIsStableWithMissingLast(count: Int) {
        var stream = RandomStream(seed: 4, purpose: "sorting", unit: UInt64(count))
        let values = (0..<count).map { _ in stream.uniform() < 0.1 ? Double.nan : Double(stream.uniform(below: 20)) - 10 }
        for direction in [Sorting.Direction.ascending, .descending] {
            let order = Sorting.order(values, direction)
            #expect(order.sorted() == Array(0..<count))
            for (a, b) in zip(order, order.dropFirst()) {
                let (x, y) = (values[a], values[b])
                let inOrder = direction == .ascending ? x < y : x > y
                #expect(inOrder || ((x == y || x.isNaN && y.isNaN) && a < b) || (!x.isNaN && y.isNaN))
            }
        }
    }

    @Test func specialValues() {
        #expect(Sorting.order([.infinity, -0.0, 0.0, -.infinity, .nan, -0x1p-1060]) == [3, 5, 1, 2, 0, 4])
        #expect(Sorting.order([3, Int64.min, -1, Int64.max]) == [1, 2, 0, 3])
        #expect(Sorting.order([3, Int64.min, -1, Int64.max], .descending) == [3, 0, 2, 1])
        #expect(Sorting.order(codes: [2, -1, 0, 2]) == [2, 0, 3, 1])
        #expect(Sorting.order(codes: [2, -1, 0, 2], .descending) == [0, 3, 2, 1])
    }

    @Test func severalKeysFromTheLastToTheFirst() {
        var stream = RandomStream(seed: 4, purpose: "keys")
        let first = (0..<3000).map { _ in Int64(stream.uniform(below: 5)) }
        let second = (0..<3000).map { _ in Double(stream.uniform(below: 5)) }
        let order = Sorting.order(first, startingFrom: Sorting.order(second, .descending))
        let expected = (0..<3000).sorted { (first[$0], -second[$0], $0) < (first[$1], -second[$1], $1) }
        #expect(order == expected)
        #expect(Sorting.order([2.0, 1.0], startingFrom: [0]) == [1, 0])
    }

    @Test func ranksShareTies() {
        let ranks = Sorting.ranks([10, 20, 10, .nan, 30])
        #expect(ranks[0] == 1.5 && ranks[1] == 3 && ranks[2] == 1.5 && ranks[3].isNaN && ranks[4] == 4)
        #expect(Sorting.ranks([]).isEmpty)
    }

    @Test func groupsListTheirRows() {
        let grouped = Sorting.grouped([1, 0, 1, -1, 3, 0], groupCount: 3)
        #expect(grouped.rows == [1, 5, 0, 2] && grouped.starts == [0, 2, 4, 4])
        #expect(Sorting.grouped([], groupCount: -1).starts == [0])
    }
}
