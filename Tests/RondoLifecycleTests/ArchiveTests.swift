import RondoKernels
import Testing

/// Models and bundles are archives: what is written comes back bit for bit, and no bytes whatever trap.
@Suite struct ArchiveTests {
    static let sample: Archive = {
        var archive = Archive()
        archive["numbers"] = .numbers([0, -0.0, 1.5, .infinity, .nan, .leastNonzeroMagnitude])
        archive["integers"] = .integers([.min, -1, 0, .max])
        archive["codes"] = .codes([-1, 0, .max])
        archive["bytes"] = .bytes([0, 255, 7])
        archive["words"] = .words(["", "a", "häuser\n\u{0}", "日本"])
        archive.set("inner", Archive(["word": .words(["x"]), "empty": .numbers([])]))
        return archive
    }()

    @Test func roundTripKeepsEveryBit() throws {
        let bytes = Self.sample.encoded()
        let back = try bytes.withUnsafeBytes { try Archive(decoding: $0) }
        #expect(back.encoded() == bytes)
        #expect(try back.numbers("numbers").map(\.bitPattern) == Self.sample.numbers("numbers").map(\.bitPattern))
        #expect(try back.words("words") == Self.sample.words("words"))
        #expect(try back.archive("inner").word("word") == "x")
    }

    @Test func orderOfWritingDoesNotMatter() {
        var one = Archive()
        one.set("a", 1)
        one.set("b", "two")
        var other = Archive()
        other.set("b", "two")
        other.set("a", 1)
        #expect(one.encoded() == other.encoded())
    }

    @Test func absentAndMistypedMembersAreFaults() {
        #expect(fault { try Self.sample.numbers("nothing") } != nil)
        #expect(fault { try Self.sample.words("numbers") } != nil)
        #expect(fault { try Self.sample.archive("inner").number("empty") } != nil)
    }

    @Test func everyTruncationIsAFault() {
        let bytes = Self.sample.encoded()
        for length in 0..<bytes.count {
            #expect(
                fault { try Array(bytes[..<length]).withUnsafeBytes { try Archive(decoding: $0) } } != nil,
                "\(length) of \(bytes.count) bytes")
        }
    }

    @Test func randomBytesNeverTrap() {
        var stream = RandomStream(seed: 1, purpose: "archive fuzz")
        let whole = Self.sample.encoded()
        for round in 0..<20_000 {
            var bytes: [UInt8]
            if round % 2 == 0 {
                bytes = (0..<stream.uniform(below: 200)).map { _ in UInt8(truncatingIfNeeded: stream.nextUInt32()) }
            } else {
                bytes = whole
                for _ in 0...stream.uniform(below: 4) {
                    bytes[stream.uniform(below: bytes.count)] = UInt8(truncatingIfNeeded: stream.nextUInt32())
                }
            }
            _ = fault { try bytes.withUnsafeBytes { try Archive(decoding: $0).encoded() } }
        }
    }
}
