import RondoFrame
import RondoKernels
import Testing

@Suite struct CastingTests {
    @Test func textToOtherTypes() throws {
        let words = Column.text(["1", " 2.5 ", "x", nil, "00501", "1e3", "y", "x"])
        let numbers = try words.cast(to: .number)
        #expect(plain(numbers.column) == ["1", "2.5", "-", "-", "501", "1000", "-", "-"])
        #expect(numbers.failures == 3)
        #expect(numbers.examples == ["x", "y"])
        #expect(numbers.exampleRows == [2, 6])
        #expect(plain(try words.cast(to: .integer).column) == ["1", "-", "-", "-", "501", "1000", "-", "-"])
        #expect(plain(try Column.text(["true", "No", "1", "maybe"]).cast(to: .truth).column) == ["true", "false", "true", "-"])
        #expect(plain(try Column.text(["2024-02-29", "2024-02-30"]).cast(to: .date).column) == ["2024-02-29", "-"])
    }

    @Test func formats() throws {
        #expect(
            plain(try Column.text(["31/12/2024", "1/2/2024", "2024-01-01"]).cast(to: .date, format: "%d/%m/%Y").column) == [
                "2024-12-31", "2024-02-01", "-",
            ])
        #expect(
            plain(try Column.text(["23-Sep-11", "06-september-99"]).cast(to: .date, format: "%d-%b-%y").column) == [
                "2011-09-23", "1999-09-06",
            ])
        #expect(
            plain(try Column.text(["1/31/2024 11:05 PM", "1/31/2024 12:05 AM"]).cast(to: .time, format: "%m/%d/%Y %I:%M %p").column) == [
                "2024-01-31T23:05:00", "2024-01-31T00:05:00",
            ])
        #expect(
            plain(try Column.text(["2024-060 01:02:03.25 +0130"]).cast(to: .time, format: "%Y-%j %H:%M:%S.%f %z").column) == [
                "2024-02-28T23:32:03.25"
            ])
        #expect(plain(try Column(.date([19_723])).cast(to: .text, format: "%d.%m.%y, %A %j").column) == ["01.01.24, Monday 001"])
        #expect(throws: Fault.self) { try Column.text(["1"]).cast(to: .date, format: "%Q") }
    }

    @Test func numbersAndIntegers() throws {
        let numbers = Column.numbers([1, 2.5, .nan, 1e300])
        let integers = try numbers.cast(to: .integer)
        #expect(plain(integers.column) == ["1", "-", "-", "-"])
        #expect(integers.failures == 2)
        let wide = try Column(.integer([1, 9_007_199_254_740_993], missing: nil)).cast(to: .number)
        #expect(wide.changed == 1)
        #expect(plain(try Column.numbers([0, 1, 2, .nan]).cast(to: .truth).column) == ["false", "true", "-", "-"])
    }

    @Test func categoriesAreSortedByValue() throws {
        let category = try Column.numbers([10, 9, .nan, 10]).cast(to: .category).column
        guard case .category(let codes, let levels) = category.storage else {
            Issue.record("no category")
            return
        }
        #expect(codes == [1, 0, -1, 1])
        #expect(levels.words == ["9", "10"])
        #expect(plain(try Column.numbers([10, 9, .nan]).cast(to: .text).column) == ["10", "9", "-"])
    }

    @Test func datesAndTimes() throws {
        let times = Column(.time([0, 86_400_000_000 + 5, Column.missingTime]))
        let dates = try times.cast(to: .date)
        #expect(plain(dates.column) == ["1970-01-01", "1970-01-02", "-"])
        #expect(dates.changed == 1)
        #expect(dates.failures == 0)
        #expect(plain(try Column.numbers([0, 1.5, 1e300]).cast(to: .date).column) == ["1970-01-01", "-", "-"])
        #expect(plain(try Column.numbers([1_500_000_000.25]).cast(to: .time).column) == ["2017-07-14T02:40:00.25"])
    }
}

@Suite struct ConcatenationTests {
    @Test func levelsAndTypesAreMerged() throws {
        let a = try Frame([
            ("t", Column.text(["x", "y"])), ("n", Column(.integer([1, 2], missing: nil))), ("only", Column(.date([1, 2]))),
        ])
        let b = try Frame([("n", Column.numbers([0.5])), ("t", Column(.category([0], Levels(["y"]))))])
        let both = try Frame.concatenated([a, b])
        #expect(both.names == ["t", "n", "only"])
        #expect(plain(both["t"]) == ["x", "y", "y"])
        #expect(plain(both["n"]) == ["1", "2", "0.5"])
        #expect(plain(both["only"]) == ["1970-01-02", "1970-01-03", "-"])
        #expect(throws: Fault.self) { try Frame.concatenated([a, try Frame([("t", Column.numbers([1]))])]) }
    }

    @Test func equalityAndHash() {
        func hash(_ column: Column) -> UInt64 {
            var hasher = ValueHasher()
            column.hash(into: &hasher)
            return hasher.value
        }
        let a = Column(.text([0, 1, -1], Levels(["x", "y"])))
        let b = Column(.text([2, 0, -1], Levels(["y", "unused", "x"])))
        let c = Column(.text([2, 0, 0], Levels(["y", "unused", "x"])))
        #expect(a.equals(b) && hash(a) == hash(b))
        #expect(!a.equals(c) && hash(a) != hash(c))
        #expect(Column.numbers([0, .nan]).equals(Column.numbers([-0.0, .nan])))
        #expect(!Column.numbers([1]).equals(Column(.integer([1], missing: nil))))
        #expect(Column(.integer([0, 1], missing: [true, false])).equals(Column(.integer([0, 1], missing: [true, false]))))
        #expect(!Column(.integer([0, 1], missing: [true, false])).equals(Column(.integer([0, 1], missing: nil))))
    }
}
