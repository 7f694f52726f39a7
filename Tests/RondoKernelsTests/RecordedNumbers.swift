/// Numbers of one stream and digests of results, recorded when version 1 of the generator was fixed.
enum RecordedNumbers {
    static let word: UInt32 = 981_950_505
    static let long: UInt64 = 3_018_850_787_192_283_157
    static let uniform = 0.5025342046151601
    static let normal = -0.1810716410619318
    static let elementaryDigest = "1af5aca9"
    static let distributionDigest = "89ab5424"
    static let algebraDigest = "87f18c2d"
    static let permutation = [2, 0, 1, 3, 4, 5, 7, 6]
}
