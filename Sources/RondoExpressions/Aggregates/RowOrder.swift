import RondoFrame
import RondoKernels

/// Rows sorted within their groups.
package struct RowOrder: Sendable {
    /// Rows by group, then by the order, then by place in the table; rows that take no part are left out.
    let rows: [Int]
    /// `rows[starts[g]..<starts[g + 1]]` are the rows of group g.
    let starts: [Int]
    /// Keys of the order, for ties: rows that take part tie when theirs are equal.
    let keys: [UInt64]

    /// Rows whose order is missing take no part.
    init(groups: [Int32], groupCount: Int, order: Column) {
        let order = OrderKeys(order)
        keys = order.keys
        let sorted = Sorting.order(keys: order.keys).filter { groups[$0] >= 0 && !order.isMissing($0) }
        var starts = [Int](repeating: 0, count: groupCount + 1)
        for row in sorted { starts[Int(groups[row]) + 1] += 1 }
        for group in 0..<groupCount { starts[group + 1] += starts[group] }
        var next = starts
        var rows = [Int](repeating: 0, count: starts[groupCount])
        for row in sorted {
            rows[next[Int(groups[row])]] = row
            next[Int(groups[row])] += 1
        }
        self.rows = rows
        self.starts = starts
    }

    /// How many rows the table has.
    var rowCount: Int { keys.count }

    /// Takes rows out where the condition is not true.
    static func exclude(_ groups: inout [Int32], where condition: Operand<UInt8>) {
        for row in groups.indices where condition[row] != 1 { groups[row] = -1 }
    }
}

/// A checked `lag(price over sold_on by zip)`.
struct OrderedCall: Sendable {
    let function: any OrderedFunction.Type
    let argument: TypedNode?
    let steps: Int
    let condition: TypedNode?
    let groups: [CheckedGroup]
    let over: TypedNode
    let type: ValueType

    func evaluate(_ scope: EvaluationScope) throws -> Vector {
        var keys: [Column] = []
        for group in groups {
            let column = try group.node.evaluate(scope).column(rows: scope.rows)
            let bands = try group.bands.map { try BandEdges.learned($0, from: column, type: group.node.type) }
            keys.append(bands.map { $0.banded(column) } ?? column)
        }
        let learned = keys.isEmpty ? nil : try GroupKeys.learned(from: keys, context: scope.context)
        var rowGroups = learned?.groups ?? Array(repeating: 0, count: scope.rows)
        if let condition { RowOrder.exclude(&rowGroups, where: try condition.evaluate(scope).truths) }
        let order = RowOrder(
            groups: rowGroups, groupCount: learned?.keys.count ?? 1, order: try over.evaluate(scope).column(rows: scope.rows))
        let column = try argument?.evaluate(scope).column(rows: scope.rows)
        return Vector(function.evaluate(column, steps: steps, order, type: type), type)
    }
}
