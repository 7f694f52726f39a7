import RondoFrame
import RondoKernels
import Testing

/// Lines of the common form are read column by column, all others record by record: nobody can tell which.
@Suite struct CSVColumnwiseReadingTests {
    private static let kinds = 12

    private func cell(_ kind: Int, _ stream: inout RandomStream) -> String {
        func below(_ count: Int) -> Int { Int(stream.next() % UInt64(count)) }
        if below(25) == 0 { return ["", "NA", "?", " ", "null", "\"\"", "x"][below(7)] }
        switch kind {
        case 0: return "\(below(1 << (1 + below(62))))"
        case 1: return "-\(below(1 << (1 + below(40))))"
        case 2: return "\(Double(below(1_000_000)) / [1, 8, 100, 1000, 1e6][below(5)])"
        case 3: return "\(below(100_000)).\(below(1_000_000_000))"
        case 4: return "20\(10 + below(20))-\(10 + below(3))-\(10 + below(19))"
        case 5: return "20\(10 + below(20))-0\(1 + below(9))-1\(below(10))T0\(below(10)):\(10 + below(50)):\(10 + below(50))"
        case 6: return ["true", "false"][below(2)]
        case 7: return ["pear", "fig", "Über", "north", "a long name of a fruit", "n"][below(6)]
        case 8: return "street \(below(100_000))"
        case 9: return "\"a, \"\"b\"\" \(below(100))\""
        case 10: return "\"\(below(1000))\""
        default: return "\(1 + below(12))/\(1 + below(28))/20\(10 + below(20))"
        }
    }

    /// A table of so many columns with lines that are odd here and there.
    private func text(seed: UInt64) -> String {
        var stream = RandomStream(seed: seed, purpose: "common form")
        func below(_ count: Int) -> Int { Int(stream.next() % UInt64(count)) }
        let (columns, lineEnd) = ([1, 2, 3, 8, 30, 400][below(6)], ["\n", "\n", "\r\n"][below(3)])
        let kinds = (0..<columns).map { _ in below(Self.kinds) }
        let rows = columns == 400 ? 60 : [5, 70, 900][below(3)]
        let isOdd = below(2) == 0
        var text = (0..<columns).map { "c\($0)" }.joined(separator: ",") + lineEnd
        for _ in 0..<rows {
            var cells = kinds.map { cell($0, &stream) }
            if isOdd {
                switch below(60) {
                case 0: cells.removeLast(min(cells.count - 1, 1 + below(3)))
                case 1: text += lineEnd
                case 2: cells[below(columns)] = " \"blanks before\""
                case 3: cells[below(columns)] = "inner \"quotes\" \(below(9))"
                case 4: cells.append("")
                case 5: cells[below(columns)] = "\"two\nlines, \(below(9))\""
                case 6: cells[columns - 1] += lineEnd == "\n" ? "\r" : ""
                default: break
                }
            }
            text += cells.joined(separator: ",") + lineEnd
        }
        return below(4) == 0 ? String(text.dropLast(lineEnd.count)) : text
    }

    private func read(_ text: String, _ options: ReadOptions) -> (frame: Frame?, findings: [Finding], fault: String?) {
        do {
            let result = try CSVReader.read(ByteSource(name: "t", text: text), options: options, context: .quiet)
            return (result.frame, result.findings, nil)
        } catch {
            return (nil, [], "\(error)")
        }
    }

    /// A sign of comment that never occurs makes every line go the general way.
    @Test(arguments: 0..<150) func isReadLikeTheGeneralForm(seed: Int) {
        let text = text(seed: UInt64(seed))
        let common = read(text, ReadOptions())
        var options = ReadOptions()
        options.comment = 1
        let general = read(text, options)
        #expect(common.fault == general.fault)
        #expect(common.findings == general.findings)
        guard let frame = common.frame, let other = general.frame else { return }
        #expect(frame.names == other.names && frame.columns.map(\.type) == other.columns.map(\.type))
        #expect(frame.equals(other))
    }

    /// Records of more than a window's bytes, and so many columns that windows grow.
    @Test func longRecords() throws {
        let long = String(repeating: "x", count: 50_000)
        let wide = (0..<3000).map { "\($0 % 10)" }.joined(separator: ",")
        var text = "a,b\n"
        for row in 0..<40 { text += "\(row),\(row % 7 == 3 ? long : "y")\n" }
        let frame = try CSVReader.read(ByteSource(name: "t", text: text), options: ReadOptions(), context: .quiet).frame
        #expect(frame.rowCount == 40 && frame["a"]?[39] == .integer(39) && frame["b"]?[10] == .text(long) && frame["b"]?[11] == .text("y"))
        let header = (0..<3000).map { "c\($0)" }.joined(separator: ",")
        let rows = String(repeating: wide + "\n", count: 200)
        let other = try CSVReader.read(ByteSource(name: "t", text: header + "\n" + rows), options: ReadOptions(), context: .quiet).frame
        #expect(other.rowCount == 200 && other.columnCount == 3000 && other["c2999"]?[199] == .integer(9))
    }
}
