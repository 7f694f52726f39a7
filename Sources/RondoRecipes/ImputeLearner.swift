import RondoFrame
import RondoKernels

/// Learns the values that fill gaps: one for each large enough group at each depth of the keys, and one for all rows.
struct ImputeLearner {
    let method: ImputeStep.Method
    /// For each number of keys from 1 the group of each learning row.
    let nodes: [[Int32]]
    /// For each number of keys from 1 how many groups there are.
    let counts: [Int]
    let context: ComputeContext

    /// - Parameter column: the learning rows only.
    func line(_ name: String, _ column: Column) throws -> FittedImpute.Line {
        let values: [Column]
        let overall: Column
        if let (codes, levels) = column.levelled {
            guard method == .mode else {
                throw typeFault(name, column.type, needs: "\(word) needs numbers", remedy: "impute \(name) mode")
            }
            values = zip(nodes, counts).map { frequentWords(codes, levels, type: column.type, groups: $0, count: $1) }
            overall = frequentWords(codes, levels, type: column.type, groups: Array(repeating: 0, count: codes.count), count: 1, least: 1)
        } else {
            guard method == .mode || column.type != .truth else {
                throw typeFault(name, column.type, needs: "\(word) needs numbers", remedy: "impute \(name) mode")
            }
            var byGroup: [[Double]] = []
            if nodes.isEmpty, case .sparse(let sparse) = column.storage {
                byGroup = [[typical(sparse)]]
            } else {
                let numbers = column.numbers()
                byGroup = try zip(nodes, counts).map { try self.numbers(numbers, groups: $0, count: $1, least: ImputeStep.leastRows) }
                byGroup.append(try self.numbers(numbers, groups: Array(repeating: 0, count: numbers.count), count: 1, least: 1))
            }
            let type = resultType(column.type, byGroup)
            let columns = byGroup.map { ImputeLearner.column($0, type) }
            values = Array(columns.dropLast())
            overall = columns[columns.count - 1]
        }
        let known = values.map { $0.missingMask().map { !$0 } }
        let gaps = filled(column.missingRows(), known: known)
        return FittedImpute.Line(
            column: name, type: overall.type, overall: overall[0], values: values, gaps: gaps,
            small: known.map { $0.reduce(0) { $0 + ($1 ? 0 : 1) } })
    }

    private var word: String { method == .mean ? "mean" : "median" }

    /// How many gaps each link of the chain fills: all rows, one key, two keys, …
    private func filled(_ gaps: [Int32], known: [[Bool]]) -> [Int] {
        var result = [Int](repeating: 0, count: nodes.count + 1)
        for row in gaps {
            let link = nodes.indices.last { known[$0][Int(nodes[$0][Int(row)])] }
            result[link.map { $0 + 1 } ?? 0] += 1
        }
        return result
    }

    /// Whole numbers stay whole only when every learned value is.
    private func resultType(_ type: ColumnType, _ values: [[Double]]) -> ColumnType {
        guard type == .integer else { return type }
        return values.allSatisfy { $0.allSatisfy { $0.isNaN || Int64(exactly: $0) != nil } } ? .integer : .number
    }

    /// NaN for groups with fewer than `least` values.
    private func numbers(_ values: [Double], groups: [Int32], count: Int, least: Int) throws -> [Double] {
        var grouped = try GroupedNumbers(values, groups: groups, groupCount: count, context: context)
        let found: [Double]
        switch method {
        case .median, .constant, .nearest, .mark: found = try grouped.quantiles(0.5, context: context)
        case .mean: found = try grouped.map(context: context) { Sums.mean($0) }
        case .mode:
            found = try grouped.map(context: context) {
                var values = Array($0)
                return ImputeLearner.mode(&values)
            }
        }
        return zip(found, grouped.sizes).map { $1 < least ? .nan : $0 }
    }

    /// The same of all rows of a sparse column, which has no gaps: the zeros count without being written out.
    private func typical(_ sparse: SparseNumbers) -> Double {
        switch method {
        case .median, .constant, .nearest, .mark: sparse.quantiles([0.5])[0]
        case .mean: Moments(sparse).mean
        case .mode: sparse.frequency.top
        }
    }

    /// The most frequent number, of equally frequent ones the least; NaN without any.
    private static func mode(_ values: inout [Double]) -> Double {
        values.sort()
        var (best, bestCount) = (Double.nan, 0)
        var start = 0
        while start < values.count {
            var end = start + 1
            while end < values.count, values[end] == values[start] { end += 1 }
            if end - start > bestCount { (best, bestCount) = (values[start], end - start) }
            start = end
        }
        return best
    }

    private func frequentWords(
        _ codes: [Int32], _ levels: Levels, type: ColumnType, groups: [Int32], count: Int, least: Int = ImputeStep.leastRows
    ) -> Column {
        let (rows, starts) = Sorting.grouped(groups, groupCount: count)
        var counts = [Int](repeating: 0, count: levels.count)
        let best = (0..<count).map { group -> Int32 in
            let present = (starts[group]..<starts[group + 1]).map { codes[rows[$0]] }.filter { $0 >= 0 }
            guard present.count >= least else { return -1 }
            for code in present { counts[Int(code)] += 1 }
            var winner: Int32 = -1
            for code in present where code != winner {
                let more = winner < 0 ? 1 : counts[Int(code)] - counts[Int(winner)]
                if more > 0 || (more == 0 && levels.words[Int(code)] < levels.words[Int(winner)]) { winner = code }
            }
            for code in present { counts[Int(code)] = 0 }
            return winner
        }
        return Column(type == .text ? .text(best, levels) : .category(best, levels)).compacted()
    }

    /// Days, seconds and truths back in the column's own type; moments are rounded down to the unit kept.
    private static func column(_ values: [Double], _ type: ColumnType) -> Column {
        Column.scalars(
            values.map { value -> Scalar in
                guard value.isFinite else { return .missing }
                switch type {
                case .integer: return Int64(exactly: value).map(Scalar.integer) ?? .missing
                case .truth: return .truth(value == 1)
                case .date: return Int32(exactly: value.rounded(.down)).map(Scalar.date) ?? .missing
                case .time: return Int64(exactly: (value * 1_000_000).rounded()).map(Scalar.time) ?? .missing
                case .duration: return Int64(exactly: (value * 1_000_000).rounded()).map(Scalar.duration) ?? .missing
                case .number, .text, .category: return .number(value)
                }
            }, type: type)
    }
}
