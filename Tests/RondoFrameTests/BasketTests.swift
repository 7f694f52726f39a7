import RondoFrame
import RondoKernels
import Testing

/// Baskets, pairs and frequent sets.
@Suite struct BasketTests {
    /// The five transactions of Han, Pei and Yin (2000), table 1, as letters.
    private static let transactions = ["facdgimp", "abcflmo", "bfhjo", "bcksp", "afcelpmn"]

    private static func baskets(_ texts: [String]) throws -> Baskets {
        var items: [Int32] = []
        var groups: [Int32] = []
        for (group, text) in texts.enumerated() {
            for scalar in text.unicodeScalars {
                items.append(Int32(scalar.value) - 97)
                groups.append(Int32(group))
            }
        }
        return try Baskets(items: items, itemCount: 26, groups: groups, groupCount: texts.count)
    }

    private static func words(_ items: [Int32]) -> String {
        String(String.UnicodeScalarView(items.compactMap { Unicode.Scalar(UInt32($0) + 97) }))
    }

    @Test("the frequent sets of the paper: f c a b m p, c with p, and all parts of f c a m")
    func knownSets() throws {
        let found = try FrequentSets(try Self.baskets(Self.transactions), least: 3).sets
        let text = Dictionary(uniqueKeysWithValues: found.map { (Self.words($0.items), $0.count) })
        #expect(text["f"] == 4 && text["c"] == 4 && text["a"] == 3 && text["b"] == 3 && text["m"] == 3 && text["p"] == 3)
        #expect(text["cp"] == 3)
        #expect(text["acfm"] == 3)
        #expect(text.count == 6 + 1 + 11, "\(text.keys.sorted())")
    }

    @Test func agreesWithCountingEverySet() throws {
        var stream = RandomStream(seed: 5, purpose: "baskets")
        for _ in 0..<20 {
            let texts = (0..<30).map { _ -> String in
                String(
                    String.UnicodeScalarView((0..<9).filter { _ in stream.uniform() < 0.4 }.compactMap { Unicode.Scalar(97 + UInt32($0)) }))
            }
            let baskets = try Self.baskets(texts)
            let least = 2 + stream.uniform(below: 5)
            var expected: [String: Int] = [:]
            for set in 1..<512 {
                let letters = (0..<9).filter { set >> $0 & 1 == 1 }.compactMap { Unicode.Scalar(97 + UInt32($0)) }
                let count = texts.count { text in letters.allSatisfy { text.unicodeScalars.contains($0) } }
                if count >= least { expected[String(String.UnicodeScalarView(letters))] = count }
            }
            let found = try FrequentSets(baskets, least: least).sets
            #expect(Dictionary(uniqueKeysWithValues: found.map { (Self.words($0.items), $0.count) }) == expected)
            let pairs = try baskets.pairs(least: least).map { (Self.words([$0.first, $0.second]), $0.count) }
            #expect(Dictionary(uniqueKeysWithValues: pairs) == expected.filter { $0.key.count == 2 })
        }
    }

    @Test func twiceInOneBasketCountsOnce() throws {
        let baskets = try Self.baskets(["aab", "ab", "b"])
        #expect(baskets.support.prefix(2) == [2, 3])
        #expect(try baskets.pairs(least: 1).map { [Int($0.first), Int($0.second), $0.count] } == [[0, 1, 2]])
        let gaps = try Baskets(items: [0, -1, 1], itemCount: 2, groups: [0, 0, -1], groupCount: 1)
        #expect(gaps.leftOut == 2 && gaps.items == [0])
    }

    @Test func tooManySetsAreRefused() throws {
        let all = String(String.UnicodeScalarView((0..<20).compactMap { Unicode.Scalar(97 + UInt32($0)) }))
        let baskets = try Self.baskets([all, all])
        #expect(throws: Fault.self) { try FrequentSets(baskets, least: 2) }
    }
}
