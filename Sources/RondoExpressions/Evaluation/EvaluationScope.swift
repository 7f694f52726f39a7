import RondoFrame
package import RondoKernels

/// What evaluation needs: the rows, what was learned, how to compute, and where failed conversions are counted.
package struct EvaluationScope {
    /// Rows of one chunk of work; fixed, so that nothing depends on the number of threads.
    static let chunkSize = 65_536

    let frame: Frame
    package let rows: Int
    package let context: ComputeContext
    let aggregates: [BoundAggregate]
    let tally: ConversionTally
    /// Groups of these rows that were made before.
    let groupings: GroupingMemory
    /// Row numbers of the table from which the rows were cut, for messages.
    var rowNumbers: [Int32]?
    /// Rows before the first one here, when the rows are a piece of a table.
    var firstRow = 0
    /// Rows whose values will be used (inside `then` and `else`); elsewhere an overflow is no fault. Nil: all.
    var active: [Bool]?

    init(
        frame: Frame, context: ComputeContext, aggregates: [BoundAggregate] = [], rowNumbers: [Int32]? = nil,
        groupings: GroupingMemory = GroupingMemory()
    ) {
        self.frame = frame
        rows = frame.rowCount
        self.context = context
        self.aggregates = aggregates
        tally = ConversionTally()
        self.groupings = groupings
        self.rowNumbers = rowNumbers
    }

    /// The row's number in the table, from 1.
    func rowNumber(_ row: Int) -> Int {
        guard let rowNumbers, row < rowNumbers.count else { return firstRow + row + 1 }
        return Int(rowNumbers[row]) + 1
    }
}

/// Counts values that could not be converted; used by one evaluation, between its loops.
final class ConversionTally {
    private(set) var failed = 0
    private(set) var first: String?

    /// Adds failures and remembers the first value that failed.
    func add(_ count: Int, first value: @autoclosure () -> String) {
        guard count > 0 else { return }
        if failed == 0 { first = value() }
        failed += count
    }
}
