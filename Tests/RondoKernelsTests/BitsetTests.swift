import RondoKernels
import Testing

@Suite struct BitsetTests {
    @Test func behavesLikeAnArrayOfBools() {
        var stream = RandomStream(seed: 6, purpose: "bits")
        for count in [0, 1, 63, 64, 65, 200] {
            let bools = (0..<count).map { _ in stream.bernoulli(0.4) }
            let others = (0..<count).map { _ in stream.bernoulli(0.5) }
            let (set, other) = (Bitset(bools), Bitset(count: count) { others[$0] })
            #expect(set.count == count && (0..<count).map { set[$0] } == bools)
            #expect(set.popcount == bools.filter { $0 }.count)
            #expect(set.trueIndices == bools.indices.filter { bools[$0] })
            #expect((0..<count).map { (~set)[$0] } == bools.map(!) && (~set).popcount == count - set.popcount)
            #expect((0..<count).map { (set & other)[$0] } == zip(bools, others).map { $0 && $1 })
            #expect((0..<count).map { (set | other)[$0] } == zip(bools, others).map { $0 || $1 })
            for extra in [0, 1, 63, 64, 65] {
                var joined = set
                let tail = (0..<extra).map { $0 % 3 == 0 }
                joined.append(contentsOf: Bitset(tail))
                #expect(joined == Bitset(bools + tail))
            }
            #expect(Bitset(count: count, rawWords: set.rawWords) == set)
        }
    }

    @Test func edges() {
        var set = Bitset(count: 70, repeating: true)
        #expect(set.isAllTrue && set.popcount == 70 && !set[70] && !set[-1])
        set[69] = false
        set[900] = true
        #expect(set.popcount == 69 && !set.isAllTrue && Bitset(count: -4).isAllFalse)
        #expect(set.gather([69, 0, -1, 5000, 0]) == Bitset([false, true, false, false, true]))
        #expect(Bitset(count: 65, rawWords: [1]) == nil && Bitset(count: 3, rawWords: [.max])?.popcount == 3)
    }
}
