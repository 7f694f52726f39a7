import RondoFrame
import RondoKernels

/// An earlier row's value.
enum Lag: OrderedFunction {
    static let name = "lag"
    static let signature = "lag(column[, rows] over order [where condition] [by groups])"
    static let summary = "The value of the row before (or so many rows before) along an order; missing where there is none."
    static let example = FunctionExample("lag(price by zip over listed_on)", "500", "", "", "200", "")
    static let parameters = [FunctionParameter("column", .any), FunctionParameter("rows", .integer, optional: true)]

    static func result(of type: ValueType?) -> ValueType { type ?? .number }

    static func evaluate(_ argument: Column?, steps: Int, _ order: RowOrder, type: ValueType) -> Column {
        var sources = [Int32](repeating: -1, count: order.rowCount)
        for group in 0..<(order.starts.count - 1) {
            let range = order.starts[group]..<order.starts[group + 1]
            for place in range where place - steps >= range.lowerBound { sources[order.rows[place]] = Int32(order.rows[place - steps]) }
        }
        return argument?.gathering(sources) ?? .numbers(Array(repeating: .nan, count: order.rowCount))
    }
}

/// The place in an order.
enum Rank: OrderedFunction {
    static let name = "rank"
    static let signature = "rank(over order [where condition] [by groups])"
    static let summary = "The place along an order, from 1 for the least; equal values share the better place."
    static let example = FunctionExample("rank(over price by zip)", "1", "2", "1", "", "2")
    static let parameters: [FunctionParameter] = []

    static func result(of type: ValueType?) -> ValueType { .integer }

    static func evaluate(_ argument: Column?, steps: Int, _ order: RowOrder, type: ValueType) -> Column {
        var ranks = [Int64](repeating: 0, count: order.rowCount)
        var missing = [Bool](repeating: true, count: order.rowCount)
        for group in 0..<(order.starts.count - 1) {
            let start = order.starts[group]
            var rank: Int64 = 1
            for place in start..<order.starts[group + 1] {
                let row = order.rows[place]
                if place > start, order.keys[row] != order.keys[order.rows[place - 1]] { rank = Int64(place - start + 1) }
                ranks[row] = rank
                missing[row] = false
            }
        }
        return Column(.integer(ranks, missing: missing.contains(true) ? missing : nil))
    }
}
