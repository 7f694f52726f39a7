import RondoKernels
import Testing

@testable import RondoFrame

@Suite struct WrittenMomentTests {
    /// What the date says, read digit by digit.
    private func slowly(_ bytes: [UInt8]) -> Int32? {
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for place in range {
                guard (48...57).contains(bytes[place]) else { return nil }
                value = value * 10 + Int(bytes[place]) - 48
            }
            return value
        }
        guard bytes[4] == bytes[7], bytes[4] == 45 || bytes[4] == 47, let year = number(0..<4), let month = number(5..<7),
            let day = number(8..<10), (1...12).contains(month)
        else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day >= 1, day <= lengths[month - 1] else { return nil }
        // Days before the year, counted from 1970.
        func before(_ year: Int) -> Int { 365 * year + (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400 }
        return Int32(before(year) - before(1970) + lengths[..<(month - 1)].reduce(0, +) + day - 1)
    }

    private func read(_ bytes: [UInt8]) -> Int32? {
        // Bytes behind the date, as in a file.
        (bytes + [44, 49, 10]).withUnsafeBufferPointer { buffer in buffer.baseAddress.flatMap { WrittenMoment.isoDate($0, 10) } }
    }

    @Test func everyDayOfSomeYears() {
        for year in [0, 1, 4, 100, 400, 1600, 1899, 1900, 1969, 1970, 2000, 2023, 2024, 9999] {
            for month in 0...13 {
                for day in 0...32 {
                    func two(_ value: Int) -> String { (value < 10 ? "0" : "") + "\(value)" }
                    let text = String("000\(year)".suffix(4)) + "-\(two(month))-\(two(day))"
                    let bytes = Array(text.utf8)
                    #expect(read(bytes) == slowly(bytes), "\(text)")
                }
            }
        }
        #expect(read(Array("1970-01-01".utf8)) == 0 && read(Array("2000/03/01".utf8)) == 11_017)
    }

    @Test func everySignCounts() {
        for place in 0..<10 {
            for sign in UInt8.min...UInt8.max {
                var bytes = Array("2024-02-28".utf8)
                bytes[place] = sign
                #expect(read(bytes) == slowly(bytes), "\(place) \(sign)")
            }
        }
    }
}
