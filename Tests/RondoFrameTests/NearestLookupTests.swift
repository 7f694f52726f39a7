import RondoFrame
import RondoKernels
import Testing

/// Records by key and nearest place.
@Suite struct NearestLookupTests {
    @Test func directionsAndLimits() throws {
        let keys = Column.text(["a", "a", "b", "a"])
        let lookup = try NearestLookup(keys: [keys], names: ["k", "day"], at: [10, 20, 15, 30])
        let left = Column.text(["a", "a", "a", "a", "b", "c", nil])
        let places: [Double] = [5, 10, 15, 26, 15, 15, 15]
        func rows(_ direction: NearestLookup.Direction, low: [Double]? = nil, high: [Double]? = nil) throws -> [Int32] {
            try lookup.match([left], at: places, low: low, high: high, direction: direction)
        }
        #expect(try rows(.before) == [-1, 0, 0, 1, 2, -1, -1])
        #expect(try rows(.after) == [0, 0, 1, 3, 2, -1, -1])
        #expect(try rows(.around) == [0, 0, 0, 3, 2, -1, -1], "of two at one distance the earlier")
        #expect(try rows(.before, low: places.map { $0 - 4 }, high: places.map { $0 + 4 }) == [-1, 0, -1, -1, 2, -1, -1])
    }

    @Test func agreesWithLookingAtAll() throws {
        var stream = RandomStream(seed: 3, purpose: "nearest")
        let keys = (0..<200).map { _ in Int64(stream.uniform(below: 7)) }
        let places = (0..<200).map { Double($0 % 50) * 3 + Double(keys[$0]) * 1000 + Double($0 / 50) * 0.25 }
        let lookup = try NearestLookup(keys: [Column(.integer(keys, missing: nil))], names: ["k", "x"], at: places)
        let left = (0..<300).map { _ in Int64(stream.uniform(below: 8)) }
        let wanted = left.map { Double($0) * 1000 + stream.uniform() * 160 - 5 }
        let found = try lookup.match([Column(.integer(left, missing: nil))], at: wanted, low: nil, high: nil, direction: .before)
        for row in left.indices {
            let best = keys.indices.filter { keys[$0] == left[row] && places[$0] <= wanted[row] }.max { places[$0] < places[$1] }
            #expect(found[row] == Int32(best ?? -1))
        }
    }

    @Test func twoRecordsAtOnePlaceAreRefused() {
        #expect(throws: Fault.self) { try NearestLookup(keys: [], names: ["day"], at: [1, 2, 1]) }
        #expect(throws: Never.self) { try NearestLookup(keys: [], names: ["day"], at: [1, .nan, .nan]) }
    }
}
