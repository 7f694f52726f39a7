import RondoKernels
import Testing

@testable import RondoReport

@Suite struct WideTableTests {
    /// A table with a column of names and so many of numbers, each number different.
    private func table(columns: Int, rows: Int = 3, isKeyPair: Bool = false, showsTypes: Bool = false) -> TableBlock {
        let front =
            isKeyPair ? [TableBlock.Column("column", "text", .plain), .init("by", "text", .plain)] : [.init("column", "text", .plain)]
        let names = front + (0..<columns).map { TableBlock.Column("figure_\($0)", "number") }
        let values = (0..<rows).map { row -> [Scalar] in
            let keys: [Scalar] = isKeyPair ? [.text("price"), .text("group \(row)")] : [.text("name \(row)")]
            return keys + (0..<columns).map { .number(Double(1000 * (row + 1) + $0) / 8) }
        }
        return TableBlock(caption: "3 rows of sales", columns: names, rows: values, showsTypes: showsTypes)
    }

    private func text(_ table: TableBlock, width: Int = 80) -> String {
        TerminalRenderer(width: width).text(CellReport(number: 1, line: 1, source: "describe", blocks: [.table(table)]))
    }

    @Test(arguments: [60, 80, 100, 140])
    func noFigureIsLost(width: Int) {
        let block = table(columns: 18)
        let text = text(block, width: width)
        for column in block.columns.indices.dropFirst() {
            #expect(text.contains(block.columns[column].name + "\n") || text.contains(block.columns[column].name + " "))
            for cell in NumberText().column(block.rows.map { $0[column] }, .number) { #expect(text.contains(cell)) }
        }
        for line in text.split(separator: "\n") { #expect(DisplayWidth.of(String(line)) <= width, "\(line)") }
        #expect(!text.contains("…") && text.contains("3 rows of sales, continued"))
    }

    @Test func everyPartBeginsWithTheKey() {
        #expect(text(table(columns: 18)).matches(of: /name 1/).count == text(table(columns: 18)).matches(of: #/column  /#).count)
        let paired = text(table(columns: 12, isKeyPair: true))
        #expect(paired.matches(of: /price {3}group 1/).count > 1)
        #expect(paired.matches(of: /price {3}group 1/).count == paired.matches(of: /column {2}by/).count)
    }

    @Test func partsAreAboutEquallyWide() {
        let text = text(table(columns: 14), width: 100)
        let widths = text.split(separator: "\n").filter { $0.contains("figure_") }.map { DisplayWidth.of(String($0)) }
        #expect(widths.count == 2 && (widths.max() ?? 0) - (widths.min() ?? 0) <= 12, "\(widths)")
    }

    @Test func veryManyColumnsNameThoseNotShown() {
        let text = text(table(columns: 90))
        #expect(text.contains("more") && text.contains("figure_89"))
        #expect(text.replacing(/\s+/, with: " ").contains(/not shown: figure_\d+, .* and \d+ others/))
    }

    @Test func typesStandUnderColumnsOfDataOnly() {
        #expect(!text(table(columns: 2)).contains("number"))
        #expect(text(table(columns: 2, showsTypes: true)).contains("number"))
    }

    @Test func wordsOfResultsGoOnInFurtherLines() {
        let words = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        var block = TableBlock(
            caption: "", columns: [.init("verb", "text", .plain), .init("what it does", "text", .plain)],
            rows: [[.text("load"), .text(words)], [.text("use"), .text("short")]])
        let text = text(block)
        #expect(!text.contains("…"))
        for word in words.split(separator: " ") { #expect(text.contains(word)) }
        #expect(text.split(separator: "\n").allSatisfy { DisplayWidth.of(String($0)) <= 80 })
        #expect(text.contains(/\n {8}[a-z]/), "what goes on stands under its column")
        block.showsTypes = true
        #expect(self.text(block).contains("…"))
    }

    @Test func aSingleWideColumnIsCut() {
        let block = TableBlock(
            caption: "", columns: [.init("words", "text", .plain)], rows: [[.text(String(repeating: "word ", count: 60))]])
        for line in text(block, width: 40).split(separator: "\n") { #expect(DisplayWidth.of(String(line)) <= 40) }
    }

    @Test func emptyColumnsGo() {
        var block = TableBlock(
            caption: "", columns: [.init("term", "text"), .init("a", "number"), .init("b", "number")],
            rows: [[.missing, .missing, .number(1)], [.missing, .missing, .missing]])
        block.leaveOutEmptyColumns()
        #expect(block.columns.map(\.name) == ["term", "b"] && block.rows == [[.missing, .number(1)], [.missing, .missing]])
        var none = TableBlock(caption: "", columns: [.init("term", "text"), .init("a", "number")], rows: [])
        none.leaveOutEmptyColumns()
        #expect(none.columns.count == 2)
    }
}

@Suite struct WordsTests {
    @Test func namesAreCapped() {
        let names = (1...50).map { "c\($0)" }
        #expect(NameList.words(names, limit: 3) == "c1, c2, c3 and 47 others")
        #expect(NameList.words(Array(names.prefix(4)), limit: 3) == "c1, c2, c3, c4")
        #expect(NameList.words([]).isEmpty)
        #expect(NameList.words((1...5000).map { "c\($0)" }, limit: 1) == "c1 and 4,999 others")
    }

    @Test func numberAndUnitStayTogether() {
        #expect(UnitJoining.wrapped("mape falls to 10.6 % now", to: 18) == ["mape falls to", "10.6 % now"])
        #expect(UnitJoining.wrapped("trained in 12 ms.", to: 13) == ["trained in", "12 ms."])
        #expect(UnitJoining.wrapped("there were 12 oaks", to: 13) == ["there were 12", "oaks"])
        for width in 8...60 {
            for line in UnitJoining.wrapped("forest: mape 8.1 % in 3 min 20 s, 1.4 MB, 1.7 points short of 10 % (12 rows)", to: width) {
                #expect(!line.hasPrefix("%") && !line.hasPrefix("points") && !line.hasPrefix("MB") && !line.hasPrefix("s,"), "\(line)")
                #expect(!line.contains("\u{A0}"))
            }
        }
    }

    @Test func marksOfOneAxisShareTheirSuffix() {
        #expect(AxisTicks(from: 0, to: 10_000).labels == ["0", "2k", "4k", "6k", "8k", "10k"])
        #expect(AxisTicks(from: 0, to: 8_000).labels == ["0", "2,000", "4,000", "6,000", "8,000"])
    }
}

@Suite struct MergedBinsTests {
    @Test(arguments: [25, 30, 47, 60, 99, 100])
    func binsAreEquallyWide(count: Int) {
        let bins = MergedBins(edges: (0...count).map { Double($0) * 5 + 35 }, counts: [[Int](repeating: 2, count: count)], most: 24)
        #expect(bins.edges.count <= 26 && bins.edges.count == bins.counts[0].count + 1)
        #expect(bins.counts[0].reduce(0, +) == Double(2 * count))
        let widths = zip(bins.edges, bins.edges.dropFirst()).map { $1 - $0 }
        #expect(Set(widths).count == 1, "\(widths)")
        #expect([10, 20, 25, 50].contains(widths[0]) && bins.edges.allSatisfy { $0.truncatingRemainder(dividingBy: widths[0]) == 0 })
    }

    @Test func fineBinsKeepRoundEdges() {
        let bins = MergedBins(edges: (0...30).map { Double($0) / 20 }, counts: [Array(0..<30)], most: 24)
        #expect(bins.edges.prefix(4) == [0, 0.1, 0.2, 0.3] && bins.counts[0].prefix(3) == [1, 5, 9])
    }

    @Test func fewBinsStay() {
        let bins = MergedBins(edges: [0, 1, 5], counts: [[3, 4]], most: 24)
        #expect(bins.edges == [0, 1, 5] && bins.counts == [[3, 4]])
    }

    @Test func oddBinsKeepEveryCount() {
        let uneven = MergedBins(edges: (0...50).map { Double($0 * $0) }, counts: [[Int](repeating: 1, count: 50), [7]], most: 24)
        #expect(uneven.counts.map { $0.reduce(0, +) } == [50, 7])
        let shifted = MergedBins(edges: (0...50).map { Double($0) * 0.3 + 0.1 }, counts: [[Int](repeating: 1, count: 50)], most: 24)
        #expect(shifted.counts[0].reduce(0, +) == 50)
        #expect(MergedBins(edges: [], counts: [[1]], most: 24).edges.count < 2)
        #expect(MergedBins(edges: [1], counts: [], most: 24).edges.count < 2)
    }
}
