import RondoExpressions
import RondoFrame
import RondoKernels
import RondoLanguage
import Testing

@Suite struct AggregateTests {
    private func sales() throws -> Frame {
        try Frame([
            ("zip", .text(["a", "b", "a", nil, "b", "a"])), ("type", .text(["x", "x", "y", "x", "x", "x"])),
            ("price", Bench.integers([10, 20, nil, 40, 50, 30])), ("sold", Bench.truths([true, false, true, nil, true, false])),
        ])
    }

    @Test func groupsAndConditions() throws {
        let frame = try sales()
        #expect(try Bench.run("mean(price by zip)", frame) == ["20", "35", "20", "40", "35", "20"])
        #expect(try Bench.run("sum(price by zip, type)", frame) == ["40", "70", "", "40", "70", "40"])
        #expect(try Bench.run("count(by zip)", frame) == ["3", "2", "3", "1", "2", "3"])
        #expect(try Bench.run("count(price by zip)", frame) == ["2", "2", "2", "1", "2", "2"])
        #expect(try Bench.run("count(where sold by zip)", frame) == ["2", "1", "2", "0", "1", "2"])
        #expect(try Bench.run("mean(price where sold)", frame) == Array(repeating: "30", count: 6))
        #expect(try Bench.run("mean(sold)", frame)[0] == "0.6")
        #expect(try Bench.run("sum(sold)", frame)[0] == "3")
        #expect(try Bench.run("count()", frame)[0] == "6")
        #expect(try Bench.run("count() = 6", frame)[0] == "true")
        #expect(try Bench.run("price - mean(price by zip)", frame) == ["-10", "-15", "", "0", "15", "10"])
        #expect(try Bench.run("first(zip)", frame)[0] == "a")
        #expect(try Bench.run("last(price by type over price)", frame) == ["50", "50", "", "50", "50", "50"])
        #expect(try Bench.run("max(zip)", frame)[0] == "b")
        #expect(try Bench.run("min(price where price > 100)", frame)[0] == "")
        #expect(try Bench.run("sd(price where price > 40)", frame)[0] == "")
        #expect(try Bench.run("distinct(price by type)", frame) == ["5", "5", "0", "5", "5", "5"])
        #expect(try Bench.compile("sum(price)", frame).type == .integer)
        #expect(try Bench.compile("mean(price)", frame).type == .number)
        #expect(try Bench.compile("max(zip)", frame).type == .text)
        // An aggregate inside an aggregate: the mean distance from the mean of the group.
        #expect(try Bench.run("mean(abs(price - mean(price by zip)))", frame)[0] == "10")
        #expect(try Bench.run("count(by price bands [20, 50])", frame) == ["1", "3", "1", "3", "1", "3"])
    }

    /// The two greatest whole numbers are two keys and two places in an order, and neither is a gap.
    @Test func theGreatestWholeNumbersStayApart() throws {
        let frame = try Frame([
            ("k", Bench.integers([.max - 1, .max, nil, .max, .min, .max - 1])), ("x", Bench.integers([1, 2, 3, 4, 5, 6])),
        ])
        #expect(try Bench.run("count(by k)", frame) == ["2", "2", "1", "2", "1", "2"])
        #expect(try Bench.run("distinct(k)", frame)[0] == "3")
        #expect(try Bench.run("max(k)", frame)[0] == "9223372036854775807")
        #expect(try Bench.run("min(k where x < 5)", frame)[0] == "9223372036854775806")
        #expect(try Bench.run("last(x over k)", frame)[0] == "4")
        #expect(try Bench.run("first(x where x > 1 and x < 4 over k)", frame)[0] == "2")
        #expect(try Bench.run("rank(over k)", frame) == ["2", "4", "", "4", "1", "2"])
    }

    /// Groups shared by several aggregates are those that each would make for itself, bands among them, for any number of threads.
    @Test func sharedGroupsAreTheSameGroups() throws {
        let count = 3_000
        let g = (0..<count).map { row -> String? in row % 17 == 3 ? nil : "g\(row * 7 % 11)" }
        let n = (0..<count).map { row -> Int64? in row % 19 == 0 ? nil : Int64(row % 5) }
        let x = (0..<count).map { row -> Double in row % 13 == 0 ? .nan : Double(row * 37 % 1_001) / 4 }
        let frame = try Frame([("g", .text(g)), ("n", Bench.integers(n)), ("x", .numbers(x))])
        let words = ["count()", "mean(x)", "median(x)", "sd(x)", "sum(x where n > 2)", "max(x) - min(x)", "distinct(n)"]
        let wanted = try words.map { Aggregate(nil, try ExpressionParser.parse($0)) }
        let groups = try [Group(ExpressionParser.parse("g")), Group(ExpressionParser.parse("x"), bands: .count(4))]
        func table(_ wanted: [Aggregate], threads: Int) throws -> Frame {
            try GroupedExpressions.table(
                wanted, by: groups, schema: Schema(frame), frame: frame, context: ComputeContext(threads: ThreadCount(threads)))
        }
        let together = try table(wanted, threads: 2)
        #expect(together.equals(try table(wanted, threads: 1)))
        #expect(together.rowCount == 12 * 5)
        for (place, one) in wanted.enumerated() {
            #expect(try table([one], threads: 1).columns[2].equals(together.columns[place + 2]), "\(words[place])")
        }
    }

    /// Against a plain loop over all pairs of rows.
    @Test func bruteForce() throws {
        let count = 300
        let groups = (0..<count).map { ($0 * 7) % 11 }
        let others = (0..<count).map { ($0 * 5) % 3 }
        let values = (0..<count).map { $0 % 13 == 0 ? Double.nan : Double(($0 * 37) % 101) }
        let frame = try Frame([
            ("g", Bench.integers(groups.map { $0 == 4 ? nil : Int64($0) })), ("h", .text(others.map { "h\($0)" })), ("x", .numbers(values)),
        ])
        func known(_ row: Int) -> [Double] {
            (0..<count).filter { groups[$0] == groups[row] && others[$0] == others[row] && !values[$0].isNaN }.map { values[$0] }
        }
        let checks: [(String, ([Double]) -> Double)] = [
            ("mean", { $0.reduce(0, +) / Double($0.count) }), ("sum", { $0.reduce(0, +) }), ("min", { $0.min() ?? .nan }),
            ("max", { $0.max() ?? .nan }),
            ("count", { Double($0.count) }), ("distinct", { Double(Set($0).count) }),
            (
                "median",
                { list in
                    let sorted = list.sorted()
                    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
                }
            ),
            (
                "sd",
                { list in
                    let mean = list.reduce(0, +) / Double(list.count)
                    return (list.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(list.count - 1)).squareRoot()
                }
            ),
        ]
        for (name, expected) in checks {
            let column = try Bench.evaluate("\(name)(x by g, h)", frame).column.numbers()
            for row in 0..<count { #expect(abs(column[row] - expected(known(row))) < 1e-9, "\(name) in row \(row)") }
        }
    }

    @Test func learnedFromTrainingRowsOnly() throws {
        let frame = try sales()
        let compiled = try Bench.compile("mean(price by zip, price bands [25])", frame)
        #expect(compiled.hasAggregates && compiled.columns == ["zip", "price"])
        let learned = try compiled.learn(from: frame, rows: [0, 4, 5], context: .quiet)
        let column = try compiled.evaluate(on: frame, aggregates: learned, context: .quiet).column
        #expect((0..<6).map { column[$0].plainText } == ["10", "", "", "", "50", "30"])
        let table = learned.tables[0]
        #expect(table.expression == "mean(price by zip, price bands [25])")
        #expect(table.keyNames == ["zip", "price"])
        #expect(table.keys == [[.text("a"), .text("under 25")], [.text("b"), .text("25 and more")], [.text("a"), .text("25 and more")]])
        #expect(table.values == [.number(10), .number(50), .number(30)])
        let read = try LearnedAggregates(archive: learned.archive())
        #expect(read.archive() == learned.archive())
        let again = try compiled.evaluate(on: frame, aggregates: read, context: .quiet).column
        #expect((0..<6).map { again[$0] } == (0..<6).map { column[$0] })
        // New rows with other levels, one row at a time.
        let new = try Frame([("zip", .text(["c"])), ("price", Bench.integers([30]))])
        #expect(try compiled.evaluate(on: new, aggregates: learned, context: .quiet).column[0] == .missing)
        let known = try Frame([("zip", .text(["a"])), ("price", Bench.integers([99]))])
        #expect(try compiled.evaluate(on: known, aggregates: learned, context: .quiet).column[0] == .number(30))
    }

    @Test func archiveOfEveryKeyType() throws {
        let frame = try Bench.mixed()
        for key in ["n", "i", "t", "w", "d", "c", "m", "p", "n bands 2", "d bands [2024-01-01]", "p bands [1 hour]", "year(d), w"] {
            let compiled = try Bench.compile("count(by \(key))", frame)
            let learned = try compiled.learn(from: frame, rows: nil, context: .quiet)
            let read = try LearnedAggregates(archive: learned.archive())
            let first = try compiled.evaluate(on: frame, aggregates: learned, context: .quiet).column
            let second = try compiled.evaluate(on: frame, aggregates: read, context: .quiet).column
            #expect((0..<4).map { first[$0] } == (0..<4).map { second[$0] }, "\(key)")
            #expect(first.missingCount == 0, "\(key)")
        }
        for value in ["first(w by t)", "max(d)", "min(i by w)", "sum(p)", "max(m)", "last(t by w)", "first(c)"] {
            let compiled = try Bench.compile(value, frame)
            let learned = try compiled.learn(from: frame, rows: nil, context: .quiet)
            #expect(try LearnedAggregates(archive: learned.archive()).tables == learned.tables, "\(value)")
        }
        #expect(throws: RondoKernels.Fault.self) { try LearnedAggregates(archive: Archive()) }
        var damaged = try Bench.compile("count(by w)", frame).learn(from: frame, rows: nil, context: .quiet).archive()
        guard case .archives(var all)? = damaged["aggregates"], case .archives(var keys)? = all[0]["keys"] else { return }
        keys[0]["groups"] = .codes([0, 1, 2, 99])
        all[0]["keys"] = .archives(keys)
        damaged["aggregates"] = .archives(all)
        #expect(throws: RondoKernels.Fault.self) { try LearnedAggregates(archive: damaged) }
    }

    @Test func emptyTables() throws {
        let frame = try sales().gathering([])
        #expect(try Bench.run("mean(price by zip)", frame).isEmpty)
        let compiled = try Bench.compile("count() + 0 * sum(price)", try sales())
        let learned = try compiled.learn(from: frame, rows: nil, context: .quiet)
        #expect(learned.tables.map(\.values) == [[.integer(0)], [.missing]])
        let byZip = try Bench.compile("mean(price by zip)", try sales())
        let nothing = try byZip.learn(from: frame, rows: nil, context: .quiet)
        #expect(try byZip.evaluate(on: try sales(), aggregates: nothing, context: .quiet).column.missingCount == 6)
        #expect(try LearnedAggregates(archive: nothing.archive()).tables == nothing.tables)
    }

    @Test func lagAndRank() throws {
        let frame = try Frame([
            ("day", Bench.integers([3, 1, 2, nil, 1])), ("user", .text(["a", "a", "b", "a", "b"])),
            ("x", .numbers([30, 10, 25, 99, .nan])),
        ])
        #expect(try Bench.run("lag(x over day)", frame) == ["25", "", "", "", "10"])
        #expect(try Bench.run("lag(x over day by user)", frame) == ["10", "", "", "", ""])
        #expect(try Bench.run("lag(x, 2 over day)", frame) == ["", "", "10", "", ""])
        #expect(try Bench.run("lag(x over day where x > 20)", frame) == ["25", "", "", "", ""])
        #expect(try Bench.run("lag(user over day)", frame) == ["b", "", "b", "", "a"])
        #expect(try Bench.run("rank(over day)", frame) == ["4", "1", "3", "", "1"])
        #expect(try Bench.run("rank(over -x by user)", frame) == ["2", "3", "1", "1", ""])
        #expect(try Bench.run("rank(over user)", frame) == ["1", "1", "4", "1", "4"])
        let compiled = try Bench.compile("x - lag(x over day)", frame)
        #expect(compiled.usesHistory && !compiled.hasAggregates && compiled.columns == ["x", "day"])
        #expect(try !Bench.compile("x", frame).usesHistory)
    }
}
