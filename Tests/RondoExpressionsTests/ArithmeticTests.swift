import RondoExpressions
import RondoFrame
import RondoKernels
import RondoLanguage
import Testing

@Suite struct ArithmeticTests {
    @Test func integersStayIntegers() throws {
        for (text, value) in [
            ("2 + 3", "5"), ("2 - 3", "-1"), ("2 * 3", "6"), ("2 ^ 10", "1024"), ("7 mod 3", "1"), ("-7 mod 3", "2"), ("7 mod -3", "-2"),
            ("-7 mod -3", "-1"), ("-2^2", "-4"), ("0 ^ 0", "1"), ("(-3) ^ 3", "-27"),
        ] {
            #expect(try Bench.value(text) == value, "\(text)")
            #expect(try Bench.type(text) == .integer, "\(text)")
        }
        for (text, value) in [
            ("6 / 3", "2"), ("1 / 0", ""), ("0 / 0", ""), ("2 ^ -1", "0.5"), ("7.5 mod 2", "1.5"), ("-7.5 mod 2", "0.5"), ("10% * 50", "5"),
            ("1.5 + 1", "2.5"), ("5 mod 0.0", ""), ("(-8) ^ 0.5", ""), ("2 ^ 0.5 ^ 2", "1.189207115002721"), ("1e308 * 10", ""),
        ] {
            #expect(try Bench.value(text) == value, "\(text)")
            #expect(try Bench.type(text) == .number, "\(text)")
        }
        #expect(try Bench.value("5 mod 0") == "")
    }

    @Test func missingInMissingOut() throws {
        let frame = try Bench.mixed()
        #expect(try Bench.run("n + 1", frame) == ["2.5", "-1", "", "5"])
        #expect(try Bench.run("i + 1", frame) == ["4", "", "-6", "11"])
        #expect(try Bench.run("i * n", frame) == ["4.5", "", "", "40"])
        #expect(try Bench.run("i - i", frame) == ["0", "", "0", "0"])
        #expect(try Bench.run("-i", frame) == ["-3", "", "7", "-10"])
        #expect(try Bench.run("i ^ 2", frame) == ["9", "", "49", "100"])
        #expect(try Bench.run("i mod 4", frame) == ["3", "", "1", "2"])
        #expect(try Bench.run("10 mod (i - 3)", frame) == ["", "", "0", "3"])
        #expect(try Bench.run("n ^ 0", frame) == ["1", "1", "", "1"])
        #expect(try Bench.run("i + missing", frame) == ["", "", "", ""])
        #expect(try Bench.run("i / 2", frame) == ["1.5", "", "-3.5", "5"])
    }

    @Test func overflowNamesTheRow() throws {
        let frame = try Frame([("q", Bench.integers([1, nil, 4_000_000_000_000_000_000, 2])), ("k", Bench.integers([1, 2, 3, 4]))])
        for (text, row) in [("q * 3", 3), ("q + q + q", 3), ("q ^ 2", 3), ("-q - q - q", 3)] {
            do {
                _ = try Bench.run(text, frame)
                Issue.record("\(text) overflowed in silence")
            } catch let fault as RondoKernels.Fault {
                #expect(fault.code == "R0340")
                #expect(fault.message.hasPrefix("row \(row): "), "\(fault.message)")
            }
        }
        #expect(try Bench.run("if q < 10 then q * 3 else 0", frame) == ["3", "", "0", "6"])
        #expect(try Bench.faults("9000000000000000000 * 2", frame).first?.hasPrefix("R0220: 9000000000000000000 * 2 is too large") == true)
        #expect(throws: RondoKernels.Fault.self) {
            try Bench.run("sum(q) + 0 * sum(q + 4000000000000000000 where q = 1)", try Frame([("q", Bench.integers([.max, 1]))]))
        }
    }

    @Test func datesAndDurations() throws {
        for (text, value, type) in [
            ("2024-03-01 - 2024-02-01", "2505600 s", ColumnType.duration), ("2024-02-28 + 2 days", "2024-03-01", .date),
            ("2024-01-31 + 1 month", "2024-02-29", .date), ("2023-01-31 + 1 month", "2023-02-28", .date),
            ("2024-03-31 - 1 month", "2024-02-29", .date),
            ("2024-02-29 + 1 year", "2025-02-28", .date), ("2024-02-29 - 4 years", "2020-02-29", .date),
            ("1 month + 2024-01-31", "2024-02-29", .date),
            ("2024-01-01 + 1 week", "2024-01-08", .date), ("2024-01-01 + 36 hours", "2024-01-02T12:00:00", .time),
            ("2024-01-01T06:00 + 1 day", "2024-01-02T06:00:00", .time), ("2024-01-31T06:00 + 1 month", "2024-02-29T06:00:00", .time),
            ("2024-01-02 - 2024-01-01T12:00", "43200 s", .duration), ("(2024-03-01 - 2024-02-01) / 1 day", "29", .number),
            ("1 week / 1 day", "7", .number),
            ("1 day * 3", "259200 s", .duration), ("1 day / 2", "43200 s", .duration), ("2024-01-01 + 3 * 1 month", "2024-04-01", .date),
            ("2024-01-01 + (2024-03-01 - 2024-02-28)", "2024-01-03", .date), ("-1 day", "-86400 s", .duration),
            ("6 months", "15778476 s", .duration),
            ("1 year / 1 month", "12", .number), ("1 quarter > 2 months", "true", .truth), ("1900-03-01 - 1 day", "1900-02-28", .date),
            ("1 day > 23 hours", "true", .truth), ("2024-01-01 = 2024-01-01T00:00", "true", .truth),
        ] {
            #expect(try Bench.value(text) == value, "\(text)")
            #expect(try Bench.type(text) == type, "\(text)")
        }
        let frame = try Bench.mixed()
        #expect(try Bench.run("d + 1 month", frame) == ["2024-02-29", "2024-01-31", "", "2024-03-29"])
        #expect(try Bench.run("2024-03-01 - d", frame) == ["2592000 s", "5270400 s", "", "86400 s"])
        #expect(try Bench.run("d - 1 day < 2024-01-01", frame) == ["false", "true", "", "false"])
        #expect(try Bench.run("d + p", frame) == ["2024-02-01T00:00:00", "2023-12-31T00:00:01.5", "", "2024-02-29T00:00:00"])
        #expect(try Bench.run("d + i * 1 day", frame) == ["2024-02-03", "", "", "2024-03-10"])
        #expect(try Bench.run("p * 2", frame) == ["172800 s", "3 s", "", "0 s"])
        #expect(try Bench.run("p / p", frame) == ["1", "1", "", ""])
        #expect(try Bench.run("m - d", frame) == ["2556300 s", "", "", "-1709164799 s"])
    }

    @Test func oneThreadEqualsTwo() throws {
        let count = 200_000
        var numbers: [Double] = []
        var wholes: [Int64?] = []
        var labels: [String?] = []
        for row in 0..<count {
            numbers.append(row % 97 == 0 ? .nan : Double((row * 7919) % 10_007) / 13)
            wholes.append(row % 89 == 0 ? nil : Int64((row * 104_729) % 1009))
            labels.append(row % 101 == 0 ? nil : "word \((row * 31) % 500)")
        }
        let integers = Bench.integers(wholes)
        let words = Column.text(labels)
        let frame = try Frame([("x", .numbers(numbers)), ("i", integers), ("w", words)])
        for text in [
            "x * 2 + i", "i * i - 3", "i mod 7", "if x > 100 then x else i", "log(x) / exp(x / 1000)", "w < \"word 3\" or x > 5",
            "upper(w)", "length(w)",
            "mean(x by w)", "median(x by i)", "sd(x)", "sum(i by w)", "distinct(w by i)", "lag(x over i by w)", "rank(over x)",
            "i in [1..100, 500]",
            "w matches \"[0-9]{3}\"", "coalesce(x, 0)", "max(w by i)",
        ] {
            #expect(try Bench.run(text, frame, threads: 1) == Bench.run(text, frame, threads: 2), "\(text)")
        }
    }

    /// Large tables are worked on in pieces: the same values, and the row numbers of the whole table.
    @Test func piecesGiveTheSame() throws {
        let count = 150_000
        var numbers: [Double] = []
        var wholes: [Int64?] = []
        for row in 0..<count {
            numbers.append(row % 31 == 0 ? .nan : Double(row % 1013) / 7)
            wholes.append(row % 37 == 0 ? nil : Int64(row % 499))
        }
        wholes[140_000] = .max - 1
        let frame = try Frame([
            ("x", .numbers(numbers)), ("i", Bench.integers(wholes)), ("d", Column(.date((0..<count).map { Int32($0) }))),
        ])
        let rows = [0, 31, 37, 16_383, 16_384, 65_537, 149_999]
        let few = frame.gathering(rows.map { Int32($0) })
        for text in [
            "x * 2 + i", "x > 10 and i < 100", "if x > 50 then x else i", "d + 1 month - 1 day", "round(sqrt(x), 2) is missing",
            "2024-01-01 - d + 1 day",
            "(d + 1 hour) - 1 day", "greatest(x, i) in [1..20]",
        ] {
            let all = try Bench.evaluate(text, frame, threads: 2).column
            #expect(try rows.map { all[$0].plainText } == Bench.run(text, few), "\(text)")
        }
        do {
            _ = try Bench.run("i + 5 > x", frame)
            Issue.record("no overflow")
        } catch let fault as RondoKernels.Fault {
            #expect(fault.message.hasPrefix("row 140001: "))
        }
    }

    @Test func cancelledWorkStops() throws {
        let frame = try Frame([("x", .numbers(Array(repeating: 1, count: 10)))])
        let token = CancellationToken()
        token.cancel()
        let compiled = try Bench.compile("x + 1", frame)
        #expect(throws: Interrupted.self) { try compiled.evaluate(on: frame, context: ComputeContext(cancellation: token)) }
    }
}
