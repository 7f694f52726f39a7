import RondoFrame
import RondoKernels
import Testing

@Suite struct GroupingTests {
    @Test func groupsInOrderOfFirstAppearance() throws {
        let key = Column.text(["b", "a", nil, "b", nil, "c"])
        let groups = try Groups(by: [key], rowCount: 6)
        #expect(groups.groupOfRow == [0, 1, 2, 0, 2, 3])
        #expect(groups.count == 4)
        #expect(groups.firstRows == [0, 1, 2, 5])
        #expect(groups.sizes == [2, 1, 2, 1])
        #expect(plain(groups.keys([key])[0]) == ["b", "a", "-", "c"])
    }

    /// 64 bits count, whichever of them differ, and beside gaps and numbers too.
    @Test func wholeNumbersAreExactTo64Bits() throws {
        let low: Int64 = (1 << 53) + 1
        let values: [Int64] = [low, low | 1 << 62, low | Int64.min, low + 1, .max, .max - 1, .min, .min + 1, 0]
        let column = Column(.integer(values, missing: nil))
        let found = try Lookup(keys: [column], names: ["k"]).match([column])
        #expect(found.rows == (0..<9).map { Int32($0) })
        #expect(try Groups(by: [column], rowCount: 9).count == 9)
        let gaps = Column(.integer(values + [0], missing: Array(repeating: false, count: 9) + [true]))
        #expect(try Groups(by: [gaps], rowCount: 10).count == 10)
        #expect(try Lookup(keys: [gaps], names: ["k"]).match([gaps]).rows == (0..<9).map { Int32($0) } + [-1])
        // A number that lies nearest to several of them is none of those it does not equal.
        let near = Column.numbers(values.map { Double($0) })
        let rows = try Lookup(keys: [column], names: ["k"]).match([near]).rows
        for (row, match) in rows.enumerated() where match >= 0 {
            #expect(Int64(exactly: Double(values[row])) == values[Int(match)])
        }
        #expect(rows[8] == 8 && rows[6] == 6 && rows[4] == -1)
    }

    /// Values that lie close together are looked up in an array, others in a table of keys: the groups are the same.
    @Test func closeAndFarValuesGroupAlike() throws {
        var stream = RandomStream(seed: 4, purpose: "close")
        let small = (0..<5_000).map { _ in Int64(stream.next() % 900) - 450 }
        let gaps = (0..<5_000).map { _ in stream.next() % 11 == 0 }
        func codes(_ column: Column) -> GroupCodes { GroupCodes(column) }
        for missing in [nil, gaps] {
            let isGap = missing ?? Array(repeating: false, count: small.count)
            func values<Value>(_ gap: Value, _ value: (Int64) -> Value) -> [Value] { zip(small, isGap).map { $1 ? gap : value($0) } }
            let close = codes(Column(.integer(small, missing: missing)))
            let far = codes(Column(.integer(small.map { $0 &* (1 << 40) }, missing: missing)))
            #expect(close.codes == far.codes && close.firstRows == far.firstRows)
            let days = codes(Column(.date(values(Column.missingDate) { Int32($0) })))
            #expect(close.codes == days.codes)
            let times = codes(Column(.time(values(Column.missingTime) { $0 &* (1 << 40) })))
            #expect(close.codes == times.codes)
            let numbers = codes(Column.numbers(values(Double.nan) { Double($0) }))
            #expect(close.codes == numbers.codes && close.count == numbers.count)
        }
        let limits = codes(Column(.integer([.min, .max, 0, .min], missing: nil)))
        #expect(limits.codes == [0, 1, 2, 0] && limits.firstRows == [0, 1, 2])
        #expect(codes(Column(.integer([0, 0], missing: [true, true]))).codes == [0, 0])
        #expect(codes(Column(.integer([], missing: nil))).count == 0)
    }

    @Test func manyColumnsAreOneThreadOrTwo() throws {
        var stream = RandomStream(seed: 6, purpose: "many columns")
        let columns = (0..<7).map { _ in Column.numbers((0..<2_000).map { _ in Double(stream.next() % 3) }) }
        let one = try GroupCodes(columns)
        let two = try GroupCodes(columns, context: ComputeContext(threads: ThreadCount(2)))
        #expect(one.codes == two.codes && one.firstRows == two.firstRows)
        var index: [String: Int32] = [:]
        for row in 0..<2_000 {
            let key = columns.map { $0[row].plainText }.joined(separator: " ")
            let expected = index[key] ?? Int32(index.count)
            index[key] = expected
            if one.codes[row] != expected { Issue.record("row \(row)"); return }
        }
        #expect(one.count == index.count)
    }

    @Test func severalKeysOfAllTypes() throws {
        let number = Column.numbers([1.5, 1.5, .nan, 1.5, -0.0, 0])
        let integer = Column(.integer([1, 1, 0, 2, 5, 5], missing: [false, false, true, false, false, false]))
        let groups = try Groups(by: [number, integer], rowCount: 6)
        #expect(groups.groupOfRow == [0, 0, 1, 2, 3, 3])
        let lowest = Column(.integer([Int64.min, 0, Int64.min], missing: [false, true, false]))
        #expect(try Groups(by: [lowest], rowCount: 3).groupOfRow == [0, 1, 0])
        let moments = try Groups(
            by: [Column(.date([1, Column.missingDate, 1])), Column(.time([5, 5, 5])), Column(.truth([0, 2, 0]))], rowCount: 3)
        #expect(moments.groupOfRow == [0, 1, 0])
        #expect(try Groups(by: [], rowCount: 3).groupOfRow == [0, 0, 0])
        #expect(try Groups(by: [], rowCount: 0).count == 0)
    }

    @Test func manyKeysAgreeWithADictionary() throws {
        var stream = RandomStream(seed: 3, purpose: "groups")
        let a = (0..<20_000).map { _ in Int64(stream.next() % 300) }
        let b = (0..<20_000).map { _ in Double(stream.next() % 200) / 4 }
        let groups = try Groups(by: [Column(.integer(a, missing: nil)), Column.numbers(b)], rowCount: a.count)
        var index: [String: Int32] = [:]
        for row in a.indices {
            let key = "\(a[row]) \(b[row])"
            let expected = index[key] ?? Int32(index.count)
            index[key] = expected
            if groups.groupOfRow[row] != expected { Issue.record("row \(row)"); return }
        }
        #expect(groups.count == index.count)
    }

    @Test func aggregates() throws {
        let groups = try Groups(by: [Column.text(["a", "b", "a", "a", "b", "c"])], rowCount: 6)
        let values = [1.0, 4, 3, 8, .nan, .nan]
        let column = Column.numbers(values)
        let aggregates = GroupAggregates(groups)
        #expect(aggregates.counts(column) == [3, 1, 0])
        #expect(try aggregates.sums(values) == [12, 4, 0])
        #expect(try aggregates.means(values).prefix(2) == [4, 4])
        #expect(try aggregates.means(values)[2].isNaN)
        #expect(try aggregates.medians(values).prefix(2) == [3, 4])
        #expect(try aggregates.minima(values).prefix(2) == [1, 4])
        #expect(try aggregates.maxima(values).prefix(2) == [8, 4])
        // Deviations -3, -1, 4: variance 26 / 2.
        #expect(try aggregates.standardDeviations(values)[0] == 13.0.squareRoot())
        #expect(aggregates.firstRows(column) == [0, 1, -1])
        #expect(aggregates.lastRows(column) == [3, 1, -1])
        #expect(try aggregates.distinctCounts(column) == [3, 1, 0])
    }

    @Test func modesBreakTiesByOrder() throws {
        let groups = Groups.whole(rowCount: 5)
        let words = Column.text(["z", "b", "b", "z", nil])
        #expect(plain(try GroupAggregates(groups).modes(words)) == ["b"])
        let category = Column(.category([0, 1, 1, 0, -1], Levels(["z", "b"])))
        #expect(plain(try GroupAggregates(groups).modes(category)) == ["z"])
        #expect(plain(try GroupAggregates(groups).modes(Column.numbers([3, 1, 1, 3, .nan]))) == ["1"])
        #expect(plain(try GroupAggregates(groups).modes(Column.numbers([.nan, .nan, .nan, .nan, .nan]))) == ["-"])
    }
}

@Suite struct JoinTests {
    @Test func manyToOne() throws {
        let lookup = try Lookup(keys: [Column.text(["x", "y", nil, "w"])], names: ["key"])
        let (rows, report) = try lookup.match([Column.text(["y", "x", "q", nil, "y", "q", "r"])])
        #expect(rows == [1, 0, -1, -1, 1, -1, -1])
        #expect(report.matched == 3)
        #expect(report.unmatched == 4)
        #expect(report.missingKeys == 1)
        #expect(report.unmatchedExamples == ["\"q\"", "\"r\""])
        #expect(report.neverUsed == 1)
        #expect(report.duplicateKeys == 0)
    }

    @Test func duplicatesAreRefusedOrCounted() throws {
        let key = Column.text(["x", "y", "x", nil, nil])
        #expect { try Lookup(keys: [key], names: ["key"]) } throws: {
            ($0 as? Fault)?.code == "R0320" && ($0 as? Fault)?.message.contains("\"x\"") == true
        }
        let (rows, report) = try Lookup(keys: [key], names: ["key"], duplicates: .firstCounts).match([Column.text(["x"])])
        #expect(rows == [0])
        #expect(report.duplicateKeys == 1)
        #expect(report.duplicateExamples == ["\"x\""])
    }

    @Test func compatibleTypes() throws {
        let integers = Column(.integer([1, 2, 9_007_199_254_740_993], missing: nil))
        let numbers = Column.numbers([2, 1.5, 9_007_199_254_740_992, .nan, 1])
        #expect(try Lookup(keys: [integers], names: ["k"]).match([numbers]).rows == [1, -1, -1, -1, 0])
        #expect(try Lookup(keys: [numbers], names: ["k"]).match([integers]).rows == [4, 0, -1])
        let category = Column(.category([1, 0, -1], Levels(["a", "b"])))
        #expect(try Lookup(keys: [category], names: ["k"]).match([Column.text(["a", "b", nil])]).rows == [1, 0, -1])
        #expect(throws: Fault.self) { try Lookup(keys: [integers], names: ["k"]).match([Column.text(["1"])]) }
    }

    @Test func severalKeys() throws {
        let lookup = try Lookup(keys: [Column.text(["a", "a", "b"]), Column(.integer([1, 2, 1], missing: nil))], names: ["t", "n"])
        let (rows, report) = try lookup.match([Column.text(["b", "a", "b", "a"]), Column.numbers([1, 2, 2, .nan])])
        #expect(rows == [2, 1, -1, -1])
        #expect(report.unmatchedExamples == ["\"b\", 2"])
        #expect(report.neverUsed == 1)
    }

    @Test func emptyTables() throws {
        let empty = try Lookup(keys: [Column.text([])], names: ["k"])
        #expect(try empty.match([Column.text(["a"])]).rows == [-1])
        #expect(try empty.match([Column.text([])]).rows == [])
    }
}

@Suite struct SortTests {
    @Test func stableWithMissingLast() throws {
        let frame = try Frame([("x", Column.numbers([2, .nan, 1, 2, .nan, 1]))])
        let key = try #require(frame["x"])
        #expect(try frame.order(by: [SortKey(key)]) == [2, 5, 0, 3, 1, 4])
        #expect(try frame.order(by: [SortKey(key, descending: true)]) == [0, 3, 2, 5, 1, 4])
    }

    @Test func severalKeysAndTypes() throws {
        let text = Column.text(["b", "a", "é", "Z", nil, "a"])
        let truth = Column(.truth([1, 1, 0, 0, 1, 0]))
        let frame = try Frame([("t", text), ("u", truth)])
        #expect(try frame.order(by: [SortKey(text)]) == [3, 1, 5, 0, 2, 4])
        #expect(try frame.order(by: [SortKey(text, descending: true)]) == [2, 0, 1, 5, 3, 4])
        #expect(try frame.order(by: [SortKey(truth), SortKey(text, descending: true)]) == [2, 5, 3, 0, 1, 4])
        let limits = Column(.integer([.max, .min, 0, .max, 5], missing: [false, false, true, false, false]))
        #expect(limits.order() == [1, 4, 0, 3, 2])
        #expect(limits.order(descending: true) == [0, 3, 4, 1, 2])
        #expect(Column(.category([1, 0, -1], Levels(["z", "a"]))).order() == [1, 0, 2])
        #expect(Column(.date([5, Column.missingDate, -5])).order() == [2, 0, 1])
    }

    @Test func factors() {
        let factor = Column.text(["b", nil, "a", "b"]).factor()
        #expect(factor.codes == [1, -1, 0, 1])
        #expect(factor.words == ["a", "b"])
        #expect(Column.numbers([3, .nan, -1, 3]).factor().codes == [1, -1, 0, 1])
        let unused = Column(.category([2, 0, -1], Levels(["x", "y", "z"])))
        #expect(unused.levelsUsed() == [0, 2])
        #expect(unused.factor().words == ["x", "z"])
    }
}
