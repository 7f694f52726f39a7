import RondoKernels
import Testing

@Suite struct DigestTests {
    /// FIPS 180-2, appendix B.
    @Test func sha256OfPublishedMessages() throws {
        #expect(try SHA256Digest.hex(of: Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(try SHA256Digest.hex(of: []) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        let pieces = try SHA256Digest()
        for _ in 0..<1000 { try pieces.update([UInt8](repeating: 0x61, count: 1000)) }
        #expect(try pieces.finishHex() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    /// XXH64 with seed 0 of n eight-byte words (i + 1) * 0x9E3779B97F4A7C15, lowest byte first; by the reference library, version 0.8.
    @Test(
        arguments: [
            (0, 0xef46_db37_51d8_e999), (1, 0xb4ad_8a2a_3728_b057), (3, 0x4f21_ee93_0608_f3c0), (4, 0xcc8d_e5ac_bc49_385e),
            (5, 0x94b7_2a56_aaf0_d5bb), (8, 0xb5ad_704c_74f6_ff7c), (11, 0x38de_afe7_cc4f_1646),
        ] as [(UInt64, UInt64)])
    func wordsHashAsXXH64(count: UInt64, known: UInt64) {
        var hasher = ValueHasher()
        for index in 0..<count { hasher.combine(word: (index + 1) &* 0x9E37_79B9_7F4A_7C15) }
        #expect(hasher.value == known)
    }

    private func hash(_ fill: (inout ValueHasher) -> Void) -> String {
        var hasher = ValueHasher()
        fill(&hasher)
        return hasher.hex8
    }

    @Test func equalValuesHashAlikeAndKindsDiffer() {
        #expect(hash { $0.combine(0.0) } == hash { $0.combine(-0.0) })
        #expect(hash { $0.combine(Double.nan) } == hash { $0.combine(-Double(nan: 5, signaling: false)) })
        let different = [
            hash { $0.combine(1.0) }, hash { $0.combine(Int64(1)) }, hash { $0.combine(true) }, hash { $0.combine(false) },
            hash { $0.combine("1") }, hash { $0.combine(tag: 1) }, hash { $0.combine("") }, hash { _ in },
            hash {
                $0.combine("a")
                $0.combine("b")
            },
            hash { $0.combine("ab") }, hash { $0.combine("abcdefgh") }, hash { $0.combine("abcdefgh\0") },
        ]
        #expect(Set(different).count == different.count)
        #expect(different.allSatisfy { $0.count == 8 })
        #expect(hash { _ in } == "be9e32ae")
    }
}
