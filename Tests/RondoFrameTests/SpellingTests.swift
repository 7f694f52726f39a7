import RondoKernels
import Testing

@testable import RondoFrame

/// Edits between values, and groups of values that look alike.
@Suite struct SpellingTests {
    private static func edits(_ a: String, _ b: String, limit: Int = 3) -> Int? {
        var distance = SpellingDistance()
        return distance.between(SpelledWord(a, exact: 0), SpelledWord(b, exact: 0), limit: limit)
    }

    @Test("edits by hand: one put in, left out, exchanged, neighbours swapped, a blank left out")
    func distances() {
        #expect(Self.edits("lisbon", "lisbon") == 0)
        #expect(Self.edits("lisbon", "lisbn") == 1)
        #expect(Self.edits("lisbon", "lisbom") == 1)
        #expect(Self.edits("lisbon", "lisobn") == 1)
        #expect(Self.edits("combination", "combinaton") == 1)
        #expect(Self.edits("combination", "conbinatoin") == 2)
        #expect(Self.edits("new york", "newyork") == 1)
        #expect(Self.edits("gambia", "zambia") == nil, "another first letter counts twice")
        #expect(Self.edits("elm street", "oak street") == nil)
        #expect(Self.edits("oil", "oily") == nil, "words of three letters are taken as they are")
    }

    @Test func digitsMustAgree() throws {
        let found = try SpellingVariants(
            standard: ["12 elmwood street", "13 elmwood street", "12 elmwod street", "model 4500", "model 4501"], counts: [1, 1, 1, 90, 1])
        #expect(found.groups == [.init(center: 0, variants: [.init(value: 2, edits: 1)])])
    }

    @Test func rareIsTakenForFrequentOnly() throws {
        let words = ["austria", "australia", "austrlia", "iran", "iraq"]
        let found = try SpellingVariants(standard: words, counts: [100, 120, 2, 60, 70])
        #expect(found.groups == [.init(center: 1, variants: [.init(value: 2, edits: 1)])])
    }

    @Test func oneFormIsOneValue() throws {
        let found = try SpellingVariants(standard: ["john smith", "smith john", "john smith", ""], counts: [1, 5, 2, 9])
        #expect(found.groups == [.init(center: 1, variants: [.init(value: 0, edits: 0), .init(value: 2, edits: 0)])])
    }

    /// No pair within the allowed edits is missed by looking only where rare runs of letters are shared.
    @Test func missesNothingThatComparingAllFinds() throws {
        var stream = RandomStream(seed: 11, purpose: "spelling")
        func word() -> String {
            String(
                String.UnicodeScalarView(
                    (0..<(6 + stream.uniform(below: 10))).compactMap { _ in Unicode.Scalar(97 + UInt32(stream.uniform(below: 9))) }))
        }
        var words = (0..<150).map { _ in word() }
        var counts = words.map { _ in 100 }
        for place in 0..<150 {
            var letters = Array(words[place])
            for _ in 0..<(letters.count < 8 ? 1 : 2) {
                let at = 1 + stream.uniform(below: letters.count - 2)
                switch stream.uniform(below: 4) {
                case 0: letters.remove(at: at)
                case 1: letters.insert("z", at: at)
                case 2: letters[at] = "y"
                default: letters.swapAt(at, at + 1)
                }
            }
            words.append(String(letters))
            counts.append(1)
        }
        let prepared = words.map { SpelledWord($0, exact: 0) }
        var distance = SpellingDistance()
        var expected: [Int: Int] = [:]
        for variant in 150..<300 {
            for center in 0..<150 {
                let limit = SpelledWord.allowance(min(prepared[variant].scalars.count, prepared[center].scalars.count))
                guard prepared[variant].scalars != prepared[center].scalars else { continue }
                if let edits = distance.between(prepared[variant], prepared[center], limit: limit) {
                    expected[variant] = min(expected[variant] ?? 9, edits)
                }
            }
        }
        let found = try SpellingVariants(standard: words, counts: counts)
        let edits = Dictionary(found.groups.flatMap { $0.variants.map { ($0.value, $0.edits) } }) { first, _ in first }
        #expect(expected.count > 100)
        for (variant, least) in expected where words[..<150].contains(words[variant]) == false {
            #expect(edits[variant] == least, "\(words[variant])")
        }
    }
}
