import RondoFrame
import RondoKernels

/// The values that an aggregate works on, and the group of each row.
package struct GroupedValues: Sendable {
    /// Nil when the function was called without an argument.
    let column: Column?
    /// -1 for rows that do not take part.
    let groups: [Int32]
    let groupCount: Int
    /// The order of rows for functions that have one.
    let order: Column?
    /// Row numbers of the table from which the rows were cut, for messages.
    let rowNumbers: [Int32]?
    /// The call as written, for messages.
    let text: String
    let context: ComputeContext

    /// Calls the body with each known number and its group, in row order.
    @inline(__always)
    func forEachNumber(_ body: (_ group: Int, _ value: Double) -> Void) {
        guard let values = column?.doubles() else { return }
        for row in values.indices where groups[row] >= 0 && !values[row].isNaN { body(Int(groups[row]), values[row]) }
    }

    /// Rows that take part and have a value; missing values never count.
    func knownRows() -> [Int] {
        guard let column else { return groups.indices.filter { groups[$0] >= 0 } }
        let missing = column.missingMask()
        return groups.indices.filter { groups[$0] >= 0 && !missing[$0] }
    }
}

extension Column {
    /// As `numbers()`, but durations in microseconds, so that nothing is rounded.
    func doubles() -> [Double] {
        if case .duration(let values) = storage { return values.map { $0 == Column.missingTime ? .nan : Double($0) } }
        return numbers()
    }

    /// Answers computed as doubles, in the type of the answer.
    static func answers(_ values: [Double], _ type: ValueType) -> Column {
        guard type.isDuration else { return .numbers(values) }
        return Column(.duration(values.map { $0.isNaN ? missingTime : Int64(exactly: $0.rounded()) ?? missingTime }))
    }
}

/// Sums that keep the digits lost in each step (Neumaier 1974), one for each group.
struct GroupSums {
    private var totals: [Double]
    private var corrections: [Double]
    private(set) var counts: [Int]

    init(groupCount: Int) {
        totals = Array(repeating: 0, count: groupCount)
        corrections = totals
        counts = Array(repeating: 0, count: groupCount)
    }

    @inline(__always)
    mutating func add(_ value: Double, to group: Int) {
        let total = totals[group]
        let next = total + value
        corrections[group] += total.magnitude >= value.magnitude ? (total - next) + value : (value - next) + total
        totals[group] = next
        counts[group] += 1
    }

    /// The sum of a group; missing (NaN) without values.
    func sum(_ group: Int) -> Double {
        guard counts[group] > 0 else { return .nan }
        return totals[group].isFinite ? totals[group] + corrections[group] : .nan
    }

    func mean(_ group: Int) -> Double { sum(group) / Double(counts[group]) }
}
