import RondoGoldens
import RondoKernels
import Testing

@testable import RondoReport

@Suite struct CellDigestTests {
    @Test func recordedDigestsStay() {
        #expect(Golden.difference(SampleCells.all.map { CellDigest($0).text }.joined(separator: "\n") + "\n", "digests.txt") == nil)
    }

    @Test func everyChangeOfContentChangesBoth() {
        let cell = SampleCells.compare
        guard case .table(let table) = cell.blocks[0] else { return }
        let original = CellDigest(cell)
        var seen = 0
        for row in table.rows.indices {
            for column in table.columns.indices {
                var changed = table
                changed.rows[row][column] = .text("changed")
                let digest = CellDigest([.table(changed)])
                #expect((digest == original) == table.columns[column].isVolatile)
                seen += 1
            }
        }
        #expect(seen == 21)
        var renamed = table
        renamed.columns[6].name = "fitted in"
        #expect(CellDigest([.table(renamed)]) != original)
        var shorter = table
        shorter.rows.removeLast()
        #expect(CellDigest([.table(shorter)]) != original)
    }

    @Test func figuresChangeItUnlessVolatile() {
        guard case .figures(let figures) = SampleCells.fit.blocks[0] else { return }
        let original = CellDigest([.figures(figures)])
        for index in figures.indices {
            var changed = figures
            changed[index].value = .integer(-77)
            #expect((CellDigest([.figures(changed)]) == original) == figures[index].isVolatile, "\(figures[index].name)")
            changed = figures
            changed[index].name += "x"
            #expect(CellDigest([.figures(changed)]) != original)
        }
    }

    @Test func seventhDigitChangesOnlyTheExactOne() {
        func digest(_ value: Double) -> CellDigest { CellDigest([.figures([Figure("rmse", .number(value))])]) }
        let base = digest(0.123_456_1)
        let seventh = digest(0.123_456_2)
        #expect(seventh.exact != base.exact && seventh.rounded == base.rounded)
        let sixth = digest(0.123_457_1)
        #expect(sixth.exact != base.exact && sixth.rounded != base.rounded)
        #expect(digest(-0.0) == digest(0))
        #expect(
            CellDigest([.figures([Figure("n", .integer(12_345_678))])]).rounded
                != CellDigest([.figures([Figure("n", .integer(12_345_679))])]).rounded)
    }

    @Test func chartsTextAndNotesCount() {
        for (index, block) in SampleCells.charts.blocks.enumerated() {
            guard case .chart(var chart) = block else { continue }
            chart.marks = .bars(labels: ["x"], groups: [], values: [[Double(index)]])
            #expect(CellDigest([.chart(chart)]) != CellDigest([block]))
        }
        #expect(CellDigest([.text(TextBlock("a"))]) != CellDigest([.text(TextBlock("a", tone: .good))]))
        #expect(CellDigest([.note("a")]) != CellDigest([.note("b")]))
        #expect(CellDigest([.note("a"), .note("b")]) != CellDigest([.note("b"), .note("a")]))
    }

    @Test func textForm() {
        let digest = CellDigest(exact: 0x5E1F_09AA, rounded: 0x0000_0B2)
        #expect(digest.text == "5e1f09aa 000000b2")
        #expect(CellDigest(text: digest.text) == digest)
        #expect(
            CellDigest(text: "5e1f09aa") == nil && CellDigest(text: "5e1f09aa zzzzzzzz") == nil
                && CellDigest(text: "+e1f09aa 00000000") == nil)
    }
}
